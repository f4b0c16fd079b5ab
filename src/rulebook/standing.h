// What stands on a rule of the law: gates, deadlines, fields, forms, duties, self-checks, and scenarios beside the
// rulebook. Read from the files as written, so that whatever names a rule is found.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rulebook/rulebook.h"

namespace zs::rulebook {

/// One place that names a rule.
struct Standing {
  Place place;
  std::string path;   ///< the keys that lead there: gates.five_at_most
  std::string label;  ///< what it says of itself: 代表超过五人
};

/// Rule id → the places that name it, in the order of files. `files` may be YAML of any shape: `rule:` is looked for,
/// and `{{rule:…}}` in forms. A file that is no YAML is passed over.
std::map<std::string, std::vector<Standing>> standing_of(const Files& files);

}  // namespace zs::rulebook
