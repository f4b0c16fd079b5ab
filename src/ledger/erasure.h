// Erasure of personal values: what of a record can be erased, with its files; and the certificate of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/attachments.h"

namespace zs::ledger {

/// What lies at one path of a record's entries, now or before.
struct Erasable {
  std::string path;
  const rulebook::Field* field = nullptr;  ///< the field, or the column; null: the rulebook knows none any more
  const rulebook::Field* table = nullptr;  ///< of a column: the field of its rows
  RowNumber row = 0;
  std::int64_t times = 0;  ///< in so many entries: corrected values lie in the journal too
};
/// In the order of paths; guarded values first.
Result<std::vector<Erasable>> erasable(store::Session& session, const Town& town, const rules::Record& record);

/// The field or column at a path; `field` is null where the rulebook knows none.
Erasable described(const rulebook::Kind& kind, const std::string& path);

struct Erased {
  EntryNumber n;
  std::int64_t files = 0;  ///< whose bytes are gone; a file that another record holds too stays there
};
/// Erases, and takes the bytes of files away that nothing names any more. Errors: as Ledger::erase.
Result<Erased> erase(Ledger& ledger, const Attachments& attachments, TownId town, const Erasure& erasure);

/// What an erase entry says.
struct Certificate {
  EntryNumber n;
  Moment at;
  RecordId record;
  std::string actor, signer, reason;
  std::vector<std::string> paths;
  std::int64_t values = 0;
};
/// Nothing if the entry is no erasure of that record.
Result<std::optional<Certificate>> certificate_of(store::Session& session, const Town& town, RecordId record,
                                                  EntryNumber n);

}  // namespace zs::ledger
