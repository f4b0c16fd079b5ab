#include "ledger/range.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/fold.h"
#include "rules/own_number.h"

namespace zs::ledger {
namespace {

using store::Cell;
using store::ResultRow;

constexpr std::string_view kEntries =
    "SELECT record,n,header,body FROM journal WHERE town=?1 AND record BETWEEN ?2 AND ?3 ORDER BY record,n";
constexpr std::string_view kRecords =
    "SELECT "
    "id,kind,number,state,closed_state,version,unit,village,handler,opened,closed,title,voided,state_since,words,"
    "uncounted,due,names,sounds FROM record WHERE town=?1 AND id BETWEEN ?2 AND ?3 ORDER BY id";
constexpr std::string_view kNumbers =
    "SELECT number.kind,name,text,record FROM record JOIN number ON number.town=record.town AND "
    "number.record=record.id "
    "WHERE record.town=?1 AND record.id BETWEEN ?2 AND ?3";
constexpr std::string_view kLinks =
    "SELECT record,path,kind,field,to_kind,to_record FROM link WHERE town=?1 AND record BETWEEN ?2 AND ?3";
constexpr std::string_view kDeadlines =
    "SELECT record,name,number,rule,bears,settled,start,due,due_at,stop,units_left,estimated,provisional,office FROM "
    "deadline "
    "WHERE town=?1 AND record BETWEEN ?2 AND ?3";
constexpr std::string_view kEvidence =
    "SELECT record,figure,number,edge,day,unit,village,value,summary FROM evidence WHERE town=?1 AND record BETWEEN ?2 "
    "AND ?3";
constexpr std::string_view kPersons = "SELECT digest,record FROM person WHERE town=?1 AND record BETWEEN ?2 AND ?3";
constexpr std::string_view kSubjects =
    "SELECT record,kind,opened,sketch FROM subject WHERE town=?1 AND record BETWEEN ?2 AND ?3";
constexpr std::string_view kMarks =
    "SELECT n,number,record,sort,gate,rules,day,kind,action FROM mark WHERE town=?1 AND record BETWEEN ?2 AND ?3";

constexpr std::string_view kPutRecord =
    "INSERT INTO record(town,id,kind,number,state,closed_state,version,unit,village,handler,opened,closed,title,voided,"
    "state_since,words,uncounted,due,names,sounds) "
    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20)";
constexpr std::string_view kPutPerson = "INSERT INTO person(town,digest,record) VALUES(?1,?2,?3)";
constexpr std::string_view kPutSubject = "INSERT INTO subject(town,record,kind,opened,sketch) VALUES(?1,?2,?3,?4,?5)";
constexpr std::string_view kPutNumber = "INSERT INTO number(town,kind,name,text,record) VALUES(?1,?2,?3,?4,?5)";
constexpr std::string_view kPutLink =
    "INSERT INTO link(town,record,path,kind,field,to_kind,to_record) VALUES(?1,?2,?3,?4,?5,?6,?7)";
constexpr std::string_view kPutDeadline =
    "INSERT INTO "
    "deadline(town,record,name,number,rule,bears,settled,start,due,due_at,stop,units_left,estimated,provisional,"
    "office) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)";
constexpr std::string_view kPutEvidence =
    "INSERT INTO evidence(town,record,figure,number,edge,day,unit,village,value,summary) "
    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";
constexpr std::string_view kPutMark =
    "INSERT INTO mark(town,n,number,record,sort,gate,rules,day,kind,action) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";

void append(std::vector<ResultRow>& to, std::vector<ResultRow> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void add_marks(RangeRows& range, std::int64_t n, const rules::EntryFacts& facts) {
  std::int64_t number = 0;
  const auto add = [&](const std::vector<rules::Mark>& marks, std::string_view sort) {
    for (const rules::Mark& mark : marks) {
      std::string rules;
      for (const std::string& rule : mark.rules) rules += (rules.empty() ? "" : " ") + rule;
      range.marks.push_back({n, ++number, facts.record.number, std::string(sort), mark.gate, rules,
                             std::int64_t{facts.on.serial()}, facts.kind, facts.action});
    }
  };
  add(facts.breaches, "breach");
  add(facts.warned, "warned");
  add(facts.notes, "note");
}

// Series of an org's own (per:) are left out: whose they are does not stand in the number.
void note_serials(const Town& town, const rules::EntryFacts& facts, rules::Serials& serials) {
  const rulebook::Kind* kind = town.book->find_kind(facts.kind);
  for (const auto& [name, text] : facts.numbers) {
    const rulebook::NumberSeries* series = kind == nullptr ? nullptr : kind->find_number(name);
    if (series == nullptr || series->outside || !series->per.empty()) continue;
    const auto own = rules::parse_own_number(series->pattern, text, town.character);
    if (!own) continue;
    auto& last = serials[{facts.kind, name, own->year, ""}];
    last = std::max(last, own->serial);
  }
}

void finish(const Town& town, const rules::Record& record, RangeRows& range) {
  if (record.version == 0) return;
  Projection made = project(town.in_force(), record);
  range.records.push_back(std::move(made.record));
  append(range.persons, person_rows(town, record.id, made.persons));
  append(range.subjects, std::move(made.subject));
  append(range.numbers, std::move(made.numbers));
  append(range.links, std::move(made.links));
  append(range.deadlines, std::move(made.deadlines));
  append(range.evidence, std::move(made.evidence));
  const store::KindTable& table = town.tables->at(record.kind);
  std::vector<Cell> cells = store::cells_of(table, record.town, record.id, record.fields, record.rows);
  range.kinds[record.kind].push_back(ResultRow(cells.begin() + 1, cells.end()));
}

std::vector<Cell> with_town(TownId town, ResultRow&& row) {
  std::vector<Cell> cells;
  cells.reserve(row.size() + 1);
  cells.emplace_back(town.number);
  cells.insert(cells.end(), std::make_move_iterator(row.begin()), std::make_move_iterator(row.end()));
  return cells;
}

}  // namespace

void sort_rows(RangeRows& range) {
  for (auto* list : {&range.records, &range.numbers, &range.links, &range.deadlines, &range.evidence, &range.marks,
                     &range.persons, &range.subjects})
    std::sort(list->begin(), list->end());
  for (auto& [kind, list] : range.kinds) std::sort(list.begin(), list.end());
}

Result<RangeRows> project_range(store::Session& session, const Town& town, std::int64_t from, std::int64_t until) {
  RangeRows range;
  rules::Record record;
  std::optional<Error> failed;
  const auto take = [&](const ResultRow& row) -> Result<> {
    const RecordId id{std::get<std::int64_t>(row[0])};
    const std::int64_t n = std::get<std::int64_t>(row[1]);
    ZS_TRY(const auto values, decode_values_unchecked(std::get<std::string>(row[3])));
    ZS_TRY(const Opened opened, open_unchecked(*town.book, std::get<std::string>(row[2]), values));
    if (record.id != id) {
      finish(town, record, range);
      record = {};
      record.town = town.id;
      record.id = id;
    }
    if (opened.facts.version != record.version + 1) {
      return corrupt(fmt::format("第{}条：第{}号事项的版本接不上", n, id.number),
                     fmt::format("entry {}: the version of record {} does not follow", n, id.number));
    }
    rules::fold(record, opened.facts);
    add_marks(range, n, opened.facts);
    note_serials(town, opened.facts, range.serials);
    ++range.entries;
    return {};
  };
  ZS_CHECK(session.each(kEntries, {town.id.number, from, until}, [&](const ResultRow& row) {
    auto taken = take(row);
    if (!taken) failed = taken.error();
    return !failed;
  }));
  if (failed) return *failed;
  finish(town, record, range);
  return range;
}

Result<RangeRows> stored_range(store::Session& session, const Town& town, std::int64_t from, std::int64_t until) {
  RangeRows range;
  const std::vector<Cell> key{town.id.number, from, until};
  ZS_TRY(range.records, session.read(kRecords, key));
  ZS_TRY(range.numbers, session.read(kNumbers, key));
  ZS_TRY(range.links, session.read(kLinks, key));
  ZS_TRY(range.deadlines, session.read(kDeadlines, key));
  ZS_TRY(range.evidence, session.read(kEvidence, key));
  ZS_TRY(range.marks, session.read(kMarks, key));
  ZS_TRY(range.persons, session.read(kPersons, key));
  ZS_TRY(range.subjects, session.read(kSubjects, key));
  std::set<std::string> kinds;
  for (const ResultRow& row : range.records) kinds.insert(std::get<std::string>(row[1]));
  for (const std::string& kind : kinds) {
    const auto table = town.tables->find(kind);
    if (table == town.tables->end()) continue;
    ZS_TRY(range.kinds[kind], session.read(table->second.range_sql, key));
  }
  sort_rows(range);
  return range;
}

void write_range(TownId id, const Town& town, RangeRows&& range, store::WriteBatch& rows) {
  const auto put = [&](std::string_view sql, std::vector<ResultRow>& list) {
    for (ResultRow& row : list) rows.add(sql, with_town(id, std::move(row)));
  };
  if (range.records.empty()) return;
  const auto id_of = [](const ResultRow& row) { return std::get<std::int64_t>(row[0]); };
  const std::int64_t from = id_of(range.records.front()), until = id_of(range.records.back());
  put(kPutRecord, range.records);
  write_words_of_range(id, from, until, rows);
  put(kPutPerson, range.persons);
  put(kPutSubject, range.subjects);
  put(kPutNumber, range.numbers);
  put(kPutLink, range.links);
  put(kPutDeadline, range.deadlines);
  put(kPutEvidence, range.evidence);
  put(kPutMark, range.marks);
  for (auto& [kind, list] : range.kinds) put(town.tables->at(kind).upsert_sql, list);
}

}  // namespace zs::ledger
