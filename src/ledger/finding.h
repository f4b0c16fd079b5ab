// What a record is found by: its words, the names and sounds in it, the people in it. Part of its projection.
//
// The index of words is a table of FTS5 without contents of its own; its texts stand in `record`. People are kept as
// keyed digests of identity and phone numbers, so that the file does not give them away. Private to src/ledger.
#pragma once

#include <string>
#include <vector>

#include "ledger/town.h"
#include "rules/view.h"

namespace zs::ledger {

/// Words as an index holds them (base/text, base/sounds).
struct Words {
  std::string words;   ///< title and numbers
  std::string names;   ///< of parties: only for those to whom personal values are shown
  std::string sounds;  ///< of the title, in pinyin
  std::string scope;   ///< kind, unit, village and handler (scope_words)
  bool operator==(const Words&) const = default;
};
Words words_of(const rules::Record& record, const std::string& title);
/// Whose record it is, as words of the index: a search reads only what its scope holds.
std::string scope_words(std::string_view kind, std::string_view unit, std::string_view village,
                        std::string_view handler);

/// All parties of a record, those in its rows too.
std::vector<const Party*> parties_of(const rules::Record& record);

/// "id:44158…", "phone:138…": one for each number of a party, without blanks and small letters.
std::vector<std::string> persons_of(const rules::Record& record);
/// Adds those of one party.
void add_persons(std::vector<std::string>& persons, std::string_view id_no, std::string_view phone);
/// What such a text is in the table `person`.
store::Blob person_digest(const Town& town, std::string_view person);
/// The rows of a record in the table `person`, sorted.
std::vector<store::ResultRow> person_rows(const Town& town, RecordId record, const std::vector<std::string>& persons);
/// The same texts for what somebody typed; none if it is no such number.
std::vector<std::string> persons_in(std::string_view query);

/// Statements that take the old words of a record out of the index and put the new ones in; null: there were none.
void write_words(TownId town, RecordId record, const Words* old, const Words& now, store::WriteBatch& rows);
/// A statement that puts the words of stored records into an index that does not have them.
void write_words_of_range(TownId town, std::int64_t from, std::int64_t until, store::WriteBatch& rows);
/// Statements that empty the index of a town whose records still stand; `alone`: no other town is in the database.
void clear_words(TownId town, bool alone, store::WriteBatch& rows);
/// A statement that has the index gather more words in memory (64 MB) before it writes them, or as many as usual.
enum class Gathering { usual, large };
void gather_words(Gathering gathering, store::WriteBatch& rows);
/// A statement that leaves nothing in the index of words that were taken out; takes long in a large one.
void merge_words(store::WriteBatch& rows);
/// The row of the index for a record.
std::int64_t words_row(TownId town, RecordId record);

}  // namespace zs::ledger
