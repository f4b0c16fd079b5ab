// What a sheet says, cell by cell: as a reader of the program that wrote it sees it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/text.h"
#include "paper/sheet_file.h"
#include "unit/paper/make_xlsx.h"
#include "unit/temp_folder.h"

namespace zs::paper {
namespace {

class Xlsx : public testing::Test {
 protected:
  // All filled cells of a sheet: "A1 text".
  std::string cells(const Parts& parts, std::size_t sheet = 0) {
    write_zip(folder_.path() / "a.xlsx", parts);
    return read("a.xlsx", sheet);
  }
  std::string read(const std::string& name, std::size_t sheet = 0) {
    auto file = open_sheet_file(folder_.path() / name);
    if (!file) return "error: " + file.error().text.zh;
    std::string all;
    const auto done = (*file)->each_row(sheet, [&](const SheetRow& row) -> Result<bool> {
      for (const SheetCell& cell : row.cells) {
        static constexpr char kSorts[] = "tnfdm!";
        all += fmt::format(
            "{}{}{} {}{}", all.empty() ? "" : "|", column_letters(cell.column), row.number,
            cell.sort == SheetCell::Sort::text ? "" : std::string(1, kSorts[static_cast<int>(cell.sort)]) + ":",
            cell.text);
      }
      return true;
    });
    return done ? all : "error: " + done.error().text.zh;
  }
  std::string cells_of_rows(const std::string& rows, const std::string& behind = "", const std::string& shared = "",
                            const std::string& styles = "") {
    return cells(workbook({{"表", sheet_xml(rows, behind)}}, shared, styles));
  }
  TempFolder folder_{"xlsx"};
};

TEST_F(Xlsx, ReadsSharedInlineAndRichTextsAndLeavesOutHowTheyAreSpoken) {
  const std::string shared =
      "<si><t>来访</t></si><si><r><rPr><b/></rPr><t>张</t></r><r><t>某某</t></r><rPh sb=\"0\" "
      "eb=\"1\"><t>zhang</t></rPh></si>";
  EXPECT_EQ(
      cells_of_rows(
          R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>)"
          R"(<c r="D1" t="inlineStr"><is><t>a&amp;b</t></is></c><c r="E1" t="str"><f>A1</f><v>算出</v></c></row>)",
          "", shared),
      "A1 来访|B1 张某某|D1 a&b|E1 算出");
}

TEST_F(Xlsx, ReadsTruthsFaultsAndFormulasByWhatWasWorkedOut) {
  EXPECT_EQ(cells_of_rows(R"(<row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2" t="e"><v>#REF!</v></c>)"
                          R"(<c r="C2"><f>1+1</f><v>2</v></c><c r="D2"><f>SUM(A1)</f></c></row>)"),
            "A2 f:是|B2 !:#REF!|C2 n:2|D2 !:公式没有算出的值");
}

TEST_F(Xlsx, ReadsDaysByTheFormatOfTheirNumber) {
  const std::string styles =
      R"(<styleSheet><numFmts><numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>)"
      R"(<numFmt numFmtId="181" formatCode="[$-804]yyyy/m/d h:mm"/><numFmt numFmtId="182" formatCode="0.00&quot;元&quot;"/></numFmts>)"
      R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="180"/><xf numFmtId="181"/><xf numFmtId="182"/><xf numFmtId="31"/></cellXfs></styleSheet>)";
  EXPECT_EQ(
      cells_of_rows(
          R"(<row r="1"><c r="A1" s="0"><v>44990</v></c><c r="B1" s="1"><v>44990</v></c><c r="C1" s="2"><v>44990</v></c>)"
          R"(<c r="D1" s="3"><v>44990.4375</v></c><c r="E1" s="4"><v>44990</v></c><c r="F1" s="5"><v>44990</v></c></row>)",
          "", "", styles),
      "A1 n:44990|B1 d:2023-03-05|C1 d:2023-03-05|D1 m:2023-03-05T10:30|E1 n:44990|F1 d:2023-03-05");
}

TEST_F(Xlsx, CountsDaysFromBothBasesAndKnowsTheDayThatNeverWas) {
  EXPECT_EQ(
      cells_of_rows(
          R"(<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>59</v></c><c r="C1" s="1"><v>61</v></c><c r="D1" s="1"><v>60</v></c></row>)"),
      "A1 d:1900-01-01|B1 d:1900-02-28|C1 d:1900-03-01|D1 !:日期序号 60 不是可用的日期");
  Parts parts = workbook({{"表", sheet_xml(R"(<row r="1"><c r="A1" s="1"><v>43528</v></c></row>)")}});
  std::string& book = parts["xl/workbook.xml"];
  book.insert(book.find("<sheets>"), R"(<workbookPr date1904="1"/>)");
  EXPECT_EQ(cells(parts), "A1 d:2023-03-05");
}

TEST_F(Xlsx, WritesNumbersOutWithoutExponentAndNoise) {
  EXPECT_EQ(
      cells_of_rows(
          R"(<row r="1"><c r="A1"><v>1.2E7</v></c><c r="B1"><v>0.30000000000000004</v></c><c r="C1"><v>1.2000000000000002E-2</v></c><c r="D1"><v>-0</v></c></row>)"),
      "A1 n:12000000|B1 n:0.3|C1 n:0.012|D1 n:0");
}

TEST_F(Xlsx, FillsMergedRangesFromTheirUpperLeftCell) {
  EXPECT_EQ(cells_of_rows(rows_xml({{"甲村", "一"}, {"", "二"}, {"乙村", "三"}, {"标题", ""}}),
                          merges_xml({"A1:A2", "A4:C4"})),
            "A1 甲村|B1 一|A2 甲村|B2 二|A3 乙村|B3 三|A4 标题|B4 标题|C4 标题");
}

TEST_F(Xlsx, GivesNoRowThatOnlyAMergedRangeReaches) {
  EXPECT_EQ(cells_of_rows(rows_xml({{"甲村", "一"}, {"", ""}}), merges_xml({"A1:A9"})), "A1 甲村|B1 一");
}

TEST_F(Xlsx, ListsHiddenSheetsTooAndReadsEach) {
  const Parts parts = workbook({{"一", sheet_xml(rows_xml({{"a"}}))}, {"二!", sheet_xml(rows_xml({{"b"}}))}});
  EXPECT_EQ(cells(parts, 1), "A1 b");
  const auto file = open_sheet_file(folder_.path() / "a.xlsx").value();
  ASSERT_EQ(file->sheets().size(), 2u);
  EXPECT_FALSE(file->sheets()[0].hidden);
  EXPECT_TRUE(file->sheets()[1].hidden);
  EXPECT_EQ(file->sheets()[1].name, "二");
}

TEST_F(Xlsx, ReadsPrefixedElementsAndCellsWithoutReference) {
  EXPECT_EQ(
      cells(workbook(
          {{"表",
            R"(<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="str"><x:v>一</x:v></x:c><x:c/><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>)"}})),
      "A1 一|C1 n:3");
}

TEST_F(Xlsx, ReadsRowsThatAreCutBetweenThePiecesOfTheStream) {
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 5000; ++i) rows.push_back({"第" + std::to_string(i) + "行", std::string(40, 'x')});
  const std::string all = cells_of_rows(rows_xml(rows));
  EXPECT_EQ(std::count(all.begin(), all.end(), '|'), 9999);
  EXPECT_NE(all.find("A5000 第4999行"), std::string::npos);
}

TEST_F(Xlsx, ReadsCsvInUtf8AndInTheEncodingOfOldSpreadsheets) {
  std::ofstream(folder_.path() / "u.csv") << "\xEF\xBB\xBF姓名,内容\r\n张某,\"一,\"\"二\"\"\n三\"\r\n";
  EXPECT_EQ(read("u.csv"), "A1 姓名|B1 内容|A2 张某|B2 一,\"二\"\n三");
  std::ofstream(folder_.path() / "g.csv") << "\xD0\xD5\xC3\xFB,\xD6\xD0\n";
  EXPECT_EQ(read("g.csv"), "A1 姓名|B1 中");
}

// ---- Files that mean harm, and files that are something else

struct Refused {
  const char* name;
  Parts parts;
  const char* says;
};

std::string bomb(std::size_t size) {
  return sheet_xml("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>" + std::string(size, 'a') + "</v></c></row>");
}

TEST_F(Xlsx, RefusesWhatIsHostileByName) {
  const std::string one = rows_xml({{"a"}});
  Parts macros = workbook({{"表", sheet_xml(one)}});
  macros["xl/vbaProject.bin"] = "x";
  Parts entities = workbook(
      {{"表",
        R"(<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>)"}});
  Parts shared = workbook({{"表", sheet_xml(one)}});
  shared["xl/sharedStrings.xml"] = R"(<!DOCTYPE sst SYSTEM "file:///etc/passwd"><sst/>)";
  Parts elsewhere = workbook({{"表", sheet_xml(one)}});
  elsewhere["../../etc/cron.d/x"] = "x";
  Parts many = workbook({{"表", sheet_xml(one)}});
  for (int i = 0; i < 2100; ++i) many["p" + std::to_string(i)] = "x";
  const std::vector<Refused> cases{
      {"zip bomb", workbook({{"表", bomb(64u << 20)}}), "压缩得不合常理"},
      {"macros", macros, "带有宏"},
      {"entity bomb", entities, "DOCTYPE"},
      {"entities in shared texts", shared, "DOCTYPE"},
      {"path elsewhere", elsewhere, "名字不正常"},
      {"too many parts", many, "个部分"},
      {"column beyond", workbook({{"表", sheet_xml(R"(<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>)")}}), "ZZZZZZ1"},
      {"row beyond", workbook({{"表", sheet_xml(R"(<row r="99999999"><c><v>1</v></c></row>)")}}), "99999999"},
      {"rows out of order", workbook({{"表", sheet_xml(rows_xml({{"a"}}, 5) + rows_xml({{"b"}}, 4))}}), "次序"},
      {"cells out of order",
       workbook({{"表", sheet_xml(R"(<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>)")}}), "A1"},
      {"merged beyond", workbook({{"表", sheet_xml(one, merges_xml({"A1:ZZZ9999999"}))}}), "合并单元格"},
      {"long text",
       workbook({{"表",
                  sheet_xml("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>" + std::string(200'000, 'a') + "</v></c></row>")}}),
       "太长"},
      {"cut off", workbook({{"表", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v>"}}), "不完整"},
      {"no workbook", {{"readme.txt", "x"}}, "不是可用的 .xlsx"},
  };
  for (const Refused& each : cases) {
    const std::string said = cells(each.parts);
    EXPECT_TRUE(said.starts_with("error: ") && said.find(each.says) != std::string::npos)
        << each.name << ": " << said.substr(0, 300);
  }
}

TEST_F(Xlsx, RefusesOldProtectedAndForeignFilesAndSaysWhatToDo) {
  const auto put = [&](const std::string& bytes) {
    std::ofstream(folder_.path() / "f.xlsx", std::ios::binary) << bytes;
    return read("f.xlsx");
  };
  const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  std::string protected_mark;
  for (const char c : std::string("EncryptedPackage")) protected_mark += std::string{c, '\0'};
  EXPECT_NE(put(ole + std::string(600, '\0') + protected_mark).find("密码"), std::string::npos);
  EXPECT_NE(put(ole + std::string(600, '\0')).find(".xls"), std::string::npos);
  EXPECT_NE(put("%PDF-1.7").find("PDF"), std::string::npos);
  EXPECT_NE(put("<html><table></table></html>").find("网页"), std::string::npos);
  EXPECT_NE(put("").find("空"), std::string::npos);
  EXPECT_NE(put(std::string("a\0b", 3)).find("不是表格"), std::string::npos);
  write_zip(folder_.path() / "w.xlsx", workbook({{"表", sheet_xml(rows_xml({{"一", "二"}}))}}));
  std::ifstream whole(folder_.path() / "w.xlsx", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(whole), {}};
  EXPECT_NE(put(bytes.substr(0, bytes.size() / 2)).find("损坏"), std::string::npos);
}

TEST_F(Xlsx, SkipsAMillionEmptyRows) {
  std::string rows;
  rows.reserve(60u << 20);
  for (int i = 1; i < 1'048'576; ++i)
    rows += fmt::format("<row r=\"{0}\" spans=\"1:3\"><c r=\"A{0}\" s=\"1\"/></row>", i);
  rows += R"(<row r="1048576"><c r="A1048576"><v>7</v></c></row>)";
  EXPECT_EQ(cells_of_rows(rows), "A1048576 n:7");
}

}  // namespace
}  // namespace zs::paper
