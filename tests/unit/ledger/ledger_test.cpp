// The one write path: what is answered, what is written, what is refused, and what the world's faults leave behind.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <thread>

#include "ledger/change_json.h"
#include "ledger/verify.h"
#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

using nlohmann::json;

json creating(const std::string& key, const std::string& received_on = "2024-02-01") {
  json change{{"acts", {{{"do", "create"}, {"values", {{"received_on", received_on}, {"topic", "road"}, {"told", true}, {"village", "v-1"}}}}}}};
  if (!key.empty()) change["key"] = key;
  return change;
}

std::string whole_text(SmallTown& town) {
  std::string text = town.projections();
  for (const auto& row : town.rows("SELECT n,header,body FROM journal ORDER BY n")) text += std::get<std::string>(row[1]) + std::get<std::string>(row[2]) + "\n";
  return text;
}

bool file_holds(const std::filesystem::path& file, const std::string& text) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  return bytes.find(text) != std::string::npos;
}

// --- idempotency and versions

TEST(Ledger, GivesTheFirstAnswerToTheSameKeyAndBody) {
  SmallTown town("same-key");
  const Receipt first = town.accepted(creating("once"));
  const std::string before = whole_text(town);
  town.wait_ms(60'000);
  const Receipt again = town.accepted(creating("once"));
  EXPECT_TRUE(again.repeated);
  EXPECT_FALSE(first.repeated);
  EXPECT_EQ(again.record, first.record);
  EXPECT_EQ(again.version, first.version);
  EXPECT_EQ(again.first, first.first);
  EXPECT_EQ(again.last, first.last);
  EXPECT_EQ(again.state, first.state);
  EXPECT_EQ(again.numbers, first.numbers);
  EXPECT_EQ(whole_text(town), before);
}

TEST(Ledger, RepeatsTheAnswerOfAnActThatOpenedARecord) {
  SmallTown town("same-key-opened");
  const Receipt made = town.create("2024-02-01"_date, {{"topic", "water"}});
  const json decide{{"key", "decide"}, {"record", made.record.number}, {"acts", {{{"do", "decide"}, {"decider", "s-head"}, {"signed_paper", "签批件"}}}}};
  const Receipt first = town.accepted(decide);
  ASSERT_EQ(first.opened.size(), 1U);
  const Receipt again = town.accepted(decide);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.opened, first.opened);
  EXPECT_EQ(again.last, first.last);
}

TEST(Ledger, RefusesTheSameKeyForAnotherBody) {
  SmallTown town("other-body");
  town.accepted(creating("once"));
  const std::string before = whole_text(town);
  const auto other = town.commit(creating("once", "2024-02-02"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ErrorKind::conflict);
  EXPECT_EQ(whole_text(town), before);
}

TEST(Ledger, KeepsTheKeysOfActorsApart) {
  SmallTown town("keys-of-actors");
  town.enter("staff", "s-second", {{"name", "另一经办"}, {"posts", "clerk"}});
  const Receipt first = town.accepted(creating("once"));
  json second = creating("once");
  second["actor"] = "s-second";
  const Receipt other = town.accepted(second);
  EXPECT_FALSE(other.repeated);
  EXPECT_NE(other.record, first.record);
}

TEST(Ledger, RefusesAChangeToAVersionThatHasMovedOn) {
  SmallTown town("version");
  const Receipt made = town.create("2024-02-01"_date);
  const json hold{{"record", made.record.number}, {"version", 1}, {"acts", {{{"do", "hold"}}}}};
  town.accepted(hold);
  EXPECT_EQ(town.refused({{"record", made.record.number}, {"version", 1}, {"acts", {{{"do", "drop"}}}}}), (std::vector<std::string>{"version:2"}));
}

// --- refusals write nothing

TEST(Ledger, WritesNothingForARefusal) {
  SmallTown town("refusal");
  const Receipt made = town.create("2024-02-01"_date, {{"told", false}});
  const std::string before = whole_text(town);
  EXPECT_EQ(town.refused({{"record", made.record.number}, {"acts", {{{"do", "decide"}}}}}), (std::vector<std::string>{"decides:decide", "gate:told_first"}));
  EXPECT_EQ(whole_text(town), before);
  // The number that the refused act would have taken is given to the next.
  EXPECT_EQ(town.create("2024-02-02"_date).numbers.at("number"), "事〔2024〕2号");
}

TEST(Ledger, WritesNothingOfAListOfActsWhenOneIsRefused) {
  SmallTown town("all-or-nothing");
  const std::string before = whole_text(town);
  const json change{{"acts", {{{"do", "create"}, {"values", {{"received_on", "2024-02-01"}, {"topic", "road"}}}}, {{"do", "tell"}, {"values", {{"told", true}}}}, {{"do", "pay"}}}}};
  EXPECT_EQ(town.refused(change), (std::vector<std::string>{"state:pay"}));
  EXPECT_EQ(whole_text(town), before);
}

TEST(Ledger, KeepsTheAcceptedChangesOfABatchApartFromTheRefused) {
  SmallTown town("batch");
  std::vector<rules::Change> changes;
  for (int i = 0; i < 3; ++i) changes.push_back(town.change(creating("")).value());
  changes[1].acts.front().values.erase("topic");
  const auto answers = town.ledger().commit_batch(changes);
  ASSERT_TRUE(answers);
  EXPECT_TRUE(std::holds_alternative<Receipt>(*(*answers)[0]));
  EXPECT_TRUE(std::holds_alternative<rules::Refusal>(*(*answers)[1]));
  EXPECT_EQ(std::get<Receipt>(*(*answers)[2]).numbers.at("number"), "事〔2024〕2号");
  EXPECT_EQ(town.verified(), "");
}

// A large batch reads ahead what its changes stand on: the later of two acts still sees the earlier, and what cannot be
// read is said to the one who asked for it.
TEST(Ledger, ReadsAheadWhatTheChangesOfALargeBatchStandOn) {
  SmallTown town("ahead");
  std::vector<Receipt> made;
  for (int i = 0; i < 12; ++i) made.push_back(town.create("2024-02-01"_date));
  town.run_sql("UPDATE k_matter SET rows='no json' WHERE id=?1", {made[3].record.number});
  std::vector<rules::Change> changes;
  const auto act = [&](std::int64_t record, const char* action) {
    json change{{"record", record}, {"acts", {{{"do", action}}}}};
    changes.push_back(town.change(std::move(change)).value());
  };
  for (const Receipt& each : made) act(each.record.number, "hold");
  act(made[0].record.number, "hold");
  act(999, "hold");
  const auto answers = town.ledger().commit_batch(changes);
  ASSERT_TRUE(answers);
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (i == 3) continue;
    ASSERT_TRUE((*answers)[i]) << i;
    EXPECT_TRUE(std::holds_alternative<Receipt>(*(*answers)[i])) << i;
  }
  EXPECT_EQ((*answers)[3].error().kind, ErrorKind::corrupt);
  EXPECT_TRUE(std::holds_alternative<rules::Refusal>(*(*answers)[12])) << "it is held already";
  EXPECT_EQ((*answers)[13].error().kind, ErrorKind::not_found);
}

// --- many threads

TEST(Ledger, KeepsEveryChangeOfSixtyFourThreads) {
  SmallTown town("threads");
  const rules::Change model = town.change(creating("")).value();
  constexpr int kThreads = 64, kEach = 5;
  std::vector<std::vector<Receipt>> receipts(kThreads);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        rules::Change change = model;
        change.key = fmt::format("{}-{}", t, i);
        const auto answer = town.ledger().commit(std::move(change));
        if (answer && std::holds_alternative<Receipt>(*answer)) receipts[static_cast<std::size_t>(t)].push_back(std::get<Receipt>(*answer));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::int64_t> entries;
  std::set<std::string> numbers;
  for (const auto& list : receipts) {
    EXPECT_EQ(list.size(), static_cast<std::size_t>(kEach));
    for (const Receipt& receipt : list) {
      entries.insert(receipt.first.number);
      numbers.insert(receipt.numbers.at("number"));
    }
  }
  EXPECT_EQ(entries.size(), static_cast<std::size_t>(kThreads * kEach));
  EXPECT_EQ(numbers.size(), static_cast<std::size_t>(kThreads * kEach));
  EXPECT_TRUE(numbers.contains(fmt::format("事〔2024〕{}号", kThreads * kEach)));
  EXPECT_EQ(town.figure("matters", 2024), kThreads * kEach);
  EXPECT_EQ(town.verified(), "");
}

TEST(Ledger, AnswersReadersWhileItWrites) {
  SmallTown town("readers");
  const rules::Change model = town.change(creating("")).value();
  std::atomic<bool> writing = true;
  std::thread reader([&] {
    while (writing) {
      auto lease = town.ledger().database().reader().value();
      if (!lease->begin()) continue;
      // One moment: the figure and its evidence agree, whatever is written beside them.
      const auto evidence = lease->read("SELECT COUNT(*) FROM evidence WHERE figure='matters'", {}).value();
      const auto tally = lease->read("SELECT COALESCE(SUM(value),0) FROM tally WHERE figure='matters'", {}).value();
      EXPECT_EQ(evidence, tally);
    }
  });
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(town.ledger().commit(model));
  writing = false;
  reader.join();
}

// --- the clock

TEST(Ledger, RefusesAClockThatWasSetBack) {
  SmallTown town("clock");
  town.create("2024-02-01"_date);
  const std::string before = whole_text(town);
  town.set_day("2024-02-28"_date);
  const auto answer = town.commit(creating(""));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::conflict);
  EXPECT_NE(answer.error().text.en.find("clock"), std::string::npos) << answer.error().text.en;
  EXPECT_NE(answer.error().text.en.find("2024-03-01"), std::string::npos) << answer.error().text.en;
  EXPECT_EQ(whole_text(town), before);
}

TEST(Ledger, SmoothsAClockThatIsMerelyUneven) {
  SmallTown town("uneven");
  town.create("2024-02-01"_date);
  town.wait_ms(-2'000);
  town.create("2024-02-02"_date);
  EXPECT_EQ(town.number("SELECT COUNT(DISTINCT at) FROM journal WHERE record>0"), 1);
  EXPECT_EQ(town.verified(), "");
}

// --- the world's faults

TEST(Ledger, RefusesADatabaseOfAnotherVersion) {
  SmallTown town("schema");
  town.run_sql("PRAGMA user_version=77");
  EXPECT_TRUE(town.ledger().database().checkpoint());
  const auto opened = Ledger::open(town.folder(), OpenLedger{});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::unsupported);
  EXPECT_NE(opened.error().text.en.find("77"), std::string::npos) << opened.error().text.en;
}

TEST(Ledger, SaysThatAFolderHoldsNoDatabase) {
  const TempFolder folder("empty");
  const auto opened = Ledger::open(folder.path(), OpenLedger{});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::not_found);
}

TEST(Ledger, RefusesToWriteWhenOpenedForReading) {
  SmallTown town("read-only");
  const Receipt made = town.create("2024-02-01"_date);
  const rules::Change change = town.change(creating("")).value();
  const std::string before = whole_text(town);
  town.reopen(store::Mode::read_only);
  const auto answer = town.ledger().commit(change);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::io);
  EXPECT_FALSE(town.ledger().commit_batch(std::vector{change}));
  EXPECT_FALSE(town.ledger().enter({town.id(), "setting", "target", {{"value", "3"}}, "s-clerk", {}}));
  EXPECT_FALSE(town.ledger().adopt_calendar(town.id(), calendar_of(2025, {"2025-01-01"}), "s-clerk", false));
  EXPECT_FALSE(town.ledger().erase(town.id(), {made.record, {"topic"}, "s-clerk", "理由", ""}));
  EXPECT_FALSE(town.ledger().rebuild(town.id()));
  EXPECT_EQ(whole_text(town), before);
  EXPECT_EQ(town.verified(), "");
}

TEST(Ledger, WritesNothingHalfwayOnAFullDisk) {
  SmallTown town("full");
  town.create("2024-02-01"_date);
  store::OpenOptions options;
  options.pages_max = town.number("SELECT page_count FROM pragma_page_count") + 3;
  town.reopen(store::Mode::existing, options);
  json big = creating("");
  big["acts"][0]["values"]["remark"] = std::string(15'000, 'x');
  std::optional<Error> full;
  std::int64_t accepted = 1;
  for (int i = 0; i < 50 && !full; ++i) {
    const auto answer = town.commit(big);
    if (answer) ++accepted;
    else full = answer.error();
  }
  ASSERT_TRUE(full.has_value()) << "the disk was never full";
  EXPECT_EQ(full->kind, ErrorKind::io) << full->text.en;
  EXPECT_EQ(town.number("SELECT COUNT(*) FROM record"), accepted);
  EXPECT_EQ(town.number("SELECT COUNT(*) FROM journal WHERE record>0"), accepted);
  EXPECT_EQ(town.verified(), "");
  // Once there is room again the town goes on, without a gap.
  town.reopen();
  EXPECT_EQ(town.create("2024-02-05"_date).numbers.at("number"), fmt::format("事〔2024〕{}号", accepted + 1));
  EXPECT_EQ(town.verified(), "");
}

TEST(Ledger, WritesNothingHalfwayWhenABatchMeetsAFullDisk) {
  SmallTown town("full-batch");
  std::vector<rules::Change> changes;
  for (int i = 0; i < 40; ++i) {
    json big = creating("");
    big["acts"][0]["values"]["remark"] = std::string(15'000, 'x');
    changes.push_back(town.change(big).value());
  }
  const std::string before = whole_text(town);
  store::OpenOptions options;
  options.pages_max = town.number("SELECT page_count FROM pragma_page_count") + 5;
  town.reopen(store::Mode::existing, options);
  const auto answers = town.ledger().commit_batch(changes);
  ASSERT_FALSE(answers);
  EXPECT_EQ(answers.error().kind, ErrorKind::io);
  EXPECT_EQ(whole_text(town), before);
  town.reopen();
  EXPECT_EQ(town.verified(), "");
}

// --- erasing

TEST(Ledger, LeavesNothingOfAnErasedValueInTheFileAndStillVerifies) {
  SmallTown town("erase");
  const std::string name = "赵钱孙李某", phone = "13800138000";
  const Receipt made = town.create("2024-02-01"_date, {{"person", {{"name", name}, {"phone", phone}}}, {"remark", "留在备注里的话"}});
  town.accepted({{"record", made.record.number}, {"acts", {{{"do", "hold"}}}}});
  ASSERT_TRUE(town.ledger().database().checkpoint());
  ASSERT_TRUE(file_holds(town.file(), phone));
  const std::string root = hex(bytes(town.town().frontier.root()));
  ASSERT_TRUE(town.ledger().erase(town.id(), {made.record, {"person"}, "s-clerk", "本人要求", ""}));
  EXPECT_EQ(town.verified(), "");
  // Secure deletion overwrites the pages; the write-ahead log goes with the checkpoint. No VACUUM is needed.
  ASSERT_TRUE(town.ledger().database().checkpoint());
  for (const char* suffix : {"", "-wal"}) {
    EXPECT_FALSE(file_holds(town.file().string() + suffix, phone)) << suffix;
    EXPECT_FALSE(file_holds(town.file().string() + suffix, name)) << suffix;
  }
  EXPECT_TRUE(file_holds(town.file(), "留在备注里的话"));
  // The tree below the erase entry is the one that was stamped.
  const auto rows = town.rows("SELECT header,body,leaf FROM journal ORDER BY n");
  Frontier frontier(Algorithm::sm3);
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) frontier.append(*digest_of_bytes(std::get<store::Blob>(rows[i][2]).bytes));
  EXPECT_EQ(hex(bytes(frontier.root())), root);
  ASSERT_TRUE(town.ledger().rebuild(town.id()));
  EXPECT_EQ(town.verified(), "");
}

TEST(Ledger, KeepsNoDigestByWhichAnErasedValueCouldBeGuessed) {
  SmallTown town("erase-key");
  json change = creating("with-key");
  change["acts"][0]["values"]["person"] = {{"name", "张某"}, {"phone", "13800138000"}};
  const Receipt made = town.accepted(change);
  ASSERT_TRUE(town.ledger().erase(town.id(), {made.record, {"person"}, "s-clerk", "本人要求", ""}));
  // The digest of the request was not salted: who knows the rest could try all phone numbers.
  const rules::Change asked = town.change(change).value();
  EXPECT_EQ(town.number("SELECT COUNT(*) FROM journal WHERE length(request)>0 AND record=?1", {made.record.number}), 0);
  const auto again = town.commit(change);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::conflict);
}

TEST(Ledger, TakesTheEvidenceOfAnErasedValueAway) {
  SmallTown town("erase-figure");
  const Receipt made = town.create("2024-02-01"_date, {{"amount", "500.00"}});
  town.accepted({{"record", made.record.number}, {"acts", {{{"do", "decide"}, {"decider", "s-head"}, {"signed_paper", "签批件"}}}}});
  ASSERT_EQ(town.figure("amounts", 2024), 50'000);
  ASSERT_TRUE(town.ledger().erase(town.id(), {made.record, {"amount"}, "s-clerk", "录入有误", ""}));
  EXPECT_EQ(town.figure("amounts", 2024), 0);
  EXPECT_EQ(town.verified(), "");
}

TEST(Ledger, SaysThatThereIsNothingToErase) {
  SmallTown town("erase-nothing");
  const Receipt made = town.create("2024-02-01"_date);
  EXPECT_EQ(town.ledger().erase(town.id(), {made.record, {"person"}, "s-clerk", "本人要求", ""}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(town.ledger().erase(town.id(), {RecordId{99}, {"person"}, "s-clerk", "本人要求", ""}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(town.ledger().erase(town.id(), {made.record, {"topic"}, "s-clerk", "", ""}).error().kind, ErrorKind::bad_input);
  EXPECT_EQ(town.verified(), "");
}

// --- calendars and rulebooks

TEST(Ledger, RefusesACalendarThatHoldsADayTwice) {
  SmallTown town("day-twice");
  const std::string before = whole_text(town);
  for (const std::string& yaml : {calendar_of(2025, {"2025-01-01", "2025-01-01"}), std::string("2025: {notice: 通知, off: [2025-10-01], work: [2025-10-01]}\n"),
                                  calendar_of(2025, {"2026-01-01"}), std::string("2025: {off: [2025-01-01]}\n"), std::string("2025: [\n"), std::string("")}) {
    const auto adopted = town.ledger().adopt_calendar(town.id(), yaml, "s-clerk", false);
    ASSERT_FALSE(adopted) << yaml;
    EXPECT_EQ(adopted.error().kind, ErrorKind::bad_input) << yaml;
  }
  const auto twice = town.ledger().adopt_calendar(town.id(), calendar_of(2025, {"2025-01-01", "2025-01-01"}), "s-clerk", false);
  EXPECT_NE(twice.error().text.en.find("calendar:1"), std::string::npos) << twice.error().text.en;
  EXPECT_EQ(whole_text(town), before);
}

TEST(Ledger, TakesTheLaterOfTwoCalendarsOfAYear) {
  SmallTown town("two-calendars");
  // More than ten entries between them, so that their numbers do not sort as texts do.
  ASSERT_TRUE(town.ledger().adopt_calendar(town.id(), calendar_of(2025, {"2025-01-01"}), "s-clerk", false));
  for (int i = 0; i < 12; ++i) town.create("2024-02-01"_date);
  ASSERT_TRUE(town.ledger().adopt_calendar(town.id(), calendar_of(2025, {"2025-01-02"}), "s-clerk", false));
  town.reopen();
  EXPECT_FALSE(town.town().calendar.workday("2025-01-02"_date));
  EXPECT_TRUE(town.town().calendar.workday("2025-01-01"_date));
  EXPECT_EQ(town.verified(), "");
}

TEST(Ledger, ReadsTheYearsOfALaterRulebookOverAnEarlierCalendar) {
  SmallTown town("calendar-then-book");
  town.create("2024-02-08"_date);
  ASSERT_TRUE(town.ledger().adopt_calendar(town.id(), calendar_of(2024, {"2024-02-09"}), "s-clerk", false));
  ASSERT_TRUE(town.ledger().adopt_calendar(town.id(), calendar_of(2025, {"2025-01-02"}), "s-clerk", false));
  ASSERT_TRUE(town.ledger().adopt_rulebook(town.id(), small_rulebook("15 workdays"), "s-clerk", false));
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(town.town().calendar.workday("2024-02-09"_date)) << "the rulebook says so, and came later";
    EXPECT_FALSE(town.town().calendar.workday("2025-01-02"_date)) << "the rulebook does not speak of that year";
    EXPECT_EQ(town.verified(), "");
    town.reopen();
  }
}

TEST(Ledger, ProjectsAgainWhatASettingChanges) {
  SmallTown town("setting");
  const Receipt made = town.create("2024-02-01"_date, {{"amount", "500.00"}});
  town.accepted({{"record", made.record.number}, {"acts", {{{"do", "decide"}, {"decider", "s-head"}, {"signed_paper", "签批件"}}}}});
  const auto due = [&] { return Date::from_serial(static_cast<int>(town.number("SELECT due FROM deadline WHERE name='pay'"))).text(); };
  EXPECT_EQ(due(), "2024-03-18");  // fifteen days: the 16th is a Saturday
  town.enter("setting", "pay_within", {{"value", "10 days"}});
  EXPECT_EQ(due(), "2024-03-11");
  EXPECT_EQ(town.verified(), "");
}

TEST(Ledger, RefusesARulebookThatLosesAKey) {
  SmallTown town("lost-key");
  rulebook::Files files = small_rulebook();
  std::string& figures = files["figures.yaml"];
  figures = figures.substr(0, figures.find("annexes:"));
  const std::string before = whole_text(town);
  const auto adopted = town.ledger().adopt_rulebook(town.id(), files, "s-clerk", false);
  ASSERT_FALSE(adopted);
  EXPECT_EQ(adopted.error().kind, ErrorKind::bad_input);
  EXPECT_NE(adopted.error().text.en.find("annexes"), std::string::npos);
  EXPECT_EQ(whole_text(town), before);
}

TEST(Ledger, RefusesARegisterThatThereIsNot) {
  SmallTown town("register");
  const std::string before = whole_text(town);
  const auto entered = town.ledger().enter({town.id(), "vehicle", "x", {}, "s-clerk", {}});
  ASSERT_FALSE(entered);
  EXPECT_EQ(entered.error().kind, ErrorKind::bad_input);
  EXPECT_EQ(whole_text(town), before);
  town.create("2024-02-01"_date);
  EXPECT_EQ(town.verified(), "");
}

}  // namespace
}  // namespace zs::ledger
