// decide: one change against the rules of the day → facts, or all reasons why not. Judges once (design §1.2).
//
// Pure: clock, chance and identities come in as arguments. Safe to call from any thread.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "rules/change.h"

namespace zs::rules {

/// The last serial given in each series of a town: (kind, series, year, org of the series).
using SeriesKey = std::tuple<std::string, std::string, int, std::string>;
using Serials = std::map<SeriesKey, std::int64_t>;

/// What decide may know beside the record.
struct Facts {
  InForce in_force;
  const Record* before = nullptr;  ///< absent: the change creates
  const Neighbours* neighbours = nullptr;
  const std::map<std::string, Person>* staff = nullptr;
  const std::map<std::string, Org>* orgs = nullptr;
  const std::map<std::string, std::string>* homes = nullptr;  ///< kind → home, where the town has set one
  const std::vector<EntryFacts>* history = nullptr;           ///< the record's entries: for edit, correct, undo
  /// Outside numbers already in use: (kind, series, text) → record.
  const std::map<std::tuple<std::string, std::string, std::string>, RecordId>* taken = nullptr;
  Date today;                         ///< civil day of the recording
  std::optional<Date> last_recorded;  ///< civil day on which the last entry of `history` was recorded
  std::string town_character;         ///< {town} in number patterns
};

/// What an accepted change uses up; untouched by a refusal.
struct Supplies {
  Serials serials;
  std::int64_t next_record = 1;
};

/// The home of a kind's cases: "here", or the outside system's name.
std::string home_of(const Facts& facts, const rulebook::Kind& kind);

Decision decide(const Facts& facts, const Change& change, Supplies& supplies);

}  // namespace zs::rules
