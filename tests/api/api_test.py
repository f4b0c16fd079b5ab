#!/usr/bin/env python3
"""The real program over HTTP: each scenario says what must and must not be in the answer, and how many entries it wrote.

    api_test.py PROGRAM SOURCE_FOLDER

Loads the demo into a temporary folder, serves it on a free port, and uses it as a browser does. Python's own library
only. Exit code: 0 if all holds.
"""

import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile
import uuid

from admin import admin_scenarios
from chapters import chapters_scenario
from client import Client, expect, checks, failures, problem, raw
from desk import desk_scenarios
from erasure import erasure_scenarios
from files import file_scenarios
from import_scenario import import_scenario
from laws import law_folder, law_scenarios, no_texts_scenario
from limits import limits_scenario
from load import load_scenarios
from notices import notice_scenarios
from papers import check_scenarios, paper_scenarios
from table import access_table


def session_scenarios(port):
    nobody = Client(port)
    for path in ("/me", "/rulebook", "/records/petition", "/worklist", "/figures", "/report", "/verify", "/audit"):
        problem(nobody.get(path), 401, f"{path} without a session")
    wrong = nobody.post("/login", {"account": "xinfang", "password": "wrong"})
    problem(wrong, 401, "a wrong password")
    expect("还可以试 4 次" in wrong.json["detail"], "says how many attempts are left")
    problem(nobody.post("/login", {"account": "xinfang"}), 400, "no password")
    problem(nobody.post("/login", "[" * 10000), 400, "JSON of depth 10,000")
    problem(nobody.get("/nothing"), 404, "an unknown address")
    problem(nobody.ask("GET", "/api/v1/login"), 405, "GET of login")

    clerk = Client(port)
    welcome = clerk.sign_in("xinfang")
    expect(welcome.status == 200, "the demo clerk signs in")
    cookie = welcome.headers["set-cookie"]
    expect("HttpOnly" in cookie and "SameSite=Strict" in cookie, "the cookie is HttpOnly and SameSite=Strict")
    me = clerk.get("/me").json
    expect(me["staff"] == "s-petition" and "petition" in me["reads"], "me says who and what may be read")
    problem(clerk.ask("POST", "/api/v1/records/petition", {}, csrf=False), 403, "POST without the CSRF token")
    forged = Client(port)
    forged.cookie = "zs_session=" + "A" * 43
    problem(forged.get("/me"), 401, "a forged cookie")
    replayed = Client(port)
    replayed.sign_in("xinfang")
    expect(replayed.post("/logout").status == 204, "signs out")
    problem(replayed.get("/me"), 401, "a replayed cookie after signing out")
    for header in ("content-security-policy", "x-content-type-options", "x-frame-options"):
        expect(header in welcome.headers, f"security header {header}")
    return clerk


def petition_scenario(port, clerk):
    before = clerk.get("/verify").json["entries"]
    created = clerk.post("/records/petition", {"values": {
        "received_on": clerk.get("/me").json["today"], "channel": "visit", "way_in": "direct", "content": "路灯不亮",
        "domain": "land", "petitioner": {"name": "张某某", "phone": "13800000000"}, "petitioner_kind": "person",
        "unit": "petition-office", "village": "village-1"}}, Idempotency_Key="k-1")
    expect(created.status == 201, f"a petition is registered: {created.text[:300]}")
    petition = created.json["id"]
    again = clerk.post("/records/petition", {"values": {"received_on": "2020-01-01"}}, Idempotency_Key="k-1")
    problem(again, 409, "the same key with another body")
    record = clerk.get(f"/records/petition/{petition}").json
    expect(record["number"].startswith("信访〔"), "it has its number")
    expect(any(d["key"] == "notify" and d["badge"]["text"].startswith("剩 15") for d in record["deadlines"]),
           "the period of fifteen days runs")
    shown = json.dumps(record, ensure_ascii=False)
    expect("张某某" in shown and "13800000000" not in shown, "the phone number is covered")
    problem(clerk.post(f"/records/petition/{petition}/reveal", {"field": "petitioner"}), 400, "a reveal without a reason")
    revealed = clerk.post(f"/records/petition/{petition}/reveal", {"field": "petitioner", "reason": "电话回访"})
    expect(revealed.status == 200 and "13800000000" in revealed.text, "a reveal with a reason")

    acts = clerk.get(f"/records/petition/{petition}/actions").json["items"]
    expect([a for a in acts if a["key"] == "triage"][0]["open"], "triage is open")
    closed = clerk.post(f"/records/petition/{petition}/actions/issue_opinion?dry_run=yes", {})
    problem(closed, 422, "an opinion before its time")
    dry = clerk.post(f"/records/petition/{petition}/actions/triage?dry_run=yes",
                     {"values": {"category": "appeal", "branch": "b6"}, "decider": "s-petition-head", "signed_paper": "x"})
    expect(dry.status in (200, 422), f"a dry run answers: {dry.text[:200]}")
    expect(clerk.get(f"/records/petition/{petition}").json["version"] == 1, "a dry run writes nothing")
    done = clerk.post(f"/records/petition/{petition}/actions/triage",
                      {"values": {"category": "appeal", "branch": "b6"}, "decider": "s-petition-head", "signed_paper": "呈批表"},
                      If_Match='"1"')
    expect(done.status == 200 and done.json["version"] == 2, f"triage: {done.text[:300]}")
    problem(clerk.post(f"/records/petition/{petition}/actions/triage", {"values": {}}, If_Match='"1"'), 409, "an old version")
    history = clerk.get(f"/records/petition/{petition}/history").json["items"]
    expect(len(history) == 2 and history[0]["action"] == "triage", "the history has both, the newest first")
    proof = clerk.get(f"/records/petition/{petition}/entries/{history[0]['entry']}/proof").json
    expect(proof["holds"], "the entry is proved to stand in the journal")
    problem(clerk.get(f"/records/petition/{petition}/entries/1/proof"), 404, "an entry of another record")
    problem(clerk.post(f"/records/petition/{petition}/actions/triage", {"nonsense": 1}), 400, "an unknown key")
    problem(clerk.post(f"/records/petition/{petition}/actions/nothing", {}), 422, "an unknown act")
    problem(clerk.get("/records/petition/999999"), 404, "a record that is not there")
    problem(clerk.get("/records/petition/abc"), 404, "an id that is none")
    verified = clerk.get("/verify").json
    expect(verified["good"], f"verify holds: {verified['faults']}")
    expect(verified["entries"] == before + 2, "two entries were written, no more")
    return petition


def own_record_scenario(clerk):
    """A new record without a unit belongs to its maker's."""
    created = clerk.post("/records/petition", {"values": {
        "received_on": clerk.get("/me").json["today"], "channel": "visit", "way_in": "direct", "content": "井盖", "domain": "land",
        "petitioner": {"name": "赵某某"}, "petitioner_kind": "person"}})
    expect(created.status == 201, f"registered without a unit: {created.text[:200]}")
    record = clerk.get(f"/records/petition/{created.json['id']}")
    expect(record.status == 200, "its maker can read it")
    expect(any(f["key"] == "unit" and f["value"] == "petition-office" for f in record.json["fields"]), "it is of the maker's unit")


def opinion_scenario(clerk):
    """An opinion without its elements is refused with the article that asks for them (信访工作条例 第三十二条)."""
    items = clerk.get("/records/petition?view=open&limit=200").json["items"]
    named = False
    for item in items:
        answer = clerk.post(f"/records/petition/{item['id']}/actions/issue_opinion?dry_run=yes", {})
        if answer.status == 422 and "第三十二条" in answer.text:
            named = True
    expect(named, "an opinion without its elements names 信访工作条例 第三十二条")


def scope_scenarios(port, petition):
    outsider = Client(port)
    outsider.sign_in("pufa")
    problem(outsider.get("/records/petition"), 404, "a ledger outside one's scope")
    problem(outsider.get(f"/records/petition/{petition}"), 404, "another unit's record by its address")
    problem(outsider.post(f"/records/petition/{petition}/actions/notify", {}), 404, "an act on it")
    expect(all(row["kind"] != "petition" for row in outsider.get("/search?q=信访").json["items"]), "nor found by search")
    evidence = outsider.get("/figures/petition_cases/evidence?year=2023").json
    expect(evidence["total"] > 0 and all(item["id"] is None and item["title"] == "" for item in evidence["items"]),
           "behind a figure it is counted, not shown")
    problem(outsider.get("/audit"), 403, "the audit log is for the auditor")
    auditor = Client(port)
    auditor.sign_in("shenji")
    lines = auditor.get("/audit").json["items"]
    expect(any(line["what"] == "reveal" and line["detail"] == "电话回访" for line in lines), "the reveal is in the audit log")
    expect(any(line["what"] == "act" and line["outcome"] == "refused" for line in lines), "and the refused act")
    expect(any(line["what"] == "login" and line["outcome"] == "refused" for line in lines), "and the wrong password")


def figures_scenario(port, source):
    head = Client(port)
    head.sign_in("sifa")
    report = head.get("/report?year=2023").json
    expect(len(report["chapters"]) >= 10, "the report has its chapters")
    for figure in ("petition_cases", "litigation_cases"):
        expect(f'data-figure="{figure}"' in report["html"], f"{figure} is a link in the report")
    items = {item["key"]: item for item in head.get("/figures?year=2023").json["items"]}
    published = {figure["key"]: figure for figure in report["figures"]}
    expect(all(items[key]["display"] == published[key]["display"] for key in published), "figures read as in the report")
    total = head.get("/figures/litigation_cases/evidence?year=2023").json
    expect(total["total"] == 17 and len(total["items"]) == 17, "17 lawsuits open")
    months = head.get("/figures/petition_cases/months?year=2023").json["items"]
    expect(sum(month["value"] for month in months) == items["petition_cases"]["value"], "the months sum to the year")
    problem(head.get("/figures/petition_case/evidence?year=2023"), 404, "a figure that is not there")
    expect("petition_cases" in head.get("/figures/petition_case/evidence?year=2023").json["detail"], "with what was meant")
    expect(head.get("/duties?year=2023").json["items"], "duties")
    days = head.get("/calendar?month=2023-10").json["days"]
    expect(len(days) == 31 and days[6]["workday"] and not days[0]["workday"], "October 2023: the 7th is worked, the 1st is not")


def every_record_opens(port):
    """No record of the demo, of whatever kind and state, is one that cannot be shown."""
    opened = 0
    for account in ("sifa", "zhenzhang"):
        reader = Client(port)
        reader.sign_in(account)
        for kind in reader.get("/me").json["reads"]:
            for row in reader.get(f"/records/{kind}?view=all&limit=60").json["items"]:
                answer = reader.get(f"/records/{kind}/{row['id']}")
                opened += 1
                if answer.status != 200:
                    expect(False, f"{kind}/{row['id']} opens: {answer.status} {answer.text[:200]}")
    expect(opened > 300, f"records of all kinds were opened: {opened}")


def quick_scenario(clerk_port):
    """A form that does several steps gives each step what it asks for, rows too."""
    head = Client(clerk_port)
    head.sign_in("sifa")
    book = head.get("/rulebook").json
    forms = [(kind, form) for kind in book["kinds"] for form in kind["quick"]]
    expect(forms, "there are such forms")
    kind, form = next(((k, f) for k, f in forms if k["key"] == "training"), forms[0])
    adds = {rows for action in kind["actions"] if action["key"] in form["does"] for rows in action["adds"]}
    if not adds:
        return
    given = {"staff": "s-mayor", "text": "某某", "flag": True, "party": {"name": "某某"}}
    rows = {field["key"]: [{column["key"]: given[column["type"]] for column in field["columns"] if column["type"] in given
                            and not column["computed"]}] for field in kind["fields"] if field["key"] in adds}
    answer = head.post(f"/records/{kind['key']}/quick/{form['key']}?dry_run=yes", {"values": {}, "rows": rows})
    missing = [reason["gate"] for reason in (answer.json.get("reasons") or [])]
    expect(not adds & set(missing), f"rows reach their step: {answer.text[:300]}")


def publish_scenario(port):
    """A correction in a published year is drift, with its cause."""
    head, deputy, clerk = Client(port), Client(port), Client(port)
    head.sign_in("sifa")
    deputy.sign_in("fenguan")
    clerk.sign_in("xinfang")
    expect(head.get("/drift?year=2023").json["published"] is None, "nothing is published yet")
    problem(clerk.post("/report/publish?year=2023"), 403, "a clerk may not publish")
    problem(head.post("/report/publish?year=2199"), 400, "a year that is not over")
    published = head.post("/report/publish?year=2023")
    expect(published.status == 201 and published.json["figures"] > 20, f"the report is published: {published.text[:200]}")
    expect(head.get("/drift?year=2023").json["figures"] == [], "nothing has changed since")
    first = head.get("/figures/petition_cases/evidence?year=2023").json["items"][0]
    voided = deputy.post(f"/records/petition/{first['id']}/void", {"reason": "重复登记", "signer": "s-deputy-law"})
    expect(voided.status == 200, f"a petition of 2023 is voided: {voided.text[:200]}")
    drift = {figure["key"]: figure for figure in head.get("/drift?year=2023").json["figures"]}
    petitions = drift["petition_cases"]
    expect(petitions["published"] - petitions["now"] == 1, "one petition less than was published")
    change = petitions["changes"][0]
    expect(change["id"] == first["id"] and change["before"] == 1 and change["now"] == 0, "by that record")
    expect(change["causes"][-1]["entry"] == voided.json["entry"], "through that entry")


def concurrency_scenario(port):
    clients = []
    for _ in range(4):
        client = Client(port)
        client.sign_in("xinfang")
        clients.append(client)
    today = clients[0].get("/me").json["today"]
    created = clients[0].post("/records/petition", {"values": {
        "received_on": today, "channel": "visit", "way_in": "direct", "content": "争用", "domain": "land",
        "petitioner": {"name": "李某某"}, "petitioner_kind": "person", "unit": "petition-office", "village": "village-1"}})
    petition, version = created.json["id"], 1
    for _ in range(3):
        def attempt(index):
            return clients[index % 4].post(f"/records/petition/{petition}/correct",
                                            {"values": {"content": f"第{index}人"}, "reason": "写错了", "signer": "s-petition-head"},
                                            If_Match=str(version), Idempotency_Key=str(uuid.uuid4()))
        with concurrent.futures.ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(attempt, range(50)))
        won = [answer for answer in answers if answer.status == 200]
        expect(len(won) == 1, f"of 50 clients exactly one wins version {version}: {[a.status for a in answers][:8]} {answers[0].text[:200]}")
        expect(all(answer.status in (200, 409) for answer in answers), "the others are told that it moved on")
        version = clients[0].get(f"/records/petition/{petition}").json["version"]


def hostile_scenarios(port, clerk):
    cookie = clerk.cookie.encode()
    head = b"POST /api/v1/logout HTTP/1.1\r\nHost: x\r\nCookie: " + cookie + b"\r\n"
    for name, text in {
        "two lengths": head + b"Content-Length: 2\r\nContent-Length: 30\r\n\r\n{}",
        "length and chunks": head + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "bad chunks": head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "NUL in the path": b"GET /desk/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        "overlong UTF-8": b"GET /desk/%c0%ae%c0%ae/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
        "climbing out": b"GET /desk/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
        "no HTTP": b"\x16\x03\x01 hello\r\n\r\n",
        "a header too big": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 70000 + b"\r\n\r\n",
        "a body too big": b"POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
    }.items():
        line = raw(port, text)
        expect(re.match(r"HTTP/1\.[01] 4\d\d", line) is not None, f"{name}: answered by a 4xx, not {line!r}")
    raw(port, b"GET /desk/ HT", wait=False)
    raw(port, head + b"Content-Length: 50\r\n\r\n{", wait=False)
    expect(clerk.get("/me").status == 200, "the server goes on, and the session too")
    for path in ("/records/petition?limit=-1", "/records/petition?limit=99999999999999999999", "/records/petition?after=x",
                 "/figures?year=99999", "/calendar?month=2023-99", "/records/petition?q=%25'%22--", "/worklist?within=nonsense"):
        expect(clerk.get(path).status in (200, 400), f"{path}: {clerk.get(path).status}")


def main():
    program, source = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        subprocess.run([program, "demo", "--data", data], check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([program, "serve", "--data", data, "--listen", "127.0.0.1:0", "--quiet", "--laws", law_folder(folder)],
                                  stdout=subprocess.PIPE, text=True)
        try:
            port = int(re.search(r":(\d+)/desk", server.stdout.readline()).group(1))
            expect(Client(port).ask("GET", "/healthz").status == 200, "healthz")
            document = Client(port).ask("GET", "/api/v1/openapi.json")
            expect(document.status == 200 and document.json["openapi"].startswith("3.1"), "OpenAPI without a session")
            paths = document.json["paths"]
            if os.environ.get("ZS_ANSWERS"):
                with open(os.path.join(os.environ["ZS_ANSWERS"], "openapi.json"), "w", encoding="utf-8") as kept:
                    kept.write(document.text)
            expect("/api/v1/records/{kind}/{id}/actions/{action}" in paths and len(paths) > 30, "with every route")
            clerk = session_scenarios(port)
            petition = petition_scenario(port, clerk)
            own_record_scenario(clerk)
            opinion_scenario(clerk)
            scope_scenarios(port, petition)
            figures_scenario(port, source)
            every_record_opens(port)
            quick_scenario(port)
            publish_scenario(port)
            chapters_scenario(port)
            keeper = Client(port)
            keeper.sign_in("sifa")
            import_scenario(keeper, clerk)
            concurrency_scenario(port)
            file_scenarios(port, clerk)
            admin_scenarios(port)
            access_table(port, document.json)
            law_scenarios(port)
            limits_scenario(port)
            load_scenarios(port)
            paper_scenarios(port, clerk)
            check_scenarios(port)
            desk_scenarios(port, data)
            erasure_scenarios(port, clerk)
            hostile_scenarios(port, clerk)
            metrics = Client(port).ask("GET", "/metrics").text
            expect('zhunsheng_requests_total{status="2xx"}' in metrics, "metrics count the requests")
            verified = clerk.get("/verify").json
            expect(verified["good"], f"verify holds at the end: {verified['faults']}")
        finally:
            server.terminate()
            expect(server.wait(timeout=20) == 0, "it ends cleanly when told to")
        no_texts_scenario(program, data)
        notice_scenarios(program, folder)
    print(f"{len(checks)} checks, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
