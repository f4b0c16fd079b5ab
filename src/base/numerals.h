// Numbers as Chinese texts write them: 三十四, 二〇二三, 壹佰贰拾.
//
// Pure, and safe from any thread. Texts are UTF-8; a character is one code point.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zs {

/// 0 to 9 of one character, 〇 and the forms for money (壹) and 两 among them; -1 if it is none.
int numeral_of(std::string_view character);
/// 10, 100, 1000 of 十, 百, 千 and their forms for money; 0 if it is none.
int numeral_place(std::string_view character);

/// The run of such characters that a text begins with, 三十四 of 三十四条; empty if it begins with none.
std::string_view leading_numerals(std::string_view text);
/// The value of such a run below ten thousand: 二〇二三 by places, 二十三 by its words; nothing if it is neither, or
/// longer than twelve characters.
std::optional<std::int64_t> numerals_value(std::string_view run);

/// A number as laws write it: 60 → 六十; 105 → 一百零五; what is 1000 or above and no whole thousand, in digits.
std::string chinese_number(int number);

}  // namespace zs
