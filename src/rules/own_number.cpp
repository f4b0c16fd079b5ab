#include "rules/own_number.h"

namespace zs::rules {

std::optional<OwnNumber> parse_own_number(const std::string& pattern, const std::string& text,
                                          const std::string& town) {
  std::string rest = text;
  OwnNumber found;
  std::size_t at = 0;
  std::size_t p = 0;
  const auto digits = [&](std::int64_t& number) {
    const std::size_t begin = at;
    number = 0;
    while (at < rest.size() && rest[at] >= '0' && rest[at] <= '9' && at - begin < 12)
      number = number * 10 + (rest[at++] - '0');
    return at > begin;
  };
  while (p < pattern.size()) {
    if (pattern.compare(p, 6, "{year}") == 0) {
      std::int64_t year = 0;
      if (!digits(year)) return std::nullopt;
      found.year = static_cast<int>(year);
      p += 6;
    } else if (pattern.compare(p, 8, "{serial}") == 0) {
      if (!digits(found.serial)) return std::nullopt;
      p += 8;
    } else if (pattern.compare(p, 6, "{town}") == 0) {
      if (rest.compare(at, town.size(), town) != 0) return std::nullopt;
      at += town.size();
      p += 6;
    } else {
      if (at >= rest.size() || rest[at] != pattern[p]) return std::nullopt;
      ++at;
      ++p;
    }
  }
  return at == rest.size() ? std::optional(found) : std::nullopt;
}

}  // namespace zs::rules
