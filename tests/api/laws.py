"""Law texts: each article with the rules on it, what the rulebook makes of them, and the open records that stand on it,
within the scope of whoever asks. The texts here are short ones of our own: the program needs none."""

import os
from urllib.parse import quote

from client import Client, expect, problem
from notices import Served

PETITIONS = """# 某某信访条例

2022年1月1日 某某通过

<!-- INFO END -->

## 第一章 办理

第三十四条 应当自受理之日起60日内办结；情况复杂的，可以延长30日。

第三十四条之一 情况特别复杂的除外。

## 第二章 附则

第九十九条 没有规则引用的一条。
"""


def law_folder(folder):
    made = os.path.join(folder, "laws")
    os.makedirs(made, exist_ok=True)
    for name, text in (("信访工作条例", PETITIONS), ("没有人引用的法", "第一条 不引用，也可以读。\n")):
        with open(os.path.join(made, name + ".md"), "w", encoding="utf-8") as kept:
            kept.write(text)
    return made


def ask(client, *parts):
    return client.get("/laws/" + "/".join(quote(part, safe="") for part in parts))


def signed_in(port, account):
    client = Client(port)
    client.sign_in(account)
    return client


def law_scenarios(port):
    clerk = signed_in(port, "xinfang")
    listed = clerk.get("/laws").json
    laws = {law["law"]: law for law in listed["items"]}
    expect(listed["loaded"] and laws["信访工作条例"]["articles"] == 3 and laws["信访工作条例"]["rules"] > 10, f"a law with text and rules: {laws['信访工作条例']}")
    expect(laws["没有人引用的法"]["rules"] == 0 and laws["没有人引用的法"]["text"], "one that only lies in the folder")
    expect(not laws["行政处罚法"]["text"] and laws["行政处罚法"]["rules"] > 5, "and one that is cited, without text")

    untold = [each["article"] for each in ask(clerk, "行政处罚法").json["articles"]]
    expect(untold.index("第十六条") < untold.index("第三十九条") < untold.index("第四十二条") < untold.index("第七十五条"), f"its articles in their order: {untold}")

    law = ask(clerk, "信访工作条例").json
    numbered = {each["article"]: each for each in law["articles"]}
    expect(law["title"] == "某某信访条例" and numbered["第三十四条"]["heading"] == "第一章 办理", f"it is read article by article: {law['title']}")
    expect(numbered["第三十四条"]["rules"] == 2 and numbered["第九十九条"]["rules"] == 0, "with the number of rules on each")
    expect(numbered["第二十三条"]["text"] == "" and numbered["第二十三条"]["rules"] > 0, "an article that rules cite and this text lacks is listed too")

    article = ask(clerk, "信访工作条例", "第三十四条").json
    expect(article["quote"].startswith("第三十四条 应当自受理之日起60日内办结") and "之一" not in article["quote"], f"the article's text: {article['quote']}")
    rule = next(each for each in article["rules"] if each["id"] == "xf-decide-60d")
    expect(rule["certainty"] == "verified" and rule["since"] == "2022-05-01" and rule["within"] == "60日", f"the rule with its dates: {rule}")
    expect({"deadline", "gate", "form"} <= {each["sort"] for each in rule["standing"]}, f"what stands on it: {rule['standing']}")
    deadline = next(each for each in rule["standing"] if each["sort"] == "deadline")
    expect(deadline["kind"] == "petition" and deadline["label"] == "办结期限" and deadline["place"].startswith("kinds/petition.yaml:"), f"said so that one finds it: {deadline}")
    keys = [(each["sort"], each["label"], each["place"].split(":")[0]) for each in rule["standing"]]
    expect(len(keys) == len(set(keys)), "each thing once")

    records = article["records"]
    due = [item["due"] for item in records["items"] if item["due"]]
    expect(records["records"] > 0 and len(records["items"]) <= 20 and due == sorted(due), f"the open records on it, the soonest first: {records['records']}")
    running = 0
    for page in (clerk.get(f"/records/petition/{item['id']}").json for item in records["items"]):
        running += any(each["rule"] == "xf-decide-60d" and each["outcome"] in ("running", "overdue", "paused") for each in page["deadlines"])
    expect(running == len({item["id"] for item in records["items"]}), "whose own pages say the same")
    leader, stranger = signed_in(port, "fenguan"), signed_in(port, "pufa")
    expect(ask(leader, "信访工作条例", "第三十四条").json["records"]["records"] >= records["records"], "who sees the town sees at least as many")
    other = ask(stranger, "信访工作条例", "第三十四条").json
    expect(other["records"] == {"records": 0, "deadlines": 0, "items": []}, "who may not read petitions counts none")
    expect(other["rules"] == article["rules"], "and reads the same law")

    quoted = clerk.get("/rules/xf-decide-60d").json
    expect(quoted["quote"] == article["quote"] and quoted["law_key"] == "信访工作条例", "a citation opens its article")
    kind = clerk.get("/rulebook/kinds/petition").json
    expect(any(each["quote"] == article["quote"] for each in kind["rules"] if each["id"] == "xf-decide-60d"), "and so does the rulebook's page")
    expect(kind["forms"] and kind["figures"] and kind["roles"], f"which shows its papers, figures and readers: {list(kind)}")

    found = clerk.get("/articles?q=" + quote("情况复杂 60日")).json
    expect(found["total"] == 1 and found["items"][0]["article"] == "第三十四条" and found["items"][0]["rules"] == 2, f"articles are found by their words: {found}")
    expect(clerk.get("/articles?q=" + quote("某某信访条例 第三十四条")).json["total"] == 1, "and by law and number")
    expect(clerk.get("/articles?q=" + quote("没有的话")).json == {"total": 0, "items": []}, "or not")
    expect(clerk.get("/articles").json["total"] == 0, "no words find nothing")
    problem(clerk.get("/articles?q=" + "a" * 201), 400, "a very long question")
    problem(ask(clerk, "没有这部法"), 404, "a law that nobody knows")
    problem(ask(clerk, "信访工作条例", "第一千条"), 404, "an article that it has not")


def no_texts_scenario(program, data):
    with Served(program, data) as served:
        clerk = signed_in(served.port, "xinfang")
        listed = clerk.get("/laws").json
        expect(not listed["loaded"] and all(not law["text"] for law in listed["items"]), "without a folder there is no text")
        article = ask(clerk, "信访工作条例", "第三十四条").json
        expect(article["quote"] == "" and len(article["rules"]) == 2 and article["records"]["records"] > 0, "rules and records are shown all the same")
        expect("quote" not in clerk.get("/rules/xf-decide-60d").json, "and a rule quotes nothing")
