#include "paper/sheet.h"

#include <algorithm>

namespace zs::paper {

const SheetCell* SheetRow::find(int column) const {
  const auto at = std::lower_bound(cells.begin(), cells.end(), column,
                                   [](const SheetCell& cell, int wanted) { return cell.column < wanted; });
  return at == cells.end() || at->column != column ? nullptr : &*at;
}

std::string column_letters(int column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  return letters;
}

int column_number(std::string_view letters) {
  if (letters.empty() || letters.size() > 3) return 0;
  int column = 0;
  for (const char c : letters) {
    if (c < 'A' || c > 'Z') return 0;
    column = column * 26 + (c - 'A' + 1);
  }
  return column <= kSheetColumnsMax ? column : 0;
}

}  // namespace zs::paper
