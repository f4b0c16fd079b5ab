// A self-check (自查表) as data: lines drawn from the records of one or several kinds, under the same columns, and
// which of them differ. Evaluated by rules/self_check, read by ledger/checks.
//
// Nothing of it is stored: each time it is asked, the records answer anew.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rulebook/kind.h"

namespace zs::rulebook {

/// How one column is filled from the records of one source.
struct CheckCell {
  enum class Kind {
    empty,     ///< this source has nothing to say in the column
    path,      ///< a value of the record or row, one link away at most
    computed,  ///< as a computed field: holds, first, earliest, latest, count, sum
    outcome,   ///< how a deadline stands
    due,       ///< its due day
    over,      ///< by how much it was missed, or is by today, in its own unit
    minus,     ///< the first of the line's columns less the others
    gates,     ///< whether the acts were held to these gates
    decided    ///< who decided an act
  };
  Kind kind = Kind::empty;
  Place place;
  Path path;
  ConditionPtr when;  ///< of path: where false, there is no value
  std::shared_ptr<Computed> computed;
  std::string deadline;
  std::vector<std::string> columns;  ///< of minus
  std::vector<std::string> gates;    ///< of gates: by name, groups opened
  std::vector<std::string> acts;     ///< of gates and decided; of gates empty: every act that asks one of them
};

struct CheckColumn {
  /// What stands in it beside the types of fields: a deadline's outcome, the verdict of gates.
  enum class Sort { plain, outcome, gates };
  Sort sort = Sort::plain;
  bool total = false;
};

/// What makes a line differ, in the field's words.
struct CheckReason {
  std::string says;
  ConditionPtr when;  ///< over the line's columns; `record.x` is the record's field
};

/// The records (or their rows) that give lines.
struct CheckSource {
  Place place;
  std::string kind;
  std::string rows;  ///< each row is a line; empty: each record
  DateOf dated;      ///< which year the line belongs to
  ConditionPtr where;
  std::vector<CheckReason> differs;
  std::vector<CheckCell> cells;  ///< one a column
};

struct SelfCheck {
  std::string key;
  Place place;
  std::string label, definition;
  std::vector<RuleRef> rules;  ///< which ask for it
  Field line;                  ///< of type rows: the columns, typed, as conditions over a line read them
  std::vector<CheckColumn> columns;
  std::string groups;                  ///< a column by which lines are brought together and added up
  std::vector<std::string> signed_by;  ///< who signs the printed sheet
  std::vector<CheckSource> sources;
};

/// What a gates column may say (its options), in the order of weight.
enum class Held { none, passed, warned, unproven, breached };
std::string_view name_of(Held held);

}  // namespace zs::rulebook
