#include "rules/self_check.h"

#include <algorithm>
#include <array>

#include "rules/gates.h"
#include "rules/marks.h"

namespace zs::rules {
namespace {

using rulebook::CheckCell;
using rulebook::CheckSource;
using rulebook::Held;
using rulebook::SelfCheck;

constexpr std::array<std::string_view, 3> kVerdicts{"differs", "unproven", "fits"};

bool contains(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

std::optional<Date> day_of(const Value& value) {
  if (const auto* day = value.as<Date>()) return *day;
  if (const auto* moment = value.as<Moment>()) return moment->day();
  return std::nullopt;
}

// Several values as one: a list of texts or of links.
Value joined(const std::vector<Value>& values) {
  if (values.empty()) return {};
  if (values.size() == 1) return values.front();
  std::vector<std::string> texts;
  std::vector<Link> links;
  for (const Value& value : values) {
    if (const auto* text = value.as<std::string>()) texts.push_back(*text);
    if (const auto* link = value.as<Link>()) links.push_back(*link);
  }
  if (!texts.empty()) return texts;
  return links.empty() ? values.front() : Value(links);
}

// What the record's own entries say of some gates (rules/self_check.h, GateSeen).
class GateLook {
 public:
  GateLook(const CheckCell& cell, const rulebook::Kind& now, std::span<const PastAct> acts)
      : cell_(cell), now_(now), acts_(acts) {}

  CheckValue run() {
    for (std::size_t i = 0; i < acts_.size(); ++i) {
      const bool undone = i + 1 < acts_.size() && acts_[i + 1].facts.type == "undo";
      if (!undone) look(acts_[i]);
    }
    Held worst = Held::none;
    for (const GateSeen& seen : seen_) worst = std::max(worst, seen.held);
    return {std::string(rulebook::name_of(worst)), std::move(seen_)};
  }

 private:
  bool meant(const std::string& action) const { return cell_.acts.empty() || contains(cell_.acts, action); }

  // The gates of the cell that an action of a rulebook asks.
  std::vector<std::string> asked_by(const rulebook::Kind* kind, const rulebook::Action* action) const {
    std::vector<std::string> asked;
    if (kind == nullptr || action == nullptr || !meant(action->key)) return asked;
    for (const rulebook::Gate* gate : gates_of(*kind, *action)) {
      if (contains(cell_.gates, gate->key)) asked.push_back(gate->key);
    }
    return asked;
  }

  void look(const PastAct& act) {
    const EntryFacts& facts = act.facts;
    if (facts.type == "act") {
      const auto asked = asked_by(act.kind, act.kind == nullptr ? nullptr : act.kind->find_action(facts.action));
      // What the rules ask today and did not ask then, nobody has looked at.
      const auto wanted = asked_by(&now_, now_.find_action(facts.action));
      const bool all =
          std::all_of(wanted.begin(), wanted.end(), [&](const auto& gate) { return contains(asked, gate); });
      if (!all) add_unproven(facts);
      if (asked.empty()) return;
      add_marks(facts, asked);
      add_passed(facts, asked);
    } else if (facts.type == "correct") {
      add_marks(facts, cell_.gates);
    } else if (facts.type == "history") {
      look_at_history(act);
    }
  }

  // A finished case was held only to what leads to its final state; the rest nobody has looked at.
  void look_at_history(const PastAct& act) {
    std::vector<std::string> asked;
    for (const rulebook::Action& action : act.kind == nullptr ? kNoActions : act.kind->actions) {
      if (action.to != act.facts.state || action.act_of != rulebook::Bearer::office) continue;
      const auto more = asked_by(act.kind, &action);
      asked.insert(asked.end(), more.begin(), more.end());
    }
    add_marks(act.facts, asked);
    const bool all = std::all_of(cell_.gates.begin(), cell_.gates.end(),
                                 [&](const std::string& gate) { return contains(asked, gate); });
    all ? add_passed(act.facts, asked) : add_unproven(act.facts);
  }

  void add_unproven(const EntryFacts& facts) {
    GateSeen seen = begin(facts, Held::unproven);
    seen.gates = static_cast<int>(cell_.gates.size());
    seen_.push_back(std::move(seen));
  }

  static GateSeen begin(const EntryFacts& facts, Held held) {
    GateSeen seen;
    seen.held = held;
    seen.action = facts.action;
    seen.day = facts.on;
    seen.who = facts.decider.empty() ? facts.actor : facts.decider;
    return seen;
  }

  void add_marks(const EntryFacts& facts, const std::vector<std::string>& asked) {
    const auto add = [&](const std::vector<Mark>& marks, Held held) {
      for (const Mark& mark : marks) {
        if (!contains(asked, mark.gate)) continue;
        GateSeen seen = begin(facts, mark.unknown ? Held::unproven : held);
        seen.gate = mark.gate;
        seen.rules = mark.rules;
        if (held == Held::warned) seen.who = signer_of(facts);
        seen_.push_back(std::move(seen));
      }
    };
    add(facts.breaches, Held::breached);
    add(facts.warned, Held::warned);
  }

  static std::string signer_of(const EntryFacts& facts) {
    for (const Fact& fact : facts.facts) {
      if (fact.path == "@pass_signer") return plain_text(fact.value);
    }
    return {};
  }

  void add_passed(const EntryFacts& facts, const std::vector<std::string>& asked) {
    const auto open = [&](const std::string& gate) {
      const auto is = [&](const Mark& mark) { return mark.gate == gate; };
      return std::none_of(facts.breaches.begin(), facts.breaches.end(), is) &&
             std::none_of(facts.warned.begin(), facts.warned.end(), is);
    };
    GateSeen seen = begin(facts, Held::passed);
    seen.gates = static_cast<int>(std::count_if(asked.begin(), asked.end(), open));
    if (seen.gates > 0) seen_.push_back(std::move(seen));
  }

  static inline const std::vector<rulebook::Action> kNoActions;
  const CheckCell& cell_;
  const rulebook::Kind& now_;
  const std::span<const PastAct> acts_;
  std::vector<GateSeen> seen_;
};

class LineMaker {
 public:
  LineMaker(View& view, const SelfCheck& check, const CheckSource& source, std::span<const PastAct> acts, Date today)
      : view_(view), check_(check), source_(source), acts_(acts), today_(today) {}

  CheckLine make(const Element* element, RowNumber row, Date day) {
    CheckLine line;
    line.row = row;
    line.day = day;
    for (std::size_t i = 0; i < source_.cells.size(); ++i) {
      line.cells.push_back(cell(source_.cells[i], element));
      if (!line.cells.back().value.absent()) columns_[check_.line.columns[i].key] = line.cells.back().value;
    }
    line.verdict = verdict(line, row);
    return line;
  }

 private:
  Verdict verdict(CheckLine& line, RowNumber row) {
    bool unproven = false;
    for (const CheckValue& cell : line.cells) {
      const auto* held = cell.seen.empty() ? nullptr : cell.value.as<std::string>();
      unproven = unproven || (held != nullptr && *held == rulebook::name_of(Held::unproven));
      for (const GateSeen& seen : cell.seen) {
        if (seen.held != Held::breached) continue;
        const rulebook::Action* action = view_.kind().find_action(seen.action);
        line.why.push_back((action == nullptr ? std::string() : action->label + "：") +
                           says_of_mark(*view_.in_force().book, view_.kind(), seen.gate));
      }
    }
    const Element element{&view_.record(), &view_.kind(), &check_.line, row, &columns_};
    for (const rulebook::CheckReason& reason : source_.differs) {
      const Truth truth = reason.when ? view_.holds(*reason.when, &element) : Truth::no;
      if (truth == Truth::yes) line.why.push_back(reason.says);
      unproven = unproven || truth == Truth::unknown;
    }
    if (!line.why.empty()) return Verdict::differs;
    return unproven ? Verdict::unproven : Verdict::fits;
  }

  CheckValue cell(const CheckCell& cell, const Element* element) {
    switch (cell.kind) {
      case CheckCell::Kind::empty: return {};
      case CheckCell::Kind::path: return {view_.applies(cell.when, element) ? path(cell.path, element) : Value(), {}};
      case CheckCell::Kind::computed: return {view_.compute(*cell.computed, element), {}};
      case CheckCell::Kind::outcome:
      case CheckCell::Kind::due:
      case CheckCell::Kind::over: return {deadline(cell, element), {}};
      case CheckCell::Kind::minus: return {minus(cell), {}};
      case CheckCell::Kind::gates: return GateLook(cell, view_.kind(), acts_).run();
      case CheckCell::Kind::decided: return {decided(cell), {}};
    }
    return {};
  }

  // What is still growing is read as of the day.
  Value path(const rulebook::Path& path, const Element* element) {
    const rulebook::Field* field =
        path.steps.size() == 1 && !path.from_element ? view_.kind().find_field(path.steps.front().key) : nullptr;
    if (field != nullptr && field->computed && field->computed->kind == rulebook::Computed::Kind::accrues) {
      const auto amount = view_.accrued(*field->computed, today_);
      return amount ? Value(*amount) : Value();
    }
    return joined(view_.values(path, element));
  }

  Value deadline(const CheckCell& cell, const Element* element) {
    for (const Clock& clock : view_.clocks(cell.deadline)) {
      if (clock.row != 0 && (element == nullptr || element->row != clock.row)) continue;
      if (cell.kind == CheckCell::Kind::outcome) return std::string(name_of(clock.on(today_)));
      if (!clock.due) continue;
      if (cell.kind == CheckCell::Kind::due) return *clock.due;
      const Date end = clock.stop ? clock.stop->day() : today_;
      if (clock.settled == OutcomeOf::dropped || end <= *clock.due) continue;
      const Unit unit = clock.period ? clock.period->unit : Unit::day;
      return std::int64_t{std::max(1, units_between(*clock.due, end, unit, *view_.in_force().calendar))};
    }
    return {};
  }

  // What is absent counts as nothing, but for the first.
  Value minus(const CheckCell& cell) {
    Value total;
    for (std::size_t i = 0; i < cell.columns.size(); ++i) {
      const auto found = columns_.find(cell.columns[i]);
      const auto* number = found == columns_.end() ? nullptr : found->second.as<std::int64_t>();
      if (i == 0) {
        if (number == nullptr) return {};
        total = *number;
      } else if (number != nullptr) {
        total = *total.as<std::int64_t>() - *number;
      }
    }
    return total;
  }

  Value decided(const CheckCell& cell) {
    std::vector<Value> people;
    for (std::size_t i = 0; i < acts_.size(); ++i) {
      const EntryFacts& facts = acts_[i].facts;
      const bool undone = i + 1 < acts_.size() && acts_[i + 1].facts.type == "undo";
      if (undone || facts.type != "act" || !contains(cell.acts, facts.action)) continue;
      const Value who = facts.decider.empty() ? facts.actor : facts.decider;
      if (std::find(people.begin(), people.end(), who) == people.end()) people.push_back(who);
    }
    return joined(people);
  }

  View& view_;
  const SelfCheck& check_;
  const CheckSource& source_;
  const std::span<const PastAct> acts_;
  const Date today_;
  Fields columns_;
};

}  // namespace

std::string_view name_of(Verdict verdict) {
  return kVerdicts[static_cast<std::size_t>(verdict)];
}

std::vector<CheckLine> check_lines(View& view, const SelfCheck& check, const CheckSource& source,
                                   std::span<const PastAct> acts, int year, Date today) {
  std::vector<CheckLine> lines;
  const auto add = [&](const Element* element, RowNumber row) {
    const auto day = day_of(view.date(source.dated, element));
    if (!day || day->year() != year || !view.applies(source.where, element)) return;
    lines.push_back(LineMaker(view, check, source, acts, today).make(element, row, *day));
  };
  if (source.rows.empty()) {
    add(nullptr, 0);
    return lines;
  }
  const rulebook::Field* rows = view.kind().find_field(source.rows);
  const auto list = view.record().rows.find(source.rows);
  if (rows == nullptr || list == view.record().rows.end()) return lines;
  for (const auto& [number, cells] : list->second) {
    const Element element{&view.record(), &view.kind(), rows, number, &cells};
    add(&element, number);
  }
  return lines;
}

}  // namespace zs::rules
