// The journal line by line, for an independent reader (docs/journal-format.md, tests/journal_reader.py).
#pragma once

#include <functional>
#include <string>

#include "ledger/ledger.h"

namespace zs::ledger {

/// One JSON line an entry: n, header, body, leaf (hex); a last line with algorithm, size and root (hex).
Result<> dump(Ledger& ledger, const Town& town, const std::function<void(const std::string&)>& write);

}  // namespace zs::ledger
