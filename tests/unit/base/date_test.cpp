#include "base/date.h"

#include <gtest/gtest.h>

namespace zs {
namespace {

TEST(Date, IsReadFromItsIsoTextOnly) {
  EXPECT_EQ(parse_date("2024-10-08"), "2024-10-08"_date);
  EXPECT_EQ(parse_date("2024-02-29"), "2024-02-29"_date);
  for (const std::string_view text : {"", "2024-10-8", "2024/10/08", "2023-02-29", "2024-13-01", "2024-00-10",
                                      "2024-10-08 ", "20241008", "1899-12-31", "2200-01-01", "２０２４-10-08"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Date, IsWrittenForMachinesAndForReaders) {
  EXPECT_EQ("2024-01-08"_date.text(), "2024-01-08");
  EXPECT_EQ("2024-01-08"_date.chinese(), "2024年1月8日");
}

TEST(Date, CountsDays) {
  EXPECT_EQ("2024-02-28"_date + 2, "2024-03-01"_date);
  EXPECT_EQ("2024-03-01"_date - 1, "2024-02-29"_date);
  EXPECT_EQ("2024-03-01"_date - "2023-03-01"_date, 366);
  EXPECT_EQ(Date::from_serial("1969-12-31"_date.serial()), "1969-12-31"_date);
}

TEST(Date, KnowsItsWeekday) {
  EXPECT_EQ("2024-09-29"_date.iso_weekday(), 7u);
  EXPECT_EQ("2024-09-30"_date.iso_weekday(), 1u);
}

struct MonthsCase {
  Date from;
  int months;
  Date to;
};

TEST(Date, EndsAMonthOnTheSameDayNumberOrItsLastDay) {
  for (const auto& [from, months, to] :
       {MonthsCase{"2024-01-31"_date, 1, "2024-02-29"_date}, MonthsCase{"2023-01-31"_date, 1, "2023-02-28"_date},
        MonthsCase{"2023-03-15"_date, 6, "2023-09-15"_date}, MonthsCase{"2024-02-29"_date, 12, "2025-02-28"_date},
        MonthsCase{"2023-11-30"_date, 3, "2024-02-29"_date}, MonthsCase{"2024-03-31"_date, -1, "2024-02-29"_date}}) {
    EXPECT_EQ(from.plus_months(months), to) << from.text() << " + " << months;
  }
}

TEST(MonthDay, IsReadInItsYear) {
  EXPECT_EQ(parse_month_day("01-31", 2024), "2024-01-31"_date);
  EXPECT_EQ(parse_month_day("02-end", 2024), "2024-02-29"_date);
  EXPECT_EQ(parse_month_day("02-end", 2023), "2023-02-28"_date);
  for (const std::string_view text : {"", "02-30", "13-01", "2-1", "end", "00-end"}) {
    EXPECT_FALSE(parse_month_day(text, 2024)) << text;
  }
}

}  // namespace
}  // namespace zs
