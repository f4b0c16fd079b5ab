#include "base/moment.h"

#include <fmt/format.h>

namespace zs {
namespace {

constexpr std::int64_t kDayMinutes = 24 * 60;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

bool two_digits(std::string_view text, int& number) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return false;
  number = (text[0] - '0') * 10 + (text[1] - '0');
  return true;
}

}  // namespace

Date Moment::day() const {
  return Date::from_serial(static_cast<int>(floor_div(minutes, kDayMinutes)));
}

std::string Moment::text() const {
  const std::int64_t minute = minutes - floor_div(minutes, kDayMinutes) * kDayMinutes;
  return fmt::format("{}T{:02}:{:02}", day().text(), minute / 60, minute % 60);
}

std::optional<Moment> parse_moment(std::string_view text) {
  if (text.size() != 16 || text[10] != 'T' || text[13] != ':') return std::nullopt;
  const auto day = parse_date(text.substr(0, 10));
  int hour = 0;
  int minute = 0;
  if (!day || !two_digits(text.substr(11, 2), hour) || !two_digits(text.substr(14, 2), minute)) return std::nullopt;
  if (hour > 23 || minute > 59) return std::nullopt;
  return Moment{day->serial() * kDayMinutes + hour * 60 + minute};
}

Moment start_of(Date day) {
  return Moment{day.serial() * kDayMinutes};
}

std::optional<UtcOffset> parse_offset(std::string_view text) {
  int hour = 0;
  int minute = 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  if (!two_digits(text.substr(1, 2), hour) || !two_digits(text.substr(4, 2), minute)) return std::nullopt;
  if (hour > 14 || minute > 59) return std::nullopt;
  return UtcOffset{(text[0] == '-' ? -1 : 1) * (hour * 60 + minute)};
}

Moment civil(Instant instant, UtcOffset offset) {
  return Moment{floor_div(instant.utc_ms, 60'000) + offset.minutes};
}

Instant instant_of(Moment moment, UtcOffset offset) {
  return Instant{(moment.minutes - offset.minutes) * 60'000};
}

}  // namespace zs
