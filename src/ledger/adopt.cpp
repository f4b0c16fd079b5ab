// Taking a rulebook or a calendar into force: entries about the rules, with the list of what moved.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/adoption.h"
#include "ledger/range.h"
#include "rulebook/compare.h"
#include "rules/fold.h"

namespace zs::ledger {
namespace {

using store::Cell;
using store::ResultRow;
using store::Session;

constexpr std::string_view kDocument = "INSERT OR IGNORE INTO document(digest,kind,text) VALUES(?1,?2,?3)";
constexpr std::string_view kSetting = "INSERT OR REPLACE INTO setting(town,key,value) VALUES(?1,?2,?3)";
constexpr std::string_view kSettingGone = "DELETE FROM setting WHERE town=?1 AND key=?2";
constexpr std::string_view kIds = "SELECT id FROM record WHERE town=?1 ORDER BY id";
constexpr std::string_view kDeadlines = "SELECT name,number,settled,due FROM deadline WHERE town=?1 AND record=?2";
constexpr std::string_view kEvidence =
    "SELECT record,figure,number,edge,day,unit,village,value FROM evidence WHERE town=?1 AND record=?2";
constexpr std::string_view kState = "SELECT state FROM record WHERE town=?1 AND id=?2";
constexpr std::size_t kMovedMax = 10'000;

std::string day_text(const Cell& cell) {
  const auto* serial = std::get_if<std::int64_t>(&cell);
  return serial == nullptr ? std::string("—") : Date::from_serial(static_cast<int>(*serial)).text();
}

using Stand = std::map<std::string, std::string>;

Stand deadlines_of(const std::vector<ResultRow>& rows, std::size_t name, std::size_t number, std::size_t settled,
                   std::size_t due) {
  Stand stand;
  for (const ResultRow& row : rows) {
    const std::int64_t n = std::get<std::int64_t>(row[number]);
    stand["期限 " + std::get<std::string>(row[name]) + (n == 0 ? "" : fmt::format("/{}", n))] =
        day_text(row[due]) + " " + std::get<std::string>(row[settled]);
  }
  return stand;
}

Stand figures_of(const std::vector<ResultRow>& rows) {
  Stand stand;
  for (const ResultRow& row : rows) {
    const std::int64_t edge = std::get<std::int64_t>(row[3]);
    stand[fmt::format("指标 {}/{}{}", std::get<std::string>(row[1]), std::get<std::int64_t>(row[2]),
                      edge < 0 ? " 止" : "")] = fmt::format("{} {}", day_text(row[4]), std::get<std::int64_t>(row[7]));
  }
  return stand;
}

void note_moves(const Stand& before, const Stand& after, const Projection& made, std::vector<Moved>& moved) {
  const auto add = [&](const std::string& what, const std::string& old, const std::string& now) {
    if (moved.size() >= kMovedMax) return;
    moved.push_back({RecordId{std::get<std::int64_t>(made.record[0])}, std::get<std::string>(made.record[1]),
                     std::get<std::string>(made.record[2]), what, old, now});
  };
  for (const auto& [what, text] : before) {
    const auto now = after.find(what);
    if (now == after.end())
      add(what, text, "—");
    else if (now->second != text)
      add(what, text, now->second);
  }
  for (const auto& [what, text] : after) {
    if (!before.contains(what)) add(what, "—", text);
  }
}

}  // namespace

// Projects every record again under the new rules; what moved is listed, and written unless this is a preview.
Result<std::vector<Moved>> Ledger::reproject(Town& town, const Town& before, bool write) {
  Session& session = database_->writer();
  std::vector<Moved> moved;
  std::vector<RecordId> ids;
  ZS_CHECK(session.each(kIds, {town.id.number}, [&](const ResultRow& row) {
    ids.push_back(RecordId{std::get<std::int64_t>(row[0])});
    return true;
  }));
  Tallies tallies;
  store::WriteBatch rows;
  for (const RecordId id : ids) {
    ZS_TRY(auto record, read_record(session, before, id));
    ZS_ASSERT(record.has_value());
    const Projection made = project(town.in_force(), *record);
    ZS_TRY(const auto old_deadlines, session.read(kDeadlines, {town.id.number, id.number}));
    ZS_TRY(const auto old_evidence, session.read(kEvidence, {town.id.number, id.number}));
    note_moves(deadlines_of(old_deadlines, 0, 1, 2, 3), deadlines_of(made.deadlines, 1, 2, 5, 7), made, moved);
    ZS_TRY(const auto old_state, session.read(kState, {town.id.number, id.number}));
    // A retired state says what it becomes: that moves a record too.
    note_moves({{"状态", std::get<std::string>(old_state.front()[0])}},
               {{"状态", std::get<std::string>(made.record[3])}}, made, moved);
    note_moves(figures_of(old_evidence), figures_of(made.evidence), made, moved);
    if (!write) continue;
    ZS_TRY(const StoredRows stored, read_projection(session, town.id, id));
    write_projection(town, *record, stored, made, rows, tallies);
    if (rows.size() > 2000) {
      ZS_CHECK(session.write(rows));
      rows.clear();
    }
  }
  if (write) {
    write_tallies(town.id, tallies, rows);
    ZS_CHECK(session.write(rows));
  }
  return moved;
}

namespace {

// Errors: bad_input with every reason why what is kept now would not stand under the offered one.
Result<> may_follow(const rulebook::Rulebook& held, const rulebook::Rulebook& offered) {
  const rulebook::Differences differences = rulebook::compare(held, offered);
  if (differences.refused.empty()) return {};
  Text text{"不能采用：", "cannot be adopted:"};
  for (const Text& reason : differences.refused) {
    text.zh += "\n  " + reason.zh;
    text.en += "\n  " + reason.en;
  }
  return bad_input(text.zh, text.en);
}

// What failed or was only to be seen is not kept.
Result<> keep_or_undo(Session& session, bool keeps) {
  if (keeps) return session.commit();
  session.rollback();
  return {};
}

}  // namespace

rules::EntryFacts adoption_entry(const rulebook::Rulebook& book, const std::string& actor, Date on) {
  rules::EntryFacts facts;
  facts.type = "rulebook";
  facts.way = "done";
  facts.actor = actor;
  facts.on = on;
  facts.facts = {
      {"digest", book.digest}, {"version", book.version}, {"name", book.name}, {"years", years_of(book.calendar)}};
  return facts;
}

Result<std::vector<Moved>> Ledger::adopt_rulebook(TownId id, const rulebook::Files& files, const std::string& actor,
                                                  bool preview) {
  const std::lock_guard lock(writer_mutex_);
  ZS_TRY(Town * town, writing(id));
  ZS_TRY(const auto offered, rulebook::load_sound(files));
  ZS_CHECK(may_follow(*town->book, *offered));
  Session& session = database_->writer();
  const Town before = *town;
  const auto run = [&]() -> Result<std::vector<Moved>> {
    town->book = offered;
    town->tables = std::make_shared<store::KindTables>(store::tables_of(offered->kinds));
    // The years of the rulebook take the place of those that the town adopted before.
    for (const rulebook::CalendarYear& year : offered->calendar) town->settings.erase(calendar_key(year.year));
    town->settings.erase(std::string(kCalendarSetting));
    ZS_CHECK(load_calendar(session, *town));
    if (!preview) ZS_CHECK(prepare_tables(*town->tables));
    ZS_CHECK(session.begin());
    Batch batch(session, *town);
    ZS_CHECK(batch.append(adoption_entry(*offered, actor, civil(clock_(), offered->utc_offset).day()),
                          std::max(clock_(), town->at)));
    batch.rows().add(kDocument, {offered->digest, std::string("rulebook"), bundle_of(files)});
    batch.rows().add(kSetting, {id.number, std::string(kRulebookSetting), offered->digest});
    for (const rulebook::CalendarYear& year : offered->calendar)
      batch.rows().add(kSettingGone, {id.number, calendar_key(year.year)});
    batch.rows().add(kSettingGone, {id.number, std::string(kCalendarSetting)});
    ZS_CHECK(batch.write());
    return reproject(*town, before, !preview);
  };
  auto moved = run();
  const auto kept = keep_or_undo(session, moved && !preview);
  forget(id);
  if (!kept) return kept.error();
  return moved;
}

Result<std::vector<Moved>> Ledger::adopt_calendar(TownId id, const std::string& yaml, const std::string& actor,
                                                  bool preview) {
  const std::lock_guard lock(writer_mutex_);
  ZS_TRY(Town * town, writing(id));
  rulebook::Faults faults;
  const auto years = rulebook::read_calendar(rulebook::read_yaml("calendar", yaml, faults), faults);
  if (!faults.none() || years.empty()) {
    Text text{"日历文件有错误：", "the calendar has faults:"};
    if (faults.none())
      text = {"日历文件有错误：\n  里面没有一年", "the calendar has faults:\n  there is no year in it"};
    for (const rulebook::Fault& fault : faults.list()) {
      text.zh += "\n  " + fault.place.text() + " " + fault.what.zh;
      text.en += "\n  " + fault.place.text() + " " + fault.what.en;
    }
    return bad_input(text.zh, text.en);
  }
  Session& session = database_->writer();
  const Town before = *town;
  const std::string digest = hex(bytes(zs::digest(Algorithm::sm3, {yaml})));
  const auto run = [&]() -> Result<std::vector<Moved>> {
    ZS_CHECK(session.begin());
    for (const rulebook::CalendarYear& year : years) town->calendar.set(year);
    town->calendar_digest = digest;
    Batch batch(session, *town);
    rules::EntryFacts facts;
    facts.type = "calendar";
    facts.way = "done";
    facts.actor = actor;
    facts.on = civil(clock_(), town->book->utc_offset).day();
    facts.facts = {{"digest", digest}, {"years", years_of(years)}};
    ZS_CHECK(batch.append(std::move(facts), std::max(clock_(), town->at)));
    batch.rows().add(kDocument, {digest, std::string("calendar"), yaml});
    for (const rulebook::CalendarYear& year : years)
      batch.rows().add(kSetting, {id.number, calendar_key(year.year), digest});
    batch.rows().add(kSetting, {id.number, std::string(kCalendarSetting), digest});
    ZS_CHECK(batch.write());
    return reproject(*town, before, !preview);
  };
  auto moved = run();
  const auto kept = keep_or_undo(session, moved && !preview);
  forget(id);
  if (!kept) return kept.error();
  return moved;
}

}  // namespace zs::ledger
