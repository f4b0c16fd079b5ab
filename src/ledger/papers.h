// Papers as issued: the text of each is kept under its digest, which stands in the entry that issued it.
//
// A row of `papers` has form, day, number, in_name_of (rules/act) and, where the rulebook holds the form, `digest`: the
// SM3 of its Markdown, hex. The text itself lies with the adopted documents and is never made again; erasing a value of
// its record leaves an empty one.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/town.h"
#include "rules/change.h"

namespace zs::ledger {

/// What the table of documents calls a paper whose text was erased.
inline constexpr std::string_view kErasedPaper = "erased paper";

/// What a linked record is called on a paper: its number and title.
using NameLink = std::function<std::string(const Link&)>;
/// The Markdown of a paper that an entry issues, by the record as that act leaves it; nothing where no form is known.
using PrintPaper = std::function<Result<std::optional<std::string>>(const Town&, const rules::Record&, RowNumber paper,
                                                                    const NameLink&)>;

/// Names linked records as they stand; the session must outlive it.
NameLink link_namer(store::Session& session, const Town& town);
/// The rows of papers that a record has; none of one that does not exist yet.
Result<std::set<RowNumber>> read_papers(store::Session& session, const Town& town, RecordId record);

/// A paper that an entry issues and that is still to be printed: all that printing needs, so that it may be done on any
/// thread.
struct PaperToPrint {
  RowNumber row = 0;
  const rules::Record* record = nullptr;  ///< as the act left it; must not change until it is printed
  std::shared_ptr<const std::map<Link, std::string>> names;  ///< of the linked records that the form may name
};
/// The papers that an entry issues. Reads the names of linked records.
Result<std::vector<PaperToPrint>> papers_to_print(store::Session& session, const Town& town,
                                                  const rules::EntryFacts& entry, const rules::Record& after);
struct PrintedPaper {
  RowNumber row = 0;
  std::string digest, text;
};
/// Prints papers; their digests join the facts of the entry that issues them. Pure.
Result<std::vector<PrintedPaper>> print_papers(const PrintPaper& print, const Town& town,
                                               const std::vector<PaperToPrint>& papers, rules::EntryFacts& entry);
/// Writes what was printed, and names it in the record.
void keep_printed(const std::vector<PrintedPaper>& papers, rules::Record& record, store::WriteBatch& rows);
/// Statements that leave nothing of the papers of a record but their digests.
void erase_papers(const rules::Record& record, store::WriteBatch& rows);

struct IssuedPaper {
  std::string form, number, day, in_name_of;
  std::string digest;  ///< empty: it was issued without a text
  std::optional<std::string> markdown;
  bool erased = false;
};
/// Errors: not_found (no such row), corrupt (the text is gone or changed).
Result<IssuedPaper> issued_paper(store::Session& session, const rules::Record& record, RowNumber paper);

/// What is to be said on a paper that was taken back: "已经撤回", "已经撤回，以…为准"; empty where it stands.
std::string paper_standing(const rules::Record& record, RowNumber paper);

/// What stands on a paper, to ask whether it is genuine: "7Q2K-0G1M-X4T8-9RVB". It names record and row, and a mark of
/// the text keyed by the town's secret, so that none can be made up, and none passes for a later paper in its row.
std::string check_code(const Town& town, RecordId record, RowNumber paper, std::string_view digest);
enum class PaperState { unknown, genuine, withdrawn, replaced, erased };
struct PaperVerdict {
  PaperState state = PaperState::unknown;
  std::string number;  ///< of replaced: the number of the paper that stands in its place, if it has one
  std::string day;     ///< of replaced: when that was issued
};
/// A paper of a voided record is withdrawn. Errors: corrupt, as issued_paper.
Result<PaperVerdict> check_paper(store::Session& session, const Town& town, std::string_view code);

}  // namespace zs::ledger
