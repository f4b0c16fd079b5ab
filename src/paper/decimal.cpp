#include "paper/decimal.h"

#include <charconv>

namespace zs::paper {
namespace {

constexpr int kSignificantMax = 15;
constexpr int kPlacesMax = 30;
constexpr int kLastSerial = 109'940;  // 2200-12-31; the day is looked at again below
constexpr int kMinutesOfDay = 1440;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Rounds the digits to fifteen, half away from zero. True if a place was gained (999… → 1000…).
bool round_digits(std::string& digits) {
  if (digits.size() <= kSignificantMax) return false;
  const bool up = digits[kSignificantMax] >= '5';
  digits.resize(kSignificantMax);
  if (!up) return false;
  for (auto at = digits.rbegin(); at != digits.rend(); ++at) {
    if (*at != '9') {
      ++*at;
      return false;
    }
    *at = '0';
  }
  digits.insert(digits.begin(), '1');
  return true;
}

}  // namespace

std::optional<std::string> plain_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::string digits;
  int point = 0;  // digits before the point
  bool after_point = false;
  std::size_t at = 0;
  for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !after_point)); ++at) {
    if (text[at] == '.') {
      after_point = true;
    } else {
      digits += text[at];
      if (!after_point) ++point;
    }
  }
  if (digits.empty() || digits.size() > 400) return std::nullopt;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    std::string_view exponent = text.substr(at + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    int moved = 0;
    const auto [end, code] = std::from_chars(exponent.data(), exponent.data() + exponent.size(), moved);
    if (code != std::errc{} || end != exponent.data() + exponent.size() || moved > 400 || moved < -400)
      return std::nullopt;
    point += moved;
  }
  const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size());
  digits.erase(0, zeros);
  point -= static_cast<int>(zeros);
  if (digits.empty()) return "0";
  if (round_digits(digits)) ++point;
  digits.erase(digits.find_last_not_of('0') + 1);
  const int count = static_cast<int>(digits.size());
  if (point > kPlacesMax || point < -kPlacesMax) return std::nullopt;
  std::string plain = negative ? "-" : "";
  if (point <= 0) return plain + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  if (point >= count) return plain + digits + std::string(static_cast<std::size_t>(point - count), '0');
  return plain + digits.substr(0, static_cast<std::size_t>(point)) + "." +
         digits.substr(static_cast<std::size_t>(point));
}

std::optional<std::int64_t> scaled_integer(std::string_view plain, int places) {
  std::string digits;
  const std::size_t point = plain.find('.');
  digits = plain.substr(0, point);
  std::string_view rest = point == std::string_view::npos ? std::string_view() : plain.substr(point + 1);
  for (; places > 0; --places) {
    digits += rest.empty() ? '0' : rest.front();
    if (!rest.empty()) rest.remove_prefix(1);
  }
  if (rest.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (code != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

NumberFormat builtin_format(int id) {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 50 && id <= 54) || id == 36 || id == 57 || id == 58)
    return {true, false};
  if (id == 22) return {true, true};
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56)
    return {false, true};
  return {};
}

NumberFormat format_of(std::string_view code) {
  NumberFormat format;
  bool month = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;  // only what positive numbers look like
    if (c == '"' || c == '[') {
      // [h] counts hours; all other brackets are colours, languages and conditions.
      const std::size_t end = code.find(c == '"' ? '"' : ']', i + 1);
      if (end == std::string_view::npos) break;
      if (c == '[' && code.substr(i + 1, end - i - 1).find_first_not_of("hHmMsS") == std::string_view::npos)
        format.time = true;
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '0' || c == '#' || c == '?' || c == 'G') {
      if (!format.time) return {};  // a number; after seconds it is their fraction
    } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
      format.day = true;
    } else if (c == 'h' || c == 'H' || c == 's' || c == 'S') {
      format.time = true;
    } else if (c == 'm' || c == 'M') {
      month = true;
    }
  }
  if (month && !format.time) format.day = true;
  return format;
}

std::optional<SerialDay> day_of_serial(std::string_view plain, bool base_1904) {
  const std::size_t point = plain.find('.');
  const auto whole = scaled_integer(plain.substr(0, point), 0);
  if (!whole || *whole < 0 || *whole > kLastSerial) return std::nullopt;
  const int serial = static_cast<int>(*whole);
  SerialDay found;
  if (base_1904) {
    found.day = Date(1904, 1, 1) + serial;
  } else {
    if (serial == 0 || serial == 60) return std::nullopt;
    found.day = Date(1900, 1, 1) + (serial < 60 ? serial - 1 : serial - 2);
  }
  if (found.day.year() > 2199) return std::nullopt;
  if (point != std::string_view::npos) {
    const std::string fraction = std::string(plain.substr(point + 1)).append(9, '0').substr(0, 9);
    const auto billionths = scaled_integer(fraction, 0).value_or(0);
    found.minute = static_cast<int>((billionths * kMinutesOfDay + 500'000'000) / 1'000'000'000);
    if (found.minute >= kMinutesOfDay) found = {found.day + 1, 0};
  }
  return found;
}

}  // namespace zs::paper
