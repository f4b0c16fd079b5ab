// verify: recomputes everything from the journal and compares it, row by row, with what is stored.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

/// One thing that is not as the journal says.
struct Difference {
  Text what;
};

struct Verified {
  std::int64_t entries = 0, records = 0;
  std::string root;                     ///< hex
  std::vector<Difference> differences;  ///< at most kDifferencesMax are listed
  std::int64_t difference_count = 0;
  bool good() const { return difference_count == 0; }
};

inline constexpr std::size_t kDifferencesMax = 100;
using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

/// Checks digests, leaves, tree, order of time, registers and all projections of a town. Reads only.
Result<Verified> verify(Ledger& ledger, TownId town, const Progress& progress = {});

}  // namespace zs::ledger
