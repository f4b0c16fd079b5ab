"""The yearly report written by many: given out, written by a unit or behind a link, adopted or sent back, frozen."""

from client import Client, expect, problem


def steps(head, clerk):
    """A unit writes, the head of the judicial office takes in."""
    given = head.post("/report/chapters/disputes/assign?year=2023", {"unit": "petition-office", "due": "2099-01-20"})
    expect(given.status == 200 and given.json["line"]["state"] == "open", f"a chapter is given out: {given.text[:200]}")
    expect("{{petition_cases}}" in given.json["text"] and given.json["source"] == "sample", "it begins with the template's words")
    mine = clerk.get("/report/chapters/disputes?year=2023")
    expect(mine.status == 200 and mine.json["may_write"] and not mine.json["may_settle"], "the unit writes it")
    version = mine.json["line"]["version"]
    problem(clerk.post("/report/chapters/disputes/text?year=2023", {"text": "{{no_such}}", "version": version, "hand_in": True}), 400,
            "a figure that nobody knows is not handed in")
    read = clerk.post("/report/chapters/disputes/preview?year=2023", {"text": "一\n{{no_such}}"}).json
    expect("第2行" in read["faults"][0], f"a fault names its line: {read['faults']}")
    read = clerk.post("/report/chapters/disputes/preview?year=2023", {"text": "2022年起学习党的十九大精神"}).json
    expect(len(read["stale"]) == 2 and read["stale"][1].startswith("第1行第9字") and "党的二十大精神" in read["stale"][1], f"an old phrase is flagged: {read['stale']}")
    handed = clerk.post("/report/chapters/disputes/text?year=2023",
                        {"text": "我们受理信访{{petition_cases}}宗。", "version": version, "hand_in": True})
    expect(handed.json["line"]["state"] == "handed_in", f"handed in: {handed.text[:200]}")
    expect('data-figure="petition_cases"' in handed.json["read"]["html"], "a figure in it stays a figure")
    problem(clerk.post("/report/chapters/disputes/text?year=2023", {"text": "x", "version": version, "hand_in": True}), 409,
            "the second of two writers is told")
    expect("我们受理信访" not in head.get("/report?year=2023").json["html"], "what is not adopted is not in the report")
    problem(head.post("/report/chapters/disputes/send_back?year=2023", {}), 400, "a reason is asked for")
    back = head.post("/report/chapters/disputes/send_back?year=2023", {"says": "写上热线"})
    expect(back.json["line"]["state"] == "sent_back" and back.json["line"]["says"] == "写上热线", "sent back with its reason")


def link(port, head):
    """A writer without an account sees one chapter, its figures, and nothing else."""
    asked = head.post("/report/chapters/disputes/link?year=2023", {"until": "2099-02-01"})
    expect(asked.status == 201, f"a link is given: {asked.text[:200]}")
    secret = asked.json["address"].split("/")[-1]
    writer = Client(port)
    page = writer.get(f"/chapter/{secret}")
    expect(page.status == 200 and page.json["line"]["chapter"] == "disputes", "the link opens its chapter")
    keys = {figure["key"] for figure in page.json["names"]}
    expect("petition_cases" in keys and "foi_requests" not in keys, f"the chapter's figures alone: {keys}")
    problem(writer.get(f"/chapter/{secret[:-1]}"), 404, "another secret opens nothing")
    problem(writer.get("/report/chapters/disputes?year=2023"), 401, "and the link is no account")
    version = page.json["line"]["version"]
    problem(writer.post(f"/chapter/{secret}", {"text": "{{foi_requests}}", "version": version, "writer": "李某"}), 400,
            "figures that the chapter does not name stay closed")
    problem(writer.post(f"/chapter/{secret}", {"text": "好", "version": version}), 400, "the writer gives a name")
    seen = writer.post(f"/chapter/{secret}/preview", {"text": "受理{{petition_cases}}宗。"})
    expect(seen.status == 200 and 'data-figure="petition_cases"' in seen.json["html"], f"the writer sees how it reads: {seen.text[:200]}")
    problem(writer.post(f"/chapter/{secret[:-1]}/preview", {"text": "好"}), 404, "and another secret shows nothing")
    sent = writer.post(f"/chapter/{secret}", {"text": "受理{{petition_cases}}宗，均已办结。", "version": version, "writer": "李某", "hand_in": True})
    expect(sent.status == 200 and sent.json["line"]["state"] == "handed_in", f"handed in by the link: {sent.text[:200]}")
    expect(head.get("/report/chapters/disputes?year=2023").json["line"]["who"].startswith("李某"), "the name stands there")
    expect(head.ask("DELETE", "/api/v1/report/chapters/disputes/link?year=2023").status == 204, "a link is taken back")
    problem(writer.get(f"/chapter/{secret}"), 404, "then it opens nothing")
    again = head.post("/report/chapters/disputes/link?year=2023", {"until": "2099-02-01"}).json["address"].split("/")[-1]
    version = head.get("/report/chapters/disputes?year=2023").json["line"]["version"]
    adopted = head.post("/report/chapters/disputes/adopt?year=2023", {"version": version})
    expect(adopted.json["line"]["state"] == "adopted", f"adopted: {adopted.text[:200]}")
    problem(writer.get(f"/chapter/{again}"), 404, "a link ends with adoption")


def chapters_scenario(port):
    head, clerk, other = Client(port), Client(port), Client(port)
    head.sign_in("sifa")
    clerk.sign_in("xinfang")
    other.sign_in("pufa")
    problem(clerk.get("/report/chapters/disputes?year=2023"), 404, "a chapter that is not given to one's unit")
    steps(head, clerk)
    problem(other.get("/report/chapters/disputes?year=2023"), 404, "another unit does not see it")
    link(port, head)
    problem(clerk.post("/report/chapters/disputes/text?year=2023", {"text": "x", "version": 9}), 409, "an adopted chapter stands")
    expect("均已办结" in head.get("/report?year=2023").json["html"], "the adopted words are in the report")
    next_year = head.get("/report/chapters/disputes?year=2024").json
    expect(next_year["source"] == "last_year" and "均已办结" in next_year["text"], "next year begins with them")
    expect(head.post("/report/publish?year=2023").status == 201, "it is published")
    expect(head.post("/report/chapters/disputes/send_back?year=2023", {"says": "再改"}).status == 200, "an adopted one is taken up again")
    expect("均已办结" not in head.get("/report?year=2023").json["html"], "then the report is as without it")
    expect("均已办结" in head.get("/report?year=2023&edition=published").json["html"], "what was published stands")
