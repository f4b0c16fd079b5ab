// What a View has worked out so far. Private to src/rules.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rules/view.h"

namespace zs::rules {

struct View::Memory {
  std::map<std::string, Value, std::less<>> computed;
  std::map<std::string, std::vector<Clock>, std::less<>> clocks;
  std::map<const Record*, std::unique_ptr<View>> others;
};

}  // namespace zs::rules
