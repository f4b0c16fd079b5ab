// An old ledger comes in: a file's sheets looked at, one sheet matched to a ledger, shown as it would be, entered.
//
// Sheets are read row by row and judged in chunks, so the memory of a large file is that of a chunk.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/import.h"
#include "paper/clean_row.h"

namespace zs::report {

/// Which sheet is to come in as what.
struct OldLedgerAsk {
  TownId town;
  std::filesystem::path file;
  std::string digest, name;  ///< of the file
  std::string sheet;         ///< empty: the only one that is not hidden
  std::string kind;
  bool summary = false;  ///< totals without cases
  std::optional<int> header_row, year;
  std::optional<std::map<std::string, std::string>> columns;  ///< letter → path, over what is matched; "": leave out
  paper::Constants constants;
  std::string state;  ///< of rows that no column tells
  std::string actor, signer;
};

struct Totals {
  std::int64_t fresh = 0, changed = 0, unchanged = 0, refused = 0;
  std::int64_t left_out = 0;  ///< totals, footers, repeated headers, rows without a mapped value
  std::int64_t with_breaches = 0;
};

/// What became of one row.
struct RowReport {
  const paper::CleanRow& row;
  const ledger::RowPlan& plan;
};
using SeeRow = std::function<void(const RowReport&)>;
/// So many of so many rows are done. False stops: whole chunks are entered, and the same again does the rest.
using SeeProgress = std::function<bool(std::int64_t, std::int64_t)>;

class OldLedger {
 public:
  /// Errors: those of the file; bad_input (no such sheet, kind, column or constant; no header; the actor may not).
  static Result<std::unique_ptr<OldLedger>> open(ledger::Ledger& ledger, OldLedgerAsk ask);
  ~OldLedger();

  const paper::SheetMatch& match() const { return match_; }
  /// The places that a column can be given, for who maps by hand.
  const std::vector<rulebook::Slot>& slots() const { return matcher_->slots(); }
  const rulebook::Kind& kind() const { return *kind_; }
  std::optional<int> year() const { return year_; }
  const std::string& sheet() const;
  /// The label of a path of the columns.
  std::string label_of(const std::string& path) const;
  /// The digest of file, sheet and mapping: what an import is known by.
  std::string mapping() const;
  /// How a changed value reads.
  std::string text_of(const std::string& fact_path, const Value& value) const;
  std::string label_of_fact(const std::string& fact_path) const;
  /// Who may see it; of the state and what has no field everybody.
  rulebook::Guard guard_of_fact(const std::string& fact_path) const;

  /// Judges all rows and writes nothing.
  Result<Totals> preview(const SeeRow& see, const SeeProgress& progress = {});
  /// Enters all rows that can be, in chunks; keeps the mapping.
  Result<Totals> enter(const SeeRow& see, const SeeProgress& progress = {});

 private:
  enum class Mode { preview, enter };
  struct Chunk;
  explicit OldLedger(ledger::Ledger& ledger, OldLedgerAsk ask) : ledger_(ledger), ask_(std::move(ask)) {}
  Result<> open_sheet();
  Result<> match_columns();
  bool gather(const paper::SheetRow& row, Chunk& chunk) const;
  Result<ledger::Import> begin_import();
  Result<Totals> run(Mode mode, const SeeRow& see, const SeeProgress& progress);
  void check_days(const paper::CleanRow& row, ledger::ImportRow& made) const;
  void take_state(const paper::CleanRow& row, ledger::ImportRow& made) const;
  ledger::ImportRow case_of(const paper::CleanRow& row) const;
  const std::string& kind_key() const;

  ledger::Ledger& ledger_;
  OldLedgerAsk ask_;
  std::shared_ptr<const ledger::Town> town_;
  const rulebook::Kind* kind_ = nullptr;  ///< of the records that are made
  paper::Directory directory_;
  std::unique_ptr<paper::SheetFile> file_;
  std::size_t sheet_ = 0;
  std::vector<rulebook::Field> figure_fields_;  ///< of totals: a column a figure
  std::unique_ptr<paper::Matcher> matcher_;
  paper::SheetMatch match_;
  std::unique_ptr<paper::RowCleaner> cleaner_;
  std::optional<int> year_;
  Date today_;
};

}  // namespace zs::report
