// Judging one act of a kind: who, from which state, what it needs, which gates, what follows (design §4.4).
#include <fmt/format.h>

#include <algorithm>

#include "rules/judge.h"
#include "rules/marks.h"

namespace zs::rules {

using rulebook::Action;
using rulebook::Bearer;

namespace {

bool has_any(const std::vector<std::string>& posts, const std::vector<std::string>& wanted) {
  return std::any_of(posts.begin(), posts.end(), [&](const std::string& post) {
    return std::find(wanted.begin(), wanted.end(), post) != wanted.end();
  });
}

std::string labels_of(const rulebook::Rulebook& book, const std::vector<std::string>& roles) {
  std::string text;
  for (const std::string& key : roles) {
    const rulebook::Role* role = book.find_role(key);
    text += (text.empty() ? "" : "、") + (role == nullptr ? key : role->label);
  }
  return text;
}

}  // namespace

EntryFacts Judge::begin_entry(std::string type) const {
  EntryFacts entry;
  entry.type = std::move(type);
  entry.way = name_of(way_);
  entry.actor = change_.actor;
  entry.on = facts_.today;
  entry.kind = change_.kind;
  entry.record = record_.id;
  entry.version = record_.version + 1;
  return entry;
}

void Judge::say_of_entry(EntryFacts& entry, std::string path, const std::string& text) const {
  if (!text.empty()) entry.facts.push_back({std::move(path), text});
}

void Judge::accept(EntryFacts entry) {
  std::sort(entry.facts.begin(), entry.facts.end(), [](const Fact& a, const Fact& b) { return a.path < b.path; });
  fold(record_, entry);
  outcome_.entries.push_back(std::move(entry));
}

// An act is folded already, but for its last facts, its numbers and what it passed or broke.
void Judge::accept_act(EntryFacts entry, std::size_t folded) {
  fold_facts(record_, std::span(entry.facts).subspan(folded));
  for (const auto& [name, text] : entry.numbers) record_.numbers[name] = text;
  keep_marks(record_, entry);
  std::sort(entry.facts.begin(), entry.facts.end(), [](const Fact& a, const Fact& b) { return a.path < b.path; });
  outcome_.entries.push_back(std::move(entry));
}

const Action* Judge::find_action(const ActInput& input) {
  const Action* action = kind_->find_action(input.action);
  if (action == nullptr || action->retired) {
    refuse_shape("action", fmt::format("“{}”没有“{}”这个动作", kind_->label, input.action),
                 fmt::format("{} has no action \"{}\"", kind_->key, input.action));
    return nullptr;
  }
  const bool creating = record_.version == 0;
  const rulebook::State* state = kind_->find_state(record_.state);
  bool leads = false;
  if (action->creates()) {
    leads = creating;
  } else if (!creating && action->from_any) {
    leads = state != nullptr && !state->is_final;
  } else if (!creating) {
    leads = std::find(action->from.begin(), action->from.end(), record_.state) != action->from.end();
  }
  if (!leads) {
    const std::string where =
        creating ? "还没有登记" : fmt::format("现在是“{}”", state == nullptr ? record_.state : state->label);
    refuse(plain_reason("state", action->key, fmt::format("{}，不能“{}”", where, action->label),
                        fmt::format("\"{}\" is not open from state \"{}\"", action->key, record_.state)));
    // What the law asks of the act besides is said at the same time.
    if (creating || action->creates()) return nullptr;
  }
  return action;
}

void Judge::check_recorder(const Action& action) {
  const Person* actor = person(change_.actor);
  if (action.by.empty()) {
    if (!may(&rulebook::Role::records_history)) {
      refuse(plain_reason("by", action.key, "没有登记历史事项、汇总件的岗位",
                          "your roles do not record histories and summaries"));
    }
    return;
  }
  if (has_any(actor->posts, action.by)) return;
  refuse(plain_reason("by", action.key,
                      fmt::format("“{}”由{}登记", action.label, labels_of(*facts_.in_force.book, action.by)),
                      fmt::format("\"{}\" is recorded by {}", action.key, fmt::join(action.by, ", "))));
}

// Whose act it is in law, and on which paper they signed when another records it.
std::string Judge::check_decider(const Action& action, const ActInput& input, View& after, EntryFacts& entry) {
  const std::string decider = input.decider.empty() ? change_.actor : input.decider;
  const Person* who = person(decider);
  if (who == nullptr) {
    refuse_shape("decider", fmt::format("人员登记里没有“{}”", decider),
                 fmt::format("\"{}\" is not on the staff register", decider));
    return {};
  }
  if (action.act_of != Bearer::office) return {};
  std::vector<std::string> posts;
  for (const rulebook::Decider& allowed : action.decides) {
    if (after.applies(allowed.when)) posts.push_back(allowed.post);
  }
  bool held = posts.empty() || has_any(who->posts, posts);
  if (action.decided_by_path) {
    const auto named = after.values(*action.decided_by_path);
    held = !named.empty() && equal(named.front(), Value(decider)) == Truth::yes;
  }
  if (!held) {
    Reason reason =
        plain_reason("decides", action.key,
                     fmt::format("“{}”应由{}决定", action.label,
                                 posts.empty() ? std::string("所写明的人") : labels_of(*facts_.in_force.book, posts)),
                     fmt::format("\"{}\" is decided by {}", action.key, fmt::join(posts, ", ")));
    if (registered())
      entry.breaches.push_back({"decides", {}});
    else
      refuse(std::move(reason));
  }
  if (action.signed_paper && decider != change_.actor && input.signed_paper.empty()) {
    refuse(plain_reason("signed_paper", action.key, fmt::format("“{}”不是决定人自己登记的，要写明签批件", action.label),
                        "the decider did not record this: name the signed paper"));
  }
  return decider;
}

void Judge::check_day(const Action& action, Date day, EntryFacts& entry) {
  if (day > facts_.today) {
    refuse(plain_reason("day", action.key, fmt::format("{}还没有到", day.text()),
                        fmt::format("{} is still to come", day.text())));
  }
  if (record_.version == 0 || day >= record_.state_since) return;
  if (registered() || action.act_of != Bearer::office) {
    entry.breaches.push_back({"order", {}});
  } else {
    refuse(
        plain_reason("order", action.key, fmt::format("{}早于上一步的日期{}", day.text(), record_.state_since.text()),
                     fmt::format("{} is before the act that led here ({})", day.text(), record_.state_since.text())));
  }
}

void Judge::check_needs(const Action& action, View& after) {
  for (const rulebook::Asked& asked : action.needs) {
    if (!after.applies(asked.when)) continue;
    const rulebook::Field* field = kind_->find_field(asked.field);
    if (field != nullptr && field->type == rulebook::Type::rows) {
      const auto rows = after.record().rows.find(asked.field);
      if (rows != after.record().rows.end() && !rows->second.empty()) continue;
    } else {
      Value scratch;
      const Value& value = after.look(asked.field, scratch);
      // Unknown is an answer only to those who register what was done elsewhere.
      if (value.present() || (value.unknown() && registered())) continue;
    }
    if (field == nullptr) field = rulebook::find_shared_field(asked.field);
    const rulebook::NumberSeries* series = kind_->find_number(asked.field);
    const std::string label = field != nullptr ? field->label : series != nullptr ? series->label : asked.field;
    refuse(plain_reason("needs", asked.field, fmt::format("没有填“{}”", label),
                        fmt::format("\"{}\" is missing", asked.field)));
  }
}

void Judge::check_gates(const Action& action, const ActInput& input, View& after, EntryFacts& entry) {
  for (ClosedGate& closed : closed_gates(after, action))
    take_reason(std::move(closed.reason), action, input, entry, closed.unknown);
}

// What an act does not meet: noted, recorded as broken, passed with a signature, or refused.
void Judge::take_reason(Reason reason, const Action& action, const ActInput& input, EntryFacts& entry, bool unknown) {
  Mark mark{reason.name, reason.rules, unknown};
  const bool warns = reason.kind == "warn";
  const Person* signer = person(input.pass_signer);
  if (action.act_of != Bearer::office) {
    entry.notes.push_back(std::move(mark));
  } else if (registered()) {
    (warns ? entry.warned : entry.breaches).push_back(std::move(mark));
  } else if (warns && !input.pass_reason.empty() && signer != nullptr && has_any(signer->posts, kind_->signs)) {
    entry.warned.push_back(std::move(mark));
  } else {
    refuse(std::move(reason));
  }
}

// Who passed the warnings of an act, and why.
void Judge::say_who_passed(const ActInput& input, EntryFacts& entry) const {
  if (entry.warned.empty() || registered()) return;
  say_of_entry(entry, "@pass_reason", input.pass_reason);
  say_of_entry(entry, "@pass_signer", input.pass_signer);
}

void Judge::judge_act(const ActInput& input) {
  const Action* action = find_action(input);
  if (action == nullptr) return;
  // Where the case lives in an outside system, ours is a register entry; an act of another is always registered.
  const bool outside = home_of(facts_, *kind_) != "here";
  way_ = change_.way == Way::done && (outside || action->act_of != Bearer::office) ? Way::registered : change_.way;
  act_.day = input.day.value_or(facts_.today);
  act_.touched_rows.clear();
  act_.outside = outside;
  if (record_.version == 0) record_.id = RecordId{supplies_.next_record++};

  EntryFacts entry = begin_entry("act");
  entry.on = act_.day;
  entry.action = action->key;
  entry.state = action->to;
  check_recorder(*action);
  if (change_.way == Way::registered && !outside && change_.source.empty()) {
    refuse_shape("source", "登记已经作出的事要写明来源材料", "name the paper from which a past act is registered");
  }
  say_of_entry(entry, "@source", change_.source);
  say_of_entry(entry, "@signed_paper", input.signed_paper);
  check_day(*action, act_.day, entry);
  take_values(*action, input, entry);
  take_rows(*action, input, entry);
  take_numbers(input, entry);
  set_own(*action, act_.day, entry);

  View after(facts_.in_force, record_, facts_.neighbours, &act_);
  entry.decider = check_decider(*action, input, after, entry);
  check_needs(*action, after);
  check_gates(*action, input, after, entry);
  if (!outside) check_papers(*action, input, after, entry);
  say_who_passed(input, entry);
  // The acts that follow in the same change are judged as if this one stood: all refusals come at once.
  if (!reasons_.empty()) return;
  const std::size_t folded = entry.facts.size();
  give_numbers(*kind_, *action, after, entry);
  if (!outside) issue_papers(*action, after, entry);
  if (action->opens.empty()) return accept_act(std::move(entry), folded);
  const Record before_opening = record_;
  accept_act(std::move(entry), folded);
  View opened_by(facts_.in_force, before_opening, facts_.neighbours, &act_);
  for (const rulebook::Opens& opens : action->opens) {
    if (opened_by.applies(opens.when)) open_record(opens, opened_by, act_.day);
  }
}

// What the opened record begins with: what the opening act gives, what creating takes over its owner link, what
// creating sets of itself, and whose case it is.
std::vector<Fact> Judge::opening_facts(const rulebook::Opens& opens, const rulebook::Kind& target, View& after,
                                       Date day) {
  const Action& create = *target.creating_action();
  std::vector<Fact> facts;
  const auto add = [&facts](const std::string& path, Value value) {
    const bool given = std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) { return fact.path == path; });
    if (!value.absent() && !given) facts.push_back({path, std::move(value)});
  };
  const auto field_of = [&target](const std::string& key) {
    const rulebook::Field* field = target.find_field(key);
    return field != nullptr ? field : rulebook::find_shared_field(key);
  };
  for (const rulebook::Setting& setting : opens.with)
    add(setting.field, set_value(setting.value, after, field_of(setting.field), day));
  for (const auto& [field, path] : create.takes) {
    const bool over_owner = path.steps.size() == 2 && path.steps.front().step == rulebook::Step::Kind::follow;
    if (over_owner) add(field, after.value(path.steps.back().key));
  }
  for (const rulebook::Setting& setting : create.sets)
    add(setting.field, set_value(setting.value, after, field_of(setting.field), day));
  for (const std::string_view shared : {"unit", "village", "handler"}) add(std::string(shared), after.value(shared));
  add("@opened_by", Link{record_.kind, record_.id});
  std::sort(facts.begin(), facts.end(), [](const Fact& x, const Fact& y) { return x.path < y.path; });
  return facts;
}

// A record that an act opens is its own entry; what it still needs is listed, not refused.
void Judge::open_record(const rulebook::Opens& opens, View& after, Date day) {
  const rulebook::Kind* target = facts_.in_force.book->find_kind(opens.kind);
  ZS_ASSERT(target != nullptr && target->creating_action() != nullptr);
  const Action& create = *target->creating_action();
  EntryFacts entry;
  entry.type = "open";
  entry.way = name_of(way_);
  entry.actor = change_.actor;
  entry.on = day;
  entry.kind = target->key;
  entry.record = RecordId{supplies_.next_record++};
  entry.version = 1;
  entry.action = create.key;
  entry.state = create.to;
  entry.facts = opening_facts(opens, *target, after, day);
  Record opened;
  opened.town = record_.town;
  fold(opened, entry);
  View view(facts_.in_force, opened, facts_.neighbours, &act_);
  give_numbers(*target, create, view, entry);
  for (const rulebook::Asked& asked : create.needs) {
    if (view.applies(asked.when) && view.value(asked.field).absent())
      outcome_.missing.push_back(target->key + "." + asked.field);
  }
  Record numbered = opened;
  for (const auto& [name, text] : entry.numbers) numbered.numbers[name] = text;
  outcome_.after[numbered.id] = std::move(numbered);
  outcome_.entries.push_back(std::move(entry));
  if (!opens.as.empty()) name_opened(opens.as, Link{target->key, opened.id});
}

// The opening act's own entry names what it opened.
void Judge::name_opened(const std::string& field, const Link& link) {
  for (EntryFacts& own : outcome_.entries) {
    if (own.record != record_.id || own.version != record_.version) continue;
    own.facts.push_back({field, link});
    std::sort(own.facts.begin(), own.facts.end(), [](const Fact& x, const Fact& y) { return x.path < y.path; });
  }
  record_.fields[field] = link;
}

}  // namespace zs::rules
