#include "rules/workload.h"

#include <gtest/gtest.h>

namespace zs::rules {
namespace {

// The week of 2024-02-05: the Sunday before is worked, the 10th to 17th are off, the 18th (Sunday) is worked.
rulebook::Calendar spring() {
  rulebook::Calendar calendar;
  calendar.set({2024,
                "放假通知",
                {"2024-02-12"_date, "2024-02-13"_date, "2024-02-14"_date, "2024-02-15"_date, "2024-02-16"_date},
                {"2024-02-04"_date, "2024-02-18"_date}});
  return calendar;
}

TEST(ToBeDoneBy, IsTheLastWorkdayBeforeARest) {
  const auto calendar = spring();
  EXPECT_EQ(to_be_done_by("2024-02-08"_date, "2024-02-01"_date, calendar), "2024-02-08"_date);
  EXPECT_EQ(to_be_done_by("2024-02-17"_date, "2024-02-01"_date, calendar), "2024-02-09"_date);
  EXPECT_EQ(to_be_done_by("2024-02-18"_date, "2024-02-01"_date, calendar), "2024-02-18"_date)
      << "a Sunday that is worked";
  EXPECT_EQ(to_be_done_by("2024-02-17"_date, "2024-02-12"_date, calendar), "2024-02-17"_date) << "no workday is left";
}

TEST(DaysAhead, HoldEachItemOnItsDayAndCountCollisionsWhereTheWorkIs) {
  const std::vector<WorkItem> items{{"2024-02-09"_date, "a"}, {"2024-02-10"_date, "a"}, {"2024-02-17"_date, "a"},
                                    {"2024-02-09"_date, "b"}, {"2024-02-09"_date, ""},  {"2024-03-30"_date, "a"}};
  const auto days = days_ahead("2024-02-07"_date, 12, items, 2, spring());
  ASSERT_EQ(days.size(), 12U);
  EXPECT_EQ(days[0].day, "2024-02-07"_date);
  EXPECT_EQ(days[11].day, "2024-02-18"_date);
  EXPECT_TRUE(days[11].workday);
  EXPECT_FALSE(days[5].workday);
  EXPECT_EQ(days[5].reason, "放假通知");
  EXPECT_EQ(days[2].items, (std::vector<std::size_t>{0, 3, 4}));
  EXPECT_EQ(days[10].items, (std::vector<std::size_t>{2}));
  // Three of a's are to be finished on the 9th, one of b's; what is nobody's crowds nobody.
  ASSERT_EQ(days[2].crowded.size(), 1U);
  EXPECT_EQ(days[2].crowded[0].person, "a");
  EXPECT_EQ(days[2].crowded[0].items, 3U);
  EXPECT_TRUE(days[3].crowded.empty());
  EXPECT_TRUE(days_ahead("2024-02-07"_date, 12, items, 3, spring())[2].crowded.empty())
      << "three are not more than three";
}

TEST(DaysAhead, SayWhichYearsAreEstimated) {
  const auto days = days_ahead("2024-12-31"_date, 2, {}, 1, spring());
  EXPECT_FALSE(days[0].estimated);
  EXPECT_TRUE(days[1].estimated);
}

TEST(FallsIn, TakesWhatIsDueInTheLeaveAndOnTheRestDaysAfterIt) {
  const auto calendar = spring();
  const Absence away{"2024-02-06"_date, "2024-02-09"_date};
  const auto falls = [&](Date due) { return falls_in({due, "a"}, away, calendar); };
  EXPECT_FALSE(falls("2024-02-05"_date));
  EXPECT_TRUE(falls("2024-02-06"_date));
  EXPECT_TRUE(falls("2024-02-09"_date));
  EXPECT_TRUE(falls("2024-02-17"_date)) << "rest days until then: nobody is back to do it";
  EXPECT_FALSE(falls("2024-02-18"_date));
  EXPECT_EQ(workdays_away(away, calendar), 4);
  EXPECT_TRUE(falls_in({"2024-02-11"_date, "a"}, {"2024-02-10"_date, "2024-02-20"_date}, calendar))
      << "due on a rest day within the leave: done before it, or by somebody else";
  EXPECT_EQ(workdays_away({"2024-02-10"_date, "2024-02-17"_date}, calendar), 0);
}

}  // namespace
}  // namespace zs::rules
