#include "base/money.h"

#include <gtest/gtest.h>

namespace zs {
namespace {

TEST(Fen, IsReadAndWrittenWithoutLoss) {
  struct Case {
    const char* text;
    std::int64_t count;
    const char* written;
  };
  for (const auto& [text, count, written] :
       {Case{"5000.00", 500000, "5000.00"}, Case{"5000", 500000, "5000.00"}, Case{"0.5", 50, "0.50"},
        Case{"0.05", 5, "0.05"}, Case{"-0.50", -50, "-0.50"}, Case{"0", 0, "0.00"},
        Case{"999999999999.99", kFenMax.count, "999999999999.99"}}) {
    const auto amount = parse_fen(text);
    ASSERT_TRUE(amount) << text;
    EXPECT_EQ(amount->count, count) << text;
    EXPECT_EQ(amount->text(), written);
  }
}

TEST(Fen, IsNotReadFromOtherTexts) {
  for (const std::string_view text :
       {"", "-", ".", "5.", ".5", "5.000", "5,000", " 5", "5 ", "+5", "1e3", "5.-1", "--5", "1000000000000", "五千"}) {
    EXPECT_FALSE(parse_fen(text)) << text;
  }
}

TEST(Fen, IsSpelledInCapitals) {
  struct Case {
    std::int64_t count;
    const char* words;
  };
  for (const auto& [count, words] :
       {Case{500000, "伍仟元整"}, Case{0, "零元整"}, Case{1000, "壹拾元整"}, Case{10005, "壹佰元零伍分"},
        Case{10050, "壹佰元伍角整"}, Case{50, "伍角整"}, Case{5, "伍分"},
        Case{123456789, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"}, Case{10700053, "壹拾万柒仟元伍角叁分"},
        Case{100050000, "壹佰万零伍佰元整"}, Case{10000000000, "壹亿元整"}, Case{10000500000, "壹亿零伍仟元整"},
        Case{10010000000, "壹亿零壹拾万元整"}, Case{100100, "壹仟零壹元整"}, Case{-500, "负伍元整"}}) {
    EXPECT_EQ(Fen{count}.capital(), words);
  }
}

TEST(PermilleOf, RoundsDown) {
  EXPECT_EQ(permille_of(Fen{500000}, 30), Fen{15000});
  EXPECT_EQ(permille_of(Fen{999}, 1), Fen{0});
  EXPECT_EQ(permille_of(Fen{1999}, 1), Fen{1});
  EXPECT_EQ(permille_of(Fen{1001}, 999), Fen{999});
  EXPECT_EQ(permille_of(kFenMax, 1000), kFenMax);
}

}  // namespace
}  // namespace zs
