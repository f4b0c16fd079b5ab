#include "ledger/finding.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/sounds.h"

namespace zs::ledger {
namespace {

using rules::Record;

constexpr std::int64_t kRecordsOfTown = std::int64_t{1} << 40;
constexpr std::string_view kTakeOut =
    "INSERT INTO record_text(record_text,rowid,words,names,sounds,scope) VALUES('delete',?1,?2,?3,?4,?5)";
constexpr std::string_view kPutIn = "INSERT INTO record_text(rowid,words,names,sounds,scope) VALUES(?1,?2,?3,?4,?5)";
constexpr std::string_view kTakeAllOut = "INSERT INTO record_text(record_text) VALUES('delete-all')";
// Of records that stand: what scope_words and words_row say of them, in SQL.
constexpr std::string_view kTakeTownOut =
    "INSERT INTO record_text(record_text,rowid,words,names,sounds,scope) "
    "SELECT 'delete',town*1099511627776+id,words,names,sounds,"
    "'k_'||kind||' u_'||unit||' v_'||village||' h_'||handler FROM record WHERE town=?1";
constexpr std::string_view kPutRangeIn =
    "INSERT INTO record_text(rowid,words,names,sounds,scope) SELECT town*1099511627776+id,words,names,sounds,"
    "'k_'||kind||' u_'||unit||' v_'||village||' h_'||handler FROM record WHERE town=?1 AND id BETWEEN ?2 AND ?3";

// How many bytes of new words are gathered in memory before they are written as one more segment, which later ones are
// merged with.
constexpr std::string_view kGather = "INSERT INTO record_text(record_text,rank) VALUES('hashsize',?1)";
constexpr std::int64_t kGathered = 1 << 20, kGatheredAtRebuild = 64 << 20;
constexpr std::string_view kMerge = "INSERT INTO record_text(record_text) VALUES('optimize')";

constexpr std::size_t kIdDigits = 18, kOldIdDigits = 15, kPhoneMin = 7, kPhoneMax = 12;

// Digits, and the X of an identity number; nothing if there is anything else but blanks and hyphens.
std::string plain_number(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || c == 'X')
      plain.push_back(c);
    else if (c == 'x')
      plain.push_back('X');
    else if (c != ' ' && c != '-')
      return {};
  }
  return plain;
}

void add_number(std::vector<std::string>& persons, std::string_view what, std::string_view text) {
  const std::string plain = plain_number(text);
  if (plain.size() >= kPhoneMin) persons.push_back(std::string(what) + ":" + plain);
}

}  // namespace

std::vector<const Party*> parties_of(const Record& record) {
  std::vector<const Party*> parties;
  const auto look = [&](const rules::Fields& fields) {
    for (const auto& [key, value] : fields) {
      if (const auto* party = value.as<Party>()) parties.push_back(party);
    }
  };
  look(record.fields);
  for (const auto& [field, rows] : record.rows) {
    for (const auto& [number, cells] : rows) look(cells);
  }
  return parties;
}

Words words_of(const Record& record, const std::string& title) {
  std::string text = title;
  for (const auto& [name, number] : record.numbers) text += " " + number;
  std::string names;
  for (const Party* party : parties_of(record)) {
    const auto name = party->find("name");
    if (name != party->end()) names += (names.empty() ? "" : " ") + name->second;
  }
  return {search_words(text), search_words(names), sound_words(title), {}};
}

std::string scope_words(std::string_view kind, std::string_view unit, std::string_view village,
                        std::string_view handler) {
  return fmt::format("k_{} u_{} v_{} h_{}", kind, unit, village, handler);
}

std::vector<std::string> persons_of(const Record& record) {
  std::vector<std::string> persons;
  for (const Party* party : parties_of(record)) {
    for (const auto& [key, text] : *party) {
      if (key == "id_no") add_number(persons, "id", text);
      if (key == "phone") add_number(persons, "phone", text);
    }
  }
  std::sort(persons.begin(), persons.end());
  persons.erase(std::unique(persons.begin(), persons.end()), persons.end());
  return persons;
}

void add_persons(std::vector<std::string>& persons, std::string_view id_no, std::string_view phone) {
  add_number(persons, "id", id_no);
  add_number(persons, "phone", phone);
}

store::Blob person_digest(const Town& town, std::string_view person) {
  // The key twice: what follows the first cannot be lengthened to another's digest.
  const Digest inner = digest(town.algorithm, {town.person_key, person});
  return {std::string(bytes(digest(town.algorithm, {town.person_key, bytes(inner)})))};
}

std::vector<store::ResultRow> person_rows(const Town& town, RecordId record, const std::vector<std::string>& persons) {
  std::vector<store::ResultRow> rows;
  for (const std::string& person : persons) rows.push_back({person_digest(town, person), record.number});
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::vector<std::string> persons_in(std::string_view query) {
  const std::string plain = plain_number(query);
  std::vector<std::string> persons;
  if (plain.size() == kIdDigits || plain.size() == kOldIdDigits) persons.push_back("id:" + plain);
  if (plain.size() >= kPhoneMin && plain.size() <= kPhoneMax) persons.push_back("phone:" + plain);
  return persons;
}

std::int64_t words_row(TownId town, RecordId record) {
  return town.number * kRecordsOfTown + record.number;
}

void write_words(TownId town, RecordId record, const Words* old, const Words& now, store::WriteBatch& rows) {
  if (old != nullptr && *old == now) return;
  const std::int64_t row = words_row(town, record);
  if (old != nullptr) rows.add(kTakeOut, {row, old->words, old->names, old->sounds, old->scope});
  rows.add(kPutIn, {row, now.words, now.names, now.sounds, now.scope});
}

void write_words_of_range(TownId town, std::int64_t from, std::int64_t until, store::WriteBatch& rows) {
  rows.add(kPutRangeIn, {town.number, from, until});
}

void gather_words(Gathering gathering, store::WriteBatch& rows) {
  rows.add(kGather, {gathering == Gathering::large ? kGatheredAtRebuild : kGathered});
}

void merge_words(store::WriteBatch& rows) {
  rows.add(kMerge, {});
}

void clear_words(TownId town, bool alone, store::WriteBatch& rows) {
  if (alone)
    rows.add(kTakeAllOut, {});
  else
    rows.add(kTakeTownOut, {town.number});
}

}  // namespace zs::ledger
