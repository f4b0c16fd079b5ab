// A self-check over one record → its lines: the columns filled, and whether the line differs.
//
// Pure: the record, its neighbours and its entries come in.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "rules/change.h"
#include "rules/view.h"

namespace zs::rules {

/// An entry of the record, and the kind as the rulebook of that day declared it: what its acts were asked.
struct PastAct {
  EntryFacts facts;
  const rulebook::Kind* kind = nullptr;  ///< null: that rulebook cannot be read any more, or knew no such kind
};

/// What one act says of the gates asked about: how many it was held to, or one that it did not meet.
struct GateSeen {
  rulebook::Held held = rulebook::Held::passed;
  std::string gate;  ///< empty: all that the act was held to, so many as `gates`
  std::vector<std::string> rules;
  std::string action;  ///< empty: a correction, or a case of an old ledger
  Date day;
  std::string who;  ///< who decided, or who signed for the warning; a staff key
  int gates = 0;
};

struct CheckValue {
  Value value;
  std::vector<GateSeen> seen;  ///< of a gates column
};

enum class Verdict { differs, unproven, fits };
std::string_view name_of(Verdict verdict);

struct CheckLine {
  RowNumber row = 0;
  Date day;
  std::vector<CheckValue> cells;  ///< one a column
  Verdict verdict = Verdict::fits;
  std::vector<std::string> why;  ///< what makes it differ
};

/// The lines of one record that belong to the year; what the day decides, as of `today`.
std::vector<CheckLine> check_lines(View& view, const rulebook::SelfCheck& check, const rulebook::CheckSource& source,
                                   std::span<const PastAct> acts, int year, Date today);

}  // namespace zs::rules
