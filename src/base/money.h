// Money: whole fen, never floating. Text form: 5000.00; in words of the law: 伍仟元整.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zs {

/// An amount of renminbi in fen; 100 are one yuan.
struct Fen {
  std::int64_t count = 0;
  auto operator<=>(const Fen&) const = default;
  /// 5000.00; a debt as -0.50.
  std::string text() const;
  /// 大写, as it stands on a decision or receipt: 伍仟元整, 壹佰元零伍分. Less than nothing begins with 负.
  std::string capital() const;
};

/// The largest amount either way that is read or written: 999,999,999,999.99 yuan.
inline constexpr Fen kFenMax{99'999'999'999'999};

/// Reads 5000.00, 5000 and 5000.5, with a minus before it if need be; no blanks, no separators, no more than two
/// decimals, nothing beyond kFenMax.
std::optional<Fen> parse_fen(std::string_view text);

/// So many thousandths of an amount that is not negative, rounded down to the fen.
Fen permille_of(Fen amount, int permille);

}  // namespace zs
