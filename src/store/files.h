// Files by their digest, beside the database: written to disk before any change names them, never changed.
//
//   <data>/files/ab/abcdef…   the bytes      <data>/files/spool/   what is still coming in
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.h"

namespace zs::store {

struct StoredFile {
  std::string digest;  ///< hex
  std::int64_t size = 0;
};

class Files {
 public:
  /// The folder is made when the first file comes; what is left in the spool by a crash is taken away.
  explicit Files(std::filesystem::path folder);
  /// Where a file may be written that is to be taken in: on the same disk. Errors: io.
  Result<std::filesystem::path> spool() const;
  /// Takes a finished file in, under its digest; on disk when it answers. The same bytes twice are kept once.
  /// Errors: io.
  Result<StoredFile> take(const std::filesystem::path& finished, Algorithm algorithm) const;
  /// Where the bytes of a digest lie; nothing if they are not here, or the text is no digest.
  std::optional<std::filesystem::path> find(std::string_view digest) const;
  /// Takes the bytes of a digest away; nothing happens where there are none. Errors: io.
  Result<> remove(std::string_view digest) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace zs::store
