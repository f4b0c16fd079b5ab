// Marks kept with a record, figures that count them, and self-checks read from the records.
#include "ledger/checks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/figures.h"
#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

using nlohmann::json;

constexpr const char* kFigures =
    R"(untold: {label: 没有告知, counts: matter, dated: received_on, where: {breached: [told_first]}, unit: 件, definition: 没有告知而决定的, proof: told}
untold_unproven: {label: 没有证明, counts: matter, dated: received_on, where: {unproven: {check: told}}, unit: 件, definition: 没有核过的}
both: {label: 合计, total: [untold, untold_unproven], unit: 件, definition: 两项之和}
)";
constexpr const char* kChecks =
    R"(told:
  label: 告知核查
  definition: 逐件核对
  rule: told-first
  columns:
    who: {label: 申请人}
    amount: {label: 金额, total: yes}
    people: {label: 走访人次}
    rest: {label: 差, total: yes}
    stands: {label: 答复}
    gate: {label: 告知}
    by: {label: 决定人}
  groups: stands
  lines:
    - of: matter
      dated: received_on
      cells: {who: person.name, amount: amount, people: {sum: visits.people}, rest: {minus: [amount, amount]}, stands: {outcome: answer}, gate: {gates: [told_first], of: [decide]}, by: {decided: decide}}
      differs: [{says: 走访多了, people: {at_least: 5}}, {says: 有备注, record.remark: present}]
visits:
  label: 走访表
  definition: 逐次
  rule: visitors-3
  columns: {who: {label: 走访人}, people: {label: 人数, total: yes}, topic: {label: 类别}}
  groups: who
  lines:
    - of: matter.visits
      dated: held_on
      cells: {who: who, people: people, topic: record.topic}
)";

rulebook::Files files_with_checks() {
  rulebook::Files files = small_rulebook();
  files["figures.yaml"] += kFigures;
  files["checks.yaml"] = kChecks;
  return files;
}

class Checks : public testing::Test {
 protected:
  Checks() : town_("checks", files_with_checks()) {}

  json decide(RecordId record, const char* way = "registered") {
    return {{"record", record.number},
            {"way", way},
            {"source", "案卷"},
            {"acts", {{{"do", "decide"}, {"decider", "s-head"}, {"signed_paper", "批"}}}}};
  }
  RecordId untold() { return town_.create("2024-03-01"_date, {{"told", false}}).record; }
  RecordId of_old_ledger(const char* state) {
    return town_
        .accepted({{"asks", "history"},
                   {"way", "history"},
                   {"state", state},
                   {"source", "旧台账.xlsx 第3行"},
                   {"acts", {{{"values", {{"received_on", "2024-02-01"}, {"topic", "road"}, {"told", true}}}}}}})
        .record;
  }
  CheckSheet sheet(const char* key = "told", const rules::Person* reader = nullptr) {
    auto lease = town_.ledger().database().reader().value();
    return run_check(*lease, town_.town(), key, 2024, town_.today(), reader).value();
  }
  const CheckedLine& line(const CheckSheet& sheet, RecordId record) {
    for (const CheckedLine& each : sheet.lines) {
      if (each.record == record) return each;
    }
    ADD_FAILURE() << "no line of " << record.number;
    return sheet.lines.front();
  }
  SmallTown town_;
};

TEST_F(Checks, ABreachOfAGateIsCountedAndSurvivesARebuild) {
  town_.accepted(decide(untold()));
  town_.accepted(decide(town_.create("2024-03-01"_date).record, "done"));
  EXPECT_EQ(town_.figure("untold", 2024), 1);
  EXPECT_EQ(town_.verified(), "");
  const std::string before = town_.projections();
  ASSERT_TRUE(town_.ledger().rebuild(town_.id()));
  EXPECT_EQ(town_.projections(), before);
  EXPECT_EQ(town_.figure("untold", 2024), 1);
}

TEST_F(Checks, AnUndoneActTakesItsBreachWithIt) {
  const RecordId record = untold();
  town_.accepted(decide(record));
  ASSERT_EQ(town_.figure("untold", 2024), 1);
  town_.accepted({{"record", record.number}, {"asks", "undo"}});
  EXPECT_EQ(town_.figure("untold", 2024), 0);
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Checks, ACaseOfAnOldLedgerIsUnprovenAndNotFine) {
  const RecordId record = of_old_ledger("closed");
  EXPECT_EQ(town_.figure("untold", 2024), 0);
  EXPECT_EQ(town_.figure("untold_unproven", 2024), 1);
  EXPECT_EQ(town_.number("SELECT COUNT(*) FROM record WHERE id=?1 AND uncounted LIKE '%untold%'", {record.number}), 1);
  const CheckSheet made = sheet();
  EXPECT_EQ(line(made, record).line.verdict, rules::Verdict::unproven);
  EXPECT_EQ(made.totals.unproven, 1);
}

TEST_F(Checks, ACaseOfAnOldLedgerIsHeldToWhatLeadsToItsState) {
  const RecordId record = of_old_ledger("decided");
  EXPECT_EQ(town_.figure("untold_unproven", 2024), 0);
  EXPECT_EQ(line(sheet(), record).line.verdict, rules::Verdict::fits);
}

TEST_F(Checks, ATotalAddsItsPartsAndOpensToAllOfThem) {
  town_.accepted(decide(untold()));
  auto lease = town_.ledger().database().reader().value();
  const auto values = figures_of_year(*lease, town_.town(), 2024).value();
  const auto both =
      std::find_if(values.begin(), values.end(), [](const auto& each) { return each.figure->key == "both"; });
  ASSERT_NE(both, values.end());
  EXPECT_EQ(both->value, 1);
  const auto lines = evidence_of_year(*lease, town_.town(), "both", 2024).value();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines.front().part, "untold");
}

TEST_F(Checks, SaysOfEachActWhatItWasHeldToAndByWhom) {
  const RecordId broken = untold(), kept = town_.create("2024-03-01"_date).record, waits = untold();
  town_.accepted(decide(broken));
  town_.accepted(decide(kept, "done"));
  const CheckSheet made = sheet();
  const auto gate = [&](RecordId record) -> const rules::CheckValue& { return line(made, record).line.cells[5]; };
  EXPECT_EQ(plain_text(gate(broken).value), "breached");
  ASSERT_EQ(gate(broken).seen.size(), 1U);
  EXPECT_EQ(gate(broken).seen.front().gate, "told_first");
  EXPECT_EQ(line(made, broken).line.why, std::vector<std::string>{"决定：没有告知"});
  EXPECT_EQ(plain_text(gate(kept).value), "passed");
  EXPECT_EQ(gate(kept).seen.front().gates, 1);
  EXPECT_EQ(plain_text(gate(waits).value), "none");
  EXPECT_EQ(line(made, kept).texts[6], "负责人");
  EXPECT_EQ(made.totals.differs, 1);
  EXPECT_EQ(made.lines.size(), 3U);
}

TEST_F(Checks, AnActUnderARulebookWithoutTheGateProvesNothing) {
  rulebook::Files before = small_rulebook();
  std::string& matter = before.at("kinds/matter.yaml");
  const std::string asked = "requires: [told_first]\n    issues";
  matter.replace(matter.find(asked), asked.size(), "issues");
  SmallTown town("checks-before", before);
  const RecordId record = town.create("2024-03-01"_date).record;
  town.accepted(
      {{"record", record.number}, {"acts", {{{"do", "decide"}, {"decider", "s-head"}, {"signed_paper", "批"}}}}});
  ASSERT_TRUE(town.ledger().adopt_rulebook(town.id(), files_with_checks(), "s-clerk", false));
  auto lease = town.ledger().database().reader().value();
  const CheckSheet made = run_check(*lease, town.town(), "told", 2024, town.today()).value();
  ASSERT_EQ(made.lines.size(), 1U);
  EXPECT_EQ(made.lines.front().line.verdict, rules::Verdict::unproven);
}

TEST_F(Checks, SumsEachGroupAndLeavesOtherYearsOut) {
  const RecordId first = town_.create("2024-03-01"_date, {{"amount", 300}}).record;
  town_.create("2023-12-29"_date, {{"amount", 900}});
  town_.accepted({{"record", first.number},
                  {"acts",
                   {{{"do", "visit"},
                     {"rows",
                      {{"visits",
                        {{{"held_on", "2024-03-01"}, {"people", 2}, {"who", "s-clerk"}},
                         {{"held_on", "2024-03-01"}, {"people", 3}, {"who", "s-head"}},
                         {{"held_on", "2024-03-01"}, {"people", 1}, {"who", "s-clerk"}}}}}}}}}});
  const CheckSheet made = sheet();
  ASSERT_EQ(made.lines.size(), 1U);
  EXPECT_EQ(made.totals.sums.at("amount"), 300);
  EXPECT_EQ(made.totals.sums.at("rest"), 0);
  EXPECT_EQ(made.lines.front().line.why, std::vector<std::string>{"走访多了"});
  const CheckSheet visits = sheet("visits");
  ASSERT_EQ(visits.lines.size(), 3U);
  EXPECT_EQ(visits.totals.sums.at("people"), 6);
  ASSERT_EQ(visits.groups.size(), 2U);
  EXPECT_EQ(visits.groups[0].second.sums.at("people") + visits.groups[1].second.sums.at("people"), 6);
  EXPECT_EQ(visits.lines.front().texts[2], "道路");
}

TEST_F(Checks, HidesLinesBeyondTheScopeAndStillCountsThem) {
  town_.create("2024-03-01"_date, {{"amount", 300}});
  const rules::Person stranger = town_.town().staff.at("s-other");
  const CheckSheet made = sheet("told", &stranger);
  EXPECT_TRUE(made.lines.empty());
  EXPECT_EQ(made.hidden, 1);
  EXPECT_EQ(made.totals.lines, 1);
}

TEST_F(Checks, AnUnknownNameIsToldWithTheNearest) {
  auto lease = town_.ledger().database().reader().value();
  const auto made = run_check(*lease, town_.town(), "tolt", 2024, town_.today());
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().text.zh.find("是不是“told”？"), std::string::npos) << made.error().text.zh;
}

}  // namespace
}  // namespace zs::ledger
