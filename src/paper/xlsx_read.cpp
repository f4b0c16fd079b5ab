#include "paper/xlsx_read.h"

#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "paper/merged.h"
#include "paper/xlsx_xml.h"
#include "paper/xml_cut.h"
#include "paper/zip_read.h"

namespace zs::paper {
namespace {

constexpr std::string_view kWorkbook = "xl/workbook.xml";
constexpr std::string_view kRelations = "xl/_rels/workbook.xml.rels";
constexpr std::string_view kContentTypes = "[Content_Types].xml";
constexpr std::size_t kPartBytesMax = 16u << 20;
constexpr std::size_t kSharedBytesMax = 192u << 20;
constexpr std::size_t kSharedMax = 4'000'000;
constexpr std::size_t kMergedMax = 200'000;

// The texts that cells share, one after the other in one block.
class SharedTexts {
 public:
  bool add(std::string_view text) {
    bytes_.append(text);
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    return bytes_.size() <= kSharedBytesMax && ends_.size() <= kSharedMax;
  }
  std::optional<std::string_view> find(std::string_view number) const {
    std::size_t i = 0;
    const auto [end, code] = std::from_chars(number.data(), number.data() + number.size(), i);
    if (code != std::errc{} || end != number.data() + number.size() || i >= ends_.size()) return std::nullopt;
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(bytes_).substr(begin, ends_[i] - begin);
  }

 private:
  std::string bytes_;
  std::vector<std::uint32_t> ends_;
};

Error not_a_workbook(std::string_view part) {
  return bad_input(fmt::format("不是可用的 .xlsx 工作簿（{}读不出来）；用 WPS 或者 Excel 打开后另存为 .xlsx", part),
                   fmt::format("this is no usable .xlsx workbook ({} cannot be read): save it as .xlsx again", part));
}

// "worksheets/sheet1.xml" and "/xl/worksheets/sheet1.xml" are the same part.
std::string part_of(const std::string& target) {
  return target.starts_with('/') ? target.substr(1) : "xl/" + target;
}

Result<> refuse_macros(const ZipFile& zip) {
  ZS_TRY(const std::string types, zip.read(std::string(kContentTypes), kPartBytesMax));
  bool macros = types.find("macroEnabled") != std::string::npos || types.find("vbaProject") != std::string::npos;
  for (const std::string& name : zip.names()) macros = macros || name.ends_with("vbaProject.bin");
  if (!macros) return {};
  return bad_input("文件带有宏（.xlsm），不读；在 WPS 或者 Excel 里“另存为”不带宏的 .xlsx 工作簿，再导入",
                   "the file has macros (.xlsm) and is not read: save it as a workbook without macros (.xlsx)");
}

// A row without any value: no <v>, no <is>, no <f>, with or without a prefix. Cheaper than parsing a million of them.
bool has_values(std::string_view element) {
  return element.find("v>") != std::string_view::npos || element.find("<v ") != std::string_view::npos ||
         element.find("is>") != std::string_view::npos || element.find("<f") != std::string_view::npos ||
         element.find(":f") != std::string_view::npos;
}

bool is_blank(std::string_view text) {
  constexpr std::string_view kWide = "\u3000";
  while (!text.empty()) {
    if (text.starts_with(kWide))
      text.remove_prefix(kWide.size());
    else if (text.front() == ' ' || text.front() == '\n' || text.front() == '\t' || text.front() == '\r')
      text.remove_prefix(1);
    else
      return false;
  }
  return true;
}

class Xlsx : public SheetFile {
 public:
  explicit Xlsx(std::unique_ptr<ZipFile> zip) : zip_(std::move(zip)) {}

  Result<> read_parts();
  const std::vector<SheetInfo>& sheets() const override { return sheets_; }
  Result<> each_row(std::size_t sheet, const TakeRow& take) override;

 private:
  Result<> read_shared(const std::string& part);
  Result<std::vector<MergedRange>> read_merged(const std::string& part, const std::string& sheet) const;
  Result<bool> read_row(const RawRow& raw, std::size_t sheet, SheetRow& row) const;
  void read_cell(const RawCell& raw, SheetCell& cell) const;
  void read_number(const RawCell& raw, SheetCell& cell) const;
  Error at(std::size_t sheet, std::string_view place, std::string_view zh, std::string_view en) const;

  std::unique_ptr<ZipFile> zip_;
  std::vector<SheetInfo> sheets_;
  std::vector<std::string> parts_;
  std::vector<NumberFormat> formats_;
  SharedTexts shared_;
  bool base_1904_ = false;
};

Error Xlsx::at(std::size_t sheet, std::string_view place, std::string_view zh, std::string_view en) const {
  return bad_input(fmt::format("工作表“{}”{}{}", sheets_[sheet].name, place, zh),
                   fmt::format("sheet \"{}\" {}: {}", sheets_[sheet].name, place, en));
}

Result<> Xlsx::read_parts() {
  if (!zip_->has(std::string(kWorkbook)) || !zip_->has(std::string(kContentTypes))) return not_a_workbook(kWorkbook);
  ZS_CHECK(refuse_macros(*zip_));
  const auto text_of = [&](std::string_view part) -> Result<std::string> {
    // The same look at the prolog as the streamed parts get.
    XmlCut prolog("-", std::string(part), [](std::string&) -> Result<bool> { return true; });
    ZS_TRY(std::string text, zip_->read(std::string(part), kPartBytesMax));
    ZS_TRY(const bool more, prolog.feed(text.substr(0, kPartBytesMax / 4)));
    static_cast<void>(more);
    return text;
  };
  ZS_TRY(const std::string workbook_text, text_of(kWorkbook));
  ZS_TRY(const std::string relations_text, text_of(kRelations));
  auto workbook = read_workbook(workbook_text);
  const auto relations = read_relations(relations_text);
  if (!workbook || !relations) return not_a_workbook(workbook ? kRelations : kWorkbook);
  base_1904_ = workbook->base_1904;
  for (SheetEntry& sheet : workbook->sheets) {
    const auto target = relations->find(sheet.relation);
    if (target == relations->end() || !zip_->has(part_of(target->second))) continue;  // a chart has no cells
    parts_.push_back(part_of(target->second));
    sheets_.push_back(std::move(sheet.info));
  }
  if (sheets_.empty()) return not_a_workbook("worksheets");
  if (const auto styles = relations->find("styles"); styles != relations->end() && zip_->has(part_of(styles->second))) {
    ZS_TRY(const std::string text, text_of(part_of(styles->second)));
    auto formats = read_styles(text);
    if (!formats) return not_a_workbook("styles.xml");
    formats_ = *std::move(formats);
  }
  const auto shared = relations->find("sharedStrings");
  if (shared == relations->end() || !zip_->has(part_of(shared->second))) return {};
  return read_shared(part_of(shared->second));
}

Result<> Xlsx::read_shared(const std::string& part) {
  RowReader reader;
  XmlCut cut("si", part, [&](std::string& element) -> Result<bool> {
    const auto text = reader.read_string(element);
    if (!text) return not_a_workbook(part);
    if (!shared_.add(std::string_view(*text).substr(0, kCellBytesMax)))
      return bad_input("表格里的文字太多，不读；分成几个文件再导入", "the file holds too many texts: split it");
    return true;
  });
  ZS_CHECK(zip_->stream(part, [&](std::string_view piece) { return cut.feed(piece); }));
  return cut.finish();
}

Result<std::vector<MergedRange>> Xlsx::read_merged(const std::string& part, const std::string& sheet) const {
  std::vector<MergedRange> ranges;
  XmlCut cut("mergeCell", part, [&](std::string& element) -> Result<bool> {
    const std::string reference = merge_reference(element);
    const auto range = parse_range(reference);
    if (!range || ranges.size() >= kMergedMax)
      return bad_input(
          fmt::format("工作表“{}”的合并单元格“{}”不正常或者太多，不读", sheet, reference.substr(0, 40)),
          fmt::format("sheet \"{}\": merged cells \"{}\" are out of bounds", sheet, reference.substr(0, 40)));
    ranges.push_back(*range);
    return true;
  });
  ZS_CHECK(zip_->stream(part, [&](std::string_view piece) { return cut.feed(piece); }));
  ZS_CHECK(cut.finish());
  return ranges;
}

Result<> Xlsx::each_row(std::size_t sheet, const TakeRow& take) {
  ZS_TRY(auto ranges, read_merged(parts_[sheet], sheets_[sheet].name));
  Merged merged(std::move(ranges));
  RowReader reader;
  SheetRow row;
  bool stopped = false;
  XmlCut cut("row", parts_[sheet], [&](std::string& element) -> Result<bool> {
    const int before = row.number;
    if (!has_values(element)) {
      // Only its number is of interest, and only if the next has none; programs write all or none.
      if (element.find(" r=") == std::string::npos) ++row.number;
      return true;
    }
    const RawRow* raw = reader.read(element);
    if (raw == nullptr) return at(sheet, fmt::format("第{}行附近", before + 1), "损坏，读不出来", "is damaged");
    ZS_TRY(const bool filled, read_row(*raw, sheet, row));
    if (row.number <= before)
      return at(sheet, fmt::format("第{}行", row.number), "的次序不对，文件损坏", "rows are out of order");
    if (!filled) return true;
    if (!merged.fill(row))
      return at(sheet, fmt::format("第{}行", row.number), "的合并单元格互相重叠", "merged cells overlap");
    ZS_TRY(const bool more, take(row));
    stopped = !more;
    return more;
  });
  ZS_CHECK(zip_->stream(parts_[sheet], [&](std::string_view piece) { return cut.feed(piece); }));
  return stopped ? Result<>{} : cut.finish();
}

// True if a cell of the row's own is filled.
Result<bool> Xlsx::read_row(const RawRow& raw, std::size_t sheet, SheetRow& row) const {
  int number = row.number + 1;
  if (!raw.number.empty()) {
    const auto place = parse_place(fmt::format("A{}", raw.number));
    if (!place)
      return at(sheet, fmt::format("行号“{}”", raw.number.substr(0, 20)), "不是工作表的行，文件损坏",
                "is no row of a sheet");
    number = place->row;
  }
  row.number = number;
  row.cells.clear();
  int column = 0;
  for (const RawCell& each : raw.cells) {
    ++column;
    if (!each.reference.empty()) {
      const auto place = parse_place(each.reference);
      if (!place || place->row != number || place->column < column)
        return at(sheet, fmt::format("单元格“{}”", each.reference.substr(0, 20)), "不是工作表里的位置，文件损坏",
                  "is no cell of a sheet in its place");
      column = place->column;
    }
    SheetCell cell;
    cell.column = column;
    read_cell(each, cell);
    if (cell.sort == SheetCell::Sort::text && is_blank(cell.text)) continue;
    if (cell.text.size() > kCellBytesMax)
      return at(sheet, fmt::format("单元格 {}{}", column_letters(column), number), "文字太长", "its text is too long");
    if (row.cells.size() >= static_cast<std::size_t>(kFilledColumnsMax))
      return at(sheet, fmt::format("第{}行", number), fmt::format("填了{}列以上，不像台账", kFilledColumnsMax),
                fmt::format("more than {} columns are filled", kFilledColumnsMax));
    row.cells.push_back(std::move(cell));
  }
  return !row.cells.empty();
}

void Xlsx::read_cell(const RawCell& raw, SheetCell& cell) const {
  using Sort = SheetCell::Sort;
  if (raw.has_inline) {
    cell.text = raw.inline_text;
  } else if (!raw.has_value) {
    if (!raw.has_formula) return;
    cell.sort = Sort::fault;
    cell.text = "公式没有算出的值";
  } else if (raw.type == "s") {
    const auto text = shared_.find(raw.value);
    cell.sort = text ? Sort::text : Sort::fault;
    cell.text = text ? std::string(*text) : "文字缺失";
  } else if (raw.type == "str" || raw.type == "inlineStr") {
    cell.text = raw.value;
  } else if (raw.type == "b") {
    cell.sort = Sort::flag;
    cell.text = raw.value == "1" || raw.value == "true" ? "是" : "否";
  } else if (raw.type == "e") {
    cell.sort = Sort::fault;
    cell.text = raw.value;
  } else if (raw.type == "d") {
    const auto day = parse_date(raw.value.substr(0, 10));
    cell.sort = day ? Sort::date : Sort::text;
    if (day) cell.day = *day;
    cell.text = raw.value;
  } else {
    read_number(raw, cell);
  }
  if (!is_utf8(cell.text)) {
    cell.sort = Sort::fault;
    cell.text = "文字编码损坏";
  }
}

void Xlsx::read_number(const RawCell& raw, SheetCell& cell) const {
  using Sort = SheetCell::Sort;
  const auto plain = plain_decimal(raw.value);
  if (!plain) {
    cell.text = raw.value;
    return;
  }
  cell.sort = Sort::number;
  cell.text = *plain;
  std::size_t style = formats_.size();
  std::from_chars(raw.style.data(), raw.style.data() + raw.style.size(), style);
  // A cell without a style has the first.
  if (raw.style.empty()) style = 0;
  const NumberFormat format = style < formats_.size() ? formats_[style] : NumberFormat{};
  if (!format.day) return;
  const auto day = day_of_serial(*plain, base_1904_);
  if (!day) {
    cell.sort = Sort::fault;
    cell.text = fmt::format("日期序号 {} 不是可用的日期", *plain);
    return;
  }
  cell.day = day->day;
  cell.minute = day->minute;
  const bool moment = format.time && day->minute != 0;
  cell.sort = moment ? Sort::moment : Sort::date;
  cell.text = day->day.text();
  if (moment) cell.text += fmt::format("T{:02}:{:02}", day->minute / 60, day->minute % 60);
}

}  // namespace

Result<std::unique_ptr<SheetFile>> open_xlsx(const std::filesystem::path& file) {
  ZS_TRY(auto zip, ZipFile::open(file));
  auto book = std::make_unique<Xlsx>(std::move(zip));
  ZS_CHECK(book->read_parts());
  return std::unique_ptr<SheetFile>(std::move(book));
}

}  // namespace zs::paper
