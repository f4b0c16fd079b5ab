// Conditions, paths and dates of a record, as data (design §4.3). Evaluated by rules/evaluate and rules/view; the flat
// ones also become SQL in store/where.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/value.h"
#include "rulebook/source.h"

namespace zs::rulebook {

/// What a field holds.
enum class Type {
  text,
  note,
  choice,
  choices,
  flag,
  date,
  moment,
  count,
  money,
  party,
  staff,
  org,
  place,
  link,
  links,
  files,
  rows
};

/// One step of a path, resolved by the loader against the kinds.
struct Step {
  enum class Kind {
    field,   ///< a scalar field, column, shared field or number of the thing reached
    part,    ///< one part of a party
    follow,  ///< over a link or links to the records they name
    rows,    ///< into the rows of a field
    back     ///< to the records of `kind` whose link field `key` names this record
  };
  Kind step = Kind::field;
  std::string key;
  std::string kind;  ///< of `back`
  /// Of a field of the kind that the path starts on: where it stands in the kind's list. Most of what rules read.
  std::size_t place = static_cast<std::size_t>(-1);
};

/// A way from the record (or from the row, inside `where:` and `each:`) to values: "review.cleared_on", "record.power".
struct Path {
  std::string text;  ///< as written
  Place place;
  bool from_element = false;  ///< starts at the row or record that a quantifier looks at
  bool itself = false;        ///< the bare word for the record itself
  std::vector<Step> steps;
  Type type = Type::text;  ///< of the values at its end
  bool many = false;       ///< may reach more than one value
  bool beyond = false;     ///< leaves the record: gates only
};

struct Condition;
using ConditionPtr = std::shared_ptr<const Condition>;

/// A date of the record (design §4.2): a field, the first, earliest or latest of several, or a deadline's due day.
struct DateOf {
  enum class Kind { field, first, earliest, latest, due };
  Kind kind = Kind::field;
  Place place;
  Path path;                  ///< of `field`
  std::vector<DateOf> parts;  ///< of first, earliest, latest
  std::string deadline;       ///< of `due`
  ConditionPtr when;          ///< where false, the date is not there
  ConditionPtr where;         ///< over the rows of the one path of earliest, latest
};

/// The left or right side of a comparison.
struct Operand {
  enum class Kind { constant, path, setting, rule, act_day, self, actor, town };
  Kind kind = Kind::constant;
  Place place;
  std::string scalar;  ///< a constant as written; key of a setting; id of a rule
  Value constant;      ///< the scalar, typed by the left side
  Path path;           ///< of `path`; of a setting's `of:`
  bool has_of = false;
  std::string number;  ///< which number of a rule
};

enum class Test { is, in, not_in, at_least, at_most, before, after, between, present, absent, has, has_any, all_in };

struct Comparison {
  Test test = Test::is;
  std::vector<Operand> right;  ///< between: from, until; an open end is a constant that is absent
};

struct Condition {
  enum class Kind { all, any, negation, compare, quantified, deadline, dossier, breached, identifies };
  enum class Quantifier { some, none, count, every };
  Kind kind = Kind::all;
  Place place;
  std::vector<Condition> parts;  ///< of all, any, negation

  Operand left;           ///< of compare; the text of identifies
  Comparison comparison;  ///< of compare; of `count`; of a deadline: outcomes in `right`

  Quantifier quantifier = Quantifier::some;
  Path over;  ///< of quantified; of identifies: the link to those whose people the text may name
  ConditionPtr where;
  ConditionPtr meets;
  std::vector<Operand> distinct;  ///< of `count`: what is counted once however often it comes; none: each is counted
  bool only_new = false;          ///< `new: yes`: only rows that this act adds or edits

  std::string deadline;            ///< of deadline
  std::vector<std::string> gates;  ///< of breached: closed in an act that had already happened
  bool unproven = false;           ///< of breached: asks instead whether nobody can say
};

}  // namespace zs::rulebook
