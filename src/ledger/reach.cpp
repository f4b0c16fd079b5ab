// What an action's gates, deciders and takes look at beyond the record.
#include "ledger/workspace.h"

namespace zs::ledger {
namespace {

using rulebook::Condition;
using rulebook::Operand;
using rulebook::Path;
using rulebook::Step;

void add_path(const Path& path, Reach& reach) {
  for (const Step& step : path.steps) {
    if (step.step == Step::Kind::follow) reach.follows.insert(step.key);
    if (step.step == Step::Kind::back) reach.backs.insert({step.kind, step.key});
    if (step.step == Step::Kind::field && path.type == rulebook::Type::links) reach.follows.insert(step.key);
  }
}

void add_operand(const Operand& operand, Reach& reach) {
  if (operand.kind == Operand::Kind::path || operand.has_of) add_path(operand.path, reach);
}

void add_condition(const Condition& condition, Reach& reach) {
  for (const Condition& part : condition.parts) add_condition(part, reach);
  if (condition.kind == Condition::Kind::compare) add_operand(condition.left, reach);
  if (condition.kind == Condition::Kind::quantified) {
    add_path(condition.over, reach);
    if (condition.over.type == rulebook::Type::link && !condition.over.steps.empty())
      reach.follows.insert(condition.over.steps.back().key);
  }
  if (condition.kind == Condition::Kind::identifies) {
    add_operand(condition.left, reach);
    add_path(condition.over, reach);
    if (!condition.over.steps.empty()) reach.follows.insert(condition.over.steps.back().key);
  }
  for (const Operand& operand : condition.comparison.right) add_operand(operand, reach);
  if (condition.where) add_condition(*condition.where, reach);
  if (condition.meets) add_condition(*condition.meets, reach);
}

void add_gate(const rulebook::Kind& kind, const std::string& name, Reach& reach, int depth) {
  const rulebook::Gate* gate = kind.find_gate(name);
  if (gate == nullptr || depth > 5) return;
  if (gate->when) add_condition(*gate->when, reach);
  if (gate->condition) add_condition(*gate->condition, reach);
  for (const std::string& part : gate->gates) add_gate(kind, part, reach, depth + 1);
}

void add_action(const rulebook::Kind& kind, const rulebook::Action& action, Reach& reach) {
  for (const std::string& gate : action.requires_gates) add_gate(kind, gate, reach, 0);
  for (const auto& [field, path] : action.takes) add_path(path, reach);
  for (const auto& [rows, path] : action.finds) {
    if (!path.steps.empty()) reach.follows.insert(path.steps.back().key);
  }
  for (const rulebook::Setting& setting : action.sets) add_operand(setting.value, reach);
  for (const rulebook::Decider& decider : action.decides) {
    if (decider.when) add_condition(*decider.when, reach);
  }
  if (action.decided_by_path) add_path(*action.decided_by_path, reach);
  for (const rulebook::Opens& opens : action.opens) {
    if (opens.when) add_condition(*opens.when, reach);
    for (const rulebook::Setting& setting : opens.with) add_operand(setting.value, reach);
  }
  for (const rulebook::Issues& issues : action.issues) {
    if (issues.in_name_of) add_operand(*issues.in_name_of, reach);
  }
}

void add_date(const rulebook::DateOf& date, Reach& reach) {
  add_path(date.path, reach);
  for (const rulebook::DateOf& part : date.parts) add_date(part, reach);
  if (date.when) add_condition(*date.when, reach);
  if (date.where) add_condition(*date.where, reach);
}

void add_cell(const rulebook::CheckCell& cell, Reach& reach) {
  add_path(cell.path, reach);
  if (cell.when) add_condition(*cell.when, reach);
  if (!cell.computed) return;
  add_path(cell.computed->path, reach);
  add_date(cell.computed->date, reach);
  if (cell.computed->holds) add_condition(*cell.computed->holds, reach);
  if (cell.computed->where) add_condition(*cell.computed->where, reach);
}

}  // namespace

Reach reach_of(const rulebook::CheckSource& source) {
  Reach reach;
  for (const rulebook::CheckCell& cell : source.cells) add_cell(cell, reach);
  if (source.where) add_condition(*source.where, reach);
  for (const rulebook::CheckReason& reason : source.differs) {
    if (reason.when) add_condition(*reason.when, reach);
  }
  return reach;
}

Reach reach_of(const rulebook::Kind& kind, const rulebook::Action* action) {
  Reach reach;
  if (action != nullptr) {
    add_action(kind, *action, reach);
    return reach;
  }
  for (const rulebook::Action& each : kind.actions) add_action(kind, each, reach);
  return reach;
}

}  // namespace zs::ledger
