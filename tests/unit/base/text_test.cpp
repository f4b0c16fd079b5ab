#include "base/text.h"

#include <gtest/gtest.h>

namespace zs {
namespace {

TEST(Utf8, IsToldFromOtherBytes) {
  for (const std::string_view good : {"", "abc", "信访〔2023〕7号", "\xf0\xa0\x80\x80"}) EXPECT_TRUE(is_utf8(good));
  for (const std::string_view bad : {"\xff", "\xe4\xbf", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

TEST(Nfc, ComposesAndLeavesChineseAlone) {
  EXPECT_EQ(nfc("e\xcc\x81"), "\xc3\xa9");
  EXPECT_EQ(nfc("三河镇"), "三河镇");
  EXPECT_EQ(nfc("Ａ１"), "Ａ１") << "full-width forms are another text, not another spelling";
  EXPECT_EQ(nfc("a\xffz"), "a\xef\xbf\xbdz");
}

TEST(DisplayWidth, IsTwoForChineseAndNoneForWhatCombines) {
  EXPECT_EQ(display_width(""), 0);
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("信访3件"), 7);
  EXPECT_EQ(display_width("（一）"), 6);
  EXPECT_EQ(display_width("e\xcc\x81"), 1);
  EXPECT_EQ(padded("信访", 6), "信访  ");
  EXPECT_EQ(padded("信访", 4), "信访 ");
  EXPECT_EQ(padded("信访", 3), "信访 ");
  EXPECT_EQ(padded("", 2), "  ");
  EXPECT_EQ(padded("", 0), "");
}

struct SearchCase {
  const char* text;
  const char* words;
};

TEST(SearchWords, ArePairsOfCharactersAndWholeRunsOfLettersAndDigits) {
  for (const auto& [text, words] : {
           SearchCase{"信访件", "信访 访件 件"},
           SearchCase{"村", "村"},
           SearchCase{"信访件A12", "信访 访件 件 a12"},
           SearchCase{"粤Ａ１２３，三河村", "粤 a123 三河 河村 村"},
           SearchCase{"〔2023〕7号", "2023 7 号"},
           SearchCase{"Hotline-12345", "hotline 12345"},
           SearchCase{"，。 ", ""},
           SearchCase{"", ""},
       }) {
    EXPECT_EQ(search_words(text), words) << text;
  }
}

TEST(SearchPhrase, LeavesTheEndOpen) {
  EXPECT_EQ(search_phrase("信访件").words, "信访 访件");
  EXPECT_FALSE(search_phrase("信访件").last_is_prefix);
  EXPECT_EQ(search_phrase("件").words, "件");
  EXPECT_TRUE(search_phrase("件").last_is_prefix);
  EXPECT_EQ(search_phrase("信访2023").words, "信访 访 2023");
  EXPECT_TRUE(search_phrase("2023年").last_is_prefix);
  EXPECT_EQ(search_phrase("?!").words, "");
}

// What the full-text index does with a phrase, in plain words.
bool finds(const SearchPhrase& phrase, const std::string& words) {
  const std::string inside = " " + words + " ";
  return inside.find(" " + phrase.words + (phrase.last_is_prefix ? "" : " ")) != std::string::npos;
}

TEST(SearchPhrase, FindsEveryPartOfAText) {
  const std::u32string text = U"三河镇梅溪村2023年A12号";
  const auto part = [&text](std::size_t from, std::size_t count) {
    std::string utf8;
    for (const char32_t c : text.substr(from, count)) {
      if (c < 0x80)
        utf8 += static_cast<char>(c);
      else
        utf8.append({static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3f)),
                     static_cast<char>(0x80 | (c & 0x3f))});
    }
    return utf8;
  };
  const std::string words = search_words(part(0, text.size()));
  EXPECT_EQ(words, "三河 河镇 镇梅 梅溪 溪村 村 2023 年 a12 号");
  const auto cuts_a_word = [&text](std::size_t at) {
    return at > 0 && at < text.size() && text[at] < 0x80 && text[at - 1] < 0x80;
  };
  for (std::size_t from = 0; from < text.size(); ++from) {
    for (std::size_t count = 1; from + count <= text.size(); ++count) {
      if (cuts_a_word(from) || cuts_a_word(from + count)) continue;
      EXPECT_TRUE(finds(search_phrase(part(from, count)), words)) << part(from, count);
    }
  }
  EXPECT_FALSE(finds(search_phrase("河梅"), words));
}

TEST(Pinyin, HasNoTonesAndSpacesBetweenSyllables) {
  EXPECT_EQ(pinyin("信访"), "xin fang");
  EXPECT_EQ(pinyin("法律援助"), "fa lv yuan zhu");
  EXPECT_EQ(pinyin("三河镇A12"), "san he zhen a12");
  EXPECT_EQ(pinyin("A座2号"), "a zuo 2 hao");
  EXPECT_EQ(pinyin("信访，女"), "xin fang，nv");
  EXPECT_EQ(pinyin(""), "");
}

TEST(PinyinInitials, AreTheFirstLetterOfEachSyllable) {
  EXPECT_EQ(pinyin_initials("信访"), "xf");
  EXPECT_EQ(pinyin_initials("行政诉讼（一）"), "xzssy");
}

}  // namespace
}  // namespace zs
