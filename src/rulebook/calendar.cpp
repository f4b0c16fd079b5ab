#include "rulebook/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace zs::rulebook {
namespace {

std::vector<Date> read_days(const Node& node, int year, std::set<Date>& seen, Faults& faults) {
  std::vector<Date> days;
  for (const Node& item : node.items) {
    const auto day = parse_date(item.scalar);
    if (!day || day->year() != year) {
      faults.add(item.place, fmt::format("“{}”不是{}年的日期", item.scalar, year),
                 fmt::format("\"{}\" is no day of {}", item.scalar, year));
    } else if (!seen.insert(*day).second) {
      faults.add(item.place, fmt::format("{}写了两次，删去一个", item.scalar),
                 fmt::format("{} stands twice: remove one", item.scalar));
    } else {
      days.push_back(*day);
    }
  }
  return days;
}

// A year whose days off stand under a key that nobody reads would be a year without holidays.
void check_keys(const Node& year, Faults& faults) {
  static const std::vector<std::string> kKeys{"notice", "certainty", "off", "work"};
  for (const auto& [key, value] : year.entries) {
    if (std::find(kKeys.begin(), kKeys.end(), key.scalar) != kKeys.end()) continue;
    const std::string near = nearest(key.scalar, kKeys);
    faults.add(key.place,
               fmt::format("没有“{}”这个键{}", key.scalar, near.empty() ? "" : fmt::format("，是不是“{}”？", near)),
               fmt::format("there is no key \"{}\"{}", key.scalar,
                           near.empty() ? "" : fmt::format(": did you mean \"{}\"?", near)));
  }
}

}  // namespace

void Calendar::set(CalendarYear year) {
  const auto old = years_.find(year.year);
  if (old != years_.end()) {
    for (const Date day : old->second.off) exceptions_.erase(day);
    for (const Date day : old->second.work) exceptions_.erase(day);
  }
  for (const Date day : year.off) exceptions_[day] = false;
  for (const Date day : year.work) exceptions_[day] = true;
  const int number = year.year;
  years_[number] = std::move(year);
}

bool Calendar::workday(Date day) const {
  const auto exception = exceptions_.find(day);
  if (exception != exceptions_.end()) return exception->second;
  return day.iso_weekday() <= 5;
}

std::string Calendar::rest_reason(Date day) const {
  if (workday(day)) return {};
  const auto exception = exceptions_.find(day);
  if (exception != exceptions_.end()) {
    const auto year = years_.find(day.year());
    return year == years_.end() ? std::string("放假") : year->second.notice;
  }
  return day.iso_weekday() == 6 ? "周六" : "周日";
}

std::vector<CalendarYear> read_calendar(const Node& node, Faults& faults) {
  std::vector<CalendarYear> years;
  for (const auto& [key, value] : node.entries) {
    CalendarYear year;
    const auto [end, error] = std::from_chars(key.scalar.data(), key.scalar.data() + key.scalar.size(), year.year);
    if (error != std::errc{} || year.year < 1949 || year.year > 2199) {
      faults.add(key.place, fmt::format("“{}”不是年份", key.scalar), fmt::format("\"{}\" is no year", key.scalar));
      continue;
    }
    year.notice = value["notice"].scalar;
    if (year.notice.empty())
      faults.add(value.place, "没有写放假通知（notice:）", "the notice: behind the year is missing");
    check_keys(value, faults);
    std::set<Date> seen;
    year.off = read_days(value["off"], year.year, seen, faults);
    year.work = read_days(value["work"], year.year, seen, faults);
    years.push_back(std::move(year));
  }
  return years;
}

}  // namespace zs::rulebook
