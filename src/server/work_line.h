// One running deadline with its record, as the worklist, the calendar and the days ahead show it.
#pragma once

#include <string>

#include "base/json_writer.h"
#include "ledger/listing.h"
#include "server/app.h"

namespace zs::server {

/// The shape WorkLine, as one object.
void write_line(JsonWriter& w, const Context& context, const ledger::DueLine& line);
/// "02-end" → 2月底, "11-30" → 11月30日; another text as it stands.
std::string day_of_year(const std::string& text);

}  // namespace zs::server
