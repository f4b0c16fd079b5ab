"""Three administrators keep people, posts and the audit log apart; settings and calendars move what they touch."""

from client import Client, PASSWORD, expect, problem

NEXT_YEAR = """2030:
  notice: 国务院办公厅关于2030年部分节假日安排的通知
  off: ["2030-01-01"]
"""


def signed_in(port, account):
    client = Client(port)
    client.sign_in(account)
    return client


def entries(client):
    return client.get("/verify").json["entries"]


def admin_scenarios(port):
    manager, security, auditor = (signed_in(port, account) for account in ("guanli", "anquan", "shenji"))
    expect(manager.get("/me").json["manages"] and not manager.get("/me").json["grants"], "me says who manages")
    people(port, manager, security, auditor)
    accounts(port, manager, security)
    town(port, manager)
    history_and_summary(port)
    lines = auditor.get("/audit").json["items"]
    for what in ("staff", "account", "org", "setting", "home", "adopt"):
        expect(any(line["what"] == what and line["outcome"] == "ok" for line in lines), f"the audit log has {what}")
    expect(any(line["what"] == "staff" and line["outcome"] == "refused" for line in lines), "and what was refused")


def people(port, manager, security, auditor):
    before = entries(manager)
    made = manager.post("/staff", {"key": "s-new", "name": "新某某", "unit": "petition-office"})
    expect(made.status == 201 and entries(manager) == before + 1, "a person is registered by one entry")
    problem(manager.post("/staff", {"key": "s-new", "name": "又一个"}), 409, "the same key twice")
    problem(manager.post("/staff", {"key": "S 新", "name": "x"}), 400, "a key that is none")
    problem(manager.post("/staff/s-new", {"unit": "no-such-office"}), 400, "a unit that is not there")
    problem(manager.post("/staff/s-new", {"posts": ["petition-clerk"]}), 403, "posts are not given by the same hand")
    problem(security.post("/staff/s-new", {"name": "改名"}), 403, "nor names changed by the other")
    given = security.post("/staff/s-new", {"posts": ["petition-clerk"]})
    expect(given.status == 200, f"posts by the security administrator: {given.text[:200]}")
    problem(security.post("/staff/s-new", {"posts": ["no-such-post"]}), 400, "a post that is not there")
    two = security.post("/staff/s-system", {"posts": ["system-admin", "security-admin"]})
    problem(two, 400, "nobody is two of the three administrators")
    problem(security.post("/staff/s-auditor", {"posts": ["auditor", "deputy"]}), 400, "nor what the posts exclude")
    listed = {person["key"]: person for person in auditor.get("/staff").json["items"]}
    expect(listed["s-new"]["posts"][0]["key"] == "petition-clerk" and listed["s-new"]["unit"] == "petition-office",
           "the register shows both")
    clerk = signed_in(port, "xinfang")
    problem(clerk.get("/staff"), 403, "the register of people is for the administrators")
    problem(clerk.post("/staff", {"key": "s-x", "name": "x"}), 403, "and kept by them alone")
    why = manager.get("/access/why?person=s-new&kind=petition").json
    expect(why["may"] and "信访专干" in why["says"][0], "why somebody may")
    not_so = manager.get("/access/why?person=s-new&kind=litigation").json
    expect(not not_so["may"] and not_so["says"], "and why not")
    problem(clerk.get("/access/why?person=s-mayor&kind=petition"), 403, "of others only for administrators")
    expect(clerk.get("/access/why?kind=petition").json["may"], "of oneself always")
    expect(any(post["key"] == "auditor" and post["audits"] for post in clerk.get("/posts").json["items"]), "posts")


def accounts(port, manager, security):
    made = manager.post("/accounts", {"account": "xin", "staff": "s-new", "password": "first password"})
    expect(made.status == 201, "an account is made")
    problem(manager.post("/accounts", {"account": "xin", "staff": "s-new", "password": "first password"}), 409, "twice")
    problem(manager.post("/accounts", {"account": "kurz", "staff": "s-new", "password": "short"}), 400, "a short password")
    problem(security.post("/accounts", {"account": "y", "staff": "s-new", "password": "long enough 1"}), 403, "by the other")
    new = Client(port)
    new.sign_in("xin", "first password")
    problem(new.get("/records/petition"), 403, "first the password is changed")
    expect(new.post("/password", {"old": "first password", "new": "second password"}).status == 204, "it is")
    expect(new.get("/records/petition").status == 200, "then the ledger opens")
    for _ in range(5):
        Client(port).sign_in("xin", "wrong password")
    problem(Client(port).sign_in("xin", "second password"), 429, "five wrong ones lock the account")
    problem(manager.post("/accounts/xin/unlock"), 403, "not opened by the system administrator")
    expect(security.post("/accounts/xin/unlock").status == 204, "but by the security administrator")
    expect(Client(port).sign_in("xin", "second password").status == 200, "and it opens")
    expect(manager.post("/accounts/xin/password", {"password": "third password"}).status == 204, "a password is reset")
    problem(new.get("/me"), 401, "then its sessions are over")
    problem(manager.post("/accounts/nobody/password", {"password": "third password"}), 404, "no such account")
    expect(manager.ask("DELETE", "/api/v1/accounts/xin").status == 204, "an account is ended")
    problem(Client(port).sign_in("xin", "third password"), 401, "and is no more")
    problem(manager.ask("DELETE", "/api/v1/accounts/guanli"), 400, "not one's own")


def town(port, manager):
    clerk = signed_in(port, "xinfang")
    problem(clerk.post("/orgs", {"key": "v-x", "name": "x", "type": "village"}), 403, "orgs are kept by the manager")
    made = manager.post("/orgs", {"key": "village-11", "name": "新村", "type": "village", "since": "2024-01-01"})
    expect(made.status == 201, f"a village: {made.text[:200]}")
    expect(manager.post("/orgs/village-11", {"until": "2025-12-31"}).status == 200, "that ends")
    problem(manager.post("/orgs/village-11", {"until": "yesterday"}), 400, "on a day")
    problem(manager.post("/orgs", {"key": "v-y", "name": "y", "type": "planet"}), 400, "of a type that is known")
    listed = {org["key"]: org for org in clerk.get("/orgs").json["items"]}
    expect(listed["village-11"]["until"] == "2025-12-31" and listed["village-11"]["type_label"] == "行政村", "as listed")

    before = entries(manager)
    problem(manager.post("/settings/late_entry_days", {"value": "10 days"}), 400, "a setting without its source")
    problem(manager.post("/settings/late_entry_days", {"value": "soon", "source": "x"}), 400, "of another shape")
    problem(manager.post("/settings/no_such", {"value": "1", "source": "x"}), 404, "that is not there")
    tried = manager.post("/settings/late_entry_days?dry_run=yes", {"value": "10 days", "source": "镇办通知"})
    expect(tried.status == 200 and tried.json["entry"] is None and entries(manager) == before, "tried without a trace")
    done = manager.post("/settings/late_entry_days", {"value": "10 days", "source": "镇办通知"})
    expect(done.status == 200 and entries(manager) == before + 1, "then set")
    setting = [s for s in clerk.get("/settings").json["items"] if s["key"] == "late_entry_days"][0]
    expect(setting["own"] and setting["source"] == "镇办通知" and setting["default"] == "7 days", "with where it comes from")
    problem(clerk.post("/settings/late_entry_days", {"value": "1 day", "source": "x"}), 403, "by the manager alone")

    home = manager.post("/homes/hotline", {"home": "12345平台"})
    expect(home.status == 200, "a ledger's home")
    expect([h for h in clerk.get("/homes").json["items"] if h["kind"] == "hotline"][0]["home"] == "12345平台", "is kept")
    problem(manager.post("/homes/nothing", {"home": "here"}), 404, "of a kind that is there")

    problem(clerk.post("/adopt/calendar", {"yaml": NEXT_YEAR}), 403, "calendars are adopted by the manager")
    broken = manager.post("/adopt/calendar?dry_run=yes", {"yaml": "2030:\n  notice: x\n  off: [\"2030-13-01\"]\n"})
    problem(broken, 422, "a calendar with a fault")
    expect(broken.json["faults"] and "13-01" in broken.json["faults"][0]["says"], f"which is named: {broken.text[:300]}")
    problem(manager.post("/adopt/calendar?dry_run=yes", {"yaml": "2030:\n  notice: x\n  of: []\n"}), 422, "an unknown key")
    before = entries(manager)
    tried = manager.post("/adopt/calendar?dry_run=yes", {"yaml": NEXT_YEAR})
    expect(tried.status == 200 and not tried.json["written"] and entries(manager) == before, f"tried: {tried.text[:200]}")
    done = manager.post("/adopt/calendar", {"yaml": NEXT_YEAR})
    expect(done.status == 200 and done.json["written"] and entries(manager) == before + 1, "and adopted")
    month = clerk.get("/calendar?month=2030-01").json
    expect(month["published"] and not month["days"][0]["workday"], "the year is known")
    bad_book = manager.post("/adopt/rulebook?dry_run=yes", {"files": {"rulebook.yaml": "name: [x"}})
    problem(bad_book, 422, "a rulebook with faults")
    shown = clerk.get("/rulebook/kinds/petition").json
    expect(shown["diagram"].find("stateDiagram") >= 0 and shown["deadlines"] and shown["gates"] and shown["rules"],
           "a kind for readers")


def history_and_summary(port):
    head = signed_in(port, "sifa")
    before = entries(head)
    old = {"values": {"sued_on": "2019-03-05", "plaintiff": {"name": "周某"}}, "state": "closed",
           "source": "2019年台账第3行", "signer": "s-judicial-head"}
    kept = head.post("/records/litigation/history", old)
    expect(kept.status == 201 and kept.json["state"] == "closed", f"an old case in one entry: {kept.text[:300]}")
    expect(entries(head) == before + 1, "and in no more")
    problem(head.post("/records/litigation/history", {**old, "state": "nowhere"}), 422, "a state that is not there")
    told = head.post("/summaries", {"values": {"figure": "litigation_cases", "value": 3, "from_on": "2019-01-01",
                                               "until_on": "2019-12-31"}, "source": "2019年总结", "signer": "s-judicial-head"})
    expect(told.status == 201, f"a number without a ledger: {told.text[:300]}")
    counted = {item["key"]: item["value"] for item in head.get("/figures?year=2019").json["items"]}
    expect(counted["litigation_cases"] == 4, f"case and number are counted: {counted['litigation_cases']}")
    for wrong, near in (("pufa_sessions", None), ("litigation_case", "litigation_cases")):
        answer = head.post("/summaries", {"values": {"figure": wrong, "value": 3, "from_on": "2019-01-01",
                                                     "until_on": "2019-12-31"}, "source": "x", "signer": "s-judicial-head"})
        problem(answer, 400, f"no number stands for {wrong}, which is no figure")
        expect(near is None or f"最接近的是“{near}”" in answer.text, f"and the nearest is named: {answer.text[:300]}")
    clerk = signed_in(port, "gongkai")
    refused = clerk.post("/summaries", {"values": {"figure": "litigation_cases", "value": 3, "from_on": "2019-01-01",
                                                   "until_on": "2019-12-31"}, "source": "x"})
    expect(refused.status == 422, f"by whom it may be: {refused.status}")
