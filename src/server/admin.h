// What the handlers of administration share: fields out of a body, refusals that the audit log keeps.
#pragma once

#include <initializer_list>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "server/app.h"

namespace zs::server {

/// Takes the named texts out of a body. Errors: bad_input, for another key (but `others`), another type or a text that
/// is too long.
Result<> take_texts(const nlohmann::json& body, std::initializer_list<std::string_view> names,
                    std::initializer_list<std::string_view> others, std::map<std::string, std::string>& values);
/// The key of something new: small letters, digits, hyphens. Errors: bad_input.
Result<std::string> new_key(const nlohmann::json& body);
/// 403 with its reason, and a line in the audit log.
Result<Response> refused(Context& context, const std::string& what, const std::string& where, const std::string& says);

}  // namespace zs::server
