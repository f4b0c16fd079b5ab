#include "rulebook/diagram.h"

#include <fmt/format.h>

#include <algorithm>

namespace zs::rulebook {

std::string diagram(const Kind& kind) {
  std::string text = fmt::format("---\ntitle: {}\n---\nstateDiagram-v2\n", kind.label);
  for (const State& state : kind.states) text += fmt::format("  {}: {}\n", state.key, state.label);
  for (const Action& action : kind.actions) {
    if (action.retired) continue;
    if (action.creates()) text += fmt::format("  [*] --> {}: {}\n", action.to, action.label);
    for (const State& from : kind.states) {
      const bool leads = action.from_any
                             ? !from.is_final
                             : std::find(action.from.begin(), action.from.end(), from.key) != action.from.end();
      if (leads && !action.to.empty() && action.to != from.key)
        text += fmt::format("  {} --> {}: {}\n", from.key, action.to, action.label);
    }
  }
  for (const State& state : kind.states) {
    if (state.is_final) text += fmt::format("  {} --> [*]\n", state.key);
  }
  return text;
}

}  // namespace zs::rulebook
