// record → contributions: what one record adds to each base figure, on which day (design §4.8).
#pragma once

#include <string>
#include <vector>

#include "rules/view.h"

namespace zs::rules {

struct Contribution {
  std::string figure;
  RowNumber row = 0;
  int edge = 0;  ///< 0: a flow; +1 and −1: the two ends of a stock
  Date day;
  std::string unit, village;
  std::int64_t value = 0;  ///< in the figure's unit: pieces, people, fen
  bool summary = false;    ///< a number without a ledger (汇总件)
  auto operator<=>(const Contribution&) const = default;
};

struct Evidence {
  std::vector<Contribution> counted;   ///< in order of figure, row, edge
  std::vector<std::string> uncounted;  ///< figures on which it would count, but for an absent date or an unknown value
};
Evidence evidence_of(View& view);

}  // namespace zs::rules
