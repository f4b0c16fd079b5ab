// What handlers work with: the ledger, who is signed in, and the answers they give.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "ledger/reading.h"
#include "ledger/subjects.h"
#include "server/assets.h"
#include "server/http.h"
#include "server/import_jobs.h"
#include "server/law_shelf.h"
#include "server/metrics.h"
#include "server/postman.h"
#include "server/session.h"

namespace zs::server {

/// One program's server. Lives as long as serve().
struct App {
  ledger::Ledger& ledger;
  TownId town;
  Sessions sessions;
  Assets assets;
  ledger::Attachments attachments;
  ledger::Reading reading;
  bool secure_cookies = false;  ///< behind TLS
  Metrics metrics = {};
  ImportJobs imports = {};
  ledger::SubjectIndex subjects = {};
  LawShelf laws = {};
  Postman* postman = nullptr;  ///< null: nobody is told but on the desk
};

/// One signed-in request. Its town holds still until it is answered.
struct Context {
  App& app;
  const Request& request;
  std::map<std::string, std::string, std::less<>> path;  ///< what stood for {kind}, {id} …
  Session session;
  std::shared_ptr<const ledger::Town> town;
  rules::Person person;
  Date today;

  std::string_view part(std::string_view name) const;
  /// A number in the path; nothing if it is none.
  std::optional<RecordId> id() const;
};

Response json_response(const nlohmann::ordered_json& json, int status = 200);
/// The same of a text that is JSON already.
Response json_text(std::string json, int status = 200);
/// An answer that only depends on who asks, and what: made anew once the town has moved on.
Result<Response> kept_json(Context& context, const std::function<Result<std::string>(store::Session&)>& make);
/// A page of ours for print: not kept by anybody on the way.
Response html_response(std::string page, int status = 200);
Response no_content();
/// RFC 9457. An Error: 400, 404, 409 or 500 by its kind.
Response problem(const Request& request, int status, std::string_view title = {}, std::string_view detail = {});
Response problem(const Request& request, const Error& error);
/// The same with members of its own.
Response problem_with(const Request& request, int status, std::string_view detail, nlohmann::ordered_json more);
/// 422 with all reasons and their citations.
Response problem(const Request& request, const rules::Refusal& refusal, const ledger::Town& town);

/// Reads the body as a JSON object, with bounds on its depth. Errors: bad_input.
Result<std::unique_ptr<nlohmann::json>> body_of(const Request& request);

/// A handler of one route. An Error becomes a problem document.
using Answer = Result<Response> (*)(Context&);

/// Writes a line into the town's audit log; a failure there fails the request.
Result<> note(Context& context, std::string what, std::string where, std::string outcome, std::string detail = {});

}  // namespace zs::server
