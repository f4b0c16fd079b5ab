// A table of rules (Markdown, one row a rule, the id first in backquotes) against the rulebook: held, listed, missing.
#pragma once

#include <string>
#include <vector>

#include "rulebook/rulebook.h"

namespace zs::rulebook {

struct SectionCoverage {
  std::string section;  ///< heading as written
  int rows = 0, held = 0, listed = 0;
  int numbered = 0, numbered_held = 0;  ///< rows with a period, day or number (unit is not `gate`)
  std::vector<std::string> missing;
  std::vector<std::string> unnamed;  ///< numbered and held, but no scenario names them
};

/// Rules listed in untested.yaml (which no program can hold) count as listed, whether the law has a row for them or not.
/// `scenarios`: the examples beside the rulebook, as read; without any, none is looked for.
std::vector<SectionCoverage> coverage(const Rulebook& book, std::string_view markdown, const Files& scenarios);

}  // namespace zs::rulebook
