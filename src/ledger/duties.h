// The duties of a year and how they stand on a day.
#pragma once

#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "rules/duty_state.h"

namespace zs::ledger {

struct DutyLine {
  const rulebook::Duty* duty = nullptr;
  rules::DutyState state = rules::DutyState::unknown;
  std::int64_t windows = 0, reached = 0;  ///< windows so far, and those in which the value was reached
  std::int64_t value = 0, wanted = 0;     ///< of the only or the last window
  std::string citation;
  std::vector<std::string> behind;  ///< of `each: village`: orgs that have not reached it
  bool dated = true;                ///< rules::has_own_date
  std::optional<Date> until;        ///< the last day of the first window that is neither reached nor passed
};

/// Duties whose rule is in force in that year.
Result<std::vector<DutyLine>> duties_of_year(store::Session& session, const Town& town, int year, Date today);

/// A window of a duty that has not been reached.
struct DutyDue {
  const rulebook::Duty* duty = nullptr;
  rules::DutyWindow window;
  rules::DutyState state = rules::DutyState::on_the_way;
  std::int64_t value = 0, wanted = 0;
  std::string citation;
  bool dated = true;  ///< rules::has_own_date
};
/// Windows that end in a span (both days included) and have not been reached by today, the soonest first.
Result<std::vector<DutyDue>> duties_due(store::Session& session, const Town& town, Date from, Date until, Date today);

}  // namespace zs::ledger
