// What the ledger knows went wrong in a year, as sentences for the chapter on shortcomings.
#pragma once

#include <string>
#include <vector>

#include "ledger/figures.h"
#include "ledger/records.h"

namespace zs::report {

/// In the order of weight: late and overdue deadlines, breaches, warnings passed. Empty: the ledger knows of nothing.
std::vector<std::string> shortcomings(const ledger::Town& town, const ledger::YearTrouble& trouble);

/// Duties of a year that its figures do not meet.
std::vector<std::string> missed_duties(const ledger::Town& town, int year,
                                       const std::vector<ledger::FigureValue>& figures);

/// Duties of a year as a plan: label, lead, by when.
struct PlannedDuty {
  std::string label, lead, by;
};
std::vector<PlannedDuty> duties_of(const ledger::Town& town, int year);

}  // namespace zs::report
