// Signing in and out, and who one is.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ledger/audit.h"
#include "ledger/people.h"
#include "rules/scope.h"
#include "server/api.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

std::string text_at(const nlohmann::json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

ordered_json who(Context& context) {
  const ledger::Town& town = *context.town;
  ordered_json posts = ordered_json::array();
  for (const std::string& post : context.person.posts) {
    const rulebook::Role* role = town.book->find_role(post);
    posts.push_back({{"key", post}, {"label", role == nullptr ? post : role->label}});
  }
  ordered_json reads = ordered_json::array();
  for (const rulebook::Kind& kind : town.book->kinds) {
    if (rules::scope_of(*town.book, context.person, kind.key) != rulebook::Scope::none) reads.push_back(kind.key);
  }
  ordered_json imports = ordered_json::array();
  for (const rulebook::Kind& kind : town.book->kinds) {
    if (rules::may_record_history(*town.book, context.person, kind.key)) imports.push_back(kind.key);
  }
  ordered_json years = ordered_json::array();
  for (const int year : years_of_town(context)) years.push_back(year);
  return {{"town", {{"id", town.id.number}, {"name", town.name}}},
          {"account", context.session.account},
          {"staff", context.person.key},
          {"name", context.person.name},
          {"unit", context.person.unit},
          {"unit_name", org_name(town, context.person.unit)},
          {"village", context.person.village},
          {"village_name", org_name(town, context.person.village)},
          {"posts", std::move(posts)},
          {"reads", std::move(reads)},
          {"today", context.today.text()},
          {"weekday", weekday(context.today)},
          {"workday", town.calendar.workday(context.today)},
          {"rest_reason", town.calendar.rest_reason(context.today)},
          {"years", std::move(years)},
          {"manages", rules::may_manage(*town.book, context.person)},
          {"grants", rules::may_grant(*town.book, context.person)},
          {"audits", rules::may_audit(*town.book, context.person)},
          {"publishes", rules::may_publish(*town.book, context.person)},
          {"erases", rules::may_erase(*town.book, context.person)},
          {"imports", imports},
          {"must_change", context.session.must_change},
          {"csrf", context.session.csrf}};
}

Response refused(const Request& request, const ledger::SignIn& done, Instant now) {
  if (done.outcome == ledger::SignIn::Outcome::locked) {
    const std::int64_t minutes = (done.locked_until.utc_ms - now.utc_ms + 59'999) / 60'000;
    Response response = problem(request, 429, {}, fmt::format("密码错得太多，{} 分钟后再试，或请管理员重设", minutes));
    response.headers.emplace_back("Retry-After", std::to_string(minutes * 60));
    return response;
  }
  return problem(request, 401, "没有登录",
                 fmt::format("账号或密码不对，还可以试 {} 次。大小写有区别。", done.attempts_left));
}

std::string cookie(const App& app, const std::string& token, int seconds) {
  return fmt::format("zs_session={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", token, seconds,
                     app.secure_cookies ? "; Secure" : "");
}

}  // namespace

Response login(App& app, const Request& request) {
  auto body = body_of(request);
  if (!body) return problem(request, body.error());
  const std::string account = text_at(**body, "account");
  const std::string password = text_at(**body, "password");
  if (account.empty() || account.size() > 100 || password.empty() || password.size() > ledger::kPasswordMax)
    return problem(request, 400, {}, "请填账号和密码");
  auto done = ledger::sign_in(app.ledger, app.town, account, password);
  if (!done) return problem(request, done.error());
  const bool welcome = done->outcome == ledger::SignIn::Outcome::welcome;
  auto noted =
      ledger::audit(app.ledger, app.town, {0, {}, account, "login", request.peer, welcome ? "ok" : "refused", ""});
  if (!noted) return problem(request, noted.error());
  const Instant now = app.ledger.now();
  if (!welcome) return refused(request, *done, now);
  auto town = app.ledger.snapshot(app.town);
  if (!town) return problem(request, town.error());
  const auto person = (*town)->staff.find(done->account.staff);
  if (person == (*town)->staff.end()) return problem(request, 401, {}, "这个账号的人员已不在名册里");
  const std::string token = app.sessions.begin(app.town, account, done->account.staff, done->account.must_change, now);
  Context context{app,
                  request,
                  {},
                  *app.sessions.find(token, now),
                  *town,
                  person->second,
                  civil(now, (*town)->book->utc_offset).day()};
  Response response = json_response(who(context));
  response.headers.emplace_back("Set-Cookie", cookie(app, token, static_cast<int>(kWholeMs / 1000)));
  return response;
}

Result<Response> logout(Context& context) {
  context.app.sessions.end(context.request.cookie("zs_session"));
  Response response = no_content();
  response.headers.emplace_back("Set-Cookie", cookie(context.app, "", 0));
  return response;
}

Result<Response> me(Context& context) {
  return json_response(who(context));
}

Result<Response> password(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  ZS_CHECK(ledger::change_password(context.app.ledger, context.town->id, context.session.account, text_at(*body, "old"),
                                   text_at(*body, "new")));
  ZS_CHECK(note(context, "password", context.session.account, "ok"));
  context.app.sessions.password_changed(context.request.cookie("zs_session"));
  return no_content();
}

Result<Response> sessions(Context& context) {
  ordered_json items = ordered_json::array();
  for (const Session& each :
       context.app.sessions.of(context.town->id, context.session.account, context.app.ledger.now()))
    items.push_back({{"id", each.id},
                     {"since", civil(each.since, context.town->book->utc_offset).text()},
                     {"last", civil(each.last, context.town->book->utc_offset).text()},
                     {"own", each.id == context.session.id}});
  return json_response({{"items", std::move(items)}});
}

Result<Response> end_session(Context& context) {
  if (!context.app.sessions.end_of(context.town->id, context.session.account, std::string(context.part("session"))))
    return not_found("没有这个登录", "there is no such session");
  return no_content();
}

}  // namespace zs::server
