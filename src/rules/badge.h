// 期限签: how a deadline reads on a badge, in the unit of the law, as of a day.
//
// Pure. The words are those of the desk: a state, then a number; no urging.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "rules/clock.h"

namespace zs::rules {

enum class Tone { over, now, near, calm, wait, done };
std::string_view name_of(Tone tone);

struct Badge {
  Tone tone = Tone::calm;
  Text text;
  int share = 0;  ///< of the period gone, in percent, 0 to 100
};

/// What a badge is made of; a stored deadline has as much.
struct BadgeInput {
  OutcomeOf outcome = OutcomeOf::running;
  std::optional<Date> start, due;
  Unit unit = Unit::day;
  int left = 0;  ///< while paused
  bool estimated = false;
};

Badge badge_of(const BadgeInput& input, Date today, const Calendar& calendar);
Badge badge_of(const Clock& clock, Date today, const Calendar& calendar);

}  // namespace zs::rules
