// The audit log of a town: sign-ins, refused attempts, reveals. Each line's digest covers the one before, so that none
// can be taken out unseen.
#pragma once

#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

struct AuditLine {
  std::int64_t n = 0;
  Instant at;
  std::string account, what, where, outcome, detail;
};

/// Appends one line; on disk when it answers.
Result<> audit(Ledger& ledger, TownId town, AuditLine line);
/// The newest first; `before` 0: from the newest on.
Result<std::vector<AuditLine>> audit_lines(Ledger& ledger, TownId town, std::int64_t before, int limit);
/// The number of the first line whose digest does not follow from it and the line before; nothing if all do.
Result<std::optional<std::int64_t>> audit_break(Ledger& ledger, TownId town);

}  // namespace zs::ledger
