#include "rulebook/dependencies.h"

#include <functional>
#include <map>

namespace zs::rulebook {
namespace {

void reads_of_path(const Path& path, Reads& reads) {
  if (path.from_element || path.steps.empty()) return;
  if (path.steps.front().step != Step::Kind::back) reads.insert(path.steps.front().key);
}

void reads_of_operand(const Operand& operand, Reads& reads) {
  if (operand.kind == Operand::Kind::path || operand.has_of) reads_of_path(operand.path, reads);
}

void reads_of_pauses(const std::vector<Pause>& pauses, Reads& reads) {
  for (const Pause& pause : pauses) {
    if (!pause.each.empty()) reads.insert(pause.each);
    reads_of(pause.from, reads);
    reads_of(pause.until, reads);
    if (pause.when) reads_of(*pause.when, reads);
  }
}

constexpr std::string_view kDeadline = "deadline:";

// What one name (a field, or "deadline:x") reads directly.
Reads direct(const Kind& kind, const std::string& name) {
  Reads reads;
  if (name.starts_with(kDeadline)) {
    if (const Deadline* deadline = kind.find_deadline(name.substr(kDeadline.size()))) reads_of(*deadline, reads);
  } else if (const Field* field = kind.find_field(name)) {
    if (field->computed) reads_of(*field->computed, reads);
    for (const Field& column : field->columns) {
      if (column.computed) reads_of(*column.computed, reads);
    }
  }
  return reads;
}

}  // namespace

void reads_of(const Condition& condition, Reads& reads) {
  for (const Condition& part : condition.parts) reads_of(part, reads);
  if (condition.kind == Condition::Kind::compare) reads_of_operand(condition.left, reads);
  for (const Operand& operand : condition.comparison.right) reads_of_operand(operand, reads);
  if (condition.kind == Condition::Kind::quantified) reads_of_path(condition.over, reads);
  if (condition.kind == Condition::Kind::identifies) {
    reads_of_operand(condition.left, reads);
    reads_of_path(condition.over, reads);
  }
  for (const Operand& what : condition.distinct) reads_of_operand(what, reads);
  if (condition.where) reads_of(*condition.where, reads);
  if (condition.meets) reads_of(*condition.meets, reads);
  if (condition.kind == Condition::Kind::deadline) reads.insert(std::string(kDeadline) + condition.deadline);
}

void reads_of(const DateOf& date, Reads& reads) {
  if (date.when) reads_of(*date.when, reads);
  if (date.where) reads_of(*date.where, reads);
  for (const DateOf& part : date.parts) reads_of(part, reads);
  if (date.kind == DateOf::Kind::field) reads_of_path(date.path, reads);
  if (date.kind == DateOf::Kind::due) reads.insert(std::string(kDeadline) + date.deadline);
}

void reads_of(const Computed& computed, Reads& reads) {
  if (computed.holds) reads_of(*computed.holds, reads);
  if (computed.where) reads_of(*computed.where, reads);
  reads_of_path(computed.path, reads);
  reads_of_path(computed.of, reads);
  reads_of(computed.date, reads);
  reads_of(computed.from, reads);
  reads_of(computed.until, reads);
  reads_of_pauses(computed.pauses, reads);
}

void reads_of(const Deadline& deadline, Reads& reads) {
  if (!deadline.each.empty()) reads.insert(deadline.each);
  for (const RuleChoice& choice : deadline.rules) {
    if (choice.when) reads_of(*choice.when, reads);
  }
  for (const auto* date : {&deadline.starts, &deadline.stops, &deadline.drops, &deadline.ends, &deadline.ahead_of,
                           &deadline.version_on, &deadline.restarts, &deadline.extension_at}) {
    if (*date) reads_of(**date, reads);
  }
  if (deadline.when) reads_of(*deadline.when, reads);
  reads_of_pauses(deadline.pauses, reads);
  if (!deadline.extension_adds.empty()) reads.insert(deadline.extension_adds);
}

Reads closure(const Kind& kind, Reads reads) {
  std::vector<std::string> open(reads.begin(), reads.end());
  while (!open.empty()) {
    const std::string name = std::move(open.back());
    open.pop_back();
    for (const std::string& next : direct(kind, name)) {
      if (reads.insert(next).second) open.push_back(next);
    }
  }
  return reads;
}

bool reads_its_form(const Kind& kind, const Action& action, const Gate& gate) {
  Reads reads;
  if (gate.condition) reads_of(*gate.condition, reads);
  return asks_for(kind, action, std::move(reads));
}

bool asks_for(const Kind& kind, const Action& action, std::set<std::string> names) {
  const Reads reads = closure(kind, std::move(names));
  const auto asked = [&](const Asked& each) { return reads.contains(each.field); };
  const auto touched = [&](const auto& rows) { return reads.contains(rows); };
  return std::any_of(action.needs.begin(), action.needs.end(), asked) ||
         std::any_of(action.asks.begin(), action.asks.end(), asked) ||
         std::any_of(action.adds.begin(), action.adds.end(), touched) ||
         std::any_of(action.edits.begin(), action.edits.end(), [&](const auto& each) { return touched(each.first); });
}

std::vector<std::string> find_circle(const Kind& kind) {
  std::map<std::string, int> state;  // 1 on the way, 2 done
  std::vector<std::string> way;
  std::vector<std::string> circle;
  const std::function<void(const std::string&)> visit = [&](const std::string& name) {
    if (!circle.empty() || state[name] == 2) return;
    way.push_back(name);
    if (state[name] == 1) {
      circle = way;
      return;
    }
    state[name] = 1;
    for (const std::string& next : direct(kind, name)) visit(next);
    if (circle.empty()) way.pop_back();
    state[name] = 2;
  };
  for (const Field& field : kind.fields) visit(field.key);
  for (const Deadline& deadline : kind.deadlines) visit(std::string(kDeadline) + deadline.key);
  return circle;
}

}  // namespace zs::rulebook
