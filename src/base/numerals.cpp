#include "base/numerals.h"

#include <algorithm>
#include <vector>

namespace zs {
namespace {

constexpr std::size_t kRunMax = 12;

// The first character of a text that is not empty.
std::string_view first_character(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) ++length;
  return text.substr(0, length);
}

}  // namespace

int numeral_of(std::string_view character) {
  static constexpr std::string_view kNumerals[][4] = {
      {"〇", "零", "○", "Ｏ"}, {"一", "壹", "", ""}, {"二", "贰", "两", ""}, {"三", "叁", "", ""},
      {"四", "肆", "", ""},    {"五", "伍", "", ""}, {"六", "陆", "", ""},   {"七", "柒", "", ""},
      {"八", "捌", "", ""},    {"九", "玖", "", ""}};
  for (int value = 0; value < 10; ++value) {
    for (const std::string_view each : kNumerals[value]) {
      if (!each.empty() && each == character) return value;
    }
  }
  return -1;
}

int numeral_place(std::string_view character) {
  if (character == "十" || character == "拾") return 10;
  if (character == "百" || character == "佰") return 100;
  if (character == "千" || character == "仟") return 1000;
  return 0;
}

std::string_view leading_numerals(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const std::string_view next = first_character(text.substr(length));
    if (numeral_of(next) < 0 && numeral_place(next) == 0) break;
    length += next.size();
  }
  return text.substr(0, length);
}

std::optional<std::int64_t> numerals_value(std::string_view run) {
  std::vector<std::string_view> characters;
  for (; !run.empty(); run.remove_prefix(characters.back().size())) {
    if (characters.size() == kRunMax) return std::nullopt;
    characters.push_back(first_character(run));
  }
  const bool words = std::any_of(characters.begin(), characters.end(), [](auto c) { return numeral_place(c) != 0; });
  std::int64_t total = 0;
  std::int64_t digit = 0;
  bool has_digit = false;
  for (const std::string_view c : characters) {
    const int place = numeral_place(c);
    if (place != 0) {
      total += (has_digit ? digit : 1) * place;
      digit = 0;
      has_digit = false;
      continue;
    }
    if (words && has_digit && digit != 0) return std::nullopt;
    digit = words ? numeral_of(c) : digit * 10 + numeral_of(c);
    has_digit = true;
  }
  return total + digit;
}

std::string chinese_number(int number) {
  static const char* const kDigits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  if (number >= 1000 || number <= 0)
    return number % 1000 == 0 && number > 0 && number < 10'000 ? std::string(kDigits[number / 1000]) + "千"
                                                               : std::to_string(number);
  std::string text;
  if (number >= 100) text += std::string(kDigits[number / 100]) + "百";
  const int tens = number % 100 / 10;
  if (tens > 0)
    text += (tens == 1 && number < 100 ? "" : std::string(kDigits[tens])) + "十";
  else if (number > 100 && number % 10 != 0)
    text += "零";
  return text + kDigits[number % 10];
}

}  // namespace zs
