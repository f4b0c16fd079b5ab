#include "report/chapters.h"

#include <gtest/gtest.h>

namespace zs::report {
namespace {

using State = ledger::ReportChapter::State;

constexpr std::string_view kTemplate =
    "# 报告\n\n开头{{year}}\n\n## 一、举措\n\n### （一）责任 {#duty}\n\n受理{{cases}}宗。\n\n## 二、安排 {#plan}\n\n下年继续。\n\n{#}\n{{town}}\n";

// One figure, and one list.
YearData year_2023() {
  static const rulebook::Figure figure = [] {
    rulebook::Figure made;
    made.key = "cases";
    made.label = "受理信访";
    made.unit = "宗";
    return made;
  }();
  YearData data;
  data.year = 2023;
  ledger::FigureValue value;
  value.figure = &figure;
  value.value = 64;
  data.figures.push_back(value);
  data.data.texts = {{"year", "2023"}, {"town", "试镇"}, {"cases", "64"}};
  data.data.flags = {{"has_cases", true}};
  data.data.lists["faults"] = {{{"line", "逾期2件"}}};
  data.data.of_items = {"line"};
  return data;
}

std::string faults(const std::string& text, const std::set<std::string>* allowed = nullptr) {
  std::string all;
  for (const std::string& fault : faults_of(text, year_2023(), allowed)) all += fault + "\n";
  return all;
}

TEST(ReportTemplate, HasTheChaptersWhoseHeadingsBearAKey) {
  const auto chapters = rulebook::chapters_of_template(kTemplate);
  ASSERT_EQ(chapters.size(), 2U);
  EXPECT_EQ(chapters[0].key, "duty");
  EXPECT_EQ(chapters[0].title, "（一）责任");
  EXPECT_EQ(chapters[0].text, "受理{{cases}}宗。");
  EXPECT_EQ(chapters[0].line, 7);
  EXPECT_EQ(chapters[1].text, "下年继续。");
}

TEST(ReportTemplate, IsWholeAgainWhenItsPiecesAreJoined) {
  std::string joined;
  for (const auto& piece : rulebook::pieces_of_template(kTemplate)) joined += piece.text;
  EXPECT_EQ(joined,
            "# 报告\n\n开头{{year}}\n\n## 一、举措\n\n### （一）责任\n\n受理{{cases}}宗。\n\n## 二、安排\n\n下年继续。\n\n{{town}}\n");
}

TEST(ReportTemplate, RefusesTwoChaptersOfOneKey) {
  rulebook::Faults found;
  rulebook::check_report_chapters("## 一 {#a}\n\n## 二 {#a}\n", found);
  ASSERT_EQ(found.count(), 1U);
  EXPECT_EQ(found.list().front().place.line, 3);
}

TEST(ReportChapterWords, BeginWithLastYearsAdoptedWordsElseTheTemplates) {
  const auto chapter = rulebook::chapters_of_template(kTemplate)[0];
  ledger::ReportChapter now, before;
  before.text = "去年写的{{cases}}";
  EXPECT_EQ(words_of(chapter, nullptr, nullptr).text, "受理{{cases}}宗。");
  before.state = State::handed_in;
  EXPECT_EQ(words_of(chapter, &now, &before).source, ChapterWords::Source::sample);
  before.state = State::adopted;
  EXPECT_EQ(words_of(chapter, &now, &before).text, "去年写的{{cases}}");
  now.text = "今年写的";
  EXPECT_EQ(words_of(chapter, &now, &before).source, ChapterWords::Source::written);
}

TEST(ReportChapterWords, NameEachFaultWithItsLine) {
  EXPECT_EQ(faults("受理{{cases}}宗\n{{#has_cases}}有{{/has_cases}}"), "");
  EXPECT_NE(faults("好\n{{petitions}}宗").find("第2行：没有“petitions”这个数"), std::string::npos);
  EXPECT_NE(faults("好\n\n## 又一章").find("第3行：章里不能再写标题"), std::string::npos);
  EXPECT_NE(faults("{{#has_cases}}没完").find("没有结尾{{/has_cases}}"), std::string::npos);
  EXPECT_NE(faults("{{/has_cases}}").find("没有对应的开头"), std::string::npos);
  EXPECT_NE(faults("{{{cases}}}").find("没有"), std::string::npos);
  EXPECT_NE(faults("假的\uE000cases\uE0019\uE002").find("特殊字符"), std::string::npos);
  EXPECT_NE(faults("{{#faults}}{{#faults}}{{line}}{{/faults}}{{/faults}}").find("不能放在另一个列表里"),
            std::string::npos);
}

TEST(ReportChapterWords, BehindALinkNameOnlyWhatTheChapterNames) {
  const std::set<std::string> allowed{"cases"};
  EXPECT_EQ(faults("{{cases}}", &allowed), "");
  EXPECT_NE(faults("{{#faults}}{{line}}{{/faults}}", &allowed).find("这个链接不能用"), std::string::npos);
}

TEST(ReportChapterWords, ReadWithTheFiguresOfTheYear) {
  EXPECT_EQ(render_chapter("受理{{cases}}宗", year_2023()).value(), "受理64宗");
  EXPECT_FALSE(render_chapter("{{none}}", year_2023()));
  EXPECT_EQ(figures_in({"has_cases"}, year_2023()).size(), 1U);
}

}  // namespace
}  // namespace zs::report
