// The demo's file taken apart: cases, each with its acts and days. Private to src/demo.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zs::demo {

/// One act of one case, with its day; its JSON is made when its turn comes, since it may name records made before.
struct PlannedAct {
  const rulebook::Node* node = nullptr;
  const rulebook::Node* life = nullptr;
  std::string life_name;
  int index = 0;  ///< of the case, from 0
  int count = 1;  ///< cases of the life
  bool creates = false;
  Date day;
  Date recorded;              ///< the day on which it is entered
  int order = 0;              ///< among the acts of its case
  bool past_by_hand = false;  ///< `late:`: entered days after the act
};

/// All acts of all cases, in the order in which they are entered. Errors: bad_input by file and line.
Result<std::vector<PlannedAct>> plan(const rulebook::Node& root, const rulebook::Calendar& calendar, Date today);

/// Records made so far, and those that their acts opened.
struct Made {
  std::map<std::pair<std::string, int>, Link> cases;
  std::map<std::pair<std::string, int>, std::map<std::string, Link>> opened;
  std::map<std::string, int> counts;
};

/// A JSON of its own type: nlohmann::json converts from everything, so it cannot stand in a Result.
struct Json {
  nlohmann::json value;
};

/// The change of one act as JSON (ledger/change_json).
Result<Json> change_of(const ledger::Town& town, const PlannedAct& act, const Made& made);
/// The record that the act is on: the case's own, or `of: {opened: kind}`.
std::optional<Link> target_of(const PlannedAct& act, const Made& made);

}  // namespace zs::demo
