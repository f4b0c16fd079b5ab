"""Where letters and webhooks arrive in tests: an SMTP server and an HTTP server of a few lines, which can also be rude."""

import email
import email.header
import hashlib
import hmac
import http.server
import socketserver
import threading


class Letters(socketserver.ThreadingTCPServer):
    """An SMTP server that keeps what it is given. `refuse`: answers 450 to so many letters first."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, refuse=0):
        self.letters, self.refuse, self.refused = [], refuse, 0
        super().__init__(("127.0.0.1", 0), _Smtp)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Smtp(socketserver.StreamRequestHandler):
    def handle(self):
        say = lambda text: self.wfile.write(text.encode() + b"\r\n")
        say("220 sink")
        sender, to = "", []
        for line in self.rfile:
            word = line.decode("utf-8", "replace").strip()
            verb = word.upper().split(" ")[0].split(":")[0]
            if verb in ("EHLO", "HELO"):
                say("250 sink")
            elif verb == "MAIL":
                sender = word
                say("250 ok")
            elif verb == "RCPT":
                to.append(word)
                say("250 ok")
            elif verb == "DATA":
                say("354 go on")
                text = b""
                for part in self.rfile:
                    if part == b".\r\n":
                        break
                    text += part
                if self.server.refused < self.server.refuse:
                    self.server.refused += 1
                    say("450 later")
                else:
                    self.server.letters.append({"from": sender, "to": to, "mail": email.message_from_bytes(text)})
                    say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("502 what")


def subject_of(letter):
    return str(email.header.make_header(email.header.decode_header(letter["mail"]["Subject"])))


def text_of(letter):
    return letter["mail"].get_payload(decode=True).decode() if not letter["mail"].is_multipart() else \
        letter["mail"].get_payload()[0].get_payload(decode=True).decode()


class Hooks(http.server.ThreadingHTTPServer):
    """Keeps what is posted. `silent`: takes the request and never answers."""

    daemon_threads = True

    def __init__(self, silent=False):
        self.calls, self.silent, self.stop = [], silent, threading.Event()
        super().__init__(("127.0.0.1", 0), _Hook)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}/hook"


class _Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append({"id": self.headers["X-Zhunsheng-Delivery"],
                                  "signature": self.headers["X-Zhunsheng-Signature"], "body": body})
        if self.server.silent:
            self.server.stop.wait(60)
            return
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def signed(call, key):
    """Whether the signature is that of who knows the key."""
    made = hmac.new(key.encode(), call["id"].encode() + b"." + call["body"], hashlib.sha256).hexdigest()
    return hmac.compare_digest(call["signature"], "sha256=" + made)
