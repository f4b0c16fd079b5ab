#include "ledger/report_chapters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/seal.h"

namespace zs::ledger {
namespace {

using store::ResultRow;
using State = ReportChapter::State;

constexpr std::string_view kThere = "SELECT 1 FROM sqlite_master WHERE type='table' AND name='report_chapter'";
constexpr std::string_view kOfYear =
    "SELECT year,chapter,unit,due,state,text,actor,writer,at,says,version,link_until FROM report_chapter WHERE town=?1 "
    "AND year=?2 ORDER BY chapter";
constexpr std::string_view kOne =
    "SELECT year,chapter,unit,due,state,text,actor,writer,at,says,version,link_until FROM report_chapter WHERE town=?1 "
    "AND year=?2 AND chapter=?3";
constexpr std::string_view kOfLink =
    "SELECT year,chapter,unit,due,state,text,actor,writer,at,says,version,link_until FROM report_chapter WHERE town=?1 "
    "AND link=?2 AND link_until>=?3";
constexpr std::string_view kPut =
    "INSERT INTO report_chapter(town,year,chapter,unit,due,state,text,actor,writer,at,says,version) "
    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12) ON CONFLICT(town,year,chapter) DO UPDATE SET "
    "unit=?4,due=?5,state=?6,text=?7,actor=?8,writer=?9,at=?10,says=?11,version=?12";
constexpr std::string_view kPutLink =
    "UPDATE report_chapter SET link=?4,link_until=?5 WHERE town=?1 AND year=?2 AND chapter=?3";
constexpr std::string_view kEndLink =
    "UPDATE report_chapter SET link=NULL,link_until=NULL WHERE town=?1 AND year=?2 AND chapter=?3";
constexpr std::array<std::string_view, 4> kStates{"open", "handed_in", "sent_back", "adopted"};

ReportChapter chapter_of(const ResultRow& row) {
  const auto text = [&](std::size_t column) { return std::get<std::string>(row[column]); };
  const auto number = [&](std::size_t column) { return std::get<std::int64_t>(row[column]); };
  const auto* const state = std::find(kStates.begin(), kStates.end(), text(4));
  ZS_ASSERT(state != kStates.end());
  ReportChapter made;
  made.year = static_cast<int>(number(0));
  made.chapter = text(1);
  made.unit = text(2);
  made.due = Date::from_serial(static_cast<int>(number(3)));
  made.state = static_cast<State>(state - kStates.begin());
  made.text = text(5);
  made.actor = text(6);
  made.writer = text(7);
  made.at = Instant{number(8)};
  made.says = text(9);
  made.version = number(10);
  if (const auto* until = std::get_if<std::int64_t>(&row[11]))
    made.link_until = Date::from_serial(static_cast<int>(*until));
  return made;
}

store::Blob digest_of_secret(const std::string& secret) {
  const Digest made = digest(Algorithm::sm3, {"report chapter", secret});
  return {std::string(bytes(made))};
}

}  // namespace

std::string_view name_of(State state) {
  return kStates[static_cast<std::size_t>(state)];
}

Result<std::vector<ReportChapter>> chapters_of_year(store::Session& session, TownId town, int year) {
  std::vector<ReportChapter> found;
  ZS_TRY(const auto there, session.read(kThere, {}));
  if (there.empty()) return found;
  ZS_CHECK(session.each(kOfYear, {town.number, std::int64_t{year}}, [&](const ResultRow& row) {
    found.push_back(chapter_of(row));
    return true;
  }));
  return found;
}

Result<std::optional<ReportChapter>> find_chapter(store::Session& session, TownId town, int year,
                                                  const std::string& chapter) {
  ZS_TRY(const auto rows, session.read(kOne, {town.number, std::int64_t{year}, chapter}));
  if (rows.empty()) return std::optional<ReportChapter>();
  return std::optional(chapter_of(rows.front()));
}

Result<> keep_chapter(Ledger& ledger, TownId town, const ReportChapter& chapter) {
  if (chapter.text.size() > kChapterTextMax)
    return bad_input(fmt::format("一章最多约 {} 字；请删减", kChapterTextMax / 3),
                     fmt::format("a chapter holds {} bytes at most", kChapterTextMax));
  return ledger.write_aside([&](store::Session& session) -> Result<> {
    ZS_TRY(const auto now, find_chapter(session, town, chapter.year, chapter.chapter));
    if ((now ? now->version : 0) != chapter.version)
      return Error{ErrorKind::conflict,
                   {"这一章刚被别人改过；复制您的文字，刷新后再写", "the chapter has been changed meanwhile"}};
    store::WriteBatch rows;
    const std::int64_t year = chapter.year;
    rows.add(kPut, {town.number, year, chapter.chapter, chapter.unit, std::int64_t{chapter.due.serial()},
                    std::string(name_of(chapter.state)), chapter.text, chapter.actor, chapter.writer, chapter.at.utc_ms,
                    chapter.says, chapter.version + 1});
    if (chapter.state == State::adopted) rows.add(kEndLink, {town.number, year, chapter.chapter});
    return session.write(rows);
  });
}

Result<std::string> new_chapter_link(Ledger& ledger, TownId town, int year, const std::string& chapter, Date until) {
  std::string secret = random_token();
  ZS_CHECK(ledger.write_aside([&](store::Session& session) -> Result<> {
    ZS_TRY(const auto now, find_chapter(session, town, year, chapter));
    if (!now) return not_found("先把这一章分给部门，再给链接", "the chapter is nobody's yet");
    if (now->state == State::adopted)
      return Error{ErrorKind::conflict, {"这一章已经采用，不能再给链接", "the chapter is adopted"}};
    store::WriteBatch rows;
    rows.add(kPutLink, {town.number, std::int64_t{year}, chapter, digest_of_secret(secret),
                        std::int64_t{until.serial()}});
    return session.write(rows);
  }));
  return secret;
}

Result<> end_chapter_link(Ledger& ledger, TownId town, int year, const std::string& chapter) {
  store::WriteBatch rows;
  rows.add(kEndLink, {town.number, std::int64_t{year}, chapter});
  return ledger.write_aside(rows);
}

Result<std::optional<ReportChapter>> chapter_of_link(store::Session& session, TownId town, const std::string& secret,
                                                     Date today) {
  ZS_TRY(const auto rows,
         session.read(kOfLink, {town.number, digest_of_secret(secret), std::int64_t{today.serial()}}));
  if (rows.empty()) return std::optional<ReportChapter>();
  return std::optional(chapter_of(rows.front()));
}

}  // namespace zs::ledger
