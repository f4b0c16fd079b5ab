// The same person, the same matter (重复件): what a record, or one that is being typed, has in common with others.
//
// A hint, never a judgement: "duplicate" and "not a duplicate" are said by a person, stand in the journal (the fields
// same_as and not_same_as that every kind has) and change no period: each record keeps its own clocks.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/listing.h"
#include "ledger/subjects.h"

namespace zs::ledger {

inline constexpr std::size_t kAlikeMax = 10;
inline constexpr int kAlikePercent = 60, kAlikeDays = 365;

/// What is known of a record that may repeat another; all may be empty.
struct Matter {
  std::string kind;
  std::vector<std::string> persons;  ///< "id:…", "phone:…" (ledger/finding)
  std::vector<std::string> names;    ///< of its parties
  std::string village, subject;
  std::optional<RecordId> self;  ///< it is written already: not alike to itself
};
/// Of a stored record.
Matter matter_of(const Town& town, const rules::Record& record);
/// Adds a party as somebody types it.
void add_party(Matter& matter, const std::string& name, const std::string& id_no, const std::string& phone);

/// Why two records are alike: the same identity or phone number, of any ledger; else the same name in the same village;
/// else kAlikePercent of the pairs of the subject's characters, in the same ledger within kAlikeDays.
enum class Likeness { person, name, subject };
std::string_view name_of(Likeness why);

struct Alike {
  ListRow row;
  Likeness why = Likeness::person;
  int percent = 0;    ///< of the subject
  bool same = false;  ///< somebody has said that it is a duplicate
};

/// At most kAlikeMax within the person's scope, the surest first; what somebody has said to be none is left out. People
/// are looked for only where personal values are shown to the person.
Result<std::vector<Alike>> alike(store::Session& session, SubjectIndex& subjects, const Town& town,
                                 const rules::Person& person, const Matter& matter, Date today);

}  // namespace zs::ledger
