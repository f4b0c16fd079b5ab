// What the yearly report lists record by record (report/lists.yaml): the lines of a year as its words may name them.
#pragma once

#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "paper/template.h"

namespace zs::report {

/// One line that a chapter may take alone: {{showcases_12}}.
struct Pick {
  std::string name;   ///< as it is written between the braces
  std::string label;  ///< the list's, and the record's number
  std::string words;
};

/// Puts each list of the rulebook and the flag any_LIST into `data`: the first column opens the record, and so do the
/// words of a pick. At most kListedMax lines a list, by day. Errors: those of the figures.
Result<std::vector<Pick>> put_lists(store::Session& session, const ledger::Town& town, int year, Date today,
                                    paper::Data& data);
inline constexpr std::size_t kListedMax = 300;

}  // namespace zs::report
