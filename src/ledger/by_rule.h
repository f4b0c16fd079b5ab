// The open records that stand on rules of the law: whose deadlines run, or pause, under one of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/listing.h"

namespace zs::ledger {

/// One deadline under a rule, with its record.
struct RuleLine {
  ListRow record;
  std::string deadline, rule;
  std::optional<Date> due;  ///< none while it pauses
  rules::Badge badge;
};

struct RuleLines {
  std::vector<RuleLine> lines;  ///< the first of them, the soonest due first
  std::int64_t deadlines = 0;   ///< all that the person may see
  std::int64_t records = 0;     ///< on which they run
};

/// Deadlines read at most; a town has fewer open ones.
inline constexpr std::int64_t kUnderRulesMax = 100'000;

/// What the person may read of it, whoever bears the deadline. `rules` are rule ids; of none, nothing.
Result<RuleLines> lines_under(store::Session& session, const Town& town, const rules::Person& person, Date today,
                              const std::vector<std::string>& rules, std::size_t limit);

}  // namespace zs::ledger
