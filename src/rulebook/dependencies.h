// What a computed field or a deadline of a record reads: for the checker (circles) and for corrections (which gates of
// past acts read a changed field).
#pragma once

#include <set>
#include <string>

#include "rulebook/kind.h"

namespace zs::rulebook {

/// Names of the record's own fields and, as "deadline:x", of its deadlines.
using Reads = std::set<std::string>;

void reads_of(const Condition& condition, Reads& reads);
void reads_of(const DateOf& date, Reads& reads);
void reads_of(const Computed& computed, Reads& reads);
void reads_of(const Deadline& deadline, Reads& reads);

/// All that the names in `reads` read in turn, through computed fields and deadlines of the kind.
Reads closure(const Kind& kind, Reads reads);

/// Whether a gate reads something that the form of the action asks for: then the form may yet open it.
bool reads_its_form(const Kind& kind, const Action& action, const Gate& gate);
/// Whether the act asks for one of these names, or for what they are computed from.
bool asks_for(const Kind& kind, const Action& action, std::set<std::string> names);

/// A circle among computed fields and deadlines: the names in order, or empty.
std::vector<std::string> find_circle(const Kind& kind);

}  // namespace zs::rulebook
