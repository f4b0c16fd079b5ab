// The forms in which texts of a sheet are compared: what people write differently and mean alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zs::paper {

/// Widths folded, small letters, no blanks and no punctuation: "身份证 号码：" is 身份证号码.
std::string text_key(std::string_view text);
/// As text_key, without what stands in brackets: "金额（万元）" is 金额.
std::string header_key(std::string_view text);
/// header_key without the ending that a header of days may have or not: 收到日, 收到日期 and 收到时间 are 收到.
std::string day_key(std::string_view text);
/// text_key without 类, 纠纷, 案件, 问题, 事项, 方面 at its end, if something remains.
std::string option_key(std::string_view text);

/// The text without blanks around it; line ends are \n, control characters are gone, NFC. Blanks inside stay.
std::string cleaned(std::string_view text);
/// Split at 、 ； ; ， , and line ends; blank parts left out.
std::vector<std::string> split_list(std::string_view text);
/// The beginning of a text, as it may stand in a message.
std::string shown(std::string_view text);
/// Each character of a UTF-8 text.
std::vector<std::string_view> characters_of(std::string_view text);

}  // namespace zs::paper
