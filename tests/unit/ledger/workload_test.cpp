#include "ledger/workload.h"

#include <gmock/gmock.h>

#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

using testing::ElementsAre;

// Duties beside the small rulebook: each quarter's end by the law, a plan of which only the year is known.
rulebook::Files with_duties() {
  rulebook::Files files = small_rulebook();
  files["law/plans.yaml"] =
      "all: {law: 某某办法, since: 2019-01-01, certainty: memory}\n"
      "by-april: {at_least: 1, every: year, window: [01-01, 04-30], article: 第一条, label: 四月底前}\n"
      "in-the-year: {at_least: 5, every: year, article: 第二条, label: 年内}\n"
      "monthly: {at_least: 1, every: month, article: 第三条, label: 每月}\n";
  files["duties.yaml"] =
      "april: {label: 春季用水, rule: by-april, figure: water, lead: 某办}\n"
      "plan: {label: 年内五件, rule: in-the-year, figure: matters, lead: 宣办}\n"
      "month: {label: 每月走访, rule: monthly, figure: visits, lead: 某办}\n";
  return files;
}

class Workloads : public testing::Test {
 protected:
  Workloads() : town_("workload", with_duties()) {
    for (int i = 0; i < 2; ++i) town_.create("2024-03-01"_date, {{"handler", "s-clerk"}});
    town_.create("2024-03-01"_date, {{"handler", "s-head"}});
    town_.create("2024-01-02"_date, {{"handler", "s-clerk"}});
  }
  Workload load(WorkloadAsk ask = {}, const std::string& reader = "s-clerk") {
    if (ask.from == Date()) ask.from = town_.today();
    auto lease = town_.ledger().database().reader();
    const Town& town = town_.town();
    auto made = workload_of(**lease, town, town.staff.at(reader), ask, town_.today());
    EXPECT_TRUE(made) << (made ? "" : made.error().text.en);
    return made ? *std::move(made) : Workload{};
  }
  std::vector<std::int64_t> away(Date from, Date until, const std::string& person = "s-clerk",
                                 const std::string& reader = "s-clerk") {
    auto lease = town_.ledger().database().reader();
    const Town& town = town_.town();
    std::vector<std::int64_t> records;
    const auto lines = lines_while_away(**lease, town, town.staff.at(reader), person, {from, until}, town_.today());
    EXPECT_TRUE(lines);
    for (const DueLine& line : *lines) records.push_back(line.record.id.number);
    return records;
  }
  static const rules::WorkDay& on(const Workload& load, Date day) {
    for (const rules::WorkDay& each : load.days) {
      if (each.day == day) return each;
    }
    ADD_FAILURE() << "no such day";
    return load.days.front();
  }
  static std::vector<std::string> keys(const std::vector<DutyDue>& duties) {
    std::vector<std::string> found;
    for (const DutyDue& each : duties) found.push_back(each.duty->key + " " + each.window.until.text());
    return found;
  }
  SmallTown town_;
};

TEST_F(Workloads, PutEachDeadlineOnItsDay) {
  const Workload made = load();
  ASSERT_EQ(made.days.size(), 60U);
  EXPECT_EQ(on(made, "2024-03-29"_date).items.size(), 3U);
  EXPECT_EQ(made.overdue, 1) << "what is late already stands apart";
  EXPECT_FALSE(made.cut);
  EXPECT_TRUE(on(made, "2024-03-29"_date).crowded.empty());
}

TEST_F(Workloads, SayWhoHasMoreThanOneCanDo) {
  WorkloadAsk ask;
  ask.most = 1;
  const Workload made = load(ask);
  const auto& crowded = on(made, "2024-03-29"_date).crowded;
  ASSERT_EQ(crowded.size(), 1U);
  EXPECT_EQ(crowded[0].person, "s-clerk");
  EXPECT_EQ(crowded[0].items, 2U);
}

TEST_F(Workloads, AreOfAPersonOrTheTownWithinTheScope) {
  WorkloadAsk ask;
  ask.person = "s-head";
  EXPECT_EQ(load(ask).lines.size(), 1U);
  EXPECT_EQ(load(ask).overdue, 0);
  EXPECT_TRUE(load({}, "s-other").lines.empty()) << "who may read none sees none";
  ask = {};
  ask.unit = "o-1";
  EXPECT_EQ(load(ask).lines.size(), 3U);
  ask.unit = "v-3";
  EXPECT_TRUE(load(ask).lines.empty());
}

TEST_F(Workloads, HoldTheDutiesThatEndInThem) {
  EXPECT_THAT(keys(load().duties), ElementsAre("month 2024-03-31")) << "the sixtieth day is 2024-04-29";
  WorkloadAsk ask;
  ask.days = 61;
  EXPECT_THAT(keys(load(ask).duties), ElementsAre("month 2024-03-31", "april 2024-04-30", "month 2024-04-30"));
  ask.days = 30;
  EXPECT_TRUE(load(ask).duties.empty());
}

TEST_F(Workloads, LeaveOutWhatIsReached) {
  town_.create("2024-03-01"_date, {{"topic", "water"}});
  WorkloadAsk ask;
  ask.days = 61;
  EXPECT_THAT(keys(load(ask).duties), ElementsAre("month 2024-03-31", "month 2024-04-30"));
}

TEST_F(Workloads, NameTheDutiesThatHaveNoDate) {
  const Workload made = load();
  ASSERT_EQ(made.undated.size(), 1U);
  EXPECT_EQ(made.undated[0].duty->key, "plan");
  EXPECT_EQ(made.undated[0].until, "2024-12-31"_date);
  town_.create("2024-03-01"_date);
  EXPECT_TRUE(load().undated.empty()) << "five of five";
}

TEST_F(Workloads, TellWhatFallsToOthersWhileSomebodyIsAway) {
  EXPECT_EQ(away("2024-03-25"_date, "2024-03-29"_date).size(), 2U);
  EXPECT_TRUE(away("2024-03-04"_date, "2024-03-28"_date).empty());
  EXPECT_EQ(away("2024-03-25"_date, "2024-03-29"_date, "s-head").size(), 1U);
  EXPECT_TRUE(away("2024-03-25"_date, "2024-03-29"_date, "s-clerk", "s-other").empty());
}

TEST_F(Workloads, KnowAUnitByItsNameAndByAnAbbreviation) {
  town_.enter("org", "party", {{"name", "党政综合办公室"}, {"type", "unit"}});
  town_.enter("org", "emergency", {{"name", "应急管理办公室"}, {"type", "unit"}});
  EXPECT_EQ(unit_of_lead(town_.town(), "党政办"), "") << "nobody works there";
  town_.enter("staff", "s-p", {{"name", "甲"}, {"posts", "clerk"}, {"unit", "party"}});
  town_.enter("staff", "s-e", {{"name", "乙"}, {"posts", "clerk"}, {"unit", "emergency"}});
  EXPECT_EQ(unit_of_lead(town_.town(), "党政办"), "party");
  EXPECT_EQ(unit_of_lead(town_.town(), "应急管理办公室"), "emergency");
  EXPECT_EQ(unit_of_lead(town_.town(), "party"), "party");
  EXPECT_EQ(unit_of_lead(town_.town(), "办公室"), "") << "both hold it";
  EXPECT_EQ(unit_of_lead(town_.town(), "普法办"), "");
  EXPECT_EQ(unit_of_lead(town_.town(), ""), "");
}

}  // namespace
}  // namespace zs::ledger
