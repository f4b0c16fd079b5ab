#include "base/numerals.h"

#include <gtest/gtest.h>

namespace zs {
namespace {

TEST(Numerals, AreWrittenAsLawsWriteThemAndReadBack) {
  for (int number = 1; number < 1000; ++number) {
    const std::string written = chinese_number(number);
    EXPECT_EQ(leading_numerals(written + "日内"), written);
    EXPECT_EQ(numerals_value(written), number) << written;
  }
  EXPECT_EQ(chinese_number(15), "十五");
  EXPECT_EQ(chinese_number(105), "一百零五");
  EXPECT_EQ(chinese_number(3000), "三千");
}

TEST(Numerals, AreReadByPlacesAndByWords) {
  EXPECT_EQ(numerals_value("二〇二三"), 2023);
  EXPECT_EQ(numerals_value("壹佰贰拾"), 120);
  EXPECT_EQ(numerals_value("三千零五"), 3005);
  EXPECT_EQ(numerals_value("两百"), 200);
  EXPECT_FALSE(numerals_value("二三十"));
  EXPECT_FALSE(numerals_value("一一一一一一一一一一一一一"));
}

TEST(Numerals, EndWhereOtherCharactersBegin) {
  EXPECT_EQ(leading_numerals("三十四条之一"), "三十四");
  EXPECT_EQ(leading_numerals("第三条"), "");
  EXPECT_EQ(leading_numerals(""), "");
  EXPECT_EQ(leading_numerals("\xE4\xB8"), "");
}

}  // namespace
}  // namespace zs
