// Rows of records as lists read them from the database. Private to src/ledger.
#pragma once

#include "ledger/listing.h"

namespace zs::ledger {

/// The columns of a row, the same in every list; `r` is the record.
inline constexpr std::string_view kListColumns =
    "r.id,r.kind,r.number,r.title,r.state,r.unit,r.village,r.handler,r.closed_state,r.version,r.opened,r.closed,r.due";
inline constexpr std::size_t kDueColumn = 12, kListColumnsCount = 13;

/// A serial day, or nothing.
std::optional<Date> day_of(const store::Cell& cell);
/// The record of a row that begins with these columns.
ListRow row_of(const store::ResultRow& row);
/// How a stored deadline reads on a day, in the unit of its rule.
rules::Badge badge_of_row(const Town& town, const std::string& rule_id, std::optional<Date> start, Date due,
                          bool estimated, Date today);
/// Adds the nearest running deadline of the office.
Result<> add_next(store::Session& session, const Town& town, ListRow& row, Date today);
/// Whistle-blowers: of a kind that hides, each record is looked at.
Result<bool> visible(store::Session& session, const Town& town, const rules::Person& person, const ListRow& row);

}  // namespace zs::ledger
