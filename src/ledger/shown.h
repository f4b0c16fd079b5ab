// Values as a reader sees them, with the names that the town's registers have.
#pragma once

#include <string>

#include "ledger/town.h"

namespace zs::ledger {

/// The name on the register; the key itself, if it is not there.
std::string org_name(const Town& town, const std::string& key);
std::string staff_name(const Town& town, const std::string& key);
/// Options by their labels, people and orgs by their names, money in yuan, 不详 for what nobody knows.
std::string shown(const Town& town, const rulebook::Field& field, const Value& value);

}  // namespace zs::ledger
