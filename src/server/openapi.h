// The OpenAPI 3.1 document of the API, made from the table of routes and the town's rulebook.
#pragma once

#include "server/app.h"

namespace zs::server {

Response openapi(const ledger::Town& town);

}  // namespace zs::server
