// Deadlines of a record (design §4.7): start → version of the law → base + extension → pauses → roll.
#include "rules/clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/view.h"
#include "rules/view_memory.h"

namespace zs::rules {

using rulebook::Bearer;
using rulebook::Deadline;
using rulebook::Rule;

namespace {

struct OutcomeName {
  OutcomeOf outcome;
  std::string_view name, chinese;
};
constexpr std::array<OutcomeName, 10> kOutcomes{{{OutcomeOf::none, "none", "不适用"},
                                                 {OutcomeOf::waiting, "waiting", "未起算"},
                                                 {OutcomeOf::running, "running", "进行中"},
                                                 {OutcomeOf::paused, "paused", "暂停"},
                                                 {OutcomeOf::met, "met", "按期"},
                                                 {OutcomeOf::late, "late", "逾期办理"},
                                                 {OutcomeOf::overdue, "overdue", "已逾期"},
                                                 {OutcomeOf::lapsed, "lapsed", "已届满"},
                                                 {OutcomeOf::dropped, "dropped", "不再计"},
                                                 {OutcomeOf::unknown, "unknown", "不详"}}};

std::optional<Moment> moment_of(const Value& value) {
  if (const auto* day = value.as<Date>()) return start_of(*day);
  if (const auto* moment = value.as<Moment>()) return *moment;
  return std::nullopt;
}

bool office_bears(const Deadline& deadline) {
  return deadline.bears == Bearer::office && !deadline.right;
}

}  // namespace

/// Works out one deadline, for one row or for the record.
class ClockMaker {
 public:
  ClockMaker(View& view, const Deadline& deadline, const Element* element)
      : view_(view), deadline_(deadline), element_(element) {
    clock_.deadline = deadline.key;
    clock_.declared = &deadline;
    if (element != nullptr) clock_.row = element->row;
  }

  Clock make() {
    if (!decide_rule()) return std::move(clock_);
    if (deadline_.ends && set_by_paper()) return std::move(clock_);
    if (deadline_.ahead_of) return make_backward();
    if (!clock_.start) return settle(never_starts() ? OutcomeOf::dropped : OutcomeOf::waiting);
    if (!clock_.period)
      return settle(clock_.rule->within.kind == rulebook::RulePeriod::Kind::paper ? OutcomeOf::waiting
                                                                                  : OutcomeOf::none);
    count();
    return std::move(clock_);
  }

 private:
  Clock settle(OutcomeOf outcome) {
    clock_.settled = outcome;
    return std::move(clock_);
  }

  std::optional<Moment> read(const std::optional<rulebook::DateOf>& date) {
    if (!date) return std::nullopt;
    const Value value = view_.date(*date, element_);
    unknown_ |= value.unknown();
    return moment_of(value);
  }

  // Whether the deadline is there at all, and by which version of which rule.
  bool decide_rule() {
    if (deadline_.when) {
      const Truth truth = view_.holds(*deadline_.when, element_);
      clock_.settled = truth == Truth::unknown ? OutcomeOf::unknown : OutcomeOf::none;
      if (truth != Truth::yes) return false;
    }
    clock_.start = read(deadline_.starts);
    read_restart();
    if (unknown_) {
      clock_.settled = OutcomeOf::unknown;
      return false;
    }
    const auto version = read(version_source());
    for (const rulebook::RuleChoice& choice : deadline_.rules) {
      const Rule* rule = view_.in_force().book->find_rule(choice.rule.rule);
      if (rule == nullptr || !view_.applies(choice.when, element_)) continue;
      if (version && !rule->in_force_on(version->day())) continue;
      clock_.rule = rule;
      clock_.period = within_of(*rule, choice.rule.number, view_.in_force());
      if (!clock_.period) clock_.period = period_of(rule->floor, view_.in_force());
      return true;
    }
    clock_.settled = OutcomeOf::none;
    return false;
  }

  // What was dropped before it began waits for nothing.
  bool never_starts() { return read(deadline_.drops).has_value(); }

  // Each returns the field itself: a date is a tree, and a copy of it costs more than reading it.
  const std::optional<rulebook::DateOf>& version_source() const {
    if (deadline_.version_on) return deadline_.version_on;
    if (deadline_.starts) return deadline_.starts;
    return deadline_.ahead_of ? deadline_.ahead_of : deadline_.ends;
  }

  // Counts again from the restart; what came before it, pauses too, is cut.
  void read_restart() {
    const auto restart = read(deadline_.restarts);
    if (!restart || !clock_.start || *restart < *clock_.start) return;
    clock_.restarted = restart;
    clock_.start = restart;
  }

  // `ends`, once present, is the due day: given by a paper, without pause, extension or roll.
  bool set_by_paper() {
    const auto end = read(deadline_.ends);
    if (unknown_) {
      clock_.settled = OutcomeOf::unknown;
      return true;
    }
    if (!end) return false;
    clock_.by_paper = true;
    clock_.due = end->day();
    judge();
    return true;
  }

  Clock make_backward() {
    const auto event = read(deadline_.ahead_of);
    if (unknown_) return settle(OutcomeOf::unknown);
    if (!event) return settle(OutcomeOf::waiting);
    clock_.backward = true;
    clock_.start = event;
    const auto ahead = period_of(clock_.rule->ahead, view_.in_force());
    if (!ahead) return settle(OutcomeOf::none);
    clock_.period = ahead;
    auto term = last_day_before(event->day(), *ahead, *view_.in_force().calendar);
    if (!term) return settle(OutcomeOf::none);
    clock_.term = *std::move(term);
    clock_.due = clock_.term.due;
    judge();
    return std::move(clock_);
  }

  void count() {
    TermInput input;
    input.start = *clock_.start;
    input.period = *clock_.period;
    input.last_day = last_day_of(clock_.rule->roll, deadline_.bears);
    input.first_day_counts = clock_.rule->first_day_counts;
    read_pauses();
    input.pauses = clock_.pauses;
    read_extension(input);
    if (unknown_) {
      clock_.settled = OutcomeOf::unknown;
      return;
    }
    auto term = end_of(input, *view_.in_force().calendar);
    if (!term) {
      clock_.settled = OutcomeOf::none;
      return;
    }
    clock_.term = *std::move(term);
    clock_.due = clock_.term.due;
    clock_.due_at = clock_.term.due_at;
    judge();
  }

  void read_pauses() {
    for (const rulebook::Pause& pause : deadline_.pauses) {
      for (const auto& [from, until] : view_.spans_of(pause, &unknown_)) {
        if (clock_.restarted && from < *clock_.restarted) continue;
        clock_.pauses.push_back({from, until, view_.provisional_end(pause, from)});
      }
    }
  }

  void read_extension(TermInput& input) {
    if (!deadline_.extension) return;
    const Value count = view_.value(deadline_.extension_adds);
    const auto* units = count.as<std::int64_t>();
    const auto granted = read(deadline_.extension_at);
    if (units == nullptr || *units <= 0 || !granted) return;
    const Rule* rule = view_.in_force().book->find_rule(deadline_.extension->rule);
    const auto most = rule == nullptr ? std::nullopt : period_of(rule->extends, view_.in_force());
    const Unit unit = most ? most->unit : clock_.period->unit;
    clock_.extension = Period{static_cast<int>(std::min<std::int64_t>(*units, 10'000)), unit};
    input.extension = Extension{*clock_.extension, *granted};
  }

  // Stop and due day, compared: an act that stops a deadline is never refused for being late.
  void judge() {
    clock_.stop = read(deadline_.stops);
    if (clock_.stop && clock_.restarted && clock_.stop->day() < clock_.restarted->day()) clock_.stop.reset();
    const auto dropped = read(deadline_.drops);
    if (unknown_) {
      clock_.settled = OutcomeOf::unknown;
    } else if (dropped && (!clock_.stop || *dropped < *clock_.stop)) {
      clock_.settled = OutcomeOf::dropped;
    } else if (!clock_.stop) {
      clock_.settled = clock_.due ? OutcomeOf::running : OutcomeOf::paused;
    } else if (!clock_.due || in_time()) {
      clock_.settled = OutcomeOf::met;
    } else {
      clock_.settled = office_bears(deadline_) ? OutcomeOf::late : OutcomeOf::lapsed;
    }
  }

  bool in_time() const { return clock_.due_at ? *clock_.stop <= *clock_.due_at : clock_.stop->day() <= *clock_.due; }

  View& view_;
  const Deadline& deadline_;
  const Element* element_;
  Clock clock_;
  bool unknown_ = false;
};

const std::vector<Clock>& View::clocks(const std::string& name) {
  const auto known = memory_->clocks.find(name);
  if (known != memory_->clocks.end()) return known->second;
  // A circle reads no deadline; the checker refuses circles.
  std::vector<Clock>& made = memory_->clocks[name];
  const Deadline* deadline = kind_.find_deadline(name);
  if (deadline != nullptr && deadline->each.empty()) {
    made.push_back(ClockMaker(*this, *deadline, nullptr).make());
  } else if (deadline != nullptr) {
    const rulebook::Field* rows = kind_.find_field(deadline->each);
    const auto list = record_.rows.find(deadline->each);
    if (rows != nullptr && list != record_.rows.end()) {
      for (const auto& [number, cells] : list->second) {
        const Element element{&record_, &kind_, rows, number, &cells};
        made.push_back(ClockMaker(*this, *deadline, &element).make());
      }
    }
  }
  return made;
}

std::vector<std::pair<Moment, std::optional<Moment>>> View::spans_of(const rulebook::Pause& pause, bool* unknown) {
  std::vector<std::pair<Moment, std::optional<Moment>>> spans;
  const auto one = [&](const Element* element) {
    if (!applies(pause.when, element)) return;
    const Value from = date(pause.from, element);
    const Value until = date(pause.until, element);
    if (unknown != nullptr) *unknown = *unknown || from.unknown() || until.unknown();
    if (const auto begin = moment_of(from)) spans.emplace_back(*begin, moment_of(until));
  };
  if (pause.each.empty()) {
    one(nullptr);
    return spans;
  }
  const rulebook::Field* rows = kind_.find_field(pause.each);
  const auto list = record_.rows.find(pause.each);
  if (rows == nullptr || list == record_.rows.end()) return spans;
  for (const auto& [number, cells] : list->second) {
    const Element element{&record_, &kind_, rows, number, &cells};
    one(&element);
  }
  return spans;
}

// A pause that ends by another deadline's due day alone has that end for now (暂定), until the fact.
bool View::provisional_end(const rulebook::Pause& pause, Moment from) {
  const rulebook::Field* rows = pause.each.empty() ? nullptr : kind_.find_field(pause.each);
  const auto list = record_.rows.find(pause.each);
  const auto only_due = [&](const Element* element) {
    for (const rulebook::DateOf& part : pause.until.parts) {
      if (part.kind == rulebook::DateOf::Kind::field && !date(part, element).absent()) return false;
    }
    return pause.until.kind == rulebook::DateOf::Kind::due || !pause.until.parts.empty();
  };
  if (rows == nullptr || list == record_.rows.end()) return only_due(nullptr);
  for (const auto& [number, cells] : list->second) {
    const Element element{&record_, &kind_, rows, number, &cells};
    if (moment_of(date(pause.from, &element)) == from && only_due(&element)) return true;
  }
  return false;
}

OutcomeOf Clock::on(Date day) const {
  if (settled != OutcomeOf::running) return settled;
  if (!due || day <= *due) return OutcomeOf::running;
  return office_bears(*declared) ? OutcomeOf::overdue : OutcomeOf::lapsed;
}

LastDay last_day_of(rulebook::Roll roll, Bearer bears) {
  if (roll == rulebook::Roll::yes) return LastDay::rolls;
  return roll == rulebook::Roll::unstated && bears == Bearer::party ? LastDay::rolls : LastDay::stays;
}

std::string_view name_of(OutcomeOf outcome) {
  return kOutcomes[static_cast<std::size_t>(outcome)].name;
}
std::string_view chinese_of(OutcomeOf outcome) {
  return kOutcomes[static_cast<std::size_t>(outcome)].chinese;
}

std::optional<OutcomeOf> parse_outcome(std::string_view text) {
  for (const OutcomeName& name : kOutcomes) {
    if (name.name == text) return name.outcome;
  }
  return std::nullopt;
}

}  // namespace zs::rules
