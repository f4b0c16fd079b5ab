"""Every endpoint for every sort of person: whoever may not see a thing is told that it is not there (404), whoever may not
do it that it is not allowed (403), and nobody gets anything without a session (401)."""

import json
from urllib.parse import quote

from client import Client, expect

PEOPLE = ["nobody", "xinfang", "pufa", "fenguan", "shenji", "guanli", "anquan"]
#          no session  own unit  another unit  whole town  auditor  system adm.  security adm.

ANY = 200
# What stands behind {kind}, {id} … in the paths below: a petition of xinfang's unit.
TABLE = {
    # who one is
    "POST /logout": None,  # ends the session: the sessions' own scenarios ask it
    "POST /password": [401, 400, 400, 400, 400, 400, 400],
    "GET /me": [401, 200, 200, 200, 200, 200, 200],
    "GET /sessions": [401, 200, 200, 200, 200, 200, 200],
    "DELETE /sessions/{session}": [401, 404, 404, 404, 404, 404, 404],
    # reminders
    "GET /notices": [401, 200, 200, 200, 200, 200, 200],
    "GET /notices/unread": [401, 200, 200, 200, 200, 200, 200],
    "POST /notices/read": [401, 400, 400, 400, 400, 400, 400],
    "GET /notices/failed": [401, 403, 403, 403, 403, 200, 403],
    "POST /notices/{id}/retry": [401, 403, 403, 403, 403, 404, 403],
    "GET /told": [401, 200, 200, 200, 200, 200, 200],
    "POST /told": [401, 400, 400, 400, 400, 400, 400],
    "POST /told/feed": [401, 201, 201, 201, 201, 201, 201],
    "DELETE /told/feed": [401, 204, 204, 204, 204, 204, 204],
    # the rulebook
    "GET /rulebook": [401, 200, 200, 200, 200, 200, 200],
    "GET /rules/{rule}": [401, 200, 200, 200, 200, 200, 200],
    "GET /rulebook/kinds/{kind}": [401, 200, 200, 200, 200, 200, 200],
    # law texts, and what stands on them
    "GET /laws": [401, 200, 200, 200, 200, 200, 200],
    "GET /laws/{law}": [401, 200, 200, 200, 200, 200, 200],
    "GET /laws/{law}/{article}": [401, 200, 200, 200, 200, 200, 200],
    "GET /articles": [401, 200, 200, 200, 200, 200, 200],
    # records
    "GET /counts": [401, 200, 200, 200, 200, 200, 200],
    "GET /search": [401, 200, 200, 200, 200, 200, 200],
    "GET /records/{kind}": [401, 200, 404, 200, 404, 404, 404],
    "POST /records/{kind}": [401, 422, 404, 422, 404, 404, 404],
    "GET /records/{kind}/{id}/erasable": [401, 403, 404, 403, 404, 404, 404],
    "POST /records/{kind}/{id}/erase": [401, 403, 404, 403, 404, 404, 404],
    "GET /records/{kind}/{id}/erasures/{entry}": [401, 403, 404, 403, 404, 404, 404],
    "POST /records/{kind}/alike": [401, 200, 404, 200, 404, 404, 404],
    "GET /records/{kind}/{id}/alike": [401, 200, 404, 200, 404, 404, 404],
    "POST /records/{kind}/history": [401, 422, 404, 422, 404, 404, 404],
    "POST /records/{kind}/quick/{quick}": [401, 404, 404, 404, 404, 404, 404],
    "GET /records/{kind}/{id}": [401, 200, 404, 200, 404, 404, 404],
    "GET /records/{kind}/{id}/actions": [401, 200, 404, 200, 404, 404, 404],
    "POST /records/{kind}/{id}/actions/{action}": [401, 422, 404, 422, 404, 404, 404],
    "GET /records/{kind}/{id}/history": [401, 200, 404, 200, 404, 404, 404],
    "GET /records/{kind}/{id}/entries/{entry}/proof": [401, 404, 404, 404, 404, 404, 404],
    "POST /records/{kind}/{id}/edit": [401, 422, 404, 422, 404, 404, 404],
    "POST /records/{kind}/{id}/correct": [401, 422, 404, 422, 404, 404, 404],
    "POST /records/{kind}/{id}/void": [401, 422, 404, 422, 404, 404, 404],
    "POST /records/{kind}/{id}/undo": [401, 422, 404, 422, 404, 404, 404],
    "POST /records/{kind}/{id}/reveal": [401, 400, 404, 400, 404, 404, 404],
    "POST /records/{kind}/bulk/{action}": [401, 400, 404, 400, 404, 404, 404],
    "POST /files": [401, 415, 415, 415, 415, 415, 415],
    "GET /records/{kind}/{id}/files/{digest}": [401, 404, 404, 404, 404, 404, 404],
    "GET /records/{kind}/{id}/dossier": [401, 200, 404, 200, 404, 404, 404],
    "GET /records/{kind}/{id}/papers/{row}": [401, 404, 404, 404, 404, 404, 404],
    "POST /records/{kind}/{id}/papers/{row}/withdraw": [401, 422, 404, 422, 404, 404, 404],
    "POST /records/{kind}/{id}/papers/{row}/replace": [401, 422, 404, 422, 404, 404, 404],
    "POST /summaries": [401, 422, 422, 422, 422, 422, 422],
    # hand-overs, notes from outside, outside systems: of what concerns nobody here, nobody hears
    "GET /handovers/open": [401, 200, 200, 200, 200, 200, 200],
    "POST /handovers": [401, 400, 400, 400, 400, 400, 400],
    "GET /handovers": [401, 200, 200, 200, 200, 200, 200],
    "GET /handovers/{handover}": [401, 404, 404, 404, 404, 404, 404],
    "POST /handovers/{handover}/accept": [401, 404, 404, 404, 404, 404, 404],
    "POST /handovers/{handover}/decline": [401, 404, 404, 404, 404, 404, 404],
    "POST /handovers/{handover}/pass_on": [401, 404, 404, 404, 404, 404, 404],
    "POST /handovers/{handover}/withdraw": [401, 404, 404, 404, 404, 404, 404],
    "GET /field/forms": [401, 200, 200, 200, 200, 200, 200],
    "POST /field/drafts": [401, 404, 404, 404, 404, 404, 404],
    "GET /field/drafts": [401, 200, 200, 200, 200, 200, 200],
    "GET /field/drafts/{draft}": [401, 404, 404, 404, 404, 404, 404],
    "GET /field/drafts/{draft}/files/{digest}": [401, 404, 404, 404, 404, 404, 404],
    "POST /field/drafts/{draft}/accept": [401, 404, 404, 404, 404, 404, 404],
    "POST /field/drafts/{draft}/decline": [401, 404, 404, 404, 404, 404, 404],
    "GET /outside": [401, 200, 200, 200, 200, 200, 200],
    "GET /errands": [401, 200, 200, 200, 200, 200, 200],
    # old ledgers: pufa records histories, the others do not
    "POST /import/look": [401, 403, 404, 403, 403, 403, 403],
    "POST /import/preview": [401, 403, 404, 403, 403, 403, 403],
    "POST /import": [401, 403, 404, 403, 403, 403, 403],
    "GET /import/jobs/{job}": [401, 404, 404, 404, 404, 404, 404],
    # work, figures, report
    "GET /worklist": [401, 200, 200, 200, 200, 200, 200],
    "GET /calendar": [401, 200, 200, 200, 200, 200, 200],
    "GET /load": [401, 200, 200, 200, 200, 200, 200],
    "GET /load/away": [401, 200, 200, 200, 200, 200, 200],
    "GET /duties": [401, 200, 200, 200, 200, 200, 200],
    "GET /figures": [401, 200, 200, 200, 200, 200, 200],
    "GET /figures/{figure}/evidence": [401, 200, 200, 200, 200, 200, 200],
    "GET /figures/{figure}/months": [401, 200, 200, 200, 200, 200, 200],
    "GET /checks": [401, 200, 200, 200, 200, 200, 200],
    "GET /checks/{check}": [401, 200, 200, 200, 200, 200, 200],
    "GET /report": [401, 200, 200, 200, 200, 200, 200],
    "GET /report/file": [401, 200, 200, 200, 200, 200, 200],
    "POST /report/publish": [401, 403, 403, 403, 403, 403, 403],
    # a chapter that is not given to one's unit is not there; only those who publish give out, adopt and send back
    "GET /report/chapters": [401, 200, 200, 200, 200, 200, 200],
    "GET /report/chapters/{chapter}": [401, 404, 404, 404, 404, 404, 404],
    "POST /report/chapters/{chapter}/preview": [401, 404, 404, 404, 404, 404, 404],
    "POST /report/chapters/{chapter}/assign": [401, 403, 403, 403, 403, 403, 403],
    "POST /report/chapters/{chapter}/text": [401, 404, 404, 404, 404, 404, 404],
    "POST /report/chapters/{chapter}/adopt": [401, 403, 403, 403, 403, 403, 403],
    "POST /report/chapters/{chapter}/send_back": [401, 403, 403, 403, 403, 403, 403],
    "POST /report/chapters/{chapter}/link": [401, 403, 403, 403, 403, 403, 403],
    "DELETE /report/chapters/{chapter}/link": [401, 403, 403, 403, 403, 403, 403],
    "GET /drift": [401, 200, 200, 200, 200, 200, 200],
    "GET /verify": [401, 200, 200, 200, 200, 200, 200],
    "GET /audit": [401, 403, 403, 403, 200, 403, 403],
    # administration
    "GET /staff": [401, 403, 403, 403, 200, 200, 200],
    "POST /staff": [401, 403, 403, 403, 403, 400, 403],
    "POST /staff/{key}": [401, 403, 403, 403, 403, 400, 403],
    "GET /posts": [401, 200, 200, 200, 200, 200, 200],
    "POST /accounts": [401, 403, 403, 403, 403, 400, 403],
    "POST /accounts/{account}/password": [401, 403, 403, 403, 403, 400, 403],
    "POST /accounts/{account}/unlock": [401, 403, 403, 403, 403, 403, 404],
    "DELETE /accounts/{account}": [401, 403, 403, 403, 403, 404, 403],
    "GET /access/why": [401, 200, 200, 200, 200, 200, 200],
    "GET /orgs": [401, 200, 200, 200, 200, 200, 200],
    "POST /orgs": [401, 403, 403, 403, 403, 400, 403],
    "POST /orgs/{key}": [401, 403, 403, 403, 403, 400, 403],
    "GET /settings": [401, 200, 200, 200, 200, 200, 200],
    "POST /settings/{key}": [401, 403, 403, 403, 403, 400, 403],
    "GET /homes": [401, 200, 200, 200, 200, 200, 200],
    "POST /homes/{kind}": [401, 403, 403, 403, 403, 400, 403],
    "POST /adopt/calendar": [401, 403, 403, 403, 403, 400, 403],
    "POST /adopt/rulebook": [401, 403, 403, 403, 403, 400, 403],
}
NAMES = {"check": "authority", "kind": "petition", "rule": "xf-decide-60d", "quick": "nothing", "action": "issue_opinion", "entry": "999999",
         "digest": "0" * 64, "row": "0", "figure": "petition_cases", "session": "nothing", "account": "nobody", "job": "job-0",
         "handover": "999999", "chapter": "disputes", "draft": "999999", "law": quote("信访工作条例"), "article": quote("第三十四条")}
QUERIES = {"GET /search": "?q=征地", "GET /figures/{figure}/months": "?year=2023", "GET /report": "?year=2023", "GET /checks/{check}": "?year=2023",
           "GET /report/file": "?year=2023&format=json", "GET /access/why": "?kind=petition"}
BODIES = {"POST /staff": {"key": "s-table", "village": 1}, "POST /staff/{key}": {"village": 1},
          "POST /orgs": {"key": "o-table", "name": 1}, "POST /orgs/{key}": {"name": 1},
          "POST /records/{kind}/{id}/reveal": {"field": "petitioner"},
          "POST /records/{kind}": {"values": {"content": "x"}}, "POST /summaries": {"values": {}, "source": "x"},
          "POST /records/{kind}/history": {"values": {}, "state": "archived", "source": "x"}}


def access_table(port, document):
    people = {}
    for account in PEOPLE:
        people[account] = Client(port)
        if account != "nobody":
            people[account].sign_in(account)
    ours = people["xinfang"].get("/records/petition?view=all&limit=1").json["items"][0]["id"]
    operations = {f"{method.upper()} {path.removeprefix('/api/v1')}" for path, methods in document["paths"].items()
                  for method in methods}
    operations -= {"POST /login", "GET /chapter/{secret}", "POST /chapter/{secret}", "POST /chapter/{secret}/preview"}
    expect(operations == set(TABLE), f"each endpoint stands in the table: {operations ^ set(TABLE)}")
    for operation, expected in TABLE.items():
        if expected is None:
            continue
        method, path = operation.split(" ")
        names = {**NAMES, "id": str(ours), "key": "s-petition" if "staff" in path else "village-1" if "orgs" in path
                 else "late_entry_days"}
        for name, value in names.items():
            path = path.replace("{" + name + "}", value)
        for account, status in zip(PEOPLE, expected):
            body = None if method == "GET" else json.dumps(BODIES.get(operation, {}))
            answer = people[account].ask(method, "/api/v1" + path + QUERIES.get(operation, ""), body)
            expect(answer.status == status, f"{operation} by {account}: {answer.status}, not {status}: {answer.text[:160]}")
    for record in (ours + 100_000_000, 0):
        answer = people["fenguan"].get(f"/records/petition/{record}")
        expect(answer.status == 404, f"a record of no town of ours: {answer.status}")
