"""An old ledger comes in over HTTP: handed in, looked at, previewed, entered, and entered again."""

import io
import time
import zipfile

from client import expect, problem

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(name, rows, more=()):
    """The bytes of an .xlsx with one sheet of texts."""
    def cell(column, row, text):
        return f'<c r="{chr(65 + column)}{row}" t="inlineStr"><is><t>{text}</t></is></c>' if text else ""
    body = "".join(f'<row r="{i}">' + "".join(cell(c, i, text) for c, text in enumerate(row)) + "</row>"
                   for i, row in enumerate(rows, 1))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>')
        zipped.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                        f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        zipped.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>')
        zipped.writestr("xl/_rels/workbook.xml.rels", f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
        zipped.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>')
        for part in more:
            zipped.writestr(part, "x")
    return file.getvalue()


ROWS = [["2019年信访台账"],
        ["登记编号", "来访日期", "来访人", "联系电话", "所在村", "信访形式", "反映问题", "问题类别", "办结日期", "某列"],
        ["信访〔2019〕1号", "3月5日", "张某", "13800000000", "甲村", "走访", "反映征地", "征地拆迁", "2019.4.1", "x"],
        ["信访〔2019〕2号", "三月六日", "李某", "", "乙村委会", "来信", "反映工资", "欠薪", "2019年4月2日", ""],
        ["信访〔2019〕3号", "2019.13.40", "王某", "", "没有的村", "来信", "反映环境", "环保", "2019-04-03", ""],
        ["合计", "", "3"]]


def finished(client, job):
    for _ in range(200):
        state = client.get(f"/import/jobs/{job}").json
        if state["state"] != "running":
            return state
        time.sleep(0.05)
    expect(False, "the import ends")
    return state


def import_scenario(client, others):
    """`client` records histories, `others` does not."""
    expect("petition" in client.get("/me").json["imports"], "me says what may be imported")
    expect(others.get("/me").json["imports"] == [], "and that others may import nothing")
    handed = client.ask("POST", "/api/v1/files?name=旧台账.xlsx", workbook("信访", ROWS), {"Content-Type": "application/octet-stream"})
    expect(handed.status == 201, f"a workbook is taken in: {handed.text[:200]}")
    file = handed.json["digest"]

    look = client.post("/import/look", {"file": file})
    expect(look.status == 200, f"look: {look.text[:200]}")
    sheet = look.json["sheets"][0]
    expect(sheet["name"] == "信访" and sheet["header_row"] == 2 and sheet["kinds"][0]["kind"] == "petition", f"it looks like what it is: {sheet}")

    ask = {"file": file, "sheet": "信访", "kind": "petition", "constants": {"unit": "petition-office"}}
    before = client.get("/verify").json["entries"]
    preview = client.post("/import/preview", ask).json
    expect(preview["groups"] == {"new": 2, "changed": 0, "unchanged": 0, "refused": 1}, f"groups: {preview['groups']}")
    expect(preview["year"] == 2019 and preview["left_out"] == 1, "the title's year, and the row of totals left out")
    columns = {each["letter"]: (each["field"], each["how"]) for each in preview["columns"]}
    expect(columns["D"] == ("petitioner.phone", "synonym") and columns["J"] == ("", "none"), f"columns: {columns}")
    first = preview["rows"][0]
    expect(first["row"] == 3 and first["group"] == "new" and first["title"] == "信访〔2019〕1号", f"the first row: {first}")
    expect({"field": "received_on", "label": "收到日", "raw": "3月5日", "text": "2019-03-05"} in first["cells"], "raw and read")
    expect(any(each["field"] == "petitioner.id_no" for each in preview["fields"]), "what a column can be mapped to")
    refused = client.post("/import/preview?group=refused", ask).json["rows"]
    expect([each["row"] for each in refused] == [5], "one group alone")
    expect(len(refused[0]["reasons"]) == 2 and refused[0]["reasons"][0].startswith("B5"), f"all reasons, with the cell: {refused}")
    expect(client.get("/verify").json["entries"] == before, "a preview writes nothing")

    started = client.post("/import", ask)
    expect(started.status == 202, f"import: {started.text[:200]}")
    state = finished(client, started.json["job"])
    expect(state["state"] == "done" and state["result"]["new"] == 2 and state["result"]["refused"] == 1, f"done: {state}")
    expect(client.get("/verify").json["entries"] == before + 2, "two entries")
    problem(others.get(f"/import/jobs/{started.json['job']}"), 404, "another's job")
    again = finished(client, client.post("/import", ask).json["job"])
    expect(again["result"]["new"] == 0 and again["result"]["unchanged"] == 2, f"again: {again}")
    expect(client.get("/verify").json["entries"] == before + 2, "the same again writes nothing")
    kept = client.post("/import/preview", ask).json
    expect({each["how"] for each in kept["columns"] if each["field"]} == {"kept"}, "the mapping is kept")

    problem(others.post("/import/preview", ask), 403, "a preview by who may not")
    problem(others.post("/import", ask), 403, "an import by who may not")
    problem(client.post("/import/look", {"file": "0" * 64}), 404, "no such file")
    problem(client.post("/import/preview", {**ask, "sheet": "没有"}), 422, "no such sheet")
    problem(client.post("/import/preview", {**ask, "columns": {"B": "nonsense"}}), 422, "no such field")
    problem(client.post("/import/preview", {**ask, "columns": [1]}), 400, "columns of another shape")
    macros = client.ask("POST", "/api/v1/files?name=宏.xlsx", workbook("信访", ROWS, ["xl/vbaProject.bin"]), {"Content-Type": "application/octet-stream"})
    if macros.status == 201:
        answer = client.post("/import/look", {"file": macros.json["digest"]})
        problem(answer, 422, "a workbook with macros")
        expect("宏" in answer.text, "says that it has macros")
