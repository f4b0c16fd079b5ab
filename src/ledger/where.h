// The conditions of lists and searches as SQL: what is asked, and what a person may read. All texts are ours; what
// users give is bound. Private to src/ledger.
#pragma once

#include <string>
#include <vector>

#include "ledger/town.h"
#include "rules/scope.h"

namespace zs::ledger {

/// A WHERE that grows, with its parameters; ?1 is the town.
class Where {
 public:
  explicit Where(TownId town) : parameters_{town.number} {}
  /// Gives the value a place: "?3".
  std::string bind(store::Cell value);
  void add(std::string condition) { text_ += (text_.empty() ? "" : " AND ") + std::move(condition); }
  /// Asks nothing if the value is empty.
  void equal(std::string_view column, const std::string& value);
  const std::string& text() const { return text_; }
  const std::vector<store::Cell>& parameters() const { return parameters_; }

 private:
  std::string text_;
  std::vector<store::Cell> parameters_;
};

/// Adds a condition on a kind's own fields; false if it is none that SQL can say (store/where).
bool add_fields(Where& where, const Town& town, const rulebook::Kind& kind, const rulebook::Condition& condition);

/// What the person may read of a kind (rules/scope says the same of one record); `r` is the record.
std::string scope_sql(rulebook::Scope scope, const rules::Person& person, Where& where);
/// All kinds that the person may read, each within its scope.
std::string scopes_sql(const Town& town, const rules::Person& person, Where& where);

/// A query of the index of words, within the person's scope: words, names if personal values are shown to the person,
/// and sounds. Empty if there is nothing in it that one could search by. `kind` empty: all kinds. Whole words are found
/// at once however many there are; beginnings of words cost more the more there are.
enum class Ending { whole, open };
std::string match_of(const Town& town, const rules::Person& person, std::string_view kind, std::string_view query,
                     Ending ending);
/// What the person may read, as a query of the column `scope` of the index of words; empty: nothing. `kind` as above.
std::string scope_match(const Town& town, const rules::Person& person, std::string_view kind);

}  // namespace zs::ledger
