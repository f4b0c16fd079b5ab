// Roles, posts and their scope; local settings (design §4.9).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rulebook/law.h"

namespace zs::rulebook {

enum class Scope { none, own_village, own_unit, town };

struct Role {
  std::string key;
  std::string label;
  Place place;
  std::map<std::string, Scope, std::less<>> reads;
  std::vector<std::string> reveals, corrects, voids, records_history, never_with;
  Scope heads = Scope::none;  ///< answers for the work of: own_unit, or town where a unit has no head of its own
  bool audits = false;        ///< reads the audit log
  bool publishes = false;     ///< publishes the yearly report
  bool manages = false;       ///< keeps people, units, settings, accounts
  bool grants = false;        ///< gives posts, opens locked accounts
  bool erases = false;        ///< erases personal values of the records that it reads
  /// One of the three administrators, of whom nobody is two.
  bool administers() const { return manages || grants || audits; }
};

/// A number or choice of the place itself, each with its source.
struct LocalSetting {
  std::string key;
  std::string label;
  Place place;
  std::string value;                         ///< as written: "60 days", "4", "no"; empty: not known yet
  std::map<std::string, std::string> table;  ///< a value by option
  bool is_table = false;
  std::string unit;
  std::string source;
  Certainty certainty = Certainty::memory;
};

}  // namespace zs::rulebook
