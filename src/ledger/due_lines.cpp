// Open deadlines, within a person's scope or of the whole town.
#include <fmt/format.h>

#include "ledger/list_rows.h"
#include "ledger/where.h"

namespace zs::ledger {
namespace {

using rules::Person;
using store::ResultRow;
using store::Session;

// A bound, not a page: a town has fewer.
constexpr int kRunningMax = 100'000;
constexpr std::string_view kPaused =
    "SELECT COUNT(*) FROM deadline d JOIN record r ON r.town=d.town AND r.id=d.record WHERE d.town=?1 AND "
    "d.settled='paused' AND d.office=1 AND ";

void add_due(Where& where, std::optional<Date> from, Date until) {
  where.add("d.town=?1 AND d.settled='running' AND d.office=1");
  if (from) where.add(fmt::format("d.due>={}", where.bind(std::int64_t{from->serial()})));
  where.add(fmt::format("d.due<={}", where.bind(std::int64_t{until.serial()})));
}

Result<std::vector<DueLine>> lines_of(Session& session, const Town& town, Where& where, Date today, int limit) {
  const std::string sql = fmt::format(
      "SELECT {},d.name,d.rule,d.due,d.start,d.estimated,d.number,d.due_at IS NOT NULL FROM deadline d JOIN record r "
      "ON "
      "r.town=d.town AND r.id=d.record WHERE {} ORDER BY d.due,d.record LIMIT {}",
      kListColumns, where.text(), where.bind(std::int64_t{limit}));
  ZS_TRY(const auto found, session.read(sql, where.parameters()));
  std::vector<DueLine> lines;
  for (const ResultRow& row : found) {
    const auto number = [&](std::size_t column) { return std::get<std::int64_t>(row[kListColumnsCount + column]); };
    DueLine line{row_of(row),
                 std::get<std::string>(row[kListColumnsCount]),
                 std::get<std::string>(row[kListColumnsCount + 1]),
                 *day_of(row[kListColumnsCount + 2]),
                 {},
                 number(5),
                 number(6) != 0};
    line.badge = badge_of_row(town, line.rule, day_of(row[kListColumnsCount + 3]), line.due, number(4) != 0, today);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

Result<std::vector<DueLine>> due_lines(Session& session, const Town& town, const Person& person, Date today,
                                       std::optional<Date> from, Date until, int limit) {
  Where where(town.id);
  add_due(where, from, until);
  where.add(scopes_sql(town, person, where));
  ZS_TRY(auto found, lines_of(session, town, where, today, limit));
  std::vector<DueLine> lines;
  for (DueLine& line : found) {
    ZS_TRY(const bool seen, visible(session, town, person, line.record));
    if (seen) lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::vector<DueLine>> running_lines(Session& session, const Town& town, Date today, Date from, Date until,
                                           std::optional<EntryNumber> since) {
  Where where(town.id);
  add_due(where, from, until);
  if (since)
    where.add(
        fmt::format("d.record IN (SELECT record FROM journal WHERE town=?1 AND n>{})", where.bind(since->number)));
  return lines_of(session, town, where, today, kRunningMax);
}

Result<bool> may_see(Session& session, const Town& town, const Person& person, const ListRow& row) {
  switch (rules::scope_of(*town.book, person, row.kind)) {
    case rulebook::Scope::none: return false;
    case rulebook::Scope::own_village:
      if (row.village != person.village) return false;
      break;
    case rulebook::Scope::own_unit:
      if (row.unit != person.unit) return false;
      break;
    case rulebook::Scope::town: break;
  }
  return visible(session, town, person, row);
}

Result<std::optional<ListRow>> find_row(Session& session, const Town& town, RecordId id) {
  const auto rows = session.read(fmt::format("SELECT {} FROM record r WHERE r.town=?1 AND r.id=?2", kListColumns),
                                 {town.id.number, id.number});
  if (!rows) return rows.error();
  return rows->empty() ? std::nullopt : std::optional(row_of(rows->front()));
}

std::int64_t count_paused(Session& session, const Town& town, const Person& person) {
  Where where(town.id);
  where.add(scopes_sql(town, person, where));
  const auto counted = session.read(std::string(kPaused) + where.text(), where.parameters());
  return counted ? std::get<std::int64_t>(counted->front()[0]) : 0;
}

}  // namespace zs::ledger
