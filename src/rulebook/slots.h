// Slots: the places of a record that a column of an old ledger may fill, each by its path, and the names by which such
// columns are known (labels, and synonyms.yaml).
//
// Pure, and safe from any thread. Pointers lead into the kind.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rulebook/rulebook.h"

namespace zs::rulebook {

/// One place: a field "received_on", a part "petitioner.phone", a number "number", the "state", a cell of a row
/// "mediators.who", or of the row of one sort "parties.applicant.who.name" (its choice column is filled with it).
struct Slot {
  enum class Sort { field, part, number, state };
  std::string path, label;
  Sort sort = Sort::field;
  const Field* field = nullptr;          ///< the field or column; none of a number and of the state
  std::string part;                      ///< of a party
  const NumberSeries* number = nullptr;  ///< of a number
  const Field* rows = nullptr;           ///< the rows field in whose row the cell stands
  const Field* told_by = nullptr;        ///< the choice column that tells its row from others
  const Option* option = nullptr;        ///< and what it holds there
};

/// The slots of a kind in the order of a form. What is computed, links, files and what is retired cannot be imported.
std::vector<Slot> slots_of(const Kind& kind);
const Slot* find_slot(const std::vector<Slot>& slots, std::string_view path);

/// The names of a slot as they may stand in a header: its own label first, then those that synonyms.yaml gives it.
struct SlotNames {
  std::vector<std::string> labels, synonyms;
};
SlotNames names_of(const Rulebook& book, const Kind& kind, const Slot& slot);

/// Each name of each option of the slot (a choice, choices, or the state): label, key, synonyms → the option's key.
std::vector<std::pair<std::string, std::string>> option_names(const Rulebook& book, const Kind& kind, const Slot& slot);

/// Whether a path of synonyms.yaml names something of the kind: a slot, a party, or an option.
bool names_something(const Kind& kind, const std::vector<Slot>& slots, std::string_view path);

}  // namespace zs::rulebook
