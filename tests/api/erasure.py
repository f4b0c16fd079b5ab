"""Erasure: by whom it may be done, what goes, what stays."""

from client import Client, expect, problem


def erasure_scenarios(port, clerk):
    keeper = Client(port)
    me = keeper.sign_in("sifa").json
    expect(me["erases"] and not clerk.get("/me").json["erases"], "who erases is a post")
    today = me["today"]
    file = clerk.ask("POST", "/api/v1/files?name=身份证.txt", "身份证复印件 韦某某".encode()).json["digest"]
    made = clerk.post("/records/petition", {"values": {
        "received_on": today, "channel": "letter", "way_in": "direct", "content": "韦某某反映门前积水长期没有人管", "domain": "land",
        "petitioner": {"name": "韦某某", "phone": "13711112222"}, "attachments": [file]}})
    it = f"/records/petition/{made.json['id']}"
    clerk.post(f"{it}/correct", {"values": {"petitioner": {"name": "韦某甲", "phone": "13711112222"}}, "reason": "名字写错", "signer": "s-deputy-law"})
    values = {item["path"]: item for item in keeper.get(f"{it}/erasable").json["items"]}
    expect(values["petitioner"]["times"] == 2 and values["petitioner"]["guard"] == "personal", f"the corrected value too: {values.get('petitioner')}")
    problem(clerk.get(f"{it}/erasable"), 403, "not by a clerk")
    want = {"paths": ["petitioner", "content", "attachments"], "reason": "本人要求删除", "signer": "s-deputy-law"}
    problem(clerk.post(f"{it}/erase", want), 403, "nor done by one")
    problem(keeper.post(f"{it}/erase", {**want, "signer": "s-judicial-head"}), 400, "not by oneself alone")
    problem(keeper.post(f"{it}/erase", {**want, "signer": "s-petition"}), 400, "nor with somebody who signs nothing here")
    problem(keeper.post(f"{it}/erase", {**want, "reason": ""}), 400, "without a reason")
    problem(keeper.post(f"{it}/erase", {**want, "paths": ["@warned"]}), 400, "what is no value")
    problem(keeper.post(f"{it}/erase", {**want, "paths": ["nothing"]}), 404, "what is not there")
    expect(clerk.get(f"{it}/files/{file}").status == 200, "the file is there")
    done = keeper.post(f"{it}/erase", want)
    expect(done.status == 201 and done.json["files"] == 1, f"erased with its file: {done.text}")
    for who in (keeper, clerk):
        for path in (it, f"{it}/history"):
            expect("韦某" not in who.get(path).text and "积水" not in who.get(path).text, f"{path} holds nothing of it")
    expect(clerk.get(f"{it}/files/{file}").status == 404, "the file is gone")
    for words in ("韦某甲", "13711112222"):
        found = [row["id"] for row in clerk.get(f"/search?q={words}").json["items"]]
        expect(made.json["id"] not in found, f"{words} finds it no more")
    again = clerk.post("/records/petition/alike", {"values": {"content": "反映门前积水长期没有人管", "petitioner": {"name": "韦某甲", "phone": "13711112222"}}})
    expect(made.json["id"] not in [row["id"] for row in again.json["items"]], "nor is it alike to anything")
    page = keeper.ask("GET", f"/api/v1{it}/erasures/{done.json['entry']}")
    expect(page.status == 200 and "个人信息删除凭证" in page.text and "本人要求删除" in page.text and "证明成立" in page.text, "the certificate says why, with its proof")
    problem(keeper.ask("GET", f"/api/v1{it}/erasures/1"), 404, "another entry is no certificate")
    expect(keeper.get("/verify").json["good"], "and verify holds")
