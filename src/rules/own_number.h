// A number of the town's own taken apart by its pattern: 信访〔2022〕17号 → 2022, 17.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace zs::rules {

struct OwnNumber {
  int year = 0;
  std::int64_t serial = 0;
};

/// Nothing if the text is not written by the pattern. `town` stands for {town}.
std::optional<OwnNumber> parse_own_number(const std::string& pattern, const std::string& text, const std::string& town);

}  // namespace zs::rules
