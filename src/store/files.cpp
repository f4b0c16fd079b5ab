#include "store/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace zs::store {
namespace {

Error failed(const fs::path& path, const std::error_code& error) {
  return io_error(
      fmt::format("{}：存不下来（{}）；请检查磁盘空间和权限", path.string(), error.message()),
      fmt::format("{}: cannot be written ({}); check space and permissions", path.string(), error.message()));
}

// What was written, or a name in a folder, is on disk when this answers.
Result<> flush(const fs::path& path) {
  const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool good = handle >= 0 && ::fsync(handle) == 0;
  const std::error_code error(errno, std::generic_category());
  if (handle >= 0) ::close(handle);
  if (!good) return failed(path, error);
  return {};
}

}  // namespace

Files::Files(fs::path folder) : folder_(std::move(folder)) {
  std::error_code ignored;
  fs::remove_all(folder_ / "spool", ignored);
}

Result<fs::path> Files::spool() const {
  const fs::path made = folder_ / "spool";
  std::error_code error;
  fs::create_directories(made, error);
  if (error) return failed(made, error);
  return made;
}

Result<StoredFile> Files::take(const fs::path& finished, Algorithm algorithm) const {
  ZS_TRY(const Digest digest, digest_of_file(algorithm, finished));
  StoredFile stored{hex(bytes(digest)), 0};
  const fs::path shelf = folder_ / stored.digest.substr(0, 2);
  std::error_code error;
  fs::create_directories(shelf, error);
  if (error) return failed(shelf, error);
  stored.size = static_cast<std::int64_t>(fs::file_size(finished, error));
  if (error) return failed(finished, error);
  ZS_CHECK(flush(finished));
  fs::rename(finished, shelf / stored.digest, error);
  if (error) return failed(shelf, error);
  ZS_CHECK(flush(shelf));
  ZS_CHECK(flush(folder_));
  return stored;
}

std::optional<fs::path> Files::find(std::string_view digest) const {
  if (digest.size() != 2 * sizeof(Digest) || !parse_hex(digest)) return std::nullopt;
  fs::path path = folder_ / digest.substr(0, 2) / digest;
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  return path;
}

Result<> Files::remove(std::string_view digest) const {
  const auto path = find(digest);
  if (!path) return {};
  std::error_code error;
  fs::remove(*path, error);
  if (error) return failed(*path, error);
  return flush(path->parent_path());
}

}  // namespace zs::store
