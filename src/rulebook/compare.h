// An adopted rulebook against an offered one: keys are permanent, so what vanished or changed its type is refused.
#pragma once

#include <string>
#include <vector>

#include "rulebook/rulebook.h"

namespace zs::rulebook {

struct Differences {
  std::vector<Text> refused;  ///< what vanished or changed type, without `retired:`
  std::vector<Text> changed;  ///< what is new, or reads otherwise
};

Differences compare(const Rulebook& adopted, const Rulebook& offered);

}  // namespace zs::rulebook
