// The rulebook as a client needs it to draw every page: kinds, fields, actions, deadlines, registers.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "rulebook/outside.h"
#include "rules/scope.h"
#include "server/api.h"
#include "server/rule_json.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

ordered_json options_json(const std::vector<rulebook::Option>& options) {
  ordered_json list = ordered_json::array();
  for (const rulebook::Option& option : options) {
    if (!option.retired) list.push_back({{"key", option.key}, {"label", option.label}});
  }
  return list;
}

ordered_json asks_json(const std::vector<rulebook::Asked>& asked) {
  ordered_json list = ordered_json::array();
  for (const rulebook::Asked& each : asked)
    list.push_back({{"field", each.field}, {"conditional", each.when != nullptr}});
  return list;
}

ordered_json action_json(const rulebook::Action& action) {
  ordered_json decides = ordered_json::array();
  for (const rulebook::Decider& decider : action.decides) decides.push_back(decider.post);
  ordered_json edits = ordered_json::object();
  for (const auto& [rows, columns] : action.edits) edits[rows] = columns;
  return {{"key", action.key},
          {"label", action.label},
          {"from", action.from},
          {"any", action.from_any},
          {"to", action.to},
          {"creates", action.creates()},
          {"decides", std::move(decides)},
          {"signed_paper", action.signed_paper},
          {"needs", asks_json(action.needs)},
          {"asks", asks_json(action.asks)},
          {"adds", action.adds},
          {"edits", std::move(edits)},
          {"clears", action.clears}};
}

std::string law_of(const ledger::Town& town, const rulebook::Deadline& deadline) {
  return deadline.rules.empty() ? std::string() : citation_of(town, deadline.rules.front().rule.rule);
}

// In what order the outside system asks, and which number it gives.
ordered_json card_json(const rulebook::Kind& kind) {
  const rulebook::NumberSeries* number = rulebook::home_number(kind);
  ordered_json lines = ordered_json::array();
  for (const rulebook::CardLine& line : kind.entry_card.lines)
    lines.push_back({{"path", line.path}, {"label", line.label}});
  return {{"number", number == nullptr ? std::string() : number->key}, {"lines", std::move(lines)}};
}

ordered_json kind_json(const ledger::Town& town, const rulebook::Kind& kind) {
  ordered_json json{{"key", kind.key}, {"label", kind.label}, {"part", kind.part}, {"measure", kind.measure}};
  json["home"] = outside_home(town, kind);
  json["states"] = json["fields"] = json["actions"] = json["deadlines"] = json["numbers"] = json["quick"] =
      ordered_json::array();
  for (const rulebook::State& state : kind.states) {
    if (state.becomes.empty())
      json["states"].push_back({{"key", state.key}, {"label", state.label}, {"final", state.is_final}});
  }
  for (const auto* fields : {&kind.fields, &rulebook::shared_fields()}) {
    for (const rulebook::Field& field : *fields) {
      if (!field.retired) json["fields"].push_back(field_json(field));
    }
  }
  for (const rulebook::Action& action : kind.actions) {
    if (!action.retired) json["actions"].push_back(action_json(action));
  }
  for (const rulebook::Deadline& deadline : kind.deadlines)
    json["deadlines"].push_back({{"key", deadline.key},
                                 {"label", deadline.label},
                                 {"bears", bearer_name(deadline.bears)},
                                 {"law", law_of(town, deadline)}});
  for (const rulebook::NumberSeries& series : kind.numbers)
    json["numbers"].push_back({{"key", series.key}, {"label", series.label}, {"outside", series.outside}});
  for (const rulebook::Quick& quick : kind.quick)
    json["quick"].push_back({{"key", quick.key}, {"label", quick.label}, {"does", quick.does}});
  json["card"] = card_json(kind);
  return json;
}

}  // namespace

ordered_json field_json(const rulebook::Field& field) {
  ordered_json json{{"key", field.key},
                    {"label", field.label},
                    {"type", type_name(field.type)},
                    {"guard", guard_name(field.guard)},
                    {"computed", field.computed != nullptr}};
  if (!field.options.empty()) json["options"] = options_json(field.options);
  if (!field.to.empty()) json["to"] = field.to;
  if (!field.asks.empty()) json["asks"] = field.asks;
  if (field.at_most > 0) json["at_most"] = field.at_most;
  if (field.columns.empty()) return json;
  ordered_json columns = ordered_json::array();
  for (const rulebook::Field& column : field.columns) {
    if (!column.retired) columns.push_back(field_json(column));
  }
  json["columns"] = std::move(columns);
  return json;
}

std::string outside_home(const ledger::Town& town, const rulebook::Kind& kind) {
  const auto home = town.homes.find(kind.key);
  const std::string& where = home != town.homes.end() ? home->second : kind.home;
  return where == "here" ? std::string() : where;
}

// Whether one of the person's posts begins records of the kind.
bool begins(const rules::Person& person, const rulebook::Kind& kind) {
  const rulebook::Action* create = kind.creating_action();
  return create != nullptr && std::any_of(create->by.begin(), create->by.end(), [&](const std::string& post) {
           return std::find(person.posts.begin(), person.posts.end(), post) != person.posts.end();
         });
}

Result<Response> rulebook_of_town(Context& context) {
  const ledger::Town& town = *context.town;
  ordered_json json{{"name", town.book->name}, {"version", town.book->version}};
  json["parts"] = json["kinds"] = json["orgs"] = json["staff"] = ordered_json::array();
  for (const auto& [key, label] : town.book->parts) json["parts"].push_back({{"key", key}, {"label", label}});
  for (const rulebook::Kind& kind : town.book->kinds) {
    if (rules::scope_of(*town.book, context.person, kind.key) == rulebook::Scope::none) continue;
    json["kinds"].push_back(kind_json(town, kind));
    json["kinds"].back()["may_create"] = begins(context.person, kind);
  }
  json["rules"] = ordered_json::object();
  for (const rulebook::Rule& each : town.book->rules)
    json["rules"][each.id] = {{"law", each.citation()}, {"label", each.label}};
  for (const auto& [key, org] : town.orgs)
    json["orgs"].push_back({{"key", key}, {"name", org.name}, {"type", org.type}});
  for (const auto& [key, person] : town.staff)
    json["staff"].push_back({{"key", key}, {"name", person.name}, {"unit", person.unit}, {"posts", person.posts}});
  return json_response(json);
}

Result<Response> rule(Context& context) {
  const rulebook::Rule* found = context.town->book->find_rule(context.part("rule"));
  if (found == nullptr) return not_found("没有这条规则", "there is no such rule");
  ordered_json json = rule_json(context, *found);
  json["standing"] = standing_json(context, found->id);
  return json_response(json);
}

}  // namespace zs::server
