// Merged cells: the value of the upper left one stands for the whole range.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "paper/sheet.h"

namespace zs::paper {

/// A cell's place: B3 is column 2, row 3.
struct CellPlace {
  int column = 0, row = 0;
};
/// Nothing if it is none of a sheet: ZZZZZZ1, B0, 3B.
std::optional<CellPlace> parse_place(std::string_view reference);

struct MergedRange {
  CellPlace first, last;
};
std::optional<MergedRange> parse_range(std::string_view reference);

/// Fills rows as they pass by, from the top.
class Merged {
 public:
  Merged() = default;
  explicit Merged(std::vector<MergedRange> ranges);

  /// Puts the values of ranges that began at or above into the row. False: more ranges lie over one row than a sheet
  /// has columns to fill, so they overlap.
  bool fill(SheetRow& row);

 private:
  struct Open {
    MergedRange range;
    SheetCell value;
  };
  std::vector<MergedRange> ranges_;  ///< by their first row
  std::size_t next_ = 0;
  std::vector<Open> open_;
};

}  // namespace zs::paper
