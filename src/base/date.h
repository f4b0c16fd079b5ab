// Civil dates. Text form: 2024-10-08. The only place, beside rules/term, where days are counted.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace zs {

/// A civil day of the jurisdiction, from 1900-01-01 to 2199-12-31.
class Date {
 public:
  constexpr Date() = default;
  constexpr explicit Date(std::chrono::sys_days day) : day_(day) {}
  constexpr Date(int year, unsigned month, unsigned day)
      : day_(std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)) {}

  auto operator<=>(const Date&) const = default;
  Date operator+(int days) const { return Date(day_ + std::chrono::days{days}); }
  Date operator-(int days) const { return Date(day_ - std::chrono::days{days}); }
  /// Days from the other date to this one.
  int operator-(Date other) const { return static_cast<int>((day_ - other.day_).count()); }

  int year() const { return static_cast<int>(ymd().year()); }
  unsigned month() const { return static_cast<unsigned>(ymd().month()); }
  unsigned day() const { return static_cast<unsigned>(ymd().day()); }
  /// 1 is Monday, 7 is Sunday.
  unsigned iso_weekday() const { return std::chrono::weekday{day_}.iso_encoding(); }
  /// Days since 1970-01-01: how a date is stored.
  int serial() const { return static_cast<int>(day_.time_since_epoch().count()); }
  static Date from_serial(int days) { return Date(std::chrono::sys_days{std::chrono::days{days}}); }
  /// The same day number `months` later, or that month's last day (民法典 第二百零二条).
  Date plus_months(int months) const;
  /// ISO text.
  std::string text() const;
  /// For readers: 2024年10月8日.
  std::string chinese() const;

 private:
  std::chrono::year_month_day ymd() const { return std::chrono::year_month_day{day_}; }
  std::chrono::sys_days day_{};
};

/// Reads 2024-10-08; nothing else, and only a day that exists.
std::optional<Date> parse_date(std::string_view text);

/// Reads 01-31 or 02-end in the given year.
std::optional<Date> parse_month_day(std::string_view text, int year);

inline namespace literals {
/// "2024-10-08"_date, checked by the compiler.
consteval Date operator""_date(const char* text, std::size_t size) {
  if (size != 10 || text[4] != '-' || text[7] != '-') throw "a date is written 2024-10-08";
  auto digit = [text](int i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : throw "not a digit"; };
  const int year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  const auto ymd = std::chrono::year{year} / (digit(5) * 10 + digit(6)) / (digit(8) * 10 + digit(9));
  if (!ymd.ok()) throw "no such day";
  return Date(std::chrono::sys_days{ymd});
}
}  // namespace literals

}  // namespace zs
