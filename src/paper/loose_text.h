// What people type into cells: days, amounts and counts in all their spellings. Total: any text gives a value or says
// what is wrong.
//
// Pure, and safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/date.h"
#include "base/result.h"

namespace zs::paper {

/// What was read, or what is wrong and how it would be right.
template <class T>
using Read = std::variant<T, Text>;

struct LooseMoment {
  Date day;
  std::optional<int> minute;  ///< since midnight
};

/// 2023.3.5, 2023/3/5, 2023年3月5日, 20230305, 23.3.5, 二〇二三年三月五日; 3月5日, 三月五日 and 3.5 in the given year;
/// with or without a time (10:30, 10时30分). A span of days, a month without a day, and a day that does not exist are
/// no day.
Read<LooseMoment> read_day(std::string_view text, std::optional<int> year);

/// 12000, 12,000元, ￥1.2万, 1.2万元, 3亿, 壹万贰仟元整 → fen. `places`: 4 where the header says 万元, for bare
/// numbers.
Read<std::int64_t> read_money(std::string_view text, int places);

/// 3, 3人, 1,200 人次, 1.2万份, 三人, ３. About so many, and parts of one, are no count.
Read<std::int64_t> read_count(std::string_view text, int places);

/// A year that a title or a name speaks of: 2023年度信访台账, 二〇二三年; only if it is one.
std::optional<int> year_in(std::string_view text);

}  // namespace zs::paper
