// What the ledger knows went wrong in a year, as sentences for the chapter on shortcomings.
#pragma once

#include <string>
#include <vector>

#include "ledger/duties.h"
#include "ledger/records.h"

namespace zs::report {

/// In the order of weight: late and overdue deadlines, breaches, warnings passed. Empty: the ledger knows of nothing.
std::vector<std::string> shortcomings(const ledger::Town& town, const ledger::YearTrouble& trouble);

/// Duties whose time is over and that were not met.
std::vector<std::string> missed_duties(const std::vector<ledger::DutyLine>& duties);

/// Duties of a year as a plan: label, lead, by when.
struct PlannedDuty {
  std::string label, lead, by;
};
std::vector<PlannedDuty> duties_of(const ledger::Town& town, int year);

}  // namespace zs::report
