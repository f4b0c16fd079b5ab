"""What the API tests share: checks that are counted, a client that signs in, answers kept for the schemas."""

import http.client
import json
import os
import socket
import sys
import urllib.parse

PASSWORD = "zhunsheng-demo"
failures = []
checks = []


def expect(condition, what):
    checks.append(what)
    if not condition:
        failures.append(what)
        print("FAILED:", what, file=sys.stderr)


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.text = response.read().decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.text) if self.text else None


def keep(method, path, answer):
    """For tests/api/openapi: what was answered, beside the document that says what may be."""
    folder = os.environ.get("ZS_ANSWERS")
    if not folder or not path.startswith("/api/v1/") or not answer.text.startswith(("{", "[")):
        return
    line = {"method": method, "path": path.split("?")[0], "status": answer.status, "body": answer.json}
    with open(os.path.join(folder, "answers.jsonl"), "a", encoding="utf-8") as kept:
        kept.write(json.dumps(line, ensure_ascii=False) + "\n")


class Client:
    def __init__(self, port):
        self.port = port
        self.cookie = None
        self.csrf = None

    def ask(self, method, path, body=None, headers=None, csrf=True):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Content-Type": "application/json"}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if self.csrf and csrf:
            sent["X-CSRF-Token"] = self.csrf
        sent.update(headers or {})
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        connection.request(method, urllib.parse.quote(path, safe="/?=&%.-_~"), body, sent)
        answer = Answer(connection.getresponse())
        connection.close()
        keep(method, path, answer)
        return answer

    def get(self, path):
        return self.ask("GET", "/api/v1" + path)

    def post(self, path, body=None, **headers):
        return self.ask("POST", "/api/v1" + path, body or {}, {k.replace("_", "-"): v for k, v in headers.items()})

    def sign_in(self, account, password=PASSWORD):
        answer = self.post("/login", {"account": account, "password": password})
        if answer.status == 200:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
            self.csrf = answer.json["csrf"]
        return answer


def raw(port, text, wait=True):
    """Sends bytes as they stand; the first line of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(text)
        if not wait:
            return ""
        got = connection.recv(4096)
    return got.split(b"\r\n")[0].decode("latin-1")


def problem(answer, status, where):
    expect(answer.status == status, f"{where}: {answer.status}, not {status}: {answer.text[:200]}")
    expect(answer.headers.get("content-type", "").startswith("application/problem+json"), f"{where}: a problem document")
    if answer.status == status:
        body = answer.json
        expect(body["status"] == status and body["request_id"] == answer.headers["x-request-id"], f"{where}: its id")
