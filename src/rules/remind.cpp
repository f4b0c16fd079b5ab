#include "rules/remind.h"

#include <algorithm>
#include <charconv>

#include "rules/term.h"

namespace zs::rules {
namespace {

// "08:00" → 480; nothing if it is no time of day.
std::optional<int> minute_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  int hour = 0, minute = 0;
  const auto read = [](std::string_view part, int& into) {
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), into);
    return error == std::errc() && end == part.data() + part.size();
  };
  if (!read(text.substr(0, 2), hour) || !read(text.substr(3), minute)) return std::nullopt;
  if (hour > 24 || minute > 59 || hour < 0 || minute < 0) return std::nullopt;
  return hour * 60 + minute;
}

Date shifted(Date day, const Period& period, bool back, const rulebook::Calendar& calendar) {
  if (period.unit == Unit::hour) return day;
  return back ? day_before(day, period, calendar) : day_after(day, period, calendar);
}

}  // namespace

const std::vector<rulebook::Notice>& notices_of(const rulebook::Rulebook& book, const rulebook::Kind& kind,
                                                const rulebook::Deadline& deadline) {
  if (!deadline.notices.empty()) return deadline.notices;
  return kind.notices.empty() ? book.notices : kind.notices;
}

const rulebook::Action* act_that_stops(const rulebook::Kind& kind, const rulebook::Deadline& deadline) {
  if (!deadline.stops || deadline.stops->kind != rulebook::DateOf::Kind::field || deadline.stops->path.steps.empty())
    return nullptr;
  const std::string& stop = deadline.stops->path.steps.front().key;
  const auto names = [&](const auto& list) {
    return std::any_of(list.begin(), list.end(), [&](const auto& each) { return each.field == stop; });
  };
  for (const rulebook::Action& action : kind.actions) {
    if (!action.retired && (names(action.needs) || names(action.asks) || names(action.sets))) return &action;
  }
  return nullptr;
}

std::vector<Reminder> reminders_of(const std::vector<rulebook::Notice>& notices, Date due,
                                   const rulebook::Calendar& calendar) {
  std::vector<Reminder> reminders;
  for (const rulebook::Notice& notice : notices) {
    if (notice.before) {
      const Date day = shifted(due, *notice.before, true, calendar);
      reminders.push_back({"before " + notice.before->text(), day, notice.to, false});
    }
    if (!notice.when_overdue) continue;
    const Date late = due + 1;
    reminders.push_back({"overdue", late, notice.to, true});
    if (notice.then_after)
      reminders.push_back({"overdue+" + notice.then_after->text(), shifted(late, *notice.then_after, false, calendar),
                           notice.then_to, true});
  }
  std::stable_sort(reminders.begin(), reminders.end(),
                   [](const Reminder& left, const Reminder& right) { return left.day < right.day; });
  return reminders;
}

bool in_hours(std::string_view span, int minute) {
  const std::size_t dash = span.find('-');
  if (dash == std::string_view::npos) return false;
  const auto from = minute_of(span.substr(0, dash)), until = minute_of(span.substr(dash + 1));
  if (!from || !until) return false;
  if (*from <= *until) return minute >= *from && minute < *until;
  return minute >= *from || minute < *until;
}

bool may_disturb(std::string_view quiet_hours, Date day, int minute, const rulebook::Calendar& calendar) {
  return calendar.workday(day) && !in_hours(quiet_hours, minute);
}

}  // namespace zs::rules
