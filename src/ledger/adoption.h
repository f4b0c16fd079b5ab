// What the journal says when a rulebook is taken into force: the first entry of a town, and each that follows.
#pragma once

#include <string>

#include "rulebook/rulebook.h"
#include "rules/change.h"

namespace zs::ledger {

rules::EntryFacts adoption_entry(const rulebook::Rulebook& book, const std::string& actor, Date on);

}  // namespace zs::ledger
