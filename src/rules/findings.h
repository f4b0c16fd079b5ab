// What one look at a record finds amiss: gates that were not met, deadlines missed, papers not there. The first pass of
// a review of its case file (案卷评查): a person decides what each is worth.
//
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/view.h"

namespace zs::rules {

struct Finding {
  enum class Sort {
    breach,   ///< a gate that an act did not meet
    warned,   ///< a gate that was passed with reason and signer
    late,     ///< a period of the office, met too late
    overdue,  ///< a period of the office that has passed unmet
    missing,  ///< what the case file lacks
    unasked   ///< the case came in finished: its acts were held to no gate
  };
  Sort sort = Sort::breach;
  std::string what;  ///< in the words of the field
  std::string law;   ///< the citation; empty for what no rule asks for
  std::optional<Date> day;
};
std::string_view name_of(Finding::Sort sort);

/// Where the papers of a case lie.
enum class PapersLie { here, elsewhere };
/// In the order of the list above; deadlines as of `today`. Papers that lie elsewhere (a case of an outside system, or
/// of an old ledger) are not looked for.
std::vector<Finding> findings_of(View& view, Date today, PapersLie papers);

/// One place of the case file that a record should fill by now, and whether it does.
struct DossierPlace {
  const rulebook::DossierItem* item = nullptr;
  bool there = false;
};
/// Papers that were withdrawn do not count.
std::vector<DossierPlace> dossier_places(View& view);
/// Whether a paper of this form was issued and stands.
bool has_paper(const Record& record, std::string_view form);

}  // namespace zs::rules
