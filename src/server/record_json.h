// One record, its history, as the API gives them. Guarded values are covered here, and nowhere else.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "base/json_writer.h"
#include "ledger/reading.h"
#include "server/app.h"

namespace zs::server {

/// The member "deadlines": each with its working; those that do not apply are left out.
void write_deadlines(JsonWriter& w, const std::vector<ledger::DeadlineView>& deadlines);
/// A value as the person may see it; empty if it is absent.
std::string seen_text(const Context& context, const ledger::RecordPage& page, const rulebook::Field& field,
                      const Value& value);
/// The members of a file.
void write_file(JsonWriter& w, const ledger::Attachment& file);
/// The whole record as the person may see it.
std::string record_json(const Context& context, const ledger::RecordPage& page);
/// The newest first, each as a sentence with its differences.
nlohmann::ordered_json history_json(const Context& context, const ledger::RecordPage& page,
                                    const std::vector<ledger::HistoryLine>& lines);

/// The record of the path, as of `as_of`. Errors: not_found, also for what the person may not see.
Result<std::shared_ptr<const ledger::RecordPage>> readable(Context& context);

}  // namespace zs::server
