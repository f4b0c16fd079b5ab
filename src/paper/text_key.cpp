#include "paper/text_key.h"

#include <array>

#include "base/text.h"

namespace zs::paper {
namespace {

constexpr std::size_t kShownCharactersMax = 30;

bool ends_with_any(std::string& text, std::initializer_list<std::string_view> endings) {
  for (const std::string_view ending : endings) {
    if (text.size() > ending.size() && text.ends_with(ending)) {
      text.resize(text.size() - ending.size());
      return true;
    }
  }
  return false;
}

bool is_space(std::string_view c) {
  return c == " " || c == "\t" || c == "\n" || c == "\r" || c == "\u3000" || c == "\u00A0" || c == "\u200B" ||
         c == "\uFEFF";
}

// Signs that say nothing in a name: all of ASCII that is neither letter nor digit, and the usual Chinese ones.
bool is_sign(std::string_view c) {
  if (c.size() == 1) {
    const auto byte = static_cast<unsigned char>(c.front());
    return !((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'));
  }
  static constexpr std::array<std::string_view, 22> kSigns{"、", "。", "，", "：", "；", "（", "）", "《",
                                                           "》", "“",  "”",  "‘",  "’",  "【", "】", "〔",
                                                           "〕", "·",  "—",  "…",  "•",  "＊"};
  for (const std::string_view sign : kSigns) {
    if (c == sign) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  characters.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    characters.push_back(text.substr(at, end - at));
    at = end;
  }
  return characters;
}

std::string text_key(std::string_view text) {
  const std::string folded = nfkc(text);
  std::string key;
  for (const std::string_view c : characters_of(folded)) {
    if (is_space(c) || is_sign(c)) continue;
    if (c.size() == 1 && c.front() >= 'A' && c.front() <= 'Z')
      key += static_cast<char>(c.front() + 32);
    else
      key += c;
  }
  return key;
}

std::string header_key(std::string_view text) {
  const std::string folded = nfkc(text);
  std::string outside;
  int depth = 0;
  for (const std::string_view c : characters_of(folded)) {
    if (c == "(" || c == "[" || c == "【" || c == "〔") ++depth;
    if (depth == 0) outside += c;
    if ((c == ")" || c == "]" || c == "】" || c == "〕") && depth > 0) --depth;
  }
  std::string key = text_key(outside);
  return key.empty() ? text_key(folded) : key;
}

std::string day_key(std::string_view text) {
  std::string key = header_key(text);
  ends_with_any(key, {"年月日", "日期", "时间", "日"});
  return key;
}

std::string option_key(std::string_view text) {
  std::string key = text_key(text);
  ends_with_any(key, {"类纠纷", "类案件", "类", "纠纷", "案件", "问题", "事项", "方面"});
  return key;
}

std::string cleaned(std::string_view text) {
  const std::string normal = nfc(text);
  std::string kept;
  kept.reserve(normal.size());
  for (const char c : normal) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 0x20 && byte != 0x7F) || c == '\n' || c == '\t') kept += c;
  }
  const auto characters = characters_of(kept);
  std::size_t first = 0;
  std::size_t last = characters.size();
  while (first < last && is_space(characters[first])) ++first;
  while (last > first && is_space(characters[last - 1])) --last;
  if (first == last) return {};
  const char* const begin = characters[first].data();
  return {begin, characters[last - 1].data() + characters[last - 1].size()};
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts(1);
  for (const std::string_view c : characters_of(text)) {
    if (c == "、" || c == "；" || c == ";" || c == "，" || c == "," || c == "\n")
      parts.emplace_back();
    else
      parts.back() += c;
  }
  std::vector<std::string> kept;
  for (const std::string& part : parts) {
    std::string text_of_part = cleaned(part);
    if (!text_of_part.empty()) kept.push_back(std::move(text_of_part));
  }
  return kept;
}

std::string shown(std::string_view text) {
  const auto characters = characters_of(text);
  if (characters.size() <= kShownCharactersMax) return std::string(text);
  std::string beginning;
  for (std::size_t i = 0; i < kShownCharactersMax; ++i) beginning += characters[i];
  return beginning + "…";
}

}  // namespace zs::paper
