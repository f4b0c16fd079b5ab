// The main job: the 2023 work of Houmen goes in, and the yearly report comes out with every figure as published.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/date.h"
#include "demo/lives.h"
#include "ledger/verify.h"
#include "report/annual.h"
#include "report/chapters.h"
#include "unit/temp_folder.h"

namespace zs::report {
namespace {

namespace fs = std::filesystem;

constexpr int kYear = 2023;
const Date kToday = "2026-11-24"_date;
const fs::path kDemoFile = fs::path(ZS_SOURCE_DIR) / "demo/houmen-2023.yaml";

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// The demo loaded into a folder of its own.
struct Houmen {
  explicit Houmen(const std::string& name) : folder(name) {
    ledger::OpenLedger options;
    options.mode = store::Mode::create;
    ledger = ledger::Ledger::open(folder.path(), options).value();
    const auto files = rulebook::read_files(ZS_SOURCE_DIR "/rulebook").value();
    const auto loaded = demo::load(*ledger, kDemoFile.filename().string(), text_of(kDemoFile), files, kToday);
    if (!loaded) throw std::runtime_error(loaded.error().text.en);
    town = ledger->town(loaded->town).value();
  }

  YearReport report(int year = kYear) {
    auto lease = ledger->database().reader().value();
    return annual(*lease, *town, year, kToday).value();
  }

  TempFolder folder;
  std::unique_ptr<ledger::Ledger> ledger;
  const ledger::Town* town = nullptr;
};

class HoumenReport : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    houmen_ = new Houmen("houmen");
    report_ = new YearReport(houmen_->report());
  }
  static void TearDownTestSuite() {
    delete report_;
    delete houmen_;
    report_ = nullptr;
    houmen_ = nullptr;
  }

  static Houmen* houmen_;
  static YearReport* report_;
};

Houmen* HoumenReport::houmen_ = nullptr;
YearReport* HoumenReport::report_ = nullptr;

struct Published {
  const char* key;
  double value;
  const char* display;
};

// As published on 2024-01-31; what was published as 余 has the exact value that the demo gives it.
constexpr Published kPublished[] = {
    {"first_topic_lead_times", 69, "69"},
    {"collective_study_persontimes", 236, "200余"},
    {"counsel_meetings", 33, "33"},
    {"counsel_contracts", 70, "70"},
    {"counsel_opinions", 144, "144"},
    {"mediation_cases", 40, "40"},
    {"mediation_amount", 1034580.50, "100余万"},
    {"petition_cases", 64, "64"},
    {"reception_persontimes", 288, "288"},
    {"hotline_tickets", 199, "199"},
    {"backlog_resolved", 1, "1"},
    {"litigation_cases", 17, "17"},
    {"head_appear_rate", 100, "100%"},
    {"fire_cases_closed", 15, "15"},
    {"exam_attend_rate", 100, "100%"},
    {"exam_excellent_rate", 100, "100%"},
    {"pufa_events", 60, "60"},
    {"pufa_legal_service_persontimes", 200, "200"},
    {"pufa_banners", 106, "100余"},
    {"pufa_materials", 10860, "1万余"},
    {"pufa_audience", 20730, "2万余"},
    {"mingbairen_total", 40, "40"},
    {"mingbairen_target_per_village", 4, "4"},
    {"mingbairen_coverage", 100, "全覆盖"},
};

TEST_F(HoumenReport, GivesEachOfTheTwentyFourFiguresAsPublished) {
  const auto json = nlohmann::json::parse(as_json(*report_));
  EXPECT_EQ(json["year"], kYear);
  EXPECT_EQ(json["town"], "鲘门镇");
  std::map<std::string, nlohmann::json> figures;
  for (const auto& figure : json["figures"])
    EXPECT_TRUE(figures.emplace(figure["key"], figure).second) << figure["key"];
  ASSERT_EQ(std::size(kPublished), 24U);
  for (const Published& published : kPublished) {
    ASSERT_TRUE(figures.contains(published.key)) << published.key;
    const auto& figure = figures[published.key];
    EXPECT_EQ(figure["value"].get<double>(), published.value) << published.key;
    EXPECT_EQ(figure["display"], published.display) << published.key;
    EXPECT_FALSE(figure["definition"].get<std::string>().empty()) << published.key;
  }
}

TEST_F(HoumenReport, AddsEachBaseFigureUpFromItsEvidence) {
  auto lease = houmen_->ledger->database().reader().value();
  int base = 0;
  for (const ledger::FigureValue& value : report_->figures) {
    if (!value.figure->base()) continue;
    ++base;
    const auto lines = ledger::evidence_of_year(*lease, *houmen_->town, value.figure->key, kYear).value();
    std::int64_t sum = 0;
    for (const auto& line : lines) sum += line.value;
    EXPECT_EQ(sum, value.value) << value.figure->key;
    EXPECT_EQ(static_cast<std::int64_t>(lines.size()), value.evidence) << value.figure->key;
  }
  EXPECT_GE(base, 30);
}

TEST_F(HoumenReport, OpensLitigationToSeventeenRecords) {
  auto lease = houmen_->ledger->database().reader().value();
  const auto lines = ledger::evidence_of_year(*lease, *houmen_->town, "litigation_cases", kYear).value();
  std::set<RecordId> records;
  for (const auto& line : lines) records.insert(line.record);
  EXPECT_EQ(records.size(), 17U);
}

TEST_F(HoumenReport, StandsByWholeCasesButForTheTwoFiguresWithSummaries) {
  std::set<std::string> partly;
  for (const ledger::FigureValue& value : report_->figures) {
    if (value.case_by_case() < 100) partly.insert(value.figure->key);
  }
  EXPECT_EQ(partly, (std::set<std::string>{"pufa_audience", "pufa_materials"}));
}

TEST_F(HoumenReport, HoldsTheTenChaptersThePlanAndTheThreeThatFollowInOrder) {
  const std::string text = as_text(*report_);
  constexpr std::string_view kInOrder[] = {"鲘门镇2023年法治政府建设年度报告",
                                           "一、上一年度",
                                           "（一）",
                                           "（二）",
                                           "（三）",
                                           "（四）",
                                           "（五）",
                                           "（六）",
                                           "（七）",
                                           "（八）",
                                           "（九）",
                                           "（十）",
                                           "（十一）上一年度报告安排事项的落实",
                                           "二、存在的不足和原因",
                                           "三、党政主要负责人履行",
                                           "四、下一年度"};
  std::size_t at = 0;
  for (const std::string_view heading : kInOrder) {
    const std::size_t found = text.find(heading, at);
    ASSERT_NE(found, std::string::npos) << heading << " does not follow";
    EXPECT_TRUE(found == 0 || text[found - 1] == '\n') << heading << " does not begin a line";
    at = found + heading.size();
  }
  EXPECT_EQ(report_->chapters.size(), 15U);
  for (const Chapter& chapter : report_->chapters) {
    // The first heading is that of the eleven: it has no words of its own.
    EXPECT_EQ(chapter.text.empty(), chapter.title.starts_with("一、")) << chapter.title;
  }
}

TEST_F(HoumenReport, SaysTheFiguresInTheWordsOfTheReport) {
  const std::string text = as_text(*report_);
  for (const char* words : {"领学69次", "200余人次", "列席会议33次", "协议文书70份", "法律意见书144份", "100余万元",
                            "信访诉求64宗", "288人次", "199单", "100余条", "1万余份", "2万余人次", "全覆盖"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words;
  }
  EXPECT_EQ(text.find("{{"), std::string::npos) << "a placeholder was left open";
}

TEST_F(HoumenReport, TellsShortcomingsFromWhatTheLedgerKnows) {
  const auto chapter = std::find_if(report_->chapters.begin(), report_->chapters.end(),
                                    [](const Chapter& each) { return each.title.starts_with("二、"); });
  ASSERT_NE(chapter, report_->chapters.end());
  EXPECT_NE(chapter->text.find("逾期"), std::string::npos);
  EXPECT_NE(chapter->text.find("违规"), std::string::npos);
}

TEST_F(HoumenReport, IsWrittenForAYearWithoutSummariesOrRecordsToo) {
  for (const int year : {2022, 2026, 2030})
    EXPECT_NE(as_text(houmen_->report(year)).find(std::to_string(year) + "年"), std::string::npos) << year;
}

TEST_F(HoumenReport, MarksEachFigureOfTheFragmentForAPageThatOpensIt) {
  const std::string html = as_fragment(*report_);
  EXPECT_NE(html.find("<a class=\"figure\" data-figure=\"litigation_cases\" href=\"#litigation_cases\">17</a>"),
            std::string::npos);
  EXPECT_EQ(html.find("<html"), std::string::npos);
}

TEST_F(HoumenReport, GivesEveryFigureOfTheHtmlAnAnchor) {
  auto lease = houmen_->ledger->database().reader().value();
  const std::string html = as_html(*lease, *houmen_->town, *report_).value();
  std::set<std::string> used;
  constexpr std::string_view kLink = "href=\"#figure-";
  for (std::size_t at = html.find(kLink); at != std::string::npos; at = html.find(kLink, at + 1)) {
    const std::size_t begin = at + kLink.size();
    used.insert(html.substr(begin, html.find('"', begin) - begin));
  }
  for (const std::string& key : used)
    EXPECT_NE(html.find(fmt::format("id=\"figure-{}\"", key)), std::string::npos) << key;
  for (const Published& published : kPublished)
    EXPECT_TRUE(used.contains(published.key)) << published.key << " is not a link";
}

TEST_F(HoumenReport, StandsOnAJournalThatVerifies) {
  const auto verified = ledger::verify(*houmen_->ledger, houmen_->town->id).value();
  EXPECT_TRUE(verified.good()) << (verified.differences.empty() ? "" : verified.differences.front().what.en);
  EXPECT_GT(verified.records, 1000);
}

TEST_F(HoumenReport, HasTheSameRootWhenLoadedAgain) {
  Houmen again("houmen-again");
  EXPECT_EQ(again.town->frontier.root(), houmen_->town->frontier.root());
  EXPECT_EQ(again.town->n, houmen_->town->n);
  EXPECT_EQ(as_json(again.report()), as_json(*report_));
}

// Last year's plan, item by item: tasks and the work of every year, each opening what stands behind it.
TEST_F(HoumenReport, ReconcilesLastYearsPlanItemByItem) {
  const std::string text = as_text(*report_);
  EXPECT_NE(text.find("逐项核对6项任务"), std::string::npos);
  EXPECT_NE(text.find("梳理受托消防执法案卷（上级要点，综合行政执法办公室牵头，期限2023年6月30日）：2023年8月16日办结，逾期办理。"),
            std::string::npos);
  EXPECT_NE(text.find("对照上一年度报告列出的常年工作"), std::string::npos);
  EXPECT_NE(as_fragment(*report_).find("<a class=\"record\" data-record=\"plan_task/"), std::string::npos);
}

// Released and not taken back: those alone may be chosen, and stand as their record has them.
TEST_F(HoumenReport, OffersTheReleasedShowcasesOfTheYear) {
  auto lease = houmen_->ledger->database().reader().value();
  const YearData data = data_of_year(*lease, *houmen_->town, kYear, kToday).value();
  ASSERT_EQ(data.picks.size(), 3u);
  const Pick& pick = data.picks.front();
  const std::string text = "典型案例：{{" + pick.name + "}}";
  EXPECT_TRUE(faults_of(text, data).empty());
  const std::string html = fragment_of(render_chapter(text, data).value());
  EXPECT_NE(html.find("data-record=\"showcase/"), std::string::npos) << html;
  EXPECT_EQ(faults_of("{{showcases_99999}}", data).size(), 1u);
}

}  // namespace
}  // namespace zs::report
