"""Attachments: taken by their bytes, given to whoever may read the record that names them; and searching."""

import json

from client import Client, expect, problem

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def upload(client, name, content, **headers):
    return client.ask("POST", f"/api/v1/files?name={name}", content, headers or None)


def file_scenarios(port, clerk):
    sent = upload(clerk, "调查笔录.pdf", PDF)
    expect(sent.status == 201 and sent.json["type"] == "application/pdf" and sent.json["size"] == len(PDF), "a PDF is taken")
    digest = sent.json["digest"]
    again = upload(clerk, "同一份.pdf", PDF)
    expect(again.json["digest"] == digest and again.json["name"] == "调查笔录.pdf", "the same bytes once, under their first name")
    problem(upload(clerk, "x.pdf", b"\x7fELF\x02\x01\x01" + b"\0" * 200), 415, "a program under the name of a PDF")
    problem(upload(clerk, "x.html", b"<!doctype html><html><script>alert(1)</script></html>"), 415, "a web page")
    climbing = upload(clerk, "../../etc/x.txt", "路灯不亮的情况说明".encode())
    expect(climbing.status == 201 and climbing.json["name"] == "x.txt", "a name is only a name")
    nobody = Client(port)
    problem(upload(nobody, "a.pdf", PDF), 401, "without a session")
    too_big = clerk.ask("POST", "/api/v1/files?name=a.pdf", b"x", {"Content-Length": str(65 * 1024 * 1024)})
    problem(too_big, 413, "more than 64 MB, told before it is sent")

    today = clerk.get("/me").json["today"]
    values = {"received_on": today, "channel": "visit", "way_in": "direct", "content": "附件一份", "domain": "land",
              "petitioner": {"name": "李某某", "phone": "13900001111", "id_no": "441521199001010011"},
              "petitioner_kind": "person", "attachments": ["0" * 64]}
    unknown = clerk.post("/records/petition", {"values": values})
    problem(unknown, 400, "a file that nobody sent")
    created = clerk.post("/records/petition", {"values": {**values, "attachments": [digest]}})
    expect(created.status == 201, f"a petition with an attachment: {created.text[:200]}")
    petition = created.json["id"]
    record = clerk.get(f"/records/petition/{petition}").json
    field = [f for f in record["fields"] if f["key"] == "attachments"][0]
    expect(field["files"][0]["name"] == "调查笔录.pdf" and field["text"] == "调查笔录.pdf", "the record shows it by name")
    given = clerk.get(f"/records/petition/{petition}/files/{digest}")
    expect(given.status == 200 and given.text.startswith("%PDF") and "attachment" in given.headers["content-disposition"],
           "it is given back")
    shown = clerk.get(f"/records/petition/{petition}/files/{digest}?view=yes")
    expect("inline" in shown.headers["content-disposition"], "or shown")
    problem(clerk.get(f"/records/petition/{petition}/files/{climbing.json['digest']}"), 404, "a file of no record")
    problem(clerk.get("/records/petition/1/files/" + digest), 404, "a file of another record")
    outsider = Client(port)
    outsider.sign_in("pufa")
    problem(outsider.get(f"/records/petition/{petition}/files/{digest}"), 404, "outside one's scope")
    search_scenarios(port, petition)


def found(client, query):
    answer = client.get(f"/search?q={query}")
    expect(answer.status == 200, f"search {query}: {answer.text[:200]}")
    return answer.json


def reader_account(port):
    """One who reads petitions of the whole town, and to whom personal values are not shown."""
    manager, security, reader = Client(port), Client(port), Client(port)
    manager.sign_in("guanli")
    security.sign_in("anquan")
    manager.post("/staff", {"key": "s-reader", "name": "只读某", "unit": "party-office"})
    security.post("/staff/s-reader", {"posts": ["judicial-office-head"]})
    manager.post("/accounts", {"account": "zhidu", "staff": "s-reader", "password": "first password"})
    reader.sign_in("zhidu", "first password")
    expect(reader.post("/password", {"old": "first password", "new": "second password"}).status == 204, "signs in")
    return reader


def search_scenarios(port, petition):
    clerk = Client(port)
    clerk.sign_in("xinfang")
    for query in ("李某某", "征地", "zd", "zhengdi", "13900001111", "441521199001010011", "44152119900101001 1"):
        items = found(clerk, query)["items"]
        expect(any(row["id"] == petition and row["kind"] == "petition" for row in items), f"{query} finds the petition")
    expect([row["id"] for row in found(clerk, "征地")["items"]][0] == petition, "the newest first")
    expect(not found(clerk, "1390000111")["items"], "part of a phone number finds nobody")
    expect(not found(clerk, "没有这样的事")["items"], "nothing for what is not there")
    kinds = {kind["kind"] for kind in found(clerk, "xf")["kinds"]}
    expect("petition" in kinds, "xf finds 信访")
    expect("petition" in {kind["kind"] for kind in found(clerk, "xinfang")["kinds"]}, "and so does xinfang")
    for query in ('"', "*", "a OR b", "(", "NEAR", "scope:", "-", "'; DROP TABLE record; --", "x" * 300, "%00"):
        expect(clerk.get(f"/search?q={query}").status in (200, 400), f"{query[:20]} harms nobody")
    # Who may not see names may not find by them.
    reader = reader_account(port)
    expect(all(row["id"] != petition for row in found(reader, "李某某")["items"]), "a covered name finds nobody")
    expect(not found(reader, "13900001111")["items"], "nor does a phone number")
    expect(any(row["id"] == petition for row in found(reader, "征地")["items"]), "the matter itself is found")
    page = clerk.get("/records/petition?view=all&limit=2").json
    following = clerk.get(f"/records/petition?view=all&limit=2&after={page['next']}").json
    expect(not {row["id"] for row in page["items"]} & {row["id"] for row in following["items"]}, "pages follow without overlap")
    words = clerk.get("/records/petition?view=all&q=征地").json["items"]
    expect(words and all("征地" in row["title"] for row in words), "a ledger searched by words")
    expect(json.dumps(words).count('"kind"') >= len(words), "each with its kind")
