#include "rules/gates.h"

#include <fmt/format.h>

#include <algorithm>

namespace zs::rules {

using rulebook::Certainty;
using rulebook::Gate;

namespace {

// A reason has the lowest certainty of what it rests on: its rules, and the settings it read.
bool rests_on_unverified(const View& view, const Gate& gate) {
  for (const rulebook::RuleRef& ref : gate.rules) {
    const rulebook::Rule* rule = view.in_force().book->find_rule(ref.rule);
    if (rule == nullptr || rule->certainty != Certainty::verified) return true;
  }
  for (const std::string& key : view.settings_read()) {
    const rulebook::LocalSetting* setting = view.in_force().book->find_setting(key);
    // A seed setting is a fact of this town (who sits where), not a doubtful number of the law.
    if (setting != nullptr && setting->certainty != Certainty::verified && setting->certainty != Certainty::seed)
      return true;
  }
  return false;
}

// An act is asked what the law asked on its day: a gate all of whose rules came later, or were gone, is no gate.
bool in_force(const View& view, const Gate& gate) {
  const auto day = view.act_day();
  if (!day || gate.rules.empty()) return true;
  return std::any_of(gate.rules.begin(), gate.rules.end(), [&](const rulebook::RuleRef& ref) {
    const rulebook::Rule* rule = view.in_force().book->find_rule(ref.rule);
    return rule == nullptr || rule->in_force_on(*day);
  });
}

void add_gates(const rulebook::Kind& kind, const std::vector<std::string>& names, int depth,
               std::vector<const Gate*>& found) {
  constexpr int kDepthMax = 5;
  if (depth > kDepthMax) return;
  for (const std::string& name : names) {
    const Gate* gate = kind.find_gate(name);
    if (gate == nullptr) continue;
    if (gate->condition) found.push_back(gate);
    add_gates(kind, gate->gates, depth + 1, found);
  }
}

Reason reason_of(const View& view, const Gate& gate, bool warns) {
  Reason reason;
  reason.kind = warns ? "warn" : "gate";
  reason.name = gate.key;
  reason.says = {gate.says, gate.says};
  for (const rulebook::RuleRef& ref : gate.rules) {
    reason.rules.push_back(ref.text());
    const rulebook::Rule* rule = view.in_force().book->find_rule(ref.rule);
    if (rule == nullptr) continue;
    if (!reason.citation.empty()) reason.citation += "、";
    reason.citation += rule->citation();
  }
  return reason;
}

}  // namespace

std::vector<const Gate*> gates_of(const rulebook::Kind& kind, const rulebook::Action& action) {
  std::vector<const Gate*> found;
  found.reserve(action.requires_gates.size());
  add_gates(kind, action.requires_gates, 0, found);
  return found;
}

Truth holds(View& after, const Gate& gate) {
  if (gate.when) {
    const Truth there = after.holds(*gate.when);
    if (there != Truth::yes) return there == Truth::no ? Truth::yes : Truth::unknown;
  }
  return after.holds(*gate.condition);
}

std::vector<ClosedGate> closed_gates(View& after, const rulebook::Action& action) {
  std::vector<ClosedGate> closed;
  for (const Gate* gate : gates_of(after.kind(), action)) {
    after.forget_settings_read();
    const Truth truth = holds(after, *gate);
    if (truth == Truth::yes || !in_force(after, *gate)) continue;
    ClosedGate found;
    found.gate = gate;
    found.unknown = truth == Truth::unknown;
    found.warns = gate->warns || rests_on_unverified(after, *gate);
    found.reason = reason_of(after, *gate, found.warns);
    closed.push_back(std::move(found));
  }
  return closed;
}

}  // namespace zs::rules
