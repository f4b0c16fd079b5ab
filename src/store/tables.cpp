#include "store/tables.h"

#include <string>

namespace zs::store {
namespace {

struct ProjectionIndex {
  const char* name;
  const char* make;
};

// `head_bytes` is the frontier of the Merkle tree (ledger/merkle); `at` is UTC milliseconds; days are serial days.
constexpr std::string_view kTables[] = {
    R"(CREATE TABLE IF NOT EXISTS town(town INTEGER PRIMARY KEY, name TEXT NOT NULL, character TEXT NOT NULL,
       division TEXT NOT NULL, algorithm TEXT NOT NULL, salt_seed TEXT, n INTEGER NOT NULL, head_bytes BLOB NOT NULL,
       at INTEGER NOT NULL, next_record INTEGER NOT NULL) STRICT)",
    R"(CREATE TABLE IF NOT EXISTS document(digest TEXT PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL) STRICT,
       WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS journal(town INTEGER NOT NULL, n INTEGER NOT NULL, record INTEGER NOT NULL,
       at INTEGER NOT NULL, actor TEXT NOT NULL, key TEXT, request BLOB, entries INTEGER, header TEXT NOT NULL,
       body TEXT NOT NULL, leaf BLOB NOT NULL, PRIMARY KEY(town, n)) STRICT)",
    R"(CREATE UNIQUE INDEX IF NOT EXISTS journal_key ON journal(town, actor, key) WHERE key IS NOT NULL)",
    R"(CREATE INDEX IF NOT EXISTS journal_record ON journal(town, record, n))",
    R"(CREATE TABLE IF NOT EXISTS node(town INTEGER NOT NULL, level INTEGER NOT NULL, number INTEGER NOT NULL,
       digest BLOB NOT NULL, PRIMARY KEY(town, level, number)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS series(town INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
       year INTEGER NOT NULL, per TEXT NOT NULL, last INTEGER NOT NULL,
       PRIMARY KEY(town, kind, name, year, per)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS org(town INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
       since INTEGER, until INTEGER, PRIMARY KEY(town, key)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS staff(town INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,
       posts TEXT NOT NULL, unit TEXT NOT NULL, village TEXT NOT NULL, PRIMARY KEY(town, key)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS setting(town INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
       PRIMARY KEY(town, key)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS record(town INTEGER NOT NULL, id INTEGER NOT NULL, kind TEXT NOT NULL,
       number TEXT NOT NULL, state TEXT NOT NULL, closed_state INTEGER NOT NULL, version INTEGER NOT NULL,
       unit TEXT NOT NULL, village TEXT NOT NULL, handler TEXT NOT NULL, opened INTEGER, closed INTEGER,
       title TEXT NOT NULL, voided INTEGER NOT NULL, state_since INTEGER NOT NULL, words TEXT NOT NULL,
       uncounted TEXT NOT NULL, due INTEGER NOT NULL, names TEXT NOT NULL, sounds TEXT NOT NULL,
       PRIMARY KEY(town, id)) STRICT, WITHOUT ROWID)",
    R"(CREATE VIRTUAL TABLE IF NOT EXISTS record_text USING fts5(words, names, sounds, scope, content='',
       columnsize=0, tokenize="unicode61 remove_diacritics 0 tokenchars '_'"))",
    R"(CREATE TABLE IF NOT EXISTS person(town INTEGER NOT NULL, digest BLOB NOT NULL, record INTEGER NOT NULL,
       PRIMARY KEY(town, digest, record)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS subject(town INTEGER NOT NULL, record INTEGER NOT NULL, kind TEXT NOT NULL,
       opened INTEGER NOT NULL, sketch BLOB NOT NULL, PRIMARY KEY(town, record)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS secret(town INTEGER NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL,
       PRIMARY KEY(town, name)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS file(town INTEGER NOT NULL, digest TEXT NOT NULL, name TEXT NOT NULL,
       type TEXT NOT NULL, size INTEGER NOT NULL, at INTEGER NOT NULL, account TEXT NOT NULL,
       PRIMARY KEY(town, digest)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS number(town INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
       text TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY(town, kind, name, text, record)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS link(town INTEGER NOT NULL, record INTEGER NOT NULL, path TEXT NOT NULL,
       kind TEXT NOT NULL, field TEXT NOT NULL, to_kind TEXT NOT NULL, to_record INTEGER NOT NULL,
       PRIMARY KEY(town, record, path, to_record)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS deadline(town INTEGER NOT NULL, record INTEGER NOT NULL, name TEXT NOT NULL,
       number INTEGER NOT NULL, rule TEXT NOT NULL, bears TEXT NOT NULL, settled TEXT NOT NULL, start INTEGER,
       due INTEGER, due_at INTEGER, stop INTEGER, units_left INTEGER, estimated INTEGER NOT NULL,
       provisional INTEGER NOT NULL, office INTEGER NOT NULL,
       PRIMARY KEY(town, record, name, number)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS evidence(town INTEGER NOT NULL, record INTEGER NOT NULL, figure TEXT NOT NULL,
       number INTEGER NOT NULL, edge INTEGER NOT NULL, day INTEGER NOT NULL, unit TEXT NOT NULL, village TEXT NOT NULL,
       value INTEGER NOT NULL, summary INTEGER NOT NULL, PRIMARY KEY(town, record, figure, number, edge)) STRICT,
       WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS tally(town INTEGER NOT NULL, figure TEXT NOT NULL, month INTEGER NOT NULL,
       unit TEXT NOT NULL, village TEXT NOT NULL, value INTEGER NOT NULL, n INTEGER NOT NULL, summary INTEGER NOT NULL,
       PRIMARY KEY(town, figure, month, unit, village)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS tally_year(town INTEGER NOT NULL, year INTEGER NOT NULL, figure TEXT NOT NULL,
       unit TEXT NOT NULL, village TEXT NOT NULL, value INTEGER NOT NULL, n INTEGER NOT NULL, summary INTEGER NOT NULL,
       PRIMARY KEY(town, year, figure, unit, village)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS mark(town INTEGER NOT NULL, n INTEGER NOT NULL, number INTEGER NOT NULL,
       record INTEGER NOT NULL, sort TEXT NOT NULL, gate TEXT NOT NULL, rules TEXT NOT NULL, day INTEGER NOT NULL,
       kind TEXT NOT NULL, action TEXT NOT NULL, PRIMARY KEY(town, n, number)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS account(town INTEGER NOT NULL, account TEXT NOT NULL, staff TEXT NOT NULL,
       password TEXT NOT NULL, must_change INTEGER NOT NULL, failed INTEGER NOT NULL, locked_until INTEGER NOT NULL,
       PRIMARY KEY(town, account)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS audit(town INTEGER NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL,
       account TEXT NOT NULL, what TEXT NOT NULL, place TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL,
       leaf BLOB NOT NULL, PRIMARY KEY(town, n)) STRICT, WITHOUT ROWID)",
    // What an import remembers: which row became which record, and which column filled which field. Digests only.
    R"(CREATE TABLE IF NOT EXISTS import_row(town INTEGER NOT NULL, kind TEXT NOT NULL, identity BLOB NOT NULL,
       record INTEGER NOT NULL, cells BLOB NOT NULL, PRIMARY KEY(town, kind, identity)) STRICT, WITHOUT ROWID)",
    // What people arrange at the desk, beside the journal: hand-overs, and what was noted outside.
    R"(CREATE TABLE IF NOT EXISTS handover(town INTEGER NOT NULL, id INTEGER NOT NULL, giver TEXT NOT NULL,
       maker TEXT NOT NULL, key TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(town, id),
       UNIQUE(town, maker, key)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS handover_line(town INTEGER NOT NULL, handover INTEGER NOT NULL, n INTEGER NOT NULL,
       kind TEXT NOT NULL, record INTEGER NOT NULL, receiver TEXT NOT NULL, until INTEGER NOT NULL, state TEXT NOT NULL,
       actor TEXT NOT NULL, at INTEGER NOT NULL, says TEXT NOT NULL, PRIMARY KEY(town, handover, n)) STRICT,
       WITHOUT ROWID)",
    R"(CREATE TABLE IF NOT EXISTS field_draft(town INTEGER NOT NULL, id INTEGER NOT NULL, kind TEXT NOT NULL,
       sender TEXT NOT NULL, key TEXT NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL,
       state TEXT NOT NULL, actor TEXT NOT NULL, settled INTEGER NOT NULL, says TEXT NOT NULL, record INTEGER NOT NULL,
       PRIMARY KEY(town, id), UNIQUE(town, sender, key)) STRICT, WITHOUT ROWID)",
    // The yearly report while it is written (ledger/report_chapters): `link` is the digest of a secret, days are serial.
    R"(CREATE TABLE IF NOT EXISTS report_chapter(town INTEGER NOT NULL, year INTEGER NOT NULL, chapter TEXT NOT NULL,
       unit TEXT NOT NULL, due INTEGER NOT NULL, state TEXT NOT NULL, text TEXT NOT NULL, actor TEXT NOT NULL,
       writer TEXT NOT NULL, at INTEGER NOT NULL, says TEXT NOT NULL, version INTEGER NOT NULL, link BLOB,
       link_until INTEGER, PRIMARY KEY(town, year, chapter)) STRICT, WITHOUT ROWID)",
    R"(CREATE UNIQUE INDEX IF NOT EXISTS report_chapter_link ON report_chapter(town, link) WHERE link IS NOT NULL)",
    R"(CREATE TABLE IF NOT EXISTS import_column(town INTEGER NOT NULL, kind TEXT NOT NULL, header TEXT NOT NULL,
       path TEXT NOT NULL, PRIMARY KEY(town, kind, header)) STRICT, WITHOUT ROWID)",
    // Who is to be told what, by which way (ledger/notices). `at` and `next` are UTC milliseconds, `due` a serial day.
    R"(CREATE TABLE IF NOT EXISTS notice(town INTEGER NOT NULL, id INTEGER NOT NULL, channel TEXT NOT NULL,
       staff TEXT NOT NULL, key TEXT NOT NULL, record INTEGER NOT NULL, deadline TEXT NOT NULL, number INTEGER NOT NULL,
       due INTEGER, step TEXT NOT NULL, says TEXT NOT NULL, urgent INTEGER NOT NULL, at INTEGER NOT NULL,
       next INTEGER NOT NULL, attempts INTEGER NOT NULL, state TEXT NOT NULL, error TEXT NOT NULL,
       PRIMARY KEY(town, id)) STRICT, WITHOUT ROWID)",
    R"(CREATE UNIQUE INDEX IF NOT EXISTS notice_once ON notice(town, channel, staff, key))",
    R"(CREATE INDEX IF NOT EXISTS notice_waiting ON notice(town, channel, next) WHERE state='waiting')",
    // How a person wants to be told, and the digest of the secret in the address of their calendar.
    R"(CREATE TABLE IF NOT EXISTS told(town INTEGER NOT NULL, staff TEXT NOT NULL, mail TEXT NOT NULL,
       way TEXT NOT NULL, feed BLOB, PRIMARY KEY(town, staff)) STRICT, WITHOUT ROWID)"};

// Indexes of projections. A rebuild takes them away and makes them again from the sorted whole, which is quicker than
// row by row. The first two hold what scope and filters ask, so that counting reads no row of the table.
constexpr ProjectionIndex kIndexes[] = {
    {"record_newest",
     "CREATE INDEX IF NOT EXISTS record_newest ON record(town, kind, id, voided, closed_state, opened, unit, village, "
     "handler)"},
    {"record_urgent",
     "CREATE INDEX IF NOT EXISTS record_urgent ON record(town, kind, due, id, closed_state, opened, unit, village, "
     "handler) WHERE voided=0 AND (closed_state=0 OR due<9999999)"},
    {"person_record", "CREATE INDEX IF NOT EXISTS person_record ON person(town, record)"},
    {"number_record", "CREATE INDEX IF NOT EXISTS number_record ON number(town, record)"},
    {"link_back", "CREATE INDEX IF NOT EXISTS link_back ON link(town, to_record, kind, field)"},
    {"deadline_due", "CREATE INDEX IF NOT EXISTS deadline_due ON deadline(town, settled, office, due)"},
    {"evidence_day", "CREATE INDEX IF NOT EXISTS evidence_day ON evidence(town, figure, day, record)"},
    {"mark_day", "CREATE INDEX IF NOT EXISTS mark_day ON mark(town, sort, day)"},
};

// From version 1: records gained their nearest due day and the words they are found by; a rebuild fills them.
constexpr std::string_view kFromVersion1[] = {"DROP INDEX IF EXISTS record_kind", "DROP INDEX IF EXISTS record_open",
                                              "ALTER TABLE record ADD COLUMN due INTEGER NOT NULL DEFAULT 9999999",
                                              "ALTER TABLE record ADD COLUMN names TEXT NOT NULL DEFAULT ''",
                                              "ALTER TABLE record ADD COLUMN sounds TEXT NOT NULL DEFAULT ''"};

}  // namespace

Result<bool> upgrade_tables(Session& session, std::int64_t version) {
  if (version < 1 || version >= kSchemaVersion) return false;
  ZS_CHECK(session.begin());
  const auto add = [&](std::string_view sql) -> Result<> {
    WriteBatch batch;
    batch.add(sql, {});
    return session.write(batch);
  };
  const auto run = [&]() -> Result<> {
    if (version == 1) {
      for (const std::string_view sql : kFromVersion1) ZS_CHECK(add(sql));
    }
    // From version 2: `subject` is new, and has nothing in it yet.
    ZS_CHECK(add("PRAGMA user_version=3"));
    return session.commit();
  };
  const auto done = run();
  if (!done) session.rollback();
  if (!done) return done.error();
  return true;
}

Result<> create_tables(Session& session) {
  // One by one: a statement is prepared only when the table it names is there.
  for (const std::string_view sql : kTables) {
    WriteBatch batch;
    batch.add(sql, {});
    ZS_CHECK(session.write(batch));
  }
  WriteBatch indexes;
  make_projection_indexes(indexes);
  return session.write(indexes);
}

void drop_projection_indexes(WriteBatch& batch) {
  for (const ProjectionIndex& index : kIndexes) batch.add(std::string("DROP INDEX IF EXISTS ") + index.name, {});
}

void make_projection_indexes(WriteBatch& batch) {
  for (const ProjectionIndex& index : kIndexes) batch.add(index.make, {});
}

const std::vector<std::string_view>& projection_tables() {
  static const std::vector<std::string_view> kProjections{"record",   "number", "link",       "deadline", "person",
                                                          "evidence", "tally",  "tally_year", "mark",     "subject"};
  return kProjections;
}

}  // namespace zs::store
