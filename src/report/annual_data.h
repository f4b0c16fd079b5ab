// What the words of the yearly report may name: figures, lists, flags of a year; and how a figure is marked in them.
#pragma once

#include <string>
#include <vector>

#include "ledger/figures.h"
#include "paper/template.h"

namespace zs::report {

// A figure in the Markdown is marked by three characters of the private use area: «key|display».
inline constexpr std::string_view kMarkOpen = "\uE000", kMarkMiddle = "\uE001", kMarkClose = "\uE002";

/// Replaces each marked figure by what `as(key, display)` makes of it. Keys were escaped for Markdown.
template <class As>
std::string with_marks(std::string text, As as) {
  for (std::size_t at = text.find(kMarkOpen); at != std::string::npos; at = text.find(kMarkOpen, at)) {
    const std::size_t middle = text.find(kMarkMiddle, at);
    const std::size_t close = text.find(kMarkClose, at);
    if (middle == std::string::npos || close == std::string::npos) break;
    std::string key = text.substr(at + kMarkOpen.size(), middle - at - kMarkOpen.size());
    std::erase(key, '\\');
    const std::string shown = text.substr(middle + kMarkMiddle.size(), close - middle - kMarkMiddle.size());
    const std::string made = as(key, shown);
    text.replace(at, close + kMarkClose.size() - at, made);
    at += made.size();
  }
  return text;
}
/// With each figure as it reads.
std::string without_marks(std::string text);
/// Marked Markdown as HTML, each figure an `<a class="figure" data-figure="KEY">` for a page that opens it.
std::string fragment_of(const std::string& markdown);

struct YearData {
  int year = 0;
  std::vector<ledger::FigureValue> figures;
  std::vector<std::string> faults;  ///< what the ledger knows went wrong, one sentence each
  paper::Data data;
};
/// Errors: those of the figures.
Result<YearData> data_of_year(store::Session& session, const ledger::Town& town, int year, Date today);

}  // namespace zs::report
