// One rule counted by itself, without a record: what is asked on the command line and by the scenarios.
//
// Pure. Days are counted by the term engine alone (rules/term).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rules/clock.h"
#include "rules/facts.h"

namespace zs::rules {

/// What is asked of a rule: either `from` or `event`.
struct RuleQuestion {
  std::string rule;            ///< an id, or one of its numbers: pun-limit-2y.grave
  std::optional<Moment> from;  ///< the day or moment that starts it
  std::optional<Date> event;   ///< the day before which a backward period must lie
  std::vector<Span> pauses;
  std::optional<Period> extension;
  std::optional<Moment> granted;  ///< of the extension; default: `from`
  std::optional<rulebook::Bearer>
      bears;  ///< default: as the first kind says whose deadline uses the rule, else the office
};

struct CountedRule {
  Clock clock;                                   ///< with rule, period, term and due day
  std::unique_ptr<rulebook::Deadline> declared;  ///< what clock.declared points at
};

/// Errors: not_found with "did you mean"; bad_input for a rule without a period of that sort, or a period that cannot
/// be counted.
Result<CountedRule> count_rule(const InForce& in_force, const RuleQuestion& question);

}  // namespace zs::rules
