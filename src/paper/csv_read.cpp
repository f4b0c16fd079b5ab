#include "paper/csv_read.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace zs::paper {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class Csv : public SheetFile {
 public:
  Csv(std::string text, std::string name) : text_(std::move(text)) {
    sheets_.push_back({std::move(name), false});
    const std::string_view first = std::string_view(text_).substr(0, text_.find('\n'));
    for (const char each : {',', '\t', ';'}) {
      if (std::count(first.begin(), first.end(), each) > std::count(first.begin(), first.end(), delimiter_))
        delimiter_ = each;
    }
  }

  const std::vector<SheetInfo>& sheets() const override { return sheets_; }

  Result<> each_row(std::size_t, const TakeRow& take) override {
    std::size_t at = 0;
    SheetRow row;
    while (at < text_.size()) {
      ++row.number;
      ZS_CHECK(read_row(at, row));
      if (row.cells.empty()) continue;
      ZS_TRY(const bool more, take(row));
      if (!more) break;
    }
    return {};
  }

 private:
  Result<> read_row(std::size_t& at, SheetRow& row) const {
    row.cells.clear();
    if (row.number > kSheetRowsMax) return bad_input("行数太多，不读；分成几个文件", "too many rows: split the file");
    for (int column = 1;; ++column) {
      SheetCell cell;
      cell.column = column;
      ZS_CHECK(read_field(at, row.number, cell.text));
      if (cell.text.size() > kCellBytesMax || row.cells.size() >= static_cast<std::size_t>(kFilledColumnsMax))
        return bad_input(fmt::format("第{}行的列太多或者文字太长，不像台账", row.number),
                         fmt::format("row {} has too many columns or too long a text", row.number));
      if (cell.text.find_first_not_of(" \t\r\n") != std::string::npos) row.cells.push_back(std::move(cell));
      const char end = at < text_.size() ? text_[at] : '\n';
      ++at;
      if (end != delimiter_) return {};
    }
  }

  // Leaves `at` on the delimiter or the end of the line.
  Result<> read_field(std::size_t& at, int row, std::string& field) const {
    if (at >= text_.size() || text_[at] != '"') {
      const std::size_t end = std::min(text_.find_first_of(std::string{delimiter_, '\n'}, at), text_.size());
      field.assign(text_, at, end - at);
      if (field.ends_with('\r')) field.pop_back();
      at = end;
      return {};
    }
    for (++at;; at += 2) {
      const std::size_t quote = text_.find('"', at);
      if (quote == std::string::npos)
        return bad_input(fmt::format("第{}行的引号没有结束，文件损坏", row),
                         fmt::format("row {}: a quote never ends", row));
      field.append(text_, at, quote - at);
      at = quote;
      if (at + 1 >= text_.size() || text_[at + 1] != '"') break;
      field += '"';
    }
    at = std::min(text_.find_first_of(std::string{delimiter_, '\n'}, at), text_.size());
    return {};
  }

  std::string text_;
  char delimiter_ = ',';
  std::vector<SheetInfo> sheets_;
};

}  // namespace

Result<std::unique_ptr<SheetFile>> read_csv(std::string bytes, std::string name) {
  if (bytes.starts_with(kByteOrderMark)) bytes.erase(0, kByteOrderMark.size());
  if (bytes.find('\0') != std::string::npos)
    return bad_input("不是表格文件；要 .xlsx 或者 .csv", "this is no sheet: .xlsx or .csv is wanted");
  if (!zs::is_utf8(bytes)) {
    auto read = from_gb18030(bytes);
    if (!read)
      return bad_input("CSV 文件既不是 UTF-8 也不是 GB18030 编码；用 WPS 或者 Excel 另存为 .xlsx",
                       "the CSV is neither UTF-8 nor GB 18030: save it as .xlsx");
    bytes = *std::move(read);
  }
  return std::unique_ptr<SheetFile>(std::make_unique<Csv>(std::move(bytes), std::move(name)));
}

}  // namespace zs::paper
