// A kind's states and actions as a Mermaid state diagram.
#pragma once

#include <string>

#include "rulebook/kind.h"

namespace zs::rulebook {

std::string diagram(const Kind& kind);

}  // namespace zs::rulebook
