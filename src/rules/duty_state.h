// How a duty stands on a day: its windows, what was reached in each, its state (design §4.8).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rules/facts.h"

namespace zs::rules {

enum class DutyState { met, on_the_way, at_risk, missed, unknown };
std::string_view name_of(DutyState state);
std::string_view chinese_of(DutyState state);

/// One window in which the figure must reach the value; both days are included.
struct DutyWindow {
  Date from, until;
};

/// The windows of a duty that end in a year: one for a year, twelve for months, each week; empty if the rule says no
/// frequency or was not in force.
std::vector<DutyWindow> windows_of(const rulebook::Duty& duty, const rulebook::Rule& rule, int year);

/// Whether the rule names a day or a part of the year, or comes each week or month. Of the others only the end of the
/// year is known: they have no date until somebody sets one.
bool has_own_date(const rulebook::Rule& rule);

/// What was reached in a window; absent: nobody knows (a ratio over nothing).
struct DutyProgress {
  DutyWindow window;
  std::optional<std::int64_t> reached;
};

/// The state on a day. A window counts as missed once it has passed unmet; at risk from `warn_by`, or thirty days
/// before its end where none is given.
DutyState state_of(const rulebook::Duty& duty, const rulebook::Rule& rule, const std::vector<DutyProgress>& progress,
                   Date today);

}  // namespace zs::rules
