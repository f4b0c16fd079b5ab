// Days, amounts and counts as people type them.
#include "paper/loose_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/text.h"
#include "paper/decimal.h"
#include "paper/text_key.h"

namespace zs::paper {
namespace {

std::string day(std::string_view text, std::optional<int> year = {}) {
  const auto read = read_day(text, year);
  const auto* found = std::get_if<LooseMoment>(&read);
  if (found == nullptr) return "?";
  return found->day.text() +
         (found->minute ? fmt::format(" {:02}:{:02}", *found->minute / 60, *found->minute % 60) : "");
}

TEST(LooseDay, IsReadInAllItsSpellings) {
  for (const std::string_view text : {"2023.3.5", "2023/3/5", "2023-03-05", "2023年3月5日", "2023年03月05", "20230305",
                                      "２０２３．３．５", "2023. 3. 5.", "二〇二三年三月五日", "二零二三年三月五号",
                                      "23.3.5", "2023、3、5", "2023年3月5日（星期日）", " 2023年 3月 5日 "})
    EXPECT_EQ(day(text), "2023-03-05") << text;
  EXPECT_EQ(day("二〇二三年十二月三十一日"), "2023-12-31");
  EXPECT_EQ(day("98.7.1"), "1998-07-01");
}

TEST(LooseDay, TakesTheYearOfTheSheetWhereItHasNone) {
  for (const std::string_view text : {"3月5日", "三月五日", "3.5", "3/5", "03-05", "3月5号"}) {
    EXPECT_EQ(day(text, 2023), "2023-03-05") << text;
    EXPECT_EQ(day(text), "?") << text;
  }
}

TEST(LooseDay, MayHaveATime) {
  EXPECT_EQ(day("2023-3-5 10:30"), "2023-03-05 10:30");
  EXPECT_EQ(day("2023-03-05T10:30:15"), "2023-03-05 10:30");
  EXPECT_EQ(day("2023年3月5日10时30分"), "2023-03-05 10:30");
  EXPECT_EQ(day("2023年3月5日下午3时"), "2023-03-05 15:00");
}

TEST(LooseDay, IsNoSpanNoMonthAndNoDayThatDoesNotExist) {
  for (const std::string_view text :
       {"2023.3.5-3.8", "2023.3.5至2023.3.8", "3月5日到8日", "2023年3月", "2023.3", "202303", "2023年", "2023",
        "2023.2.30", "2023.13.1", "待定", "", "2023.3.5.7", "-1", "1800.1.1", "25:00", "2023-3-5 25:00"})
    EXPECT_EQ(day(text, 2023), "?") << text;
}

std::string fen(std::string_view text, int places = 0) {
  const auto read = read_money(text, places);
  const auto* found = std::get_if<std::int64_t>(&read);
  return found == nullptr ? "?" : std::to_string(*found);
}

TEST(LooseMoney, IsReadInFen) {
  for (const std::string_view text : {"12000", "12,000", "12,000元", "￥12000.00", "1.2万元", "1.2万", "１２０００元",
                                      "人民币12000元整", "壹万贰仟元整", "人民币壹万贰仟元", "一万二千元"})
    EXPECT_EQ(fen(text), "1200000") << text;
  EXPECT_EQ(fen("1.2", 4), "1200000");
  EXPECT_EQ(fen("12000元", 4), "1200000") << "its own unit is nearer than the header's";
  EXPECT_EQ(fen("壹佰元零伍分"), "10005");
  EXPECT_EQ(fen("3亿"), "30000000000");
  EXPECT_EQ(fen("0.3333", 4), "333300");
}

TEST(LooseMoney, IsNothingElse) {
  for (const std::string_view text :
       {"约1万", "1.234元", "十几元", "1万到2万", "万元", "100美元", "", "99999999999999999元"})
    EXPECT_EQ(fen(text), "?") << text;
}

std::string count(std::string_view text) {
  const auto read = read_count(text, 0);
  const auto* found = std::get_if<std::int64_t>(&read);
  return found == nullptr ? "?" : std::to_string(*found);
}

TEST(LooseCount, IsReadWithItsMeasure) {
  for (const std::string_view text : {"3", "3人", "３人次", "三人", "3.0", " 3 "}) EXPECT_EQ(count(text), "3") << text;
  EXPECT_EQ(count("1,200份"), "1200");
  EXPECT_EQ(count("1.2万人次"), "12000");
  EXPECT_EQ(count("二十三人"), "23");
  for (const std::string_view text : {"3.5", "约30", "30余人", "几人", "3人2户", "", "一二三四五六七八九十"})
    EXPECT_EQ(count(text), "?") << text;
}

TEST(YearIn, IsTheOneYearThatATitleNames) {
  EXPECT_EQ(year_in("鲘门镇2023年度信访台账"), 2023);
  EXPECT_EQ(year_in("二〇二三年信访"), 2023);
  EXPECT_EQ(year_in("2022-2023年"), std::nullopt);
  EXPECT_EQ(year_in("信访12345"), std::nullopt);
}

TEST(TextKey, MakesAlikeWhatIsMeantAlike) {
  EXPECT_EQ(header_key("身份证\n号码："), "身份证号码");
  EXPECT_EQ(header_key("涉及金额（万元）"), "涉及金额");
  EXPECT_EQ(header_key("（一）"), "一") << "if nothing remains, the brackets stay";
  EXPECT_EQ(day_key("收到日期"), "收到");
  EXPECT_EQ(day_key("收到日"), "收到");
  EXPECT_EQ(option_key("邻里纠纷"), "邻里");
  EXPECT_EQ(split_list("张三、李四；王五\n赵六"), (std::vector<std::string>{"张三", "李四", "王五", "赵六"}));
}

// Texts of digits, signs and the words of days and amounts, and bytes of all kinds.
rc::Gen<std::string> any_text() {
  static const std::vector<std::string> kPieces{"2023", "3",  "5",    ".",        "/",        "-",  "年",    "月", "日",
                                                "万",   "元", "亿",   "角",       "〇",       "十", "壹",    "佰", "至",
                                                ":",    "时", "下午", "周",       "星期",     "（", "）",    "￥", ",",
                                                " ",    "e9", "\xFF", "\xE5\xB9", "12345678", "’",  "\u3000"};
  return rc::gen::join(
      rc::gen::element(rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces)),
                                    [](const std::vector<std::string>& parts) {
                                      std::string all;
                                      for (const std::string& part : parts) all += part;
                                      return all;
                                    }),
                       rc::gen::string<std::string>()));
}

TEST(LooseText, ReadsAnythingOrSaysWhatIsWrong) {
  EXPECT_TRUE(rc::check([] {
    const std::string text = *any_text();
    const auto day_read = read_day(text, 2023);
    if (const auto* wrong = std::get_if<Text>(&day_read)) RC_ASSERT(!wrong->zh.empty() && !wrong->en.empty());
    const auto money = read_money(text, 4);
    if (const auto* amount = std::get_if<std::int64_t>(&money))
      RC_ASSERT(*amount <= 99'999'999'999'999 && *amount >= -99'999'999'999'999);
    const auto counted = read_count(text, 0);
    if (const auto* number = std::get_if<std::int64_t>(&counted))
      RC_ASSERT(*number <= 1'000'000'000 && *number >= -1'000'000'000);
    year_in(text);
    header_key(text);
    option_key(text);
    RC_ASSERT(is_utf8(cleaned(text)));
  }));
}

TEST(LooseText, ReadsEveryDayInEverySpelling) {
  EXPECT_TRUE(rc::check([] {
    const Date day_meant = Date(1990, 1, 1) + *rc::gen::inRange(0, 20'000);
    const int y = day_meant.year();
    const unsigned m = day_meant.month();
    const unsigned d = day_meant.day();
    for (const std::string& text : {fmt::format("{}.{}.{}", y, m, d), fmt::format("{}年{}月{}日", y, m, d),
                                    fmt::format("{:04}{:02}{:02}", y, m, d)})
      RC_ASSERT(day(text) == day_meant.text());
    RC_ASSERT(day(fmt::format("{}月{}日", m, d), y) == day_meant.text());
  }));
}

TEST(Decimal, PlainDecimalsKeepWholeNumbers) {
  EXPECT_TRUE(rc::check([] {
    const auto number = *rc::gen::inRange<std::int64_t>(-999'999'999'999, 999'999'999'999);
    RC_ASSERT(plain_decimal(std::to_string(number)) == std::to_string(number));
    RC_ASSERT(scaled_integer(std::to_string(number), 2) == number * 100);
  }));
}

}  // namespace
}  // namespace zs::paper
