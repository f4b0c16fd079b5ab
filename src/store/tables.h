// The fixed tables of a database file; what each kind keeps beside them is in store/columns.
//
// The town stands first in every key. The journal and the head of a town are the truth; all other tables of a town can
// be made again from its journal (ledger/rebuild).
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace zs::store {

/// Makes the fixed tables where they are missing. Errors: as Session.
Result<> create_tables(Session& session);

/// Brings the tables of an older version to this one, in one transaction; false if that version is not known. What
/// stands in new columns must then be made by a rebuild. Errors: as Session.
Result<bool> upgrade_tables(Session& session, std::int64_t version);

/// Statements that take the indexes of the projections away, and such as make those that are missing: for one who fills
/// the tables anew.
void drop_projection_indexes(WriteBatch& batch);
void make_projection_indexes(WriteBatch& batch);

/// The tables that are projections of the journal, without the kinds' own.
const std::vector<std::string_view>& projection_tables();

}  // namespace zs::store
