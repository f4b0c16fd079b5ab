// record + entry → record. Applies facts and judges nothing.
#pragma once

#include <span>

#include "rules/change.h"

namespace zs::rules {

/// Applies an entry's facts to a record.
void fold(Record& record, const EntryFacts& entry);

/// Applies some facts alone: no state, no number, no mark.
void fold_facts(Record& record, std::span<const Fact> facts);

/// The record as its first entries made it.
Record fold_all(TownId town, const std::vector<EntryFacts>& entries, std::size_t count);

/// A fact's path taken apart: {"services", 3, "proof_on"}, or a field with row 0.
struct FactPath {
  std::string field;
  RowNumber row = 0;
  std::string column;
};
FactPath parse_fact_path(std::string_view path);
std::string cell_path(std::string_view rows, RowNumber row, std::string_view column);

/// The value that a path has on a record; absent if none.
Value value_at(const Record& record, std::string_view path);

}  // namespace zs::rules
