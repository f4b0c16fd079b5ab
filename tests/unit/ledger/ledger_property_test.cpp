// What must always hold (design §8), after any sequence of changes: verify is good, evidence = tally = figure, a rebuild
// changes nothing, numbers have no gaps, time never runs backward. RapidCheck prints the sequence and the seed.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <set>
#include <sstream>

#include "ledger/change_json.h"
#include "ledger/verify.h"
#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

using nlohmann::json;

enum class Does {
  create, create_many, tell, visit, visit_back, ask, ask_back, extend, decide, hold, drop, pay, close, annex, edit, correct_field, correct_cell, void_record,
  undo, erase, history, summary, set_pay, set_target, calendar, rulebook, again, stale, refused, reopen, next_day
};
constexpr int kDoes = static_cast<int>(Does::next_day) + 1;

/// One step; what its numbers pick depends on the town as it then is.
struct Step {
  int does = 0;
  int which = 0;
  int value = 0;
};

void showValue(const Step& step, std::ostream& os) { os << step.does << "/" << step.which << "/" << step.value; }

// Notice days and the version of the rulebook that the steps choose among.
constexpr const char* kWithins[] = {"20 workdays", "15 workdays", "30 days"};
constexpr const char* kTopics[] = {"road", "water", "other"};
constexpr const char* kVillages[] = {"v-1", "v-2", "v-3"};

class Walk {
 public:
  Walk() : town_("property") {}

  void take(const Step& step) {
    which_ = step.which;
    value_ = step.value;
    town_.wait_ms(1000);
    switch (static_cast<Does>(step.does)) {
      case Does::create: return create();
      case Does::create_many: return create_many();
      case Does::tell: return act("tell", {{"values", {{"told", value_ % 3 != 0}}}});
      case Does::visit: return act("visit", {{"rows", {{"visits", {{{"held_on", day_before(value_ % 20)}, {"people", value_ % 5}, {"who", "s-clerk"}}}}}}});
      case Does::visit_back: return act("visit", {{"edits", {{"visits", {{std::to_string(1 + value_ % 2), {{"back_on", day_before(0)}}}}}}}});
      case Does::ask: return act("ask", {{"rows", {{"asked", {{{"sent_on", day_before(value_ % 10)}}}}}}});
      case Does::ask_back: return act("ask", {{"edits", {{"asked", {{"1", {{"back_on", day_before(value_ % 3)}}}}}}}});
      case Does::extend: return act("extend", {{"decider", "s-head"}, {"values", {{"due_count", 1 + value_ % 10}}}});
      case Does::decide: return act("decide", {{"decider", "s-head"}, {"signed_paper", "签批件"}}, value_ % 4 == 0);
      case Does::hold: return act("hold", {});
      case Does::drop: return act("drop", {});
      case Does::pay: return act("pay", {});
      case Does::close: return act("close", {{"pass", {{"reason", "已协商"}, {"signer", "s-head"}}}}, value_ % 4 == 0);
      case Does::annex: return annex();
      case Does::edit: return builtin("edit", {{"values", {{"archive_no", fmt::format("档{}", value_)}}}});
      case Does::correct_field: return correct_field();
      case Does::correct_cell: return builtin("correct", {{"edits", {{"visits", {{"1", {{"people", value_ % 7}, {"held_on", day_before(value_ % 400)}}}}}}}});
      case Does::void_record: return builtin("void", {});
      case Does::undo: return builtin("undo", {});
      case Does::erase: return erase();
      case Does::history: return history();
      case Does::summary: return summary();
      case Does::set_pay: return town_.enter("setting", "pay_within", {{"value", fmt::format("{} days", 5 + value_ % 30)}});
      case Does::set_target: return town_.enter("setting", "target", {{"value", std::to_string(value_ % 9)}});
      case Does::calendar: return adopt_calendar();
      case Does::rulebook: return adopt_rulebook();
      case Does::again: return repeat();
      case Does::stale: return send({{"record", record()}, {"version", 1'000 + value_}, {"acts", json::array({{{"do", "hold"}}})}});
      case Does::refused: return send({{"record", record()}, {"acts", json::array({{{"do", "visit"}, {"rows", {{"visits", {{{"held_on", "2024-02-01"}, {"people", 50}}}}}}}})}});
      case Does::reopen: return town_.reopen();
      case Does::next_day: return next_day();
    }
  }

  SmallTown& town() { return town_; }
  /// Accepted changes of each sort: so that we know that the steps do something.
  std::map<std::string, int> accepted;

 private:
  // A civil day so many days ago: any of three years.
  std::string day_before(int days) { return (town_.today() - days).text(); }
  std::int64_t record() {
    const std::int64_t last = town_.town().supplies.next_record - 1;
    return last < 1 ? 1 : 1 + which_ % last;
  }

  void send(json change, const std::string& what = "refused") {
    const auto answer = town_.commit(std::move(change));
    // What is asked of a record of another kind, or of none, is not found: an answer too.
    if (!answer) RC_ASSERT(answer.error().kind == ErrorKind::not_found || answer.error().kind == ErrorKind::bad_input);
    if (answer && std::holds_alternative<Receipt>(*answer)) ++accepted[what];
  }

  json matter() {
    json values{{"received_on", day_before(value_ % 500)}, {"topic", kTopics[value_ % 3]}, {"village", kVillages[which_ % 3]}, {"unit", "o-1"}, {"told", which_ % 2 == 0},
                {"person", {{"name", fmt::format("张某{}", value_)}, {"phone", "0755"}}}, {"remark", "记"}};
    if (which_ % 3 != 0) values["amount"] = fmt::format("{}.50", 100 + value_);
    if (which_ % 4 == 0) values["related"] = json::array({fmt::format("matter/{}", 1 + which_ % 5)});
    return values;
  }

  void create() { send({{"acts", {{{"do", "create"}, {"day", day_before(value_ % 30)}, {"values", matter()}}}}}, "create"); }

  void create_many() {
    std::vector<rules::Change> changes;
    for (int i = 0; i < 5; ++i) {
      value_ += i;
      auto change = town_.change({{"acts", {{{"do", i == 3 ? "close" : "create"}, {"values", matter()}}}}});
      if (change) changes.push_back(*std::move(change));
    }
    const auto answers = town_.ledger().commit_batch(changes);
    RC_ASSERT(answers.has_value());
    accepted["create_many"] += 1;
  }

  // Mostly a matter from whose state the action leads; now and then any record.
  std::int64_t record_for(const std::string& name) {
    const rulebook::Action* action = town_.town().book->find_kind("matter")->find_action(name);
    std::vector<std::int64_t> fitting;
    for (const auto& row : town_.rows("SELECT id,state FROM record WHERE kind='matter' AND voided=0 ORDER BY id")) {
      const std::string& state = std::get<std::string>(row[1]);
      const bool fits = action->from_any ? state != "closed" : std::find(action->from.begin(), action->from.end(), state) != action->from.end();
      if (fits) fitting.push_back(std::get<std::int64_t>(row[0]));
    }
    return fitting.empty() || value_ % 9 == 0 ? record() : fitting[static_cast<std::size_t>(which_) % fitting.size()];
  }

  void act(const std::string& name, json act, bool registered = false) {
    act["do"] = name;
    json change{{"record", record_for(name)}, {"acts", json::array({act})}};
    if (registered) {
      change["way"] = "registered";
      change["source"] = "登记簿";
    }
    send(std::move(change), name);
  }

  void annex() { send({{"kind", "annex"}, {"record", record()}, {"acts", {{{"do", "finish"}, {"values", {{"sort", "图"}}}}}}}, "annex"); }

  void builtin(const std::string& asks, json act) {
    json change{{"record", record()}, {"asks", asks}, {"reason", "查明"}, {"signer", "s-head"}, {"acts", json::array()}};
    if (!act.empty()) change["acts"].push_back(std::move(act));
    send(std::move(change), asks);
  }

  void correct_field() {
    json values = json::object();
    switch (value_ % 7) {
      case 0: values["received_on"] = day_before(value_ % 700); break;
      case 1: values["amount"] = fmt::format("{}.00", value_); break;
      case 2: values["village"] = kVillages[value_ % 3]; break;
      case 3: values["topic"] = kTopics[(value_ / 7) % 3]; break;
      case 4: values["decided_on"] = day_before(value_ % 60); break;
      case 5: values["amount"] = nullptr; break;
      default: values["received_on"] = {{"unknown", true}}; break;
    }
    builtin("correct", {{"values", std::move(values)}});
  }

  void erase() {
    const std::vector<std::vector<std::string>> kPaths{{"person"}, {"remark"}, {"amount"}, {"visits/1/people"}, {"person", "remark"}, {"received_on"}};
    const auto erased = town_.ledger().erase(town_.id(), {RecordId{record()}, kPaths[static_cast<std::size_t>(value_) % kPaths.size()], "s-clerk", "本人要求", ""});
    if (!erased) RC_ASSERT(erased.error().kind == ErrorKind::not_found);
    if (erased) ++accepted["erase"];
  }

  void history() {
    json values = matter();
    values.erase("related");
    if (value_ % 3 == 0) values["received_on"] = {{"unknown", true}};
    else values["received_on"] = fmt::format("2019-{:02}-{:02}", 1 + value_ % 12, 1 + value_ % 28);
    values["decided_on"] = "2019-12-30";
    send({{"way", "history"}, {"state", "closed"}, {"source", "旧台账第三行"}, {"acts", {{{"day", "2019-12-31"}, {"values", values}, {"numbers", {{"number", fmt::format("事〔2019〕{}号", 1 + value_ % 40)}}}}}}}, "history");
  }

  void summary() {
    json values{{"figure", value_ % 2 == 0 ? "visitors" : "amounts"}, {"value", 1 + value_}, {"from_on", "2023-01-01"}, {"until_on", day_before(value_ % 300)}, {"village", kVillages[which_ % 3]}};
    send({{"kind", "summary"}, {"way", "summary"}, {"source", "统计表"}, {"signer", "s-head"}, {"acts", {{{"do", "create"}, {"values", values}}}}}, "summary");
  }

  void adopt_calendar() {
    const int year = 2023 + value_ % 4;
    std::set<std::string> days;
    for (int i = 0; i < 5; ++i) days.insert((Date(year, 1 + static_cast<unsigned>(which_ + i) % 12, 5 + static_cast<unsigned>(value_) % 20) + i).text());
    const auto moved = town_.ledger().adopt_calendar(town_.id(), calendar_of(year, {days.begin(), days.end()}), "s-clerk", which_ % 4 == 0);
    RC_ASSERT(moved.has_value());
    ++accepted["calendar"];
  }

  void adopt_rulebook() {
    more_ = more_ || value_ % 2 == 0;  // what was once there stays
    const auto moved = town_.ledger().adopt_rulebook(town_.id(), small_rulebook(kWithins[which_ % 3], more_), "s-clerk", false);
    RC_ASSERT(moved.has_value());
    ++accepted["rulebook"];
  }

  void repeat() {
    const json change{{"key", fmt::format("key-{}", which_ % 3)}, {"acts", {{{"do", "create"}, {"values", {{"received_on", "2024-01-05"}, {"topic", "road"}}}}}}};
    const auto answer = town_.commit(change);
    // Once a value of the record is erased nobody can tell any more whether the body is the same.
    if (!answer) RC_ASSERT(answer.error().kind == ErrorKind::conflict);
    if (answer && std::get<Receipt>(*answer).repeated) ++accepted["repeated"];
  }

  void next_day() {
    day_ += 1 + value_ % 40;
    town_.set_day("2024-03-01"_date + day_);
  }

  SmallTown town_;
  int which_ = 0, value_ = 0, day_ = 0;
  bool more_ = false;
};

// For every base figure: evidence, monthly and yearly tallies and the figure itself say one number, also as of a day.
void check_figures(SmallTown& town) {
  for (const rulebook::Figure& figure : town.town().book->figures) {
    if (!figure.base()) continue;
    const bool stock = figure.form == rulebook::Figure::Form::stock;
    for (int year = 2019; year <= 2026; ++year) {
      const std::int64_t from = stock ? Date(1900, 1, 1).serial() : Date(year, 1, 1).serial();
      const std::int64_t until = Date(year, 12, 31).serial();
      const std::int64_t evidence = town.number("SELECT SUM(value) FROM evidence WHERE figure=?1 AND day BETWEEN ?2 AND ?3", {figure.key, from, until});
      const std::int64_t months = town.number("SELECT SUM(value) FROM tally WHERE figure=?1 AND month BETWEEN ?2 AND ?3",
                                              {figure.key, std::int64_t{stock ? 0 : year * 100}, std::int64_t{year * 100 + 99}});
      RC_ASSERT(evidence == months);
      RC_ASSERT(evidence == town.figure(figure.key, year));
      const Date middle(year, 6, 17);
      const std::int64_t half = town.number("SELECT SUM(value) FROM evidence WHERE figure=?1 AND day BETWEEN ?2 AND ?3", {figure.key, from, std::int64_t{middle.serial()}});
      RC_ASSERT(half == town.figure(figure.key, year, middle));
    }
  }
}

// The town's own numbers of a year are given as 1, 2, 3 …: none is left out, none given twice. 2019 is the old ledger's.
void check_numbers(SmallTown& town) {
  std::map<std::string, int> last;
  for (const auto& row : town.rows("SELECT header FROM journal ORDER BY n")) {
    const json header = json::parse(std::get<std::string>(row[0]));
    const json numbers = header.value("numbers", json::object());
    for (const auto& [name, number] : numbers.items()) {
      const std::string text = number.get<std::string>();
      const std::size_t close = text.find("〕");
      if (close == std::string::npos || text.find("〔2019〕") != std::string::npos) continue;
      const int serial = std::atoi(text.c_str() + close + std::string_view("〕").size());
      RC_ASSERT(serial == ++last[header["kind"].get<std::string>() + name + text.substr(0, close)]);
    }
  }
}

void check_time(SmallTown& town) {
  std::int64_t last = 0;
  std::int64_t n = 0;
  for (const auto& row : town.rows("SELECT n,at FROM journal ORDER BY n")) {
    RC_ASSERT(std::get<std::int64_t>(row[0]) == ++n);
    RC_ASSERT(std::get<std::int64_t>(row[1]) >= last);
    last = std::get<std::int64_t>(row[1]);
  }
}

void check_rebuild(SmallTown& town) {
  const std::string before = town.projections();
  RC_ASSERT(town.ledger().rebuild(town.id()).has_value());
  const std::string after = town.projections();
  RC_ASSERT(before == after);
}

rc::Gen<Step> steps() {
  // A town without matters has nothing to do: creating and deciding are asked for more often.
  const auto any = [](int until) { return rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, until)); };
  return rc::gen::build<Step>(
      rc::gen::set(&Step::does, rc::gen::weightedOneOf<int>({{2, rc::gen::just(static_cast<int>(Does::create))},
                                                             {1, rc::gen::element(static_cast<int>(Does::decide), static_cast<int>(Does::pay), static_cast<int>(Does::again))},
                                                             {12, any(kDoes)}})),
      rc::gen::set(&Step::which, any(60)), rc::gen::set(&Step::value, any(1000)));
}

TEST(LedgerProperty, HoldsAfterAnySequenceOfChanges) {
  std::map<std::string, int> accepted;
  auto params = rc::detail::configuration().testParams;
  params.maxSuccess = 25;
  // A shorter sequence takes minutes to find: for whoever asks, RC_PARAMS="seed=…".
  params.disableShrinking = std::getenv("RC_PARAMS") == nullptr;
  const auto result = rc::detail::checkTestable([&] {
    const auto sequence = *rc::gen::container<std::vector<Step>>(40, steps());
    Walk walk;
    std::size_t i = 0;
    for (const Step& step : sequence) {
      walk.take(step);
      if (++i % 20 != 0) continue;
      const std::string differences = walk.town().verified();
      if (!differences.empty()) RC_LOG(differences);
      RC_ASSERT(differences.empty());
    }
    check_figures(walk.town());
    check_numbers(walk.town());
    check_time(walk.town());
    check_rebuild(walk.town());
    RC_ASSERT(walk.town().verified().empty());
    for (const auto& [what, count] : walk.accepted) accepted[what] += count;
  }, rc::detail::TestMetadata(), params);
  std::ostringstream said;
  rc::detail::printResultMessage(result, said);
  ASSERT_TRUE(result.is<rc::detail::SuccessResult>()) << said.str() << "\nseed " << params.seed;
  for (const char* what : {"create", "create_many", "decide", "correct", "void", "undo", "erase", "history", "summary", "edit", "calendar", "rulebook", "repeated", "pay", "visit", "extend", "drop", "hold"}) {
    EXPECT_GT(accepted[what], 0) << what << " was never accepted: the steps do not try it";
  }
}

}  // namespace
}  // namespace zs::ledger
