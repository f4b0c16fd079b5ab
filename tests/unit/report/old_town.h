// A town with the whole rulebook, a few orgs and people, and nothing yet in its ledgers: for old ledgers to come into.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "ledger/ledger.h"
#include "report/old_ledger.h"
#include "unit/temp_folder.h"

namespace zs::report {

class OldTown {
 public:
  explicit OldTown(const std::string& name, Date today = "2024-03-01"_date);

  /// The file `old.xlsx` of one sheet with these rows (unit/paper/make_xlsx), merged ranges behind it.
  void write_sheet(const std::string& sheet, const std::vector<std::vector<std::string>>& rows,
                   const std::vector<std::string>& merges = {});
  OldLedgerAsk ask(const std::string& kind) const;
  /// "new 2, changed 0, unchanged 0, refused 1, left out 3", then a line for each reason and change.
  std::string enter(OldLedgerAsk ask);
  std::string preview(OldLedgerAsk ask);
  /// "B=received_on(synonym)" for each column.
  std::string columns(OldLedgerAsk ask);

  rules::Record record(std::int64_t id);
  /// field=value, rows/1/column=value, #number=text, @state, in order.
  std::string facts(std::int64_t id);
  std::int64_t entries();
  std::string verified();
  ledger::Ledger& ledger() { return *ledger_; }
  TownId id() const { return id_; }

 private:
  std::string run(OldLedgerAsk ask, bool enter);

  TempFolder folder_;
  std::unique_ptr<ledger::Ledger> ledger_;
  TownId id_;
};

}  // namespace zs::report
