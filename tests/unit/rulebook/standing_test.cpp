// What stands on a rule, and which articles read otherwise than when they were read.
#include "rulebook/standing.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "rulebook/citations.h"
#include "rulebook/coverage.h"
#include "rulebook/schema.h"

namespace zs::rulebook {
namespace {

namespace fs = std::filesystem;

Files our_files() {
  return read_files(fs::path(ZS_SOURCE_DIR) / "rulebook").value();
}

TEST(Standing, NamesGatesDeadlinesFormsDutiesAndScenarios) {
  const auto standing = standing_of(our_files());
  const auto names = [&](const std::string& rule, const std::string& file, const std::string& path) {
    const auto found = standing.find(rule);
    return found != standing.end() && std::any_of(found->second.begin(), found->second.end(), [&](const Standing& each) {
             return each.place.file == file && each.path == path && each.place.line > 0;
           });
  };
  EXPECT_TRUE(names("xf-decide-60d", "kinds/petition.yaml", "deadlines.decide"));
  EXPECT_TRUE(names("xf-decide-60d", "forms/petition-notice.md", "rule:xf-decide-60d"));
  EXPECT_TRUE(names("xf-extend-30d", "kinds/petition.yaml", "gates.extension_told"));
  EXPECT_TRUE(names("pufa-meeting-march", "duties.yaml", "plan2024-7a"));

  const auto scenarios = read_files(fs::path(ZS_SOURCE_DIR) / "tests/scenarios").value();
  const auto examples = standing_of({{"foi.yaml", scenarios.at("foi.yaml")}});
  ASSERT_TRUE(examples.contains("foi-receive-date"));
  EXPECT_EQ(examples.at("foi-receive-date").front().label, "当面提交的以提交日为收到日");
}

TEST(Standing, PassesOverWhatIsNoYaml) {
  EXPECT_TRUE(standing_of({{"a.yaml", "a: [1, {rule"}, {"b.md", "no head"}, {"c.txt", "rule: x"}}).empty());
  const auto found = standing_of({{"a.yaml", "- {title: 甲, rule: [one.grave, {when: {x: yes}, rule: two}]}"}});
  EXPECT_TRUE(found.contains("one"));
  EXPECT_TRUE(found.contains("two"));
}

TEST(Read, AChangedArticleIsAFaultOfEachRuleOnIt) {
  const auto book = load_sound(our_files()).value();
  const auto known = digests_read(book->files);
  ASSERT_FALSE(known.empty());
  CitationCheck check;
  for (const auto& [rule, digest] : known) {
    if (book->find_rule(rule) != nullptr) check.digests[rule] = digest;
  }
  Faults none;
  check_digests(*book, check, none);
  EXPECT_TRUE(none.none());

  check.digests.at("xf-decide-60d") = "0000000000000000";
  Faults changed;
  check_digests(*book, check, changed);
  ASSERT_EQ(changed.count(), 1U);
  EXPECT_EQ(changed.list().front().place.file, "law/petition.yaml");
  EXPECT_NE(changed.list().front().what.zh.find("《信访工作条例》第三十四条和核对时不同"), std::string::npos);

  Files files = our_files();
  files.erase(std::string(kReadFile));
  Faults unread;
  check_digests(*load_sound(files).value(), check, unread);
  EXPECT_EQ(unread.count(), check.digests.size());
}

TEST(Read, TheStampIsReadBack) {
  CitationCheck check;
  check.digests = {{"a", "0011223344556677"}, {"b", "8899aabbccddeeff"}};
  EXPECT_EQ(digests_read({{std::string(kReadFile), read_file_of(check)}}), check.digests);
}

TEST(Coverage, ListedMissingAndWithoutAScenario) {
  const auto book = load_sound(our_files()).value();
  const std::string table =
      "### X. 一节\n| `xf-decide-60d` | a | b | c | 60日 |\n| `xf-extend-30d` | a | b | c | 30日 |\n"
      "| `fine-no-kpi` | a | b | c | gate |\n| `no-such-rule` | a | b | c | gate |\n";
  const auto sections = coverage(*book, table, {{"s.yaml", "- {title: 甲, rule: xf-decide-60d}"}});
  ASSERT_EQ(sections.size(), 1U);
  EXPECT_EQ(sections[0].held, 2);
  EXPECT_EQ(sections[0].listed, 1);
  EXPECT_EQ(sections[0].missing, std::vector<std::string>{"no-such-rule"});
  EXPECT_EQ(sections[0].unnamed, std::vector<std::string>{"xf-extend-30d"});
}

TEST(Schema, OffersTheNamesOfTheRulebook) {
  const auto book = load_sound(our_files()).value();
  const std::string kind = schema_of(*book, "kind");
  EXPECT_NE(kind.find("\"xf-decide-60d\""), std::string::npos);
  EXPECT_NE(kind.find("\"petition-notice\""), std::string::npos);
  EXPECT_TRUE(schema_of(*book, "kinds").empty());
  for (const FileType& type : file_types()) EXPECT_FALSE(schema_of(*book, type.name).empty()) << type.name;
}

}  // namespace
}  // namespace zs::rulebook
