// What is known of a town's files: name, type, size. Beside the journal; the records name files by digest.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "store/files.h"

namespace zs::ledger {

struct Attachment {
  std::string digest, name, type;
  std::int64_t size = 0;
};

/// The largest file that is taken, in bytes.
inline constexpr std::int64_t kFileMax = std::int64_t{64} * 1024 * 1024;

/// The files of a ledger: in `files` beside its database. Safe from any thread.
class Attachments {
 public:
  Attachments(Ledger& ledger, const std::filesystem::path& data) : ledger_(ledger), files_(data / "files") {}
  /// Where a file may be written that is to be taken in.
  Result<std::filesystem::path> spool() const { return files_.spool(); }
  /// Takes in a finished file under its digest; the first name of the same bytes stays. Errors: unsupported (programs,
  /// scripts, web pages, what cannot be told), io.
  Result<Attachment> take(TownId town, const std::filesystem::path& finished, const std::string& name,
                          const std::string& account) const;
  /// Where the bytes lie; nothing if they are not here.
  std::optional<std::filesystem::path> find(std::string_view digest) const { return files_.find(digest); }
  /// The bytes go: for values that are erased. Errors: io.
  Result<> remove(std::string_view digest) const { return files_.remove(digest); }

 private:
  Ledger& ledger_;
  store::Files files_;
};

Result<std::optional<Attachment>> find_file(store::Session& session, TownId town, const std::string& digest);
/// The digests that the record's fields and rows hold, with the field of each.
std::vector<std::pair<const rulebook::Field*, std::string>> files_of(const rulebook::Kind& kind,
                                                                     const rules::Record& record);
/// The digests that a change names and the town does not have.
Result<std::vector<std::string>> unknown_files(store::Session& session, const Town& town, const rules::Change& change);

}  // namespace zs::ledger
