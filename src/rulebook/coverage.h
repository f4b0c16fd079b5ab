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
};

/// Rules listed in untested.yaml (which no program can hold) count as listed.
std::vector<SectionCoverage> coverage(const Rulebook& book, std::string_view markdown);

}  // namespace zs::rulebook
