// The header of a journal entry as text, and read back (docs/journal-format.md, 5). Private to ledger/entry.
//
// Pure, safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/entry.h"

namespace zs::ledger {

struct Header {
  EntryMeta meta;
  rules::EntryFacts facts;          ///< without its facts: they are values
  std::vector<SealedValue> values;  ///< path and digest only
};

/// One line of canonical JSON.
std::string header_text(const EntryMeta& meta, const rules::EntryFacts& facts, const std::vector<SealedValue>& values);
/// Errors: corrupt if the text is not what header_text() writes, byte for byte.
Result<Header> parse_header(std::string_view text);

/// Whether a path may stand in an entry: it needs no escape in JSON.
bool is_path(std::string_view path);
/// Whether JSON is nested no deeper than an entry's: text nested without end would take a parser memory without end.
bool is_shallow(std::string_view text);

void append_hex(std::string& out, std::string_view bytes);

}  // namespace zs::ledger
