// A chapter of the yearly report behind its secret address, for a writer without an account: the chapter, its figures of
// the year, and nothing else of the house.
#include <nlohmann/json.hpp>

#include "server/api.h"
#include "server/chapter_json.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kPreview = "/preview";

Response closed(const Request& request) {
  return problem(request, 404, "链接打不开", "链接已经收回、过期，或者这一章已经采用；请向给您链接的人再要一个");
}

ordered_json page_of(const ledger::Town& town, const ChapterAtHand& at, Date today) {
  const report::ChapterWords words = at.words();
  const std::set<std::string> allowed = at.names();
  return {{"town", town.name},
          {"year", at.data.year},
          {"line", chapter_line(town, at.chapter, &*at.now, today)},
          {"text", words.text},
          {"source", name_of(words.source)},
          {"read", chapter_read(words.text, at, *town.book, &allowed)},
          {"names", figures_json(report::figures_in(allowed, at.data))},
          {"picks", picks_json(at.data.picks)}};
}

Result<Response> answered(App& app, const Request& request, std::string_view rest) {
  const bool preview = rest.ends_with(kPreview);
  if (preview) rest.remove_suffix(kPreview.size());
  ZS_TRY(const auto town, app.ledger.snapshot(app.town));
  const Date today = civil(app.ledger.now(), town->book->utc_offset).day();
  const auto at_hand = [&]() -> Result<std::optional<ChapterAtHand>> {
    ZS_TRY(auto lease, app.ledger.database().reader());
    ZS_TRY(const auto opened, ledger::chapter_of_link(*lease, town->id, std::string(rest), today));
    if (!opened) return std::optional<ChapterAtHand>();
    ZS_TRY(auto made, chapter_at_hand(*lease, *town, opened->year, opened->chapter, today));
    return std::optional(std::move(made));
  };
  ZS_TRY(auto at, at_hand());
  if (!at) return closed(request);
  if (request.method == "GET" && !preview) return json_response(page_of(*town, *at, today));
  if (request.method != "POST") return problem(request, 405);
  const std::set<std::string> allowed = at->names();
  if (preview) {
    ZS_TRY(const auto body, body_of(request));
    const auto given = body->find("text");
    const std::string text = given != body->end() && given->is_string() ? given->get<std::string>() : std::string();
    if (text.size() > ledger::kChapterTextMax) return bad_input("正文太长；请删减", "the text is too long");
    return json_response(chapter_read(text, *at, *town->book, &allowed));
  }
  ZS_TRY(const ChapterText given, chapter_text_of(request));
  if (given.writer.empty()) return bad_input("写上填写人的姓名", "say who writes");
  ZS_CHECK(put_chapter_text(app, *town, *at, given, "", &allowed));
  ZS_TRY(at, at_hand());
  return at ? json_response(page_of(*town, *at, today)) : closed(request);
}

}  // namespace

Response chapter_by_link(App& app, const Request& request, std::string_view rest) {
  auto made = answered(app, request, rest);
  Response response = made ? *std::move(made) : problem(request, made.error());
  response.headers.emplace_back("Cache-Control", "private, no-store");
  return response;
}

}  // namespace zs::server
