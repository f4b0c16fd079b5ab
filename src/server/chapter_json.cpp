#include "server/chapter_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/stale.h"
#include "report/wording.h"
#include "server/words.h"

namespace zs::server {

using ledger::ReportChapter;
using nlohmann::json;
using nlohmann::ordered_json;
using State = ReportChapter::State;

namespace {

constexpr std::size_t kWriterMax = 100;

std::string who_did(const ledger::Town& town, const ReportChapter& chapter) {
  if (!chapter.actor.empty()) return staff_name(town, chapter.actor);
  return chapter.writer.empty() ? std::string() : chapter.writer + "（链接）";
}

}  // namespace

std::set<std::string> ChapterAtHand::names() const {
  std::set<std::string> names = report::names_in(chapter.text);
  names.merge(report::names_in(words().text));
  for (const char* plain : {"town", "year", "next_year", "last_year", "lookback"}) names.insert(plain);
  for (const report::Pick& pick : data.picks) names.insert(pick.name);
  return names;
}

Result<ChapterAtHand> chapter_at_hand(store::Session& session, const ledger::Town& town, int year,
                                      const std::string& chapter, Date today) {
  ChapterAtHand made;
  const auto chapters = rulebook::chapters_of_template(town.book->report_template);
  const auto found =
      std::find_if(chapters.begin(), chapters.end(), [&](const auto& each) { return each.key == chapter; });
  if (found == chapters.end()) return not_found("报告里没有这一章", "the report has no such chapter");
  made.chapter = *found;
  ZS_TRY(made.now, ledger::find_chapter(session, town.id, year, chapter));
  ZS_TRY(made.before, ledger::find_chapter(session, town.id, year - 1, chapter));
  ZS_TRY(made.data, report::data_of_year(session, town, year, today));
  return made;
}

ordered_json chapter_line(const ledger::Town& town, const rulebook::TemplateChapter& chapter, const ReportChapter* now,
                          Date today) {
  const bool waits = now != nullptr && (now->state == State::open || now->state == State::sent_back);
  ordered_json line{{"chapter", chapter.key}, {"title", chapter.title}};
  line["state"] = now == nullptr ? std::string_view("none") : ledger::name_of(now->state);
  line["unit"] = now == nullptr ? std::string() : now->unit;
  line["unit_name"] = now == nullptr ? std::string() : org_name(town, now->unit);
  line["due"] = now == nullptr ? ordered_json() : ordered_json(now->due.text());
  line["late"] = waits && now->due < today;
  line["who"] = now == nullptr ? std::string() : who_did(town, *now);
  line["at"] = now == nullptr ? ordered_json() : ordered_json(civil(now->at, town.book->utc_offset).text());
  line["says"] = now == nullptr ? std::string() : now->says;
  line["version"] = now == nullptr ? 0 : now->version;
  line["mine"] = false;
  line["link_until"] = now != nullptr && now->link_until && *now->link_until >= today
                           ? ordered_json(now->link_until->text())
                           : ordered_json();
  return line;
}

ordered_json figures_json(const std::vector<const ledger::FigureValue*>& figures) {
  ordered_json list = ordered_json::array();
  for (const ledger::FigureValue* value : figures)
    list.push_back({{"key", value->figure->key},
                    {"label", value->figure->label},
                    {"display", report::display(*value)},
                    {"unit", value->pair() ? std::string() : value->figure->unit}});
  return list;
}

ordered_json picks_json(const std::vector<report::Pick>& picks) {
  ordered_json list = ordered_json::array();
  for (const report::Pick& pick : picks)
    list.push_back({{"name", pick.name}, {"label", pick.label}, {"words", pick.words}});
  return list;
}

ordered_json chapter_read(const std::string& text, const ChapterAtHand& at, const rulebook::Rulebook& book,
                          const std::set<std::string>* allowed) {
  const auto faults = report::faults_of(text, at.data, allowed);
  std::string html;
  if (faults.empty()) {
    const auto made = report::render_chapter(text, at.data);
    if (made) html = report::fragment_of(*made);
  }
  return {{"html", html},
          {"faults", faults},
          {"stale", report::stale_in(text, book, at.data.year)},
          {"figures", figures_json(report::figures_in(report::names_in(text), at.data))}};
}

std::string_view name_of(report::ChapterWords::Source source) {
  switch (source) {
    case report::ChapterWords::Source::written: return "written";
    case report::ChapterWords::Source::last_year: return "last_year";
    case report::ChapterWords::Source::sample: break;
  }
  return "sample";
}

Result<ChapterText> chapter_text_of(const Request& request) {
  ZS_TRY(const auto body, body_of(request));
  const auto text = body->find("text");
  const auto version = body->find("version");
  if (text == body->end() || !text->is_string() || version == body->end() || !version->is_number_integer())
    return bad_input("要有 text（正文）和 version（读到的版本）", "text and version are needed");
  ChapterText given{text->get<std::string>(), version->get<std::int64_t>(), false, ""};
  if (given.text.size() > ledger::kChapterTextMax)
    return bad_input(fmt::format("一章最多约 {} 字；请删减", ledger::kChapterTextMax / 3), "the text is too long");
  std::erase(given.text, '\r');
  const auto hand_in = body->find("hand_in");
  given.hand_in = hand_in != body->end() && hand_in->is_boolean() && hand_in->get<bool>();
  const auto writer = body->find("writer");
  if (writer != body->end() && writer->is_string()) given.writer = writer->get<std::string>();
  if (given.writer.size() > kWriterMax) return bad_input("姓名太长", "the name is too long");
  return given;
}

Result<> put_chapter_text(App& app, const ledger::Town& town, const ChapterAtHand& at, const ChapterText& given,
                          const std::string& by, const std::set<std::string>* allowed) {
  if (!at.now) return bad_input("这一章还没有分给部门", "the chapter is nobody's yet");
  if (at.now->state == State::adopted)
    return Error{ErrorKind::conflict, {"这一章已经采用；要改请发布人先退回", "the chapter is adopted"}};
  if (at.now->state == State::handed_in && !given.hand_in)
    return Error{ErrorKind::conflict, {"这一章已经交稿；要改就改好再交一次", "the chapter is handed in"}};
  if (given.text.find_first_not_of(" \n\t") == std::string::npos) return bad_input("正文还是空的", "there is no text");
  // A draft may be unfinished in its words, but never reach beyond what its writer may see.
  const auto faults = report::faults_of(given.text, at.data, allowed);
  if (!faults.empty() && (given.hand_in || allowed != nullptr))
    return bad_input(fmt::format("正文有 {} 处错误：{}", faults.size(), fmt::join(faults, "；")),
                     "the text has faults");
  ReportChapter kept = *at.now;
  kept.version = given.version;
  kept.text = given.text;
  kept.actor = by;
  kept.writer = by.empty() ? given.writer : staff_name(town, by);
  kept.at = app.ledger.now();
  if (given.hand_in) kept.state = State::handed_in, kept.says.clear();
  return ledger::keep_chapter(app.ledger, town.id, kept);
}

}  // namespace zs::server
