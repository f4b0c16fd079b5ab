// Conditions: YAML → rulebook/condition.h.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

struct TestName {
  std::string_view name;
  Test test;
};
constexpr std::array<TestName, 11> kTests{{{"is", Test::is},
                                           {"in", Test::in},
                                           {"not_in", Test::not_in},
                                           {"at_least", Test::at_least},
                                           {"at_most", Test::at_most},
                                           {"before", Test::before},
                                           {"after", Test::after},
                                           {"between", Test::between},
                                           {"has", Test::has},
                                           {"has_any", Test::has_any},
                                           {"all_in", Test::all_in}}};
constexpr std::array<std::string_view, 4> kQuantifiers{"some", "none", "count", "every"};
constexpr std::array<std::string_view, 10> kOutcomes{"none", "waiting", "running", "paused",  "met",
                                                     "late", "overdue", "lapsed",  "dropped", "unknown"};

std::optional<Test> find_test(std::string_view name) {
  for (const TestName& test : kTests) {
    if (test.name == name) return test.test;
  }
  return std::nullopt;
}

void fault(const NameScope& scope, const Place& place, std::string zh, std::string en) {
  scope.loading.faults.add(place, std::move(zh), std::move(en));
}

std::vector<Operand> read_operands(const NameScope& scope, const Node& node, const Resolved& left) {
  std::vector<Operand> operands;
  if (!node.is_list()) return {read_operand(scope, node, left)};
  for (const Node& item : node.items) operands.push_back(read_operand(scope, item, left));
  return operands;
}

// {at_most: …}, {between: [a, b]}, present, or a bare value.
Comparison read_comparison(const NameScope& scope, const Node& node, const Resolved& left) {
  Comparison comparison;
  if (node.is_scalar() && !node.quoted && (node.scalar == "present" || node.scalar == "absent")) {
    comparison.test = node.scalar == "present" ? Test::present : Test::absent;
    return comparison;
  }
  if (node.is_map() && node.entries.size() == 1) {
    if (const auto test = find_test(node.entries.front().first.scalar)) {
      comparison.test = *test;
      const Node& right = node.entries.front().second;
      if (comparison.test == Test::is && right.is_scalar() && (right.scalar == "absent" || right.scalar == "present")) {
        return read_comparison(scope, right, left);
      }
      comparison.right = read_operands(scope, right, left);
      if (comparison.test == Test::between && comparison.right.size() != 2) {
        fault(scope, right.place, "between 要写两端：[从, 到]", "between takes two ends: [from, until]");
        comparison.right.resize(2);
      }
      return comparison;
    }
  }
  comparison.right = read_operands(scope, node, left);
  if (node.is_list()) comparison.test = Test::in;
  return comparison;
}

// A comparison whose test stands beside other keys: `setting: s, is: no`, `count: officers, at_least: …`.
std::optional<Comparison> read_beside(const NameScope& scope, const Node& map, const Resolved& left) {
  for (const auto& [key, value] : map.entries) {
    const auto test = find_test(key.scalar);
    if (!test) continue;
    Comparison comparison;
    comparison.test = *test;
    if (*test == Test::is && value.is_scalar() && (value.scalar == "absent" || value.scalar == "present")) {
      comparison.test = value.scalar == "present" ? Test::present : Test::absent;
      return comparison;
    }
    comparison.right = read_operands(scope, value, left);
    return comparison;
  }
  return std::nullopt;
}

ConditionPtr read_parts(const NameScope& scope, const Node& key, const Node& value) {
  auto condition = std::make_shared<Condition>();
  condition->place = key.place;
  condition->kind = key.scalar == "all"   ? Condition::Kind::all
                    : key.scalar == "any" ? Condition::Kind::any
                                          : Condition::Kind::negation;
  if (key.scalar == "not") {
    if (const auto part = read_condition(scope, value)) condition->parts.push_back(*part);
    return condition;
  }
  if (!value.is_list() || value.items.empty()) {
    fault(scope, value.place, "all、any 后面要写一列条件", "all and any take a list of conditions");
    return condition;
  }
  for (const Node& item : value.items) {
    if (const auto part = read_condition(scope, item)) condition->parts.push_back(*part);
  }
  return condition;
}

NameScope element_scope(const NameScope& scope, const Resolved& over, const Node& node) {
  NameScope inner = scope;
  inner.rows = nullptr;
  inner.element = nullptr;
  inner.over_any = false;
  if (over.path.type == Type::rows) {
    inner.rows = over.field;
  } else if (over.path.type == Type::link || over.path.type == Type::links) {
    inner.element = over.kind;
    inner.over_any = over.kind == nullptr;
    if (!scope.beyond) {
      fault(scope, node.place, "量词看到了别的事项；只有关口可以",
            "a quantifier over other records: only gates may look there");
    }
  } else if (over.good) {
    fault(scope, node.place, fmt::format("“{}”只有一个值，不能用 some、none、count、every", node.scalar),
          fmt::format("\"{}\" is a single value: some, none, count and every take rows or links", node.scalar));
  }
  return inner;
}

// `count: officers, distinct: person`: two certificates of one person are one person.
void read_distinct(const NameScope& inner, Condition& condition, const Node& node) {
  if (condition.quantifier != Condition::Quantifier::count)
    fault(inner, node.place, "distinct: 只和 count: 一起写", "distinct: stands beside count: alone");
  Resolved resolved = resolve_path(inner, node);
  if (resolved.good && resolved.path.many)
    fault(inner, node.place, fmt::format("“{}”有几个值，distinct: 要一个值", node.scalar),
          fmt::format("\"{}\" has several values: distinct: takes one", node.scalar));
  Operand what;
  what.kind = Operand::Kind::path;
  what.place = node.place;
  what.path = std::move(resolved.path);
  condition.distinct.push_back(std::move(what));
}

ConditionPtr read_quantified(const NameScope& scope, const Node& map, std::size_t quantifier) {
  auto condition = std::make_shared<Condition>();
  condition->kind = Condition::Kind::quantified;
  condition->quantifier = static_cast<Condition::Quantifier>(quantifier);
  const Node& over = map[kQuantifiers[quantifier]];
  condition->place = over.place;
  const Resolved resolved = resolve_path(scope, over);
  condition->over = resolved.path;
  condition->only_new = flag_of(scope.loading, map["new"]);
  if (!resolved.good) return condition;
  const NameScope inner = element_scope(scope, resolved, over);
  if (map.has("where")) condition->where = read_condition(inner, map["where"]);
  if (map.has("meets")) condition->meets = read_condition(inner, map["meets"]);
  if (condition->quantifier == Condition::Quantifier::every && condition->meets == nullptr) {
    fault(scope, map.place, "every 要写 meets:", "every needs meets:");
  }
  if (map.has("distinct")) read_distinct(inner, *condition, map["distinct"]);
  if (condition->quantifier == Condition::Quantifier::count) {
    Resolved number;
    number.path.type = Type::count;
    const auto comparison = read_beside(scope, map, number);
    if (comparison) {
      condition->comparison = *comparison;
    } else {
      fault(scope, map.place, "count 要写 at_least: 或者 at_most:", "count needs at_least: or at_most:");
    }
  }
  return condition;
}

ConditionPtr read_deadline_condition(const NameScope& scope, const Node& map) {
  auto condition = std::make_shared<Condition>();
  condition->kind = Condition::Kind::deadline;
  condition->place = map.place;
  condition->deadline = map["deadline"].scalar;
  const Node& outcomes = map.has("is") ? map["is"] : map["in"];
  condition->comparison.test = Test::in;
  for (const std::string& word : words_of(scope.loading, outcomes)) {
    if (std::find(kOutcomes.begin(), kOutcomes.end(), word) == kOutcomes.end()) {
      unknown_name(scope.loading, outcomes.place, "期限结果", "outcome", word, {kOutcomes.begin(), kOutcomes.end()});
    }
    Operand operand;
    operand.constant = word;
    condition->comparison.right.push_back(operand);
  }
  if (condition->comparison.right.empty()) {
    fault(scope, map.place, "写明问期限的哪一种结果（is: lapsed）", "say which outcome is asked (is: lapsed)");
  }
  return condition;
}

// {breached: {check: authority}}: the gates that a self-check looks at in this kind.
std::vector<std::string> gates_of_check(const NameScope& scope, const Node& node) {
  const SelfCheck* check = scope.loading.book.find_check(node.scalar);
  if (check == nullptr) {
    std::vector<std::string> names;
    for (const SelfCheck& candidate : scope.loading.book.checks) names.push_back(candidate.key);
    unknown_name(scope.loading, node.place, "自查表", "self-check", node.scalar, names);
    return {};
  }
  std::vector<std::string> gates;
  for (const CheckSource& source : check->sources) {
    if (source.kind != scope.kind->key) continue;
    for (const CheckCell& cell : source.cells) gates.insert(gates.end(), cell.gates.begin(), cell.gates.end());
  }
  if (gates.empty())
    fault(scope, node.place, fmt::format("自查表“{}”没有核这本台账的关口", node.scalar),
          fmt::format("the self-check \"{}\" looks at no gate of this kind", node.scalar));
  return gates;
}

// {breached: [item, area]}: an act that had already happened did not meet one of these gates. `unproven` of the same:
// nobody can say whether one did.
ConditionPtr read_breached(const NameScope& scope, const Node& key, const Node& value) {
  auto condition = std::make_shared<Condition>();
  condition->place = key.place;
  condition->kind = Condition::Kind::breached;
  condition->unproven = key.scalar == "unproven";
  if (scope.kind == nullptr) return condition;
  if (value.has("check")) {
    condition->gates = gates_of_check(scope, value["check"]);
    return condition;
  }
  for (const std::string& name : words_of(scope.loading, value)) {
    const auto opened = open_gates(*scope.kind, name);
    if (opened.empty()) unknown_gate(scope.loading, value, *scope.kind, name);
    condition->gates.insert(condition->gates.end(), opened.begin(), opened.end());
  }
  if (condition->gates.empty())
    fault(scope, value.place, "breached、unproven 后面写关口", "breached and unproven take gates");
  return condition;
}

// {identifies: words, of: case}: the text names somebody of the record that the link leads to.
ConditionPtr read_identifies(const NameScope& scope, const Node& map) {
  auto condition = std::make_shared<Condition>();
  condition->place = map.place;
  condition->kind = Condition::Kind::identifies;
  expect_keys(scope.loading, map, {"identifies", "of"});
  const Resolved text = resolve_path(scope, map["identifies"]);
  if (text.good && text.path.type != Type::text && text.path.type != Type::note)
    fault(scope, map["identifies"].place, "identifies 后面写一个文字字段", "identifies takes a text or a note");
  condition->left.kind = Operand::Kind::path;
  condition->left.path = text.path;
  const Resolved link = resolve_path(scope, map["of"]);
  if (link.good && link.path.type != Type::link && link.path.type != Type::links)
    fault(scope, map["of"].place, "of 后面写一个关联字段", "of: takes a link");
  if (!scope.beyond)
    fault(scope, map.place, "identifies 看到了别的事项；只有关口可以", "identifies looks at other records: gates only");
  condition->over = link.path;
  return condition;
}

ConditionPtr read_compare(const NameScope& scope, const Node& key, const Node& value) {
  auto condition = std::make_shared<Condition>();
  condition->kind = Condition::Kind::compare;
  condition->place = key.place;
  Resolved left;
  if (key.scalar == "act_day") {
    condition->left.kind = Operand::Kind::act_day;
    left.path.type = Type::date;
  } else if (scope.of_deadline && (key.scalar == "outcome" || key.scalar == "due")) {
    condition->left.kind = Operand::Kind::path;
    condition->left.path.text = key.scalar;
    condition->left.path.steps.push_back({Step::Kind::field, key.scalar, ""});
    left.path.type = key.scalar == "due" ? Type::date : Type::text;
  } else {
    condition->left.kind = Operand::Kind::path;
    left = resolve_path(scope, key);
    condition->left.path = left.path;
    if (!left.good) return condition;
  }
  condition->comparison = read_comparison(scope, value, left);
  return condition;
}

ConditionPtr read_setting_condition(const NameScope& scope, const Node& map) {
  auto condition = std::make_shared<Condition>();
  condition->kind = Condition::Kind::compare;
  condition->place = map.place;
  condition->left = read_operand(scope, map, {});
  Resolved left;
  const LocalSetting* setting = scope.loading.book.find_setting(map["setting"].scalar);
  if (setting != nullptr && (setting->value == "yes" || setting->value == "no")) left.path.type = Type::flag;
  if (const auto comparison = read_beside(scope, map, left)) {
    condition->comparison = *comparison;
  } else {
    fault(scope, map.place, "写明拿设置比什么（is: yes）", "say what the setting is compared with (is: yes)");
  }
  return condition;
}

}  // namespace

Operand read_operand(const NameScope& scope, const Node& node, const Resolved& left) {
  Operand operand;
  operand.place = node.place;
  if (node.is_scalar()) {
    operand.scalar = node.scalar;
    if (!node.quoted && node.scalar == "act_day")
      operand.kind = Operand::Kind::act_day;
    else if (!node.quoted && node.scalar == "self")
      operand.kind = Operand::Kind::self;
    else if (!node.quoted && node.scalar == "actor")
      operand.kind = Operand::Kind::actor;
    else if (!node.quoted && node.scalar == "town")
      operand.kind = Operand::Kind::town;
    else if (left.path.type == Type::date && !parse_date(node.scalar)) {
      // `between: [term_start, term_end]`: for dates a bare name is a field of the record.
      const Resolved path = resolve_path(scope, node);
      operand.kind = Operand::Kind::path;
      operand.path = path.path;
    } else {
      operand.constant = typed_constant(scope, node, left);
    }
    return operand;
  }
  if (node.has("path")) {
    operand.kind = Operand::Kind::path;
    operand.path = resolve_path(scope, node["path"]).path;
  } else if (node.has("setting")) {
    operand.kind = Operand::Kind::setting;
    operand.scalar = node["setting"].scalar;
    if (scope.loading.book.find_setting(operand.scalar) == nullptr) {
      std::vector<std::string> names;
      for (const LocalSetting& setting : scope.loading.book.settings) names.push_back(setting.key);
      unknown_name(scope.loading, node["setting"].place, "设置", "setting", operand.scalar, names);
    }
    if (node.has("of")) {
      operand.has_of = true;
      operand.path = resolve_path(scope, node["of"]).path;
    }
  } else if (node.has("rule")) {
    operand.kind = Operand::Kind::rule;
    const RuleRef ref = read_rule_ref(scope.loading, node["rule"]);
    operand.scalar = ref.rule;
    operand.number = ref.number;
  } else {
    fault(scope, node.place, "这里写一个值，或者 {path: …}、{setting: …}、{rule: …}",
          "a value, {path: …}, {setting: …} or {rule: …} is expected here");
  }
  return operand;
}

ConditionPtr read_condition(const NameScope& scope, const Node& node) {
  return read_condition_without(scope, node, {});
}

ConditionPtr read_condition_without(const NameScope& scope, const Node& node,
                                    std::initializer_list<std::string_view> own_keys) {
  if (!node.is_map()) {
    fault(scope, node.place, "这里要写一个条件（{字段: 值}）", "a condition is expected here ({field: value})");
    return nullptr;
  }
  for (std::size_t i = 0; i < kQuantifiers.size(); ++i) {
    if (node.has(kQuantifiers[i])) return read_quantified(scope, node, i);
  }
  if (node.has("deadline")) return read_deadline_condition(scope, node);
  if (node.has("setting")) return read_setting_condition(scope, node);
  if (node.has("identifies")) return read_identifies(scope, node);
  std::vector<ConditionPtr> found;
  for (const auto& [key, value] : node.entries) {
    if (std::find(own_keys.begin(), own_keys.end(), key.scalar) != own_keys.end()) continue;
    if (key.scalar == "all" || key.scalar == "any" || key.scalar == "not") {
      found.push_back(read_parts(scope, key, value));
    } else if (key.scalar == "breached" || key.scalar == "unproven") {
      found.push_back(read_breached(scope, key, value));
    } else if (key.scalar == "dossier") {
      auto dossier = std::make_shared<Condition>();
      dossier->kind = Condition::Kind::dossier;
      dossier->place = key.place;
      found.push_back(dossier);
    } else if (key.scalar == "field") {
      auto compare = std::make_shared<Condition>();
      compare->kind = Condition::Kind::compare;
      compare->place = key.place;
      const Resolved left = resolve_path(scope, value);
      compare->left.kind = Operand::Kind::path;
      compare->left.path = left.path;
      if (const auto comparison = read_beside(scope, node, left)) compare->comparison = *comparison;
      return compare;
    } else {
      found.push_back(read_compare(scope, key, value));
    }
  }
  if (found.size() == 1) return found.front();
  fault(scope, node.place, found.empty() ? "没有写条件" : "一处只写一个条件；几个一起用 all: […]",
        found.empty() ? "no condition is written" : "one condition at a time; several stand in all: […]");
  return nullptr;
}

ConditionPtr read_when(const NameScope& scope, const Node& map) {
  return map.has("when") ? read_condition(scope, map["when"]) : nullptr;
}

}  // namespace zs::rulebook
