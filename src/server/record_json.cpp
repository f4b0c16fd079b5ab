#include "server/record_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "server/words.h"

namespace zs::server {

using nlohmann::ordered_json;
using rulebook::Field;
using rulebook::Guard;
using rulebook::Type;

namespace {

// A day where no hour was said.
ordered_json moment_json(const std::optional<Moment>& moment) {
  if (!moment) return {};
  return *moment == start_of(moment->day()) ? moment->day().text() : moment->text();
}

// A party shows who it is; what identifies or reaches a person stays covered until it is asked for with a reason.
Value covered(const Context& context, const Field& field, const Value& value, bool& covers) {
  covers = false;
  if (value.unknown() || field.guard == Guard::open || field.guard == Guard::internal) return value;
  const bool all = guarded(context, field);
  if (const auto* party = value.as<Party>()) {
    Party made;
    for (const auto& [key, text] : *party) {
      const bool name = key == "name" || key == "kind";
      made[key] = name && !all ? text : masked(text);
      covers = covers || made[key] != text;
    }
    return made;
  }
  const bool strict = field.guard == Guard::sensitive || field.guard == Guard::secret;
  if (!all && !strict) return value;
  covers = true;
  const auto* text = value.as<std::string>();
  return text == nullptr ? Value(std::string("***")) : Value(masked(*text));
}

ordered_json field_json(const Context& context, const Field& field, const Value& value) {
  bool covers = false;
  const Value seen = covered(context, field, value, covers);
  return {{"key", field.key},
          {"label", field.label},
          {"type", type_name(field.type)},
          {"guard", guard_name(field.guard)},
          {"value", covers ? ordered_json() : raw(seen)},
          {"text",
           covers && seen.as<std::string>() != nullptr ? *seen.as<std::string>() : shown(*context.town, field, seen)},
          {"masked", covers},
          {"computed", field.computed != nullptr}};
}

ordered_json rows_json(const Context& context, const Field& field, const rules::Rows& rows) {
  ordered_json columns = ordered_json::array();
  for (const Field& column : field.columns)
    columns.push_back({{"key", column.key}, {"label", column.label}, {"type", type_name(column.type)}});
  ordered_json list = ordered_json::array();
  for (const auto& [number, cells] : rows) {
    ordered_json made = ordered_json::object();
    for (const auto& [key, value] : cells) {
      const Field* column = field.find_column(key);
      if (column == nullptr) continue;
      const ordered_json cell = field_json(context, *column, value);
      made[key] = {{"value", cell["value"]}, {"text", cell["text"]}, {"masked", cell["masked"]}};
    }
    list.push_back({{"number", number}, {"cells", std::move(made)}});
  }
  return {{"key", field.key}, {"label", field.label}, {"columns", std::move(columns)}, {"rows", std::move(list)}};
}

// The states in the order in which the record went through them, then where it may go.
ordered_json steps_json(const rulebook::Kind& kind, const std::vector<ledger::HistoryLine>& history) {
  ordered_json steps = ordered_json::array();
  std::vector<std::string> passed;
  for (const ledger::HistoryLine& line : history) {
    const std::string& state = line.facts.state;
    if (state.empty() || (!passed.empty() && passed.back() == state)) continue;
    passed.push_back(state);
    const rulebook::State* declared = kind.find_state(state);
    steps.push_back({{"state", state},
                     {"label", declared == nullptr ? state : declared->label},
                     {"day", line.facts.on.text()},
                     {"current", false}});
  }
  if (!steps.empty()) steps.back()["current"] = true;
  return steps;
}

bool there(const ledger::RecordView& view, const rulebook::DossierItem& item, std::optional<Date>& day) {
  if (item.form.empty()) {
    const auto rows = view.record.rows.find(item.field);
    return (rows != view.record.rows.end() && !rows->second.empty()) || view.record.fields.contains(item.field);
  }
  const auto papers = view.record.rows.find("papers");
  if (papers == view.record.rows.end()) return false;
  for (const auto& [number, cells] : papers->second) {
    const auto form = cells.find("form");
    const auto* key = form == cells.end() ? nullptr : form->second.as<std::string>();
    if (key == nullptr || *key != item.form) continue;
    const auto dated = cells.find("day");
    if (dated != cells.end() && dated->second.as<Date>() != nullptr) day = *dated->second.as<Date>();
    return true;
  }
  return false;
}

ordered_json dossier_json(const Context& context, const rulebook::Kind& kind, const ledger::RecordView& view) {
  ordered_json list = ordered_json::array();
  rules::View looked(context.town->in_force(), view.record);
  for (const rulebook::DossierItem& item : kind.dossier) {
    if (!looked.applies(item.when)) continue;
    std::optional<Date> day;
    const bool is_there = there(view, item, day);
    const Field* field = kind.find_field(item.field);
    const std::string label = !item.form.empty() ? item.form : field == nullptr ? item.field : field->label;
    list.push_back(
        {{"label", label}, {"form", item.form}, {"there", is_there}, {"day", day_json(day)}, {"needed", true}});
  }
  return list;
}

ordered_json near_json(const Context& context, const std::vector<ledger::Near>& near) {
  ordered_json list = ordered_json::array();
  for (const ledger::Near& each : near) {
    const rulebook::Kind* from = context.town->book->find_kind(each.from_kind);
    const Field* field = from == nullptr ? nullptr : from->find_field(each.field);
    ordered_json row = row_json(context, each.row);
    row["field"] = each.field;
    row["label"] = field == nullptr ? each.field : field->label;
    row["back"] = each.back;
    list.push_back(std::move(row));
  }
  return list;
}

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

std::string text_of(const Context& context, const Field& field, const Value& value) {
  if (value.absent()) return {};
  bool covers = false;
  const Value seen = covered(context, field, value, covers);
  return covers && seen.as<std::string>() != nullptr ? *seen.as<std::string>() : shown(*context.town, field, seen);
}

ordered_json marks_json(const Context& context, const rulebook::Kind& kind, const std::vector<rules::Mark>& marks) {
  ordered_json list = ordered_json::array();
  for (const rules::Mark& mark : marks) {
    const rulebook::Gate* gate = kind.find_gate(mark.gate);
    ordered_json law = ordered_json::array();
    for (const std::string& rule : mark.rules) {
      const std::string citation = citation_of(*context.town, rulebook::parse_rule_ref(rule, {}).rule);
      if (!citation.empty()) law.push_back(citation);
    }
    list.push_back({{"says", gate == nullptr ? mark.gate : gate->says}, {"law", std::move(law)}});
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

}  // namespace

ordered_json file_json(const ledger::Attachment& file) {
  return {{"digest", file.digest}, {"name", file.name}, {"type", file.type}, {"size", file.size}};
}

ordered_json deadline_json(const ledger::DeadlineView& deadline) {
  return {{"key", deadline.key},
          {"row", deadline.row},
          {"label", deadline.label},
          {"rule", deadline.rule},
          {"law", deadline.citation},
          {"bears", bearer_name(deadline.bears)},
          {"outcome", rules::name_of(deadline.outcome)},
          {"outcome_label", rules::chinese_of(deadline.outcome)},
          {"start", moment_json(deadline.start)},
          {"due", day_json(deadline.due)},
          {"due_at", moment_json(deadline.due_at)},
          {"stop", moment_json(deadline.stop)},
          {"estimated", deadline.estimated},
          {"provisional", deadline.provisional},
          {"weekday", deadline.due ? ordered_json(weekday(*deadline.due)) : ordered_json()},
          {"badge", badge_json(deadline.badge)},
          {"working", deadline.working}};
}

ordered_json record_json(const Context& context, const ledger::RecordView& view,
                         const std::vector<ledger::HistoryLine>& history, const std::vector<ledger::Near>& near) {
  const rulebook::Kind& kind = *context.town->book->find_kind(view.record.kind);
  const rulebook::State* state = kind.find_state(view.record.state);
  ordered_json json{{"id", view.record.id.number},
                    {"kind", view.record.kind},
                    {"kind_label", view.kind_label},
                    {"number", view.number},
                    {"numbers", view.record.numbers},
                    {"title", view.title},
                    {"state", view.record.state},
                    {"state_label", view.state_label},
                    {"final", state != nullptr && state->is_final},
                    {"version", view.record.version},
                    {"voided", view.record.voided}};
  json["fields"] = json["rows"] = json["deadlines"] = ordered_json::array();
  for (const auto* fields : {&kind.fields, &rulebook::shared_fields()}) {
    for (const Field& field : *fields) {
      const auto given = view.record.fields.find(field.key);
      const auto computed = view.computed.find(field.key);
      if (given != view.record.fields.end())
        json["fields"].push_back(field_json(context, field, given->second));
      else if (computed != view.computed.end() && !computed->second.absent())
        json["fields"].push_back(field_json(context, field, computed->second));
      const auto rows = view.record.rows.find(field.key);
      if (rows != view.record.rows.end() && !rows->second.empty())
        json["rows"].push_back(rows_json(context, field, rows->second));
    }
  }
  for (const ledger::DeadlineView& deadline : view.deadlines) {
    if (deadline.outcome != rules::OutcomeOf::none) json["deadlines"].push_back(deadline_json(deadline));
  }
  json["steps"] = steps_json(kind, history);
  json["dossier"] = dossier_json(context, kind, view);
  json["links"] = near_json(context, near);
  return json;
}

ordered_json history_json(const Context& context, const rulebook::Kind& kind,
                          const std::vector<ledger::HistoryLine>& lines) {
  ordered_json items = ordered_json::array();
  std::map<std::string, Value> before;
  for (const ledger::HistoryLine& line : lines) {
    ordered_json changes = ordered_json::array();
    std::string text;
    for (const rules::Fact& fact : line.facts.facts) {
      if (fact.path.starts_with('@')) continue;
      std::string label;
      const Field* field = field_of_path(kind, fact.path, label);
      if (field == nullptr) continue;
      const std::string after = text_of(context, *field, fact.value);
      ordered_json change{{"label", label}, {"before", nullptr}, {"after", after}};
      if (const auto known = before.find(fact.path); known != before.end())
        change["before"] = text_of(context, *field, known->second);
      if (changes.size() < 3)
        text += fmt::format("{}{} {}", text.empty() ? "：" : "，", label, after.empty() ? "（清除）" : after);
      changes.push_back(std::move(change));
      before[fact.path] = fact.value;
    }
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
         {"changes", std::move(changes)},
         {"breaches", marks_json(context, kind, line.facts.breaches)},
         {"warned", marks_json(context, kind, line.facts.warned)}});
  }
  std::reverse(items.begin(), items.end());
  return items;
}

}  // namespace zs::server
