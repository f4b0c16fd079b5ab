#include "rules/fold.h"

#include <fmt/format.h>

#include <charconv>

#include "rules/marks.h"

namespace zs::rules {
namespace {

// The day from which an undone record's state counts again.
constexpr std::string_view kSince = "@since";

void put(Fields& fields, const std::string& key, const Value& value) {
  if (value.absent()) {
    fields.erase(key);
  } else {
    fields[key] = value;
  }
}

void apply(Record& record, const Fact& fact) {
  if (fact.path.starts_with('@')) {
    if (fact.path == kSince) {
      if (const auto* day = fact.value.as<Date>()) record.state_since = *day;
    }
    return;
  }
  const FactPath path = parse_fact_path(fact.path);
  if (path.row == 0) {
    put(record.fields, path.field, fact.value);
  } else if (path.column.empty()) {
    record.rows[path.field].erase(path.row);
    if (record.rows[path.field].empty()) record.rows.erase(path.field);
  } else {
    put(record.rows[path.field][path.row], path.column, fact.value);
  }
}

}  // namespace

void fold(Record& record, const EntryFacts& entry) {
  record.id = entry.record;
  record.kind = entry.kind;
  record.version = entry.version;
  if (!entry.state.empty()) {
    record.state = entry.state;
    record.state_since = entry.on;
  }
  for (const auto& [name, text] : entry.numbers) record.numbers[name] = text;
  fold_facts(record, entry.facts);
  keep_marks(record, entry);
  if (entry.type == "void") record.voided = true;
}

void fold_facts(Record& record, std::span<const Fact> facts) {
  for (const Fact& fact : facts) apply(record, fact);
}

Record fold_all(TownId town, const std::vector<EntryFacts>& entries, std::size_t count) {
  Record record;
  record.town = town;
  for (std::size_t i = 0; i < count; ++i) fold(record, entries[i]);
  return record;
}

FactPath parse_fact_path(std::string_view path) {
  FactPath parsed;
  const std::size_t first = path.find('/');
  parsed.field = std::string(path.substr(0, first));
  if (first == std::string_view::npos) return parsed;
  const std::string_view rest = path.substr(first + 1);
  const std::size_t second = rest.find('/');
  const std::string_view number = rest.substr(0, second);
  std::from_chars(number.data(), number.data() + number.size(), parsed.row);
  if (second != std::string_view::npos) parsed.column = std::string(rest.substr(second + 1));
  return parsed;
}

std::string cell_path(std::string_view rows, RowNumber row, std::string_view column) {
  return fmt::format("{}/{}/{}", rows, row, column);
}

Value value_at(const Record& record, std::string_view text) {
  const FactPath path = parse_fact_path(text);
  if (path.row == 0) {
    const auto found = record.fields.find(path.field);
    return found == record.fields.end() ? Value{} : found->second;
  }
  const auto rows = record.rows.find(path.field);
  if (rows == record.rows.end()) return {};
  const auto row = rows->second.find(path.row);
  if (row == rows->second.end()) return {};
  const auto cell = row->second.find(path.column);
  return cell == row->second.end() ? Value{} : cell->second;
}

}  // namespace zs::rules
