#include "ledger/by_rule.h"

#include <fmt/format.h>

#include <set>

#include "ledger/list_rows.h"
#include "ledger/where.h"

namespace zs::ledger {
namespace {

using store::ResultRow;

constexpr std::string_view kUnder =
    "SELECT {},d.name,d.rule,d.settled,d.due,d.start,d.estimated,d.units_left FROM deadline d JOIN record r ON "
    "r.town=d.town AND r.id=d.record WHERE {} ORDER BY d.due IS NULL,d.due,d.record,d.name,d.number LIMIT {}";
enum : std::size_t { kName = kListColumnsCount, kRule, kSettled, kDue, kStart, kEstimated, kLeft };

rules::Badge paused_badge(const Town& town, const std::string& rule_id, const ResultRow& row, Date today) {
  rules::BadgeInput input;
  input.outcome = rules::OutcomeOf::paused;
  if (const auto* left = std::get_if<std::int64_t>(&row[kLeft])) input.left = static_cast<int>(*left);
  if (const rulebook::Rule* rule = town.book->find_rule(rule_id)) {
    if (const auto period = rules::within_of(*rule, "", town.in_force())) input.unit = period->unit;
  }
  return rules::badge_of(input, today, town.calendar);
}

RuleLine line_of(const Town& town, const ResultRow& row, Date today) {
  RuleLine line{row_of(row), std::get<std::string>(row[kName]), std::get<std::string>(row[kRule]), {}, {}};
  if (std::get<std::string>(row[kSettled]) == "running") line.due = day_of(row[kDue]);
  line.badge = line.due ? badge_of_row(town, line.rule, day_of(row[kStart]), *line.due,
                                       std::get<std::int64_t>(row[kEstimated]) != 0, today)
                        : paused_badge(town, line.rule, row, today);
  return line;
}

}  // namespace

Result<RuleLines> lines_under(store::Session& session, const Town& town, const rules::Person& person, Date today,
                              const std::vector<std::string>& rules, std::size_t limit) {
  RuleLines made;
  if (rules.empty()) return made;
  Where where(town.id);
  where.add("d.town=?1 AND d.settled IN ('running','paused')");
  // The period of a right that nobody used is over once its last day has passed; the office's goes on as overdue.
  where.add(fmt::format("(d.office=1 OR d.due IS NULL OR d.due>={})", where.bind(std::int64_t{today.serial()})));
  std::string listed;
  for (const std::string& rule : rules) listed += (listed.empty() ? "" : ",") + where.bind(rule);
  where.add(fmt::format("d.rule IN ({})", listed));
  where.add(scopes_sql(town, person, where));
  const std::string sql = fmt::format(kUnder, kListColumns, where.text(), where.bind(kUnderRulesMax));
  ZS_TRY(const auto found, session.read(sql, where.parameters()));
  std::set<std::int64_t> records;
  for (const ResultRow& row : found) {
    RuleLine line = line_of(town, row, today);
    ZS_TRY(const bool seen, visible(session, town, person, line.record));
    if (!seen) continue;
    ++made.deadlines;
    records.insert(line.record.id.number);
    if (made.lines.size() < limit) made.lines.push_back(std::move(line));
  }
  made.records = static_cast<std::int64_t>(records.size());
  return made;
}

}  // namespace zs::ledger
