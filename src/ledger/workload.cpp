#include "ledger/workload.h"

#include <algorithm>
#include <set>

#include "rules/term.h"

namespace zs::ledger {
namespace {

// How long something may have been due; the worklist counts the same.
constexpr Period kBackAndAhead{400, Unit::day};
constexpr Period kOneDay{1, Unit::day};

bool holds_in_order(std::string_view name, std::string_view lead) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < lead.size();) {
    std::size_t length = 1;
    while (i + length < lead.size() && (static_cast<unsigned char>(lead[i + length]) & 0xC0U) == 0x80U) ++length;
    const std::size_t found = name.find(lead.substr(i, length), at);
    if (found == std::string_view::npos) return false;
    at = found + length;
    i += length;
  }
  return true;
}

bool is_asked(const DueLine& line, const WorkloadAsk& ask) {
  return (ask.unit.empty() || line.record.unit == ask.unit) &&
         (ask.person.empty() || line.record.handler == ask.person);
}

// Whose the duties are: everybody's, a unit's, or a person's unit's.
class Leads {
 public:
  Leads(const Town& town, const WorkloadAsk& ask) : town_(town), unit_(ask.unit), open_(ask.person.empty()) {
    const auto person = town.staff.find(ask.person);
    if (person != town.staff.end() && unit_.empty()) unit_ = person->second.unit;
  }
  bool takes(const rulebook::Duty& duty) const {
    if (unit_.empty()) return open_;
    const std::string unit = unit_of_lead(town_, duty.lead);
    return unit == unit_ || (open_ && unit.empty());
  }

 private:
  const Town& town_;
  std::string unit_;
  bool open_;
};

Result<> add_duties(store::Session& session, const Town& town, const WorkloadAsk& ask, Date until, Date today,
                    Workload& made) {
  const Leads leads(town, ask);
  ZS_TRY(const auto due, duties_due(session, town, ask.from, until, today));
  for (const DutyDue& each : due) {
    if (leads.takes(*each.duty)) made.duties.push_back(each);
  }
  ZS_TRY(const auto year, duties_of_year(session, town, ask.from.year(), today));
  for (const DutyLine& line : year) {
    if (!line.dated && line.until && leads.takes(*line.duty)) made.undated.push_back(line);
  }
  return {};
}

}  // namespace

std::string unit_of_lead(const Town& town, const std::string& lead) {
  if (lead.empty()) return {};
  if (town.orgs.contains(lead)) return lead;
  std::string only;
  bool several = false;
  std::set<std::string> staffed;
  for (const auto& [key, person] : town.staff) staffed.insert(person.unit);
  for (const auto& [key, org] : town.orgs) {
    if (!staffed.contains(key) || org.until) continue;
    if (org.name == lead) return key;
    if (!holds_in_order(org.name, lead)) continue;
    several = several || !only.empty();
    only = key;
  }
  return several ? std::string() : only;
}

Result<Workload> workload_of(store::Session& session, const Town& town, const rules::Person& reader,
                             const WorkloadAsk& ask, Date today) {
  ZS_ASSERT(ask.days >= 1 && ask.days <= kWorkloadDaysMax);
  Workload made;
  const Date until = rules::day_before(rules::day_after(ask.from, {ask.days, Unit::day}, {}), kOneDay, {});
  const Date back = rules::day_before(ask.from, kBackAndAhead, {});
  ZS_TRY(const auto passed,
         due_lines(session, town, reader, today, back, rules::day_before(ask.from, kOneDay, {}), kWorkloadLinesMax));
  made.overdue = std::count_if(passed.begin(), passed.end(), [&](const DueLine& line) { return is_asked(line, ask); });
  ZS_TRY(auto found, due_lines(session, town, reader, today, ask.from, until, kWorkloadLinesMax));
  made.cut = found.size() >= static_cast<std::size_t>(kWorkloadLinesMax);
  std::vector<rules::WorkItem> items;
  for (DueLine& line : found) {
    if (!is_asked(line, ask)) continue;
    items.push_back({line.due, line.record.handler});
    made.lines.push_back(std::move(line));
  }
  made.days = rules::days_ahead(ask.from, ask.days, items, ask.most, town.calendar);
  ZS_CHECK(add_duties(session, town, ask, until, today, made));
  return made;
}

Result<std::vector<DueLine>> lines_while_away(store::Session& session, const Town& town, const rules::Person& reader,
                                              const std::string& person, const rules::Absence& away, Date today) {
  // What is due on rest days just after the leave is to be done before them.
  Date until = away.until;
  for (Date next = rules::day_after(until, kOneDay, {}); !town.calendar.workday(next);
       next = rules::day_after(next, kOneDay, {}))
    until = next;
  ZS_TRY(auto found, due_lines(session, town, reader, today, away.from, until, kWorkloadLinesMax));
  std::vector<DueLine> lines;
  for (DueLine& line : found) {
    if (line.record.handler == person && rules::falls_in({line.due, person}, away, town.calendar))
      lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace zs::ledger
