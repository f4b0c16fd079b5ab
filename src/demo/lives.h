// The demo: a YAML that says how many of what → whole lives of cases that pass their gates, put into an empty town.
//
// Deterministic: the same file and the same today give the same changes. Knows no institution: kinds, acts and values
// stand in the file (demo/*.yaml).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/date.h"
#include "ledger/ledger.h"

namespace zs::demo {

/// An account of the demo: who it is for, and what to sign in with.
struct DemoAccount {
  std::string account, password, name;
};

struct Loaded {
  TownId town;
  std::vector<DemoAccount> accounts;
  std::int64_t changes = 0;  ///< accepted
  std::int64_t entries = 0;
};

/// Reads the file, makes the town in the (created, empty) ledger, and commits every life in order of its days.
///
/// Errors: bad_input naming file, line and what is wrong, or the life, case, act and reasons of a refusal.
Result<Loaded> load(ledger::Ledger& ledger, const std::string& file_name, const std::string& yaml,
                    const rulebook::Files& rulebook, Date today,
                    const std::function<void(std::int64_t, std::int64_t)>& progress = {});

}  // namespace zs::demo
