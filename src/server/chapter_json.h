// One chapter of the yearly report for a page: who writes it, its words, how they read, what is wrong with them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/chapters.h"
#include "server/app.h"

namespace zs::server {

/// All that a chapter's page is made from.
struct ChapterAtHand {
  rulebook::TemplateChapter chapter;
  std::optional<ledger::ReportChapter> now, before;  ///< this year's row, last year's
  report::YearData data;
  report::ChapterWords words() const {
    return report::words_of(chapter, now ? &*now : nullptr, before ? &*before : nullptr);
  }
  /// What somebody with the link alone may name: what the chapter names already.
  std::set<std::string> names() const;
};
/// Errors: not_found (the template has no such chapter).
Result<ChapterAtHand> chapter_at_hand(store::Session& session, const ledger::Town& town, int year,
                                      const std::string& chapter, Date today);

/// 待交 as "open", and so on; "none": it is nobody's.
nlohmann::ordered_json chapter_line(const ledger::Town& town, const rulebook::TemplateChapter& chapter,
                                    const ledger::ReportChapter* now, Date today);
/// How words read: HTML, faults, what is of an earlier year, the figures that they name.
nlohmann::ordered_json chapter_read(const std::string& text, const ChapterAtHand& at, const rulebook::Rulebook& book,
                                    const std::set<std::string>* allowed = nullptr);
nlohmann::ordered_json figures_json(const std::vector<const ledger::FigureValue*>& figures);
/// [{"name","label","words"}]
nlohmann::ordered_json picks_json(const std::vector<report::Pick>& picks);
std::string_view name_of(report::ChapterWords::Source source);

/// A text to be saved or handed in, as the body gives it. Errors: bad_input.
struct ChapterText {
  std::string text;
  std::int64_t version = 0;
  bool hand_in = false;
  std::string writer;  ///< who they say they are, where there is no account
};
Result<ChapterText> chapter_text_of(const Request& request);
/// Saves or hands in; `by` is a person of the register or empty. What is handed in must have no fault.
/// Errors: bad_input (faults, nothing written), conflict (adopted, handed in, or changed meanwhile).
Result<> put_chapter_text(App& app, const ledger::Town& town, const ChapterAtHand& at, const ChapterText& given,
                          const std::string& by, const std::set<std::string>* allowed = nullptr);

}  // namespace zs::server
