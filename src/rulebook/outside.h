// What a kind has to do with outside systems.
#pragma once

#include "rulebook/kind.h"

namespace zs::rulebook {

/// The number that the outside system where the cases live gives: the one that the entry card names, else the first
/// outside number of the kind. Null: the kind has none.
const NumberSeries* home_number(const Kind& kind);

}  // namespace zs::rulebook
