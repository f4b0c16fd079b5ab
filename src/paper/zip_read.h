// The parts of a zipped file, read as a stream and with bounds: what a hostile file may cost is said here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zs::paper {

inline constexpr int kZipEntriesMax = 2'000;
inline constexpr std::int64_t kZipBytesMax = 768LL << 20;  ///< of all parts, uncompressed
inline constexpr std::int64_t kZipRatioMax = 250;          ///< uncompressed to compressed, of a part above the next
inline constexpr std::int64_t kZipRatioFrom = 8LL << 20;

/// An open archive. One pass at a time.
class ZipFile {
 public:
  /// Errors: bad_input (damaged, not a zip, protected, too many or too large parts, a part named to lie elsewhere), io.
  static Result<std::unique_ptr<ZipFile>> open(const std::filesystem::path& file);
  ~ZipFile();
  ZipFile(const ZipFile&) = delete;
  ZipFile& operator=(const ZipFile&) = delete;

  bool has(const std::string& part) const;
  std::vector<std::string> names() const;
  /// The whole part, if it is no larger than that. Errors: bad_input.
  Result<std::string> read(const std::string& part, std::size_t bytes_max) const;
  /// The part in pieces of 64 KiB; false from `take` ends it.
  Result<> stream(const std::string& part, const std::function<Result<bool>(std::string_view)>& take) const;

 private:
  struct Archive;
  explicit ZipFile(std::unique_ptr<Archive> archive);
  std::unique_ptr<Archive> archive_;
};

}  // namespace zs::paper
