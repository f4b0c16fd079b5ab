#include "paper/sheet_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "paper/csv_read.h"
#include "paper/xlsx_read.h"

namespace zs::paper {
namespace {

constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::string_view kZip = "PK";
constexpr std::size_t kSniffBytes = 4096;

// How a text stands in the directory of an OLE file: UTF-16.
std::string wide(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c;
    out += '\0';
  }
  return out;
}

Error old_or_protected(const std::string& bytes) {
  if (bytes.find(wide("EncryptedPackage")) != std::string::npos)
    return bad_input("文件加了密码，读不了；在 WPS 或者 Excel 里取消密码，另存为 .xlsx 再导入",
                     "the file is protected by a password: take it off and save it as .xlsx");
  return bad_input("这是旧格式 .xls（或者别的旧文件），不读；用 WPS 或者 Excel 打开，“另存为” .xlsx 再导入",
                   "this is the old format .xls: open it and save it as .xlsx");
}

// What people rename to .xlsx or .xls.
Result<> refuse_known(std::string_view head) {
  if (head.starts_with("%PDF")) return bad_input("这是 PDF，不是表格；找到原来的表格文件", "this is a PDF, no sheet");
  const std::string lower = [&] {
    std::string text(head);
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    return text;
  }();
  if (lower.find("<html") != std::string::npos || lower.find("<table") != std::string::npos ||
      lower.starts_with("<?xml"))
    return bad_input("这是网页或者 XML 存成的表格，不读；用 WPS 或者 Excel 打开，“另存为” .xlsx 再导入",
                     "this is a web page or XML saved as a sheet: open it and save it as .xlsx");
  return {};
}

}  // namespace

Result<std::unique_ptr<SheetFile>> open_sheet_file(const std::filesystem::path& file, const std::string& name) {
  std::ifstream stream(file, std::ios::binary);
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (!stream || error)
    return io_error(fmt::format("读不了文件 {}", file.string()), fmt::format("cannot read {}", file.string()));
  if (size == 0) return bad_input("文件是空的", "the file is empty");
  if (size > static_cast<std::uintmax_t>(kSheetFileBytesMax))
    return bad_input(fmt::format("文件超过 {} MB，不读；分成几个文件", kSheetFileBytesMax >> 20),
                     fmt::format("the file is over {} MB: split it", kSheetFileBytesMax >> 20));
  std::string head(std::min<std::size_t>(kSniffBytes, static_cast<std::size_t>(size)), '\0');
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  stream.seekg(0);
  if (head.starts_with(kOle)) return old_or_protected({std::istreambuf_iterator<char>(stream), {}});
  if (head.starts_with(kZip)) {
    if (head.find("application/vnd.oasis") != std::string::npos)
      return bad_input("这是 .ods 表格，不读；“另存为” .xlsx 再导入", "this is an .ods sheet: save it as .xlsx");
    return open_xlsx(file);
  }
  ZS_CHECK(refuse_known(head));
  return read_csv({std::istreambuf_iterator<char>(stream), {}}, name.empty() ? file.stem().string() : name);
}

}  // namespace zs::paper
