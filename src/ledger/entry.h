// The journal entry: its header, its values and their digests; bytes in and out (docs/journal-format.md).
//
// Pure, safe from any thread: time and salts are given. What is read back may be damaged or forged: it gives an error,
// never a crash.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/ids.h"
#include "base/moment.h"
#include "base/result.h"
#include "rulebook/rulebook.h"
#include "rules/change.h"

namespace zs::ledger {

/// The version of the format: `v` of each header.
inline constexpr int kEntryVersion = 1;
inline constexpr std::size_t kHeaderBytesMax = std::size_t{16} << 20;
inline constexpr std::size_t kBodyBytesMax = std::size_t{64} << 20;
inline constexpr std::size_t kPathBytesMax = 200;

/// Where and when an entry stands in its journal, and the rules in force then.
struct EntryMeta {
  TownId town;
  EntryNumber n;
  Instant at;
  std::string rulebook, calendar;  ///< digests in hex; empty before the first adoption
};

/// One value of an entry, kept beside the header. Erased: no salt and no JSON, the digest stays.
struct SealedValue {
  std::string path;
  std::optional<Salt> salt;
  std::string json;  ///< canonical
  Digest digest{};

  bool erased() const { return !salt.has_value(); }
};

struct Entry {
  std::string header;               ///< one line of canonical JSON, without a line end
  std::vector<SealedValue> values;  ///< in order of path
  Digest leaf{};
};

/// H(0x02 ‖ salt ‖ path ‖ 0x00 ‖ json).
Digest value_digest(Algorithm algorithm, const Salt& salt, std::string_view path, std::string_view json);

/// Makes the entry of accepted facts. Takes one salt a value, in order of path; of two facts on one path the later
/// counts, as in fold. Texts are UTF-8; a path has 1 to kPathBytesMax bytes, no control character, quote or backslash.
Entry seal(Algorithm algorithm, const EntryMeta& meta, const rules::EntryFacts& facts,
           const std::function<Salt()>& next_salt);

/// The stored body: a line for each value, ["path","salt",value] or, erased, ["path",null,"digest"].
std::string encode_values(const std::vector<SealedValue>& values);
/// Reads a body and works out the digests of what is not erased. Errors: corrupt, naming the line.
Result<std::vector<SealedValue>> decode_values(Algorithm algorithm, std::string_view body);
/// The same without the digests of what is not erased: for one who reads an entry that another reading has checked.
Result<std::vector<SealedValue>> decode_values_unchecked(std::string_view body);

/// Replaces salt and value by the digest, for good.
void erase(SealedValue& value);

struct Opened {
  EntryMeta meta;
  rules::EntryFacts facts;          ///< in order of path, without what is erased
  std::vector<std::string> erased;  ///< paths
};

/// Reads an entry back, its values by the types of the rulebook; texts as they stand. Does not ask for the leaf.
/// Errors: corrupt (header or values are not what seal() writes, or do not fit each other), unsupported (the rulebook
/// has no such kind).
Result<Opened> open(const rulebook::Rulebook& book, std::string_view header, const std::vector<SealedValue>& values);

/// Opens an entry whose digests another reading has checked (decode_values_unchecked).
Result<Opened> open_unchecked(const rulebook::Rulebook& book, std::string_view header,
                              const std::vector<SealedValue>& values);

/// Compares values that decode_values() gave with the header, and the header with its leaf.
/// Errors: corrupt, naming the entry and what differs.
Result<> check_decoded(Algorithm algorithm, std::string_view header, const std::vector<SealedValue>& values,
                       const Digest& leaf);
/// The same for values from anywhere: works out their digests too.
Result<> check(Algorithm algorithm, std::string_view header, const std::vector<SealedValue>& values,
               const Digest& leaf);

}  // namespace zs::ledger
