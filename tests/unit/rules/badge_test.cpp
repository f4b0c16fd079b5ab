#include "rules/badge.h"

#include <gtest/gtest.h>

namespace zs::rules {
namespace {

// 2023: 10-06 is the last day of the long holiday; Saturday 10-07 and Sunday 10-08 are worked.
Calendar october() {
  Calendar calendar;
  rulebook::CalendarYear year;
  year.year = 2023;
  year.notice = "国办发明电〔2022〕16号";
  for (int day = 1; day <= 6; ++day) year.off.push_back(Date(2023, 10, static_cast<unsigned>(day)));
  year.work = {"2023-10-07"_date, "2023-10-08"_date};
  calendar.set(year);
  return calendar;
}

struct Case {
  const char* name;
  BadgeInput input;
  Date today;
  Tone tone;
  const char* text;
};

class BadgeText : public testing::TestWithParam<Case> {};

TEST_P(BadgeText, SaysTheStateThenTheNumberInTheUnitOfTheLaw) {
  const Case& each = GetParam();
  const Badge badge = badge_of(each.input, each.today, october());
  EXPECT_EQ(badge.text.zh, each.text);
  EXPECT_EQ(badge.tone, each.tone);
}

BadgeInput running(Date due, Unit unit) {
  return {OutcomeOf::running, "2023-09-20"_date, due, unit, 0, false};
}

INSTANTIATE_TEST_SUITE_P(
    Deadlines, BadgeText,
    testing::Values(Case{"OverInWorkdays", running("2023-10-07"_date, Unit::workday), "2023-10-09"_date, Tone::over,
                         "超 2 工作日"},
                    Case{"OverInDays", running("2023-10-07"_date, Unit::day), "2023-10-09"_date, Tone::over, "超 2 天"},
                    Case{"Today", running("2023-10-09"_date, Unit::day), "2023-10-09"_date, Tone::now, "今天届满"},
                    Case{"NearWithinThreeWorkdays", running("2023-10-11"_date, Unit::day), "2023-10-09"_date,
                         Tone::near, "剩 2 天"},
                    Case{"HolidaysDoNotMakeItNear", running("2023-10-08"_date, Unit::day), "2023-09-27"_date,
                         Tone::calm, "剩 11 天"},
                    Case{"MonthsReadInDays", running("2023-11-19"_date, Unit::month), "2023-10-09"_date, Tone::calm,
                         "剩 41 天"},
                    Case{"AnEstimateSaysSo",
                         {OutcomeOf::running, "2023-09-20"_date, "2023-11-20"_date, Unit::workday, 0, true},
                         "2023-10-09"_date, Tone::calm, "约剩 30 工作日"},
                    Case{"Paused", {OutcomeOf::paused, {}, {}, Unit::workday, 12, false}, "2023-10-09"_date, Tone::wait,
                         "暂停中 剩 12 工作日"},
                    Case{"Met", {OutcomeOf::met, {}, {}, Unit::day, 0, false}, "2023-10-09"_date, Tone::done, "已按期"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace zs::rules
