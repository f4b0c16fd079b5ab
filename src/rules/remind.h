// Reminders (提醒): on which day whom to tell of a running deadline, by the notices of the rulebook (design §4.9).
//
// Pure. A reminder is known by its step, which is the rule it comes from in words ("before 3 workdays"): asked again on
// the next day, or after a restart, the same step is the same reminder.
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "rulebook/rulebook.h"

namespace zs::rules {

/// Whom a step names where it means the record's own handler; all else are posts (roles.yaml).
inline constexpr std::string_view kHandler = "handler";

struct Reminder {
  std::string step;             ///< "before 3 workdays", "overdue", "overdue+2 workdays"
  Date day;                     ///< on which it is to be told
  std::vector<std::string> to;  ///< `handler`, or posts
  bool late = false;            ///< the period has ended
};

/// The notices that hold for a deadline: its own, else those of its kind, else those of the rulebook.
const std::vector<rulebook::Notice>& notices_of(const rulebook::Rulebook& book, const rulebook::Kind& kind,
                                                const rulebook::Deadline& deadline);

/// The act that stops a deadline: the one that asks for, or sets, the date on which it stops. Null if none does.
const rulebook::Action* act_that_stops(const rulebook::Kind& kind, const rulebook::Deadline& deadline);

/// All reminders of a deadline that is due on a day, in the order of their days. A step of hours falls on the due day.
std::vector<Reminder> reminders_of(const std::vector<rulebook::Notice>& notices, Date due,
                                   const rulebook::Calendar& calendar);

/// A span of a day, "20:00-08:00": whether a minute of the day (0 to 1439) lies in it. It may pass midnight; a text
/// that is no span holds nothing.
bool in_hours(std::string_view span, int minute);

/// When what is not urgent may go out: not in the quiet hours, not on a rest day.
bool may_disturb(std::string_view quiet_hours, Date day, int minute, const rulebook::Calendar& calendar);

}  // namespace zs::rules
