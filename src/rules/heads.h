// Who answers for the work of a unit: what nobody takes over lands with them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rules/facts.h"

namespace zs::rules {

/// The people who head the unit of `whose` by their roles (`heads: own_unit`); where there is none, those who head what
/// has no head of its own (`heads: town`). Never the person themselves.
std::vector<std::string> heads_of(const rulebook::Rulebook& book, const std::map<std::string, Person>& staff,
                                  const Person& whose);

}  // namespace zs::rules
