#include "rules/decide.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/judge.h"

namespace zs::rules {
namespace {

template <class Enum>
struct Named {
  Enum value;
  std::string_view name;
};
constexpr std::array<Named<Way>, 4> kWays{
    {{Way::done, "done"}, {Way::registered, "registered"}, {Way::history, "history"}, {Way::summary, "summary"}}};
constexpr std::array<Named<Asks>, 8> kAsks{{{Asks::acts, "acts"},
                                            {Asks::edit, "edit"},
                                            {Asks::correct, "correct"},
                                            {Asks::void_record, "void"},
                                            {Asks::undo, "undo"},
                                            {Asks::history, "history"},
                                            {Asks::withdraw_paper, "withdraw_paper"},
                                            {Asks::replace_paper, "replace_paper"}}};

constexpr std::size_t kActsMax = 20;
constexpr std::string_view kHere = "here";

}  // namespace

std::string_view name_of(Way way) {
  return kWays[static_cast<std::size_t>(way)].name;
}
std::string_view name_of(Asks asks) {
  return kAsks[static_cast<std::size_t>(asks)].name;
}

std::optional<Way> parse_way(std::string_view text) {
  for (const auto& named : kWays) {
    if (named.name == text) return named.value;
  }
  return std::nullopt;
}

std::optional<Asks> parse_asks(std::string_view text) {
  for (const auto& named : kAsks) {
    if (named.name == text) return named.value;
  }
  return std::nullopt;
}

std::string home_of(const Facts& facts, const rulebook::Kind& kind) {
  if (facts.homes != nullptr) {
    const auto own = facts.homes->find(kind.key);
    if (own != facts.homes->end()) return own->second;
  }
  return kind.home.empty() ? std::string(kHere) : kind.home;
}

Reason plain_reason(std::string kind, std::string name, std::string zh, std::string en) {
  Reason reason;
  reason.kind = std::move(kind);
  reason.name = std::move(name);
  reason.says = {std::move(zh), std::move(en)};
  return reason;
}

Judge::Judge(const Facts& facts, const Change& change, Supplies& supplies)
    : facts_(facts), change_(change), supplies_(supplies), next_record_before_(supplies.next_record), way_(change.way) {
  if (facts.before != nullptr) record_ = *facts.before;
  record_.town = change.town;
  act_.actor = change.actor;
}

std::int64_t& Judge::last_serial(SeriesKey key) {
  std::int64_t& last = supplies_.serials[key];
  serials_before_.emplace_back(std::move(key), last);
  return last;
}

// A refusal uses nothing up. The first that was noted of a series is what stood before.
void Judge::give_back() {
  supplies_.next_record = next_record_before_;
  for (auto used = serials_before_.rbegin(); used != serials_before_.rend(); ++used) {
    if (used->second == 0)
      supplies_.serials.erase(used->first);
    else
      supplies_.serials[used->first] = used->second;
  }
}

void Judge::refuse_shape(std::string field, std::string zh, std::string en) {
  refuse(plain_reason("shape", std::move(field), std::move(zh), std::move(en)));
}

const Person* Judge::person(const std::string& key) const {
  const auto found = facts_.staff->find(key);
  return found == facts_.staff->end() ? nullptr : &found->second;
}

// Whether one of the actor's roles has this kind in its list of corrects, voids or histories.
bool Judge::may(std::vector<std::string> rulebook::Role::*list) const {
  const Person* actor = person(change_.actor);
  if (actor == nullptr) return false;
  for (const std::string& post : actor->posts) {
    const rulebook::Role* role = facts_.in_force.book->find_role(post);
    if (role == nullptr) continue;
    for (const std::string& kind : role->*list) {
      if (kind == change_.kind || kind == "all") return true;
    }
  }
  return false;
}

Decision Judge::run() {
  kind_ = facts_.in_force.book->find_kind(change_.kind);
  if (kind_ == nullptr) {
    refuse_shape("kind", fmt::format("没有“{}”这个台账", change_.kind),
                 fmt::format("there is no kind \"{}\"", change_.kind));
  } else if (person(change_.actor) == nullptr) {
    refuse(plain_reason("by", change_.actor, fmt::format("人员登记里没有“{}”", change_.actor),
                        fmt::format("\"{}\" is not on the staff register", change_.actor)));
  } else if (change_.version && *change_.version != record_.version) {
    refuse(plain_reason("version", std::to_string(record_.version), "这一事项刚被别人改过，请看过新的内容再办",
                        "the record has moved on: read it again"));
  } else if (record_.voided) {
    refuse(plain_reason("state", "voided", "这一事项已经作废", "the record is void"));
  } else if (change_.acts.size() > kActsMax) {
    refuse_shape("acts", "一次最多办二十步", "at most twenty acts at once");
  } else {
    switch (change_.asks) {
      case Asks::acts:
        if (change_.acts.empty()) refuse_shape("acts", "没有写办什么", "no act is named");
        for (const ActInput& input : change_.acts) {
          judge_act(input);
          if (!reasons_.empty() && change_.acts.size() == 1) break;
        }
        break;
      case Asks::edit: judge_edit(); break;
      case Asks::correct: judge_correct(); break;
      case Asks::void_record: judge_void(); break;
      case Asks::undo: judge_undo(); break;
      case Asks::history: judge_history(); break;
      case Asks::withdraw_paper: judge_withdraw_paper(); break;
      case Asks::replace_paper: judge_replace_paper(); break;
    }
  }
  if (!reasons_.empty()) {
    give_back();
    return Refusal{std::move(reasons_)};
  }
  const RecordId id = record_.id;
  outcome_.after[id] = std::move(record_);
  return std::move(outcome_);
}

Decision decide(const Facts& facts, const Change& change, Supplies& supplies) {
  ZS_ASSERT(facts.in_force.book != nullptr);
  ZS_ASSERT(facts.staff != nullptr);
  return Judge(facts, change, supplies).run();
}

}  // namespace zs::rules
