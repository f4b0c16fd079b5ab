#include "rulebook/report_chapters.h"

#include <fmt/format.h>

#include <map>

namespace zs::rulebook {
namespace {

constexpr std::string_view kKeyOpens = " {#", kEnds = "{#}";

struct Line {
  std::string_view text;
  int number = 0;
  bool heading = false;
  std::string_view key;    ///< of a heading: empty without one
  std::string_view shown;  ///< of a heading: without its key
};

bool is_heading(std::string_view line) {
  const std::size_t marks = line.find_first_not_of('#');
  return marks != std::string_view::npos && marks > 0 && line[marks] == ' ';
}

void each_line(std::string_view text, auto visit) {
  int number = 0;
  while (!text.empty()) {
    Line line;
    line.text = text.substr(0, text.find('\n'));
    line.number = ++number;
    text.remove_prefix(std::min(line.text.size() + 1, text.size()));
    line.heading = is_heading(line.text);
    line.shown = line.text;
    const std::size_t at = line.text.rfind(kKeyOpens);
    if (line.heading && at != std::string_view::npos && line.text.ends_with('}')) {
      line.key = line.text.substr(at + kKeyOpens.size(), line.text.size() - at - kKeyOpens.size() - 1);
      line.shown = line.text.substr(0, at);
    }
    visit(line);
  }
}

std::string trimmed(const std::string& text) {
  const std::size_t from = text.find_first_not_of("\n ");
  if (from == std::string::npos) return {};
  return text.substr(from, text.find_last_not_of("\n ") - from + 1);
}

}  // namespace

std::vector<TemplateChapter> chapters_of_template(std::string_view text) {
  std::vector<TemplateChapter> chapters;
  bool inside = false;
  each_line(text, [&](const Line& line) {
    if (line.heading) {
      inside = !line.key.empty();
      const std::string_view title = line.shown.substr(std::min(line.shown.find(' ') + 1, line.shown.size()));
      if (inside) chapters.push_back({std::string(line.key), std::string(title), "", line.number});
    } else if (line.text == kEnds) {
      inside = false;
    } else if (inside) {
      chapters.back().text += std::string(line.text) + "\n";
    }
  });
  for (TemplateChapter& chapter : chapters) chapter.text = trimmed(chapter.text);
  return chapters;
}

std::vector<TemplatePiece> pieces_of_template(std::string_view text) {
  std::vector<TemplatePiece> pieces(1);
  each_line(text, [&](const Line& line) {
    if (line.text == kEnds) {
      pieces.push_back({});
      return;
    }
    if (line.heading && !pieces.back().chapter.empty()) pieces.push_back({});
    pieces.back().text += std::string(line.shown) + "\n";
    if (line.heading && !line.key.empty()) pieces.push_back({"", std::string(line.key)});
  });
  return pieces;
}

void check_report_chapters(std::string_view text, Faults& faults) {
  std::map<std::string, int> lines;
  for (const TemplateChapter& chapter : chapters_of_template(text)) {
    const auto [known, fresh] = lines.emplace(chapter.key, chapter.line);
    if (fresh) continue;
    faults.add({"report/annual.md", chapter.line, 1},
               fmt::format("章节的键“{}”在第{}行已经用过；一章一个键", chapter.key, known->second),
               fmt::format("the chapter key \"{}\" stands on line {} already: one key a chapter", chapter.key,
                           known->second));
  }
}

}  // namespace zs::rulebook
