// A change as it comes in over HTTP, and its answer: what all routes that write records share.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "server/app.h"

namespace zs::server {

/// Moves what of a body belongs to the act, and what to the change around it. Errors: bad_input (another key).
Result<> move_keys(nlohmann::json& from, nlohmann::json& act, nlohmann::json& change);
/// If-Match and Idempotency-Key. Errors: bad_input.
Result<> read_headers(const Request& request, nlohmann::json& change);
/// A new record belongs to whoever makes it, unless it says otherwise.
void own_new_record(const Context& context, nlohmann::json& body);
/// All reasons of a refusal, each with its citations.
nlohmann::ordered_json reasons_json(const rules::Refusal& refusal, const ledger::Town& town);
/// Errors: bad_input if the change names a file that was never sent.
Result<> check_files(Context& context, const rules::Change& change);

/// A stored file as it is sent: shown in the browser where `view` asks for it and nothing of it would run.
Response file_answer(const ledger::Attachment& file, const std::filesystem::path& path, bool view);
/// Whether the person may make a record of the kind by its creating act.
bool may_create(const Context& context, std::string_view kind);
/// A record made from `body` by the creating act, or by the steps of a quick form of the kind in the path. `beside`
/// writes into the same transaction. Answers as the route that creates.
Result<Response> create_from(Context& context, const std::string& quick, nlohmann::json body,
                             const ledger::Ledger::Beside& beside = {});

}  // namespace zs::server
