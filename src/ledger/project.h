// project: a record and the rules in force → the rows of its projections. The same rows at commit, rebuild and verify.
//
// Pure. None of the rows names the day on which it was made.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/finding.h"
#include "rules/evidence.h"
#include "rules/facts.h"
#include "store/database.h"

namespace zs::ledger {

/// The rows of one record, each in the order of its table's columns, without the town.
struct Projection {
  store::ResultRow record;
  std::vector<store::ResultRow> numbers, links, deadlines, evidence;
  std::vector<store::ResultRow> subject;  ///< one row, or none (ledger/alike)
  Words words;                            ///< also in `record`
  std::vector<std::string> persons;       ///< as ledger/finding names them
};

/// What stands as the due day of a record for which no deadline of the office runs: behind all others.
inline constexpr std::int64_t kNoDue = 9'999'999;

Projection project(const rules::InForce& in_force, const rules::Record& record);

/// What a contribution adds to the tallies: keyed by (figure, year, month, unit, village).
struct TallyKey {
  std::string figure;
  std::int64_t year = 0, month = 0;  ///< month as 202403
  std::string unit, village;
  auto operator<=>(const TallyKey&) const = default;
};
struct TallySum {
  std::int64_t value = 0, n = 0, summary = 0;
};
using Tallies = std::map<TallyKey, TallySum>;

/// Adds (or with sign −1 takes away) one evidence row as stored.
void add_to(Tallies& tallies, const store::ResultRow& evidence_row, int sign);
void add_to(Tallies& tallies, const Tallies& more);

}  // namespace zs::ledger
