// Numbers as a sheet holds them, worked on as texts: nothing here is a floating number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace zs::paper {

/// The number without exponent, of fifteen significant digits at most, as a reader of the sheet sees it:
/// "1.2000000000000002E-2" gives "0.012". Nothing if it is no number, or one of more than thirty places.
std::optional<std::string> plain_decimal(std::string_view text);

/// Decimal places shifted to the right: ("1.2", 4) is 12000. Nothing if digits would be left over, or it is too large.
std::optional<std::int64_t> scaled_integer(std::string_view plain, int places);

/// How a number format shows a number.
struct NumberFormat {
  bool day = false;   ///< as a day
  bool time = false;  ///< with a time of the day
};
/// Of a built-in format; those of Chinese programs too (27–36, 50–58).
NumberFormat builtin_format(int id);
/// Of a format as written: yyyy"年"m"月"d"日", [$-804]m/d;@
NumberFormat format_of(std::string_view code);

/// A day and the minutes after midnight that a serial number of a sheet stands for.
struct SerialDay {
  Date day;
  int minute = 0;
};
/// With base 1900 the 60 stands for a 29 February 1900 that never was: nothing. Nothing outside 1900–2199.
std::optional<SerialDay> day_of_serial(std::string_view plain, bool base_1904);

}  // namespace zs::paper
