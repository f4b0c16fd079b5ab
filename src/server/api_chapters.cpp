// The yearly report written by many: the publisher gives chapters out and takes them in, units write.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/notices.h"
#include "report/stale.h"
#include "rules/scope.h"
#include "server/api.h"
#include "server/chapter_json.h"
#include "server/words.h"

namespace zs::server {
namespace {

using ledger::ReportChapter;
using nlohmann::json;
using nlohmann::ordered_json;
using State = ReportChapter::State;

constexpr std::size_t kSaysMax = 1000;

bool publishes(const Context& context) {
  return rules::may_publish(*context.town->book, context.person);
}

// Whoever belongs to the unit that it is given to.
bool writes(const Context& context, const std::optional<ReportChapter>& chapter) {
  return chapter && !chapter->unit.empty() && chapter->unit == context.person.unit;
}

std::string text_of(const json& body, const char* key) {
  const auto found = body.find(key);
  return found == body.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

// The version that was read; left out, the one at hand.
std::int64_t version_of(const json& body, std::int64_t otherwise) {
  const auto found = body.find("version");
  return found == body.end() || !found->is_number_integer() ? otherwise : found->get<std::int64_t>();
}

Result<ChapterAtHand> at_hand(Context& context) {
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(auto made, chapter_at_hand(*lease, *context.town, year_of(context), std::string(context.part("chapter")),
                                    context.today));
  // Of words that are not yet taken in nobody else hears.
  if (!publishes(context) && !writes(context, made.now))
    return not_found("没有这一章，或者没有分给您的部门", "there is no such chapter, or it is not your unit's");
  return made;
}

Result<std::optional<Response>> not_publisher(const Context& context) {
  if (publishes(context)) return std::optional<Response>();
  return std::optional(problem(context.request, 403, {}, "分章、采用和退回由发布年度报告的岗位做"));
}

Result<Response> answer(Context& context) {
  ZS_TRY(const ChapterAtHand at, at_hand(context));
  const report::ChapterWords words = at.words();
  ordered_json line = chapter_line(*context.town, at.chapter, at.now ? &*at.now : nullptr, context.today);
  line["mine"] = writes(context, at.now);
  line["stale"] = report::stale_in(words.text, *context.town->book, at.data.year);
  std::vector<const ledger::FigureValue*> all;
  for (const ledger::FigureValue& value : at.data.figures) all.push_back(&value);
  const bool settled = at.now && at.now->state == State::adopted;
  return json_response({{"year", at.data.year},
                        {"line", std::move(line)},
                        {"text", words.text},
                        {"source", name_of(words.source)},
                        {"read", chapter_read(words.text, at, *context.town->book)},
                        {"names", figures_json(all)},
                        {"picks", picks_json(at.data.picks)},
                        {"may_write", writes(context, at.now) && !settled},
                        {"may_settle", publishes(context)}});
}

// Those who write it are told on the desk, once for each step.
Result<> tell_unit(Context& context, const ReportChapter& chapter, const std::string& says) {
  for (const auto& [key, person] : context.town->staff) {
    if (person.unit != chapter.unit || key == context.person.key) continue;
    ZS_CHECK(ledger::tell(context.app.ledger, context.town->id, key,
                          fmt::format("chapter/{}/{}/{}", chapter.year, chapter.chapter, chapter.version), RecordId{},
                          says));
  }
  return {};
}

Result<ReportChapter> to_assign(Context& context, const ChapterAtHand& at) {
  ZS_TRY(const auto body, body_of(context.request));
  ReportChapter chapter = at.now.value_or(ReportChapter{});
  chapter.year = at.data.year;
  chapter.chapter = at.chapter.key;
  chapter.unit = text_of(*body, "unit");
  if (!context.town->orgs.contains(chapter.unit)) return bad_input("机构名册里没有这个部门", "there is no such unit");
  const auto due = parse_date(text_of(*body, "due"));
  if (!due) return bad_input("交稿日写成 2024-10-08", "due is written 2024-10-08");
  if (*due < context.today) return bad_input("交稿日不能早于今天", "the day may not lie in the past");
  chapter.due = *due;
  chapter.actor = context.person.key;
  chapter.at = context.app.ledger.now();
  return chapter;
}

}  // namespace

Result<Response> report_chapters(Context& context) {
  const int year = year_of(context);
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto kept, ledger::chapters_of_year(*lease, context.town->id, year));
  const bool all = publishes(context);
  ordered_json items = ordered_json::array();
  for (const auto& chapter : rulebook::chapters_of_template(context.town->book->report_template)) {
    const auto found = std::find_if(kept.begin(), kept.end(), [&](const auto& each) { return each.chapter == chapter.key; });
    const std::optional<ReportChapter> now = found == kept.end() ? std::nullopt : std::optional(*found);
    ordered_json line = chapter_line(*context.town, chapter, now ? &*now : nullptr, context.today);
    line["mine"] = writes(context, now);
    // Of words that are not yet taken in only those hear who may read them.
    const bool reads = now && (all || writes(context, now) || now->state == State::adopted);
    line["stale"] = reads ? report::stale_in(now->text, *context.town->book, year) : std::vector<std::string>();
    items.push_back(std::move(line));
  }
  return json_response({{"year", year}, {"may_assign", all}, {"items", std::move(items)}});
}

Result<Response> report_chapter(Context& context) {
  return answer(context);
}

Result<Response> preview_chapter(Context& context) {
  ZS_TRY(const ChapterAtHand at, at_hand(context));
  ZS_TRY(const auto body, body_of(context.request));
  const std::string text = text_of(*body, "text");
  if (text.size() > ledger::kChapterTextMax) return bad_input("正文太长；请删减", "the text is too long");
  return json_response(chapter_read(text, at, *context.town->book));
}

Result<Response> assign_chapter(Context& context) {
  ZS_TRY(auto away, not_publisher(context));
  if (away) return *std::move(away);
  ZS_TRY(const ChapterAtHand at, at_hand(context));
  ZS_TRY(const ReportChapter chapter, to_assign(context, at));
  if (at.now && at.now->state == State::adopted)
    return Error{ErrorKind::conflict, {"这一章已经采用；要重写先退回", "the chapter is adopted: send it back first"}};
  ZS_CHECK(ledger::keep_chapter(context.app.ledger, context.town->id, chapter));
  ZS_CHECK(note(context, "report_chapter", fmt::format("{}/{}", chapter.year, chapter.chapter), "assigned",
                chapter.unit));
  ZS_CHECK(tell_unit(context, chapter,
                     fmt::format("{}年度报告“{}”由您的部门写，{} 前交；在“报告—分章”里写", chapter.year, at.chapter.title,
                                 chapter.due.text())));
  return answer(context);
}

Result<Response> write_chapter(Context& context) {
  ZS_TRY(const ChapterAtHand at, at_hand(context));
  if (!writes(context, at.now)) return problem(context.request, 403, {}, "这一章由分到的部门写");
  ZS_TRY(const ChapterText given, chapter_text_of(context.request));
  ZS_CHECK(put_chapter_text(context.app, *context.town, at, given, context.person.key));
  if (given.hand_in)
    ZS_CHECK(note(context, "report_chapter", fmt::format("{}/{}", at.data.year, at.chapter.key), "handed_in"));
  return answer(context);
}

Result<Response> adopt_chapter(Context& context) {
  ZS_TRY(auto away, not_publisher(context));
  if (away) return *std::move(away);
  ZS_TRY(const auto body, body_of(context.request));
  ZS_TRY(const ChapterAtHand at, at_hand(context));
  if (!at.now || at.now->state != State::handed_in)
    return Error{ErrorKind::conflict, {"这一章还没有交稿，或者已经处理过", "the chapter is not handed in"}};
  // The rulebook may have changed since it was handed in.
  const auto faults = report::faults_of(at.now->text, at.data);
  if (!faults.empty())
    return bad_input(fmt::format("正文有错误，先退回：{}", fmt::join(faults, "；")), "the text has faults");
  ReportChapter kept = *at.now;
  kept.version = version_of(*body, kept.version);
  kept.state = State::adopted;
  kept.actor = context.person.key;
  kept.at = context.app.ledger.now();
  ZS_CHECK(ledger::keep_chapter(context.app.ledger, context.town->id, kept));
  ZS_CHECK(note(context, "report_chapter", fmt::format("{}/{}", kept.year, kept.chapter), "adopted"));
  return answer(context);
}

Result<Response> send_back_chapter(Context& context) {
  ZS_TRY(auto away, not_publisher(context));
  if (away) return *std::move(away);
  ZS_TRY(const auto body, body_of(context.request));
  ZS_TRY(const ChapterAtHand at, at_hand(context));
  if (!at.now || (at.now->state != State::handed_in && at.now->state != State::adopted))
    return Error{ErrorKind::conflict, {"这一章还没有交稿，没有可以退回的", "there is nothing to send back"}};
  const std::string says = text_of(*body, "says");
  if (says.empty() || says.size() > kSaysMax) return bad_input("写明退回的理由", "say why it is sent back");
  ReportChapter kept = *at.now;
  kept.version = version_of(*body, kept.version);
  kept.state = State::sent_back;
  kept.says = says;
  kept.actor = context.person.key;
  kept.at = context.app.ledger.now();
  ZS_CHECK(ledger::keep_chapter(context.app.ledger, context.town->id, kept));
  ZS_CHECK(note(context, "report_chapter", fmt::format("{}/{}", kept.year, kept.chapter), "sent_back", says));
  ZS_CHECK(tell_unit(context, kept, fmt::format("{}年度报告“{}”退回：{}", kept.year, at.chapter.title, says)));
  return answer(context);
}

Result<Response> link_chapter(Context& context) {
  ZS_TRY(auto away, not_publisher(context));
  if (away) return *std::move(away);
  ZS_TRY(const auto body, body_of(context.request));
  ZS_TRY(const ChapterAtHand at, at_hand(context));
  const auto until = parse_date(text_of(*body, "until"));
  if (!until || *until < context.today) return bad_input("链接用到哪一天：写今天或者以后的日期", "until is a day to come");
  ZS_TRY(const std::string secret, ledger::new_chapter_link(context.app.ledger, context.town->id, at.data.year,
                                                            at.chapter.key, *until));
  ZS_CHECK(note(context, "report_chapter", fmt::format("{}/{}", at.data.year, at.chapter.key), "link", until->text()));
  const std::string desk = context.app.postman == nullptr ? std::string() : context.app.postman->desk();
  return json_response({{"address", fmt::format("{}/desk/chapter/{}", desk, secret)}, {"until", until->text()}}, 201);
}

Result<Response> unlink_chapter(Context& context) {
  ZS_TRY(auto away, not_publisher(context));
  if (away) return *std::move(away);
  ZS_TRY(const ChapterAtHand at, at_hand(context));
  ZS_CHECK(ledger::end_chapter_link(context.app.ledger, context.town->id, at.data.year, at.chapter.key));
  ZS_CHECK(note(context, "report_chapter", fmt::format("{}/{}", at.data.year, at.chapter.key), "unlink"));
  return no_content();
}

}  // namespace zs::server
