#include "paper/clean_row.h"

#include <fmt/format.h>

#include <algorithm>

#include "paper/text_key.h"

namespace zs::paper {
namespace {

using rulebook::Slot;
using rulebook::Type;
using Cells = Fields;
using Groups = std::map<std::string, std::vector<Cells>>;

// The rows of details are gathered by their field and sort: applicants, opposite parties.
std::string group_of(const Slot& slot) {
  return slot.rows->key + "." + (slot.option == nullptr ? "" : slot.option->key);
}

void put_into(Cells& cells, const std::string& key, const Slot& slot, Value value) {
  if (slot.sort != Slot::Sort::part) {
    cells[key] = std::move(value);
    return;
  }
  const auto* text = value.as<std::string>();
  if (text == nullptr) return;
  Party party;
  if (const auto found = cells.find(key); found != cells.end() && found->second.as<Party>() != nullptr)
    party = *found->second.as<Party>();
  party[slot.part] = *text;
  cells[key] = std::move(party);
}

// "petitioner.phone" is of the field petitioner.
std::string field_of(const Slot& slot) {
  return slot.field == nullptr ? std::string() : slot.field->key;
}

}  // namespace

Result<RowCleaner> RowCleaner::create(const rulebook::Rulebook& book, const rulebook::Kind& kind,
                                      const std::vector<Slot>& slots, const Directory& directory,
                                      const std::vector<ColumnMatch>& columns, const Constants& constants,
                                      std::optional<int> year) {
  RowCleaner cleaner(kind, directory);
  for (const ColumnMatch& column : columns) {
    const Slot* slot = column.path.empty() ? nullptr : rulebook::find_slot(slots, column.path);
    if (slot == nullptr) continue;
    cleaner.columns_.push_back(
        {column.column, column.header, CellReader(book, kind, *slot, directory, column.header, year)});
  }
  for (const auto& [path, text] : constants) {
    const Slot* slot = rulebook::find_slot(slots, path);
    if (slot == nullptr)
      return bad_input(fmt::format("“{}”没有“{}”这个字段", kind.label, path),
                       fmt::format("{} has no field \"{}\"", kind.key, path));
    auto read = CellReader(book, kind, *slot, directory, {}, year).read_text(text);
    if (const auto* wrong = std::get_if<Text>(&read))
      return bad_input(fmt::format("{}：{}", slot->label, wrong->zh), fmt::format("{}: {}", path, wrong->en));
    cleaner.constants_.emplace_back(slot, std::get<std::vector<Value>>(std::move(read)));
  }
  return cleaner;
}

bool RowCleaner::says_something(const SheetRow& row) const {
  return std::any_of(columns_.begin(), columns_.end(), [&](const Column& column) {
    const SheetCell* cell = row.find(column.number);
    return cell != nullptr && !cell->merged;
  });
}

void RowCleaner::put(const Slot& slot, std::vector<Value> values, CleanRow& row, Groups& groups) const {
  if (values.empty() || values.front().absent()) return;
  const auto* text = values.front().as<std::string>();
  if (slot.sort == Slot::Sort::number) {
    row.numbers[slot.path] = *text;
  } else if (slot.sort == Slot::Sort::state) {
    row.state = *text;
  } else if (slot.rows == nullptr) {
    put_into(row.fields, field_of(slot), slot, std::move(values.front()));
  } else {
    auto& group = groups[group_of(slot)];
    if (group.size() < values.size()) group.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      put_into(group[i], slot.field->key, slot, std::move(values[i]));
      if (slot.told_by != nullptr && slot.option != nullptr) group[i][slot.told_by->key] = slot.option->key;
    }
  }
}

CleanRow RowCleaner::clean(const SheetRow& sheet_row) const {
  CleanRow row;
  row.row = sheet_row.number;
  Groups groups;
  for (const auto& [slot, values] : constants_) put(*slot, values, row, groups);
  for (const Column& column : columns_) {
    const Slot& slot = column.reader.slot();
    const SheetCell* cell = sheet_row.find(column.number);
    if (cell == nullptr) {
      // 不详: the column is there, so the value was; nobody knows which. An empty tick box says no.
      const bool unknown = slot.sort != Slot::Sort::number && slot.sort != Slot::Sort::state && slot.rows == nullptr &&
                           slot.field->type != Type::flag;
      if (unknown) row.fields.emplace(field_of(slot), Unknown{});
      continue;
    }
    auto read = column.reader.read(*cell);
    if (const auto* wrong = std::get_if<Text>(&read)) {
      const std::string place = fmt::format("{}{}", column_letters(column.number), sheet_row.number);
      row.problems.push_back({fmt::format("{}“{}”：{}", place, column.header, wrong->zh),
                              fmt::format("{} \"{}\": {}", place, column.header, wrong->en)});
      row.cells.push_back({&slot, shown(cleaned(cell->text)), ""});
      continue;
    }
    auto& values = std::get<std::vector<Value>>(read);
    std::string text;
    for (const Value& value : values) text += (text.empty() ? "" : "、") + value_text(value, *kind_, slot, *directory_);
    row.cells.push_back({&slot, shown(cleaned(cell->text)), shown(text)});
    // A part that is filled makes the party known, whatever else is empty.
    put(slot, std::move(values), row, groups);
  }
  for (auto& [name, group] : groups) {
    for (Cells& cells : group) row.rows.emplace_back(name.substr(0, name.find('.')), std::move(cells));
  }
  return row;
}

}  // namespace zs::paper
