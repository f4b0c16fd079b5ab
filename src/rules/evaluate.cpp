// Conditions on a record, in Kleene's three values (design §4.3).
#include <algorithm>
#include <set>

#include "rules/findings.h"
#include "rules/gates.h"
#include "rules/marks.h"
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

Truth ordered(const Value& left, const Value* right, auto test) {
  if (right == nullptr) return Truth::no;
  if (left.unknown() || right->unknown()) return Truth::unknown;
  const auto compared = order(left, *right);
  return truth_of(compared && test(*compared));
}

// Walks the members of a list value; a single value is a list of one.
void each_member(const Value& value, auto visit) {
  if (const auto* texts = value.as<std::vector<std::string>>()) {
    for (const std::string& text : *texts) visit(Value(text));
  } else if (const auto* links = value.as<std::vector<Link>>()) {
    for (const Link& link : *links) visit(Value(link));
  } else {
    visit(value);
  }
}

// Whether what leads to a state asks all of these gates: a finished case is held to that when it comes in.
bool asked_on_arrival(const rulebook::Kind& kind, const std::string& state, const std::vector<std::string>& gates) {
  std::set<std::string> asked;
  for (const rulebook::Action& action : kind.actions) {
    if (action.to != state || action.act_of != rulebook::Bearer::office) continue;
    for (const rulebook::Gate* gate : gates_of(kind, action)) asked.insert(gate->key);
  }
  return std::all_of(gates.begin(), gates.end(), [&](const std::string& gate) { return asked.contains(gate); });
}

}  // namespace

bool View::applies(const rulebook::ConditionPtr& when, const Element* element) {
  return when == nullptr || holds(*when, element) == Truth::yes;
}

Truth View::holds(const Condition& condition, const Element* element) {
  switch (condition.kind) {
    case Condition::Kind::all: {
      Truth truth = Truth::yes;
      for (const Condition& part : condition.parts) {
        truth = both(truth, holds(part, element));
        if (truth == Truth::no) break;
      }
      return truth;
    }
    case Condition::Kind::any: {
      Truth truth = Truth::no;
      for (const Condition& part : condition.parts) {
        truth = either(truth, holds(part, element));
        if (truth == Truth::yes) break;
      }
      return truth;
    }
    case Condition::Kind::negation:
      return condition.parts.empty() ? Truth::yes : !holds(condition.parts.front(), element);
    case Condition::Kind::compare: return compare(condition, element);
    case Condition::Kind::quantified: return quantified(condition, element);
    case Condition::Kind::deadline: return deadline_is(condition, element);
    case Condition::Kind::dossier: return dossier_complete();
    case Condition::Kind::identifies: return identifies(condition, element);
    case Condition::Kind::breached: {
      const Truth truth = breached(condition.gates);
      return condition.unproven ? truth_of(truth == Truth::unknown) : truth;
    }
  }
  return Truth::no;
}

// Walks the values of a right-hand side: constants, which most are, as they stand in the rulebook.
void View::each_value(const rulebook::Operand& side, const Element* element, const auto& visit) {
  if (side.kind == rulebook::Operand::Kind::constant) {
    if (!side.constant.absent()) visit(side.constant);
    return;
  }
  for (const Value& value : operand(side, element)) visit(value);
}

const Value* View::first_value(std::span<const rulebook::Operand> sides, const Element* element, Value& scratch) {
  for (const rulebook::Operand& side : sides) {
    if (side.kind == rulebook::Operand::Kind::constant) {
      if (!side.constant.absent()) return &side.constant;
      continue;
    }
    auto found = operand(side, element);
    if (found.empty()) continue;
    scratch = std::move(found.front());
    return &scratch;
  }
  return nullptr;
}

Truth View::among(const Value& left, std::span<const rulebook::Operand> sides, const Element* element) {
  Truth truth = Truth::no;
  for (const rulebook::Operand& side : sides)
    each_value(side, element, [&](const Value& item) { truth = either(truth, equal(left, item)); });
  return truth;
}

// The left-hand side: the whole value, not its members, for `has` asks a list of choices.
const Value& View::left_of(const Condition& condition, const Element* element, Value& scratch) {
  if (condition.left.kind == rulebook::Operand::Kind::path) return look(condition.left.path, element, scratch);
  auto found = operand(condition.left, element);
  if (!found.empty()) scratch = std::move(found.front());
  return scratch;
}

Truth View::compare(const Condition& condition, const Element* element) {
  static const Value kNo{false};
  const Comparison& comparison = condition.comparison;
  const std::span<const rulebook::Operand> right = comparison.right;
  Value scratch;
  const Value* left = &left_of(condition, element, scratch);
  if (comparison.test == Test::present) return truth_of(!left->absent());
  if (comparison.test == Test::absent) return truth_of(left->absent());
  if (left->absent()) {
    const bool flag =
        condition.left.kind == rulebook::Operand::Kind::path && condition.left.path.type == rulebook::Type::flag;
    if (!flag) return Truth::no;
    left = &kNo;  // an absent flag reads no
  }
  Value other;
  const auto first = [&] { return first_value(right, element, other); };
  switch (comparison.test) {
    case Test::is: {
      const Value* const value = first();
      return value == nullptr ? Truth::no : equal(*left, *value);
    }
    case Test::in: return among(*left, right, element);
    case Test::not_in: return !among(*left, right, element);
    case Test::at_least: return ordered(*left, first(), [](int c) { return c >= 0; });
    case Test::at_most: return ordered(*left, first(), [](int c) { return c <= 0; });
    case Test::before: return ordered(*left, first(), [](int c) { return c < 0; });
    case Test::after: return ordered(*left, first(), [](int c) { return c > 0; });
    case Test::between: return between(*left, right, element);
    case Test::has:
    case Test::has_any:
    case Test::all_in: return contains(comparison.test, *left, right, element);
    case Test::present:
    case Test::absent: break;
  }
  return Truth::no;
}

// Both ends are in; an end that is absent is open.
Truth View::between(const Value& left, std::span<const rulebook::Operand> ends, const Element* element) {
  Truth truth = Truth::yes;
  Value scratch;
  if (const Value* from = first_value(ends.first(1), element, scratch))
    truth = both(truth, ordered(left, from, [](int c) { return c >= 0; }));
  if (const Value* until = first_value(ends.subspan(1, 1), element, scratch))
    truth = both(truth, ordered(left, until, [](int c) { return c <= 0; }));
  return truth;
}

Truth View::contains(Test test, const Value& left, std::span<const rulebook::Operand> right, const Element* element) {
  if (test == Test::has) {
    Value scratch;
    const Value* const wanted = first_value(right, element, scratch);
    Truth truth = Truth::no;
    if (wanted != nullptr) each_member(left, [&](const Value& item) { truth = either(truth, equal(item, *wanted)); });
    return truth;
  }
  const bool every = test == Test::all_in;
  Truth truth = truth_of(every);
  each_member(left, [&](const Value& item) {
    const Truth found = among(item, right, element);
    truth = every ? both(truth, found) : either(truth, found);
  });
  return truth;
}

namespace {

// How many are counted, surely and perhaps. Of what is to be distinct each value counts once; one that is not there is
// nobody knows whose, and may be another's.
class Tally {
 public:
  void add(Truth counted) { counted == Truth::yes ? ++sure_ : ++maybe_; }
  void add(Truth counted, const Value* what) {
    if (what == nullptr) return add(Truth::unknown);
    (counted == Truth::yes ? sure_values_ : maybe_values_).insert(plain_text(*what));
  }
  std::int64_t sure() const { return sure_ + static_cast<std::int64_t>(sure_values_.size()); }
  std::int64_t maybe() const {
    return maybe_ + std::count_if(maybe_values_.begin(), maybe_values_.end(),
                                  [&](const std::string& each) { return !sure_values_.contains(each); });
  }

 private:
  std::int64_t sure_ = 0, maybe_ = 0;
  std::set<std::string> sure_values_, maybe_values_;
};

}  // namespace

Truth View::quantified(const Condition& condition, const Element* element) {
  Tally tally;
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
    if (condition.distinct.empty()) {
      tally.add(counted);
      continue;
    }
    Value what;
    tally.add(counted, first_value(condition.distinct, &at, what));
  }
  const std::int64_t sure = tally.sure(), maybe = tally.maybe();
  switch (condition.quantifier) {
    case Condition::Quantifier::some: return sure > 0 ? Truth::yes : maybe > 0 ? Truth::unknown : Truth::no;
    case Condition::Quantifier::none: return sure > 0 ? Truth::no : maybe > 0 ? Truth::unknown : Truth::yes;
    case Condition::Quantifier::every: return every;
    case Condition::Quantifier::count: break;
  }
  Value scratch;
  const Value* const right = first_value(condition.comparison.right, element, scratch);
  const auto test = [&](std::int64_t n) {
    const Value left(n);
    switch (condition.comparison.test) {
      case Test::at_least: return ordered(left, right, [](int c) { return c >= 0; });
      case Test::at_most: return ordered(left, right, [](int c) { return c <= 0; });
      case Test::before: return ordered(left, right, [](int c) { return c < 0; });
      case Test::after: return ordered(left, right, [](int c) { return c > 0; });
      default: return right == nullptr ? Truth::no : equal(left, *right);
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

// What acts that had already happened did not meet. A finished case of an old ledger was never held to most gates, and
// one that rests on what nobody knows is neither kept nor broken.
Truth View::breached(const std::vector<std::string>& gates) {
  const auto marks = record_.rows.find(std::string(kMarks));
  if (marks == record_.rows.end()) return Truth::no;
  Truth truth = Truth::no;
  for (const auto& [number, cells] : marks->second) {
    const PastMark mark = past_mark(cells);
    if (mark.sort == MarkSort::unasked && !asked_on_arrival(kind_, mark.state, gates))
      truth = either(truth, Truth::unknown);
    if (mark.sort != MarkSort::breach || std::find(gates.begin(), gates.end(), mark.gate) == gates.end()) continue;
    truth = either(truth, mark.unknown ? Truth::unknown : Truth::yes);
  }
  return truth;
}

// The case file is complete when each item asked for is there: a paper issued, a field or rows filled.
Truth View::dossier_complete() {
  // A case that lives in an outside system has its papers there; ours is a register entry.
  const bool outside = act_ != nullptr && act_->outside;
  for (const DossierPlace& place : dossier_places(*this)) {
    if (!place.there && !(outside && !place.item->form.empty())) return Truth::no;
  }
  return Truth::yes;
}

}  // namespace zs::rules
