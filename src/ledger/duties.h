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
};

/// Duties whose rule is in force in that year.
Result<std::vector<DutyLine>> duties_of_year(store::Session& session, const Town& town, int year, Date today);

}  // namespace zs::ledger
