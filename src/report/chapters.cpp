#include "report/chapters.h"

#include <fmt/format.h>

#include <algorithm>

#include "rulebook/form.h"

namespace zs::report {
namespace {

using rulebook::Placeholder;

constexpr std::string_view kPlace = "正文";

// Characters by which figures are marked would let a text pretend to be one.
bool has_marks(std::string_view line) {
  return line.find(kMarkOpen) != std::string_view::npos || line.find(kMarkMiddle) != std::string_view::npos ||
         line.find(kMarkClose) != std::string_view::npos;
}

bool is_heading(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return line.starts_with('#') || (!line.empty() && line.find_first_not_of("= ") == std::string_view::npos);
}

void line_faults(std::string_view text, std::vector<std::string>& faults) {
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (is_heading(line)) faults.push_back(fmt::format("第{}行：章里不能再写标题（# 或者 === 的行）", number));
    if (has_marks(line)) faults.push_back(fmt::format("第{}行：有不能用的特殊字符，删掉重打", number));
  }
}

bool known(const std::string& name, const paper::Data& data) {
  return data.texts.contains(name) || data.flags.contains(name) || data.lists.contains(name) ||
         data.of_items.contains(name);
}

// Sections open and close in order; a list within a list would multiply itself.
void section_faults(const std::vector<Placeholder>& names, const paper::Data& data, std::vector<std::string>& faults) {
  std::vector<const Placeholder*> open;
  for (const Placeholder& each : names) {
    if (each.sign == '#' || each.sign == '^') {
      const bool nested = data.lists.contains(each.name) && std::any_of(open.begin(), open.end(), [&](const auto* of) {
                            return data.lists.contains(of->name);
                          });
      if (nested) faults.push_back(fmt::format("第{}行：“{}”不能放在另一个列表里", each.line, each.name));
      open.push_back(&each);
    } else if (each.sign == '/') {
      if (open.empty() || open.back()->name != each.name) {
        faults.push_back(fmt::format("第{}行：{{{{/{}}}}}没有对应的开头", each.line, each.name));
        return;
      }
      open.pop_back();
    }
  }
  for (const Placeholder* each : open)
    faults.push_back(fmt::format("第{}行：{{{{{}{}}}}}没有结尾{{{{/{}}}}}", each->line, each->sign, each->name, each->name));
}

}  // namespace

ChapterWords words_of(const rulebook::TemplateChapter& chapter, const ledger::ReportChapter* now,
                      const ledger::ReportChapter* before) {
  using Source = ChapterWords::Source;
  if (now != nullptr && !now->text.empty()) return {now->text, Source::written};
  const bool adopted = before != nullptr && before->state == ledger::ReportChapter::State::adopted;
  if (adopted && !before->text.empty()) return {before->text, Source::last_year};
  return {chapter.text, Source::sample};
}

std::set<std::string> names_in(const std::string& text) {
  std::set<std::string> names;
  for (const Placeholder& each : rulebook::placeholders(text)) names.insert(each.name);
  return names;
}

std::vector<std::string> faults_of(const std::string& text, const YearData& data,
                                   const std::set<std::string>* allowed) {
  std::vector<std::string> faults;
  const std::vector<Placeholder> names = rulebook::placeholders(text);
  for (const Placeholder& each : names) {
    const std::string shown = (each.sign == 0 ? std::string() : std::string(1, each.sign)) + each.name;
    if (each.refused() || !known(each.name, data.data)) {
      faults.push_back(fmt::format("第{}行：没有“{}”这个数；从右边的清单里插入", each.line, shown));
    } else if (allowed != nullptr && !allowed->contains(each.name)) {
      faults.push_back(fmt::format("第{}行：这个链接不能用“{}”；要用请找发链接的人", each.line, shown));
    }
  }
  line_faults(text, faults);
  section_faults(names, data.data, faults);
  if (!faults.empty()) return faults;
  if (const auto made = paper::render(kPlace, text, data.data); !made) faults.push_back(made.error().text.zh);
  return faults;
}

Result<std::string> render_chapter(const std::string& text, const YearData& data) {
  const auto faults = faults_of(text, data);
  if (!faults.empty())
    return bad_input(fmt::format("{}", fmt::join(faults, "；")), "the chapter's text has faults");
  return paper::render(kPlace, text, data.data);
}

std::vector<const ledger::FigureValue*> figures_in(const std::set<std::string>& names, const YearData& data) {
  std::vector<const ledger::FigureValue*> found;
  for (const ledger::FigureValue& value : data.figures) {
    const std::string& key = value.figure->key;
    if (names.contains(key) || names.contains("has_" + key)) found.push_back(&value);
  }
  return found;
}

}  // namespace zs::report
