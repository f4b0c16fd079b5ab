// What a View has worked out so far. Private to src/rules.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rules/view.h"

namespace zs::rules {

struct View::Memory {
  /// By the field; few of a kind's fields are computed, and a value stays where it is while others come.
  std::vector<std::pair<const rulebook::Field*, std::unique_ptr<Value>>> computed;
  std::map<std::string, std::vector<Clock>, std::less<>> clocks;
  std::map<const Record*, std::unique_ptr<View>> others;
};

}  // namespace zs::rules
