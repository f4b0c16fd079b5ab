// The checker: every fault by file, line and column, with what to do; whatever is written, never a crash.
#include <gtest/gtest.h>

#include <filesystem>
#include <random>
#include <set>

#include "rulebook/rulebook.h"

namespace zs::rulebook {
namespace {

const Files& our_files() {
  static const Files files = *read_files(std::filesystem::path(ZS_SOURCE_DIR) / "rulebook");
  return files;
}

Faults faults_of(const Files& files) {
  Faults faults;
  load(files, faults);
  return faults;
}

Files with(const std::string& file, const std::string& from, const std::string& to) {
  Files files = our_files();
  std::string& text = files.at(file);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << file << " has no " << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return files;
}

struct Mutation {
  std::string name, file, from, to, says;
};

class Checker : public testing::TestWithParam<Mutation> {};

TEST_P(Checker, NamesTheFaultAndTheMend) {
  const Mutation& mutation = GetParam();
  const Faults faults = faults_of(with(mutation.file, mutation.from, mutation.to));
  ASSERT_FALSE(faults.none());
  std::string all;
  bool placed = false;
  for (const Fault& fault : faults.list()) {
    all += fault.place.text() + " " + fault.what.zh + "\n";
    placed = placed || (fault.what.zh.find(mutation.says) != std::string::npos && fault.place.line > 0 &&
                        !fault.place.file.empty());
  }
  EXPECT_TRUE(placed) << "wanted: " << mutation.says << "\nfound:\n" << all;
}

// An office edits at many places at once: it is told of all of them in one run.
TEST(Checker, NamesAllFaultsOfAllFilesAtOnce) {
  Files files = our_files();
  const auto change = [&](const std::string& file, const std::string& from, const std::string& to) {
    std::string& text = files.at(file);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << file << " has no " << from;
    text.replace(at, from.size(), to);
  };
  change("kinds/petition.yaml", "label: 信访事项", "lable: 信访事项");
  change("kinds/petition.yaml", "to: triaged", "to: triagd");
  change("kinds/hotline.yaml", "stops: replied_on", "stops: repleid_on");
  change("kinds/hotline.yaml", "rejected: {label: 已退单, final: yes}", "rejected: {label: 已退单, final: yes, retired: {}}");
  change("kinds/backlog_case.yaml", "to: petition", "to: petitoin");
  change("figures.yaml", "sums: mediation.amount", "sums: mediation.amonut");
  change("law/petition.yaml", "article: 第三十四条", "articel: 第三十四条");
  change("forms/petition-opinion.md", "# 信访事项处理意见书", "# 信访事项处理意见书\n\n{{no_such_name}}");
  const Faults faults = faults_of(files);
  std::set<std::string> told;
  std::string all;
  for (const Fault& fault : faults.list()) {
    told.insert(fault.place.file);
    all += fault.place.text() + " " + fault.what.zh + "\n";
    EXPECT_FALSE(fault.what.en.empty());
  }
  for (const char* file : {"kinds/petition.yaml", "kinds/hotline.yaml", "kinds/backlog_case.yaml", "figures.yaml",
                           "law/petition.yaml", "forms/petition-opinion.md"})
    EXPECT_TRUE(told.contains(file)) << file << "\n" << all;
  for (const char* mend : {"是不是“label”？", "是不是“triaged”？", "是不是“replied_on”？", "是不是“petition”？",
                           "是不是“amount”？", "是不是“article”？", "becomes"})
    EXPECT_NE(all.find(mend), std::string::npos) << mend << "\n" << all;
}

INSTANTIATE_TEST_SUITE_P(
    Faults, Checker,
    testing::Values(
        Mutation{"BoundOfANumber", "kinds/showcase.yaml", "at_most: 150", "at_most: many", "最多多少字"},
        Mutation{"BoundOfADate", "kinds/showcase.yaml", "drafted_on: {label: 起草日, type: date}",
                 "drafted_on: {label: 起草日, type: date, at_most: 5}", "只用在 text、note"},
        Mutation{"IdentifiesNoText", "kinds/showcase.yaml", "identifies: words, of: case", "identifies: theme, of: case",
                 "一个文字字段"},
        Mutation{"IdentifiesOverNoLink", "kinds/showcase.yaml", "identifies: words, of: case",
                 "identifies: words, of: theme", "一个关联字段"},
        Mutation{"ListOfNoFigure", "report/lists.yaml", "of: showcases_released", "of: showcases_relaesed",
                 "showcases_released"},
        Mutation{"ListOfARatio", "report/lists.yaml", "of: showcases_released", "of: petition_notify_rate",
                 "数记录的数字"},
        Mutation{"ListShowsNoField", "report/lists.yaml", "case_theme: theme", "case_theme: thema", "theme"},
        Mutation{"ListShowsAPerson", "report/lists.yaml", "case_theme: theme", "case_theme: case", "不能写进报告"},
        Mutation{"ListPicksNoColumn", "report/lists.yaml", "picks: case_words", "picks: words", "shows 里的一列"},
        Mutation{"AKeyMisspelt", "kinds/petition.yaml", "label: 信访事项", "lable: 信访事项",
                 "没有“lable”这个键。是不是“label”？"},
        Mutation{"AStateMisspelt", "kinds/petition.yaml", "to: triaged", "to: triagd",
                 "没有“triagd”这个状态。是不是“triaged”？"},
        Mutation{"AColumnOfASelfCheckMisspelt", "checks.yaml", "who: offender.name", "who: ofender.name",
                 "没有“ofender”这个字段。是不是“offender”？"},
        Mutation{"ASelfCheckOnAGateThatNoActAsks", "checks.yaml", "term: {gates: [term, unsuspended]}",
                 "term: {gates: [term, unsuspended, base_publishd]}",
                 "没有“base_publishd”这个关口。是不是“base_published”？"},
        Mutation{"ASelfCheckWithoutItsRule", "checks.yaml", "  rule: [subsidy-due, subsidy-conditions]\n", "",
                 "自查表没有写依据（rule:）"},
        Mutation{"ATotalOfWhatIsNoNumber", "checks.yaml", "who: {label: 当事人}", "who: {label: 当事人, total: yes}",
                 "“当事人”不是数或者金额，不能合计"},
        Mutation{"AFigureThatReachesARule", "figures.yaml", "reaches: {setting: mingbairen_target}",
                 "reaches: {rule: mingbairen-3}", "没有“rule”这个键"},
        Mutation{"AFigureProvenByNoSheet", "figures.yaml", "proof: authority", "proof: autority",
                 "没有“autority”这个自查表。是不是“authority”？"},
        Mutation{"AFigureOfGatesThatAreNone", "figures.yaml", "where: {breached: {check: authority}}",
                 "where: {breached: [itm]}", "没有“itm”这个关口"},
        Mutation{"AFormOfASettingThatIsNone", "forms/petition-opinion.md", "# 信访事项处理意见书",
                 "# 信访事项处理意见书\n\n{{setting:review_bodi}}", "没有“review_bodi”这个设置"},
        Mutation{"AGateMisspelt", "kinds/petition.yaml", "requires: [branch_chosen]", "requires: [branch_chose]",
                 "没有“branch_chose”这个关口。是不是“branch_chosen”？"},
        Mutation{"ARuleMisspelt", "kinds/petition.yaml", "rule: xf-urgent-report", "rule: xf-urgent-repot",
                 "没有“xf-urgent-repot”这个规则。是不是“xf-urgent-report”？"},
        Mutation{"AFieldMisspelt", "kinds/hotline.yaml", "stops: replied_on", "stops: repleid_on",
                 "没有“repleid_on”这个字段。是不是“replied_on”？"},
        Mutation{"ARoleMisspelt", "kinds/hotline.yaml", "by: [hotline-clerk]", "by: [hotline-clark]",
                 "没有“hotline-clark”这个岗位。是不是“hotline-clerk”？"},
        Mutation{"AnOptionMisspelt", "kinds/hotline.yaml", "ticket_type: consult}", "ticket_type: consalt}",
                 "没有“consalt”这个选项。是不是“consult”？"},
        Mutation{"AGateWithoutARule", "kinds/law_exam.yaml", ", rule: exam-annual}", "}", "没有写依据的规则"},
        Mutation{"AFigureOnAMissingField", "figures.yaml", "sums: mediation.amount", "sums: mediation.amonut",
                 "没有“amonut”这个字段。是不是“amount”？"},
        Mutation{"AFigureOnAMissingKind", "figures.yaml", "counts: petition, dated", "counts: petiton, dated",
                 "没有“petiton”这个台账。是不是“petition”？"},
        Mutation{"ARuleWithoutAnArticle", "law/petition.yaml",
                 "within: 60 days, article: 第三十四条, label: 六十日内办结", "within: 60 days, label: 六十日内办结",
                 "没有写条"},
        Mutation{"APeriodThatIsNone", "law/petition.yaml", "within: 60 days", "within: 60 dayz", "“60 dayz”不是期间"},
        Mutation{"AKeyTwice", "kinds/hotline.yaml", "measure: 单", "measure: 单\nmeasure: 件", "写了两次"},
        Mutation{"AnOfficeDeadlineThatNothingStops", "kinds/hotline.yaml",
                 "    stops: replied_on\n    drops: rejected_on\n", "", "没有止钟的动作"},
        Mutation{"ADutyOnAFigureWithoutTarget", "duties.yaml", "figure: first_topic_meetings",
                 "figure: fire_cases_closed", "不得设目标"},
        Mutation{"ANumberOfTheLawInAKind", "kinds/petition.yaml", "at_most: {rule: xf-representative-5}", "at_most: 5",
                 "数字5要写在 law/"},
        Mutation{"ACalendarDayTwice", "calendar.yaml", "2023-01-02", "2023-01-01", "写了两次"},
        Mutation{"AnAlias", "lists.yaml", "domains: {", "domains: &d {", "不用锚点"},
        Mutation{"AComputedCircle", "kinds/petition.yaml",
                 "is_repeat: {label: 重复信访, type: flag, computed: {holds: {repeat_of: present}}}",
                 "is_repeat: {label: 重复信访, type: flag, computed: {holds: {is_repeat: yes}}}", "成了圈"},
        Mutation{"ADeadlineThatLooksBeyond", "kinds/litigation.yaml", "starts: effective_on\n    ends: perform_due",
                 "starts: decisive.judged_on\n    ends: perform_due", "看到了事项之外"},
        Mutation{"SevenThingsAskedOutside", "kinds/persuasion.yaml", "meets_filing, village]}",
                 "meets_filing, village, fix_by]}", "外勤最多问6项，这里写了7项"},
        Mutation{"AFieldMisspeltOutside", "kinds/persuasion.yaml", "asks: [matter, method, as_what, target, ",
                 "asks: [mater, method, as_what, target, ", "没有“mater”这个字段。是不是“matter”？"},
        Mutation{"AColumnMisspeltOutside", "kinds/patrol.yaml", "patrollers.who", "patrollers.whom",
                 "没有“patrollers.whom”这个列。是不是“patrollers.who”？"},
        Mutation{"RowsAskedWholeOutside", "kinds/patrol.yaml", "patrollers.who", "patrollers", "外勤只问其中一列"},
        Mutation{"AThingAskedOutsideThatNoActTakes", "kinds/persuasion.yaml", "meets_filing, village]}",
                 "meets_filing, fix_by]}", "不是登记时填的"},
        Mutation{"AThingAskedOutsideTwice", "kinds/patrol.yaml", "asks: [category, route", "asks: [category, category",
                 "“category”问了两次"},
        Mutation{"AComputedFieldOutside", "kinds/persuasion.yaml", "meets_filing, village]}",
                 "meets_filing, found_on]}", "是算出来的，不用填"},
        Mutation{"ASensitiveFieldOutside", "kinds/mediation.yaml", "content, amount, village]}",
                 "content, amount, has_minor]}", "敏感信息，不在手机上填"},
        Mutation{"ALinkOutside", "kinds/mediation.yaml", "content, amount, village]}", "content, amount, committee]}",
                 "外勤不问关联和附件"},
        Mutation{"AQuickFormMisspeltOutside", "kinds/pufa_activity.yaml", "quick: held_one", "quick: held_on",
                 "没有“held_on”这个一次填完的表。是不是“held_one”？"},
        Mutation{"FieldWorkWithoutACreatingAct", "kinds/patrol.yaml", "  create:\n    label: 登记巡查\n",
                 "  create:\n    label: 登记巡查\n    from: logged\n", "外勤的草稿没有去处"},
        Mutation{"ACardWithAFieldMisspelt", "kinds/hotline.yaml", "replied_on]}", "repleid_on]}",
                 "没有“repleid_on”这个字段。是不是“replied_on”？"},
        Mutation{"ACardWithAPartThatIsNotAsked", "kinds/hotline.yaml", "caller:phone", "caller:address",
                 "没有“address”这个当事人的项"},
        Mutation{"ACardWithANumberThatIsNotOutside", "kinds/hotline.yaml", "entry_card: {number: ticket_no",
                 "entry_card: {number: number", "没有“number”这个外部编号"},
        Mutation{"ARoleThatHeadsNothing", "roles.yaml", "heads: own_unit", "heads: own_units",
                 "没有“own_units”这个范围。是不是“own_unit”？"},
        Mutation{"AYamlSyntaxError", "roles.yaml", "hotline-clerk: {label", "hotline-clerk: {{label", "YAML"}),
    [](const auto& row) { return row.param.name; });

// 行政处罚法 第七十四条: fines are no aim. Whatever adds up money of the enforcement ledgers carries no target, and a duty on
// it is refused.
TEST(Checker, LetsNobodySetATargetForFines) {
  const auto book = load_sound(our_files()).value();
  int sums = 0;
  for (const Figure& figure : book->figures) {
    const Kind* kind = book->find_kind(figure.kind);
    if (kind == nullptr || kind->part != "enforce" || !figure.money) continue;
    ++sums;
    EXPECT_TRUE(figure.no_target) << figure.key;
  }
  EXPECT_GE(sums, 3);
  Files files = our_files();
  files.at("duties.yaml") += "more_fines: {label: 罚款任务, rule: pufa-meeting-march, figure: fines_decided}\n";
  const Faults faults = faults_of(files);
  ASSERT_FALSE(faults.none());
  EXPECT_NE(faults.list().front().what.zh.find("不得设目标"), std::string::npos) << faults.list().front().what.zh;
}

TEST(Checker, FindsNothingInOurOwnRulebook) {
  const Faults faults = faults_of(our_files());
  for (const Fault& fault : faults.list()) ADD_FAILURE() << fault.place.text() << " " << fault.what.zh;
}

TEST(Checker, NamesTheFaultsOfAllFilesAtOnce) {
  Files files = with("kinds/petition.yaml", "to: triaged", "to: triagd");
  files.at("figures.yaml")
      .replace(files.at("figures.yaml").find("counts: petition, dated"), 23, "counts: petiton, dated");
  const Faults faults = faults_of(files);
  bool kind = false;
  bool figure = false;
  for (const Fault& fault : faults.list()) {
    kind = kind || fault.place.file == "kinds/petition.yaml";
    figure = figure || fault.place.file == "figures.yaml";
  }
  EXPECT_TRUE(kind && figure);
}

// Bytes lost, doubled or changed anywhere: faults, or a rulebook that still fits together; never a crash.
TEST(Checker, SurvivesDamagedRulebooks) {
  constexpr int kRounds = 60, kFaultyMin = 45;
  std::mt19937 random(20230131);
  std::vector<std::string> names;
  for (const auto& [name, text] : our_files()) names.push_back(name);
  int faulty = 0;
  for (int round = 0; round < kRounds; ++round) {
    Files files = our_files();
    for (int damage = 0; damage < 3; ++damage) {
      std::string& text = files.at(names[random() % names.size()]);
      if (text.empty()) continue;
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0: text.erase(at, random() % 40); break;
        case 1: text.insert(at, text.substr(at, random() % 40)); break;
        case 2: text[at] = static_cast<char>(random() % 256); break;
        default: text.erase(at); break;
      }
    }
    if (!faults_of(files).none()) ++faulty;
  }
  EXPECT_GT(faulty, kFaultyMin);
}

// A file of nothing but faults each time: the list is bounded, the count is not.
TEST(Checker, CountsTheFaultsOfTwoHundredWrongFiles) {
  Files files = our_files();
  for (int i = 0; i < 200; ++i)
    files["kinds/wrong_" + std::to_string(i) + ".yaml"] =
        "label: x\nfields: {a: {type: nothing}}\nactions: {go: {from: nowhere}}\n";
  EXPECT_GE(faults_of(files).count(), 200U);
}

}  // namespace
}  // namespace zs::rulebook
