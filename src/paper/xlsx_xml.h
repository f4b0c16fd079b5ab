// The XML parts of a workbook, read. The one place that knows pugixml; each part comes in whole, or cut to one element
// (paper/xml_cut).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paper/decimal.h"
#include "paper/sheet.h"

namespace zs::paper {

/// One <c> as it stands in the file.
struct RawCell {
  std::string_view reference, type, style, value;  ///< value: of <v>
  std::string inline_text;                         ///< of <is>, its runs joined, phonetic ones left out
  bool has_value = false, has_formula = false, has_inline = false;
};
/// One <row>. The texts lie in the bytes that were read.
struct RawRow {
  std::string_view number;
  std::vector<RawCell> cells;
};

/// Reads rows one after the other, keeping its memory.
class RowReader {
 public:
  RowReader();
  ~RowReader();
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;
  /// Nothing if it is no XML. The bytes are changed, and must live as long as the row is used.
  const RawRow* read(std::string& element);
  /// The text of one <si>: its runs joined, phonetic ones left out.
  std::optional<std::string> read_string(std::string& element);

 private:
  struct Document;
  std::unique_ptr<Document> document_;
  RawRow row_;
};

/// A sheet as the workbook names it.
struct SheetEntry {
  SheetInfo info;
  std::string relation;  ///< r:id
};
struct WorkbookPart {
  std::vector<SheetEntry> sheets;
  bool base_1904 = false;
};
std::optional<WorkbookPart> read_workbook(const std::string& xml);
/// Relation → target, of worksheets only; and under the name of its type, the last of the others ("sharedStrings").
std::optional<std::map<std::string, std::string>> read_relations(const std::string& xml);
/// The format of each cell style, by its number.
std::optional<std::vector<NumberFormat>> read_styles(const std::string& xml);
/// "A1:C3" of a <mergeCell>.
std::string merge_reference(std::string& element);

}  // namespace zs::paper
