// What the words of the yearly report may name: figures, lists, flags of a year.
#pragma once

#include <string>
#include <vector>

#include "ledger/figures.h"
#include "paper/template.h"
#include "report/listed.h"
#include "report/marks.h"

namespace zs::report {

struct YearData {
  int year = 0;
  std::vector<ledger::FigureValue> figures;
  std::vector<std::string> faults;  ///< what the ledger knows went wrong, one sentence each
  std::vector<Pick> picks;          ///< lines of lists that a chapter may take alone
  paper::Data data;
};
/// Errors: those of the figures.
Result<YearData> data_of_year(store::Session& session, const ledger::Town& town, int year, Date today);

}  // namespace zs::report
