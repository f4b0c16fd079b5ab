#include "ledger/by_rule.h"

#include <gtest/gtest.h>

#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

class UnderRules : public testing::Test {
 protected:
  UnderRules() : town_("by-rule") {
    for (int i = 0; i < 3; ++i) town_.create("2024-03-01"_date);
  }
  RuleLines under(const std::vector<std::string>& rules, const std::string& who = "s-clerk", std::size_t limit = 10) {
    auto lease = town_.ledger().database().reader();
    const Town& town = town_.town();
    auto found = lines_under(**lease, town, town.staff.at(who), town_.today(), rules, limit);
    EXPECT_TRUE(found) << (found ? "" : found.error().text.en);
    return found ? *std::move(found) : RuleLines{};
  }
  SmallTown town_;
};

TEST_F(UnderRules, AreTheOpenRecordsWhoseDeadlineRuns) {
  const RuleLines found = under({"answer-wd"});
  EXPECT_EQ(found.records, 3);
  EXPECT_EQ(found.deadlines, 3);
  ASSERT_EQ(found.lines.size(), 3U);
  EXPECT_EQ(found.lines[0].deadline, "answer");
  EXPECT_EQ(found.lines[0].due, "2024-03-29"_date);
  EXPECT_EQ(under({"answer-wd"}, "s-clerk", 1).lines.size(), 1U);
  EXPECT_EQ(under({"answer-wd"}, "s-clerk", 1).records, 3) << "the count is of all";
}

TEST_F(UnderRules, StandOnTheRulesThatAreAskedAbout) {
  EXPECT_EQ(under({"visit-month"}).records, 0);
  EXPECT_EQ(under({"visit-month", "answer-wd"}).records, 3);
  EXPECT_EQ(under({}).records, 0);
  EXPECT_EQ(under({"no-such-rule"}).records, 0);
}

TEST_F(UnderRules, AreShownWithinTheScope) {
  EXPECT_EQ(under({"answer-wd"}, "s-head").records, 3);
  EXPECT_EQ(under({"answer-wd"}, "s-other").records, 0);
}

TEST_F(UnderRules, LeaveOncePassedOnlyIfTheOfficeDoesNotOwe) {
  town_.set_day("2024-06-03"_date);
  EXPECT_EQ(under({"answer-wd"}).records, 3) << "what the office owes goes on as overdue";
  EXPECT_EQ(under({"answer-wd"}).lines[0].badge.tone, rules::Tone::over);
}

}  // namespace
}  // namespace zs::ledger
