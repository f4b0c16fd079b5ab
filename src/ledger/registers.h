// The registers of a town (orgs, staff, settings, adopted documents) as its entries made them: for verify.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/entry.h"
#include "ledger/town.h"

namespace zs::ledger {

/// Rows in the order of their tables' columns, without the town.
struct Registers {
  std::map<std::string, store::ResultRow> orgs, staff, settings;
};

/// Applies one entry about the town itself; others change nothing.
void apply(Registers& registers, const rules::EntryFacts& facts);

/// The last entry that set each setting: its source, who and when.
struct SettingEntry {
  EntryNumber n;
  std::string source, actor;
  Date day;
};
Result<std::map<std::string, SettingEntry>> settings_entered(store::Session& session, const Town& town);

/// What differs between these registers and what is stored: texts for a reader. Also the digests of adopted documents.
Result<std::vector<Text>> differences(store::Session& session, const Town& town, const Registers& made);

}  // namespace zs::ledger
