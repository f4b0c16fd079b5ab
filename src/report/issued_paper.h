// What an action issues, printed: the form of the rulebook filled with the record as the act leaves it.
//
// The values are in full: a paper goes to the person whom it concerns. Who may open it is asked where it is opened.
#pragma once

#include <optional>
#include <string>

#include "ledger/papers.h"

namespace zs::report {

/// The Markdown of a paper; nothing if the rulebook has no such form. Errors: bad_input for faults of the form.
Result<std::optional<std::string>> paper_markdown(const ledger::Town& town, const rules::Record& record,
                                                  RowNumber paper, const ledger::NameLink& name);
/// The paper as a page ready for print (GB/T 9704), with its check code at the foot.
/// `taken_back` says across its head that it no longer stands.
std::string paper_page(const std::string& title, const std::string& markdown, const std::string& check_code,
                       const std::string& taken_back);
/// What an act would issue, before it is done: marked as a draft, without a code.
std::string draft_page(const std::string& title, const std::string& markdown);

}  // namespace zs::report
