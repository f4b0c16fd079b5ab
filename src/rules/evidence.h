// record → contributions: what one record adds to each base figure, on which day (design §4.8).
#pragma once

#include <string>
#include <vector>

#include "rules/view.h"

namespace zs::rules {

struct Contribution {
  std::string figure;
  RowNumber row = 0;
  int edge = 0;               ///< 0: a flow; +1 and −1: the two ends of a stock
  Date day;
  std::string unit, village;
  std::int64_t value = 0;     ///< in the figure's unit: pieces, people, fen
  bool summary = false;       ///< a number without a ledger (汇总件)
  auto operator<=>(const Contribution&) const = default;
};

/// In order of figure, row, edge. A record without the date it counts on contributes nothing and is listed elsewhere.
std::vector<Contribution> evidence_of(View& view);

/// The figures on which this record would count, but for a date or a condition that is absent or unknown.
std::vector<std::string> uncounted_of(View& view);

}  // namespace zs::rules
