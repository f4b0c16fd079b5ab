#include "base/moment.h"

#include <gtest/gtest.h>

namespace zs {
namespace {

TEST(Moment, IsReadAndWrittenToTheMinute) {
  for (const std::string_view text : {"2023-09-29T15:30", "1970-01-01T00:00", "1969-12-31T23:59", "2024-02-29T00:01"}) {
    const auto moment = parse_moment(text);
    ASSERT_TRUE(moment) << text;
    EXPECT_EQ(moment->text(), text);
  }
  for (const std::string_view text : {"", "2023-09-29", "2023-09-29 15:30", "2023-09-29T24:00", "2023-09-29T15:60",
                                      "2023-02-29T10:00", "2023-09-29T15:30:00"}) {
    EXPECT_FALSE(parse_moment(text)) << text;
  }
}

TEST(Moment, BelongsToItsCivilDay) {
  EXPECT_EQ(parse_moment("2023-09-29T23:59")->day(), "2023-09-29"_date);
  EXPECT_EQ(parse_moment("1969-12-31T23:59")->day(), "1969-12-31"_date);
  EXPECT_EQ(start_of("2023-09-29"_date).text(), "2023-09-29T00:00");
}

TEST(UtcOffset, IsReadWithItsSign) {
  EXPECT_EQ(parse_offset("+08:00")->minutes, 480);
  EXPECT_EQ(parse_offset("-03:30")->minutes, -210);
  for (const std::string_view text : {"", "08:00", "+8:00", "+08:60", "+0800", "Z"})
    EXPECT_FALSE(parse_offset(text)) << text;
}

TEST(Instant, IsTheCivilMinuteOfTheJurisdiction) {
  const UtcOffset china{480};
  EXPECT_EQ(civil(Instant{0}, china).text(), "1970-01-01T08:00");
  EXPECT_EQ(civil(Instant{-1}, UtcOffset{}).text(), "1969-12-31T23:59");
  const Moment evening = *parse_moment("2023-09-29T23:30");
  EXPECT_EQ(civil(instant_of(evening, china), china), evening);
  EXPECT_EQ(civil(Instant{instant_of(evening, china).utc_ms + 59'999}, china), evening) << "seconds are not kept";
}

}  // namespace
}  // namespace zs
