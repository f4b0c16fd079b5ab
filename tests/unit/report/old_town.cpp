#include "unit/report/old_town.h"

#include <fmt/format.h>

#include <stdexcept>

#include "ledger/verify.h"
#include "ledger/workspace.h"
#include "paper/columns_match.h"
#include "rules/marks.h"
#include "unit/paper/make_xlsx.h"

namespace zs::report {

OldTown::OldTown(const std::string& name, Date today) : folder_(name) {
  ledger::OpenLedger options;
  options.mode = store::Mode::create;
  options.clock = [today] { return instant_of(Moment{start_of(today).minutes + 540}, UtcOffset{480}); };
  ledger_ = ledger::Ledger::open(folder_.path(), options).value();
  ledger::TownSetup setup;
  setup.name = "某镇";
  setup.character = "某";
  setup.salt_seed = "old";
  id_ = ledger_->init(setup, rulebook::read_files(ZS_SOURCE_DIR "/rulebook").value()).value();
  const auto put = [&](const std::string& type, const std::string& key, std::map<std::string, std::string> values) {
    const auto done = ledger_->enter({id_, type, key, std::move(values), "", {}});
    if (!done) throw std::runtime_error(done.error().text.en);
  };
  put("org", "v-1", {{"name", "东坑村"}, {"type", "village"}});
  put("org", "v-2", {{"name", "西岭村"}, {"type", "village"}});
  put("org", "u-1", {{"name", "信访办公室"}, {"type", "unit"}});
  put("staff", "s-head", {{"name", "曾所长"}, {"posts", "judicial-office-head"}, {"unit", "u-1"}});
  put("staff", "s-clerk", {{"name", "李敏"}, {"posts", "petition-clerk"}, {"unit", "u-1"}});
  put("staff", "s-med", {{"name", "陈调解"}, {"posts", "mediator"}, {"unit", "u-1"}});
  put("staff", "s-med2", {{"name", "林调解"}, {"posts", "mediator"}, {"unit", "u-1"}});
}

void OldTown::write_sheet(const std::string& sheet, const std::vector<std::vector<std::string>>& rows,
                          const std::vector<std::string>& merges) {
  paper::write_zip(folder_.path() / "old.xlsx",
                   paper::workbook({{sheet, paper::sheet_xml(paper::rows_xml(rows), paper::merges_xml(merges))}}));
}

OldLedgerAsk OldTown::ask(const std::string& kind) const {
  OldLedgerAsk ask;
  ask.town = id_;
  ask.file = folder_.path() / "old.xlsx";
  ask.name = "旧台账.xlsx";
  ask.digest = std::string(64, 'a');
  ask.kind = kind;
  ask.actor = "s-head";
  return ask;
}

std::string OldTown::run(OldLedgerAsk ask, bool enter) {
  auto old = OldLedger::open(*ledger_, std::move(ask));
  if (!old) return "error: " + old.error().text.zh;
  std::string lines;
  const auto see = [&](const RowReport& row) {
    for (const Text& reason : row.plan.reasons) lines += fmt::format("\n{} {}", row.plan.row, reason.zh);
    for (const ledger::CellChange& change : row.plan.changes)
      lines += fmt::format("\n{} {}: {} → {}", row.plan.row, (*old)->label_of_fact(change.path),
                           (*old)->text_of(change.path, change.before), (*old)->text_of(change.path, change.after));
  };
  const auto totals = enter ? (*old)->enter(see) : (*old)->preview(see);
  if (!totals) return "error: " + totals.error().text.zh;
  return fmt::format("new {}, changed {}, unchanged {}, refused {}, left out {}", totals->fresh, totals->changed,
                     totals->unchanged, totals->refused, totals->left_out) +
         lines;
}

std::string OldTown::enter(OldLedgerAsk ask) {
  return run(std::move(ask), true);
}
std::string OldTown::preview(OldLedgerAsk ask) {
  return run(std::move(ask), false);
}

std::string OldTown::columns(OldLedgerAsk ask) {
  auto old = OldLedger::open(*ledger_, std::move(ask));
  if (!old) return "error: " + old.error().text.zh;
  std::string all;
  for (const paper::ColumnMatch& column : (*old)->match().columns)
    all += fmt::format("{}{}={}({})", all.empty() ? "" : " ", paper::column_letters(column.column), column.path,
                       paper::name_of(column.how));
  return all;
}

rules::Record OldTown::record(std::int64_t id) {
  const auto* town = ledger_->town(id_).value();
  auto lease = ledger_->database().reader().value();
  auto found = ledger::read_record(*lease, *town, RecordId{id}).value();
  if (!found) throw std::runtime_error("no record");
  return *found;
}

std::string OldTown::facts(std::int64_t id) {
  const rules::Record found = record(id);
  std::string all = "@" + found.state;
  for (const auto& [name, text] : found.numbers) all += fmt::format(" #{}={}", name, text);
  for (const auto& [name, value] : found.fields) all += fmt::format(" {}={}", name, json_of(value));
  for (const auto& [rows, list] : found.rows) {
    if (rows == rules::kMarks) continue;  // what the case did not meet, not what the sheet says
    for (const auto& [number, cells] : list) {
      for (const auto& [column, value] : cells)
        all += fmt::format(" {}/{}/{}={}", rows, number, column, json_of(value));
    }
  }
  return all;
}

std::int64_t OldTown::entries() {
  return ledger_->town(id_).value()->n;
}

std::string OldTown::verified() {
  const auto found = ledger::verify(*ledger_, id_);
  if (!found) return found.error().text.en;
  std::string all;
  for (const ledger::Difference& difference : found->differences) all += difference.what.en + "\n";
  return all;
}

}  // namespace zs::report
