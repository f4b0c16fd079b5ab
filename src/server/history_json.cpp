// A record's history: each entry as a sentence with its differences, the newest first.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "rules/marks.h"
#include "server/record_json.h"
#include "server/words.h"

namespace zs::server {

using nlohmann::ordered_json;
using rulebook::Field;

namespace {

const Field* field_of_path(const rulebook::Kind& kind, std::string_view path, std::string& label) {
  const std::size_t slash = path.find('/');
  const Field* field = kind.find_field(path.substr(0, slash));
  if (field == nullptr) field = rulebook::find_shared_field(path.substr(0, slash));
  label = field == nullptr ? std::string(path) : field->label;
  if (slash == std::string_view::npos || field == nullptr) return field;
  const std::size_t last = path.rfind('/');
  const Field* column = field->find_column(path.substr(last + 1));
  label = fmt::format("{}第{}行{}", field->label, path.substr(slash + 1, last - slash - 1),
                      column == nullptr ? "" : column->label);
  return column;
}

ordered_json marks_json(const Context& context, const rulebook::Kind& kind, const std::vector<rules::Mark>& marks) {
  ordered_json list = ordered_json::array();
  for (const rules::Mark& mark : marks) {
    ordered_json law = ordered_json::array();
    for (const std::string& rule : mark.rules) {
      const std::string citation = citation_of(*context.town, rulebook::parse_rule_ref(rule, {}).rule);
      if (!citation.empty()) law.push_back(citation);
    }
    list.push_back({{"says", rules::says_of_mark(*context.town->book, kind, mark.gate)}, {"law", std::move(law)}});
  }
  return list;
}

std::string action_label(const rulebook::Kind& kind, const rules::EntryFacts& facts) {
  const rulebook::Action* action = kind.find_action(facts.action);
  return action != nullptr ? action->label : act_name(facts.type);
}

std::string way_label(std::string_view way) {
  if (way == "registered") return "补登已发生的";
  if (way == "history") return "旧台账";
  if (way == "summary") return "汇总";
  return "办理";
}

// What an entry wrote, each beside what stood there; `text` is told the first of it.
ordered_json changes_of(const Context& context, const ledger::RecordPage& page, const rules::EntryFacts& entry,
                        std::map<std::string, Value>& before, std::string& text) {
  const rulebook::Kind& kind = *context.town->book->find_kind(page.view.record.kind);
  ordered_json changes = ordered_json::array();
  for (const rules::Fact& fact : entry.facts) {
    if (fact.path == "@reason") text += fmt::format("，理由：{}", plain_text(fact.value));
    if (fact.path.starts_with('@')) continue;
    std::string label;
    const Field* field = field_of_path(kind, fact.path, label);
    if (field == nullptr) continue;
    const std::string after = seen_text(context, page, *field, fact.value);
    ordered_json change{{"label", label}, {"before", nullptr}, {"after", after}};
    if (const auto known = before.find(fact.path); known != before.end())
      change["before"] = seen_text(context, page, *field, known->second);
    if (changes.size() < 3)
      text += fmt::format("{}{} {}", text.empty() ? "：" : "，", label, after.empty() ? "（清除）" : after);
    changes.push_back(std::move(change));
    before[fact.path] = fact.value;
  }
  for (const auto& [name, number] : entry.numbers) {
    const rulebook::NumberSeries* series = kind.find_number(name);
    const std::string label = series == nullptr ? name : series->label;
    text += fmt::format("{}{} {}", text.empty() ? "：" : "，", label, number);
    changes.push_back({{"label", label}, {"before", nullptr}, {"after", number}});
  }
  return changes;
}

// Why it was corrected, voided, handed over; empty where nobody said.
std::string reason_of(const rules::EntryFacts& facts) {
  for (const rules::Fact& fact : facts.facts) {
    if (fact.path == "@reason") return plain_text(fact.value);
  }
  return {};
}

}  // namespace

ordered_json history_json(const Context& context, const ledger::RecordPage& page,
                          const std::vector<ledger::HistoryLine>& lines) {
  const rulebook::Kind& kind = *context.town->book->find_kind(page.view.record.kind);
  ordered_json items = ordered_json::array();
  std::map<std::string, Value> before;
  for (const ledger::HistoryLine& line : lines) {
    std::string text;
    ordered_json changes = changes_of(context, page, line.facts, before, text);
    const std::string label = action_label(kind, line.facts);
    items.push_back(
        {{"entry", line.n.number},
         {"at", line.at.text()},
         {"day", line.facts.on.text()},
         {"actor", line.facts.actor},
         {"actor_name", staff_name(*context.town, line.facts.actor)},
         {"decider_name",
          line.facts.decider.empty() ? ordered_json() : ordered_json(staff_name(*context.town, line.facts.decider))},
         {"action", line.facts.action},
         {"action_label", label},
         {"type", line.facts.type},
         {"way", line.facts.way},
         {"way_label", way_label(line.facts.way)},
         {"late_entry", line.late_entry},
         {"text", label + text},
         {"reason", reason_of(line.facts)},
         {"changes", std::move(changes)},
         {"breaches", marks_json(context, kind, line.facts.breaches)},
         {"warned", marks_json(context, kind, line.facts.warned)}});
  }
  std::reverse(items.begin(), items.end());
  return items;
}

}  // namespace zs::server
