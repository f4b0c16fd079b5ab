#include "report/wording.h"

#include <fmt/format.h>

#include "base/money.h"

namespace zs::report {
namespace {

constexpr std::int64_t kWan = 10'000;
constexpr std::int64_t kFenOfYuan = 100;

// The value down to its first digit: 236 → 200.
std::int64_t leading(std::int64_t value) {
  std::int64_t power = 1;
  while (value / power >= 10) power *= 10;
  return value / power * power;
}

// Tenths of a percent, rounded half up, but a thousand only when equal.
std::int64_t permille(std::int64_t over, std::int64_t under) {
  const std::int64_t rounded = (over * 2000 + under) / (2 * under);
  return rounded >= 1000 && over != under ? 999 : rounded;
}

std::string percent_text(std::int64_t tenths) {
  return tenths % 10 == 0 ? std::to_string(tenths / 10) : fmt::format("{}.{}", tenths / 10, tenths % 10);
}

}  // namespace

std::string over(std::int64_t value) {
  if (value < 10) return std::to_string(value);
  const std::int64_t head = leading(value);
  return head == value ? std::to_string(value) : fmt::format("{}余", head);
}

std::string over_wan(std::int64_t value) {
  if (value < kWan) return over(value);
  const std::int64_t wan = value / kWan;
  const std::int64_t head = leading(wan);
  if (head * kWan == value) return fmt::format("{}万", head);
  return wan < 10 ? fmt::format("{}万余", head) : fmt::format("{}余万", head);
}

std::string rate(std::int64_t over, std::int64_t under) {
  if (under == 0) return "无（分母为零）";
  return percent_text(permille(over, under)) + "%";
}

std::string display(const ledger::FigureValue& value) {
  using Display = rulebook::Figure::Display;
  if (!value.known) return "未定";
  const std::int64_t whole = value.figure->money ? value.value / kFenOfYuan : value.value;
  switch (value.figure->display) {
    case Display::over: return over(whole);
    case Display::over_wan: return over_wan(whole);
    case Display::whole:
      if (value.under > 0 && value.over == value.under) return "全覆盖";
      return value.under == 0 ? rate(value.over, value.under) : fmt::format("{}/{}", value.over, value.under);
    case Display::rate: return rate(value.over, value.under);
    case Display::exact: break;
  }
  if (value.pair()) return rate(value.over, value.under);
  return value.figure->money ? Fen{value.value}.text() : std::to_string(value.value);
}

std::string plain_value(const ledger::FigureValue& value) {
  if (!value.known) return {};
  if (value.pair()) return value.under == 0 ? std::string() : percent_text(permille(value.over, value.under));
  return value.figure->money ? Fen{value.value}.text() : std::to_string(value.value);
}

}  // namespace zs::report
