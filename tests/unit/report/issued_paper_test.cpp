// What an action issues: printed in full, kept as issued, checked by its code.
#include "report/issued_paper.h"

#include <gtest/gtest.h>

#include "ledger/records.h"
#include "ledger/workspace.h"
#include "paper/html.h"
#include "rules/findings.h"
#include "unit/ledger/small_town.h"

namespace zs::report {
namespace {

using ledger::PaperState;
using ledger::Receipt;
using ledger::SmallTown;
using nlohmann::json;

// What would be markup, sections or entities, were it not a value.
constexpr const char* kHostile = "# 一 | *二* _三_ <b>四</b> &lt; 1. 五 {{town}} `六` [七](八)\n1. 九\n    十";

// The real rulebook; its notice also says whether a flag is no.
rulebook::Files files_with_a_flag() {
  auto files = rulebook::read_files(ZS_SOURCE_DIR "/rulebook").value();
  files.at("forms/petition-notice.md") +=
      "\n{{#anonymous}}姓名不清{{/anonymous}}{{^anonymous}}姓名写明{{/anonymous}}\n";
  return files;
}

class Papers : public testing::Test {
 protected:
  Papers() : town_("papers", files_with_a_flag(), "2024-03-11"_date) {
    town_.prints(paper_markdown);
    town_.enter("staff", "s-clerk",
                {{"name", "信访专干"}, {"posts", "petition-clerk judicial-clerk unit-head deputy"}});
    town_.enter("staff", "s-lead", {{"name", "分管领导"}, {"posts", "deputy"}});
    town_.enter("setting", "home.petition", {{"value", "here"}});
    town_.enter("setting", "government_name", {{"value", "某镇人民政府"}});
    made_ = town_.accepted({{"kind", "petition"},
                            {"acts",
                             {{{"do", "create"},
                               {"values",
                                {{"received_on", "2024-03-08"},
                                 {"channel", "letter"},
                                 {"way_in", "direct"},
                                 {"content", kHostile},
                                 {"domain", "village"},
                                 {"anonymous", false},
                                 {"petitioner", {{"name", "张某某"}, {"phone", "13800001234"}}}}}}}}});
    town_.accepted({{"kind", "petition"},
                    {"record", made_.record.number},
                    {"acts", {{{"do", "notify"}, {"values", {{"notice_kind", "accepted"}}}}}}});
  }

  rules::Record record() {
    auto lease = town_.ledger().database().reader().value();
    return *ledger::read_record(*lease, town_.town(), made_.record).value();
  }
  ledger::IssuedPaper paper() {
    auto lease = town_.ledger().database().reader().value();
    return ledger::issued_paper(*lease, record(), 1).value();
  }
  PaperState checked(const std::string& code) {
    auto lease = town_.ledger().database().reader().value();
    return ledger::check_paper(*lease, town_.town(), code).value().state;
  }
  std::string code() { return ledger::check_code(town_.town(), made_.record, 1, paper().digest); }

  SmallTown town_;
  Receipt made_;
};

TEST_F(Papers, HoldTheValuesInFullAndAsTheyStand) {
  const auto issued = paper();
  EXPECT_EQ(issued.form, "petition-notice");
  EXPECT_EQ(issued.number, "信告〔2024〕1号");
  ASSERT_TRUE(issued.markdown);
  const std::string html = paper::html_body(*issued.markdown);
  for (const char* part : {"<h1>信访事项告知书</h1>", "信告〔2024〕1号", "张某某", "2024年3月8日", "来信",
                           "某镇人民政府", "2024年3月11日", "予以受理", "姓名写明",
                           "# 一 | *二* _三_ &lt;b&gt;四&lt;/b&gt; &amp;lt; 1. 五 {{town}} `六` [七](八)", "1. 九"})
    EXPECT_NE(html.find(part), std::string::npos) << part << "\n" << html;
  for (const char* part : {"<em>二", "<b>", "<li>", "<code>", "<a ", "不予受理", "姓名不清"})
    EXPECT_EQ(html.find(part), std::string::npos) << part << "\n" << html;
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Papers, StayAsIssuedWhateverChangesLater) {
  const auto before = paper();
  town_.enter("setting", "government_name", {{"value", "某街道办事处"}});
  town_.accepted({{"kind", "petition"},
                  {"record", made_.record.number},
                  {"asks", "correct"},
                  {"reason", "录入有误"},
                  {"signer", "s-lead"},
                  {"acts", {{{"values", {{"content", "另一件事"}}}}}}});
  EXPECT_EQ(*paper().markdown, *before.markdown);
  town_.ledger().rebuild(town_.id()).value();
  EXPECT_EQ(*paper().markdown, *before.markdown);
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Papers, AreReplacedByANewNumberAndNameEachOther) {
  const std::string old_code = code();
  const json change{{"kind", "petition"}, {"record", made_.record.number}, {"asks", "replace_paper"},
                    {"paper", 1},         {"reason", "日期有误"},          {"signer", "s-lead"}};
  const Receipt receipt = town_.accepted(change);
  EXPECT_EQ(receipt.numbers.at("notice_no"), "信告〔2024〕2号");
  EXPECT_EQ(checked(old_code), PaperState::replaced);
  auto lease = town_.ledger().database().reader().value();
  const auto verdict = ledger::check_paper(*lease, town_.town(), old_code).value();
  EXPECT_EQ(verdict.number, "信告〔2024〕2号");
  const auto fresh = ledger::issued_paper(*lease, record(), 2).value();
  ASSERT_TRUE(fresh.markdown);
  EXPECT_NE(fresh.markdown->find("信告〔2024〕2号"), std::string::npos);
  EXPECT_EQ(checked(ledger::check_code(town_.town(), made_.record, 2, fresh.digest)), PaperState::genuine);
  EXPECT_EQ(ledger::paper_standing(record(), 1), "已经撤回，以2024年3月11日出具的信告〔2024〕2号为准");
  EXPECT_EQ(ledger::paper_standing(record(), 2), "");
  EXPECT_EQ(town_.refused(change), std::vector<std::string>{"state:paper"}) << "once only";
  town_.ledger().rebuild(town_.id()).value();
  EXPECT_EQ(checked(old_code), PaperState::replaced);
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Papers, AreWithdrawnWithReasonAndSignerAndThenMissInTheCaseFile) {
  const auto there = [&] { return rules::has_paper(record(), "petition-notice"); };
  EXPECT_TRUE(there());
  json change{{"kind", "petition"}, {"record", made_.record.number}, {"asks", "withdraw_paper"}, {"paper", 1}};
  EXPECT_EQ(town_.refused(change), (std::vector<std::string>{"shape:reason", "shape:signer"}));
  change["reason"] = "误发";
  change["signer"] = "s-lead";
  const std::string old_code = code();
  town_.accepted(change);
  EXPECT_EQ(checked(old_code), PaperState::withdrawn);
  EXPECT_FALSE(there());
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Papers, AreGenuineByTheirCodeAloneAndUntilWithdrawn) {
  EXPECT_EQ(checked(code()), PaperState::genuine);
  std::string typed = code();
  for (char& c : typed) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  EXPECT_EQ(checked(typed), PaperState::genuine) << "small letters are the same";
  std::string other = code();
  other.back() = other.back() == '0' ? '1' : '0';
  EXPECT_EQ(checked(other), PaperState::unknown);
  for (const char* wrong : {"", "0000-0000-0000-0000", "not a code", "7Q2K-0G1M-X4T8-9RVB-7Q2K"})
    EXPECT_EQ(checked(wrong), PaperState::unknown) << wrong;
  EXPECT_EQ(checked(ledger::check_code(town_.town(), made_.record, 2, paper().digest)), PaperState::unknown)
      << "there is no second";
  town_.accepted({{"kind", "petition"},
                  {"record", made_.record.number},
                  {"asks", "void"},
                  {"reason", "重复登记"},
                  {"signer", "s-lead"}});
  EXPECT_EQ(checked(code()), PaperState::withdrawn);
}

TEST_F(Papers, OfAnActThatWasUndonePassForNoLaterOne) {
  const std::string first = code();
  town_.accepted({{"kind", "petition"}, {"record", made_.record.number}, {"asks", "undo"}, {"reason", "告知事项选错"}});
  EXPECT_EQ(checked(first), PaperState::unknown);
  town_.accepted({{"kind", "petition"},
                  {"record", made_.record.number},
                  {"acts", {{{"do", "notify"}, {"values", {{"notice_kind", "received"}}}}}}});
  EXPECT_EQ(checked(code()), PaperState::genuine);
  EXPECT_EQ(checked(first), PaperState::unknown) << "the row is the same, the paper is not";
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Papers, GoWithTheValuesThatAreErased) {
  ASSERT_TRUE(town_.ledger().erase(town_.id(), {made_.record, {"petitioner"}, "s-clerk", "本人要求", ""}));
  EXPECT_TRUE(paper().erased);
  EXPECT_EQ(checked(code()), PaperState::erased);
  EXPECT_EQ(town_.number("SELECT count(*) FROM document WHERE text LIKE '%张某某%'"), 0);
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Papers, AreMissedByVerifyIfAnybodyChangesThem) {
  town_.run_sql("UPDATE document SET text=replace(text,'受理','不受理') WHERE kind='paper'");
  EXPECT_NE(town_.verified(), "");
  auto lease = town_.ledger().database().reader().value();
  EXPECT_FALSE(ledger::issued_paper(*lease, record(), 1));
}

// One fault, at its line, with what was meant.
void expect_fault(const std::string& file, const std::string& from, const std::string& to, const std::string& says) {
  auto files = rulebook::read_files(ZS_SOURCE_DIR "/rulebook").value();
  std::string& text = files.at(file);
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, from.size(), to);
  rulebook::Faults faults;
  rulebook::load(files, faults);
  ASSERT_EQ(faults.count(), 1U);
  EXPECT_NE(faults.list().front().what.zh.find(says), std::string::npos) << faults.list().front().what.zh;
}

TEST(Forms, LackNoElementThatTheLawAsksFor) {
  expect_fault("forms/petition-opinion.md", "{{facts}}", "", "缺法定要素“facts”");
}

TEST(Forms, NameWhatTheirKindHas) {
  expect_fault("forms/petition-opinion.md", "{{basis}}\n", "{{basis}}\n{{bases}}\n",
               "没有“bases”这个占位符；是不是“basis”？");
}

TEST(Forms, AreIssuedBySomebody) {
  expect_fault("kinds/contract.yaml", "    issues: {form: seal-approval}\n", "", "没有动作出具文书“seal-approval”");
}

}  // namespace
}  // namespace zs::report
