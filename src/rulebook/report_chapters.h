// The chapters of report/annual.md: what a heading with a key begins.
//
//   ### （一）压实法治建设责任 {#duties}
//   the words of the chapter, up to the next heading or a line {#} of its own
//
// A key is for life: by it last year's words are found when this year's chapter begins. A heading without a key
// (one that only gathers others) is nobody's chapter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rulebook/source.h"

namespace zs::rulebook {

struct TemplateChapter {
  std::string key;
  std::string title;  ///< without marks: "（一）压实法治建设责任"
  std::string text;   ///< its Mustache, without blank lines around it
  int line = 0;       ///< of the heading
};

/// A piece of the template, in order: words that are no chapter's, or the words of one.
struct TemplatePiece {
  std::string text;
  std::string chapter;  ///< empty: nobody's
};

std::vector<TemplateChapter> chapters_of_template(std::string_view text);
/// The whole template in pieces, its headings without their keys. Joined they are the template as it is rendered.
std::vector<TemplatePiece> pieces_of_template(std::string_view text);
/// Two chapters of one key are a fault.
void check_report_chapters(std::string_view text, Faults& faults);

}  // namespace zs::rulebook
