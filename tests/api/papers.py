"""Papers: opened in full by who may, as they were issued; and checked by anybody who holds one, by its code alone."""

import html
import re

from client import Client, expect, problem


def paper_scenarios(port, clerk):
    today = clerk.get("/me").json["today"]
    hostile = "# 路灯 | *不亮* <b>请修</b> & 1. {{town}}"
    made = clerk.post("/records/petition", {"values": {
        "received_on": today, "channel": "letter", "way_in": "direct", "content": hostile, "domain": "land",
        "petitioner": {"name": "何某某", "phone": "13900002222"}}})
    petition = made.json["id"]
    expect(clerk.get(f"/records/petition/{petition}").json["papers"] == [], "nothing is issued yet")
    told = clerk.post(f"/records/petition/{petition}/actions/notify", {"values": {"notice_kind": "accepted"}})
    expect(told.status == 200, f"the petitioner is told: {told.text[:200]}")
    papers = clerk.get(f"/records/petition/{petition}").json["papers"]
    expect(len(papers) == 1 and papers[0]["label"] == "信访事项告知书" and papers[0]["text"] is True
           and papers[0]["number"].startswith("信告〔"), f"the notice is issued: {papers}")
    page = clerk.get(f"/records/petition/{petition}/papers/1")
    expect(page.status == 200 and page.headers["content-type"].startswith("text/html"), f"it opens: {page.status}")
    text = page.text
    for part in ("何某某", papers[0]["number"], "鲘门镇人民政府", html.escape(hostile), "60日", "210mm" if "210mm" in text else "A4"):
        expect(part in text, f"the paper says {part}")
    expect("<b>请修" not in text and "<em>" not in text, "and no value is markup")
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", text).group(0)

    nobody = Client(port)
    for where in (f"/check/{code}", f"/check?code={code.lower()}"):
        answer = nobody.ask("GET", where)
        expect(answer.status == 200 and "真实有效" in answer.text, f"{where} is genuine")
        expect("何某某" not in answer.text and papers[0]["number"] not in answer.text, "and nothing else is told")
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    for where in (f"/check/{wrong}", "/check/<script>alert(1)</script>", "/check/" + "A" * 300):
        answer = nobody.ask("GET", where)
        expect(answer.status in (200, 400) and "真实有效" not in answer.text and "<script>alert" not in answer.text, f"{where} is not")
    expect("查验码" in nobody.ask("GET", "/check").text, "the empty page asks for the code")

    file = clerk.get(f"/records/petition/{petition}/dossier")
    expect(file.status == 200 and "卷内目录" in file.text and html.escape(hostile) in file.text, "the notice stands in the case file")
    leader = Client(port)
    leader.sign_in("fenguan")
    case = leader.get("/records/penalty?view=all&limit=1").json["items"][0]["id"]
    lines = leader.get(f"/records/penalty/{case}").json["dossier"]
    file = leader.get(f"/records/penalty/{case}/dossier")
    expect(file.status == 200 and "卷内目录" in file.text, f"a penalty's case file: {file.status} {file.text[:200]}")
    for line in lines:
        expect(html.escape(line["label"]) in file.text, f"it lists {line['label']}")
    expect(file.text.count("<td>缺</td>") == sum(not line["there"] for line in lines), "and says what is missing")
    outsider = Client(port)
    outsider.sign_in("pufa")
    problem(outsider.get(f"/records/petition/{petition}/papers/1"), 404, "outside one's scope")
    problem(clerk.get(f"/records/petition/{petition}/papers/2"), 404, "a paper that was not issued")
    audit = Client(port)
    audit.sign_in("shenji")
    lines = audit.get("/audit").json["items"]
    expect(any(f"petition/{petition}/papers/1" in str(line) for line in lines), "opening it stands in the audit log")
    taken_back(clerk, nobody, petition, code)


def taken_back(clerk, nobody, petition, code):
    """A paper is taken back by naming it; whoever checks it is told so, and by which number."""
    where = f"/records/petition/{petition}"
    me = clerk.get("/me").json["staff"]
    draft = clerk.post(f"{where}/papers/1/replace?dry_run=yes", {"reason": "日期有误", "signer": me})
    expect(draft.status == 200 and len(draft.json["papers"]) == 1, f"it is shown before it is issued: {draft.text[:200]}")
    html_text = draft.json["papers"][0]["html"]
    expect("样稿" in html_text and "查验码" not in html_text and "何某某" in html_text, "as a draft, without a code")
    problem(clerk.post(f"{where}/papers/1/replace", {"signer": me}), 422, "without a reason")
    problem(clerk.post(f"{where}/papers/9/withdraw", {"reason": "误发", "signer": me}), 422, "a paper that was not issued")
    done = clerk.post(f"{where}/papers/1/replace", {"reason": "日期有误", "signer": me})
    expect(done.status == 200, f"it is replaced: {done.text[:200]}")
    papers = clerk.get(where).json["papers"]
    expect(len(papers) == 2 and papers[1]["replaces"] == "1" and papers[1]["number"] in papers[0]["standing"]
           and papers[1]["standing"] == "", f"old and new name each other: {papers}")
    answer = nobody.ask("GET", f"/check/{code}").text
    expect("已经换发" in answer and papers[1]["number"] in answer and "何某某" not in answer, "whoever checks is told by which")
    expect(papers[1]["number"] in clerk.get(f"{where}/papers/1").text, "the old one says so when it opens")
    problem(clerk.post(f"{where}/papers/1/withdraw", {"reason": "误发", "signer": me}), 422, "once only")
    expect(clerk.post(f"{where}/papers/2/withdraw", {"reason": "误发", "signer": me}).status == 200, "the new one may be withdrawn")
    expect("已经撤回" in nobody.ask("GET", f"/check/{code}").text, "then nothing stands in its place")
    history = clerk.get(f"{where}/history").json["items"]
    expect([each["action_label"] for each in history[:2]] == ["撤回文书", "换发文书"], f"both stand in the history: {history[:2]}")


def check_scenarios(port):
    leader = Client(port)
    leader.sign_in("fenguan")
    sheets = leader.get("/checks").json["items"]
    expect([each["key"] for each in sheets] == ["fine_execution", "authority", "subsidy_batches"], f"the sheets: {sheets}")
    sheet = leader.get("/checks/authority?year=2023").json
    expect(sheet["totals"]["lines"] == len(sheet["lines"]) + sheet["hidden"] > 0, "each act is a line")
    order = [["differs", "unproven", "fits"].index(line["verdict"]) for line in sheet["lines"]]
    expect(order == sorted(order), "what differs comes first")
    figures = {each["key"]: each for each in leader.get("/figures?year=2023").json["items"]}
    expect(figures["acts_outside_authority"]["value"] == sheet["totals"]["differs"]
           and figures["authority_unproven"]["value"] == sheet["totals"]["unproven"]
           and figures["authority_cases"]["value"] == sheet["totals"]["lines"],
           f"the figures say what the sheet says: {sheet['totals']}")
    expect(figures["acts_outside_authority"]["proof"] == "authority", "and lead to it")
    problem(leader.get("/checks/autority?year=2023"), 404, "a sheet that is none")
    outsider = Client(port)
    outsider.sign_in("pufa")
    hidden = outsider.get("/checks/authority?year=2023").json
    expect(hidden["lines"] == [] and hidden["hidden"] == sheet["totals"]["lines"], "nobody sees cases beyond their scope")
