#include "rules/heads.h"

#include <algorithm>

namespace zs::rules {
namespace {

rulebook::Scope headship(const rulebook::Rulebook& book, const Person& person) {
  rulebook::Scope widest = rulebook::Scope::none;
  for (const std::string& post : person.posts) {
    if (const rulebook::Role* role = book.find_role(post)) widest = std::max(widest, role->heads);
  }
  return widest;
}

}  // namespace

std::vector<std::string> heads_of(const rulebook::Rulebook& book, const std::map<std::string, Person>& staff,
                                  const Person& whose) {
  std::vector<std::string> own, above;
  for (const auto& [key, person] : staff) {
    if (key == whose.key) continue;
    const rulebook::Scope heads = headship(book, person);
    if (heads == rulebook::Scope::own_unit && !whose.unit.empty() && person.unit == whose.unit) own.push_back(key);
    if (heads == rulebook::Scope::town) above.push_back(key);
  }
  return own.empty() ? above : own;
}

}  // namespace zs::rules
