#include "base/date.h"

#include <fmt/format.h>

namespace zs {
namespace {

std::optional<int> parse_digits(std::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2199;

}  // namespace

Date Date::plus_months(int months) const {
  const auto target = std::chrono::year_month{ymd().year(), ymd().month()} + std::chrono::months{months};
  const std::chrono::year_month_day same{target.year(), target.month(), ymd().day()};
  if (same.ok()) return Date(std::chrono::sys_days{same});
  return Date(std::chrono::sys_days{target / std::chrono::last});
}

std::string Date::text() const {
  // Days stand in every answer, many times: written by hand, a fifth of what a format costs.
  std::string out = "0000-00-00";
  const auto put = [&out](std::size_t last, unsigned number) {
    for (; number != 0; number /= 10) out[last--] = static_cast<char>('0' + number % 10);
  };
  const auto date = ymd();
  const int years = static_cast<int>(date.year());
  if (years < 0 || years > 9999) return fmt::format("{:04}-{:02}-{:02}", years, month(), day());
  put(3, static_cast<unsigned>(years));
  put(6, static_cast<unsigned>(date.month()));
  put(9, static_cast<unsigned>(date.day()));
  return out;
}

std::string Date::chinese() const {
  return fmt::format("{}年{}月{}日", year(), month(), day());
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8, 2));
  if (!year || !month || !day || *year < kYearMin || *year > kYearMax) return std::nullopt;
  const auto ymd = std::chrono::year{*year} / *month / *day;
  if (!ymd.ok()) return std::nullopt;
  return Date(std::chrono::sys_days{ymd});
}

std::optional<Date> parse_month_day(std::string_view text, int year) {
  if (text.size() == 6 && text.substr(2) == "-end") {
    const auto month = parse_digits(text.substr(0, 2));
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    return Date(std::chrono::sys_days{std::chrono::year{year} / *month / std::chrono::last});
  }
  return parse_date(fmt::format("{:04}-{}", year, text));
}

}  // namespace zs
