// Self-checks (自查表) read: lines from the records of a year, as rules/self_check makes them, with totals.
//
// Nothing is stored: each record is read and asked, one after the other, and forgotten.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "rules/self_check.h"

namespace zs::ledger {

/// A sheet ends after so many lines, and says so.
inline constexpr std::size_t kCheckLinesMax = 5000;

struct CheckedLine {
  rules::CheckLine line;
  const rulebook::CheckSource* source = nullptr;
  RecordId record;
  std::string kind, number, title;
  std::vector<std::string> texts;  ///< one a column, as a reader sees it; guarded ones in full
};

struct CheckTotals {
  std::int64_t lines = 0, differs = 0, unproven = 0, fits = 0;
  std::map<std::string, std::int64_t> sums;  ///< by column; money in fen
};

struct CheckSheet {
  const rulebook::SelfCheck* check = nullptr;
  int year = 0;
  Date as_of;
  std::vector<CheckedLine> lines;  ///< those that differ first, then what is unproven; within each by group and day
  CheckTotals totals;
  std::vector<std::pair<std::string, CheckTotals>> groups;  ///< by the text of the column that groups
  std::int64_t hidden = 0;  ///< lines of records that the reader may not see; they count in the totals
  bool cut = false;         ///< there are more lines than a sheet holds
};

/// The sheet of a year, as of today. With a reader, lines of records beyond their scope are counted and not shown.
/// Errors: not_found with "did you mean".
Result<CheckSheet> run_check(store::Session& session, const Town& town, std::string_view check, int year, Date today,
                             const rules::Person* reader = nullptr);

/// One line of what stands behind a verdict of gates: "立案 2023-03-01 核过11项", "立案：委托书没有这一事项（《…》）".
std::string text_of(const Town& town, const rulebook::Kind& kind, const rules::GateSeen& seen);
/// How a verdict reads.
std::string_view chinese_of(rules::Verdict verdict);

}  // namespace zs::ledger
