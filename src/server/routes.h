// All routes in one table that reads like documentation (docs/api.md says what each takes and answers).
#pragma once

#include <span>

#include "server/app.h"

namespace zs::server {

/// One route. `{name}` in the pattern stands for one step of the path.
struct Route {
  std::string_view method, pattern;
  Answer answer;
  std::string_view says;          ///< what it is for, in Chinese: the OpenAPI document shows it
  std::string_view answers = {};  ///< the shape of what it answers (server/shapes); empty: no content, or no JSON
  std::string_view query = {};    ///< the names of its parameters, by blanks
};
std::span<const Route> routes();

/// Whether the body of a request goes to a file, and what is answered before it is sent if it may not be.
bool streamed(const Request& request);
std::optional<Response> admit(App& app, const Request& request);

/// Finds the route, the session and the town, and answers; the whole way of a request. Assets, health and metrics too.
Response handle(App& app, const Request& request);

}  // namespace zs::server
