// What a hand-over looks like to whoever it concerns, and why a line of it cannot be given or taken.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ledger/handover.h"
#include "server/app.h"

namespace zs::server {

/// Whether the person gives, makes, receives or heads: nobody else sees it.
bool concerns(const Context& context, const ledger::Handover& handover);
/// Whether the person heads the unit of somebody.
bool heads(const Context& context, const std::string& whose);
/// Whether the person may pass lines on and withdraw them.
bool may_arrange(const Context& context, const ledger::Handover& handover);
/// Whether a record stands in one of these hand-overs and waits for somebody.
bool is_offered(const std::vector<ledger::Handover>& handovers, RecordId record);

/// Why a record cannot be given to somebody, as a reason with what to do; nothing if it can.
std::optional<nlohmann::ordered_json> why_not_given(Context& context, const ledger::HandoverLine& line,
                                                    const rules::Person& giver, const rules::Person& receiver);
/// Why the person cannot take a line over (any more); nothing if they can.
std::optional<std::string> why_not_taken(Context& context, const ledger::Handover& handover,
                                         const ledger::HandoverLine& line);

/// view: mine (to take over), offered (by me, or of my work), escalated (past their day, in a unit that I head).
Result<std::vector<ledger::Handover>> handovers_of(store::Session& session, Context& context, std::string_view view);
/// The whole hand-over as the person may see it.
nlohmann::ordered_json handover_json(Context& context, const ledger::Handover& handover);

}  // namespace zs::server
