#!/usr/bin/env python3
"""Writes a petition ledger of many rows as .xlsx, for measuring `zhunsheng import`.

    bench/make_ledger.py 100000 /tmp/ledger.xlsx
    zhunsheng --data /tmp/data init --name 某镇 --character 某
    for i in 0 1 2 3 4 5 6 7 8 9; do zhunsheng --data /tmp/data register org v-$i name=村$i type=village; done
    zhunsheng --data /tmp/data register org u-1 name=司法所 type=unit
    zhunsheng --data /tmp/data register staff s-head name=曾所长 posts=judicial-office-head unit=u-1
    /usr/bin/time -v zhunsheng --data /tmp/data import /tmp/ledger.xlsx --kind petition --actor s-head --yes

Python's own library only. Texts are shared as Excel shares them; one day column in three spellings.
"""
import random
import sys
import zipfile
from xml.sax.saxutils import escape

HEADERS = ["序号", "登记编号", "来访日期", "信访形式", "来访人", "身份证号码", "联系电话", "所在村", "反映问题", "问题类别", "办结日期", "是否化解", "办理状态"]
CHANNELS = ["来信", "走访", "来电", "网上信访", "上级交办", "12345"]
DOMAINS = ["征地", "宅基地", "欠薪", "村务公开", "环保", "其他"]


def main():
    count, path = int(sys.argv[1]), sys.argv[2]
    random.seed(7)
    shared, order = {}, []

    def text(value):
        if value not in shared:
            shared[value] = len(order)
            order.append(value)
        return shared[value]

    def cell(column, row, value):
        ref = "ABCDEFGHIJKLM"[column] + str(row)
        if isinstance(value, tuple):
            return f'<c r="{ref}" s="1"><v>{value[0]}</v></c>'
        if isinstance(value, int):
            return f'<c r="{ref}"><v>{value}</v></c>'
        return f'<c r="{ref}" t="s"><v>{text(value)}</v></c>'

    def rows():
        yield '<row r="1">' + "".join(cell(i, 1, header) for i, header in enumerate(HEADERS)) + "</row>"
        for i in range(count):
            serial = 43831 + i % 1400  # from 2020-01-01
            year, month, day = 2020 + i % 4, 1 + i % 12, 1 + i % 28
            opened = [(serial,), f"{year}.{month}.{day}", f"{year}年{month}月{day}日"][i % 3]
            closed = (serial + 30,) if i % 3 == 0 else f"{year}-12-{day:02}" if month < 12 else f"{year}-12-29"
            values = [i + 1, f"信访〔{2020 + i % 4}〕{i // 4 + 1}号", opened, random.choice(CHANNELS),
                      "张王李赵陈"[i % 5] + "某" + "一二三四五六七八九"[i % 9], f"44152119{50 + i % 50}0101{i % 10000:04}",
                      f"138{i:08}", f"村{i % 10}", f"反映{DOMAINS[i % 6]}的问题第{i}件，要求处理", DOMAINS[i % 6], closed,
                      "√" if i % 2 else "×", "已办结"]
            row = i + 2
            yield f'<row r="{row}">' + "".join(cell(c, row, v) for c, v in enumerate(values)) + "</row>"

    main_ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel_ns = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((head + f'<worksheet xmlns="{main_ns}"><sheetData>').encode())
            for row in rows():
                sheet.write(row.encode())
            sheet.write(b"</sheetData></worksheet>")
        items = "".join(f"<si><t>{escape(each)}</t></si>" for each in order)
        file.writestr("xl/sharedStrings.xml", head + f'<sst xmlns="{main_ns}">{items}</sst>')
        file.writestr("xl/styles.xml", head + f'<styleSheet xmlns="{main_ns}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>')
        file.writestr("xl/workbook.xml", head + f'<workbook xmlns="{main_ns}" xmlns:r="{rel_ns}"><sheets><sheet name="信访台账" sheetId="1" r:id="rId1"/></sheets></workbook>')
        file.writestr("xl/_rels/workbook.xml.rels", head + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                      f'<Relationship Id="rId1" Type="{rel_ns}/worksheet" Target="worksheets/sheet1.xml"/>'
                      f'<Relationship Id="rId2" Type="{rel_ns}/sharedStrings" Target="sharedStrings.xml"/>'
                      f'<Relationship Id="rId3" Type="{rel_ns}/styles" Target="styles.xml"/></Relationships>')
        file.writestr("[Content_Types].xml", head + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')


if __name__ == "__main__":
    main()
