#include "ledger/replay.h"

#include <fmt/format.h>

#include <deque>

#include "ledger/batch.h"
#include "rules/decide.h"
#include "rules/fold.h"

namespace zs::ledger {
namespace {

using rules::EntryFacts;
using rules::Record;

constexpr std::string_view kClosed =
    "SELECT id,state,state_since FROM record WHERE town=?1 AND kind=?2 AND voided=0 ORDER BY id";
// So many histories are kept; neighbours are few and come again and again.
constexpr std::size_t kHistoriesMax = 2'000;

// Records as they stood when an entry was recorded.
class Past {
 public:
  Past(store::Session& session, const Town& town) : session_(session), town_(town) {}

  /// Null if it was not there yet, or void.
  Result<const Record*> at(RecordId id, EntryNumber n) {
    ZS_TRY(const RecordHistory* history, history_of(id));
    Record record;
    record.town = town_.id;
    for (std::size_t i = 0; i < history->entries.size() && history->metas[i].n < n; ++i)
      rules::fold(record, history->entries[i]);
    if (record.version == 0 || record.voided) return static_cast<const Record*>(nullptr);
    return static_cast<const Record*>(&kept_.emplace_back(std::move(record)));
  }
  /// What at() gave is no longer asked for.
  void forget() {
    kept_.clear();
    if (histories_.size() > kHistoriesMax) histories_.clear();
  }
  Result<const RecordHistory*> history_of(RecordId id) {
    const auto known = histories_.find(id);
    if (known != histories_.end()) return static_cast<const RecordHistory*>(&known->second);
    ZS_TRY(RecordHistory history, read_history(session_, town_, id));
    return static_cast<const RecordHistory*>(&histories_.emplace(id, std::move(history)).first->second);
  }

 private:
  store::Session& session_;
  const Town& town_;
  std::map<RecordId, RecordHistory> histories_;
  std::deque<Record> kept_;
};

bool names(const std::vector<rulebook::Asked>& asked, std::string_view field) {
  return std::any_of(asked.begin(), asked.end(), [&](const auto& each) { return each.field == field; });
}

std::string said(const EntryFacts& entry, std::string_view path) {
  for (const rules::Fact& fact : entry.facts) {
    if (fact.path == path) return plain_text(fact.value);
  }
  return {};
}

// What was asked for when the entry was made: without what the rulebook itself filled in.
rules::ActInput input_of(const EntryFacts& entry, const rulebook::Kind& kind, const rulebook::Action& action,
                         const Record& before) {
  rules::ActInput input;
  input.action = entry.action;
  input.day = entry.on;
  input.decider = entry.decider;
  input.signed_paper = said(entry, "@signed_paper");
  input.pass_reason = said(entry, "@pass_reason");
  input.pass_signer = said(entry, "@pass_signer");
  for (const auto& [name, text] : entry.numbers) {
    const rulebook::NumberSeries* series = kind.find_number(name);
    if (series != nullptr && series->outside) input.numbers[name] = text;
  }
  std::map<std::pair<std::string, RowNumber>, rules::Fields> rows;
  for (const rules::Fact& fact : entry.facts) {
    if (fact.path.starts_with('@') || fact.value.absent()) continue;
    const rules::FactPath path = rules::parse_fact_path(fact.path);
    const bool shared = kind.find_field(path.field) == nullptr && rulebook::find_shared_field(path.field) != nullptr;
    const bool asked = names(action.needs, path.field) || names(action.asks, path.field);
    const bool touched = std::find(action.adds.begin(), action.adds.end(), path.field) != action.adds.end() ||
                         std::any_of(action.edits.begin(), action.edits.end(),
                                     [&](const auto& each) { return each.first == path.field; });
    if (path.row == 0 && (asked || shared))
      input.values[path.field] = fact.value;
    else if (path.row != 0 && touched)
      rows[{path.field, path.row}][path.column] = fact.value;
  }
  for (auto& [place, cells] : rows) {
    const auto list = before.rows.find(place.first);
    const bool there = list != before.rows.end() && list->second.contains(place.second);
    input.rows.push_back({place.first, there ? place.second : 0, std::move(cells)});
  }
  return input;
}

// What a rulebook says of an act: name → how.
struct Said {
  bool refuses = false;
  std::string says, citation;
};
using Says = std::map<std::string, Said>;

void add_mark(const rulebook::Rulebook& book, const rulebook::Kind& kind, const rules::Mark& mark, Says& says) {
  Said one;
  const rulebook::Gate* gate = kind.find_gate(mark.gate);
  one.says = gate == nullptr ? mark.gate : gate->says;
  for (const std::string& text : mark.rules) {
    const rulebook::Rule* rule = book.find_rule(rulebook::parse_rule_ref(text, {}).rule);
    if (rule != nullptr) one.citation += (one.citation.empty() ? "" : "、") + rule->citation();
  }
  says.emplace("gate " + mark.gate, std::move(one));
}

Says says_of(const rules::Facts& facts, const rules::Change& change) {
  Says says;
  rules::Supplies supplies;
  supplies.next_record = 1;
  const rules::Decision decision = rules::decide(facts, change, supplies);
  if (const auto* refusal = std::get_if<rules::Refusal>(&decision)) {
    for (const rules::Reason& reason : refusal->reasons) {
      const bool of_gate = reason.kind == "gate" || reason.kind == "warn";
      says.emplace((of_gate ? "gate" : reason.kind) + " " + reason.name,
                   Said{reason.kind != "warn", reason.says.zh, reason.citation});
    }
    return says;
  }
  const rulebook::Kind* kind = facts.in_force.book->find_kind(change.kind);
  for (const EntryFacts& entry : std::get<rules::Outcome>(decision).entries) {
    if (entry.type != "act") continue;
    for (const auto* marks : {&entry.warned, &entry.breaches, &entry.notes}) {
      for (const rules::Mark& mark : *marks) add_mark(*facts.in_force.book, *kind, mark, says);
    }
  }
  return says;
}

class Replaying {
 public:
  Replaying(store::Session& session, const Town& adopted, const Town& offered)
      : session_(session), adopted_(adopted), offered_(offered), past_(session, adopted) {}

  Result<> run(RecordId id) {
    ZS_TRY(const RecordHistory* history, past_.history_of(id));
    const RecordHistory own = *history;
    Record record;
    record.town = adopted_.id;
    ++found_.cases;
    for (std::size_t i = 0; i < own.entries.size(); ++i) {
      if (own.entries[i].type == "act") ZS_CHECK(judge(own.entries[i], own.metas[i], record));
      rules::fold(record, own.entries[i]);
    }
    past_.forget();
    return {};
  }
  Replay found() { return std::move(found_); }

 private:
  Result<> judge(const EntryFacts& entry, const EntryMeta& meta, const Record& before) {
    const rulebook::Kind* kind = adopted_.book->find_kind(entry.kind);
    const rulebook::Action* action = kind == nullptr ? nullptr : kind->find_action(entry.action);
    if (action == nullptr) return {};
    ++found_.acts;
    rules::Change change;
    change.town = adopted_.id;
    change.actor = entry.actor;
    change.kind = entry.kind;
    change.way = rules::parse_way(entry.way).value_or(rules::Way::done);
    change.source = said(entry, "@source");
    change.acts.push_back(input_of(entry, *kind, *action, before));
    if (before.version > 0) change.record = before.id;
    ZS_TRY(const rules::Neighbours near, neighbours(change, before, meta.n));
    const Says old = says_of(facts(adopted_, before, near, meta), change);
    const Says now = says_of(facts(offered_, before, near, meta), change);
    note(entry, meta, before, *action, now, old, true);
    note(entry, meta, before, *action, old, now, false);
    return {};
  }

  rules::Facts facts(const Town& town, const Record& before, const rules::Neighbours& near, const EntryMeta& meta) {
    rules::Facts facts = facts_of(town, meta.at);
    facts.before = before.version > 0 ? &before : nullptr;
    facts.neighbours = &near;
    facts.history = &no_history_;
    facts.taken = &none_taken_;
    return facts;
  }

  // Who is near is read as the links now stand; each as it stood then.
  Result<rules::Neighbours> neighbours(const rules::Change& change, const Record& before, EntryNumber n) {
    Reach reach;
    for (const Town* town : {&adopted_, &offered_}) {
      const rulebook::Kind* kind = town->book->find_kind(change.kind);
      const rulebook::Action* action = kind == nullptr ? nullptr : kind->find_action(change.acts.front().action);
      if (action == nullptr) continue;
      const Reach more = reach_of(*kind, action);
      reach.follows.insert(more.follows.begin(), more.follows.end());
      reach.backs.insert(more.backs.begin(), more.backs.end());
    }
    Workspace workspace(session_, adopted_);
    ZS_TRY(const rules::Neighbours now,
           workspace.neighbours(before.version > 0 ? &before : nullptr, links_of(change), reach));
    rules::Neighbours then;
    for (const auto& [link, record] : now.records) {
      ZS_TRY(const Record* past, past_.at(link.id, n));
      if (past != nullptr) then.records[link] = past;
    }
    for (const auto& [place, list] : now.back) {
      for (const Record* record : list) {
        ZS_TRY(const Record* past, past_.at(record->id, n));
        if (past != nullptr && past->fields.contains(std::get<1>(place))) then.back[place].push_back(past);
      }
    }
    return then;
  }

  void note(const EntryFacts& entry, const EntryMeta& meta, const Record& before, const rulebook::Action& action,
            const Says& says, const Says& others, bool asked_now) {
    for (const auto& [name, said] : says) {
      const auto other = others.find(name);
      if (other != others.end() && (!asked_now || other->second.refuses == said.refuses)) continue;
      ++found_.difference_count;
      if (found_.differences.size() >= kReplayedMax) continue;
      Replayed one{entry.record, entry.kind, {}, meta.n, entry.on, action.label, asked_now, said.refuses, name, said.says,
                   said.citation};
      if (!before.numbers.empty()) one.number = before.numbers.begin()->second;
      found_.differences.push_back(std::move(one));
    }
  }

  store::Session& session_;
  const Town& adopted_;
  const Town& offered_;
  Past past_;
  Replay found_;
  const std::vector<EntryFacts> no_history_;
  const std::map<std::tuple<std::string, std::string, std::string>, RecordId> none_taken_;
};

// The closed cases of a kind, by the adopted rulebook's final states.
Result<std::vector<RecordId>> closed_of(store::Session& session, const Town& town, const rulebook::Kind& kind,
                                        const ReplayAsk& asked) {
  std::vector<RecordId> closed;
  ZS_CHECK(session.each(kClosed, {town.id.number, kind.key}, [&](const store::ResultRow& row) {
    const rulebook::State* state = kind.find_state(std::get<std::string>(row[1]));
    const Date since = Date::from_serial(static_cast<int>(std::get<std::int64_t>(row[2])));
    if (state != nullptr && state->is_final && (!asked.year || since.year() == *asked.year))
      closed.push_back(RecordId{std::get<std::int64_t>(row[0])});
    return true;
  }));
  return closed;
}

}  // namespace

Result<Replay> replay(store::Session& session, const Town& town, std::shared_ptr<const rulebook::Rulebook> offered,
                      const ReplayAsk& asked) {
  Town under = town;
  under.book = offered;
  for (const rulebook::CalendarYear& year : offered->calendar) under.calendar.set(year);
  Replaying replaying(session, town, under);
  for (const rulebook::Kind& kind : town.book->kinds) {
    if (!asked.kind.empty() && asked.kind != kind.key) continue;
    ZS_TRY(const auto closed, closed_of(session, town, kind, asked));
    for (const RecordId id : closed) ZS_CHECK(replaying.run(id));
  }
  return replaying.found();
}

}  // namespace zs::ledger
