#include "base/sounds.h"

#include <gtest/gtest.h>

namespace zs {
namespace {

bool stands_in(const SearchPhrase& asked, const std::string& words) {
  const std::string all = " " + words + " ";
  return all.find(" " + asked.words + (asked.last_is_prefix ? "" : " ")) != std::string::npos;
}

bool finds(std::string_view query, std::string_view text) {
  const std::string words = sound_words(text);
  for (const SearchPhrase& asked : sound_phrases(query)) {
    if (stands_in(asked, words)) return true;
  }
  return false;
}

TEST(Sounds, ArePairsOfFirstLettersAndOfSyllables) {
  EXPECT_EQ(sound_words("信访件"), "xf fj j xinfang fangjian jian");
  EXPECT_EQ(sound_words("征地 · 个人"), "zd d zhengdi di gr r geren ren");
  EXPECT_EQ(sound_words(""), "");
}

TEST(Sounds, FindByFirstLettersAndBySyllablesWhereverTheyStand) {
  for (const char* query :
       {"zdbc", "dbc", "bc", "zhengdibuchang", "dibuchang", "buchang", "buch", "zheng", "ZDBC", "zheng di"})
    EXPECT_TRUE(finds(query, "征地补偿")) << query;
  for (const char* query : {"zb", "changbu", "xf", "buzheng", "zhengbu"})
    EXPECT_FALSE(finds(query, "征地补偿")) << query;
}

TEST(Sounds, TakeTheReadingThatPeopleType) {
  EXPECT_TRUE(finds("tiaojie", "人民调解"));
  EXPECT_TRUE(finds("tj", "人民调解"));
  EXPECT_TRUE(finds("zengmou", "曾某"));
}

TEST(Sounds, AskNothingOfWhatIsNotLettersAlone) {
  for (const char* query : {"", "x", "信访", "xf1", "a*", "\"", "xf OR yy)"})
    EXPECT_TRUE(sound_phrases(query).empty()) << query;
  EXPECT_TRUE(sound_phrases(std::string(100, 'a')).empty());
}

TEST(Sounds, OfAQueryThatIsNoPinyinAreFirstLettersOnly) {
  ASSERT_EQ(sound_phrases("xfvv").size(), 1u);
  EXPECT_EQ(sound_phrases("xfvv").front().words, "xf fv vv");
}

}  // namespace
}  // namespace zs
