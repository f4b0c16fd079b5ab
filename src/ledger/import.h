// Rows of an old ledger become records: which are new, which a newer file changes, which are known, which cannot be
// taken; then entered. Where the rows come from is no matter here.
//
// A row's identity is its number, or a digest of the cells that say which case it is. What became of it is kept beside
// the journal (table import_row), written in the transaction of its entry: an import that was cut off goes on where it
// ended, and the same rows again write nothing.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

/// One row, cleaned and typed.
struct ImportRow {
  int row = 0;  ///< of the sheet
  rules::Fields values;
  std::vector<rules::RowChange> rows;  ///< of details, in order; numbers are 0
  std::map<std::string, std::string> numbers;
  std::string state;
  std::optional<Date> day;            ///< of the entry: when the case ended, or began
  std::vector<std::string> numbered;  ///< its own number, with the series; empty: it has none
  std::vector<std::string> telling;   ///< else the texts that say which case it is
  std::vector<Text> problems;         ///< why it cannot be taken
};

enum class RowGroup { fresh, changed, unchanged, refused };
/// new, changed, unchanged, refused.
std::string_view name_of(RowGroup group);

struct CellChange {
  std::string path;  ///< of a fact; "@state"
  Value before, after;
};

struct RowPlan {
  int row = 0;
  RowGroup group = RowGroup::fresh;
  std::vector<CellChange> changes;
  std::vector<Text> reasons;
  std::optional<RecordId> record;
  int breaches = 0;  ///< gates that the finished case did not pass
};

struct ImportOrder {
  TownId town;
  std::string kind;
  rules::Way way = rules::Way::history;  ///< or summary: rows of the kind for totals
  std::string actor;
  std::string signer;  ///< of corrections; default: the actor
  std::string file;    ///< digest
  std::string name;    ///< of the file, for a reader
  std::string sheet;
};

class Import {
 public:
  /// Errors: bad_input (no such kind; the actor may not record its histories).
  static Result<Import> begin(Ledger& ledger, ImportOrder order);

  /// What would come of these rows; those of earlier calls are remembered. Writes nothing.
  Result<std::vector<RowPlan>> preview(std::span<const ImportRow> rows);
  /// Enters them in one transaction.
  Result<std::vector<RowPlan>> enter(std::span<const ImportRow> rows);

 private:
  /// A row under way: what is asked for it, if anything.
  struct Asked {
    RowPlan plan;
    std::string identity, cells;  ///< bytes
    std::optional<rules::Change> change;
  };
  Import(Ledger& ledger, ImportOrder order) : ledger_(&ledger), order_(std::move(order)) {}
  Result<std::vector<Asked>> plan(std::span<const ImportRow> rows);
  static std::pair<std::vector<rules::Change>, std::vector<std::size_t>> take_changes(std::vector<Asked>& asked);
  Result<> plan_row(store::Session& session, const ImportRow& row, Asked& asked);
  Result<> plan_change(store::Session& session, const ImportRow& row, RecordId id, const std::string& known,
                       Asked& asked);
  rules::Change change_of(const ImportRow& row) const;
  bool identify(const ImportRow& row, Asked& asked);
  void judge(Asked& asked, const Answer& answer) const;

  Ledger* ledger_;
  ImportOrder order_;
  std::shared_ptr<const Town> town_;
  struct Seen {
    int first_row = 0, count = 0;
  };
  std::unordered_map<std::string, Seen> seen_;  ///< identities in this file
};

/// Headers by their key → path, as the last import of the kind had them.
Result<std::map<std::string, std::string>> kept_columns(store::Session& session, TownId town, const std::string& kind);
Result<> keep_columns(Ledger& ledger, TownId town, const std::string& kind,
                      const std::map<std::string, std::string>& columns);

}  // namespace zs::ledger
