// Each gate of an action → open, or a Reason with its citation.
#pragma once

#include <vector>

#include "rules/change.h"
#include "rules/view.h"

namespace zs::rules {

/// A gate that does not hold. `unknown`: it rests on a value that nobody knows.
struct ClosedGate {
  const rulebook::Gate* gate = nullptr;
  bool warns = false;  ///< only warns: said so, or rests on a rule or setting that is not verified
  bool unknown = false;
  Reason reason;
};

/// The gates of an action that do not hold on the record as the act leaves it, in the order of the action.
std::vector<ClosedGate> closed_gates(View& after, const rulebook::Action& action);

/// All gates by name, groups opened.
std::vector<const rulebook::Gate*> gates_of(const rulebook::Kind& kind, const rulebook::Action& action);

/// Whether one gate holds.
Truth holds(View& after, const rulebook::Gate& gate);

}  // namespace zs::rules
