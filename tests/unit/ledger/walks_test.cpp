// Three walks of the domain that pass through the ledger: a correction across years, a case of an old ledger, and the
// adoption of a rulebook and of a calendar. The law is the real rulebook's where the walk names its articles.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ledger/figures.h"
#include "ledger/records.h"
#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

using nlohmann::json;

// A town with the real rulebook: one who records, one who heads the unit, one who leads.
class Walks : public testing::Test {
 protected:
  Walks() : town_("walks", rulebook::read_files(ZS_SOURCE_DIR "/rulebook").value(), "2023-12-01"_date) {
    town_.enter("staff", "s-clerk", {{"name", "信访专干"}, {"posts", "petition-clerk judicial-clerk unit-head"}});
    town_.enter("staff", "s-lead", {{"name", "分管领导"}, {"posts", "deputy"}});
    town_.enter("setting", "home.petition", {{"value", "here"}});
  }

  json petition(const std::string& received_on) {
    return {{"kind", "petition"},
            {"acts",
             {{{"do", "create"},
               {"values",
                {{"received_on", received_on}, {"channel", "letter"}, {"way_in", "direct"}, {"content", "反映村道积水"}, {"domain", "village"}, {"petitioner", {{"name", "张某某"}}}}}}}}};
  }

  RecordView view(RecordId id, Date today) {
    auto lease = town_.ledger().database().reader().value();
    return view_record(*lease, town_.town(), id, today).value();
  }
  DeadlineView deadline(RecordId id, const std::string& key, Date today) {
    for (const DeadlineView& each : view(id, today).deadlines) {
      if (each.key == key) return each;
    }
    ADD_FAILURE() << "no deadline " << key;
    return {};
  }
  Receipt correct(RecordId id, const json& values) {
    return town_.accepted({{"kind", "petition"}, {"record", id.number}, {"asks", "correct"}, {"reason", "收到日录入有误"}, {"signer", "s-lead"}, {"acts", {{{"values", values}}}}});
  }

  SmallTown town_;
};

TEST_F(Walks, ACorrectionMovesACaseIntoTheNextYearAndItsNumberStays) {
  town_.set_day("2024-03-05"_date);
  std::vector<rules::Change> others;
  for (int i = 0; i < 63; ++i) others.push_back(town_.change(petition("2023-05-08")).value());
  ASSERT_TRUE(town_.ledger().commit_batch(others));
  const Receipt made = town_.accepted(petition("2023-12-28"));
  EXPECT_EQ(made.numbers.at("number"), "信访〔2023〕64号");
  EXPECT_EQ(town_.figure("petition_cases", 2023), 64);
  EXPECT_EQ(deadline(made.record, "notify", "2024-03-05"_date).due, "2024-01-12"_date);

  town_.wait_ms(1000);
  correct(made.record, {{"received_on", "2024-01-03"}});
  EXPECT_EQ(town_.figure("petition_cases", 2023), 63);
  EXPECT_EQ(town_.figure("petition_cases", 2024), 1);
  EXPECT_EQ(town_.figure("petition_cases", 2024, "2024-01-02"_date), 0);
  EXPECT_EQ(view(made.record, "2024-03-05"_date).number, "信访〔2023〕64号");
  EXPECT_EQ(deadline(made.record, "notify", "2024-03-05"_date).due, "2024-01-18"_date);
  // The journal keeps what was first written, by whom and why it was changed.
  auto lease = town_.ledger().database().reader().value();
  const auto history = history_of(*lease, town_.town(), made.record).value();
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].facts.type, "act");
  EXPECT_EQ(history[1].facts.type, "correct");
  const auto fact = [&](std::size_t entry, const std::string& path) {
    for (const rules::Fact& each : history[entry].facts.facts) {
      if (each.path == path) return plain_text(each.value);
    }
    return std::string();
  };
  EXPECT_EQ(fact(0, "received_on"), "2023-12-28");
  EXPECT_EQ(fact(1, "received_on"), "2024-01-03");
  EXPECT_EQ(fact(1, "@reason"), "收到日录入有误");
  EXPECT_EQ(fact(1, "@signer"), "s-lead");
  EXPECT_EQ(town_.verified(), "");
  // The next case of that year is the 65th: no number is given again.
  EXPECT_EQ(town_.accepted(petition("2023-12-29")).numbers.at("number"), "信访〔2023〕65号");
}

TEST_F(Walks, ACorrectionIntoTheYearBeforeTurnsANoticeInTimeIntoALateOne) {
  town_.set_day("2024-01-03"_date);
  const Receipt made = town_.accepted(petition("2024-01-03"));
  town_.set_day("2024-01-14"_date);
  const json record = made.record.number;
  town_.accepted({{"kind", "petition"}, {"record", record}, {"acts", {{{"do", "notify"}, {"values", {{"notice_kind", "received"}}}}}}});
  EXPECT_EQ(deadline(made.record, "notify", "2024-01-14"_date).outcome, rules::OutcomeOf::met);
  town_.set_day("2024-03-05"_date);
  correct(made.record, {{"received_on", "2023-12-28"}});
  const DeadlineView notify = deadline(made.record, "notify", "2024-03-05"_date);
  EXPECT_EQ(notify.outcome, rules::OutcomeOf::late);
  EXPECT_EQ(notify.due, "2024-01-12"_date);
  EXPECT_EQ(town_.figure("petition_cases", 2023), 1);
  EXPECT_EQ(town_.figure("petition_notify_due", 2024), 1);
  EXPECT_EQ(town_.figure("petition_notify_met", 2024), 0);
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Walks, ACaseOfAnOldLedgerIsOneEntryAndWhatNobodyKnowsStaysUnknown) {
  town_.set_day("2024-03-05"_date);
  const json row{{"kind", "petition"},
                 {"way", "history"},
                 {"state", "closed"},
                 {"source", "2023年台账.xlsx 第12行"},
                 {"acts",
                  {{{"day", "2023-11-30"},
                    {"numbers", {{"number", "信访〔2023〕12号"}}},
                    {"values",
                     {{"received_on", "2023-05-08"}, {"channel", "letter"}, {"way_in", "direct"}, {"content", "反映村道积水"}, {"domain", "village"}, {"petitioner", {{"name", "张某某"}}},
                      {"category", "appeal"}, {"branch", "b6"}, {"accepted_on", {{"unknown", true}}}, {"opinion_sent_on", "2023-07-01"}, {"notified_on", "2023-05-10"}, {"closed_on", "2023-11-30"}}}}}}};
  const Receipt made = town_.accepted(row);
  EXPECT_EQ(made.first, made.last);
  EXPECT_EQ(made.state, "closed");
  EXPECT_EQ(made.numbers.at("number"), "信访〔2023〕12号");
  EXPECT_EQ(deadline(made.record, "decide", "2024-03-05"_date).outcome, rules::OutcomeOf::unknown);
  EXPECT_EQ(deadline(made.record, "notify", "2024-03-05"_date).outcome, rules::OutcomeOf::met);
  // It counts as a case, and stands in neither part of the rate whose day nobody knows.
  EXPECT_EQ(town_.figure("petition_cases", 2023), 1);
  EXPECT_EQ(town_.figure("petition_decide_due", 2023), 0);
  EXPECT_EQ(town_.figure("petition_decide_met", 2023), 0);
  EXPECT_EQ(town_.figure("petition_notify_met", 2023), 1);
  auto lease = town_.ledger().database().reader().value();
  const auto listed = uncounted(*lease, town_.town()).value();
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed.front().record, made.record);
  EXPECT_NE(listed.front().figures.find("petition_decide_due"), std::string::npos) << listed.front().figures;

  // The same file again: the number is found, and nothing is written.
  const std::string before = town_.projections();
  const std::int64_t entries = town_.number("SELECT COUNT(*) FROM journal");
  EXPECT_EQ(town_.refused(row), (std::vector<std::string>{"shape:number"}));
  EXPECT_EQ(town_.projections(), before);
  EXPECT_EQ(town_.number("SELECT COUNT(*) FROM journal"), entries);
  // The day is found out: a correction, and the deadline is measured.
  correct(made.record, {{"accepted_on", "2023-05-12"}});
  EXPECT_EQ(deadline(made.record, "decide", "2024-03-05"_date).outcome, rules::OutcomeOf::met);
  EXPECT_EQ(town_.figure("petition_decide_met", 2023), 1);
  // The series goes on behind the highest number of the old ledger.
  EXPECT_EQ(town_.accepted(petition("2023-12-29")).numbers.at("number"), "信访〔2023〕13号");
  EXPECT_EQ(town_.verified(), "");
}

// --- walk 6, on the small rulebook

std::vector<std::string> lines_of(const std::vector<Moved>& moved) {
  std::vector<std::string> lines;
  for (const Moved& each : moved) lines.push_back(fmt::format("{} {}: {} → {}", each.number, each.what, each.before, each.after));
  return lines;
}

TEST(Adoption, OfAChangedLabelMovesNothing) {
  SmallTown town("label");
  town.create("2024-02-01"_date);
  rulebook::Files files = small_rulebook();
  std::string& matter = files["kinds/matter.yaml"];
  matter.replace(matter.find("已决定"), std::string_view("已决定").size(), "已作决定");
  EXPECT_EQ(lines_of(town.ledger().adopt_rulebook(town.id(), files, "s-clerk", true).value()), std::vector<std::string>{});
  EXPECT_EQ(lines_of(town.ledger().adopt_rulebook(town.id(), files, "s-clerk", false).value()), std::vector<std::string>{});
  EXPECT_EQ(town.verified(), "");
}

TEST(Adoption, OfASplitStateListsTheOpenCasesAndKeepsTheirHistory) {
  SmallTown town("split");
  const Receipt open = town.create("2024-02-01"_date);
  const Receipt held = town.create("2024-02-02"_date);
  town.accepted({{"record", held.record.number}, {"acts", {{{"do", "hold"}}}}});
  const rulebook::Files files = small_rulebook("20 workdays", true);

  const std::string before = town.projections();
  const std::int64_t entries = town.number("SELECT COUNT(*) FROM journal");
  const auto shown = town.ledger().adopt_rulebook(town.id(), files, "s-clerk", true).value();
  const std::vector<std::string> expected{"事〔2024〕1号 指标 roads/0: — → 2024-02-01 1", "事〔2024〕2号 状态: held → on_hold", "事〔2024〕2号 指标 roads/0: — → 2024-02-02 1"};
  EXPECT_EQ(lines_of(shown), expected);
  EXPECT_EQ(town.projections(), before) << "a preview writes nothing";
  EXPECT_EQ(town.number("SELECT COUNT(*) FROM journal"), entries);
  EXPECT_EQ(town.verified(), "");

  town.wait_ms(1000);
  EXPECT_EQ(lines_of(town.ledger().adopt_rulebook(town.id(), files, "s-clerk", false).value()), expected);
  EXPECT_EQ(town.number("SELECT COUNT(*) FROM journal"), entries + 1);
  EXPECT_EQ(town.number("SELECT COUNT(*) FROM record WHERE state='on_hold'"), 1);
  EXPECT_EQ(town.verified(), "");
  // The journal before the adoption reads as it was written; the case goes on from its new state.
  auto lease = town.ledger().database().reader().value();
  EXPECT_EQ(history_of(*lease, town.town(), held.record).value().back().facts.state, "held");
  town.accepted({{"record", held.record.number}, {"acts", {{{"do", "decide"}, {"decider", "s-head"}, {"signed_paper", "签批件"}}}}});
  town.accepted({{"record", open.record.number}, {"acts", {{{"do", "hold"}, {"values", {{"channel", "letter"}}}}}}});
  EXPECT_EQ(town.number("SELECT COUNT(*) FROM k_matter WHERE f_channel='letter'"), 1);
  EXPECT_EQ(town.verified(), "");
}

TEST(Adoption, OfAShorterPeriodListsTheDeadlinesThatMove) {
  SmallTown town("shorter");
  const Receipt running = town.create("2024-02-20"_date);
  const Receipt met = town.create("2024-02-06"_date);
  town.accepted({{"record", met.record.number}, {"acts", {{{"do", "decide"}, {"decider", "s-head"}, {"signed_paper", "签批件"}}}}});
  const auto moved = town.ledger().adopt_rulebook(town.id(), small_rulebook("10 workdays"), "s-clerk", false).value();
  // 2024-02-20 and ten workdays: 03-05; what was met on 03-01 (twenty workdays) is late by ten: 02-25 was no workday.
  EXPECT_EQ(lines_of(moved), (std::vector<std::string>{"事〔2024〕1号 期限 answer: 2024-03-19 running → 2024-03-05 running", "事〔2024〕1号 指标 answer_due/0: 2024-03-19 1 → 2024-03-05 1",
                                                       "事〔2024〕2号 期限 answer: 2024-03-11 met → 2024-02-26 late", "事〔2024〕2号 指标 answer_due/0: 2024-03-11 1 → 2024-02-26 1",
                                                       "事〔2024〕2号 指标 answer_met/0: 2024-03-11 1 → —"}));
  EXPECT_EQ(running.numbers.at("number"), "事〔2024〕1号");
  EXPECT_EQ(town.verified(), "");
}

TEST(Adoption, OfNextYearsHolidaysEndsTheEstimateAndListsWhatMoves) {
  SmallTown town("holidays");
  town.set_day("2024-12-20"_date);
  town.create("2024-12-19"_date);
  town.create("2024-03-01"_date);
  const auto estimated = [&] { return town.number("SELECT COUNT(*) FROM deadline WHERE name='answer' AND estimated=1"); };
  const auto due = [&] { return Date::from_serial(static_cast<int>(town.number("SELECT due FROM deadline WHERE name='answer' AND record=1"))).text(); };
  EXPECT_EQ(estimated(), 1);
  EXPECT_EQ(due(), "2025-01-16");
  const std::string calendar = calendar_of(2025, {"2025-01-01"});
  const std::string before = town.projections();
  const std::vector<std::string> expected{"事〔2024〕1号 期限 answer: 2025-01-16 running → 2025-01-17 running", "事〔2024〕1号 指标 answer_due/0: 2025-01-16 1 → 2025-01-17 1"};
  EXPECT_EQ(lines_of(town.ledger().adopt_calendar(town.id(), calendar, "s-clerk", true).value()), expected);
  EXPECT_EQ(town.projections(), before) << "a preview writes nothing";
  const std::int64_t entries = town.number("SELECT COUNT(*) FROM journal");
  EXPECT_EQ(lines_of(town.ledger().adopt_calendar(town.id(), calendar, "s-clerk", false).value()), expected);
  EXPECT_EQ(town.number("SELECT COUNT(*) FROM journal"), entries + 1);
  EXPECT_EQ(estimated(), 0);
  EXPECT_EQ(due(), "2025-01-17");
  EXPECT_EQ(town.verified(), "");
}

}  // namespace
}  // namespace zs::ledger
