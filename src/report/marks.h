// How what opens is marked in the words of the yearly report: a figure by its key, a record as "kind/12".
//
// A mark is three characters of the private use area around a key and what is shown: «key|shown».
#pragma once

#include <string>
#include <string_view>

namespace zs::report {

inline constexpr std::string_view kMarkOpen = "\uE000", kMarkMiddle = "\uE001", kMarkClose = "\uE002";

std::string marked(const std::string& key, const std::string& shown);
/// Whether the key is a record's, not a figure's.
bool marks_record(std::string_view key);

/// Replaces each mark by what `as(key, shown)` makes of it. Keys were escaped for Markdown.
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
/// As it reads.
std::string without_marks(std::string text);
/// Marked Markdown as HTML, each figure an `<a class="figure" data-figure="KEY">`, each record an
/// `<a class="record" data-record="kind/12">` for a page that opens it.
std::string fragment_of(const std::string& markdown);

}  // namespace zs::report
