// What the scopes of roles are called in the API and for a reader.
#pragma once

#include <string_view>

#include "rulebook/role.h"

namespace zs::server {

std::string_view scope_name(rulebook::Scope scope);
std::string_view scope_label(rulebook::Scope scope);

}  // namespace zs::server
