#include "rules/badge.h"

#include <fmt/format.h>

#include <algorithm>

namespace zs::rules {
namespace {

constexpr int kNearWorkdays = 3;
constexpr int kWholePercent = 100;

struct UnitName {
  std::string_view zh, en;
};

// Months and years read in days: what is left of them is no month.
UnitName name_of_unit(Unit unit) {
  return unit == Unit::workday ? UnitName{"工作日", "workdays"} : UnitName{"天", "days"};
}

int share_of(const BadgeInput& input, Date today) {
  if (!input.start || !input.due || today <= *input.start) return 0;
  if (today >= *input.due) return kWholePercent;
  const int whole = input.due->serial() - input.start->serial();
  return whole <= 0 ? kWholePercent : (today.serial() - input.start->serial()) * kWholePercent / whole;
}

Badge plain(Tone tone, std::string_view zh, std::string_view en) {
  return {tone, {std::string(zh), std::string(en)}, 0};
}

Badge running(const BadgeInput& input, Date today, const Calendar& calendar) {
  const UnitName unit = name_of_unit(input.unit);
  const std::string_view about_zh = input.estimated ? "约" : "";
  const std::string_view about_en = input.estimated ? "about " : "";
  Badge badge;
  badge.share = share_of(input, today);
  const Date due = *input.due;
  if (due < today) {
    const int late = std::max(1, units_between(due, today, input.unit, calendar));
    badge.tone = Tone::over;
    badge.text = {fmt::format("{}超 {} {}", about_zh, late, unit.zh),
                  fmt::format("{}{} {} over", about_en, late, unit.en)};
  } else if (due == today) {
    badge.tone = Tone::now;
    badge.text = {"今天届满", "due today"};
  } else {
    const int left = units_between(today, due, input.unit, calendar);
    badge.tone = units_between(today, due, Unit::workday, calendar) <= kNearWorkdays ? Tone::near : Tone::calm;
    badge.text = {fmt::format("{}剩 {} {}", about_zh, left, unit.zh),
                  fmt::format("{}{} {} left", about_en, left, unit.en)};
  }
  return badge;
}

}  // namespace

std::string_view name_of(Tone tone) {
  switch (tone) {
    case Tone::over: return "over";
    case Tone::now: return "now";
    case Tone::near: return "near";
    case Tone::calm: return "calm";
    case Tone::wait: return "wait";
    case Tone::done: return "done";
  }
  return "";
}

Badge badge_of(const BadgeInput& input, Date today, const Calendar& calendar) {
  switch (input.outcome) {
    case OutcomeOf::running:
    case OutcomeOf::overdue:
      return input.due ? running(input, today, calendar) : plain(Tone::wait, "未起算", "not begun");
    case OutcomeOf::met: return plain(Tone::done, "已按期", "in time");
    case OutcomeOf::late: return plain(Tone::over, "逾期办理", "done late");
    case OutcomeOf::paused: {
      const UnitName unit = name_of_unit(input.unit);
      return {
          Tone::wait,
          {fmt::format("暂停中 剩 {} {}", input.left, unit.zh), fmt::format("paused, {} {} left", input.left, unit.en)},
          0};
    }
    case OutcomeOf::waiting: return plain(Tone::wait, "未起算", "not begun");
    case OutcomeOf::lapsed: return plain(Tone::calm, "已届满", "lapsed");
    case OutcomeOf::dropped: return plain(Tone::wait, "不再计", "no longer counts");
    case OutcomeOf::unknown: return plain(Tone::wait, "日期不详", "date unknown");
    case OutcomeOf::none: break;
  }
  return plain(Tone::wait, "不适用", "does not apply");
}

Badge badge_of(const Clock& clock, Date today, const Calendar& calendar) {
  BadgeInput input{clock.on(today),     {}, clock.due, clock.period ? clock.period->unit : Unit::day, clock.term.left,
                   clock.term.estimated};
  if (clock.start) input.start = clock.start->day();
  return badge_of(input, today, calendar);
}

}  // namespace zs::rules
