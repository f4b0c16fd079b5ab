// The four acts that every kind has: edit, correct, void, undo; and a finished case of an old ledger (design §4.6).
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rulebook/dependencies.h"
#include "rules/judge.h"
#include "rules/own_number.h"

namespace zs::rules {

using rulebook::Field;
using rulebook::Type;

namespace {

constexpr std::string_view kHandler = "handler";

std::set<std::string> fixed_paths(const std::vector<EntryFacts>& history) {
  std::set<std::string> fixed;
  for (const EntryFacts& entry : history) {
    if (entry.type != "act" && entry.type != "open" && entry.type != "history") continue;
    for (const Fact& fact : entry.facts) fixed.insert(fact.path);
  }
  return fixed;
}

// The entries as they would be, had the new values been given where the old ones last were.
std::vector<EntryFacts> with_values(std::vector<EntryFacts> history, const std::vector<Fact>& values) {
  for (const Fact& value : values) {
    Fact* last = nullptr;
    for (EntryFacts& past : history) {
      for (Fact& old : past.facts) {
        if (old.path == value.path) last = &old;
      }
    }
    if (last != nullptr)
      last->value = value.value;
    else if (!history.empty())
      history.front().facts.push_back(value);
  }
  return history;
}

// A past act as its gates saw it.
ActContext context_of(const EntryFacts& past, bool outside) {
  ActContext then;
  then.outside = outside;
  then.day = past.on;
  then.actor = past.actor;
  for (const Fact& fact : past.facts) {
    const FactPath path = parse_fact_path(fact.path);
    if (path.row != 0) then.touched_rows.insert({path.field, path.row});
  }
  return then;
}

// Whether a gate reads one of these fields, also through computed fields and deadlines.
bool reads_any(const rulebook::Kind& kind, const rulebook::Gate& gate, const std::set<std::string>& names) {
  rulebook::Reads reads;
  if (gate.when) rulebook::reads_of(*gate.when, reads);
  rulebook::reads_of(*gate.condition, reads);
  reads = rulebook::closure(kind, std::move(reads));
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return reads.contains(name); });
}

}  // namespace

// Values as given: fields and cells by path. The same shape rules as in an act, without an action that asks.
void Judge::take_given(EntryFacts& entry, bool correcting) {
  const ActInput& input = change_.acts.front();
  for (const auto& [name, value] : input.values) {
    const Field* field = kind_->find_field(name);
    if (field == nullptr) field = rulebook::find_shared_field(name);
    if (field == nullptr || field->computed || field->type == Type::rows) {
      refuse_shape(name, fmt::format("“{}”不能这样填", field == nullptr ? name : field->label),
                   fmt::format("\"{}\" cannot be given here", name));
    } else if (value.absent() || check_value(*field, value, name)) {
      entry.facts.push_back({name, value});
    }
  }
  for (const RowChange& row : input.rows) {
    const Field* rows = kind_->find_field(row.rows);
    const auto list = record_.rows.find(row.rows);
    const bool exists = list != record_.rows.end() && list->second.contains(row.number);
    if (rows == nullptr || (row.number != 0 && !exists) || (correcting && row.number == 0)) {
      refuse_shape(row.rows, fmt::format("明细“{}”没有这一行", row.rows),
                   fmt::format("\"{}\" has no such row", row.rows));
      continue;
    }
    const RowNumber number = row.number == 0 ? next_row(row.rows, entry) : row.number;
    act_.touched_rows.insert({row.rows, number});
    for (const auto& [column, value] : row.cells) {
      const Field* field = rows->find_column(column);
      const std::string path = cell_path(row.rows, number, column);
      if (field == nullptr || field->computed) {
        refuse_shape(path, fmt::format("没有“{}”这一列", column), fmt::format("no column \"{}\"", column));
      } else if (value.absent() || check_value(*field, value, path)) {
        entry.facts.push_back({path, value});
      }
    }
  }
  if (entry.facts.empty() && input.numbers.empty() && entry.state.empty())
    refuse_shape("values", "没有写改什么", "nothing is given");
}

// Whether an edit may change what an act has said. Who has a case in hand changes by being handed over, which corrects
// nothing that was said; it is told why.
bool Judge::may_edit_fixed(const Fact& fact) const {
  return fact.path == kHandler && !change_.reason.empty();
}

void Judge::judge_edit() {
  if (change_.acts.size() != 1 || record_.version == 0)
    return refuse_shape("values", "没有写改什么", "nothing is given");
  EntryFacts entry = begin_entry("edit");
  take_given(entry, false);
  take_numbers(change_.acts.front(), entry);
  for (const auto& [name, text] : entry.numbers) {
    if (!record_.numbers.contains(name)) continue;
    refuse_shape(name, fmt::format("“{}”已经有了，要改用更正", kind_->find_number(name)->label),
                 fmt::format("the number \"{}\" is there already: correct it instead", name));
  }
  const std::set<std::string> fixed = fixed_paths(*facts_.history);
  for (const Fact& fact : entry.facts) {
    if (!fixed.contains(fact.path) || value_at(record_, fact.path).absent() || may_edit_fixed(fact)) continue;
    const rulebook::Field* field = kind_->find_field(fact.path.substr(0, fact.path.find('/')));
    refuse_shape(fact.path, fmt::format("“{}”是办理时定下的，要改用更正", field == nullptr ? fact.path : field->label),
                 fmt::format("\"{}\" was fixed by an act: correct it instead", fact.path));
  }
  if (!reasons_.empty()) return;
  say_of_entry(entry, "@reason", change_.reason);
  accept(std::move(entry));
}

// A record that came whole from an old ledger and on which nothing has been done here since: who may record it may also
// record what a newer sheet says of it.
bool Judge::is_of_old_ledger() const {
  if (facts_.history == nullptr || facts_.history->empty()) return false;
  const std::string& way = facts_.history->front().way;
  if (way != name_of(Way::history) && way != name_of(Way::summary)) return false;
  return std::none_of(facts_.history->begin() + 1, facts_.history->end(),
                      [](const EntryFacts& entry) { return entry.type == "act" || entry.type == "undo"; });
}

// The state of a case of an old ledger comes from its sheet and not from acts, so a newer sheet may say another.
void Judge::correct_state(EntryFacts& entry) {
  if (change_.state.empty() || change_.state == record_.state) return;
  if (!is_of_old_ledger())
    return refuse_shape("state", "状态由办理决定，不能更正", "a state comes from acts and cannot be corrected");
  if (kind_->find_state(change_.state) == nullptr)
    return refuse_shape("state", fmt::format("没有“{}”这个状态", change_.state),
                        fmt::format("there is no state \"{}\"", change_.state));
  entry.state = change_.state;
}

// Any state; the old value stays in the journal, with reason and signer. Refuses only for shape.
void Judge::judge_correct() {
  way_ = Way::registered;
  const bool own_history = is_of_old_ledger() && may(&rulebook::Role::records_history);
  if (!may(&rulebook::Role::corrects) && !own_history)
    return refuse(plain_reason("by", "correct", "你的岗位不能更正这个台账", "your roles may not correct this kind"));
  if (change_.reason.empty()) refuse_shape("reason", "更正要写理由", "a correction needs a reason");
  if (person(change_.signer) == nullptr) refuse_shape("signer", "更正要写签批人", "a correction needs a signer");
  if (change_.acts.size() != 1 || record_.version == 0)
    return refuse_shape("values", "没有写改什么", "nothing is given");
  EntryFacts entry = begin_entry("correct");
  correct_state(entry);
  take_given(entry, true);
  take_numbers(change_.acts.front(), entry);
  if (!reasons_.empty()) return;
  find_new_breaches(entry);
  say_of_entry(entry, "@reason", change_.reason);
  say_of_entry(entry, "@signer", change_.signer);
  say_of_entry(entry, "@source", change_.source);
  accept(std::move(entry));
}

// Folds the record's own entries again with the new values, and asks those gates of its acts that read them: what newly
// closes is a breach of this correction.
void Judge::find_new_breaches(EntryFacts& entry) {
  const std::vector<EntryFacts>& history = *facts_.history;
  const std::vector<EntryFacts> corrected = with_values(history, entry.facts);
  std::set<std::string> names;
  for (const Fact& fact : entry.facts) names.insert(parse_fact_path(fact.path).field);
  for (std::size_t i = 0; i < history.size(); ++i) {
    const rulebook::Action* action = kind_->find_action(history[i].action);
    if (action == nullptr || action->act_of != rulebook::Bearer::office) continue;
    const ActContext then = context_of(history[i], home_of(facts_, *kind_) != "here");
    const Record old_record = fold_all(record_.town, history, i + 1);
    const Record new_record = fold_all(record_.town, corrected, i + 1);
    View old_view(facts_.in_force, old_record, facts_.neighbours, &then);
    View new_view(facts_.in_force, new_record, facts_.neighbours, &then);
    for (const rulebook::Gate* gate : gates_of(*kind_, *action)) {
      if (!reads_any(*kind_, *gate, names) || holds(old_view, *gate) != Truth::yes) continue;
      const Truth now = holds(new_view, *gate);
      if (now == Truth::yes) continue;
      Mark mark{gate->key, {}, now == Truth::unknown};
      for (const rulebook::RuleRef& rule : gate->rules) mark.rules.push_back(rule.text());
      entry.breaches.push_back(std::move(mark));
    }
  }
}

void Judge::judge_void() {
  if (!may(&rulebook::Role::voids))
    return refuse(plain_reason("by", "void", "你的岗位不能作废这个台账的事项", "your roles may not void this kind"));
  if (change_.reason.empty()) refuse_shape("reason", "作废要写理由", "voiding needs a reason");
  if (person(change_.signer) == nullptr) refuse_shape("signer", "作废要写签批人", "voiding needs a signer");
  if (record_.version == 0) refuse_shape("record", "没有这一事项", "no such record");
  if (!reasons_.empty()) return;
  EntryFacts entry = begin_entry("void");
  say_of_entry(entry, "@reason", change_.reason);
  say_of_entry(entry, "@signer", change_.signer);
  accept(std::move(entry));
}

// Takes back one's own last act of the same day: the entry says what the record goes back to.
void Judge::judge_undo() {
  const std::vector<EntryFacts>& history = *facts_.history;
  if (history.empty()) return refuse_shape("record", "没有这一事项", "no such record");
  const EntryFacts& last = history.back();
  if (last.type != "act" || history.size() < 2)
    return refuse(plain_reason("state", "undo", "最后一步不是可以撤回的动作；登记的用作废",
                               "the last entry is no act that can be undone"));
  if (last.actor != change_.actor)
    return refuse(plain_reason("by", "undo", "只能撤回自己的最后一步", "only one's own last act can be undone"));
  if (facts_.last_recorded != facts_.today)
    return refuse(plain_reason("day", "undo", "只能当天撤回；过后用更正", "only on the same day; later, correct it"));
  const Record before = fold_all(record_.town, history, history.size() - 1);
  EntryFacts entry = begin_entry("undo");
  entry.action = last.action;
  entry.state = before.state;
  for (const Fact& fact : last.facts) {
    if (fact.path.starts_with('@')) continue;
    const FactPath path = parse_fact_path(fact.path);
    const auto rows = before.rows.find(path.field);
    const bool row_gone = path.row != 0 && (rows == before.rows.end() || !rows->second.contains(path.row));
    const std::string target = row_gone ? fmt::format("{}/{}", path.field, path.row) : fact.path;
    const bool said =
        std::any_of(entry.facts.begin(), entry.facts.end(), [&](const Fact& f) { return f.path == target; });
    if (!said) entry.facts.push_back({target, row_gone ? Value{} : value_at(before, fact.path)});
  }
  entry.facts.push_back({"@since", before.state_since});
  say_of_entry(entry, "@reason", change_.reason);
  accept(std::move(entry));
}

// A finished case of an old ledger: final values and state in one entry; unknown dates stay unknown.
void Judge::judge_history() {
  way_ = Way::history;
  if (!may(&rulebook::Role::records_history))
    refuse(plain_reason("by", "history", "你的岗位不能登记历史事项", "your roles do not record histories"));
  if (record_.version != 0) refuse_shape("record", "这一事项已经有了", "the record exists already");
  const rulebook::State* state = kind_->find_state(change_.state);
  if (state == nullptr)
    refuse_shape("state", fmt::format("没有“{}”这个状态", change_.state),
                 fmt::format("there is no state \"{}\"", change_.state));
  if (change_.source.empty())
    refuse_shape("source", "历史事项要写明旧台账的文件和行", "name the file and row of the old ledger");
  if (change_.acts.size() != 1) return refuse_shape("values", "没有写内容", "nothing is given");
  if (!reasons_.empty()) return;
  record_.id = RecordId{supplies_.next_record++};
  act_.day = change_.acts.front().day.value_or(facts_.today);
  act_.outside = true;  // an old ledger's papers lie in its own files
  EntryFacts entry = begin_entry("history");
  entry.on = act_.day;
  entry.state = change_.state;
  take_given(entry, false);
  take_numbers(change_.acts.front(), entry);
  say_of_entry(entry, "@source", change_.source);
  if (!reasons_.empty()) return;
  for (const auto& [name, text] : entry.numbers) {
    const rulebook::NumberSeries* series = kind_->find_number(name);
    const auto own = series->outside ? std::nullopt : parse_own_number(series->pattern, text, facts_.town_character);
    if (!own) continue;
    auto& last = last_serial({kind_->key, name, own->year, ""});
    last = std::max(last, own->serial);
  }
  Record next = record_;
  fold(next, entry);
  View after(facts_.in_force, next, facts_.neighbours, &act_);
  std::set<std::string> broken;
  for (const rulebook::Action& action : kind_->actions) {
    if (action.to != change_.state || action.act_of != rulebook::Bearer::office) continue;
    for (const ClosedGate& closed : closed_gates(after, action)) {
      if (broken.insert(closed.gate->key).second)
        (closed.warns ? entry.warned : entry.breaches)
            .push_back({closed.gate->key, closed.reason.rules, closed.unknown});
    }
  }
  accept(std::move(entry));
}

}  // namespace zs::rules
