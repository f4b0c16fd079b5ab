// One record, its history, as the API gives them. Guarded values are covered here, and nowhere else.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ledger/proofs.h"
#include "ledger/records.h"
#include "server/app.h"

namespace zs::server {

nlohmann::ordered_json deadline_json(const ledger::DeadlineView& deadline);
nlohmann::ordered_json record_json(const Context& context, const ledger::RecordView& view,
                                   const std::vector<ledger::HistoryLine>& history,
                                   const std::vector<ledger::Near>& near);
/// The newest first, each as a sentence with its differences.
nlohmann::ordered_json history_json(const Context& context, const rulebook::Kind& kind,
                                    const std::vector<ledger::HistoryLine>& lines);

nlohmann::ordered_json file_json(const ledger::Attachment& file);

/// The record of the path, as of `as_of`. Errors: not_found, also for what the person may not see.
Result<ledger::RecordView> readable(Context& context, store::Session& session);

}  // namespace zs::server
