#include "unit/rules/scenario.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "base/money.h"
#include "ledger/workspace.h"
#include "rulebook/field_value.h"
#include "rules/count_rule.h"
#include "rules/evidence.h"
#include "unit/rules/scenario_stage.h"

namespace zs::rules::scenarios {
namespace {

using rulebook::Rulebook;

std::vector<std::string> texts_of(const Node& list) {
  std::vector<std::string> texts;
  for (const Node& item : list.items) texts.push_back(item.scalar);
  std::sort(texts.begin(), texts.end());
  return texts;
}

std::optional<Moment> parse_when(const std::string& text) {
  if (const auto day = parse_date(text)) return start_of(*day);
  return parse_moment(text);
}

// What a scenario may call a reason.
std::vector<std::string> names_of(const Reason& reason) {
  if (reason.kind == "gate") return {reason.name};
  if (reason.kind == "warn") return {reason.name, "warn", "warn:" + reason.name};
  std::vector<std::string> names{reason.kind, reason.kind + ":" + reason.name};
  if (reason.kind == "needs" || reason.kind == "shape") names.erase(names.begin());
  // A cell's fault may also be said of its rows.
  if (reason.kind == "shape") names.push_back("shape:" + reason.name.substr(0, reason.name.find('/')));
  return names;
}

// --- a rule counted by itself

class TermCheck {
 public:
  TermCheck(const Rulebook& book, const Node& scenario)
      : book_(book), term_(scenario["term"]), then_(scenario["then"]) {}

  std::vector<std::string> run() {
    RuleQuestion question;
    read(question);
    rulebook::Calendar calendar;
    for (const rulebook::CalendarYear& year : book_.calendar) calendar.set(year);
    if (!found_.empty()) return found_;
    const auto counted = count_rule({&book_, &calendar, nullptr}, question);
    if (!counted) return {counted.error().text.en};
    compare(counted->clock);
    return found_;
  }

 private:
  Moment when(const Node& node) {
    const auto moment = parse_when(node.scalar);
    if (!moment) found_.push_back(fmt::format("\"{}\" is neither a date nor a moment", node.scalar));
    return moment.value_or(Moment{});
  }

  void read_pause(const Node& node) {
    const std::size_t dots = node.scalar.find("..");
    if (dots == std::string::npos)
      return found_.push_back(fmt::format("a pause is written A..B, not \"{}\"", node.scalar));
    const std::string until = node.scalar.substr(dots + 2);
    const auto from = parse_when(node.scalar.substr(0, dots));
    if (!from) return found_.push_back(fmt::format("a pause is written A..B, not \"{}\"", node.scalar));
    pauses_.push_back({*from, until.empty() ? std::nullopt : parse_when(until), false});
  }

  void read(RuleQuestion& question) {
    for (const auto& [key, value] : term_.entries) {
      const std::string& name = key.scalar;
      if (name == "rule")
        question.rule = value.scalar;
      else if (name == "from")
        question.from = when(value);
      else if (name == "event")
        question.event = parse_date(value.scalar);
      else if (name == "granted")
        question.granted = when(value);
      else if (name == "extend")
        question.extension = parse_period(value.scalar);
      else if (name == "bears")
        question.bears = rulebook::parse_bearer(value.scalar);
      else if (name == "pauses")
        for (const Node& pause : value.items) read_pause(pause);
      else
        found_.push_back(fmt::format("term says \"{}\", which nobody reads", name));
    }
    if (term_.has("extend") && !question.extension)
      found_.push_back(fmt::format("\"{}\" is no period", term_["extend"].scalar));
    if (term_.has("bears") && !question.bears)
      found_.push_back(fmt::format("\"{}\" bears nothing", term_["bears"].scalar));
    question.pauses = pauses_;
  }

  void expect(const std::string& what, const std::string& expected, const std::string& got) {
    if (expected != got) found_.push_back(fmt::format("{}: the scenario says {}, the engine {}", what, expected, got));
  }

  void compare(const Clock& clock) {
    for (const auto& [key, value] : then_.entries) {
      const std::string& name = key.scalar;
      if (name == "due")
        expect("due", value.scalar, clock.due_at ? clock.due_at->text() : clock.due ? clock.due->text() : "paused");
      else if (name == "extension_void")
        expect(name, value.scalar, clock.term.extension_void ? "yes" : "no");
      else if (name == "estimated")
        expect(name, value.scalar, clock.term.estimated ? "yes" : "no");
      else if (name == "left")
        expect(name, value.scalar, clock.due ? "running" : std::to_string(clock.term.left));
      else
        found_.push_back(fmt::format("then says \"{}\", which nobody reads", name));
    }
  }

  const Rulebook& book_;
  const Node& term_;
  const Node& then_;
  std::vector<Span> pauses_;
  std::vector<std::string> found_;
};

// --- a record and an act

// What the ledger would load around the record: the links and back links that the action's rules follow, two steps.
Neighbours near(const Stage& stage, const Change& change) {
  ledger::Reach reach;
  for (const ActInput& act : change.acts) {
    const rulebook::Action* action = stage.kind()->find_action(act.action);
    if (change.asks == Asks::acts && action == nullptr) continue;
    const ledger::Reach one = ledger::reach_of(*stage.kind(), change.asks == Asks::acts ? action : nullptr);
    reach.follows.insert(one.follows.begin(), one.follows.end());
    reach.backs.insert(one.backs.begin(), one.backs.end());
  }
  const Neighbours& all = stage.neighbours();
  Neighbours found;
  std::vector<const Record*> next;
  const auto take = [&](const Value& value) {
    std::vector<Link> links;
    if (const auto* link = value.as<Link>()) links.push_back(*link);
    if (const auto* many = value.as<std::vector<Link>>()) links = *many;
    for (const Link& link : links) {
      const Record* record = all.find(link);
      if (record != nullptr && found.records.emplace(link, record).second) next.push_back(record);
    }
  };
  const auto step = [&](const Record& from) {
    for (const auto& [name, value] : from.fields) {
      if (reach.follows.contains(name)) take(value);
    }
    for (const auto& [rows, list] : from.rows) {
      for (const auto& [number, cells] : list) {
        for (const auto& [column, value] : cells) {
          if (reach.follows.contains(column)) take(value);
        }
      }
    }
    for (const auto& [kind, field] : reach.backs) {
      const auto& pointing = all.pointing(kind, field, {from.kind, from.id});
      if (pointing.empty()) continue;
      found.back[{kind, field, Link{from.kind, from.id}}] = pointing;
      next.insert(next.end(), pointing.begin(), pointing.end());
    }
  };
  for (const ActInput& act : change.acts) {
    for (const auto& [name, value] : act.values) take(value);
    for (const RowChange& row : act.rows) {
      for (const auto& [column, value] : row.cells) take(value);
    }
  }
  if (reach.nothing()) return found;
  if (stage.given() != nullptr) step(*stage.given());
  const std::vector<const Record*> first = next;
  for (const Record* record : first) step(*record);
  return found;
}

class ActCheck {
 public:
  ActCheck(const std::shared_ptr<const Rulebook>& book, const Node& scenario)
      : book_(*book), scenario_(scenario), then_(scenario["then"]), stage_(book, scenario) {}

  std::vector<std::string> run() {
    stage_.build();
    if (!stage_.faults().empty()) return stage_.faults();
    if (!stage_.staged().shape.empty()) {
      for (const std::string& field : stage_.staged().shape) refused_.push_back({"shape", field, {}, {}, {}});
      compare_refusal();
    } else if (stage_.staged().change) {
      decide_and_compare(*stage_.staged().change);
    } else if (stage_.given() == nullptr) {
      found_.push_back("there is neither a record nor an act");
    } else {
      record_ = *stage_.given();
      compare_record();
    }
    return std::move(found_);
  }

 private:
  void differ(std::string text) { found_.push_back(std::move(text)); }

  Decision ask(const Neighbours& around, const Change& change) {
    Supplies supplies;
    supplies.next_record = stage_.next_record().number;
    return decide(stage_.facts(around), change, supplies);
  }

  void decide_and_compare(const Change& change) {
    Decision decision = ask(stage_.neighbours(), change);
    const Neighbours loaded = near(stage_, change);
    if (describe(decision) != describe(ask(loaded, change))) {
      differ(fmt::format("with what the ledger loads around the record the answer is another: {} instead of {}",
                         describe(ask(loaded, change)), describe(decision)));
    }
    if (auto* refusal = std::get_if<Refusal>(&decision)) {
      refused_ = std::move(refusal->reasons);
      return compare_refusal();
    }
    outcome_ = std::get<Outcome>(std::move(decision));
    compare_outcome();
  }

  static std::string describe(const Decision& decision) {
    std::vector<std::string> words;
    if (const auto* refusal = std::get_if<Refusal>(&decision)) {
      words.emplace_back("refused");
      for (const Reason& reason : refusal->reasons) words.push_back(reason.kind + ":" + reason.name);
      return fmt::format("{}", fmt::join(words, " "));
    }
    words.emplace_back("accepted");
    for (const EntryFacts& entry : std::get<Outcome>(decision).entries) {
      for (const Mark& mark : entry.breaches) words.push_back("breach:" + mark.gate);
      for (const Mark& mark : entry.warned) words.push_back("warned:" + mark.gate);
      for (const Mark& mark : entry.notes) words.push_back("note:" + mark.gate);
      for (const Fact& fact : entry.facts) words.push_back(fact.path + "=" + plain_text(fact.value));
    }
    return fmt::format("{}", fmt::join(words, " "));
  }

  std::string said_reasons() const {
    std::vector<std::string> words;
    for (const Reason& reason : refused_)
      words.push_back(names_of(reason).front() + (reason.kind == "warn" ? "(warn)" : ""));
    return fmt::format("[{}]", fmt::join(words, ", "));
  }

  // Exactly these reasons: none is missing, none is more.
  void compare_refusal() {
    if (!then_.has("refused")) return differ(fmt::format("it is refused: {}", said_reasons()));
    const std::vector<std::string> expected = texts_of(then_["refused"]);
    const auto named = [](const Reason& reason, const std::string& name) {
      const auto names = names_of(reason);
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    const bool all_said = std::all_of(expected.begin(), expected.end(), [&](const std::string& name) {
      return std::any_of(refused_.begin(), refused_.end(), [&](const Reason& reason) { return named(reason, name); });
    });
    const bool none_more = std::all_of(refused_.begin(), refused_.end(), [&](const Reason& reason) {
      return std::any_of(expected.begin(), expected.end(),
                         [&](const std::string& name) { return named(reason, name); });
    });
    if (!all_said || !none_more)
      differ(fmt::format("refused: the scenario says [{}], the engine {}", fmt::join(expected, ", "), said_reasons()));
    for (const auto& [key, value] : then_.entries) {
      if (key.scalar != "refused") differ(fmt::format("a refusal has no \"{}\"", key.scalar));
    }
  }

  void compare_outcome() {
    if (then_.has("refused"))
      return differ(
          fmt::format("it is accepted, but should be refused: [{}]", fmt::join(texts_of(then_["refused"]), ", ")));
    const RecordId id = stage_.given() != nullptr ? stage_.given()->id : outcome_.entries.front().record;
    record_ = outcome_.after.at(id);
    compare_marks("breaches", {&EntryFacts::breaches});
    // On an act of another a closed gate is a note; a scenario may call it warned too.
    if (then_.has("notes"))
      compare_marks("warned", {&EntryFacts::warned});
    else
      compare_marks("warned", {&EntryFacts::warned, &EntryFacts::notes});
    compare_marks("notes", {&EntryFacts::notes});
    if (then_.has("opened")) {
      std::vector<std::string> opened;
      for (const EntryFacts& entry : outcome_.entries) {
        if (entry.type == "open") opened.push_back(entry.kind);
      }
      std::sort(opened.begin(), opened.end());
      compare_lists("opened", texts_of(then_["opened"]), opened);
    }
    compare_record();
  }

  void compare_lists(std::string_view what, const std::vector<std::string>& expected,
                     const std::vector<std::string>& got) {
    if (expected != got)
      differ(fmt::format("{}: the scenario says [{}], the engine [{}]", what, fmt::join(expected, ", "),
                         fmt::join(got, ", ")));
  }

  // Breaches that the scenario does not speak of are none.
  void compare_marks(std::string_view what, std::initializer_list<std::vector<Mark> EntryFacts::*> lists) {
    std::vector<std::string> got;
    for (const EntryFacts& entry : outcome_.entries) {
      for (const auto marks : lists) {
        for (const Mark& mark : entry.*marks) got.push_back(mark.gate);
      }
    }
    std::sort(got.begin(), got.end());
    got.erase(std::unique(got.begin(), got.end()), got.end());
    if (then_.has(what) || what == "breaches") compare_lists(what, texts_of(then_[what]), got);
  }

  void compare_record() {
    const InForce in_force = stage_.town().in_force();
    View view(in_force, record_);
    for (const auto& [key, value] : then_.entries) {
      const std::string& name = key.scalar;
      if (name == "accepted" || name == "breaches" || name == "warned" || name == "notes" || name == "opened" ||
          name == "as_of")
        continue;
      if (name == "state")
        compare_text("state", value.scalar, record_.state);
      else if (name == "values")
        for (const auto& [field, node] : value.entries) compare_value(view, field.scalar, node);
      else if (name == "absent")
        for (const Node& field : value.items) compare_absent(view, field.scalar);
      else if (name == "numbers")
        for (const auto& [number, node] : value.entries)
          compare_text("number " + number.scalar, node.scalar, number_of(number.scalar));
      else if (name == "deadlines")
        for (const auto& [deadline, node] : value.entries) compare_deadline(view, deadline.scalar, node);
      else if (name == "figures")
        for (const auto& [figure, node] : value.entries) compare_figure(view, figure.scalar, node.scalar);
      else
        differ(fmt::format("then says \"{}\", which nobody reads", name));
    }
  }

  void compare_text(const std::string& what, const std::string& expected, const std::string& got) {
    if (expected != got)
      differ(fmt::format("{}: the scenario says {}, the engine {}", what, expected, got.empty() ? "nothing" : got));
  }

  std::string number_of(const std::string& name) const {
    const auto found = record_.numbers.find(name);
    return found == record_.numbers.end() ? std::string() : found->second;
  }

  Date last_day() const {
    const Node& as_of = then_["as_of"];
    if (as_of) return parse_date(as_of.scalar).value_or(Date());
    return stage_.staged().change ? stage_.staged().today : record_.state_since;
  }

  // A field's value; of what is still growing, as of the day.
  Value value_of(View& view, const rulebook::Field* field, const std::string& name) {
    if (field != nullptr && field->computed && field->computed->kind == rulebook::Computed::Kind::accrues) {
      const auto grown = view.accrued(*field->computed, last_day());
      return grown ? Value(*grown) : Value();
    }
    return view.value(name);
  }

  const rulebook::Field* find_field(const std::string& name) {
    const rulebook::Field* field = view_kind().find_field(name);
    if (field == nullptr) field = rulebook::find_shared_field(name);
    if (field == nullptr) differ(fmt::format("{} has no field \"{}\"", view_kind().key, name));
    return field;
  }
  const rulebook::Kind& view_kind() const { return *stage_.kind(); }

  void compare_value(View& view, const std::string& name, const Node& node) {
    const rulebook::Field* field = find_field(name);
    if (field == nullptr) return;
    const auto expected = rulebook::value_from_input(*field, stage_.json_of(*field, node));
    if (!expected) return differ(expected.error().text.en);
    const Value got = value_of(view, field, name);
    if (got != *expected)
      differ(
          fmt::format("{}: the scenario says {}, the engine {}", name, json_of_value(*expected), json_of_value(got)));
  }
  static std::string json_of_value(const Value& value) { return zs::json_of(value); }

  void compare_absent(View& view, const std::string& name) {
    const rulebook::Field* field = find_field(name);
    if (field == nullptr) return;
    const Value got = value_of(view, field, name);
    const auto rows = record_.rows.find(name);
    if (!got.absent() || (rows != record_.rows.end() && !rows->second.empty()))
      differ(fmt::format("{} should be absent, it is {}", name, json_of_value(got)));
  }

  void compare_deadline(View& view, const std::string& name, const Node& node) {
    const std::size_t slash = name.find('/');
    const std::string key = name.substr(0, slash);
    if (view_kind().find_deadline(key) == nullptr)
      return differ(fmt::format("{} has no deadline \"{}\"", view_kind().key, key));
    const RowNumber row = slash == std::string::npos ? 0 : std::atoll(name.c_str() + slash + 1);
    const Clock* clock = nullptr;
    for (const Clock& each : view.clocks(key)) {
      if (each.row == row || slash == std::string::npos) clock = &each;
    }
    const Date day = node.has("on") ? parse_date(node["on"].scalar).value_or(Date()) : last_day();
    for (const auto& [what, value] : node.entries) {
      const std::string label = "deadline " + name + " " + what.scalar;
      if (what.scalar == "on") continue;
      if (what.scalar == "outcome")
        compare_text(label, value.scalar, std::string(name_of(clock == nullptr ? OutcomeOf::none : clock->on(day))));
      else if (clock == nullptr)
        differ(fmt::format("there is no deadline {}", name));
      else
        compare_clock(label, what.scalar, value.scalar, *clock);
    }
  }

  void compare_clock(const std::string& label, const std::string& what, const std::string& expected,
                     const Clock& clock) {
    if (what == "due")
      compare_text(label, expected, clock.due_at ? clock.due_at->text() : clock.due ? clock.due->text() : "none");
    else if (what == "rule")
      compare_text(label, expected, clock.rule == nullptr ? "" : clock.rule->id);
    else if (what == "left")
      compare_text(label, expected, std::to_string(clock.term.left));
    else if (what == "estimated")
      compare_text(label, expected, clock.term.estimated ? "yes" : "no");
    else if (what == "provisional")
      compare_text(label, expected, clock.term.provisional ? "yes" : "no");
    else if (what == "extension_void")
      compare_text(label, expected, clock.term.extension_void ? "yes" : "no");
    else
      differ(fmt::format("{}: nobody reads that", label));
  }

  void compare_figure(View& view, const std::string& key, const std::string& expected) {
    const rulebook::Figure* figure = book_.find_figure(key);
    if (figure == nullptr || !figure->base()) return differ(fmt::format("\"{}\" is no base figure", key));
    std::int64_t sum = 0;
    for (const Contribution& each : evidence_of(view).counted) {
      if (each.figure == key) sum += each.value;
    }
    compare_text("figure " + key, expected, figure->money ? Fen{sum}.text() : std::to_string(sum));
  }

  const Rulebook& book_;
  const Node& scenario_;
  const Node& then_;
  Stage stage_;
  Outcome outcome_;
  Record record_;
  std::vector<Reason> refused_;
  std::vector<std::string> found_;
};

// The scenario itself: nothing that nobody reads, a rule that there is, and the article that the rule cites.
std::vector<std::string> faults_of(const Rulebook& book, const Node& scenario) {
  std::vector<std::string> found;
  constexpr std::string_view kKeys[] = {"title",    "law",  "rule", "given", "linked", "back",
                                        "settings", "home", "when", "then",  "term"};
  for (const auto& [key, value] : scenario.entries) {
    if (std::find(std::begin(kKeys), std::end(kKeys), key.scalar) == std::end(kKeys))
      found.push_back(fmt::format("the scenario says \"{}\", which nobody reads", key.scalar));
  }
  for (const char* key : {"title", "law", "rule", "then"}) {
    if (!scenario.has(key)) found.push_back(fmt::format("the scenario has no \"{}\"", key));
  }
  if (scenario["given"].is_scalar())
    found.push_back(fmt::format("nothing known is called \"{}\"", scenario["given"].scalar));
  bool cites = false;
  for (const std::string& text : rules_named(scenario)) {
    const rulebook::RuleRef ref = rulebook::parse_rule_ref(text, {});
    const rulebook::Rule* rule = book.find_rule(ref.rule);
    if (rule == nullptr) {
      found.push_back(fmt::format("there is no rule \"{}\"", ref.rule));
      continue;
    }
    const std::string& law = scenario["law"].scalar;
    // Several articles may stand there; the rule's own is among them, or is a paragraph of one that is.
    const std::string article = rule->article.substr(0, rule->article.find("条") + std::string_view("条").size());
    cites = cites || law == rule->law || (law.starts_with(rule->law) && law.find(article) != std::string::npos);
  }
  if (found.empty() && !cites) found.push_back(fmt::format("the rule does not cite \"{}\"", scenario["law"].scalar));
  return found;
}

}  // namespace

std::vector<std::string> rules_named(const Node& scenario) {
  const Node& rule = scenario["rule"];
  return rule.is_list() ? texts_of(rule) : std::vector<std::string>{rule.scalar};
}

std::vector<std::string> differences(const std::shared_ptr<const Rulebook>& book, const Node& scenario) {
  std::vector<std::string> found = faults_of(*book, scenario);
  const auto more = scenario.has("term") ? TermCheck(*book, scenario).run() : ActCheck(book, scenario).run();
  found.insert(found.end(), more.begin(), more.end());
  return found;
}

}  // namespace zs::rules::scenarios
