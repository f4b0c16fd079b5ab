// Each rule of the house on a made-up text: what it must find, and what it must let pass.
#include "house/checks.h"

#include <gtest/gtest.h>

namespace zs::house {
namespace {

Source source(std::string path, std::string_view text) {
  return {std::move(path), take_apart(text)};
}

std::vector<int> lines_of(const Faults& faults) {
  std::vector<int> lines;
  for (const Fault& fault : faults) lines.push_back(fault.line);
  return lines;
}

using Lines = std::vector<int>;

TEST(CppText, TellsCodeFromCommentsAndLiterals) {
  const CppText text = take_apart(
      "int a = 1'000; // \"no literal\"\n"
      "/* two\nlines */ const char* b = \"say \\\"hi\\\"\"; char c = '\"';\n"
      "auto d = R\"x(raw \")\" end)x\"; int e;\n");
  ASSERT_EQ(text.literals.size(), 2u);
  EXPECT_EQ(text.literals[0].text, "say \\\"hi\\\"");
  EXPECT_EQ(text.literals[0].line, 3);
  EXPECT_EQ(text.literals[1].text, "raw \")\" end");
  EXPECT_EQ(text.code.find("lines"), std::string::npos);
  EXPECT_EQ(text.code.find("raw"), std::string::npos);
  EXPECT_NE(text.code.find("int e;"), std::string::npos);
}

TEST(CppText, EndsOnTextsThatStopInTheMiddle) {
  for (const std::string_view cut : {"\"", "'", "/*", "//", "R\"", "R\"x(", "\"\\", "#include \"", "{", "f() {"}) {
    EXPECT_EQ(take_apart(cut).code.size(), cut.size()) << cut;
    functions_of(take_apart(cut));
  }
}

TEST(CppText, MeasuresFunctionsAndNotClassesOrLists) {
  const CppText text = take_apart(
      "namespace a {\nclass B : public C {\n  int f() const {\n    if (x) {\n    }\n    return 1;\n  }\n};\n"
      "constexpr int kList[] = {\n1,\n2};\n"
      "B::B(int x) : x_(x) {\n}\n"
      "auto g() -> std::vector<int> {\n  for (;;) {\n  }\n}\n}\n");
  const auto functions = functions_of(text);
  ASSERT_EQ(functions.size(), 3u);
  EXPECT_EQ(functions[0].line, 3);
  EXPECT_EQ(functions[0].lines, 5);
  EXPECT_EQ(functions[1].lines, 2);
  EXPECT_EQ(functions[2].lines, 4);
}

TEST(CheckFloors, FindsWhatGoesUpOrAcross) {
  const std::string_view all =
      "#include \"base/date.h\"\n#include \"rulebook/kind.h\"\n#include \"rules/term.h\"\n#include \"store/files.h\"\n"
      "#include \"ledger/ledger.h\"\n#include \"paper/form.h\"\n#include \"report/annual.h\"\n#include "
      "\"cli/options.h\"\n";
  EXPECT_EQ(lines_of(check_floors(source("base/x.cpp", all))), (Lines{2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(lines_of(check_floors(source("rulebook/x.cpp", all))), (Lines{3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(lines_of(check_floors(source("rules/x.cpp", all))), (Lines{4, 5, 6, 7, 8}));
  EXPECT_EQ(lines_of(check_floors(source("store/x.cpp", all))), (Lines{3, 5, 6, 7, 8}));
  EXPECT_EQ(lines_of(check_floors(source("ledger/x.cpp", all))), (Lines{6, 7, 8}));
  EXPECT_EQ(lines_of(check_floors(source("paper/x.cpp", all))), (Lines{3, 4, 5, 7, 8}));
  EXPECT_EQ(lines_of(check_floors(source("report/x.cpp", all))), (Lines{4, 8}));
  EXPECT_EQ(lines_of(check_floors(source("cli/x.cpp", all))), Lines{});
  EXPECT_EQ(lines_of(check_floors(source("utils/x.cpp", ""))), Lines{1});
}

TEST(CheckFloors, NamesTheFileTheLineAndBothFloors) {
  const auto faults = check_floors(source("base/date.h", "\n#include \"store/database.h\"\n"));
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].message(), "src/base/date.h:2: base must not include store (store/database.h)");
}

TEST(CheckLibraries, FindsALibraryOutsideItsFile) {
  const std::string_view all =
      "#include <sqlite3.h>\n#include <yaml-cpp/yaml.h>\n#include <openssl/evp.h>\n#include <boost/asio.hpp>\n"
      "#include <boost/beast/http.hpp>\n#include <CLI/CLI.hpp>\n#include <kainjow/mustache.hpp>\n#include <vector>\n";
  EXPECT_EQ(lines_of(check_libraries(source("rules/x.cpp", all))), (Lines{1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(lines_of(check_libraries(source("store/sqlite.cpp", all))), (Lines{2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(lines_of(check_libraries(source("rulebook/source.cpp", all))), (Lines{1, 3, 4, 5, 6, 7}));
  EXPECT_EQ(lines_of(check_libraries(source("base/seal.cpp", all))), (Lines{1, 2, 4, 5, 6, 7}));
  EXPECT_EQ(lines_of(check_libraries(source("cli/main.cpp", all))), (Lines{1, 2, 3, 4, 5, 7}));
  EXPECT_EQ(lines_of(check_libraries(source("paper/template.cpp", all))), (Lines{1, 2, 3, 4, 5, 6}));
}

TEST(CheckSql, FindsStatementsInLiteralsOnly) {
  const std::string_view all =
      "auto a = \"SELECT 1\";\n// SELECT in a comment\nauto b = \"INSERT INTO t\";\nauto c = R\"(\nUPDATE t SET x = "
      "1)\";\n"
      "auto d = \"DELETE FROM t\";\nauto e = \"CREATE TABLE t\";\nauto f = \"please select\";\nint SELECT = 1;\n";
  EXPECT_EQ(lines_of(check_sql(source("report/x.cpp", all))), (Lines{1, 3, 4, 6, 7}));
  EXPECT_TRUE(check_sql(source("store/x.cpp", all)).empty());
  EXPECT_TRUE(check_sql(source("ledger/x.cpp", all)).empty());
}

TEST(CheckKinds, FindsAKindInNamesAndTextsButNotInComments) {
  const std::string_view all =
      "auto a = \"petition\";\nint petition_cases = 0;\nclass PetitionView;\n// petition\nauto b = \"petitioner\";\n"
      "int repetition = 0;\nauto c = f(kLawExam);\n";
  EXPECT_EQ(lines_of(check_kinds(source("cli/x.cpp", all), {"petition", "law_exam"})), (Lines{2, 3, 7, 1}));
}

TEST(CheckDayArithmetic, FindsCountingOutsideDateAndTerm) {
  const std::string_view all =
      "auto a = day + std::chrono::days{3};\nauto b = day.plus_months(2);\nstd::chrono::sys_days c;\nWorkdays d{7};\n"
      "// sys_days in a comment\nstd::chrono::milliseconds e{5};\nauto f = Unit::workday;\n";
  EXPECT_EQ(lines_of(check_day_arithmetic(source("ledger/x.cpp", all))), (Lines{1, 2, 3, 4}));
  EXPECT_TRUE(check_day_arithmetic(source("base/date.h", all)).empty());
  EXPECT_TRUE(check_day_arithmetic(source("rules/term.cpp", all)).empty());
}

TEST(Longest, ListsFilesOver400LinesAndFunctionsOver50) {
  const std::string body(49, '\n');
  const auto list = longest({source("rules/short.cpp", "void f() {" + body + "}\n"),
                             source("rules/long.cpp", "void f() {" + body + "\n}\n" + std::string(400, '\n'))});
  EXPECT_EQ(list, (std::vector<std::string>{"src/rules/long.cpp: 451 lines",
                                            "src/rules/long.cpp:1: a function of 51 lines"}));
}

}  // namespace
}  // namespace zs::house
