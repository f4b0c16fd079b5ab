// The difference between stored and new projections of one record, as statements.
#include <algorithm>

#include "ledger/batch.h"

namespace zs::ledger {
namespace {

using store::Cell;
using store::ResultRow;

// One projection table of a record: how its rows are read, written and taken away, and which columns name a row.
struct TableSql {
  std::string_view read, insert, remove;
  std::vector<std::size_t> key;  ///< columns of the row that, after the town, name it in `remove`
};

const TableSql kNumbers{"SELECT kind,name,text,record FROM number WHERE town=?1 AND record=?2",
                        "INSERT INTO number(town,kind,name,text,record) VALUES(?1,?2,?3,?4,?5)",
                        "DELETE FROM number WHERE town=?1 AND kind=?2 AND name=?3 AND text=?4 AND record=?5",
                        {0, 1, 2, 3}};
const TableSql kLinks{
    "SELECT record,path,kind,field,to_kind,to_record FROM link WHERE town=?1 AND record=?2 ORDER BY path,to_record",
    "INSERT OR REPLACE INTO link(town,record,path,kind,field,to_kind,to_record) VALUES(?1,?2,?3,?4,?5,?6,?7)",
    "DELETE FROM link WHERE town=?1 AND record=?2 AND path=?3 AND to_record=?4",
    {0, 1, 5}};
const TableSql kDeadlines{
    "SELECT record,name,number,rule,bears,settled,start,due,due_at,stop,units_left,estimated,provisional,office FROM "
    "deadline "
    "WHERE town=?1 AND record=?2 ORDER BY name,number",
    "INSERT OR REPLACE INTO "
    "deadline(town,record,name,number,rule,bears,settled,start,due,due_at,stop,units_left,estimated,"
    "provisional,office) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)",
    "DELETE FROM deadline WHERE town=?1 AND record=?2 AND name=?3 AND number=?4",
    {0, 1, 2}};
const TableSql kEvidence{
    "SELECT record,figure,number,edge,day,unit,village,value,summary FROM evidence WHERE town=?1 AND record=?2 "
    "ORDER BY figure,number,edge",
    "INSERT OR REPLACE INTO evidence(town,record,figure,number,edge,day,unit,village,value,summary) "
    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
    "DELETE FROM evidence WHERE town=?1 AND record=?2 AND figure=?3 AND number=?4 AND edge=?5",
    {0, 1, 2, 3}};

const TableSql kPersons{"SELECT digest,record FROM person WHERE town=?1 AND record=?2",
                        "INSERT INTO person(town,digest,record) VALUES(?1,?2,?3)",
                        "DELETE FROM person WHERE town=?1 AND digest=?2 AND record=?3",
                        {0, 1}};
const TableSql kSubjects{"SELECT record,kind,opened,sketch FROM subject WHERE town=?1 AND record=?2",
                         "INSERT OR REPLACE INTO subject(town,record,kind,opened,sketch) VALUES(?1,?2,?3,?4,?5)",
                         "DELETE FROM subject WHERE town=?1 AND record=?2",
                         {0}};
constexpr std::string_view kWords =
    "SELECT words,names,sounds,kind,unit,village,handler FROM record WHERE town=?1 AND id=?2";
constexpr std::string_view kRecord =
    "INSERT OR REPLACE INTO "
    "record(town,id,kind,number,state,closed_state,version,unit,village,handler,opened,closed,title,"
    "voided,state_since,words,uncounted,due,names,sounds) "
    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20)";
constexpr std::string_view kTally =
    "INSERT INTO tally(town,figure,month,unit,village,value,n,summary) VALUES(?1,?2,?3,?4,?5,?6,?7,?8) "
    "ON CONFLICT(town,figure,month,unit,village) DO UPDATE SET value=value+excluded.value,n=n+excluded.n,"
    "summary=summary+excluded.summary";
constexpr std::string_view kTallyGone =
    "DELETE FROM tally WHERE town=?1 AND figure=?2 AND month=?3 AND unit=?4 AND village=?5 AND n=0";
constexpr std::string_view kYear =
    "INSERT INTO tally_year(town,year,figure,unit,village,value,n,summary) VALUES(?1,?2,?3,?4,?5,?6,?7,?8) "
    "ON CONFLICT(town,year,figure,unit,village) DO UPDATE SET value=value+excluded.value,n=n+excluded.n,"
    "summary=summary+excluded.summary";
constexpr std::string_view kYearGone =
    "DELETE FROM tally_year WHERE town=?1 AND year=?2 AND figure=?3 AND unit=?4 AND village=?5 AND n=0";
constexpr std::string_view kMark =
    "INSERT OR REPLACE INTO mark(town,n,number,record,sort,gate,rules,day,kind,action) "
    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";

std::vector<Cell> with_town(TownId town, const ResultRow& row) {
  std::vector<Cell> cells;
  cells.reserve(row.size() + 1);
  cells.emplace_back(town.number);
  cells.insert(cells.end(), row.begin(), row.end());
  return cells;
}

using OnChange = std::function<void(const ResultRow& row, int sign)>;

void write_rows(TownId town, const TableSql& sql, const std::vector<ResultRow>& old, const std::vector<ResultRow>& rows,
                store::WriteBatch& batch, const OnChange& on_change) {
  const auto same_key = [&](const ResultRow& a, const ResultRow& b) {
    return std::all_of(sql.key.begin(), sql.key.end(), [&](std::size_t column) { return a[column] == b[column]; });
  };
  for (const ResultRow& row : old) {
    if (std::binary_search(rows.begin(), rows.end(), row)) continue;
    if (on_change) on_change(row, -1);
    const bool replaced =
        std::any_of(rows.begin(), rows.end(), [&](const ResultRow& other) { return same_key(row, other); });
    if (replaced) continue;
    std::vector<Cell> key{town.number};
    for (const std::size_t column : sql.key) key.push_back(row[column]);
    batch.add(sql.remove, std::move(key));
  }
  for (const ResultRow& row : rows) {
    if (std::binary_search(old.begin(), old.end(), row)) continue;
    if (on_change) on_change(row, 1);
    batch.add(sql.insert, with_town(town, row));
  }
}

Result<std::vector<ResultRow>> read_rows(store::Session& session, TownId town, RecordId record, const TableSql& sql) {
  ZS_TRY(auto rows, session.read(sql.read, {town.number, record.number}));
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace

Result<StoredRows> read_projection(store::Session& session, TownId town, RecordId record) {
  StoredRows stored;
  ZS_TRY(stored.numbers, read_rows(session, town, record, kNumbers));
  ZS_TRY(stored.links, read_rows(session, town, record, kLinks));
  ZS_TRY(stored.deadlines, read_rows(session, town, record, kDeadlines));
  ZS_TRY(stored.evidence, read_rows(session, town, record, kEvidence));
  ZS_TRY(stored.persons, read_rows(session, town, record, kPersons));
  ZS_TRY(stored.subject, read_rows(session, town, record, kSubjects));
  ZS_TRY(const auto words, session.read(kWords, {town.number, record.number}));
  if (!words.empty()) {
    const auto text = [&](std::size_t column) { return std::get<std::string>(words.front()[column]); };
    stored.words = Words{text(0), text(1), text(2), scope_words(text(3), text(4), text(5), text(6))};
  }
  return stored;
}

void write_projection(const Town& town, const rules::Record& record, const StoredRows& stored, const Projection& made,
                      store::WriteBatch& rows, Tallies& tallies) {
  write_rows(town.id, kNumbers, stored.numbers, made.numbers, rows, {});
  write_rows(town.id, kLinks, stored.links, made.links, rows, {});
  write_rows(town.id, kDeadlines, stored.deadlines, made.deadlines, rows, {});
  write_rows(town.id, kEvidence, stored.evidence, made.evidence, rows,
             [&](const ResultRow& row, int sign) { add_to(tallies, row, sign); });
  write_rows(town.id, kPersons, stored.persons, person_rows(town, record.id, made.persons), rows, {});
  write_rows(town.id, kSubjects, stored.subject, made.subject, rows, {});
  write_words(town.id, record.id, stored.words ? &*stored.words : nullptr, made.words, rows);
  rows.add(kRecord, with_town(town.id, made.record));
  const store::KindTable& table = town.tables->at(record.kind);
  rows.add(table.upsert_sql, store::cells_of(table, town.id, record.id, record.fields, record.rows));
}

void write_tallies(TownId town, const Tallies& tallies, store::WriteBatch& rows) {
  for (const auto& [key, sum] : tallies) {
    if (sum.value == 0 && sum.n == 0 && sum.summary == 0) continue;
    rows.add(kTally, {town.number, key.figure, key.month, key.unit, key.village, sum.value, sum.n, sum.summary});
    rows.add(kYear, {town.number, key.year, key.figure, key.unit, key.village, sum.value, sum.n, sum.summary});
    if (sum.n >= 0) continue;
    rows.add(kTallyGone, {town.number, key.figure, key.month, key.unit, key.village});
    rows.add(kYearGone, {town.number, key.year, key.figure, key.unit, key.village});
  }
}

void write_marks(TownId town, EntryNumber n, const rules::EntryFacts& facts, store::WriteBatch& rows) {
  std::int64_t number = 0;
  const auto add = [&](const std::vector<rules::Mark>& marks, std::string_view sort) {
    for (const rules::Mark& mark : marks) {
      std::string rules;
      for (const std::string& rule : mark.rules) rules += (rules.empty() ? "" : " ") + rule;
      rows.add(kMark, {town.number, n.number, ++number, facts.record.number, std::string(sort), mark.gate, rules,
                       std::int64_t{facts.on.serial()}, facts.kind, facts.action});
    }
  };
  add(facts.breaches, "breach");
  add(facts.warned, "warned");
  add(facts.notes, "note");
}

}  // namespace zs::ledger
