#include "report/stale.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "rulebook/wording_bank.h"

namespace zs::report {
namespace {

std::string stale(const std::string& text, int year = 2023) {
  rulebook::Rulebook book;
  book.files["report/wording.yaml"] =
      "congress:\n  label: 大会\n  by_year:\n    2017: 十九大精神\n    2022: 二十大精神\n";
  return fmt::format("{}", fmt::join(stale_in(text, book, year), "\n"));
}

TEST(StaleWords, NameAPhraseOfAnEarlierYearWithItsPlace) {
  EXPECT_EQ(stale("好\n学习十九大精神"), "第2行第3字：“十九大精神”是往年的提法，2023年用“二十大精神”");
  EXPECT_EQ(stale("学习二十大精神"), "");
  EXPECT_EQ(stale("学习十九大精神", 2019), "");
}

TEST(StaleWords, NameAYearThatIsOverOutsideOfALookBack) {
  EXPECT_TRUE(stale("到2022年底").starts_with("第1行第2字：“2022年”是往年"));
  EXPECT_TRUE(stale("到二〇二二年底").starts_with("第1行第2字：“二〇二二年”是往年"));
  EXPECT_EQ(stale("二〇二三年，三十四年"), "");
  EXPECT_EQ(stale("到2023年底，2024年继续，工单12022年号"), "");
  EXPECT_EQ(stale("{{#lookback}}比2022年多，十九大精神{{/lookback}}"), "");
  EXPECT_TRUE(stale("{{#lookback}}比2022年多{{/lookback}}，2021年").starts_with("第1行第35字"));
}

TEST(WordingBank, SaysWhatIsWrongInItsFile) {
  rulebook::Faults faults;
  const auto bank = rulebook::wording_bank(
      {{"report/wording.yaml", "a:\n  label: 甲\n  by_year:\n    去年: 乙\nb:\n  names: 丙\n"}}, faults);
  EXPECT_EQ(faults.list().front().place.line, 4);
  EXPECT_GE(faults.count(), 4U);
}

}  // namespace
}  // namespace zs::report
