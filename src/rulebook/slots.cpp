#include "rulebook/slots.h"

#include <fmt/format.h>

#include <algorithm>

#include "rulebook/field_value.h"

namespace zs::rulebook {
namespace {

constexpr std::string_view kAll = "all";
constexpr std::string_view kState = "state";
constexpr std::string_view kName = "name";
/// A row is told from others by a choice of no more options than this: a side, a sort of penalty.
constexpr std::size_t kTellingOptionsMax = 20;

bool can_import(const Field& field) {
  if (field.computed || field.retired) return false;
  return field.type != Type::link && field.type != Type::links && field.type != Type::files;
}

Slot slot_of(std::string path, std::string label, Slot::Sort sort, const Field* field) {
  Slot slot;
  slot.path = std::move(path);
  slot.label = std::move(label);
  slot.sort = sort;
  slot.field = field;
  return slot;
}

// A field or column; a party has one slot a part.
void add_field(std::vector<Slot>& slots, const std::string& path, const std::string& label, const Field& field,
               const Slot& like) {
  const auto add = [&](Slot slot) {
    slot.rows = like.rows;
    slot.told_by = like.told_by;
    slot.option = like.option;
    slots.push_back(std::move(slot));
  };
  if (field.type != Type::party) return add(slot_of(path, label, Slot::Sort::field, &field));
  for (const PartyPart& part : party_parts()) {
    Slot slot =
        slot_of(fmt::format("{}.{}", path, part.key), fmt::format("{}{}", label, part.label), Slot::Sort::part, &field);
    slot.part = part.key;
    add(std::move(slot));
  }
}

// The column whose option tells what a row is: whose side, which sort.
const Field* telling_column(const Field& rows) {
  for (const Field& column : rows.columns) {
    if (column.type == Type::choice && column.options.size() <= kTellingOptionsMax && can_import(column))
      return &column;
  }
  return nullptr;
}

void add_rows(std::vector<Slot>& slots, const Field& rows) {
  Slot like;
  like.rows = &rows;
  for (const Field& column : rows.columns) {
    if (!can_import(column)) continue;
    add_field(slots, fmt::format("{}.{}", rows.key, column.key), rows.label + column.label, column, like);
  }
  like.told_by = telling_column(rows);
  if (like.told_by == nullptr) return;
  for (const Option& option : like.told_by->options) {
    like.option = &option;
    for (const Field& column : rows.columns) {
      if (&column == like.told_by || !can_import(column)) continue;
      const std::string label =
          column.type == Type::party || column.type == Type::money ? option.label : option.label + column.label;
      add_field(slots, fmt::format("{}.{}.{}", rows.key, option.key, column.key), label, column, like);
    }
  }
}

const std::vector<std::string>& synonyms(const Rulebook& book, std::string_view of, const std::string& path) {
  static const std::vector<std::string> kNone;
  const auto kind = book.synonyms.find(std::string(of));
  if (kind == book.synonyms.end()) return kNone;
  const auto found = kind->second.find(path);
  return found == kind->second.end() ? kNone : found->second;
}

void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// How many parties stand in the record itself: where there is one, "电话" alone says whose.
std::ptrdiff_t parties_of(const Kind& kind) {
  return std::count_if(kind.fields.begin(), kind.fields.end(),
                       [](const Field& field) { return field.type == Type::party && can_import(field); });
}

// "信访人电话", "来访人联系电话", "电话": each name of the party with each name of the part.
void name_part(const Rulebook& book, const Kind& kind, const Slot& slot, SlotNames& names) {
  const std::string party = slot.path.substr(0, slot.path.rfind('.'));
  const std::string label = slot.option != nullptr ? slot.option->label : slot.field->label;
  const std::string part_label = slot.label.substr(slot.label.size() - [&] {
    for (const PartyPart& part : party_parts()) {
      if (part.key == slot.part) return part.label.size();
    }
    return std::size_t{0};
  }());
  std::vector<std::string> parties = synonyms(book, kind.key, party + "." + std::string(kName));
  std::vector<std::string> parts{part_label};
  append(parts, synonyms(book, kAll, slot.part));
  const bool name = slot.part == kName;
  if (name) {
    names.labels.push_back(label);
    append(names.synonyms, parties);
  } else {
    append(names.synonyms, synonyms(book, kind.key, slot.path));
  }
  names.labels.push_back(label + part_label);
  parties.push_back(label);
  for (const std::string& who : parties) {
    for (const std::string& part : parts) names.synonyms.push_back(who + part);
  }
  if (slot.rows == nullptr && parties_of(kind) == 1) append(names.synonyms, parts);
}

}  // namespace

std::vector<Slot> slots_of(const Kind& kind) {
  std::vector<Slot> slots;
  for (const NumberSeries& series : kind.numbers) {
    Slot slot = slot_of(series.key, series.label, Slot::Sort::number, nullptr);
    slot.number = &series;
    slots.push_back(std::move(slot));
  }
  if (kind.key != kSummaryKind) slots.push_back(slot_of(std::string(kState), "状态", Slot::Sort::state, nullptr));
  for (const Field& field : shared_fields()) add_field(slots, field.key, field.label, field, {});
  for (const Field& field : kind.fields) {
    if (can_import(field) && field.type != Type::rows) add_field(slots, field.key, field.label, field, {});
  }
  for (const Field& field : kind.fields) {
    if (can_import(field) && field.type == Type::rows) add_rows(slots, field);
  }
  return slots;
}

const Slot* find_slot(const std::vector<Slot>& slots, std::string_view path) {
  const auto found = std::find_if(slots.begin(), slots.end(), [&](const Slot& slot) { return slot.path == path; });
  return found == slots.end() ? nullptr : &*found;
}

SlotNames names_of(const Rulebook& book, const Kind& kind, const Slot& slot) {
  SlotNames names;
  if (slot.sort == Slot::Sort::part) {
    name_part(book, kind, slot, names);
    return names;
  }
  names.labels.push_back(slot.label);
  if (slot.rows != nullptr && slot.option == nullptr) {
    names.synonyms.push_back(slot.field->label);
    if (slot.rows->columns.size() == 1) names.labels.push_back(slot.rows->label);
  }
  append(names.synonyms, synonyms(book, kind.key, slot.path));
  append(names.synonyms, synonyms(book, kAll, slot.path));
  return names;
}

std::vector<std::pair<std::string, std::string>> option_names(const Rulebook& book, const Kind& kind,
                                                              const Slot& slot) {
  std::vector<std::pair<std::string, std::string>> names;
  const auto add = [&](const std::string& key, const std::string& label) {
    names.emplace_back(label, key);
    names.emplace_back(key, key);
    for (const std::string_view of : {std::string_view(kind.key), kAll}) {
      for (const std::string& name : synonyms(book, of, slot.path + "." + key)) names.emplace_back(name, key);
    }
  };
  if (slot.sort == Slot::Sort::state) {
    for (const State& state : kind.states) {
      if (state.becomes.empty()) add(state.key, state.label);
    }
  } else if (slot.field != nullptr && slot.field->type == Type::flag) {
    add("yes", "是");
    add("no", "否");
  } else if (slot.field != nullptr) {
    for (const Option& option : slot.field->options) {
      if (!option.retired) add(option.key, option.label);
    }
  }
  return names;
}

bool names_something(const Kind& kind, const std::vector<Slot>& slots, std::string_view path) {
  if (find_slot(slots, path) != nullptr || find_slot(slots, fmt::format("{}.{}", path, kName)) != nullptr) return true;
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return false;
  const Slot* slot = find_slot(slots, path.substr(0, dot));
  if (slot == nullptr) return false;
  if (slot->sort == Slot::Sort::state) return kind.find_state(path.substr(dot + 1)) != nullptr;
  const std::string_view option = path.substr(dot + 1);
  if (slot->field != nullptr && slot->field->type == Type::flag) return option == "yes" || option == "no";
  return slot->field != nullptr && slot->field->find_option(option) != nullptr;
}

}  // namespace zs::rulebook
