// A sheet of an old ledger as cells: values only, whatever file they came from. No law in it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace zs::paper {

/// What one file may hold. Beyond them it is refused, with the bound in the text.
inline constexpr std::int64_t kSheetFileBytesMax = 64LL << 20;
inline constexpr int kSheetColumnsMax = 16'384;  ///< XFD
inline constexpr int kSheetRowsMax = 1'048'576;
inline constexpr int kFilledColumnsMax = 256;  ///< of one row
inline constexpr std::size_t kCellBytesMax = 131'072;

/// One filled cell. A number keeps the text in which the file holds it, so that nothing is lost to floating point.
struct SheetCell {
  enum class Sort { text, number, flag, date, moment, fault };
  int column = 0;  ///< 1 is A
  Sort sort = Sort::text;
  std::string text;     ///< as a reader sees it; of a fault its name (#REF!) or what is wrong
  Date day;             ///< of date and moment
  int minute = 0;       ///< of moment: minutes since midnight
  bool merged = false;  ///< it has its value from the merged range that it lies in
};

struct SheetRow {
  int number = 0;                ///< as the file counts, from 1
  std::vector<SheetCell> cells;  ///< filled ones only, by column

  const SheetCell* find(int column) const;
};

struct SheetInfo {
  std::string name;
  bool hidden = false;
};

/// Told each row that has a filled cell, in order; false ends the reading.
using TakeRow = std::function<Result<bool>(const SheetRow&)>;

/// A file of sheets. Reading is a pass from the top; it may be done again.
class SheetFile {
 public:
  virtual ~SheetFile() = default;
  virtual const std::vector<SheetInfo>& sheets() const = 0;
  /// Errors: bad_input, naming sheet and cell; and those of `take`.
  virtual Result<> each_row(std::size_t sheet, const TakeRow& take) = 0;
};

/// 1 → A, 28 → AB.
std::string column_letters(int column);
/// AB → 28; 0 if it is no column of a sheet.
int column_number(std::string_view letters);

}  // namespace zs::paper
