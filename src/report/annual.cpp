#include "report/annual.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "paper/html.h"
#include "paper/template.h"
#include "report/chapters.h"
#include "report/stale.h"
#include "report/wording.h"
#include "rulebook/report_chapters.h"

namespace zs::report {
namespace {

constexpr std::size_t kEvidenceShown = 300;

// Plain text of our own Markdown: headings and escapes lose their marks.
std::string plain(const std::string& markdown) {
  std::string out;
  bool line_start = true;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    const char c = markdown[i];
    if (line_start && c == '#') {
      while (i < markdown.size() && (markdown[i] == '#' || markdown[i] == ' ')) ++i;
      --i;
      line_start = false;
      continue;
    }
    if (c == '\\' && i + 1 < markdown.size() && markdown[i + 1] != '\n') continue;
    line_start = c == '\n';
    out.push_back(c);
  }
  return out;
}

std::vector<Chapter> chapters_of(const std::string& markdown) {
  std::vector<Chapter> chapters;
  std::size_t at = 0;
  while (at < markdown.size()) {
    const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
    const std::string line = markdown.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("## ") || line.starts_with("### ")) {
      chapters.push_back({plain(line), ""});
    } else if (!chapters.empty() && !line.empty()) {
      chapters.back().text += (chapters.back().text.empty() ? "" : "\n") + plain(line);
    }
  }
  return chapters;
}

std::string evidence_table(const ledger::FigureValue& value, const std::vector<ledger::EvidenceLine>& lines) {
  std::string html = "<table><tr><th>编号</th><th>事项</th><th>日期</th><th>数</th></tr>\n";
  std::size_t shown = 0;
  for (const ledger::EvidenceLine& line : lines) {
    if (++shown > kEvidenceShown) break;
    const bool money = value.figure->money;
    html += fmt::format(
        "<tr><td>{}</td><td>{}{}</td><td>{}</td><td class=\"number\">{}</td></tr>\n",
        paper::html_escaped(line.number.empty() ? fmt::format("{}/{}", line.kind, line.record.number) : line.number),
        paper::html_escaped(line.title), line.summary ? "（汇总件）" : "", line.day.text(),
        money ? fmt::format("{}.{:02}", line.value / 100, line.value % 100) : std::to_string(line.value));
  }
  html += "</table>\n";
  if (lines.size() > kEvidenceShown)
    html += fmt::format("<p>另有{}条，用 zhunsheng evidence 查看。</p>\n", lines.size() - kEvidenceShown);
  return html;
}

// The template, with the words of adopted chapters in place of its own. What an adopted chapter can no longer be read
// for (a figure that the rulebook lost meanwhile) is said in its place, and the report is not published so.
Result<> compose(store::Session& session, const ledger::Town& town, const YearData& data, YearReport& report) {
  ZS_TRY(const auto written, ledger::chapters_of_year(session, town.id, report.year));
  std::map<std::string, const ledger::ReportChapter*> adopted;
  for (const ledger::ReportChapter& chapter : written) {
    if (chapter.state == ledger::ReportChapter::State::adopted) adopted[chapter.chapter] = &chapter;
  }
  std::map<std::string, std::string> titles;
  for (const auto& chapter : rulebook::chapters_of_template(town.book->report_template))
    titles[chapter.key] = chapter.title;
  std::string own;
  const auto put_own = [&]() -> Result<> {
    ZS_TRY(const std::string made, paper::render("report/annual.md", own, data.data));
    report.markdown += made;
    own.clear();
    return {};
  };
  for (const rulebook::TemplatePiece& piece : rulebook::pieces_of_template(town.book->report_template)) {
    const auto found = adopted.find(piece.chapter);
    if (piece.chapter.empty() || found == adopted.end()) {
      own += piece.text;
      continue;
    }
    ZS_CHECK(put_own());
    const std::string title = titles[piece.chapter] + "：";
    for (const std::string& line : stale_in(found->second->text, *town.book, report.year))
      report.stale.push_back(title + line);
    const auto faults = faults_of(found->second->text, data);
    if (faults.empty()) {
      ZS_TRY(const std::string made, render_chapter(found->second->text, data));
      report.markdown += "\n" + made + "\n\n";
    } else {
      report.markdown += "\n**（本章文本有错误，退回修改）**\n\n";
      for (const std::string& fault : faults) report.unreadable.push_back(title + fault);
    }
  }
  return put_own();
}

}  // namespace

Result<YearReport> annual(store::Session& session, const ledger::Town& town, int year, Date today) {
  YearReport report;
  report.year = year;
  report.town = town.name;
  report.title = fmt::format("{}{}年法治政府建设年度报告", town.name, year);
  if (town.book->report_template.empty())
    return not_found("规则书里没有报告样式 report/annual.md", "the rulebook has no report/annual.md");
  ZS_TRY(YearData data, data_of_year(session, town, year, today));
  ZS_CHECK(compose(session, town, data, report));
  report.faults = std::move(data.faults);
  report.figures = std::move(data.figures);
  report.chapters = chapters_of(without_marks(report.markdown));
  return report;
}

YearReport as_published(const ledger::Town& town, int year, std::vector<ledger::FigureValue> figures,
                        std::string text) {
  YearReport report;
  report.year = year;
  report.town = town.name;
  report.title = fmt::format("{}{}年法治政府建设年度报告", town.name, year);
  report.figures = std::move(figures);
  report.markdown = std::move(text);
  report.chapters = chapters_of(without_marks(report.markdown));
  return report;
}

Result<std::string> words_to_publish(ledger::Ledger& ledger, TownId id, int year) {
  ZS_TRY(const auto town, ledger.snapshot(id));
  ZS_TRY(auto lease, ledger.database().reader());
  ZS_TRY(YearReport made, annual(*lease, *town, year, civil(ledger.now(), town->book->utc_offset).day()));
  if (!made.unreadable.empty())
    return bad_input(fmt::format("有章节的文本有错误，退回修改后再发布：{}", fmt::join(made.unreadable, "；")),
                     "chapters have faults: send them back first");
  return std::move(made.markdown);
}

std::string as_text(const YearReport& report) {
  return plain(without_marks(report.markdown));
}

Result<std::string> as_html(store::Session& session, const ledger::Town& town, const YearReport& report) {
  std::vector<std::string> used;
  with_marks(report.markdown, [&](const std::string& key, const std::string& shown) {
    if (!marks_record(key) && std::find(used.begin(), used.end(), key) == used.end()) used.push_back(key);
    return shown;
  });
  std::string appendix =
      "<section "
      "class=\"appendix\">\n<h2>数字的佐证</h2>\n<p>正文每个数字都能点开到这里；汇总件是没有逐案台账的数。</p>\n";
  for (const std::string& key : used) {
    for (const ledger::FigureValue& value : report.figures) {
      if (value.figure->key != key) continue;
      ZS_TRY(const auto lines, ledger::evidence_of_year(session, town, key, report.year));
      appendix += fmt::format(
          "<details id=\"figure-{}\" "
          "open><summary><strong>{}</strong>：{}{}。{}（佐证{}条，逐案支撑率{}%）</summary>\n{}</details>\n",
          key, paper::html_escaped(value.figure->label), display(value),
          value.pair() ? "" : paper::html_escaped(value.figure->unit), paper::html_escaped(value.figure->definition),
          value.evidence, value.case_by_case(), evidence_table(value, lines));
    }
  }
  appendix += "</section>\n";
  return with_marks(paper::html_page(report.title, report.markdown, appendix),
                    [&](const std::string& key, const std::string& shown) {
                      if (marks_record(key)) return shown;  // the records of a list stand behind its figure
                      return fmt::format("<a class=\"figure\" href=\"#figure-{}\">{}</a>", key, shown);
                    });
}

std::string as_fragment(const YearReport& report) {
  return fragment_of(report.markdown);
}

std::string as_json(const YearReport& report) {
  nlohmann::ordered_json json{{"year", report.year}, {"town", report.town}, {"title", report.title}};
  auto figures = nlohmann::ordered_json::array();
  for (const ledger::FigureValue& value : report.figures) {
    const std::string plain_text = plain_value(value);
    nlohmann::ordered_json figure{{"key", value.figure->key}, {"label", value.figure->label}};
    // Whole numbers and two decimals are JSON numbers as they stand.
    figure["value"] = plain_text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json::parse(plain_text);
    figure["unit"] = value.figure->unit;
    figure["display"] = display(value);
    figure["definition"] = value.figure->definition;
    figure["evidence"] = value.evidence;
    figure["case_by_case"] = value.case_by_case();
    if (!value.figure->overlaps.empty()) figure["overlaps"] = value.figure->overlaps;
    figures.push_back(std::move(figure));
  }
  json["figures"] = std::move(figures);
  auto chapters = nlohmann::ordered_json::array();
  for (const Chapter& chapter : report.chapters) chapters.push_back({{"title", chapter.title}, {"text", chapter.text}});
  json["chapters"] = std::move(chapters);
  return json.dump(2);
}

}  // namespace zs::report
