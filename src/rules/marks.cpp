#include "rules/marks.h"

#include <fmt/format.h>

#include <algorithm>

#include "rulebook/field_value.h"

namespace zs::rules {
namespace {

constexpr std::string_view kPaper = "paper/";
constexpr std::string_view kBreach = "breach", kWarned = "warned", kUnasked = "unasked";

void add(Record& record, const EntryFacts& entry, std::string_view sort, const Mark& mark, const Value& signer) {
  Rows& rows = record.rows[std::string(kMarks)];
  const RowNumber number = rows.empty() ? 1 : rows.rbegin()->first + 1;
  Fields& cells = rows[number];
  const auto put = [&](const char* column, const std::string& text) {
    if (!text.empty()) cells[column] = text;
  };
  put("sort", std::string(sort));
  put("gate", mark.gate);
  put("action", entry.action);
  if (sort == kUnasked) put("state", entry.state);
  std::string rules;
  for (const std::string& rule : mark.rules) rules += (rules.empty() ? "" : " ") + rule;
  put("rules", rules);
  put("day", entry.on.text());
  put("version", std::to_string(entry.version));
  if (mark.unknown) put("unknown", "yes");
  if (const auto* who = signer.as<std::string>()) put("signer", *who);
}

Value fact(const EntryFacts& entry, std::string_view path) {
  const auto found =
      std::find_if(entry.facts.begin(), entry.facts.end(), [&](const Fact& each) { return each.path == path; });
  return found == entry.facts.end() ? Value{} : found->value;
}

std::string text_of(const Fields& cells, const char* column) {
  const auto found = cells.find(column);
  const auto* text = found == cells.end() ? nullptr : found->second.as<std::string>();
  return text == nullptr ? std::string() : *text;
}

// The act that an entry takes back is the one before it.
void drop_marks(Record& record, std::int64_t version) {
  const auto list = record.rows.find(std::string(kMarks));
  if (list == record.rows.end()) return;
  const std::string of = std::to_string(version);
  std::erase_if(list->second, [&](const auto& row) { return text_of(row.second, "version") == of; });
  if (list->second.empty()) record.rows.erase(list);
}

}  // namespace

void keep_marks(Record& record, const EntryFacts& entry) {
  if (entry.type == "undo") drop_marks(record, entry.version - 1);
  for (const Mark& mark : entry.breaches) add(record, entry, kBreach, mark, {});
  for (const Mark& mark : entry.warned) add(record, entry, kWarned, mark, fact(entry, "@pass_signer"));
  if (entry.type == "history") add(record, entry, kUnasked, {}, {});
}

PastMark past_mark(const Fields& cells) {
  PastMark mark;
  const std::string sort = text_of(cells, "sort");
  mark.sort = sort == kWarned ? MarkSort::warned : sort == kUnasked ? MarkSort::unasked : MarkSort::breach;
  mark.gate = text_of(cells, "gate");
  mark.action = text_of(cells, "action");
  mark.signer = text_of(cells, "signer");
  mark.state = text_of(cells, "state");
  mark.unknown = text_of(cells, "unknown") == "yes";
  mark.day = parse_date(text_of(cells, "day")).value_or(Date());
  const std::string rules = text_of(cells, "rules");
  for (std::size_t at = 0; at < rules.size();) {
    const std::size_t end = std::min(rules.find(' ', at), rules.size());
    mark.rules.push_back(rules.substr(at, end - at));
    at = end + 1;
  }
  return mark;
}

std::optional<std::string_view> paper_element(std::string_view mark) {
  if (!mark.starts_with(kPaper)) return std::nullopt;
  const std::size_t slash = mark.find('/', kPaper.size());
  return slash == std::string_view::npos ? std::nullopt : std::optional(mark.substr(slash + 1));
}

std::string paper_mark(std::string_view form, std::string_view element) {
  return fmt::format("{}{}/{}", kPaper, form, element);
}

std::string element_label(const rulebook::Kind& kind, std::string_view element) {
  const std::string key(element.substr(0, element.find(':')));
  const std::string_view part = key.size() == element.size() ? std::string_view() : element.substr(key.size() + 1);
  for (const auto& [name, says] : rulebook::form_names()) {
    if (name == element) return std::string(says);
  }
  const rulebook::Field* field = kind.find_field(key);
  if (field == nullptr) field = rulebook::find_shared_field(key);
  if (field == nullptr) {
    const rulebook::NumberSeries* series = kind.find_number(key);
    return series == nullptr ? std::string(element) : series->label;
  }
  if (field->type == rulebook::Type::party) {
    for (const rulebook::PartyPart& each : rulebook::party_parts()) {
      if (each.key == part) return field->label + std::string(each.label);
    }
  }
  return field->label;
}

std::string says_of_mark(const rulebook::Rulebook& book, const rulebook::Kind& kind, const std::string& gate) {
  if (const rulebook::Gate* declared = kind.find_gate(gate)) return declared->says;
  if (gate == "decides") return "决定的人没有这项职务";
  if (gate == "order") return "日期早于上一步";
  if (!gate.starts_with(kPaper)) return gate;
  const std::string rest = gate.substr(kPaper.size());
  const std::string key = rest.substr(0, rest.find('/'));
  const rulebook::Form* form = book.find_form(key);
  const std::string element = rest.size() > key.size() ? rest.substr(key.size() + 1) : std::string();
  return fmt::format("《{}》缺“{}”", form == nullptr ? key : form->label, element_label(kind, element));
}

}  // namespace zs::rules
