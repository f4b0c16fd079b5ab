#include "server/role_words.h"

namespace zs::server {

using rulebook::Scope;

std::string_view scope_label(Scope scope) {
  constexpr std::string_view kLabels[] = {"不可见", "本村", "本机构", "全镇"};
  return kLabels[static_cast<std::size_t>(scope)];
}

std::string_view scope_name(Scope scope) {
  constexpr std::string_view kNames[] = {"none", "own_village", "own_unit", "town"};
  return kNames[static_cast<std::size_t>(scope)];
}

}  // namespace zs::server
