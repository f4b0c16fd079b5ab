// Columns matched by what they hold, where no name told: numbers of identity cards, telephones, days, options, people
// and orgs of the town.
#include <algorithm>
#include <set>

#include "paper/cell_value.h"
#include "paper/columns_match.h"
#include "paper/text_key.h"

namespace zs::paper {
namespace {

using rulebook::Slot;
using rulebook::Type;

constexpr std::size_t kFilledMin = 2;    // fewer samples say nothing
constexpr std::size_t kShareTenths = 8;  // so many tenths of them must agree

std::vector<const SheetCell*> cells_of(const SheetHead& head, int column, const SheetMatch& match) {
  std::vector<const SheetCell*> cells;
  for (const SheetRow& row : head.rows) {
    if (row.number < match.data_row || sort_of(row, match.columns) != RowSort::data) continue;
    const SheetCell* cell = row.find(column);
    if (cell != nullptr && cell->sort != SheetCell::Sort::fault) cells.push_back(cell);
  }
  return cells;
}

template <class Is>
bool mostly(const std::vector<const SheetCell*>& cells, Is is) {
  const auto agree =
      static_cast<std::size_t>(std::count_if(cells.begin(), cells.end(), [&](const auto* cell) { return is(*cell); }));
  return cells.size() >= kFilledMin && agree * 10 >= cells.size() * kShareTenths;
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_identity(const SheetCell& cell) {
  const std::string key = text_key(cell.text);
  return key.size() == 18 && all_digits(std::string_view(key).substr(0, 17)) &&
         (all_digits(std::string_view(key).substr(17)) || key.back() == 'x');
}

bool is_telephone(const SheetCell& cell) {
  const std::string key = text_key(cell.text);
  return key.size() == 11 && key.front() == '1' && all_digits(key);
}

}  // namespace

void Matcher::take(SheetMatch& match, ColumnMatch& column, std::string_view path) const {
  const auto taken = [&](const ColumnMatch& other) { return other.path == path; };
  if (column.how != How::none || std::any_of(match.columns.begin(), match.columns.end(), taken)) return;
  column.path = path;
  column.how = How::content;
}

void Matcher::match_content(const SheetHead& head, SheetMatch& match) const {
  const auto part_of_party = [&](std::string_view part) -> std::string {
    for (const Slot& slot : slots_) {
      if (slot.sort == Slot::Sort::part && slot.part == part && slot.rows == nullptr) return slot.path;
    }
    return {};
  };
  const std::string identity = part_of_party("id_no");
  const std::string telephone = part_of_party("phone");
  std::vector<ColumnMatch*> days;
  for (ColumnMatch& column : match.columns) {
    if (column.how != How::none) continue;
    const auto cells = cells_of(head, column.column, match);
    if (mostly(cells, is_identity)) {
      if (!identity.empty()) take(match, column, identity);
    } else if (mostly(cells, is_telephone)) {
      if (!telephone.empty()) take(match, column, telephone);
    } else if (mostly(cells, [](const SheetCell& cell) { return cell.sort == SheetCell::Sort::date; })) {
      days.push_back(&column);
    } else if (mostly(cells, [&](const SheetCell& cell) { return directory_->people(cell.text).size() == 1; })) {
      take(match, column, "handler");
    } else if (mostly(cells, [&](const SheetCell& cell) { return directory_->orgs(cell.text).size() == 1; })) {
      const auto place = [&](const SheetCell& cell) {
        const auto orgs = directory_->orgs(cell.text);
        return orgs.size() == 1 && directory_->is_place(orgs.front());
      };
      take(match, column, mostly(cells, place) ? "village" : "unit");
    } else {
      const Slot* only = nullptr;
      std::size_t fitting = 0;
      for (const Slot& slot : slots_) {
        const bool chooses = slot.field != nullptr && slot.rows == nullptr && slot.field->type == Type::choice;
        if (!chooses) continue;
        const CellReader reader(*book_, *kind_, slot, *directory_, column.header, {});
        if (!mostly(cells, [&](const SheetCell& cell) { return reader.names_option(cell.text); })) continue;
        only = &slot;
        ++fitting;
      }
      if (fitting == 1) take(match, column, only->path);
    }
  }
  // The only column of days left is the day on which cases were opened.
  const rulebook::Field* opened = kind_->find_field(kind_->opened);
  if (days.size() == 1 && opened != nullptr && !opened->computed) take(match, *days.front(), kind_->opened);
}

}  // namespace zs::paper
