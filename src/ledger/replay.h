// Change of law replayed: the acts of closed cases judged again in memory, under the adopted and under an offered
// rulebook, as the town stood when each was recorded; what the two say otherwise is listed. Nothing is written.
//
// Deadlines and figures that would move are what Ledger::adopt_rulebook lists with `preview`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/town.h"

namespace zs::ledger {

/// Which closed cases are replayed.
struct ReplayAsk {
  std::string kind;         ///< empty: all
  std::optional<int> year;  ///< closed in that year; nothing: ever
};

/// One thing that the offered rulebook says of an act and the adopted does not, or the other way round.
struct Replayed {
  RecordId record;
  std::string kind, number;
  EntryNumber n;
  Date on;
  std::string action;   ///< its label
  bool asked_now = true;  ///< false: the adopted rulebook asks it, the offered one no longer
  bool refuses = false;   ///< it would refuse; else it warns or is a breach of what was registered
  std::string name, says, citation;
};

struct Replay {
  std::int64_t cases = 0, acts = 0;
  std::vector<Replayed> differences;  ///< at most kReplayedMax
  std::int64_t difference_count = 0;
};
inline constexpr std::size_t kReplayedMax = 10'000;

/// Errors: the reading's own.
Result<Replay> replay(store::Session& session, const Town& town, std::shared_ptr<const rulebook::Rulebook> offered,
                      const ReplayAsk& asked);

}  // namespace zs::ledger
