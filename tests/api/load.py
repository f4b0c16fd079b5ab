"""The days ahead: what falls due on each, within the scope of whoever asks; which duties have no date; what would lapse if
somebody were away."""

import datetime

from client import Client, expect, problem


def signed_in(port, account):
    client = Client(port)
    client.sign_in(account)
    return client


def lines_of(load):
    return [(item["kind"], item["id"], item["deadline"], item["due"]) for day in load["days"] for item in day["items"]]


def load_scenarios(port):
    clerk = signed_in(port, "xinfang")
    me = clerk.get("/me").json
    today = datetime.date.fromisoformat(me["today"])
    # Four to be finished on one day by one person.
    for content in ("一", "二", "三", "四"):
        made = clerk.post("/records/petition", {"values": {
            "received_on": str(today), "channel": "letter", "way_in": "direct", "content": content, "domain": "land",
            "petitioner": {"name": "负荷某"}, "petitioner_kind": "person", "handler": me["staff"]}})
        expect(made.status == 201, f"a petition is registered: {made.text[:200]}")
    load = clerk.get("/load").json
    days = load["days"]
    expect(len(days) == 60 and days[0]["day"] == str(today) and load["until"] == str(today + datetime.timedelta(days=59)), "sixty days from today")
    listed = clerk.get("/worklist?scope=town&limit=500").json["items"]
    wanted = {(item["kind"], item["id"], item["deadline"]) for item in listed if str(today) <= item["due"] <= load["until"]}
    expect(wanted <= {line[:3] for line in lines_of(load)}, "holds what the worklist holds")
    expect(all(item["due"] == day["day"] for day in days for item in day["items"]), "each on its day")
    expect({day["workday"] for day in days} == {True, False} and all(day["reason"] for day in days if not day["workday"]), "with workdays and rest days")
    notify = today + datetime.timedelta(days=15)
    crowd = [(day["day"], each) for day in days for each in day["crowded"] if each["person"] == me["staff"]]
    expect(any(each["items"] >= 4 and day <= str(notify) for day, each in crowd), f"four on one day collide: {crowd}")
    expect(clerk.get("/load?most=50").json["most"] == 50 and not any(day["crowded"] for day in clerk.get("/load?most=50").json["days"]), "fifty do not")
    expect(load["most"] == 3, "how many is a setting of the town")

    own = clerk.get(f"/load?person={me['staff']}").json
    expect(lines_of(own) and all(item["handler"] == me["staff"] for day in own["days"] for item in day["items"]), "a person's own")
    unit = clerk.get(f"/load?unit={me['unit']}").json
    expect(set(lines_of(own)) <= set(lines_of(unit)) <= set(lines_of(load)), "a unit's are more, the town's still more")
    stranger = signed_in(port, "pufa")
    expect(all(item["kind"] != "petition" for day in stranger.get("/load").json["days"] for item in day["items"]), "who may not read petitions sees none")
    other = stranger.get(f"/load?person={me['staff']}").json
    expect(not lines_of(other) and not any(day["crowded"] for day in other["days"]) and other["overdue"] == 0, "nor how many somebody has of them")
    expect(len(clerk.get("/load?days=10000").json["days"]) == 92 and len(clerk.get("/load?days=7").json["days"]) == 7, "days are bounded")
    later = clerk.get(f"/load?from={today + datetime.timedelta(days=30)}&days=7").json
    expect(later["days"][0]["day"] == str(today + datetime.timedelta(days=30)), "from a later day")

    undated = {duty["key"]: duty for duty in load["undated"]}
    duties = {duty["key"]: duty for duty in clerk.get("/duties").json["items"]}
    expect(all(not duties[key]["dated"] and duties[key]["state"] != "met" for key in undated), f"duties without a date are unmet: {list(undated)}")
    expect({key for key, duty in duties.items() if not duty["dated"] and duty["until"]} == set(undated), "all of them")
    due = [duty for day in days for duty in day["duties"]]
    expect(all(duty["until"] in {day["day"] for day in days} and duty["value"] < max(duty["wanted"], 1) for duty in due), f"duties that end are not reached: {len(due)}")

    span = f"from={today}&until={notify}"
    away = clerk.get(f"/load/away?{span}").json
    expect(away["person"] == me["staff"] and away["hands_over"] and len(away["items"]) >= 4, f"what would lapse: {len(away['items'])}")
    expect({(item["kind"], item["id"], item["deadline"], item["due"]) for item in away["items"]} <= set(lines_of(own)), "all of it one's own")
    expect(0 < away["workdays"] < 16, f"so many workdays: {away['workdays']}")
    colleague = signed_in(port, "xinfang2").get(f"/load/away?person={me['staff']}&{span}").json
    expect(not colleague["hands_over"], "a colleague does not hand over for others")
    expect(stranger.get(f"/load/away?person={me['staff']}&{span}").json["items"] == [], "and a stranger sees none of it")
    problem(clerk.get("/load/away?from=2020-01-01&until=2020-01-02"), 400, "a leave that is over")
    problem(clerk.get(f"/load/away?from={notify}&until={today}"), 400, "a leave that ends before it begins")
    problem(clerk.get("/load/away?person=s-nobody"), 404, "nobody")
    problem(clerk.get("/load?from=tomorrow"), 400, "no day")
    problem(clerk.get("/load?from=2190-01-01"), 400, "a day too far")
    problem(clerk.get("/load?unit=nothing"), 404, "no unit")
