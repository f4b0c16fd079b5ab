#include "base/period.h"

#include <fmt/format.h>

#include <array>

namespace zs {
namespace {

struct UnitNames {
  Unit unit;
  std::string_view one, many, brief, chinese;
};
constexpr std::array<UnitNames, 5> kUnits{{{Unit::day, "day", "days", "d", "日"},
                                           {Unit::workday, "workday", "workdays", "wd", "个工作日"},
                                           {Unit::month, "month", "months", "m", "个月"},
                                           {Unit::year, "year", "years", "y", "年"},
                                           {Unit::hour, "hour", "hours", "h", "小时"}}};
constexpr int kPeriodCountMax = 100'000;

const UnitNames& names_of(Unit unit) {
  return kUnits[static_cast<std::size_t>(unit)];
}

}  // namespace

std::string Period::text() const {
  return fmt::format("{} {}", count, count == 1 ? names_of(unit).one : names_of(unit).many);
}

std::string Period::chinese() const {
  return fmt::format("{}{}", count, names_of(unit).chinese);
}

std::optional<Period> parse_period(std::string_view text) {
  int count = 0;
  std::size_t i = 0;
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
    count = count * 10 + (text[i] - '0');
    if (count > kPeriodCountMax) return std::nullopt;
  }
  if (i == 0) return std::nullopt;
  std::string_view rest = text.substr(i);
  const bool spaced = !rest.empty() && rest.front() == ' ';
  if (spaced) rest.remove_prefix(1);
  for (const UnitNames& names : kUnits) {
    if (spaced ? rest == names.one || rest == names.many : rest == names.brief) return Period{count, names.unit};
  }
  return std::nullopt;
}

}  // namespace zs
