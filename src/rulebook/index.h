// Where what has a key stands in its list: found by hash, for rules ask for fields and rules by name thousands of times
// an act.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace zs::rulebook {

struct KeyHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>()(key); }
};

/// Key → place in the list.
using Index = std::unordered_map<std::string, std::size_t, KeyHash, std::equal_to<>>;

}  // namespace zs::rulebook
