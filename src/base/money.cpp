#include "base/money.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/result.h"

namespace zs {
namespace {

constexpr std::string_view kDigits[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
constexpr std::string_view kPlaces[] = {"", "拾", "佰", "仟"};
constexpr std::string_view kGroups[] = {"", "万", "亿"};

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t number_of(std::string_view digits) {
  std::int64_t number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

// A gap of zeros between two written digits is one 零; a gap at the end of a group of four is none if the group was
// written (壹拾万伍仟), since 万 and 亿 then say where we are.
std::string capital_yuan(std::int64_t yuan) {
  const std::string digits = std::to_string(yuan);
  std::string words;
  bool gap = false;
  bool group_written = false;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::size_t place = digits.size() - 1 - i;
    if (digits[i] == '0') {
      gap = true;
    } else {
      if (gap && !words.empty()) words += kDigits[0];
      words.append(kDigits[digits[i] - '0']).append(kPlaces[place % 4]);
      gap = false;
      group_written = true;
    }
    if (place % 4 != 0 || !group_written) continue;
    words += kGroups[place / 4];
    gap = false;
    group_written = false;
  }
  return words;
}

}  // namespace

std::string Fen::text() const {
  const std::int64_t size = std::abs(count);
  return fmt::format("{}{}.{:02}", count < 0 ? "-" : "", size / 100, size % 100);
}

std::string Fen::capital() const {
  ZS_ASSERT(*this <= kFenMax && count >= -kFenMax.count);
  const std::int64_t size = std::abs(count);
  const std::int64_t yuan = size / 100;
  const auto jiao = static_cast<std::size_t>(size / 10 % 10);
  const auto fen = static_cast<std::size_t>(size % 10);
  std::string words = count < 0 ? "负" : "";
  if (yuan > 0 || size == 0) words.append(size == 0 ? kDigits[0] : capital_yuan(yuan)).append("元");
  if (jiao > 0) words.append(kDigits[jiao]).append("角");
  if (jiao == 0 && fen > 0 && yuan > 0) words.append(kDigits[0]);
  return words.append(fen > 0 ? kDigits[fen] : "").append(fen > 0 ? "分" : "整");
}

std::optional<Fen> parse_fen(std::string_view text) {
  constexpr std::size_t kYuanDigitsMax = 12;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view yuan = text.substr(0, point);
  if (!all_digits(yuan) || yuan.size() > kYuanDigitsMax) return std::nullopt;
  std::int64_t count = number_of(yuan) * 100;
  if (point != std::string_view::npos) {
    const std::string_view decimals = text.substr(point + 1);
    if (!all_digits(decimals) || decimals.size() > 2) return std::nullopt;
    count += number_of(decimals) * (decimals.size() == 1 ? 10 : 1);
  }
  return Fen{negative ? -count : count};
}

Fen permille_of(Fen amount, int permille) {
  ZS_ASSERT(amount.count >= 0 && amount <= kFenMax);
  ZS_ASSERT(permille >= 0);
  // In two parts, so that no product leaves 64 bits.
  return {amount.count / 1000 * permille + amount.count % 1000 * permille / 1000};
}

}  // namespace zs
