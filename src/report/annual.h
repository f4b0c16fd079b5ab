// The yearly report: a template of words, figures that open to their evidence, and what the ledger knows went wrong.
#pragma once

#include <string>
#include <vector>

#include "ledger/figures.h"
#include "ledger/records.h"

namespace zs::report {

struct Chapter {
  std::string title;
  std::string text;  ///< plain
};

struct YearReport {
  int year = 0;
  std::string town, title;
  std::string markdown;  ///< with figures marked (kMark…)
  std::vector<ledger::FigureValue> figures;
  std::vector<Chapter> chapters;
  std::vector<std::string> faults;      ///< what the ledger knows went wrong, one sentence each
  std::vector<std::string> stale;       ///< what adopted chapters still say of an earlier year
  std::vector<std::string> unreadable;  ///< faults of adopted chapters' words: with one it is not published
};

/// Reads figures and troubles of the year and fills the town's template, adopted chapters in place of its own.
/// Errors: bad_input for faults of the template.
Result<YearReport> annual(store::Session& session, const ledger::Town& town, int year, Date today);

/// The report as it was published: `text` is the markdown that was frozen then, the figures are those of now.
YearReport as_published(const ledger::Town& town, int year, std::vector<ledger::FigureValue> figures,
                                  std::string text);

/// The words that a publication freezes (marked Markdown). Errors: those of annual(), bad_input if adopted chapters can
/// no longer be read.
Result<std::string> words_to_publish(ledger::Ledger& ledger, TownId town, int year);

std::string as_text(const YearReport& report);
/// With the figures as links to their evidence, which stands in an appendix.
Result<std::string> as_html(store::Session& session, const ledger::Town& town, const YearReport& report);
/// The report's body alone, each figure an `<a class="figure" data-figure="KEY">` for a page that opens it.
std::string as_fragment(const YearReport& report);
/// {"year","town","figures":[{"key","value","unit","display","definition","evidence","case_by_case"}],"chapters":[…]}
std::string as_json(const YearReport& report);

}  // namespace zs::report
