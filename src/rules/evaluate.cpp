// Conditions on a record, in Kleene's three values (design §4.3).
#include <algorithm>

#include "rules/view.h"

namespace zs::rules {

using rulebook::Comparison;
using rulebook::Condition;
using rulebook::Test;

namespace {

Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::unknown || b == Truth::unknown ? Truth::unknown : Truth::yes;
}

Truth either(Truth a, Truth b) {
  return !both(!a, !b);
}

Truth truth_of(bool value) {
  return value ? Truth::yes : Truth::no;
}

Truth ordered(const Value& left, const std::vector<Value>& right, auto test) {
  if (right.empty()) return Truth::no;
  if (left.unknown() || right.front().unknown()) return Truth::unknown;
  const auto compared = order(left, right.front());
  return truth_of(compared && test(*compared));
}

Truth among(const Value& left, const std::vector<Value>& list) {
  Truth truth = Truth::no;
  for (const Value& item : list) truth = either(truth, equal(left, item));
  return truth;
}

// The members of a list value; a single value is a list of one.
std::vector<Value> members(const Value& value) {
  std::vector<Value> list;
  if (const auto* texts = value.as<std::vector<std::string>>()) {
    for (const std::string& text : *texts) list.emplace_back(text);
  } else if (const auto* links = value.as<std::vector<Link>>()) {
    for (const Link& link : *links) list.emplace_back(link);
  } else {
    list.push_back(value);
  }
  return list;
}

Truth has_any(const Value& left, const std::vector<Value>& right) {
  Truth truth = Truth::no;
  for (const Value& item : members(left)) truth = either(truth, among(item, right));
  return truth;
}

Truth all_in(const Value& left, const std::vector<Value>& right) {
  Truth truth = Truth::yes;
  for (const Value& item : members(left)) truth = both(truth, among(item, right));
  return truth;
}

}  // namespace

bool View::applies(const rulebook::ConditionPtr& when, const Element* element) {
  return when == nullptr || holds(*when, element) == Truth::yes;
}

Truth View::holds(const Condition& condition, const Element* element) {
  switch (condition.kind) {
    case Condition::Kind::all: {
      Truth truth = Truth::yes;
      for (const Condition& part : condition.parts) truth = both(truth, holds(part, element));
      return truth;
    }
    case Condition::Kind::any: {
      Truth truth = Truth::no;
      for (const Condition& part : condition.parts) truth = either(truth, holds(part, element));
      return truth;
    }
    case Condition::Kind::negation:
      return condition.parts.empty() ? Truth::yes : !holds(condition.parts.front(), element);
    case Condition::Kind::compare: return compare(condition, element);
    case Condition::Kind::quantified: return quantified(condition, element);
    case Condition::Kind::deadline: return deadline_is(condition, element);
    case Condition::Kind::dossier: return dossier_complete();
  }
  return Truth::no;
}

Truth View::compare(const Condition& condition, const Element* element) {
  const Comparison& comparison = condition.comparison;
  Value left;
  if (condition.left.kind == rulebook::Operand::Kind::path) {
    // The whole value, not its members: `has` asks a list of choices.
    auto whole = values(condition.left.path, element);
    if (!whole.empty()) left = std::move(whole.front());
    // An absent flag reads no.
    if (left.absent() && condition.left.path.type == rulebook::Type::flag && comparison.test != Test::present &&
        comparison.test != Test::absent) {
      left = false;
    }
  } else {
    auto found = operand(condition.left, element);
    if (!found.empty()) left = std::move(found.front());
  }
  if (comparison.test == Test::present) return truth_of(!left.absent());
  if (comparison.test == Test::absent) return truth_of(left.absent());
  if (left.absent()) return Truth::no;
  std::vector<Value> right;
  std::vector<std::vector<Value>> ends;
  for (const rulebook::Operand& side : comparison.right) {
    ends.push_back(operand(side, element));
    right.insert(right.end(), ends.back().begin(), ends.back().end());
  }
  switch (comparison.test) {
    case Test::is: return right.empty() ? Truth::no : equal(left, right.front());
    case Test::in: return among(left, right);
    case Test::not_in: return !among(left, right);
    case Test::at_least: return ordered(left, right, [](int c) { return c >= 0; });
    case Test::at_most: return ordered(left, right, [](int c) { return c <= 0; });
    case Test::before: return ordered(left, right, [](int c) { return c < 0; });
    case Test::after: return ordered(left, right, [](int c) { return c > 0; });
    case Test::between: {
      Truth truth = Truth::yes;
      if (!ends[0].empty()) truth = both(truth, ordered(left, ends[0], [](int c) { return c >= 0; }));
      if (!ends[1].empty()) truth = both(truth, ordered(left, ends[1], [](int c) { return c <= 0; }));
      return truth;
    }
    case Test::has: return right.empty() ? Truth::no : has_any(left, {right.front()});
    case Test::has_any: return has_any(left, right);
    case Test::all_in: return all_in(left, right);
    case Test::present:
    case Test::absent: break;
  }
  return Truth::no;
}

Truth View::quantified(const Condition& condition, const Element* element) {
  std::int64_t sure = 0;
  std::int64_t maybe = 0;
  Truth every = Truth::yes;
  for (const Element& at : elements(condition.over, element)) {
    if (condition.only_new && (act_ == nullptr || !act_->touched_rows.contains(
                                                      {at.rows == nullptr ? std::string() : at.rows->key, at.row}))) {
      continue;
    }
    // In `where:` over rows of another record a bare name is its column; `record.x` stays ours.
    const Truth counted = condition.where ? holds(*condition.where, &at) : Truth::yes;
    if (counted == Truth::no) continue;
    if (condition.quantifier == Condition::Quantifier::every) {
      const Truth met = condition.meets ? holds(*condition.meets, &at) : Truth::yes;
      every = both(every, counted == Truth::unknown ? either(Truth::unknown, met) : met);
    }
    counted == Truth::yes ? ++sure : ++maybe;
  }
  switch (condition.quantifier) {
    case Condition::Quantifier::some: return sure > 0 ? Truth::yes : maybe > 0 ? Truth::unknown : Truth::no;
    case Condition::Quantifier::none: return sure > 0 ? Truth::no : maybe > 0 ? Truth::unknown : Truth::yes;
    case Condition::Quantifier::every: return every;
    case Condition::Quantifier::count: break;
  }
  std::vector<Value> right;
  for (const rulebook::Operand& side : condition.comparison.right) {
    for (Value& value : operand(side, element)) right.push_back(std::move(value));
  }
  const auto test = [&](std::int64_t n) {
    const Value left(n);
    switch (condition.comparison.test) {
      case Test::at_least: return ordered(left, right, [](int c) { return c >= 0; });
      case Test::at_most: return ordered(left, right, [](int c) { return c <= 0; });
      case Test::before: return ordered(left, right, [](int c) { return c < 0; });
      case Test::after: return ordered(left, right, [](int c) { return c > 0; });
      default: return right.empty() ? Truth::no : equal(left, right.front());
    }
  };
  const Truth low = test(sure);
  return maybe > 0 && low != test(sure + maybe) ? Truth::unknown : low;
}

// A gate may ask any outcome on the day of the act; without a day only what no day changes is asked.
Truth View::deadline_is(const Condition& condition, const Element* element) {
  const auto asked = [&](const Clock& clock) {
    const OutcomeOf outcome = act_ == nullptr ? clock.settled : clock.on(act_->day);
    bool named = false;
    for (const rulebook::Operand& operand : condition.comparison.right) {
      const auto* word = operand.constant.as<std::string>();
      named = named || (word != nullptr && *word == name_of(outcome));
    }
    if (!named && outcome == OutcomeOf::unknown) return Truth::unknown;
    return truth_of(named);
  };
  Truth truth = Truth::no;
  for (const Clock& clock : clocks(condition.deadline)) {
    if (clock.row != 0 && element != nullptr && element->row != 0 && element->row != clock.row) continue;
    truth = either(truth, asked(clock));
  }
  return truth;
}

// The case file is complete when each item asked for is there: a paper issued, a field or rows filled.
Truth View::dossier_complete() {
  for (const rulebook::DossierItem& item : kind_.dossier) {
    if (!applies(item.when)) continue;
    // A case that lives in an outside system has its papers there; ours is a register entry.
    if (!item.form.empty() && act_ != nullptr && act_->outside) continue;
    if (!item.form.empty()) {
      const auto papers = record_.rows.find("papers");
      bool found = false;
      if (papers != record_.rows.end()) {
        for (const auto& [number, cells] : papers->second) {
          const auto form = cells.find("form");
          const auto* key = form == cells.end() ? nullptr : form->second.as<std::string>();
          found = found || (key != nullptr && *key == item.form);
        }
      }
      if (!found) return Truth::no;
      continue;
    }
    const auto rows = record_.rows.find(item.field);
    const bool filled = (rows != record_.rows.end() && !rows->second.empty()) || !value(item.field).absent();
    if (!filled) return Truth::no;
  }
  return Truth::yes;
}

}  // namespace zs::rules
