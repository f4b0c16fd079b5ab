// 负荷: what falls due in the days to come, of the town, a unit or a person, as far as somebody may read it; the duties
// of the year whose time ends in them, and those that have no date yet.
#pragma once

#include <string>
#include <vector>

#include "ledger/duties.h"
#include "ledger/listing.h"
#include "rules/workload.h"

namespace zs::ledger {

/// Days that may be asked for, and deadlines read.
inline constexpr int kWorkloadDaysMax = 92;
inline constexpr int kWorkloadLinesMax = 2000;

struct WorkloadAsk {
  Date from;
  int days = 60;
  std::size_t most = 3;      ///< what one person finishes on a day before it counts as a collision
  std::string unit, person;  ///< whose; both empty: the town's
};

struct Workload {
  std::vector<rules::WorkDay> days;
  std::vector<DueLine> lines;     ///< days[].items are places in it
  std::vector<DutyDue> duties;    ///< that end in these days
  std::vector<DutyLine> undated;  ///< not met, and no date set but the year's end
  std::int64_t overdue = 0;       ///< due before the first day
  bool cut = false;               ///< there were more than kWorkloadLinesMax
};

/// `reader` is who asks; `ask.person` whose work it is. Duties are shown to everybody; those of a unit are the ones
/// that it leads and those that no unit of the town is known to lead; those of a person are their unit's.
Result<Workload> workload_of(store::Session& session, const Town& town, const rules::Person& reader,
                             const WorkloadAsk& ask, Date today);

/// The running deadlines of somebody's records that fall to others while they are away, as far as the reader may see.
Result<std::vector<DueLine>> lines_while_away(store::Session& session, const Town& town, const rules::Person& reader,
                                              const std::string& person, const rules::Absence& away, Date today);

/// The unit that a duty's `lead` means: its key, its name, or the name of a unit with staff that alone holds its
/// characters in their order (党政办 → 党政综合办公室). Empty: none is known.
std::string unit_of_lead(const Town& town, const std::string& lead);

}  // namespace zs::ledger
