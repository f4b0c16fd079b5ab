// What must fit together once everything is loaded: every fault is named, none stops the search.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rulebook/dependencies.h"
#include "rulebook/field_value.h"
#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

class KindCheck {
 public:
  KindCheck(Loading& loading, const Kind& kind) : loading_(loading), kind_(kind) {}

  void run() {
    check_part();
    check_links();
    check_deadline_names();
    for (const Action& action : kind_.actions) check_action(action);
    for (const Gate& gate : kind_.gates) check_gate(gate);
    for (const Deadline& deadline : kind_.deadlines) check_deadline(deadline);
    for (const NumberSeries& series : kind_.numbers) check_series(series);
    for (const Quick& quick : kind_.quick) check_quick(quick);
    check_states();
    const auto circle = find_circle(kind_);
    if (!circle.empty()) {
      fault(kind_.place, fmt::format("字段、期限互相取数，成了圈：{}", fmt::join(circle, " → ")),
            fmt::format("fields and deadlines read each other in a circle: {}", fmt::join(circle, " → ")));
    }
  }

 private:
  void fault(const Place& place, std::string zh, std::string en) {
    loading_.faults.add(place, std::move(zh), std::move(en));
  }

  void check_part() {
    for (const auto& [key, label] : loading_.book.parts) {
      if (key == kind_.part) return;
    }
    std::vector<std::string> names;
    for (const auto& [key, label] : loading_.book.parts) names.push_back(key);
    unknown_name(loading_, kind_.place, "部分", "part", kind_.part, names);
  }

  void check_links() {
    const auto one = [&](const Field& field) {
      for (const std::string& target : field.to) {
        if (loading_.book.find_kind(target) != nullptr) continue;
        std::vector<std::string> names;
        for (const Kind& kind : loading_.book.kinds) names.push_back(kind.key);
        unknown_name(loading_, field.place, "台账", "kind", target, names);
      }
    };
    for (const Field& field : kind_.fields) {
      one(field);
      for (const Field& column : field.columns) one(column);
    }
  }

  void check_deadline_names() {
    Reads reads;
    for (const Field& field : kind_.fields) {
      if (field.computed) reads_of(*field.computed, reads);
    }
    for (const Gate& gate : kind_.gates) {
      if (gate.condition) reads_of(*gate.condition, reads);
      if (gate.when) reads_of(*gate.when, reads);
    }
    for (const Deadline& deadline : kind_.deadlines) reads_of(deadline, reads);
    std::vector<std::string> names;
    for (const Deadline& deadline : kind_.deadlines) names.push_back(deadline.key);
    for (const std::string& read : reads) {
      if (!read.starts_with("deadline:") || kind_.find_deadline(read.substr(9)) != nullptr) continue;
      unknown_name(loading_, kind_.place, "期限", "deadline", read.substr(9), names);
    }
  }

  void expect_field(const std::string& name, const Place& place) {
    if (kind_.find_field(name) != nullptr || find_shared_field(name) != nullptr || kind_.find_number(name) != nullptr)
      return;
    std::vector<std::string> names;
    for (const Field& field : kind_.fields) names.push_back(field.key);
    for (const NumberSeries& series : kind_.numbers) names.push_back(series.key);
    unknown_name(loading_, place, "字段", "field", name, names);
  }

  void expect_given(const std::string& name, const Place& place) {
    expect_field(name, place);
    const Field* field = kind_.find_field(name);
    if (field != nullptr && field->computed) {
      fault(place, fmt::format("“{}”是算出来的，动作不能填", name),
            fmt::format("\"{}\" is computed: no action can fill it", name));
    }
  }

  // What is copied must be of the field's own type: a date never becomes a moment by itself.
  void expect_type(const std::string& name, Type given, const Place& place) {
    const Field* field = kind_.find_field(name);
    if (field == nullptr || field->type == given || (is_text(field->type) && is_text(given))) return;
    fault(place, fmt::format("取来的值和字段“{}”的类型不同", name),
          fmt::format("what is copied is not of the type of \"{}\"", name));
  }

  void expect_state(const std::string& name, const Place& place) {
    if (kind_.find_state(name) != nullptr) return;
    std::vector<std::string> names;
    for (const State& state : kind_.states) names.push_back(state.key);
    unknown_name(loading_, place, "状态", "state", name, names);
  }

  void expect_role(const std::string& name, const Place& place) {
    if (loading_.book.find_role(name) != nullptr) return;
    std::vector<std::string> names;
    for (const Role& role : loading_.book.roles) names.push_back(role.key);
    unknown_name(loading_, place, "岗位", "role", name, names);
  }

  const Field* expect_rows(const std::string& name, const Place& place) {
    const Field* field = kind_.find_field(name);
    if (field != nullptr && field->type == Type::rows) return field;
    fault(place, fmt::format("“{}”不是明细", name), fmt::format("\"{}\" is no rows field", name));
    return nullptr;
  }

  void check_action(const Action& action) {
    for (const std::string& state : action.from) expect_state(state, action.place);
    if (!action.to.empty()) expect_state(action.to, action.place);
    if (action.creates() && action.to.empty())
      fault(action.place, "登记的动作没有写到哪个状态（to:）", "a creating action needs to:");
    for (const std::string& role : action.by) expect_role(role, action.place);
    if (action.by.empty())
      fault(action.place, "动作没有写谁可以登记（by:）", "the action does not say who may record it (by:)");
    for (const Decider& decider : action.decides) expect_role(decider.post, action.place);
    for (const Asked& asked : action.needs) {
      const Field* field = kind_.find_field(asked.field);
      if (field == nullptr || !field->computed) expect_given(asked.field, asked.place);
    }
    for (const Asked& asked : action.asks) expect_given(asked.field, asked.place);
    for (const Setting& setting : action.sets) {
      expect_given(setting.field, action.place);
      if (setting.value.kind == Operand::Kind::path)
        expect_type(setting.field, setting.value.path.type, setting.value.place);
      if (setting.value.kind == Operand::Kind::act_day) expect_type(setting.field, Type::date, action.place);
    }
    for (const auto& [field, path] : action.takes) {
      expect_given(field, action.place);
      expect_type(field, path.type, path.place);
    }
    for (const std::string& cleared : action.clears) expect_given(cleared, action.place);
    for (const std::string& rows : action.adds) expect_rows(rows, action.place);
    for (const auto& [rows, columns] : action.edits) {
      const Field* field = expect_rows(rows, action.place);
      for (const std::string& column : columns) {
        if (field == nullptr || field->find_column(column) != nullptr) continue;
        fault(action.place, fmt::format("明细“{}”没有“{}”这一列", rows, column),
              fmt::format("\"{}\" has no column \"{}\"", rows, column));
      }
    }
    for (const std::string& gate : action.requires_gates) {
      if (kind_.find_gate(gate) != nullptr) continue;
      std::vector<std::string> names;
      for (const Gate& candidate : kind_.gates) names.push_back(candidate.key);
      unknown_name(loading_, action.place, "关口", "gate", gate, names);
    }
    for (const Opens& opens : action.opens) {
      if (!opens.as.empty()) expect_field(opens.as, opens.place);
    }
  }

  void check_gate(const Gate& gate) {
    for (const std::string& part : gate.gates) {
      if (kind_.find_gate(part) == nullptr) unknown_name(loading_, gate.place, "关口", "gate", part, {});
    }
    if (gate.condition) check_numbers(*gate.condition);
  }

  // A number of the law stands in law/ or settings.yaml; zero and one are words of the language.
  void check_numbers(const Condition& condition) {
    for (const Condition& part : condition.parts) check_numbers(part);
    for (const Operand& operand : condition.comparison.right) {
      const auto* number = operand.constant.as<std::int64_t>();
      if (number == nullptr || *number == 0 || *number == 1 || condition.comparison.test == Test::is) continue;
      fault(operand.place,
            fmt::format("数字{}要写在 law/ 或者 settings.yaml 里，这里用 {{rule: …}} 引用", operand.scalar),
            fmt::format("the number {} belongs in law/ or settings.yaml: cite it by {{rule: …}}", operand.scalar));
    }
  }

  void check_deadline(const Deadline& deadline) {
    if (!deadline.starts && !deadline.ends && !deadline.ahead_of) {
      fault(deadline.place, "期限没有起算（starts:）、期满（ends:）或者倒数（ahead_of:）",
            "the deadline has no starts:, ends: or ahead_of:");
    }
    if (deadline.bears == Bearer::office && !deadline.right && !deadline.stops && !deadline.drops) {
      fault(deadline.place, "本机关的期限没有止钟的动作（stops:）",
            "nothing stops this deadline of the office (stops:)");
    }
    for (const RuleChoice& choice : deadline.rules) {
      const Rule* rule = loading_.book.find_rule(choice.rule.rule);
      if (rule == nullptr) continue;
      const bool has = rule->within.kind != RulePeriod::Kind::none || !rule->within_by.empty() ||
                       rule->ahead.kind != RulePeriod::Kind::none || rule->floor.kind != RulePeriod::Kind::none ||
                       deadline.ends.has_value();
      if (!has) {
        fault(choice.rule.place, fmt::format("规则“{}”没有期间（within、ahead），也没有写 ends:", choice.rule.rule),
              fmt::format("the rule \"{}\" has no period (within, ahead) and the deadline no ends:", choice.rule.rule));
      }
    }
  }

  void check_series(const NumberSeries& series) {
    if (!series.given_by.empty() && kind_.find_action(series.given_by) == nullptr) {
      unknown_name(loading_, series.place, "动作", "action", series.given_by, {});
    }
    if (!series.year_of.empty() && series.year_of != "act_day") expect_field(series.year_of, series.place);
  }

  void check_quick(const Quick& quick) {
    std::string state;
    for (std::size_t i = 0; i < quick.does.size(); ++i) {
      const Action* action = kind_.find_action(quick.does[i]);
      if (action == nullptr) {
        unknown_name(loading_, quick.place, "动作", "action", quick.does[i], {});
        return;
      }
      const bool first = i == 0;
      const bool leads =
          first ? action->creates()
                : action->from_any || std::find(action->from.begin(), action->from.end(), state) != action->from.end();
      if (!leads) {
        fault(quick.place, fmt::format("一次填完的“{}”接不上：到不了“{}”", quick.label, action->label),
              fmt::format("the quick form \"{}\" breaks at \"{}\"", quick.key, action->key));
      }
      if (!action->to.empty()) state = action->to;
    }
  }

  void check_states() {
    if (kind_.creating_action() == nullptr) {
      fault(kind_.place, "没有登记的动作（不写 from 的那一个）", "no creating action (the one without from:)");
      return;
    }
    std::set<std::string> reached{kind_.creating_action()->to};
    for (bool grew = true; grew;) {
      grew = false;
      for (const Action& action : kind_.actions) {
        const bool from = action.from_any || std::any_of(action.from.begin(), action.from.end(),
                                                         [&](const std::string& s) { return reached.contains(s); });
        if (from && !action.to.empty()) grew |= reached.insert(action.to).second;
      }
    }
    for (const State& state : kind_.states) {
      if (!state.becomes.empty()) {
        expect_state(state.becomes, state.place);
        continue;
      }
      if (!reached.contains(state.key)) {
        fault(state.place, fmt::format("到不了状态“{}”", state.label),
              fmt::format("the state \"{}\" cannot be reached", state.key));
      }
      const bool leaves = std::any_of(kind_.actions.begin(), kind_.actions.end(), [&](const Action& action) {
        return !action.to.empty() && action.to != state.key &&
               (action.from_any || std::find(action.from.begin(), action.from.end(), state.key) != action.from.end());
      });
      if (!state.is_final && !leaves) {
        fault(state.place, fmt::format("状态“{}”没有出路，也不是终点（final: yes）", state.label),
              fmt::format("the state \"{}\" has no way out and is not final", state.key));
      }
    }
  }

  Loading& loading_;
  const Kind& kind_;
};

}  // namespace

void check(Loading& loading) {
  if (loading.book.kinds.empty())
    loading.faults.add({"kinds", 1, 1}, "没有一个台账（kinds/*.yaml）", "there are no kinds (kinds/*.yaml)");
  for (const Kind& kind : loading.book.kinds) {
    KindCheck(loading, kind).run();
    check_outside(loading, kind);
  }
  for (const Kind& kind : loading.book.kinds) {
    for (const std::string& role : kind.signs) {
      if (loading.book.find_role(role) == nullptr) unknown_name(loading, kind.place, "岗位", "role", role, {});
    }
  }
}

}  // namespace zs::rulebook
