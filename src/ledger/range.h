// All projections of a range of records, made from the journal: what rebuild writes and verify compares.
// Private to src/ledger.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/batch.h"

namespace zs::ledger {

/// Rows by table, without the town, in the order of their columns; each list sorted.
struct RangeRows {
  std::vector<store::ResultRow> records, numbers, links, deadlines, evidence, marks, persons, subjects;
  std::map<std::string, std::vector<store::ResultRow>> kinds;  ///< by kind; without the town
  std::int64_t entries = 0;
  rules::Serials serials;  ///< the highest given in each series of the town
};

/// Brings the rows of each table into the order in which two ranges are compared.
void sort_rows(RangeRows& range);
/// Folds and projects the records from..until (both included) from their entries; rows in the order of records.
/// Errors: corrupt, naming the entry that cannot be read or whose version does not follow.
Result<RangeRows> project_range(store::Session& session, const Town& town, std::int64_t from, std::int64_t until);
/// The same rows as they are stored, sorted.
Result<RangeRows> stored_range(store::Session& session, const Town& town, std::int64_t from, std::int64_t until);
/// Statements that write these rows into empty tables.
void write_range(TownId town, const Town& rules, RangeRows&& range, store::WriteBatch& rows);

/// How many records are taken at once.
inline constexpr std::int64_t kRangeRecords = 400;

}  // namespace zs::ledger
