// Flat conditions → SQL over a kind's table, for list filters and read scope (design §4.3).
//
// Flat: comparisons of the record's own columns (store/columns) with constants, present and absent, under all, any,
// not. The SQL has the meaning of rules/evaluate: what is absent compares false and its `not` true, an absent flag
// reads no, and what is unknown is neither true nor false: such a record is selected only where the answer does not
// rest on it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rulebook/kind.h"
#include "store/database.h"

namespace zs::store {

/// Whether where_of() can write the condition.
bool flat(const rulebook::Condition& condition, const rulebook::Kind& kind);

struct Where {
  std::string sql;               ///< an expression, in brackets where it needs them
  std::vector<Cell> parameters;  ///< of ?first, ?first+1 …
};

/// The condition as SQL, its parameters numbered from `first_parameter`; nothing if it is not flat.
std::optional<Where> where_of(const rulebook::Condition& condition, const rulebook::Kind& kind,
                              std::size_t first_parameter = 1);

}  // namespace zs::store
