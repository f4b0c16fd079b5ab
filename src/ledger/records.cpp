#include "ledger/records.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/fold.h"

namespace zs::ledger {
namespace {

using store::ResultRow;
using store::Session;

constexpr std::string_view kWorklist =
    "SELECT d.record,r.kind,r.number,r.title,r.state,r.unit,r.village,r.handler,d.name,d.rule,d.due FROM deadline d "
    "JOIN record r ON r.town=d.town AND r.id=d.record "
    "WHERE d.town=?1 AND d.settled='running' AND d.office=1 AND d.due IS NOT NULL ORDER BY d.due LIMIT ?2";
constexpr std::string_view kLate =
    "SELECT r.kind,d.name,d.settled,COUNT(*) FROM deadline d JOIN record r ON r.town=d.town AND r.id=d.record "
    "WHERE d.town=?1 AND d.office=1 AND d.due>=?2 AND d.due<=?3 AND (d.settled='late' OR (d.settled='running' AND "
    "d.due<?4)) "
    "GROUP BY r.kind,d.name,d.settled ORDER BY r.kind,d.name";
constexpr std::string_view kMarks =
    "SELECT kind,gate,sort,COUNT(*) FROM mark WHERE town=?1 AND day>=?2 AND day<=?3 AND sort<>'note' GROUP BY "
    "kind,gate,sort ORDER BY kind,gate";

std::string late_days_setting(const Town& town) {
  return town.in_force().setting("late_entry_days");
}

}  // namespace

RecordView view_of(const Town& town, rules::Record record, Date today) {
  RecordView made;
  const rulebook::Kind* kind = town.book->find_kind(record.kind);
  const rulebook::State* state = kind->find_state(record.state);
  made.kind_label = kind->label;
  made.state_label = state == nullptr ? record.state : state->label;
  made.record = std::move(record);
  rules::View view(town.in_force(), made.record);
  for (const rulebook::Field& field : kind->fields) {
    if (field.computed) made.computed[field.key] = view.value(field.key);
  }
  const Projection projection = project(town.in_force(), made.record);
  made.number = std::get<std::string>(projection.record[2]);
  made.title = std::get<std::string>(projection.record[11]);
  for (const rulebook::Deadline& deadline : kind->deadlines) {
    for (const rules::Clock& clock : view.clocks(deadline.key)) {
      DeadlineView line;
      line.key = deadline.key;
      line.label = deadline.label;
      line.row = clock.row;
      line.outcome = clock.on(today);
      line.due = clock.due;
      line.bears = deadline.bears;
      line.start = clock.start;
      line.stop = clock.stop;
      line.due_at = clock.due_at;
      line.estimated = clock.term.estimated;
      line.provisional = clock.term.provisional;
      line.badge = rules::badge_of(clock, today, town.calendar);
      if (clock.rule != nullptr) {
        line.rule = clock.rule->id;
        line.citation = clock.rule->citation();
        line.working = rules::working_of(clock);
      }
      made.deadlines.push_back(std::move(line));
    }
  }
  return made;
}

Result<RecordView> view_record(Session& session, const Town& town, RecordId id, Date today) {
  ZS_TRY(auto record, read_record(session, town, id));
  if (!record)
    return not_found(fmt::format("没有第{}号事项", id.number), fmt::format("there is no record {}", id.number));
  return view_of(town, *std::move(record), today);
}

Result<RecordView> view_record_on(Session& session, const Town& town, RecordId id, Date day) {
  ZS_TRY(const RecordHistory history, read_history(session, town, id));
  rules::Record record;
  record.town = town.id;
  for (std::size_t i = 0; i < history.entries.size(); ++i) {
    if (civil(history.metas[i].at, town.book->utc_offset).day() <= day) rules::fold(record, history.entries[i]);
  }
  if (record.version == 0) {
    return not_found(fmt::format("到{}为止还没有第{}号事项", day.text(), id.number),
                     fmt::format("on {} there was no record {}", day.text(), id.number));
  }
  return view_of(town, std::move(record), day);
}

Result<std::vector<HistoryLine>> history_of(Session& session, const Town& town, RecordId id) {
  ZS_TRY(RecordHistory history, read_history(session, town, id));
  const auto late = parse_period(late_days_setting(town));
  std::vector<HistoryLine> lines;
  for (std::size_t i = 0; i < history.entries.size(); ++i) {
    HistoryLine line;
    line.n = history.metas[i].n;
    line.at = civil(history.metas[i].at, town.book->utc_offset);
    line.facts = std::move(history.entries[i]);
    line.late_entry = late && rules::day_after(line.facts.on, *late, town.calendar) < line.at.day();
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::vector<WorklistLine>> worklist(Session& session, const Town& town, Date today, int limit) {
  std::vector<WorklistLine> lines;
  const auto text = [](const store::Cell& cell) { return std::get<std::string>(cell); };
  ZS_CHECK(session.each(kWorklist, {town.id.number, std::int64_t{limit}}, [&](const ResultRow& row) {
    WorklistLine line{RecordId{std::get<std::int64_t>(row[0])},
                      text(row[1]),
                      text(row[2]),
                      text(row[3]),
                      text(row[4]),
                      text(row[5]),
                      text(row[6]),
                      text(row[7]),
                      text(row[8]),
                      text(row[9]),
                      Date::from_serial(static_cast<int>(std::get<std::int64_t>(row[10])))};
    line.overdue = line.due < today;
    lines.push_back(std::move(line));
    return true;
  }));
  return lines;
}

Result<YearTrouble> trouble_of_year(Session& session, const Town& town, int year, Date as_of) {
  YearTrouble trouble;
  const std::int64_t from = Date(year, 1, 1).serial();
  const std::int64_t until = Date(year, 12, 31).serial();
  ZS_CHECK(session.each(kLate, {town.id.number, from, until, std::int64_t{as_of.serial()}}, [&](const ResultRow& row) {
    const std::int64_t count = std::get<std::int64_t>(row[3]);
    (std::get<std::string>(row[2]) == "late" ? trouble.late : trouble.overdue) += count;
    trouble.late_by_deadline.emplace_back(std::get<std::string>(row[0]) + "." + std::get<std::string>(row[1]), count);
    return true;
  }));
  return [&]() -> Result<YearTrouble> {
    ZS_CHECK(session.each(kMarks, {town.id.number, from, until}, [&](const ResultRow& row) {
      const std::int64_t count = std::get<std::int64_t>(row[3]);
      const bool breach = std::get<std::string>(row[2]) == "breach";
      (breach ? trouble.breaches : trouble.warned) += count;
      if (breach)
        trouble.breaches_by_gate.emplace_back(std::get<std::string>(row[0]) + "." + std::get<std::string>(row[1]),
                                              count);
      return true;
    }));
    return trouble;
  }();
}

}  // namespace zs::ledger
