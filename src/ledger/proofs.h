// What stands around a record: the records it is linked with, and the proof that an entry stands in the journal.
#pragma once

#include <string>
#include <vector>

#include "ledger/listing.h"
#include "ledger/merkle.h"

namespace zs::ledger {

/// A record that this one names, or that names it (`back`), by which field of which kind.
struct Near {
  ListRow row;
  std::string from_kind, field;
  bool back = false;
  rules::Record record;  ///< by which it is decided who may read it
};
/// At most kListMax, for everybody: the caller asks may_read for each.
Result<std::vector<Near>> links_of(store::Session& session, const Town& town, const rules::Record& record);

struct EntryProof {
  Digest leaf{}, root{};
  std::int64_t size = 0;  ///< entries of the journal under this root
  Proof path;
  bool holds = false;  ///< the path leads from the leaf to the root
};
/// Errors: not_found if the entry is not one of that record.
Result<EntryProof> prove_entry(store::Session& session, const Town& town, RecordId record, EntryNumber n);

}  // namespace zs::ledger
