// Law by example: what the engine answers to a scenario of tests/scenarios/*.yaml, against what the scenario says.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "rulebook/rulebook.h"

namespace zs::rules::scenarios {

/// The scenarios of a file. Its items of `known: {name: record, or a list of them}` are none; where a scenario's `given`
/// or `linked` says such a name, or {like: name, values: {…}}, stands what is meant.
std::vector<rulebook::Node> scenarios_of(const rulebook::Node& file);

/// Where the engine's answer differs from the scenario's `then`, one line each; also what in the scenario cannot be
/// read. Empty: the scenario holds.
std::vector<std::string> differences(const std::shared_ptr<const rulebook::Rulebook>& book,
                                     const rulebook::Node& scenario);

/// The rules that a scenario names: `rule: id`, or a list of them.
std::vector<std::string> rules_named(const rulebook::Node& scenario);

}  // namespace zs::rules::scenarios
