// The term engine: when a statutory period ends, and why. The only code that counts days for a deadline.
//
// Pure: reads no clock, file or database. Safe to call from any thread.
// Law: 民法典 第二百零一条 (the first day), 第二百零二条 (months and years), 第二百零三条 (rest days).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/moment.h"
#include "base/period.h"
#include "base/result.h"
#include "rulebook/calendar.h"

namespace zs::rules {

using rulebook::Calendar;

/// What a rest day does to the end of a period. Laws differ on it, so no caller may leave it out.
enum class LastDay { stays, rolls };

/// One day passed over, and why: the notice that made it a rest day, a pause, or the roll at the end.
struct Skipped {
  Date day;
  std::string why;
};

/// A span that does not count: the days after `from`, up to and including `until`. Open while `until` is absent.
struct Span {
  Moment from;
  std::optional<Moment> until;
  bool provisional = false;  ///< `until` is another deadline's due day, 暂定 until the fact
};

/// Time added to a period; counts only if it was granted on or before the day that was due without it.
struct Extension {
  Period period;
  Moment granted;
};

struct TermInput {
  Moment start;
  Period period;
  LastDay last_day = LastDay::stays;
  bool first_day_counts = false;
  std::optional<Extension> extension;
  std::vector<Span> pauses;
};

/// The end of a period and its working (期限底稿).
struct Term {
  std::optional<Date> due;       ///< the last day on which the act is still in time; absent while a pause is open
  std::optional<Moment> due_at;  ///< for a period in hours
  Date first_day;                ///< the day counted as the first
  std::vector<Skipped> skipped;  ///< in the order of counting
  std::optional<Date> unrolled;  ///< the end before it rolled, where it rolled
  bool extended = false;
  bool extension_void = false;  ///< granted after the period had ended
  int left = 0;                 ///< while paused: so many units are left
  bool provisional = false;
  bool estimated = false;  ///< a year's holidays are not published yet
};

/// The last day of a period, with pauses and extension.
///
/// Workdays always end on a workday, so LastDay does nothing to them. In months and years the end moves by the paused
/// calendar days. Errors: bad_input if the period is not positive or runs past the year 2199.
Result<Term> end_of(const TermInput& input, const Calendar& calendar);

/// Counted backward: the last day on which a notice `ahead` of an event is in time. `ahead` whole units must lie
/// between: seven workdays ahead is the eighth workday before.
Result<Term> last_day_before(Date event, Period ahead, const Calendar& calendar);

/// How many days (workdays, for that unit) lie after `from`, up to and including `until`; 0 if `until` is not after.
int units_between(Date from, Date until, Unit unit, const Calendar& calendar);

/// Calendar days of a span in days, months or years from a day: for settings and notices, not for deadlines.
Date day_after(Date from, Period period, const Calendar& calendar);
Date day_before(Date from, Period period, const Calendar& calendar);

}  // namespace zs::rules
