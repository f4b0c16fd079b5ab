// A kind's body: states, numbers, gates, dossier, quick forms. YAML → rulebook/kind.h.
#include <fmt/format.h>

#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

void load_states(Loading& loading, Kind& kind, const Node& root) {
  for (const auto& [key, value] : root.entries) {
    State state;
    state.key = key.scalar;
    state.place = key.place;
    if (value.is_map()) {
      expect_keys(loading, value, {"label", "final", "retired"});
      state.label = required(loading, value, "label");
      state.is_final = flag_of(loading, value["final"]);
      if (value.has("retired")) state.becomes = required(loading, value["retired"], "becomes");
    } else {
      state.label = value.scalar;
    }
    if (state.label.empty()) loading.faults.add(key.place, "状态没有名称", "the state has no label");
    kind.states.push_back(std::move(state));
  }
}

void load_numbers(const NameScope& scope, Kind& kind, const Node& root) {
  kind.numbers.clear();  // until now only their names stood here
  for (const auto& [key, value] : root.entries) {
    expect_keys(scope.loading, value, {"label", "pattern", "given_by", "year_of", "per", "outside", "unique", "when"});
    NumberSeries series;
    series.key = key.scalar;
    series.place = key.place;
    series.label = required(scope.loading, value, "label");
    series.pattern = value["pattern"].scalar;
    series.given_by = value["given_by"].scalar;
    series.year_of = value["year_of"].scalar;
    series.per = value["per"].scalar;
    series.outside = flag_of(scope.loading, value["outside"]);
    series.unique = flag_of(scope.loading, value["unique"]);
    series.when = read_when(scope, value);
    if (!series.outside && series.pattern.find("{serial}") == std::string::npos) {
      scope.loading.faults.add(value.place, "编号的 pattern 里没有 {serial}", "the number's pattern has no {serial}");
    }
    kind.numbers.push_back(std::move(series));
  }
}

void load_dossier(const NameScope& scope, Kind& kind, const Node& root) {
  for (const Node& item : root.items) {
    expect_keys(scope.loading, item, {"form", "field", "when"});
    DossierItem entry;
    entry.place = item.place;
    entry.form = item["form"].scalar;
    entry.field = item["field"].scalar;
    entry.when = read_when(scope, item);
    if (!entry.field.empty()) resolve_path(scope, item["field"]);
    kind.dossier.push_back(std::move(entry));
  }
}

void load_quick(Loading& loading, Kind& kind, const Node& root) {
  for (const auto& [key, value] : root.entries) {
    expect_keys(loading, value, {"label", "does"});
    kind.quick.push_back({key.scalar, required(loading, value, "label"), words_of(loading, value["does"]), key.place});
  }
}

void load_computed(const NameScope& scope, Kind& kind, const Node& root) {
  for (const auto& [key, value] : root["fields"].entries) {
    Field* field = nullptr;
    for (Field& candidate : kind.fields) {
      if (candidate.key == key.scalar) field = &candidate;
    }
    if (field == nullptr) continue;
    if (value.has("computed")) field->computed = read_computed(scope, *field, value["computed"]);
    for (const auto& [column_key, column_node] : value["columns"].entries) {
      for (Field& column : field->columns) {
        if (column.key != column_key.scalar || !column_node.has("computed")) continue;
        NameScope rows = scope;
        rows.rows = field;
        column.computed = read_computed(rows, column, column_node["computed"]);
      }
    }
  }
}

void load_hidden_from(const NameScope& scope, Kind& kind, const Node& node) {
  if (!node) return;
  expect_keys(scope.loading, node, {"when", "org", "rule"});
  HiddenFrom hidden;
  hidden.when = read_when(scope, node);
  hidden.org_field = required(scope.loading, node, "org");
  hidden.rule = read_rule_ref(scope.loading, node["rule"]);
  kind.hidden_from = std::move(hidden);
}

}  // namespace

void load_gates(const NameScope& scope, Kind& kind, const Node& root) {
  NameScope wide = scope;
  wide.beyond = true;
  for (const auto& [key, value] : root.entries) {
    Gate gate;
    gate.key = key.scalar;
    gate.place = key.place;
    if (value.is_list()) {
      gate.gates = words_of(scope.loading, value);
    } else {
      gate.says = required(scope.loading, value, "says");
      gate.warns = flag_of(scope.loading, value["warns"]);
      gate.when = read_when(wide, value);
      gate.condition = read_condition_without(wide, value, {"says", "warns", "when", "rule"});
      const Node& rule = value["rule"];
      if (rule.is_list()) {
        for (const Node& item : rule.items) gate.rules.push_back(read_rule_ref(scope.loading, item));
      } else if (rule) {
        gate.rules.push_back(read_rule_ref(scope.loading, rule));
      } else {
        scope.loading.faults.add(key.place, fmt::format("关口“{}”没有写依据的规则（rule:）", gate.key),
                                 fmt::format("the gate \"{}\" names no rule:", gate.key));
      }
    }
    kind.gates.push_back(std::move(gate));
  }
}

void load_subject(Loading& loading, Kind& kind, const Node& node) {
  if (!node) return;
  kind.subject = node.scalar;
  std::vector<std::string> names;
  for (const Field& field : kind.fields) {
    const bool plain = (field.type == Type::text || field.type == Type::note) && !field.computed;
    if (plain && field.key == kind.subject) return;
    if (plain) names.push_back(field.key);
  }
  unknown_name(loading, node.place, "文字字段", "text field", kind.subject, names);
}

void load_kind_body(Loading& loading, Kind& kind, const Node& root) {
  expect_keys(loading, root, {"label",       "part",    "measure", "title",   "dates",  "home",       "signs",
                              "hidden_from", "use",     "states",  "numbers", "fields", "gates",      "actions",
                              "deadlines",   "dossier", "notices", "quick",   "field",  "entry_card", "subject"});
  const NameScope scope{loading, &kind};
  kind.label = required(loading, root, "label");
  kind.part = required(loading, root, "part");
  kind.measure = required(loading, root, "measure");
  kind.home = root["home"].scalar;
  kind.title = words_of(loading, root["title"]);
  kind.signs = words_of(loading, root["signs"]);
  if (root["dates"].has("opened")) kind.opened = resolve_path(scope, root["dates"]["opened"]).path.text;
  if (root["dates"].has("closed")) kind.closed = resolve_path(scope, root["dates"]["closed"]).path.text;
  load_states(loading, kind, root["states"]);
  load_numbers(scope, kind, root["numbers"]);
  load_computed(scope, kind, root);
  for (const std::string& group : kind.use) {
    const auto found = loading.group_nodes.find(group);
    if (found == loading.group_nodes.end()) continue;
    load_computed(scope, kind, found->second);
    load_gates(scope, kind, found->second["gates"]);
  }
  load_gates(scope, kind, root["gates"]);
  load_actions(scope, kind, root["actions"]);
  load_deadlines(scope, kind, root["deadlines"]);
  load_dossier(scope, kind, root["dossier"]);
  load_quick(loading, kind, root["quick"]);
  load_outside(scope, kind, root);
  load_hidden_from(scope, kind, root["hidden_from"]);
  kind.notices = read_notices(loading, root["notices"]);
  load_subject(loading, kind, root["subject"]);
  for (const std::string& title : kind.title) {
    const Field* field = kind.find_field(title);
    if (field == nullptr) {
      loading.faults.add(root["title"].place, fmt::format("标题里的“{}”不是字段", title),
                         fmt::format("\"{}\" in the title is no field", title));
    } else if (field->guard != Guard::open && field->guard != Guard::internal) {
      loading.faults.add(root["title"].place, fmt::format("标题里的“{}”是个人信息，标题只用公开、内部字段", title),
                         fmt::format("\"{}\" in the title is guarded: titles take open and internal fields", title));
    }
  }
}

}  // namespace zs::rulebook
