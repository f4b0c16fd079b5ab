#include "server/routes.h"

#include <fmt/format.h>

#include <array>

#include "server/api.h"

namespace zs::server {
namespace {

constexpr std::string_view kApi = "/api/v1";
constexpr std::string_view kDesk = "/desk";

const std::array kRoutes{
    Route{"POST", "/logout", logout},
    Route{"GET", "/me", me},
    Route{"POST", "/password", password},
    Route{"GET", "/sessions", sessions},
    Route{"DELETE", "/sessions/{session}", end_session},

    Route{"GET", "/rulebook", rulebook_of_town},
    Route{"GET", "/rules/{rule}", rule},

    Route{"GET", "/counts", counts},
    Route{"GET", "/search", search},
    Route{"GET", "/records/{kind}", list},
    Route{"POST", "/records/{kind}", create},
    Route{"POST", "/records/{kind}/quick/{quick}", quick},
    Route{"GET", "/records/{kind}/{id}", record},
    Route{"GET", "/records/{kind}/{id}/actions", actions},
    Route{"POST", "/records/{kind}/{id}/actions/{action}", act},
    Route{"GET", "/records/{kind}/{id}/history", history},
    Route{"GET", "/records/{kind}/{id}/entries/{entry}/proof", proof},
    Route{"POST", "/records/{kind}/{id}/edit", edit},
    Route{"POST", "/records/{kind}/{id}/correct", correct},
    Route{"POST", "/records/{kind}/{id}/void", void_record},
    Route{"POST", "/records/{kind}/{id}/undo", undo},
    Route{"POST", "/records/{kind}/{id}/reveal", reveal},

    Route{"GET", "/worklist", worklist},
    Route{"GET", "/calendar", calendar},
    Route{"GET", "/duties", duties},
    Route{"GET", "/figures", figures},
    Route{"GET", "/figures/{figure}/evidence", evidence},
    Route{"GET", "/figures/{figure}/months", months},
    Route{"GET", "/report", report},
    Route{"GET", "/report/file", report_file},
    Route{"POST", "/report/publish", publish},
    Route{"GET", "/drift", drift},
    Route{"GET", "/verify", verify},
    Route{"GET", "/audit", audit_log},
};

// Matches step by step; what stood for a name goes into `found`.
bool matches(std::string_view pattern, std::string_view path, std::map<std::string, std::string, std::less<>>& found) {
  found.clear();
  while (!pattern.empty() && !path.empty()) {
    pattern.remove_prefix(1);
    path.remove_prefix(1);
    const std::string_view expected = pattern.substr(0, pattern.find('/'));
    const std::string_view given = path.substr(0, path.find('/'));
    if (expected.starts_with('{')) {
      if (given.empty()) return false;
      found.emplace(std::string(expected.substr(1, expected.size() - 2)), std::string(given));
    } else if (expected != given) {
      return false;
    }
    pattern.remove_prefix(expected.size());
    path.remove_prefix(given.size());
  }
  return pattern.empty() && path.empty();
}

Response signed_in(App& app, const Request& request, const Route& route,
                   std::map<std::string, std::string, std::less<>> path) {
  const auto session = app.sessions.find(request.cookie("zs_session"), app.ledger.now());
  if (!session) return problem(request, 401, {}, "没有登录，或者登录已经过期");
  if (request.method != "GET" && request.header("x-csrf-token") != session->csrf)
    return problem(request, 403, {}, "请求缺少防伪标记；刷新页面再试");
  auto town = app.ledger.snapshot(session->town);
  if (!town) return problem(request, town.error());
  const auto person = (*town)->staff.find(session->staff);
  if (person == (*town)->staff.end()) return problem(request, 401, {}, "这个账号的人员已不在名册里");
  const bool own = route.answer == me || route.answer == password || route.answer == logout;
  if (session->must_change && !own) return problem(request, 403, "请先改密码", "第一次登录，先把密码改成自己的");
  Context context{app,
                  request,
                  std::move(path),
                  *session,
                  *town,
                  person->second,
                  civil(app.ledger.now(), (*town)->book->utc_offset).day()};
  auto answered = route.answer(context);
  return answered ? *std::move(answered) : problem(request, answered.error());
}

Response api(App& app, const Request& request) {
  const std::string_view path = std::string_view(request.path).substr(kApi.size());
  if (path == "/login") {
    if (request.method != "POST") return problem(request, 405);
    return login(app, request);
  }
  std::map<std::string, std::string, std::less<>> found;
  bool other_method = false;
  for (const Route& route : kRoutes) {
    if (!matches(route.pattern, path, found)) continue;
    if (route.method == request.method) return signed_in(app, request, route, std::move(found));
    other_method = true;
  }
  return problem(request, other_method ? 405 : 404);
}

Response plain(int status, std::string body) {
  Response response;
  response.status = status;
  response.type = "text/plain; charset=utf-8";
  response.body = std::move(body);
  return response;
}

Response redirect(std::string_view to) {
  Response response = plain(302, "");
  response.headers.emplace_back("Location", to);
  return response;
}

Response dispatch(App& app, const Request& request) {
  const std::string_view path = request.path;
  if (path.starts_with(kApi) && (path.size() == kApi.size() || path[kApi.size()] == '/')) return api(app, request);
  if (request.method != "GET") return problem(request, 405);
  if (path == "/healthz") return plain(200, "ok\n");
  if (path == "/readyz") return app.ledger.snapshot(app.town) ? plain(200, "ok\n") : plain(503, "no town\n");
  if (path == "/" || path == kDesk) return redirect("/desk/");
  if (path.starts_with("/desk/")) return app.assets.answer(request, path.substr(kDesk.size() + 1));
  return problem(request, 404);
}

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

Response handle(App& app, const Request& request) {
  Response response = dispatch(app, request);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("X-Frame-Options", "DENY");
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                                "frame-ancestors 'none'; base-uri 'self'; form-action 'self'");
  return response;
}

}  // namespace zs::server
