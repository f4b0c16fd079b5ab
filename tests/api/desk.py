"""What people arrange at the desk and send from outside: hand-overs, acts on many records, drafts, outside numbers."""

import datetime
import os
import sqlite3

from client import Client, expect, problem


def signed_in(port, account):
    client = Client(port)
    expect(client.sign_in(account).status == 200, f"{account} signs in")
    return client


def entries(client):
    return client.get("/verify").json["entries"]


def handler_of(client, line):
    fields = client.get(f"/records/{line['kind']}/{line['id']}").json["fields"]
    return next((field["value"] for field in fields if field["key"] == "handler"), None)


def handover_scenario(port, data):
    giver, receiver, head = signed_in(port, "xinfang"), signed_in(port, "xinfang2"), signed_in(port, "suqiu")
    outsider = signed_in(port, "pufa")
    today = giver.get("/me").json["today"]
    work = giver.get("/handovers/open").json
    expect(len(work["items"]) >= 3 and all(row["handler"] == "s-petition" and not row["final"] for row in work["items"]),
           "what is open in one's hands")
    expect([each["key"] for each in work["givers"]] == ["s-petition"], "a clerk hands over their own work only")
    expect({"s-petition", "s-petition-2", "s-hotline"} <= {each["key"] for each in head.get("/handovers/open").json["givers"]},
           "a head hands over that of the unit")
    lines = [{"kind": row["kind"], "id": row["id"]} for row in work["items"][:3]]
    offer = {"giver": "s-petition", "why": "调离", "until": today, "receiver": "s-petition-2", "lines": lines}

    before = entries(giver)
    unread = giver.post("/handovers", {**offer, "receiver": "s-pufa"}, Idempotency_Key="ho-0")
    problem(unread, 422, "to somebody who could not even read it")
    expect(len(unread.json["reasons"]) == 3 and "安全管理员" in unread.json["reasons"][0]["says"], "each line says why, and what to do")
    problem(giver.post("/handovers", {**offer, "receiver": "s-petition"}, Idempotency_Key="ho-0"), 422, "to oneself")
    problem(giver.post("/handovers", {**offer, "receiver": "s-nobody"}, Idempotency_Key="ho-0"), 400, "to nobody of the register")
    problem(giver.post("/handovers", {**offer, "why": ""}, Idempotency_Key="ho-0"), 400, "without a reason")
    problem(giver.post("/handovers", {**offer, "until": "2020-01-01"}, Idempotency_Key="ho-0"), 400, "until a day that is past")
    problem(giver.post("/handovers", {**offer, "lines": []}, Idempotency_Key="ho-0"), 400, "of nothing")
    problem(giver.post("/handovers", offer), 400, "without a key")
    problem(outsider.post("/handovers", offer, Idempotency_Key="ho-0"), 403, "of somebody else's work")
    problem(receiver.get("/handovers/open?giver=s-petition"), 403, "nor is it listed for others")
    expect(giver.post("/handovers?dry_run=yes", offer).json["id"] is None, "a dry run writes nothing")
    expect(giver.get("/handovers?view=offered").json["items"] == [], "nothing is offered yet")

    made = giver.post("/handovers", offer, Idempotency_Key="ho-1")
    expect(made.status == 201, f"an offer: {made.text[:200]}")
    again = giver.post("/handovers", offer, Idempotency_Key="ho-1")
    expect(again.json["id"] == made.json["id"], "the same key makes no second one")
    number = made.json["id"]
    expect(entries(giver) == before, "an offer is no entry of the journal")
    waiting = receiver.get("/handovers").json["items"]
    expect("把 3 件事交给您" in receiver.get("/notices").text, "the receiver is told on the desk")
    expect([each["id"] for each in waiting] == [number] and receiver.get("/errands").json["take_over"] == 3, "it waits for the receiver")
    expect(handler_of(giver, lines[0]) == "s-petition", "nobody has it in hand before it is taken over")
    problem(outsider.get(f"/handovers/{number}"), 404, "whom it does not concern")
    problem(outsider.post(f"/handovers/{number}/accept", {"lines": [1]}), 404, "nor may they take it")

    mine = giver.post(f"/handovers/{number}/accept", {"lines": [1]}).json["items"][0]
    expect(mine["outcome"] == "refused", "the giver cannot take it over")
    taken = receiver.post(f"/handovers/{number}/accept", {"lines": [1]})
    expect(taken.json["items"][0]["outcome"] == "accepted", f"the receiver takes a line: {taken.text[:200]}")
    expect(entries(giver) == before + 1 and handler_of(receiver, lines[0]) == "s-petition-2", "by an ordinary edit of the handler")
    last = receiver.get(f"/records/petition/{lines[0]['id']}/history").json["items"][0]
    expect(last["type"] == "edit" and last["actor"] == "s-petition-2" and f"第{number}号交接单" in last["reason"] and "调离" in last["reason"],
           f"whose reason names the hand-over: {last}")
    expect(receiver.post(f"/handovers/{number}/accept", {"lines": [1]}).json["items"][0]["outcome"] == "accepted"
           and entries(giver) == before + 1, "asked twice, it is written once")
    problem(receiver.post(f"/handovers/{number}/decline", {"lines": [2]}), 400, "declining without a reason")
    declined = receiver.post(f"/handovers/{number}/decline", {"lines": [2], "says": "不是我的分工"}).json
    expect(declined["lines"][1]["state"] == "declined" and declined["lines"][1]["says"] == "不是我的分工", "a line is declined")
    problem(receiver.post(f"/handovers/{number}/withdraw", {"lines": [3]}), 404, "a receiver does not arrange")
    problem(receiver.post(f"/handovers/{number}/accept", {"lines": [9]}), 400, "a line that is not there")
    expect(head.get("/handovers?view=escalated").json["items"] == [], "today is still in time")

    # Ten days go by.
    with sqlite3.connect(os.path.join(data, "zhunsheng.db"), timeout=10) as database:
        database.execute("UPDATE handover_line SET until=until-10 WHERE handover=?", (number,))
    late = head.get("/handovers?view=escalated").json["items"]
    expect([each["id"] for each in late] == [number] and head.get("/errands").json["escalated"] == 2, "what nobody took is the head's")
    expect(outsider.get("/handovers?view=escalated").json["items"] == [], "and nobody else's")
    problem(head.post(f"/handovers/{number}/pass_on", {"lines": [2], "receiver": "s-pufa", "until": today}), 422, "not to whom could not read it")
    passed = head.post(f"/handovers/{number}/pass_on", {"lines": [2], "receiver": "s-petition-2", "until": today}).json
    expect(passed["lines"][1]["state"] == "offered" and not passed["lines"][1]["late"], "passed on, it waits again")
    withdrawn = head.post(f"/handovers/{number}/withdraw", {"lines": [3]}).json
    expect(withdrawn["lines"][2]["state"] == "withdrawn", "withdrawn, it stays where it was")
    expect(head.get("/handovers?view=escalated").json["items"] == [], "and is settled")
    problem(giver.post(f"/handovers/{number}/withdraw", {"lines": [3]}), 409, "a settled line is settled")
    record = lines[1]
    version = giver.get(f"/records/petition/{record['id']}").json["version"]
    problem(giver.post(f"/records/petition/{record['id']}/edit", {"values": {"handler": "s-hotline"}}, If_Match=str(version)), 422,
            "without a reason what an act has said stays")
    moved = giver.post(f"/records/petition/{record['id']}/edit", {"values": {"handler": "s-petition-head"}, "reason": "改由负责人办"})
    expect(moved.status == 200, f"with a reason somebody else has it in hand: {moved.text[:200]}")
    gone = receiver.get(f"/handovers/{number}").json["lines"][1]
    expect(gone["state"] == "moot", "and the line need not be taken any more")
    expect(receiver.post(f"/handovers/{number}/accept", {"lines": [2]}).json["items"][0]["outcome"] == "refused", "nor can it")


def new_petition(clerk, content, today):
    return clerk.post("/records/petition", {"values": {
        "received_on": today, "channel": "visit", "way_in": "direct", "content": content, "domain": "land",
        "petitioner": {"name": "丁某某"}, "petitioner_kind": "person"}}).json["id"]


def bulk_scenario(port):
    clerk, outsider = signed_in(port, "xinfang"), signed_in(port, "pufa")
    today = clerk.get("/me").json["today"]
    fresh = [new_petition(clerk, f"批量{i}", today) for i in range(3)]
    closed = clerk.get("/records/petition?view=closed&limit=1").json["items"][0]
    act = {"values": {"category": "appeal", "branch": "b6"}, "decider": "s-petition-head", "signed_paper": "呈批表"}
    rows = [{"id": each, "version": 1} for each in fresh] + [{"id": closed["id"], "version": closed["version"]}, {"id": 99999999, "version": 1}]
    where = "/records/petition/bulk/triage"
    before = entries(clerk)
    tried = clerk.post(f"{where}?dry_run=yes", {**act, "records": rows}).json["items"]
    expect([item["outcome"] for item in tried] == ["passes"] * 3 + ["refused", "absent"], f"each is tried: {tried}")
    expect(tried[0]["state_label"] and tried[3]["reasons"], "with what would come of it, or why not")
    expect(entries(clerk) == before, "a dry run writes nothing")
    done = clerk.post(where, {**act, "records": rows}, Idempotency_Key="bulk-1").json["items"]
    expect([item["outcome"] for item in done] == ["done"] * 3 + ["refused", "absent"], f"one that is refused stops no other: {done}")
    expect(entries(clerk) == before + 3, "an entry for each")
    again = clerk.post(where, {**act, "records": rows}, Idempotency_Key="bulk-1").json["items"]
    expect([item["outcome"] for item in again[:3]] == ["done"] * 3 and all(item["repeated"] for item in again[:3])
           and entries(clerk) == before + 3, "again under the same key, nothing is written twice")
    other = clerk.post(where, {**act, "records": rows[:1]}, Idempotency_Key="bulk-2").json["items"]
    expect(other[0]["outcome"] == "moved", "a row that somebody has changed says so")
    without = clerk.post(f"{where}?dry_run=yes", {"records": [{"id": new_petition(clerk, "批量差", today)}]}).json["items"]
    expect(without[0]["outcome"] == "refused" and len(without[0]["reasons"]) > 1, "all reasons of a row at once")
    warned = clerk.post("/records/petition/bulk/issue_opinion?dry_run=yes", {"records": [{"id": fresh[0]}]}).json["items"]
    expect(warned[0]["outcome"] == "refused" and any(reason["law"] for reason in warned[0]["reasons"]), "with the article")
    problem(clerk.post(where, {**act, "records": [{"id": i} for i in range(201)]}), 400, "more than two hundred")
    problem(clerk.post(where, {**act, "records": []}), 400, "none")
    problem(clerk.post(where, {**act, "records": [{"id": 1}, {"id": 1}]}), 400, "one twice")
    problem(clerk.post(where, {**act, "records": [{"id": "1"}]}), 400, "an id that is none")
    problem(clerk.post(where, {**act, "nonsense": 1, "records": rows}), 400, "an unknown key")
    problem(clerk.post("/records/petition/bulk/create", {**act, "records": rows}), 404, "the act that creates")
    problem(clerk.post("/records/petition/bulk/nothing", {**act, "records": rows}), 404, "an act that is not there")
    problem(outsider.post(where, {**act, "records": rows}), 404, "a ledger outside one's scope")


def draft_scenario(port):
    sender, office, clerk = signed_in(port, "cunwu"), signed_in(port, "zhifa"), signed_in(port, "xinfang")
    today = sender.get("/me").json["today"]
    yesterday = (datetime.date.fromisoformat(today) - datetime.timedelta(days=1)).isoformat()
    forms = {form["kind"]: form for form in sender.get("/field/forms").json["items"]}
    expect({"persuasion", "patrol", "pufa_activity", "mediation"} <= set(forms), "what may be noted outside")
    expect(all(1 <= len(form["asks"]) <= 6 for form in forms.values()), "six things at most")
    photo = sender.ask("POST", "/api/v1/files?name=街面.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00" + b"\x00" * 16).json["digest"]
    note = {"kind": "persuasion", "day": yesterday,
            "values": {"matter": "stall", "method": "talk", "as_what": "grid", "target": {"name": "丁某某"}, "attachments": [photo]}}
    send = lambda body, key="d-0": sender.post("/field/drafts", body, Idempotency_Key=key)
    problem(sender.post("/field/drafts", note), 400, "without a key")
    problem(send({**note, "kind": "petition"}), 404, "of a ledger without such a form")
    problem(send({**note, "values": {"fix_by": today}}), 400, "what is not asked")
    problem(send({**note, "values": {"matter": "nonsense"}}), 400, "an option that is none")
    problem(send({**note, "values": {}}), 400, "nothing at all")
    problem(send({**note, "day": "2999-01-01"}), 400, "a day to come")
    problem(send({**note, "values": {"attachments": ["0" * 64]}}), 400, "a photo that was never sent")
    before = entries(sender)
    sent = send(note, "d-1")
    expect(sent.status == 201, f"a note is sent: {sent.text[:200]}")
    number = sent.json["id"]
    expect(send(note, "d-1").json == {"id": number, "repeated": True}, "and taken once however often it comes")
    expect(entries(sender) == before, "a draft is no entry of the journal")
    lines = office.get("/field/drafts").json["items"]
    line = next(each for each in lines if each["id"] == number)
    expect(line["accepts"] and line["photos"] == 1 and "丁某某" not in str(line), "the office sees it, without what is personal")
    expect(office.get("/errands").json["drafts"] == len(lines), "and that it waits")
    expect(all(each["id"] != number for each in clerk.get("/field/drafts").json["items"]), "who may not create the kind does not")
    problem(clerk.get(f"/field/drafts/{number}"), 404, "nor by its address")
    problem(clerk.post(f"/field/drafts/{number}/accept", {}), 404, "nor may they accept it")
    draft = office.get(f"/field/drafts/{number}").json
    expect(draft["values"]["target"] == {"name": "丁某某"} and draft["values"]["met_on"] == yesterday and draft["files"][0]["name"] == "街面.png",
           f"nothing is typed twice: {draft}")
    expect(office.get(f"/field/drafts/{number}/files/{photo}?view=yes").status == 200, "the photo is seen")
    problem(office.get(f"/field/drafts/{number}/files/{'0' * 64}"), 404, "and no other file")
    lacking = office.post(f"/field/drafts/{number}/accept", {"values": draft["values"]})
    problem(lacking, 422, "what the ledger needs and nobody noted")
    expect(office.get(f"/field/drafts/{number}").json["state"] == "waiting" and entries(sender) == before, "leaves it waiting")
    dry = office.post(f"/field/drafts/{number}/accept?dry_run=yes", {"values": {**draft["values"], "meets_filing": "below"}})
    expect(dry.status == 200 and entries(sender) == before, f"a dry run writes nothing: {dry.text[:200]}")
    made = office.post(f"/field/drafts/{number}/accept", {"values": {**draft["values"], "meets_filing": "below"}}, Idempotency_Key="a-1")
    expect(made.status == 201 and made.json["kind"] == "persuasion", f"it becomes a record: {made.text[:300]}")
    record = office.get(f"/records/persuasion/{made.json['id']}").json
    fields = {field["key"]: field for field in record["fields"]}
    expect(fields["met_on"]["value"] == yesterday and fields["attachments"]["files"][0]["digest"] == photo, "of its day, with its photo")
    first = office.get(f"/records/persuasion/{made.json['id']}/history").json["items"][-1]
    expect(first["way"] == "registered" and first["day"] == yesterday, "registered as of that day")
    problem(office.post(f"/field/drafts/{number}/accept", {"values": {}}), 409, "a second time")
    own = next(each for each in sender.get("/field/drafts?view=mine").json["items"] if each["id"] == number)
    expect(own["state"] == "accepted" and own["record"] == made.json["id"], "its sender sees what became of it")
    expect(sender.get(f"/field/drafts/{number}").json["values"] == {}, "and no second copy of what is personal is kept")

    second = send({**note, "values": {"matter": "fire"}}, "d-2").json["id"]
    problem(office.post(f"/field/drafts/{second}/decline", {}), 400, "declining without a reason")
    expect(office.post(f"/field/drafts/{second}/decline", {"says": "已经登记过了"}).status == 204, "it is declined")
    own = next(each for each in sender.get("/field/drafts?view=mine").json["items"] if each["id"] == second)
    expect(own["state"] == "declined" and own["says"] == "已经登记过了", "its sender reads why")
    expect("已经登记过了" in sender.get("/notices").text, "and is told on the desk")
    expect(sender.get(f"/field/drafts/{second}").json["values"] == {"matter": "fire"}, "and can mend it")

    mediation = send({"kind": "mediation", "values": {"dispute_type": "neighbour", "brief": "排水", "content": "各修一段"},
                      "rows": {"parties": [{"who": {"name": "甲某某"}}, {"who": {"name": "乙某某"}}]}}, "d-3")
    expect(mediation.status == 201, f"a quarrel settled on the spot: {mediation.text[:200]}")
    mediator = signed_in(port, "sifa")
    expect(mediator.get(f"/field/drafts/{mediation.json['id']}").status == 404, "who cannot create a mediation does not see it")


def outside_scenario(port):
    clerk, keeper = signed_in(port, "xinfang"), signed_in(port, "guanli")
    expect(all(each["kind"] != "petition" for each in clerk.get("/outside").json["kinds"]), "what is kept here is entered nowhere else")
    expect(keeper.post("/homes/petition", {"home": "全国信访信息系统"}).status == 200, "petitions are kept elsewhere")
    listed = clerk.get("/outside?kind=petition").json
    kind = next(each for each in listed["kinds"] if each["kind"] == "petition")
    expect(kind["number"] == "system_no" and kind["lacking"] > 0 and listed["items"], f"then they lack their number there: {kind}")
    record = listed["items"][0]["id"]
    answer = clerk.post(f"/records/petition/{record}/edit", {"numbers": {"system_no": "4405-2024-7"}})
    expect(answer.status == 200, f"it is written down: {answer.text[:200]}")
    after = clerk.get("/outside?kind=petition").json
    expect(after["kinds"][0]["lacking"] == kind["lacking"] - 1 and all(row["id"] != record for row in after["items"]), "and the record is off the list")
    expect(clerk.get(f"/records/petition/{record}").json["numbers"]["system_no"] == "4405-2024-7", "and stands on the record")
    last = clerk.get(f"/records/petition/{record}/history").json["items"][0]
    expect(any(change["after"] == "4405-2024-7" for change in last["changes"]), "and in its history")
    other = after["items"][0]["id"]
    problem(clerk.post(f"/records/petition/{other}/edit", {"numbers": {"system_no": "4405-2024-7"}}), 422, "a number that another record has")
    problem(clerk.post(f"/records/petition/{record}/edit", {"numbers": {"system_no": "4405-2024-8"}}), 422, "a second number is a correction")
    problem(clerk.post(f"/records/petition/{other}/edit", {"numbers": {"number": "信访〔2024〕1号"}}), 422, "the town's own numbers are not written down")
    corrects = signed_in(port, "fenguan").post(f"/records/petition/{record}/correct", {"numbers": {"system_no": "4405-2024-8"}, "reason": "抄错一位", "signer": "s-deputy-law"})
    expect(corrects.status == 200 and clerk.get(f"/records/petition/{record}").json["numbers"]["system_no"] == "4405-2024-8",
           f"a wrong number is corrected: {corrects.text[:200]}")
    card = next(each for each in clerk.get("/rulebook").json["kinds"] if each["key"] == "petition")["card"]
    expect(card["number"] == "system_no", "the card says which number")
    expect(keeper.post("/homes/petition", {"home": "here"}).status == 200, "petitions are kept here again")


def desk_scenarios(port, data):
    handover_scenario(port, data)
    bulk_scenario(port)
    draft_scenario(port)
    outside_scenario(port)
