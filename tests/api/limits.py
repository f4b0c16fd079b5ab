"""Power's limits over HTTP: what a decision would lack is said with the article, and nothing is written."""

from client import Client, expect


def signed_in(port, account):
    client = Client(port)
    client.sign_in(account)
    return client


def limits_scenario(port):
    clerk, keeper, auditor = (signed_in(port, account) for account in ("zhifa", "guanli", "sifa"))
    cases = clerk.get("/records/penalty?view=all&limit=200").json["items"]
    case = next(each["id"] for each in cases if clerk.get(f"/records/penalty/{each['id']}").json["state"] == "investigating")
    decision = {"values": {"facts_clear": True, "evidence_enough": True, "weighty": False, "law_time": "of_the_act",
                           "remedy_branch": "general", "perform_way": "十五日内到指定银行缴纳", "publish_need": False}}
    where = f"/records/penalty/{case}/actions/decide?dry_run=yes"
    expect(keeper.post("/homes/penalty", {"home": "here"}).status == 200, "penalties are handled here")
    before = auditor.get("/verify").json["entries"]
    tried = clerk.post(where, decision)
    reasons = {reason["gate"]: reason for reason in tried.json["reasons"]}
    expect(tried.status == 422 and reasons["told"]["law"] == ["《行政处罚法》第四十四条"], f"no decision without notice: {tried.text[:300]}")
    expect("listened" in reasons and "decide" in reasons, "all that stands against it is said at once")
    expect(auditor.get("/verify").json["entries"] == before, "and trying wrote nothing")
    expect(keeper.post("/homes/penalty", {"home": "委托机关执法系统"}).status == 200, "and elsewhere again")
