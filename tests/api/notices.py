"""Reminders: seen on the desk, arriving by mail and webhook, subscribed to as a calendar. A program of its own serves
them, so that what is sent is sent to the sinks of this test alone."""

import datetime
import json
import os
import re
import subprocess
import time

from client import Client, expect, problem
from sink import Hooks, Letters, signed, subject_of, text_of

KEY = "a key that both sides know"


def wait_for(condition, seconds=25):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return False


class Served:
    """The program, serving `data` with these options."""

    def __init__(self, program, data, *options):
        self.process = subprocess.Popen([program, "serve", "--data", data, "--listen", "127.0.0.1:0", "--quiet", *options],
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r":(\d+)/desk", self.process.stdout.readline()).group(1))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        expect(self.process.wait(timeout=30) == 0, "it ends cleanly while it sends")


def soon_due(clerk):
    """A petition whose 15 days to tell the petitioner end within three workdays: its reminder is for today."""
    today = datetime.date.fromisoformat(clerk.get("/me").json["today"])
    made = clerk.post("/records/petition", {"values": {
        "received_on": str(today - datetime.timedelta(days=14)), "channel": "letter", "way_in": "direct",
        "content": "反映路灯不亮", "domain": "land", "petitioner": {"name": "何某某", "phone": "13900002222"},
        "handler": "s-petition"}, "way": "registered", "source": "登记簿"})
    expect(made.status == 201, f"a petition that is soon due: {made.text[:200]}")
    return made.json["id"]


def notice_scenarios(program, folder):
    data = os.path.join(folder, "notices")
    subprocess.run([program, "demo", "--data", data], check=True, stdout=subprocess.DEVNULL)
    for setting, value in (("quiet_hours", "00:00-00:00"),):
        subprocess.run([program, "register", "setting", setting, f"value={value}", "--data", data], check=True,
                       stdout=subprocess.DEVNULL)
    key = os.path.join(folder, "hook.key")
    with open(key, "w", encoding="utf-8") as kept:
        kept.write(KEY + "\n")
    letters, hooks = Letters(refuse=0), Hooks()
    options = ["--mail", letters.address, "--mail-from", "zhunsheng@town.example", "--webhook", hooks.address,
               "--webhook-key", key, "--address", "https://town.example/", "--notice-seconds", "1"]
    with Served(program, data, *options) as served:
        clerk = Client(served.port)
        clerk.sign_in("xinfang")
        told = clerk.get("/told").json
        expect(told["mail_possible"] and told["way"] == "none", f"mail is possible, and nobody is told by it unasked: {told}")
        problem(clerk.post("/told", {"mail": "", "way": "each"}), 400, "mail without an address")
        problem(clerk.post("/told", {"mail": "a@b\r\nBcc: c@d", "way": "each"}), 400, "an address with another header in it")
        expect(clerk.post("/told", {"mail": "xinfang@town.example", "way": "each"}).status == 200, "asks for mail")
        petition = soon_due(clerk)
        of_it = lambda: [item for item in clerk.get("/notices").json["items"] if item.get("record") == petition]
        expect(wait_for(of_it), "a reminder stands on the desk")
        expect(clerk.get("/notices/unread").json["unread"] > 0, "and is not read yet")
        mine = of_it()
        expect(len(mine) == 1 and mine[0]["title"].startswith("临期提醒：书面告知") and not mine[0]["read"]
               and "《信访工作条例》第二十三条" in mine[0]["law"], f"it says what and by which article: {mine}")
        workday = clerk.get("/me").json["workday"]
        about = lambda: [letter for letter in letters.letters if f"/petition/{petition}\n" in text_of(letter).replace("\r", "")]
        if workday:
            expect(wait_for(lambda: about()), "a letter arrives")
            letter = about()[0]
            text = text_of(letter)
            expect(letter["to"] == ["RCPT TO:<xinfang@town.example>"], f"to its one receiver: {letter['to']}")
            expect(subject_of(letter).startswith("〔鲘门镇〕临期提醒：书面告知"), f"its subject: {subject_of(letter)}")
            expect(f"https://town.example/desk/ledger/petition/{petition}" in text and "第二十三条" in text, f"its text: {text}")
            expect("何某某" not in text and "13900002222" not in text and "路灯不亮" not in text, "and nothing personal")
            expect(letter["mail"]["Message-ID"].endswith("@zhunsheng>"), "a name by which a repeat is known")
        else:
            time.sleep(3)
            expect(not letters.letters, "no letter on a rest day")
        called = lambda: [call for call in hooks.calls if json.loads(call["body"]).get("record", {}).get("id") == petition]
        expect(wait_for(lambda: called()), "the webhook is called")
        expect(signed(called()[0], KEY) and "何某某" not in called()[0]["body"].decode(), "signed, and nothing personal")
        time.sleep(3)
        expect(len(called()) == 1 and len(about()) == (1 if workday else 0), "nothing is sent twice")
        seen = clerk.get("/notices").json["items"][0]["id"]
        expect(clerk.post("/notices/read", {"until": seen}).status == 204, "marks as read")
        expect(clerk.get("/notices/unread").json["unread"] == 0, "nothing is unread")
        problem(clerk.get("/notices/failed"), 403, "what failed is for the system administrator")

        address = clerk.post("/told/feed").json["address"]
        path = address.removeprefix("https://town.example")
        feed = Client(served.port).ask("GET", path)
        expect(feed.status == 200 and feed.headers["content-type"].startswith("text/calendar"), f"the calendar opens: {feed.status}")
        folded = feed.text.replace("\r\n ", "")
        expect("BEGIN:VCALENDAR" in folded and "书面告知" in folded and "何某某" not in folded, f"with the deadline: {folded[:400]}")
        due = mine[0]["due"].replace("-", "")
        expect(f"DTSTART;VALUE=DATE:{due}" in folded, f"on its day {due}")
        clerk.post("/told/feed")
        problem(Client(served.port).ask("GET", path), 404, "the address before opens nothing any more")
        problem(Client(served.port).ask("GET", "/calendar/.ics"), 404, "no secret")
        problem(Client(served.port).ask("GET", "/calendar/" + "A" * 5000 + ".ics"), 404, "a long one")
    with Served(program, data, *options):
        time.sleep(4)
    # What still waited goes out now; nothing goes out again.
    for sort, names in (("letter", [letter["mail"]["Message-ID"] for letter in letters.letters]),
                        ("webhook", [call["id"] for call in hooks.calls])):
        expect(len(names) == len(set(names)), f"no {sort} twice, nor after the server began anew: {len(names)}")
    rude_scenario(program, data, key)


def rude_scenario(program, data, key):
    """A webhook that never answers holds no letter up; a mail server that is not there loses none."""
    letters, silent = Letters(), Hooks(silent=True)
    options = ["--mail", letters.address, "--mail-from", "zhunsheng@town.example", "--webhook", silent.address,
               "--webhook-key", key, "--notice-seconds", "1"]
    with Served(program, data, *options) as served:
        clerk = Client(served.port)
        clerk.sign_in("xinfang")
        before = len(letters.letters)
        petition = soon_due(clerk)
        if clerk.get("/me").json["workday"]:
            expect(wait_for(lambda: len(letters.letters) > before, 9), "a letter goes out while the webhook keeps silent")
        expect(wait_for(lambda: silent.calls, 9), "the webhook was called")
        keeper = Client(served.port)
        keeper.sign_in("guanli")
        failed = lambda: keeper.get("/notices/failed").json["items"]
        expect(wait_for(lambda: failed(), 20), "what was not taken is listed")
        expect(failed()[0]["channel"] == "hook" and "没有回应" in failed()[0]["error"] and not failed()[0]["given_up"],
               f"with the reason: {failed()[:1]}")
        problem(keeper.post(f"/notices/{failed()[0]['id']}/retry"), 404, "what still waits is tried by itself")
        expect(clerk.get(f"/records/petition/{petition}").status == 200, "and the desk answers all the while")
        silent.stop.set()
