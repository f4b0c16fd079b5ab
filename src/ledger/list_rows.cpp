#include "ledger/list_rows.h"

#include "ledger/workspace.h"
#include "rules/scope.h"

namespace zs::ledger {
namespace {

using rules::Person;
using store::Cell;
using store::ResultRow;
using store::Session;

// By the record's own rows: the plus signs keep the index of due days, which holds the whole town, out of it.
constexpr std::string_view kNext =
    "SELECT name,rule,due,start,estimated FROM deadline WHERE town=?1 AND record=?2 AND +settled='running' AND "
    "+office=1 AND due IS NOT NULL ORDER BY +due LIMIT 1";

}  // namespace

std::optional<Date> day_of(const Cell& cell) {
  const auto* serial = std::get_if<std::int64_t>(&cell);
  return serial == nullptr ? std::nullopt : std::optional(Date::from_serial(static_cast<int>(*serial)));
}

ListRow row_of(const ResultRow& row) {
  const auto text = [&](std::size_t column) { return std::get<std::string>(row[column]); };
  ListRow made;
  made.id = RecordId{std::get<std::int64_t>(row[0])};
  made.kind = text(1);
  made.number = text(2);
  made.title = text(3);
  made.state = text(4);
  made.unit = text(5);
  made.village = text(6);
  made.handler = text(7);
  made.closed_state = std::get<std::int64_t>(row[8]) != 0;
  made.version = std::get<std::int64_t>(row[9]);
  made.opened = day_of(row[10]);
  made.closed = day_of(row[11]);
  return made;
}

rules::Badge badge_of_row(const Town& town, const std::string& rule_id, std::optional<Date> start, Date due,
                          bool estimated, Date today) {
  rules::BadgeInput input{rules::OutcomeOf::running, start, due, Unit::day, 0, estimated};
  if (const rulebook::Rule* rule = town.book->find_rule(rule_id)) {
    auto period = rules::within_of(*rule, "", town.in_force());
    if (!period) period = rules::period_of(rule->ahead, town.in_force());
    if (period) input.unit = period->unit;
  }
  return rules::badge_of(input, today, town.calendar);
}

Result<> add_next(Session& session, const Town& town, ListRow& row, Date today) {
  ZS_TRY(const auto found, session.read(kNext, {town.id.number, row.id.number}));
  if (found.empty()) return {};
  const ResultRow& next = found.front();
  const Date due = *day_of(next[2]);
  row.next = NextDeadline{std::get<std::string>(next[0]), std::get<std::string>(next[1]), due,
                          badge_of_row(town, std::get<std::string>(next[1]), day_of(next[3]), due,
                                       std::get<std::int64_t>(next[4]) != 0, today)};
  return {};
}

Result<bool> visible(Session& session, const Town& town, const Person& person, const ListRow& row) {
  const rulebook::Kind* kind = town.book->find_kind(row.kind);
  if (kind == nullptr) return false;
  if (!kind->hidden_from) return true;
  ZS_TRY(const auto record, read_record(session, town, row.id));
  if (!record) return false;
  rules::View view(town.in_force(), *record);
  return rules::may_read(view, person);
}

}  // namespace zs::ledger
