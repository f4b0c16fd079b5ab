#include "rules/duty_state.h"

#include <array>

#include "rules/term.h"

namespace zs::rules {
namespace {

struct StateName {
  std::string_view name, chinese;
};
constexpr std::array<StateName, 5> kStates{
    {{"met", "已完成"}, {"on_the_way", "进行中"}, {"at_risk", "有风险"}, {"missed", "未完成"}, {"unknown", "不详"}}};
constexpr Period kWarnedBefore{30, Unit::day};

Date plus_days(Date day, int count) {
  return day_after(day, {count, Unit::day}, rulebook::Calendar());
}

std::vector<DutyWindow> weeks_of(int year) {
  std::vector<DutyWindow> windows;
  Date monday(year, 1, 1);
  while (monday.iso_weekday() != 1) monday = plus_days(monday, 1);
  for (; monday.year() == year; monday = plus_days(monday, 7)) windows.push_back({monday, plus_days(monday, 6)});
  return windows;
}

std::vector<DutyWindow> months_of(int year) {
  std::vector<DutyWindow> windows;
  for (unsigned month = 1; month <= 12; ++month) {
    const Date first(year, month, 1);
    windows.push_back({first, day_before(day_after(first, {1, Unit::month}, {}), {1, Unit::day}, {})});
  }
  return windows;
}

}  // namespace

std::string_view name_of(DutyState state) {
  return kStates[static_cast<std::size_t>(state)].name;
}
std::string_view chinese_of(DutyState state) {
  return kStates[static_cast<std::size_t>(state)].chinese;
}

std::vector<DutyWindow> windows_of(const rulebook::Duty& duty, const rulebook::Rule& rule, int year) {
  if (!rule.frequency || (duty.only && *duty.only != year) || !rule.in_force_on(Date(year, 12, 31))) return {};
  const rulebook::Frequency& frequency = *rule.frequency;
  if (frequency.every == "week") return weeks_of(year);
  if (frequency.every == "month") return months_of(year);
  DutyWindow window{Date(year, 1, 1), Date(year, 12, 31)};
  if (const auto years = parse_period(frequency.every); years && years->unit == Unit::year)
    window.from = Date(year - years->count + 1, 1, 1);
  if (const auto from = parse_month_day(frequency.window_from, year)) window.from = *from;
  if (const auto until = parse_month_day(frequency.window_until, year)) window.until = *until;
  return {window};
}

bool has_own_date(const rulebook::Rule& rule) {
  if (!rule.day.empty() || !rule.until_day.empty()) return true;
  if (!rule.frequency) return false;
  const rulebook::Frequency& frequency = *rule.frequency;
  return !frequency.window_until.empty() || frequency.every == "week" || frequency.every == "month";
}

DutyState state_of(const rulebook::Duty& duty, const rulebook::Rule& rule, const std::vector<DutyProgress>& progress,
                   Date today) {
  const std::int64_t wanted = rule.frequency ? rule.frequency->at_least : 1;
  DutyState state = DutyState::met;
  for (const DutyProgress& each : progress) {
    if (each.window.from > today) {
      if (state == DutyState::met) state = DutyState::on_the_way;
      continue;
    }
    if (each.reached && *each.reached >= wanted) continue;
    const bool passed = each.window.until < today;
    if (!each.reached) {
      if (passed) return DutyState::unknown;
      state = DutyState::on_the_way;
      continue;
    }
    if (passed) return DutyState::missed;
    const auto warned = parse_month_day(duty.warn_by, each.window.until.year());
    const Date from = warned ? *warned : day_before(each.window.until, kWarnedBefore, {});
    state = today >= from ? DutyState::at_risk : state == DutyState::at_risk ? state : DutyState::on_the_way;
  }
  return progress.empty() ? DutyState::unknown : state;
}

}  // namespace zs::rules
