// Reminders on the desk, how one wants to be told, and the calendar that a program subscribes to.
#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "ledger/told.h"
#include "paper/feed.h"
#include "rules/scope.h"
#include "server/api.h"
#include "server/letters.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

constexpr int kShown = 30, kShownMax = 100, kFailedMax = 200, kFeedDays = 400;
constexpr std::string_view kFeedPath = "/calendar/", kFeedEnd = ".ics";

std::string moment_text(const Context& context, Instant at) {
  return civil(at, context.town->book->utc_offset).text();
}

ordered_json notice_json(const Context& context, const Said& said) {
  const ledger::Notice& notice = said.notice;
  ordered_json made{{"id", notice.id},
                    {"at", moment_text(context, notice.at)},
                    {"title", said.title},
                    {"about", said.about},
                    {"law", said.law},
                    {"due", day_json(notice.due)},
                    {"late", notice.step.starts_with("overdue")},
                    {"read", notice.state == ledger::NoticeState::sent},
                    {"settled", said.settled}};
  if (said.record) {
    made["kind"] = said.record->kind;
    made["record"] = said.record->id.number;
  }
  return made;
}

Response not_for_others(const Context& context) {
  return problem(context.request, 403, {}, "送达情况由系统管理员看");
}

ordered_json told_json(Context& context, const ledger::Told& told) {
  return {{"mail", told.mail},
          {"way", ledger::name_of(told.way)},
          {"feed", told.feed},
          {"mail_possible", context.app.postman != nullptr && context.app.postman->has_mail()},
          {"quiet_hours", context.town->in_force().setting("quiet_hours")},
          {"digest_at", context.town->in_force().setting("digest_at")}};
}

}  // namespace

Result<Response> notices(Context& context) {
  const std::int64_t before = number_or(context.request, "before", 0, 0, INT64_MAX);
  const auto limit = static_cast<int>(number_or(context.request, "limit", kShown, 1, kShownMax));
  const std::string& staff = context.person.key;
  ZS_TRY(const auto found, ledger::notices_for(context.app.ledger, context.town->id, staff, before, limit));
  ZS_TRY(const auto unread, ledger::count_unread(context.app.ledger, context.town->id, staff));
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ordered_json items = ordered_json::array();
  for (const ledger::Notice& notice : found) {
    ZS_TRY(auto said, say(*lease, *context.town, notice));
    // A record may have left one's scope since one was told of it.
    if (said.record) {
      ZS_TRY(const bool may, ledger::may_see(*lease, *context.town, context.person, *said.record));
      if (!may) said.record.reset(), said.about = "这件事已不在您的范围内";
    }
    items.push_back(notice_json(context, said));
  }
  ordered_json next;
  if (static_cast<int>(found.size()) == limit) next = found.back().id;
  return json_response({{"unread", unread}, {"items", std::move(items)}, {"next", std::move(next)}});
}

Result<Response> unread(Context& context) {
  ZS_TRY(const auto count, ledger::count_unread(context.app.ledger, context.town->id, context.person.key));
  return json_response({{"unread", count}});
}

Result<Response> read_notices(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  const auto until = body->find("until");
  if (until == body->end() || !until->is_number_integer())
    return bad_input("until 写最后看到的一条的 id", "until is the id of the last one seen");
  ZS_CHECK(ledger::read_notices(context.app.ledger, context.town->id, context.person.key, until->get<std::int64_t>()));
  return no_content();
}

Result<Response> how_told(Context& context) {
  ZS_TRY(const auto told, ledger::told(context.app.ledger, context.town->id, context.person.key));
  return json_response(told_json(context, told));
}

Result<Response> change_told(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  const auto text = [&](const char* key) {
    const auto found = body->find(key);
    return found != body->end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto way = ledger::parse_way(text("way"));
  if (!way) return bad_input("way 写 none、daily 或者 each", "way is none, daily or each");
  ZS_CHECK(ledger::change_told(context.app.ledger, context.town->id, context.person.key, text("mail"), *way));
  return how_told(context);
}

Result<Response> new_feed(Context& context) {
  ZS_TRY(const auto secret, ledger::new_feed(context.app.ledger, context.town->id, context.person.key));
  ZS_CHECK(note(context, "calendar_address", context.person.key, "done"));
  const std::string desk = context.app.postman == nullptr ? std::string() : context.app.postman->desk();
  return json_response({{"address", fmt::format("{}{}{}{}", desk, kFeedPath, secret, kFeedEnd)}}, 201);
}

Result<Response> end_feed(Context& context) {
  ZS_CHECK(ledger::end_feed(context.app.ledger, context.town->id, context.person.key));
  return no_content();
}

Result<Response> failed_notices(Context& context) {
  if (!rules::may_manage(*context.town->book, context.person)) return not_for_others(context);
  ZS_TRY(const auto found, ledger::failed_notices(context.app.ledger, context.town->id, kFailedMax));
  ordered_json items = ordered_json::array();
  for (const ledger::Notice& notice : found) {
    // Of what it is about no word: who keeps the server need not read the ledgers.
    items.push_back({{"id", notice.id},
                     {"at", moment_text(context, notice.at)},
                     {"channel", ledger::name_of(notice.channel)},
                     {"staff_name", notice.staff.empty() ? "" : staff_name(*context.town, notice.staff)},
                     {"attempts", notice.attempts},
                     {"given_up", notice.state == ledger::NoticeState::dead},
                     {"error", notice.error}});
  }
  return json_response({{"items", std::move(items)}});
}

Result<Response> retry_notice(Context& context) {
  if (!rules::may_manage(*context.town->book, context.person)) return not_for_others(context);
  const std::int64_t id = std::strtoll(std::string(context.part("id")).c_str(), nullptr, 10);
  ZS_CHECK(ledger::retry_notice(context.app.ledger, context.town->id, id));
  return no_content();
}

Response calendar_feed(App& app, const Request& request) {
  std::string_view secret = std::string_view(request.path).substr(kFeedPath.size());
  if (!secret.ends_with(kFeedEnd)) return problem(request, 404);
  secret.remove_suffix(kFeedEnd.size());
  const auto made = [&]() -> Result<std::optional<std::string>> {
    ZS_TRY(const auto staff, ledger::staff_of_feed(app.ledger, app.town, std::string(secret)));
    ZS_TRY(const auto town, app.ledger.snapshot(app.town));
    const auto person = staff ? town->staff.find(*staff) : town->staff.end();
    if (person == town->staff.end()) return std::optional<std::string>();
    ZS_TRY(auto lease, app.ledger.database().reader());
    const Date today = civil(app.ledger.now(), town->book->utc_offset).day();
    ZS_TRY(const auto lines, own_lines(*lease, *town, person->second, today, today + kFeedDays));
    const std::string desk = app.postman == nullptr ? std::string() : app.postman->desk();
    std::vector<paper::FeedEvent> events;
    for (const ledger::DueLine& line : lines) {
      events.push_back(
          {fmt::format("{}.{}.{}.{}@zhunsheng", town->id.number, line.record.id.number, line.deadline, line.number),
           line.due, fmt::format("{}：{}", deadline_label(*town, line), about_record(*town, line.record)),
           citation_of(*town, line.rule), link_to(desk, line.record)});
    }
    return std::optional(paper::icalendar(town->name + " 期限", events, town->at));
  }();
  if (!made) return problem(request, made.error());
  if (!*made) return problem(request, 404);
  Response response;
  response.type = "text/calendar; charset=utf-8";
  response.body = **made;
  response.headers.emplace_back("Cache-Control", "private, no-store");
  return response;
}

}  // namespace zs::server
