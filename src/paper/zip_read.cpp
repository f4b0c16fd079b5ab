#include "paper/zip_read.h"

#include <fmt/format.h>
#include <zip.h>

#include <array>

namespace zs::paper {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;

struct Discard {
  void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};
struct CloseEntry {
  void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};
using Entry = std::unique_ptr<zip_file_t, CloseEntry>;

Error damaged(std::string_view where) {
  return bad_input(fmt::format("文件损坏或者没有传完（{}）；用 WPS 或者 Excel 打开后另存为 .xlsx 再试", where),
                   fmt::format("the file is damaged or incomplete ({}): open it and save it as .xlsx again", where));
}

Error too_large() {
  return bad_input(fmt::format("文件解压以后太大（超过 {} MB，或者压缩得不合常理），不读；只留需要的工作表，另存后再试",
                               kZipBytesMax >> 20),
                   fmt::format("unpacked the file is too large (over {} MB, or packed beyond reason): it is not read; "
                               "keep only the sheet that is needed",
                               kZipBytesMax >> 20));
}

// A part that would lie outside the file's own folder. Nothing is unpacked to disk; no honest program writes such
// names.
bool lies_elsewhere(std::string_view name) {
  return name.starts_with('/') || name.find("..") != std::string_view::npos ||
         name.find('\\') != std::string_view::npos;
}

Result<> check_entry(const zip_stat_t& stat, std::int64_t& total) {
  const std::string_view name = (stat.valid & ZIP_STAT_NAME) != 0 ? stat.name : "";
  if (name.empty() || lies_elsewhere(name))
    return bad_input(fmt::format("文件里有名字不正常的部分“{}”，不读", name),
                     fmt::format("the file has a part named \"{}\": it is not read", name));
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    return bad_input("文件加了密码；在原程序里取消密码，另存为 .xlsx 再试",
                     "the file is protected by a password: take it off and save it as .xlsx");
  const auto size = static_cast<std::int64_t>(stat.size);
  const auto packed = static_cast<std::int64_t>(stat.comp_size);
  if (size < 0 || size > kZipBytesMax ||
      (size > kZipRatioFrom && size / std::max<std::int64_t>(packed, 1) > kZipRatioMax))
    return too_large();
  total += size;
  if (total > kZipBytesMax) return too_large();
  return {};
}

}  // namespace

struct ZipFile::Archive {
  std::unique_ptr<zip_t, Discard> zip;
};

ZipFile::ZipFile(std::unique_ptr<Archive> archive) : archive_(std::move(archive)) {}
ZipFile::~ZipFile() = default;

Result<std::unique_ptr<ZipFile>> ZipFile::open(const std::filesystem::path& file) {
  int code = 0;
  auto archive = std::make_unique<Archive>();
  archive->zip.reset(zip_open(file.c_str(), ZIP_RDONLY, &code));
  if (!archive->zip) return damaged("zip");
  const zip_int64_t entries = zip_get_num_entries(archive->zip.get(), 0);
  if (entries > kZipEntriesMax)
    return bad_input(fmt::format("文件里有 {} 个部分，超过 {} 个，不读", entries, kZipEntriesMax),
                     fmt::format("the file has {} parts, more than {}: it is not read", entries, kZipEntriesMax));
  std::int64_t total = 0;
  for (zip_int64_t i = 0; i < entries; ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(archive->zip.get(), static_cast<zip_uint64_t>(i), 0, &stat) != 0) return damaged("zip");
    ZS_CHECK(check_entry(stat, total));
  }
  return std::unique_ptr<ZipFile>(new ZipFile(std::move(archive)));
}

bool ZipFile::has(const std::string& part) const {
  return zip_name_locate(archive_->zip.get(), part.c_str(), 0) >= 0;
}

std::vector<std::string> ZipFile::names() const {
  std::vector<std::string> names;
  const zip_int64_t entries = zip_get_num_entries(archive_->zip.get(), 0);
  for (zip_int64_t i = 0; i < entries; ++i) {
    const char* name = zip_get_name(archive_->zip.get(), static_cast<zip_uint64_t>(i), 0);
    if (name != nullptr) names.emplace_back(name);
  }
  return names;
}

// What the directory says of a part's size may be a lie: what comes out is counted too.
Result<> ZipFile::stream(const std::string& part, const std::function<Result<bool>(std::string_view)>& take) const {
  const Entry entry(zip_fopen(archive_->zip.get(), part.c_str(), 0));
  if (!entry) return damaged(part);
  std::array<char, kPieceBytes> piece;
  std::int64_t total = 0;
  while (true) {
    const zip_int64_t count = zip_fread(entry.get(), piece.data(), piece.size());
    if (count < 0) return damaged(part);
    if (count == 0) return {};
    total += count;
    if (total > kZipBytesMax) return too_large();
    ZS_TRY(const bool more, take({piece.data(), static_cast<std::size_t>(count)}));
    if (!more) return {};
  }
}

Result<std::string> ZipFile::read(const std::string& part, std::size_t bytes_max) const {
  std::string text;
  ZS_CHECK(stream(part, [&](std::string_view piece) -> Result<bool> {
    if (text.size() + piece.size() > bytes_max) return too_large();
    text.append(piece);
    return true;
  }));
  return text;
}

}  // namespace zs::paper
