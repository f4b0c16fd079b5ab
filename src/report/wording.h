// How a figure reads in a report: exact, 余, 万, a rate, 全覆盖. Integers only.
#pragma once

#include <cstdint>
#include <string>

#include "ledger/figures.h"

namespace zs::report {

/// 236 → 200余; 200 → 200.
std::string over(std::int64_t value);
/// 20730 → 2万余; 1034580 → 100余万; below ten thousand as it is.
std::string over_wan(std::int64_t value);
/// 11 of 11 → 100%; 2 of 64 → 3.1%; never 100% unless equal; of nothing: 无（分母为零）.
std::string rate(std::int64_t over, std::int64_t under);
/// The figure as it reads, without its unit.
std::string display(const ledger::FigureValue& value);
/// The value as it is given to programs: 元 for money (with two decimals), percent for pairs (one decimal); empty where
/// there is none.
std::string plain_value(const ledger::FigureValue& value);

}  // namespace zs::report
