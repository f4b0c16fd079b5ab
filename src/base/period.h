// Periods of the law: a count and its unit. Text form: "15 days", "7 workdays", "3 months", "2 years", "24 hours".
//
// Periods of different units have no order: one month is neither more nor less than thirty days.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zs {

enum class Unit { day, workday, month, year, hour };

struct Period {
  int count = 0;
  Unit unit = Unit::day;
  bool operator==(const Period&) const = default;
  std::string text() const;
  /// For readers: 15日, 7个工作日, 3个月, 2年, 24小时.
  std::string chinese() const;
};

/// Reads "15 days", "1 workday", and the short forms of the command line: 30d, 20wd, 3m, 2y, 24h.
std::optional<Period> parse_period(std::string_view text);

}  // namespace zs
