#include "rules/count_rule.h"

#include <fmt/format.h>

#include "rules/view.h"

namespace zs::rules {
namespace {

using rulebook::Bearer;
using rulebook::Rule;

// Who bears the period: as the kinds that use the rule say; an unstated roll depends on it.
Bearer bearer_of(const rulebook::Rulebook& book, const std::string& id) {
  for (const rulebook::Kind& kind : book.kinds) {
    for (const rulebook::Deadline& deadline : kind.deadlines) {
      for (const rulebook::RuleChoice& choice : deadline.rules) {
        if (choice.rule.rule == id) return deadline.bears;
      }
    }
  }
  return Bearer::office;
}

Error no_such_rule(const rulebook::Rulebook& book, const std::string& id) {
  std::vector<std::string> names;
  for (const Rule& rule : book.rules) names.push_back(rule.id);
  const std::string near = rulebook::nearest(id, names);
  return not_found(
      fmt::format("没有规则“{}”{}", id, near.empty() ? "" : fmt::format("。是不是“{}”？", near)),
      fmt::format("there is no rule \"{}\"{}", id, near.empty() ? "" : fmt::format(". Did you mean \"{}\"?", near)));
}

// The period that is counted forward: the one named, the first, a minimum, or an extension by itself.
std::optional<Period> forward_period(const Rule& rule, const std::string& number, const InForce& in_force) {
  auto period = within_of(rule, number, in_force);
  if (!period) period = period_of(rule.floor, in_force);
  if (!period) period = period_of(rule.extends, in_force);
  return period;
}

Result<> count_backward(const InForce& in_force, Date event, Clock& clock) {
  const Rule& rule = *clock.rule;
  clock.backward = true;
  clock.start = start_of(event);
  clock.period = period_of(rule.ahead, in_force);
  if (!clock.period) {
    return bad_input(fmt::format("规则“{}”不是倒数期限（ahead）", rule.id),
                     fmt::format("the rule \"{}\" does not count backward (ahead)", rule.id));
  }
  ZS_TRY(clock.term, last_day_before(event, *clock.period, *in_force.calendar));
  return {};
}

Result<> count_forward(const InForce& in_force, const RuleQuestion& question, const std::string& number, Clock& clock) {
  const Rule& rule = *clock.rule;
  clock.start = question.from;
  clock.period = forward_period(rule, number, in_force);
  if (!clock.period) {
    const bool by_paper = rule.within.kind == rulebook::RulePeriod::Kind::paper;
    return bad_input(
        fmt::format("规则“{}”没有可以计算的期间{}", rule.id, by_paper ? "（由文书给定）" : ""),
        fmt::format("the rule \"{}\" has no period to count{}", rule.id, by_paper ? ": a paper gives it" : ""));
  }
  TermInput input;
  input.start = *question.from;
  input.period = *clock.period;
  input.last_day = last_day_of(rule.roll, clock.declared->bears);
  input.first_day_counts = rule.first_day_counts;
  input.pauses = question.pauses;
  if (question.extension) input.extension = Extension{*question.extension, question.granted.value_or(*question.from)};
  clock.extension = question.extension;
  clock.pauses = question.pauses;
  ZS_TRY(clock.term, end_of(input, *in_force.calendar));
  return {};
}

}  // namespace

Result<CountedRule> count_rule(const InForce& in_force, const RuleQuestion& question) {
  const rulebook::RuleRef ref = rulebook::parse_rule_ref(question.rule, {});
  CountedRule counted;
  counted.declared = std::make_unique<rulebook::Deadline>();
  Clock& clock = counted.clock;
  clock.declared = counted.declared.get();
  clock.rule = in_force.book->find_rule(ref.rule);
  if (clock.rule == nullptr) return no_such_rule(*in_force.book, ref.rule);
  if (question.from.has_value() == question.event.has_value()) {
    return bad_input("起算日和活动日要写其中一个", "give either the start or the event");
  }
  counted.declared->bears = question.bears.value_or(bearer_of(*in_force.book, ref.rule));
  if (question.event) {
    ZS_CHECK(count_backward(in_force, *question.event, clock));
  } else {
    ZS_CHECK(count_forward(in_force, question, ref.number, clock));
  }
  clock.due = clock.term.due;
  clock.due_at = clock.term.due_at;
  return counted;
}

}  // namespace zs::rules
