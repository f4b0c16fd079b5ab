// All that decide may know: the record, its rows, linked records, the actor, the day, and the rules in force.
//
// Plain data, made by the ledger before anything is judged. No clock, file or database behind it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/fields.h"
#include "rulebook/rulebook.h"

namespace zs::rules {

using zs::Fields;
/// Rows of one field, by their number for life.
using Rows = std::map<RowNumber, Fields>;

/// One record as its entries have made it. What the town's whole life of a case is, before anything is derived.
struct Record {
  TownId town;
  RecordId id;
  std::string kind;
  std::int64_t version = 0;  ///< entries folded so far
  std::string state;
  Date state_since;  ///< day of the act that led to the state
  bool voided = false;
  Fields fields;  ///< given values; computed ones are never here
  std::map<std::string, Rows, std::less<>> rows;
  std::map<std::string, std::string, std::less<>> numbers;
};

/// A person who acts for the town, on a day.
struct Person {
  std::string key, name, unit, village;
  std::vector<std::string> posts;  ///< posts and roles: one namespace (roles.yaml)
};

/// An organisation of the town: a unit or a village, with its time of being.
struct Org {
  std::string key, name, type;
  std::optional<Date> since, until;
};

/// Settings as the town has set them, over those of the rulebook.
using Settings = std::map<std::string, std::string, std::less<>>;

/// The rules in force: adopted rulebook, calendar and settings.
struct InForce {
  const rulebook::Rulebook* book = nullptr;
  const rulebook::Calendar* calendar = nullptr;
  const Settings* settings = nullptr;
  /// A setting's text: the town's own, or the rulebook's; empty if neither knows.
  std::string setting(std::string_view key) const;
};

/// Records near the one judged: those it links to, those that link to it, two steps at most.
struct Neighbours {
  std::map<Link, const Record*> records;
  /// (kind, link field, target) → the records of that kind whose field names the target.
  std::map<std::tuple<std::string, std::string, Link>, std::vector<const Record*>> back;

  const Record* find(const Link& link) const;
  const std::vector<const Record*>& pointing(const std::string& kind, const std::string& field, const Link& to) const;
};

/// The act on hand, as conditions see it.
struct ActContext {
  Date day;
  std::string actor;                                         ///< staff key
  std::set<std::pair<std::string, RowNumber>> touched_rows;  ///< rows that this act adds or edits
  bool outside = false;                                      ///< the case lives in an outside system: its papers too
};

}  // namespace zs::rules
