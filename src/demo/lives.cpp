#include "demo/lives.h"

#include <fmt/format.h>

#include "demo/plan.h"
#include "ledger/change_json.h"
#include "ledger/people.h"
#include "rules/term.h"

namespace zs::demo {
namespace {

using rulebook::Node;

constexpr std::size_t kChunkMax = 64;
constexpr std::int64_t kMorningMinutes = 9 * 60;

class Loader {
 public:
  Loader(ledger::Ledger& ledger, const Node& root, Date today,
         const std::function<void(std::int64_t, std::int64_t)>& progress)
      : ledger_(ledger), root_(root), today_(today), progress_(progress) {}

  Result<Loaded> run(const rulebook::Files& files) {
    rulebook::Faults faults;
    const auto book = rulebook::load(files, faults);
    offset_ = book->utc_offset;
    rulebook::Calendar calendar;
    for (const rulebook::CalendarYear& year : book->calendar) calendar.set(year);
    ZS_TRY(const std::vector<PlannedAct> acts, plan(root_, calendar, today_));
    if (acts.empty()) return bad_input("演示文件里没有事项", "the demo has no lives");
    clock_ = instant_of(start_of(rules::day_before(acts.front().recorded, {1, Unit::day}, calendar)), offset_);
    ZS_CHECK(make_town(files));
    for (const PlannedAct& act : acts) {
      ZS_CHECK(add(act));
      if (progress_) progress_(++planned_, static_cast<std::int64_t>(acts.size()));
    }
    ZS_CHECK(flush());
    ZS_CHECK(add_summaries());
    ZS_TRY(const ledger::Town* town, ledger_.town(loaded_.town));
    loaded_.entries = town->n;
    return loaded_;
  }

 private:
  Result<> make_town(const rulebook::Files& files) {
    const Node& town = root_["town"];
    ZS_TRY(loaded_.town, ledger_.init({town["name"].scalar, town["character"].scalar, town["division"].scalar,
                                       Algorithm::sm3, "demo " + root_["seed"].scalar},
                                      files, clock_));
    ZS_CHECK(enter_all("org", root_["orgs"]));
    ZS_CHECK(enter_all("staff", root_["staff"]));
    for (const auto& [key, node] : root_["accounts"].entries) {
      const std::string& staff = node["staff"].scalar;
      const std::string& password = node["password"].scalar;
      ZS_CHECK(ledger::put_account(ledger_, loaded_.town, key.scalar, staff, password, false));
      loaded_.accounts.push_back({key.scalar, password, root_["staff"][staff]["name"].scalar});
    }
    for (const auto& [key, value] : root_["settings"].entries)
      ZS_CHECK(ledger_.enter({loaded_.town, "setting", key.scalar, {{"value", value.scalar}}, "", clock_}));
    return {};
  }

  Result<> enter_all(const std::string& type, const Node& list) {
    for (const auto& [key, node] : list.entries) {
      std::map<std::string, std::string> values;
      for (const auto& [name, value] : node.entries) {
        std::string text = value.scalar;
        for (const Node& item : value.items) text += (text.empty() ? "" : " ") + item.scalar;
        values[name.scalar] = text;
      }
      ZS_CHECK(ledger_.enter({loaded_.town, type, key.scalar, std::move(values), "", clock_}));
    }
    return {};
  }

  // Acts go in chunks of one day; a second act on a record, or one that names a record, waits for the first to be in.
  Result<> add(const PlannedAct& act) {
    const auto target = act.creates ? std::nullopt : target_of(act, made_);
    const bool again = pending_cases_.contains({act.life_name, act.index});
    if (again || act.recorded != chunk_day_ || pending_.size() >= kChunkMax || names_record(*act.node))
      ZS_CHECK(flush());
    chunk_day_ = act.recorded;
    ZS_TRY(const ledger::Town* town, ledger_.town(loaded_.town));
    ZS_TRY(Json json, change_of(*town, act, made_));
    auto change = ledger::change_from_json(*town, json.value);
    if (!change) {
      const Text& text = change.error().text;
      return bad_input(fmt::format("{} 第{}件：{}", act.node->place.text(), act.index + 1, text.zh),
                       fmt::format("{} case {}: {}", act.node->place.text(), act.index + 1, text.en));
    }
    const Instant morning = instant_of(Moment{start_of(act.recorded).minutes + kMorningMinutes}, offset_);
    clock_ = Instant{std::max(clock_.utc_ms + 1000, morning.utc_ms)};
    change->at = clock_;
    pending_.push_back(*std::move(change));
    pending_acts_.push_back(&act);
    pending_cases_.insert({act.life_name, act.index});
    return {};
  }

  static bool names_record(const Node& node) {
    if (node.has("record") || node.has("opened")) return true;
    for (const Node& item : node.items) {
      if (names_record(item)) return true;
    }
    for (const auto& [key, value] : node.entries) {
      if (names_record(value)) return true;
    }
    return false;
  }

  Result<> flush() {
    if (pending_.empty()) return {};
    ZS_TRY(const auto answers, ledger_.commit_batch(pending_));
    for (std::size_t i = 0; i < answers.size(); ++i) ZS_CHECK(note(*pending_acts_[i], answers[i]));
    pending_.clear();
    pending_acts_.clear();
    pending_cases_.clear();
    return {};
  }

  Result<> note(const PlannedAct& act, const Result<ledger::Answer>& answer) {
    const std::string where = fmt::format("{} {} 第{}件 {} {}", act.node->place.text(), act.life_name, act.index + 1,
                                          (*act.node)["do"].scalar, act.day.text());
    if (!answer) return bad_input(where + "：" + answer.error().text.zh, where + ": " + answer.error().text.en);
    if (const auto* refusal = std::get_if<rules::Refusal>(&*answer)) {
      Text text{where + " 不予通过：", where + " refused:"};
      for (const rules::Reason& reason : refusal->reasons) {
        text.zh += fmt::format("\n  [{} {}] {}", reason.kind, reason.name, reason.says.zh);
        text.en += fmt::format("\n  [{} {}] {}", reason.kind, reason.name, reason.says.en);
      }
      return bad_input(text.zh, text.en);
    }
    const auto& receipt = std::get<ledger::Receipt>(*answer);
    ++loaded_.changes;
    const std::pair<std::string, int> key{act.life_name, act.index};
    if (act.creates) {
      made_.cases[key] = Link{(*act.life)["kind"].scalar, receipt.record};
      ++made_.counts[act.life_name];
    }
    for (const Link& link : receipt.opened) made_.opened[key][link.kind] = link;
    return {};
  }

  Result<> add_summaries() {
    for (const Node& item : root_["summaries"].items) {
      rules::Change change;
      change.town = loaded_.town;
      change.kind = rulebook::kSummaryKind;
      change.way = rules::Way::summary;
      change.actor = item["actor"] ? item["actor"].scalar : item["signer"].scalar;
      change.source = item["source"].scalar;
      change.signer = item["signer"].scalar;
      change.at = clock_;
      rules::ActInput act;
      act.action = "create";
      const auto from = parse_date(item["from"].scalar);
      const auto until = parse_date(item["until"].scalar);
      if (!from || !until)
        return bad_input(item.place.text() + " 要写期间的起止（from、until）",
                         item.place.text() + " from and until are needed");
      act.day = std::min(*until, today_);
      act.values["figure"] = item["figure"].scalar;
      act.values["value"] = std::int64_t{std::atoll(item["value"].scalar.c_str())};
      act.values["from_on"] = *from;
      act.values["until_on"] = *until;
      if (item["unit"]) act.values["unit"] = item["unit"].scalar;
      if (item["village"]) act.values["village"] = item["village"].scalar;
      change.acts.push_back(std::move(act));
      ZS_TRY(const auto answers, ledger_.commit_batch({&change, 1}));
      PlannedAct act_of{&item, &item, "summaries", 0, 1, false, *until, *until, 0, false};
      ZS_CHECK(note(act_of, answers.front()));
    }
    return {};
  }

  ledger::Ledger& ledger_;
  const Node& root_;
  Date today_;
  const std::function<void(std::int64_t, std::int64_t)>& progress_;
  UtcOffset offset_;
  Loaded loaded_;
  Made made_;
  Instant clock_;
  std::int64_t planned_ = 0;
  Date chunk_day_;
  std::vector<rules::Change> pending_;
  std::vector<const PlannedAct*> pending_acts_;
  std::set<std::pair<std::string, int>> pending_cases_;
};

}  // namespace

Result<Loaded> load(ledger::Ledger& ledger, const std::string& file_name, const std::string& yaml,
                    const rulebook::Files& files, Date today,
                    const std::function<void(std::int64_t, std::int64_t)>& progress) {
  rulebook::Faults faults;
  const Node root = rulebook::read_yaml(file_name, yaml, faults);
  if (!faults.none()) {
    const rulebook::Fault& first = faults.list().front();
    return bad_input(first.place.text() + " " + first.what.zh, first.place.text() + " " + first.what.en);
  }
  return Loader(ledger, root, today, progress).run(files);
}

}  // namespace zs::demo
