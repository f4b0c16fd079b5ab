#include "store/columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>

#include "rulebook/field_value.h"
#include "rulebook/rulebook.h"
#include "store/json_walk.h"

namespace zs::store {
namespace {

using nlohmann::json;
using rulebook::Field;
using rulebook::Guard;
using rulebook::Kind;
using rulebook::Type;

// Behind the columns: rows, sealed, unknowns.
constexpr std::size_t kPartsCount = 3;

bool is_integer(Type type) {
  return type == Type::flag || type == Type::count || type == Type::money || type == Type::date || type == Type::moment;
}

std::string_view sql_type(Type type) {
  return is_integer(type) ? "INTEGER" : "TEXT";
}

std::string sql_name(std::string_view name) {
  return fmt::format("\"{}\"", name);
}

std::string column_definition(const ColumnInfo& column) {
  return fmt::format("{} {}", column_name(column.key), sql_type(column.type));
}

// ---- Values to cells

std::string link_text(const Link& link) {
  return fmt::format("{}/{}", link.kind, link.id.number);
}

template <class T>
const T& held(const Value& value) {
  const T* const found = value.as<T>();
  ZS_ASSERT(found != nullptr);  // a value of another type than its field's never reaches the disk
  return *found;
}

Cell cell_of(Type type, const Value& value) {
  switch (type) {
    case Type::flag: return std::int64_t{held<bool>(value) ? 1 : 0};
    case Type::count:
    case Type::money: return held<std::int64_t>(value);
    case Type::date: return std::int64_t{held<Date>(value).serial()};
    case Type::moment: return held<Moment>(value).minutes;
    case Type::text:
    case Type::note:
    case Type::choice:
    case Type::staff:
    case Type::org:
    case Type::place: return held<std::string>(value);
    case Type::link: return link_text(held<Link>(value));
    case Type::choices:
    case Type::links:
    case Type::files:
    case Type::party: return json_of(value);
    case Type::rows: break;
  }
  ZS_ASSERT(type != Type::rows);
  return {};
}

Cell text_or_null(std::string text) {
  return text.empty() ? Cell() : Cell(std::move(text));
}

void append_cells(std::string& out, const FieldValues& cells) {
  char before = '{';
  for (const auto& [column, value] : cells) {
    out.push_back(before);
    append_json_text(out, column);
    out.push_back(':');
    append_json(out, value);
    before = ',';
  }
  out += before == '{' ? "{}" : "}";
}

std::string rows_json(const RowValues& rows) {
  if (rows.empty()) return {};
  std::string out;
  char before = '{';
  for (const auto& [field, numbered] : rows) {
    out.push_back(before);
    append_json_text(out, field);
    out += ":{";
    bool first = true;
    for (const auto& [number, cells] : numbered) {
      out += fmt::format("{}\"{}\":", first ? "" : ",", number);
      append_cells(out, cells);
      first = false;
    }
    out.push_back('}');
    before = ',';
  }
  out.push_back('}');
  return out;
}

// ---- Cells to values

Error damaged(const Kind& kind, std::string_view column) {
  return corrupt(fmt::format("台账“{}”的“{}”不是本程序写入的内容；请运行 rebuild，再运行 verify。", kind.label, column),
                 fmt::format("\"{}\" of the kind \"{}\" is not what this program writes; run rebuild, then verify",
                             column, kind.key));
}

std::optional<Value> of_integer(Type type, std::int64_t number) {
  switch (type) {
    case Type::flag:
      if (number != 0 && number != 1) return std::nullopt;
      return Value(number == 1);
    case Type::date:
      if (number < std::numeric_limits<int>::min() / 2 || number > std::numeric_limits<int>::max() / 2)
        return std::nullopt;
      return Value(Date::from_serial(static_cast<int>(number)));
    case Type::moment: return Value(Moment{number});
    default: return Value(number);
  }
}

// Unknown and lists as value_from_json() reads them; a text as it stands, for the journal has taken it.
std::optional<Value> of_json(Type type, json&& parsed) {
  if (rulebook::is_text(type) && parsed.is_string()) return Value(std::move(parsed.get_ref<std::string&>()));
  auto value = rulebook::value_from_json(type, parsed);
  if (!value) return std::nullopt;
  return *std::move(value);
}

std::optional<Value> of_text(Type type, const std::string& text) {
  if (rulebook::is_text(type)) return Value(text);
  if (type == Type::link) return of_json(type, json(text));
  return of_json(type, json::parse(text, nullptr, false));
}

std::optional<Value> value_of(Type type, const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell); number != nullptr && is_integer(type)) {
    return of_integer(type, *number);
  }
  const auto* text = std::get_if<std::string>(&cell);
  if (text == nullptr || is_integer(type)) return std::nullopt;
  return of_text(type, *text);
}

// Values that have no column of their own: {"petitioner":{…}}.
class SealedValues : public JsonValues {
 public:
  SealedValues(const Kind& kind, FieldValues& fields) : kind_(kind), fields_(fields) {}
  bool enter(const std::vector<std::string>&) override { return true; }
  bool value(const std::vector<std::string>& keys, json&& item) override {
    auto value = of_json(rulebook::type_at(kind_, keys[0]), std::move(item));
    if (!value || value->absent()) return false;
    fields_.insert_or_assign(keys[0], *std::move(value));
    return true;
  }

 private:
  const Kind& kind_;
  FieldValues& fields_;
};

bool read_sealed(const Kind& kind, const Cell& cell, FieldValues& fields) {
  if (std::holds_alternative<std::monostate>(cell)) return true;
  const auto* text = std::get_if<std::string>(&cell);
  SealedValues values(kind, fields);
  return text != nullptr && walk_json(*text, 1, values);
}

bool read_unknowns(const Cell& cell, FieldValues& fields) {
  if (std::holds_alternative<std::monostate>(cell)) return true;
  const auto* text = std::get_if<std::string>(&cell);
  if (text == nullptr) return false;
  const json list = json::parse(*text, nullptr, false);
  if (!list.is_array()) return false;
  for (const json& key : list) {
    if (!key.is_string()) return false;
    fields.insert_or_assign(key.get<std::string>(), Value(Unknown{}));
  }
  return true;
}

// {"services":{"1":{"sent_on":"2024-05-10"}}}
class RowCells : public JsonValues {
 public:
  RowCells(const Kind& kind, RowValues& rows) : kind_(kind), rows_(rows) {}
  bool enter(const std::vector<std::string>& keys) override {
    if (keys.size() == 1) {
      list_ = &rows_[keys[0]];
      declared_ = kind_.find_field(keys[0]);
      return true;
    }
    RowNumber number = 0;
    const std::string& text = keys[1];
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    row_ = &(*list_)[number];
    return code == std::errc{} && end == text.data() + text.size();
  }
  bool value(const std::vector<std::string>& keys, json&& item) override {
    const Field* column = declared_ == nullptr ? nullptr : declared_->find_column(keys[2]);
    const Type type =
        column != nullptr ? column->type : rulebook::type_at(kind_, fmt::format("{}/1/{}", keys[0], keys[2]));
    auto value = of_json(type, std::move(item));
    if (!value) return false;
    row_->emplace_hint(row_->end(), keys[2], *std::move(value));
    return true;
  }

 private:
  const Kind& kind_;
  RowValues& rows_;
  const Field* declared_ = nullptr;
  RowValues::mapped_type* list_ = nullptr;
  FieldValues* row_ = nullptr;
};

bool read_rows(const Kind& kind, const Cell& cell, RowValues& rows) {
  if (std::holds_alternative<std::monostate>(cell)) return true;
  const auto* text = std::get_if<std::string>(&cell);
  RowCells cells(kind, rows);
  return text != nullptr && walk_json(*text, 3, cells);
}

}  // namespace

bool has_column(const Field& field) {
  return field.type != Type::rows && !field.computed && (field.guard == Guard::open || field.guard == Guard::internal);
}

std::string column_name(std::string_view field) {
  return fmt::format("\"f_{}\"", field);
}

KindTable table_of(const Kind& kind) {
  KindTable table;
  table.name = sql_name("k_" + kind.key);
  for (const auto* fields : {&kind.fields, &rulebook::shared_fields()}) {
    for (const Field& field : *fields) {
      if (has_column(field)) table.columns.push_back({field.key, field.type});
    }
  }
  std::sort(table.columns.begin(), table.columns.end(), [](const auto& a, const auto& b) { return a.key < b.key; });

  std::string definitions;
  std::string parameters = "?1, ?2";
  std::string updates;
  std::size_t parameter = 2;
  const auto add = [&](const std::string& name) {
    table.select_list += (table.select_list.empty() ? "" : ", ") + name;
    parameters += fmt::format(", ?{}", ++parameter);
    updates += fmt::format("{}{} = excluded.{}", updates.empty() ? "" : ", ", name, name);
  };
  for (const ColumnInfo& column : table.columns) {
    definitions += column_definition(column) + ", ";
    add(column_name(column.key));
  }
  for (const std::string_view part : {"rows", "sealed", "unknowns"}) {
    definitions += fmt::format("\"{}\" TEXT, ", part);
    add(sql_name(part));
  }
  table.create_sql = fmt::format(
      "CREATE TABLE IF NOT EXISTS {} (town INTEGER NOT NULL, id INTEGER NOT NULL, {}PRIMARY KEY (town, id)) STRICT, "
      "WITHOUT ROWID",
      table.name, definitions);
  table.upsert_sql = fmt::format("INSERT INTO {} (town, id, {}) VALUES ({}) ON CONFLICT (town, id) DO UPDATE SET {}",
                                 table.name, table.select_list, parameters, updates);
  table.select_sql = fmt::format("SELECT {} FROM {} WHERE town = ?1 AND id = ?2", table.select_list, table.name);
  table.delete_sql = fmt::format("DELETE FROM {} WHERE town = ?1 AND id = ?2", table.name);
  table.range_sql = fmt::format("SELECT id, {} FROM {} WHERE town = ?1 AND id BETWEEN ?2 AND ?3 ORDER BY id",
                                table.select_list, table.name);
  return table;
}

KindTables tables_of(const std::vector<rulebook::Kind>& kinds) {
  KindTables tables;
  for (const rulebook::Kind& kind : kinds) tables.emplace(kind.key, table_of(kind));
  return tables;
}

std::vector<std::string> migrations(const KindTable& table, const std::vector<std::string>& existing_columns) {
  if (existing_columns.empty()) return {table.create_sql};
  std::vector<std::string> statements;
  for (const ColumnInfo& column : table.columns) {
    if (std::find(existing_columns.begin(), existing_columns.end(), "f_" + column.key) != existing_columns.end())
      continue;
    statements.push_back(fmt::format("ALTER TABLE {} ADD COLUMN {}", table.name, column_definition(column)));
  }
  return statements;
}

std::vector<Cell> cells_of(const KindTable& table, TownId town, RecordId id, const FieldValues& fields,
                           const RowValues& rows) {
  std::vector<Cell> cells(2 + table.columns.size() + kPartsCount);
  cells[0] = town.number;
  cells[1] = id.number;
  std::string sealed;
  std::string unknowns;
  auto column = table.columns.begin();
  // Both are in order of key.
  for (const auto& [key, value] : fields) {
    if (value.absent()) continue;
    while (column != table.columns.end() && column->key < key) ++column;
    if (column == table.columns.end() || column->key != key) {
      sealed.push_back(sealed.empty() ? '{' : ',');
      append_json_text(sealed, key);
      sealed.push_back(':');
      append_json(sealed, value);
    } else if (value.unknown()) {
      unknowns.push_back(unknowns.empty() ? '[' : ',');
      append_json_text(unknowns, key);
    } else {
      cells[2 + static_cast<std::size_t>(column - table.columns.begin())] = cell_of(column->type, value);
    }
  }
  if (!sealed.empty()) sealed.push_back('}');
  if (!unknowns.empty()) unknowns.push_back(']');
  Cell* const parts = cells.data() + 2 + table.columns.size();
  parts[0] = text_or_null(rows_json(rows));
  parts[1] = text_or_null(std::move(sealed));
  parts[2] = text_or_null(std::move(unknowns));
  return cells;
}

Result<> fields_of(const Kind& kind, const KindTable& table, const ResultRow& row, FieldValues& fields,
                   RowValues& rows) {
  ZS_ASSERT(row.size() == table.columns.size() + kPartsCount);
  fields.clear();
  rows.clear();
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (std::holds_alternative<std::monostate>(row[i])) continue;
    auto value = value_of(table.columns[i].type, row[i]);
    if (!value || value->absent()) return damaged(kind, table.columns[i].key);
    fields.emplace_hint(fields.end(), table.columns[i].key, *std::move(value));
  }
  const Cell* const parts = row.data() + table.columns.size();
  if (!read_rows(kind, parts[0], rows)) return damaged(kind, "rows");
  if (!read_sealed(kind, parts[1], fields)) return damaged(kind, "sealed");
  if (!read_unknowns(parts[2], fields)) return damaged(kind, "unknowns");
  return {};
}

}  // namespace zs::store
