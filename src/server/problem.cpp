// Answers: JSON, and what went wrong as RFC 9457 problem documents.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ledger/audit.h"
#include "server/acts.h"
#include "server/app.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

constexpr int kDepthMax = 12;

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::bad_input: return 400;
    case ErrorKind::not_found: return 404;
    case ErrorKind::conflict: return 409;
    case ErrorKind::io: return 503;
    case ErrorKind::unsupported: return 415;
    case ErrorKind::corrupt: return 500;
  }
  return 500;
}

std::string_view title_of(int status) {
  switch (status) {
    case 400: return "内容有误";
    case 401: return "请先登录";
    case 403: return "不允许";
    case 404: return "没有找到";
    case 405: return "不支持这种请求";
    case 409: return "已被改动";
    case 413: return "内容太大";
    case 415: return "不收这种文件";
    case 422: return "不予通过";
    case 429: return "请稍后再试";
    default: return "没有办成";
  }
}

Response problem_json(const Request& request, int status, std::string_view title, std::string_view detail,
                      ordered_json more = ordered_json::object()) {
  ordered_json json{{"type", "about:blank"},
                    {"title", title.empty() ? title_of(status) : title},
                    {"status", status},
                    {"detail", detail},
                    {"request_id", request.id}};
  json.update(more);
  Response response = json_response(json, status);
  response.type = "application/problem+json; charset=utf-8";
  return response;
}

// Brackets outside texts: a body nested deeper than any of ours is not parsed at all.
bool shallow(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\')
        ++i;
      else
        quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDepthMax) return false;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return true;
}

}  // namespace

std::string_view Context::part(std::string_view name) const {
  const auto found = path.find(name);
  return found == path.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<RecordId> Context::id() const {
  const std::string_view text = part("id");
  if (text.empty() || text.size() > 15) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return RecordId{number};
}

Response json_response(const ordered_json& json, int status) {
  Response response;
  response.status = status;
  // What is not UTF-8 cannot come out of the database; were it so, the reader sees a mark, not a failure.
  response.body = json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response json_text(std::string json, int status) {
  Response response;
  response.status = status;
  response.body = std::move(json);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Result<Response> kept_json(Context& context, const std::function<Result<std::string>(store::Session&)>& make) {
  std::string key = context.person.key + context.request.path;
  for (const auto& [name, value] : context.request.query) key += fmt::format(" {}{}={}", value.size(), name, value);
  Response response = json_text({});
  ZS_TRY(response.shared_body, context.app.reading.text(context.town, context.today, key, make));
  return response;
}

Response html_response(std::string page, int status) {
  Response response;
  response.status = status;
  response.type = "text/html; charset=utf-8";
  response.body = std::move(page);
  response.headers.emplace_back("Cache-Control", "private, no-store");
  return response;
}

Response no_content() {
  Response response;
  response.status = 204;
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response problem(const Request& request, int status, std::string_view title, std::string_view detail) {
  return problem_json(request, status, title, detail);
}

Response problem_with(const Request& request, int status, std::string_view detail, ordered_json more) {
  return problem_json(request, status, {}, detail, std::move(more));
}

Response problem(const Request& request, const Error& error) {
  return problem_json(request, status_of(error.kind), {}, error.text.zh);
}

ordered_json reasons_json(const rules::Refusal& refusal, const ledger::Town& town) {
  ordered_json reasons = ordered_json::array();
  for (const rules::Reason& reason : refusal.reasons) {
    ordered_json law = ordered_json::array();
    for (const std::string& id : reason.rules) {
      const rulebook::Rule* rule = town.book->find_rule(rulebook::parse_rule_ref(id, {}).rule);
      if (rule != nullptr) law.push_back(rule->citation());
    }
    if (law.empty() && !reason.citation.empty()) law.push_back(reason.citation);
    reasons.push_back({{"kind", reason.kind},
                       {"gate", reason.name},
                       {"says", reason.says.zh},
                       {"law", std::move(law)},
                       {"rules", reason.rules},
                       {"warns", reason.kind == "warn"}});
  }
  return reasons;
}

Response problem(const Request& request, const rules::Refusal& refusal, const ledger::Town& town) {
  ordered_json reasons = reasons_json(refusal, town);
  const bool version = refusal.reasons.size() == 1 && refusal.reasons.front().kind == "version";
  const std::string detail =
      version ? refusal.reasons.front().says.zh : fmt::format("现在不能办，还差 {} 项", refusal.reasons.size());
  return problem_json(request, version ? 409 : 422, {}, detail, {{"reasons", std::move(reasons)}});
}

Result<std::unique_ptr<nlohmann::json>> body_of(const Request& request) {
  if (request.body.empty()) return std::make_unique<nlohmann::json>(nlohmann::json::object());
  if (!shallow(request.body)) return bad_input("内容嵌套太深", "the body is nested too deep");
  auto json = std::make_unique<nlohmann::json>(nlohmann::json::parse(request.body, nullptr, false));
  if (!json->is_object()) return bad_input("内容不是一个 JSON 对象", "the body is no JSON object");
  return json;
}

Result<> note(Context& context, std::string what, std::string where, std::string outcome, std::string detail) {
  return ledger::audit(
      context.app.ledger, context.town->id,
      {0, {}, context.session.account, std::move(what), std::move(where), std::move(outcome), std::move(detail)});
}

}  // namespace zs::server
