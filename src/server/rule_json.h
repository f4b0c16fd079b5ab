// A rule of the law as answers show it, and what of the rulebook stands on it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "server/app.h"

namespace zs::server {

/// The shape Rule, with the text of its article where that is loaded.
nlohmann::ordered_json rule_json(const Context& context, const rulebook::Rule& rule);
/// The shape [Standing]: gates, deadlines, fields, acts, papers, duties, self-checks, each named once.
nlohmann::ordered_json standing_json(Context& context, const std::string& rule);

}  // namespace zs::server
