// One chapter of the yearly report as somebody writes it: the words it begins with, what is wrong with them, and how
// they read with this year's figures.
//
// Words are Markdown with the template's own placeholders, so that a figure in them stays a figure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ledger/report_chapters.h"
#include "report/annual_data.h"
#include "rulebook/report_chapters.h"

namespace zs::report {

/// The words of a chapter and whose they are: written this year, adopted last year, or the template's own.
struct ChapterWords {
  enum class Source { written, last_year, sample };
  std::string text;
  Source source = Source::sample;
};
/// A chapter not yet written begins with last year's adopted words. Each may be null.
ChapterWords words_of(const rulebook::TemplateChapter& chapter, const ledger::ReportChapter* now,
                      const ledger::ReportChapter* before);

/// All that is wrong with the words, by line: a placeholder that the report does not know, a heading, a section left
/// open, a list within a list. With `allowed` it may name nothing else. Empty: they may be handed in.
std::vector<std::string> faults_of(const std::string& text, const YearData& data,
                                   const std::set<std::string>* allowed = nullptr);
/// The names of all placeholders in the words.
std::set<std::string> names_in(const std::string& text);
/// Marked Markdown. Errors: as faults_of, as one.
Result<std::string> render_chapter(const std::string& text, const YearData& data);
/// The figures that the words name, as written in the rulebook.
std::vector<const ledger::FigureValue*> figures_in(const std::set<std::string>& names, const YearData& data);

}  // namespace zs::report
