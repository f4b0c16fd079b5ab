// The values of nested objects as they are read, without a tree of the whole: rows of a record are most of what a read
// costs beside the database.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace zs::store {

/// Told what lies `depth` objects deep: {"services":{"1":{"sent_on":…}}} has values at depth 3.
class JsonValues {
 public:
  virtual ~JsonValues() = default;
  /// An object above the values begins; `keys` lead to it. False stops the reading.
  virtual bool enter(const std::vector<std::string>& keys) = 0;
  virtual bool value(const std::vector<std::string>& keys, nlohmann::json&& value) = 0;
};

/// False if the text is no JSON, is not nested so, or the receiver stopped.
bool walk_json(std::string_view text, std::size_t depth, JsonValues& receiver);

}  // namespace zs::store
