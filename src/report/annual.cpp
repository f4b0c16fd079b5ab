#include "report/annual.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "paper/html.h"
#include "paper/template.h"
#include "report/shortcomings.h"
#include "report/wording.h"

namespace zs::report {
namespace {

// A figure in the Markdown is marked by three characters of the private use area: «key|display».
constexpr std::string_view kOpen = "\uE000", kMiddle = "\uE001", kClose = "\uE002";
constexpr std::size_t kEvidenceShown = 300;

std::string marked(const std::string& key, const std::string& display) {
  return fmt::format("{}{}{}{}{}", kOpen, key, kMiddle, display, kClose);
}

// Replaces each marked figure by what `as` makes of its key and display. Keys were escaped for Markdown.
template <class As>
std::string with_marks(std::string text, As as) {
  for (std::size_t at = text.find(kOpen); at != std::string::npos; at = text.find(kOpen, at)) {
    const std::size_t middle = text.find(kMiddle, at);
    const std::size_t close = text.find(kClose, at);
    if (middle == std::string::npos || close == std::string::npos) break;
    std::string key = text.substr(at + kOpen.size(), middle - at - kOpen.size());
    std::erase(key, '\\');
    const std::string shown = text.substr(middle + kMiddle.size(), close - middle - kMiddle.size());
    const std::string made = as(key, shown);
    text.replace(at, close + kClose.size() - at, made);
    at += made.size();
  }
  return text;
}

std::vector<std::map<std::string, std::string>> items(const std::vector<std::string>& lines) {
  std::vector<std::map<std::string, std::string>> list;
  for (const std::string& line : lines) list.push_back({{"line", line}});
  return list;
}

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

paper::Data data_of(const ledger::Town& town, const YearReport& report) {
  paper::Data data;
  data.of_items = {"line", "duty", "lead", "by", "figure", "share"};
  data.texts["town"] = town.name;
  data.texts["year"] = std::to_string(report.year);
  data.texts["next_year"] = std::to_string(report.year + 1);
  for (const ledger::FigureValue& value : report.figures) {
    data.texts[value.figure->key] = marked(value.figure->key, display(value));
    data.flags["has_" + value.figure->key] = value.evidence > 0;
  }
  data.flags["no_faults"] = report.faults.empty();
  data.flags["any_faults"] = !report.faults.empty();
  data.lists["faults"] = items(report.faults);
  std::vector<std::map<std::string, std::string>> duties;
  for (const PlannedDuty& duty : duties_of(town, report.year + 1))
    duties.push_back({{"duty", duty.label}, {"lead", duty.lead}, {"by", duty.by}});
  data.flags["no_duties"] = duties.empty();
  data.lists["duties"] = std::move(duties);
  data.lists["partly"] = {};
  for (const ledger::FigureValue& value : report.figures) {
    if (value.summary != 0)
      data.lists["partly"].push_back(
          {{"figure", value.figure->label}, {"share", std::to_string(value.case_by_case())}});
  }
  data.flags["any_partly"] = !data.lists["partly"].empty();
  return data;
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

}  // namespace

Result<YearReport> annual(store::Session& session, const ledger::Town& town, int year, Date today) {
  YearReport report;
  report.year = year;
  report.town = town.name;
  report.title = fmt::format("{}{}年法治政府建设年度报告", town.name, year);
  ZS_TRY(report.figures, ledger::figures_of_year(session, town, year));
  ZS_TRY(const ledger::YearTrouble trouble, ledger::trouble_of_year(session, town, year, today));
  report.faults = shortcomings(town, trouble);
  ZS_TRY(const auto duties, ledger::duties_of_year(session, town, year, today));
  for (std::string& line : missed_duties(duties)) report.faults.push_back(std::move(line));
  if (town.book->report_template.empty())
    return not_found("规则书里没有报告样式 report/annual.md", "the rulebook has no report/annual.md");
  ZS_TRY(report.markdown,
         paper::render("report/annual.md", town.book->report_template, data_of(town, report)));
  report.chapters =
      chapters_of(with_marks(report.markdown, [](const std::string&, const std::string& shown) { return shown; }));
  return report;
}

std::string as_text(const YearReport& report) {
  return plain(with_marks(report.markdown, [](const std::string&, const std::string& shown) { return shown; }));
}

Result<std::string> as_html(store::Session& session, const ledger::Town& town, const YearReport& report) {
  std::vector<std::string> used;
  with_marks(report.markdown, [&](const std::string& key, const std::string& shown) {
    if (std::find(used.begin(), used.end(), key) == used.end()) used.push_back(key);
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
                      return fmt::format("<a class=\"figure\" href=\"#figure-{}\">{}</a>", key, shown);
                    });
}

std::string as_fragment(const YearReport& report) {
  return with_marks(paper::html_body(report.markdown), [](const std::string& key, const std::string& shown) {
    return fmt::format("<a class=\"figure\" data-figure=\"{0}\" href=\"#{0}\">{1}</a>", key, shown);
  });
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
