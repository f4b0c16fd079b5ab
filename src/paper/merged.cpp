#include "paper/merged.h"

#include <algorithm>
#include <charconv>

namespace zs::paper {

std::optional<CellPlace> parse_place(std::string_view reference) {
  const std::size_t digits = reference.find_first_of("0123456789");
  if (digits == std::string_view::npos) return std::nullopt;
  CellPlace place;
  place.column = column_number(reference.substr(0, digits));
  const char* const end = reference.data() + reference.size();
  const auto [stopped, code] = std::from_chars(reference.data() + digits, end, place.row);
  if (code != std::errc{} || stopped != end || place.column == 0 || place.row < 1 || place.row > kSheetRowsMax)
    return std::nullopt;
  return place;
}

std::optional<MergedRange> parse_range(std::string_view reference) {
  const std::size_t colon = reference.find(':');
  const auto first = parse_place(reference.substr(0, colon));
  const auto last = colon == std::string_view::npos ? first : parse_place(reference.substr(colon + 1));
  if (!first || !last || last->column < first->column || last->row < first->row) return std::nullopt;
  return MergedRange{*first, *last};
}

Merged::Merged(std::vector<MergedRange> ranges) : ranges_(std::move(ranges)) {
  std::sort(ranges_.begin(), ranges_.end(),
            [](const MergedRange& a, const MergedRange& b) { return a.first.row < b.first.row; });
}

bool Merged::fill(SheetRow& row) {
  std::erase_if(open_, [&](const Open& each) { return each.range.last.row < row.number; });
  for (; next_ < ranges_.size() && ranges_[next_].first.row <= row.number; ++next_) {
    const MergedRange& range = ranges_[next_];
    if (range.first.row < row.number) continue;  // its first row is empty: nothing to fill with
    const SheetCell* value = row.find(range.first.column);
    if (value == nullptr || value->merged) continue;
    open_.push_back({range, *value});
  }
  if (open_.size() > static_cast<std::size_t>(kFilledColumnsMax)) return false;
  bool added = false;
  for (const Open& each : open_) {
    const int last = std::min(each.range.last.column, each.range.first.column + kFilledColumnsMax);
    for (int column = each.range.first.column; column <= last; ++column) {
      if (row.find(column) != nullptr) continue;
      SheetCell cell = each.value;
      cell.column = column;
      cell.merged = true;
      row.cells.insert(std::upper_bound(row.cells.begin(), row.cells.end(), column,
                                        [](int wanted, const SheetCell& there) { return wanted < there.column; }),
                       std::move(cell));
      added = true;
    }
  }
  return !added || row.cells.size() <= 2 * static_cast<std::size_t>(kFilledColumnsMax);
}

}  // namespace zs::paper
