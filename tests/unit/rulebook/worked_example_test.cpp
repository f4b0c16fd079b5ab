// docs/worked-example.md, done as it says: a new kind, rule, form and figure by files alone.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "ledger/workspace.h"
#include "report/issued_paper.h"
#include "rulebook/diagram.h"
#include "unit/ledger/small_town.h"
#include "unit/rules/scenario.h"

namespace zs::rulebook {
namespace {

namespace fs = std::filesystem;

// ```yaml kinds/deputy_advice.yaml → the text up to ```. What stands under a file that exists goes to its end.
Files blocks_of_the_page() {
  std::ifstream page(fs::path(ZS_SOURCE_DIR) / "docs/worked-example.md");
  Files blocks;
  std::string line, name;
  while (std::getline(page, line)) {
    constexpr std::string_view kOpens = "```yaml ";
    if (name.empty() && line.starts_with(kOpens))
      name = line.substr(kOpens.size());
    else if (line == "```")
      name.clear();
    else if (!name.empty())
      blocks[name] += line + "\n";
  }
  return blocks;
}

Files with_the_example(const Files& blocks) {
  Files files = read_files(fs::path(ZS_SOURCE_DIR) / "rulebook").value();
  for (const auto& [name, text] : blocks) {
    if (name != "scenarios") files[name] += text;
  }
  return files;
}

TEST(WorkedExample, LoadsWithoutAFaultAndItsScenariosHold) {
  const Files blocks = blocks_of_the_page();
  ASSERT_EQ(blocks.size(), 6U);
  Faults faults;
  const auto book = load(with_the_example(blocks), faults);
  for (const Fault& fault : faults.list()) ADD_FAILURE() << fault.place.text() << " " << fault.what.zh;
  ASSERT_NE(book->find_kind("deputy_advice"), nullptr);
  EXPECT_NE(diagram(*book->find_kind("deputy_advice")).find("answered"), std::string::npos);

  Faults unread;
  const auto scenarios = rules::scenarios::scenarios_of(read_yaml("worked-example.md", blocks.at("scenarios"), unread));
  EXPECT_TRUE(unread.none());
  EXPECT_EQ(scenarios.size(), 3U);
  for (const Node& scenario : scenarios) {
    for (const std::string& line : rules::scenarios::differences(book, scenario))
      ADD_FAILURE() << scenario["title"].scalar << ": " << line;
  }
}

TEST(WorkedExample, IsKeptCountedAndPrinted) {
  ledger::SmallTown town("worked-example", with_the_example(blocks_of_the_page()), "2024-03-11"_date);
  town.prints(report::paper_markdown);
  town.enter("staff", "s-clerk", {{"name", "人大办干事"}, {"posts", "congress-clerk"}});
  town.enter("staff", "s-mayor", {{"name", "镇长"}, {"posts", "mayor"}});
  const auto made = town.accepted({{"kind", "deputy_advice"},
                                   {"acts",
                                    {{{"do", "create"},
                                      {"values",
                                       {{"subject", "修缮村道"},
                                        {"domain", "planning"},
                                        {"deputy", {{"name", "某代表"}}},
                                        {"handed_on", "2024-03-11"}}}}}}});
  EXPECT_EQ(made.numbers.at("number"), "代建〔2024〕1号");
  const nlohmann::json empty = {{"kind", "deputy_advice"},
                                {"record", made.record.number},
                                {"acts", {{{"do", "answer"}, {"decider", "s-mayor"}, {"signed_paper", "签批单"}}}}};
  const auto reasons = town.refused(empty);
  EXPECT_NE(std::find(reasons.begin(), reasons.end(), "gate:reply_written"), reasons.end())
      << testing::PrintToString(reasons);
  nlohmann::json full = empty;
  full["acts"][0]["values"] = {{"reply", "已列入今年的维修计划，六月完工。"}};
  town.accepted(full);
  EXPECT_EQ(town.figure("deputy_advice_answered", 2024), 1);

  auto lease = town.ledger().database().reader().value();
  const auto record = *ledger::read_record(*lease, town.town(), made.record).value();
  const auto paper = ledger::issued_paper(*lease, record, 1).value();
  ASSERT_TRUE(paper.markdown);
  for (const char* part : {"关于“修缮村道”的答复", "某代表代表：", "六月完工", "府复〔2024〕1号"})
    EXPECT_NE(paper.markdown->find(part), std::string::npos) << part << "\n" << *paper.markdown;
  EXPECT_EQ(town.verified(), "");
}

}  // namespace
}  // namespace zs::rulebook
