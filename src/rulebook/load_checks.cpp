// checks.yaml: self-checks (自查表).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kOutcomes{{{"none", "不适用"},
                                                                                   {"waiting", "未起算"},
                                                                                   {"running", "进行中"},
                                                                                   {"paused", "暂停"},
                                                                                   {"met", "按期"},
                                                                                   {"late", "逾期办理"},
                                                                                   {"overdue", "逾期"},
                                                                                   {"lapsed", "已届满"},
                                                                                   {"dropped", "不再计"},
                                                                                   {"unknown", "不详"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kHeld{{{"none", "未到这一步"},
                                                                              {"passed", "已核，符合"},
                                                                              {"warned", "有提醒，已签批"},
                                                                              {"unproven", "没有核过"},
                                                                              {"breached", "违规"}}};

std::vector<Option> options_of(const auto& words) {
  std::vector<Option> options;
  for (const auto& [key, label] : words) options.push_back({std::string(key), std::string(label), false});
  return options;
}

/// What a cell turns out to hold: the column's type follows the first that says anything.
struct Typed {
  Field field;
  CheckColumn::Sort sort = CheckColumn::Sort::plain;
};

class CheckReader {
 public:
  CheckReader(Loading& loading, SelfCheck& check) : loading_(loading), check_(check) {}

  void run(const Node& node) {
    expect_keys(loading_, node, {"label", "definition", "rule", "columns", "groups", "signed_by", "lines"});
    check_.label = required(loading_, node, "label");
    check_.definition = required(loading_, node, "definition");
    read_rules(node);
    read_columns(node);
    check_.signed_by = words_of(loading_, node["signed_by"]);
    check_.groups = node["groups"].scalar;
    if (!check_.groups.empty()) expect_column(node["groups"], check_.groups);
    if (node["lines"].items.empty())
      fault(node.place, "自查表没有写取哪本台账（lines:）", "the self-check does not say where its lines come from");
    std::vector<const Node*> differs;
    for (const Node& item : node["lines"].items) {
      read_source(item);
      differs.push_back(&item);
    }
    check_totals();
    // Only now do all columns have their types.
    for (std::size_t i = 0; i < differs.size(); ++i) read_differs(check_.sources[i], (*differs[i])["differs"]);
  }

 private:
  void fault(const Place& place, std::string zh, std::string en) {
    loading_.faults.add(place, std::move(zh), std::move(en));
  }

  void read_rules(const Node& node) {
    const Node rules = node["rule"];
    if (rules.is_scalar()) check_.rules.push_back(read_rule_ref(loading_, rules));
    for (const Node& rule : rules.items) check_.rules.push_back(read_rule_ref(loading_, rule));
    if (check_.rules.empty())
      fault(node.place, "自查表没有写依据（rule:）", "the self-check does not say which rule asks for it (rule:)");
  }

  void read_columns(const Node& node) {
    check_.line.key = check_.key;
    check_.line.type = Type::rows;
    for (const auto& [key, value] : node["columns"].entries) {
      expect_keys(loading_, value, {"label", "total"});
      if (reserved(key.scalar))
        fault(key.place, fmt::format("“{}”是规则书的保留词，换一个列名", key.scalar),
              fmt::format("\"{}\" is a reserved word: choose another column key", key.scalar));
      Field column;
      column.key = key.scalar;
      column.place = key.place;
      column.label = required(loading_, value, "label");
      check_.line.columns.push_back(std::move(column));
      CheckColumn made;
      made.total = flag_of(loading_, value["total"]);
      check_.columns.push_back(made);
    }
    typed_.assign(check_.columns.size(), false);
    if (check_.columns.empty()) fault(node.place, "自查表没有写列（columns:）", "the self-check has no columns:");
  }

  void expect_column(const Node& node, const std::string& name) {
    if (check_.line.find_column(name) != nullptr) return;
    std::vector<std::string> names;
    for (const Field& column : check_.line.columns) names.push_back(column.key);
    unknown_name(loading_, node.place, "列", "column", name, names);
  }

  void check_totals() {
    for (std::size_t i = 0; i < check_.columns.size(); ++i) {
      const Field& column = check_.line.columns[i];
      if (!typed_[i])
        fault(column.place, fmt::format("没有一处给“{}”这一列取数", column.label),
              fmt::format("nothing fills the column \"{}\"", column.key));
      else if (check_.columns[i].total && column.type != Type::count && column.type != Type::money)
        fault(column.place, fmt::format("“{}”不是数或者金额，不能合计", column.label),
              fmt::format("\"{}\" is neither a count nor money: it cannot be added up", column.key));
    }
  }

  // "penalty", "mediation_subsidy.cases".
  NameScope scope_of(CheckSource& source, const Node& of) {
    NameScope scope{loading_};
    scope.beyond = true;
    const std::size_t dot = of.scalar.find('.');
    source.kind = of.scalar.substr(0, dot);
    scope.kind = loading_.find_kind(source.kind);
    if (scope.kind == nullptr) {
      std::vector<std::string> names;
      for (const Kind& candidate : loading_.book.kinds) names.push_back(candidate.key);
      unknown_name(loading_, of.place, "台账", "kind", source.kind, names);
      return scope;
    }
    if (dot == std::string::npos) return scope;
    source.rows = of.scalar.substr(dot + 1);
    return row_scope(scope, of, source.rows);
  }

  void read_source(const Node& node) {
    expect_keys(loading_, node, {"of", "dated", "where", "cells", "differs"});
    CheckSource& source = check_.sources.emplace_back();
    source.place = node.place;
    source.cells.resize(check_.columns.size());
    const NameScope scope = scope_of(source, node["of"]);
    if (scope.kind == nullptr) return;
    if (!node.has("dated"))
      fault(node.place, "没有写按哪一天归年度（dated:）", "say which day puts a line into a year (dated:)");
    else if (auto dated = read_date(scope, node["dated"]))
      source.dated = std::move(*dated);
    if (node.has("where")) source.where = read_condition(scope, node["where"]);
    for (const auto& [key, value] : node["cells"].entries) {
      expect_column(key, key.scalar);
      for (std::size_t i = 0; i < check_.line.columns.size(); ++i) {
        if (check_.line.columns[i].key == key.scalar) read_cell(scope, i, source.cells[i], value);
      }
    }
  }

  void read_differs(CheckSource& source, const Node& node) {
    NameScope scope{loading_};
    scope.kind = loading_.find_kind(source.kind);
    if (scope.kind == nullptr || !node) return;
    scope.rows = &check_.line;
    scope.beyond = true;
    if (!node.is_list())
      fault(node.place, "differs 写一列 {says: 为什么不符, 条件}", "differs takes a list of {says: why, condition}");
    for (const Node& item : node.items)
      source.differs.push_back({required(loading_, item, "says"), read_condition_without(scope, item, {"says"})});
  }

  void read_cell(const NameScope& scope, std::size_t at, CheckCell& cell, const Node& node) {
    cell.place = node.place;
    Typed typed;
    if (node.is_scalar()) {
      typed = read_path(scope, cell, node);
    } else if (node.has("value")) {
      expect_keys(loading_, node, {"value", "when"});
      typed = read_path(scope, cell, node["value"]);
      cell.when = read_when(scope, node);
    } else if (node.has("outcome") || node.has("due") || node.has("over")) {
      typed = read_deadline(scope, cell, node);
    } else if (node.has("minus")) {
      expect_keys(loading_, node, {"minus"});
      cell.kind = CheckCell::Kind::minus;
      cell.columns = words_of(loading_, node["minus"]);
      for (const std::string& column : cell.columns) expect_column(node["minus"], column);
      const Field* first = cell.columns.empty() ? nullptr : check_.line.find_column(cell.columns.front());
      typed.field.type = first == nullptr ? Type::count : first->type;
    } else if (node.has("gates")) {
      typed = read_gates(*scope.kind, cell, node);
    } else if (node.has("decided")) {
      expect_keys(loading_, node, {"decided"});
      cell.kind = CheckCell::Kind::decided;
      cell.acts = words_of(loading_, node["decided"]);
      for (const std::string& act : cell.acts) expect_action(*scope.kind, node["decided"], act);
      typed.field.type = Type::staff;
    } else {
      cell.kind = CheckCell::Kind::computed;
      cell.computed = read_computed(scope, typed.field, node);
      typed.field.type = type_of(*cell.computed);
    }
    take_type(at, typed, node);
  }

  static Type type_of(const Computed& computed) {
    switch (computed.kind) {
      case Computed::Kind::holds: return Type::flag;
      case Computed::Kind::count: return Type::count;
      case Computed::Kind::sum: return computed.path.type;
      case Computed::Kind::accrues: return Type::money;
      case Computed::Kind::date:
      case Computed::Kind::end_of: return Type::date;
    }
    return Type::text;
  }

  Typed read_path(const NameScope& scope, CheckCell& cell, const Node& node) {
    cell.kind = CheckCell::Kind::path;
    const Resolved resolved = resolve_path(scope, node);
    cell.path = resolved.path;
    Typed typed;
    if (resolved.field != nullptr) typed.field = *resolved.field;
    typed.field.type = resolved.path.type;
    // A part of a party names somebody.
    const bool part = !cell.path.steps.empty() && cell.path.steps.back().step == Step::Kind::part;
    if (part) typed.field.guard = Guard::personal;
    return typed;
  }

  Typed read_deadline(const NameScope& scope, CheckCell& cell, const Node& node) {
    expect_keys(loading_, node, {"outcome", "due", "over"});
    const std::string_view word = node.has("outcome") ? "outcome" : node.has("due") ? "due" : "over";
    cell.kind = word == "outcome" ? CheckCell::Kind::outcome
                : word == "due"   ? CheckCell::Kind::due
                                  : CheckCell::Kind::over;
    cell.deadline = node[word].scalar;
    if (scope.kind->find_deadline(cell.deadline) == nullptr) {
      std::vector<std::string> names;
      for (const Deadline& deadline : scope.kind->deadlines) names.push_back(deadline.key);
      unknown_name(loading_, node[word].place, "期限", "deadline", cell.deadline, names);
    }
    Typed typed;
    typed.field.type = word == "outcome" ? Type::choice : word == "due" ? Type::date : Type::count;
    if (word == "outcome") {
      typed.field.options = options_of(kOutcomes);
      typed.sort = CheckColumn::Sort::outcome;
    }
    return typed;
  }

  void expect_action(const Kind& kind, const Node& node, const std::string& name) {
    if (kind.find_action(name) != nullptr) return;
    std::vector<std::string> names;
    for (const Action& action : kind.actions) names.push_back(action.key);
    unknown_name(loading_, node.place, "动作", "action", name, names);
  }

  Typed read_gates(const Kind& kind, CheckCell& cell, const Node& node) {
    expect_keys(loading_, node, {"gates", "of"});
    cell.kind = CheckCell::Kind::gates;
    for (const std::string& name : words_of(loading_, node["gates"])) {
      const auto opened = open_gates(kind, name);
      if (opened.empty()) unknown_gate(loading_, node["gates"], kind, name);
      cell.gates.insert(cell.gates.end(), opened.begin(), opened.end());
    }
    cell.acts = words_of(loading_, node["of"]);
    for (const std::string& act : cell.acts) expect_action(kind, node["of"], act);
    for (const std::string& gate : cell.gates) {
      const bool asked = std::any_of(kind.actions.begin(), kind.actions.end(), [&](const Action& action) {
        const bool meant =
            cell.acts.empty() || std::find(cell.acts.begin(), cell.acts.end(), action.key) != cell.acts.end();
        return meant && std::any_of(action.requires_gates.begin(), action.requires_gates.end(), [&](const auto& each) {
                 const auto opened = open_gates(kind, each);
                 return std::find(opened.begin(), opened.end(), gate) != opened.end();
               });
      });
      if (!asked)
        fault(node["gates"].place, fmt::format("没有动作问“{}”这个关口，不能拿它证明什么", gate),
              fmt::format("no act asks the gate \"{}\": it proves nothing", gate));
    }
    Typed typed;
    typed.field.type = Type::choice;
    typed.field.options = options_of(kHeld);
    typed.sort = CheckColumn::Sort::gates;
    return typed;
  }

  void take_type(std::size_t at, const Typed& typed, const Node& node) {
    Field& column = check_.line.columns[at];
    column.guard = std::max(column.guard, typed.field.guard);
    if (!typed_[at]) {
      typed_[at] = true;
      column.type = typed.field.type;
      column.options = typed.field.options;
      column.to = typed.field.to;
      check_.columns[at].sort = typed.sort;
      return;
    }
    if (column.type == typed.field.type && check_.columns[at].sort == typed.sort) {
      // Kinds may call the same thing by other options.
      for (const Option& option : typed.field.options) {
        if (column.find_option(option.key) == nullptr) column.options.push_back(option);
      }
      return;
    }
    fault(node.place, fmt::format("“{}”这一列在别的台账是另一种类型", column.label),
          fmt::format("the column \"{}\" is of another type in another source", column.key));
  }

  Loading& loading_;
  SelfCheck& check_;
  std::vector<bool> typed_;
};

}  // namespace

std::vector<std::string> open_gates(const Kind& kind, const std::string& name) {
  const Gate* gate = kind.find_gate(name);
  if (gate == nullptr) return {};
  std::vector<std::string> opened;
  if (gate->condition) opened.push_back(name);
  for (const std::string& part : gate->gates) {
    const auto more = part == name ? std::vector<std::string>() : open_gates(kind, part);
    opened.insert(opened.end(), more.begin(), more.end());
  }
  return opened;
}

void unknown_gate(Loading& loading, const Node& node, const Kind& kind, const std::string& name) {
  std::vector<std::string> names;
  for (const Gate& gate : kind.gates) names.push_back(gate.key);
  unknown_name(loading, node.place, "关口", "gate", name, names);
}

std::string_view name_of(Held held) {
  return kHeld[static_cast<std::size_t>(held)].first;
}

void load_checks(Loading& loading, const Node& root) {
  for (const auto& [key, node] : root.entries) {
    SelfCheck& check = loading.book.checks.emplace_back();
    check.key = key.scalar;
    check.place = key.place;
    CheckReader(loading, check).run(node);
  }
}

}  // namespace zs::rulebook
