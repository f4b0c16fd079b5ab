// The law by example: every scenario of tests/scenarios holds, and every number of the law has one.
#include "unit/rules/scenario.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include "rulebook/rulebook.h"
#include "rules/view.h"

namespace zs::rules::scenarios {
namespace {

using rulebook::Node;
using rulebook::Rulebook;

constexpr std::size_t kScenariosMin = 350;

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// Where rulebook/ and tests/scenarios/ are read from: authors try theirs without compiling, by ZS_SCENARIOS_OF.
std::filesystem::path root() {
  const char* other = std::getenv("ZS_SCENARIOS_OF");
  return other != nullptr ? other : ZS_SOURCE_DIR;
}

const std::shared_ptr<const Rulebook>& book() {
  static const auto kBook = rulebook::load_sound(rulebook::read_files(root() / "rulebook").value()).value();
  return kBook;
}

// The scenarios of each file, kept for as long as the tests run.
const std::vector<std::vector<Node>>& files() {
  static const std::vector<std::vector<Node>> kFiles = [] {
    std::vector<std::vector<Node>> read;
    rulebook::Faults faults;
    std::set<std::filesystem::path> paths;
    for (const auto& file : std::filesystem::directory_iterator(root() / "tests/scenarios")) paths.insert(file.path());
    for (const auto& path : paths)
      read.push_back(
          scenarios_of(rulebook::read_yaml("tests/scenarios/" + path.filename().string(), text_of(path), faults)));
    for (const rulebook::Fault& fault : faults.list()) ADD_FAILURE() << fault.place.text() << ": " << fault.what.en;
    return read;
  }();
  return kFiles;
}

template <class Visit>
void each_scenario(Visit visit) {
  for (const std::vector<Node>& file : files()) {
    for (const Node& scenario : file) visit(scenario);
  }
}

// The periods of a rule that have a number, by themselves or by name: not those that a paper or the town still has to
// give.
std::vector<std::string> periods_of(const rulebook::Rule& rule) {
  std::vector<std::string> periods;
  for (const auto& [name, period] : rule.within_by) periods.push_back(rule.id + "." + name);
  const InForce in_force{book().get(), nullptr, nullptr};
  const auto counted = [&](const rulebook::RulePeriod& period) { return period_of(period, in_force).has_value(); };
  const bool any = counted(rule.within) || counted(rule.extends) || counted(rule.ahead) || counted(rule.floor);
  if (any && periods.empty()) periods.push_back(rule.id);
  return periods;
}

TEST(Scenarios, HoldByTheLaw) {
  std::size_t differing = 0;
  each_scenario([&](const Node& scenario) {
    const auto found = differences(book(), scenario);
    if (found.empty()) return;
    ++differing;
    std::string text;
    for (const std::string& line : found) text += "\n    " + line;
    ADD_FAILURE() << scenario.place.text() << " " << scenario["title"].scalar << text;
  });
  if (differing > 0) std::cout << differing << " scenarios differ\n";
}

TEST(Scenarios, AreEnoughAndEachIsTitledOnce) {
  std::set<std::string> titles;
  std::size_t count = 0;
  each_scenario([&](const Node& scenario) {
    ++count;
    EXPECT_TRUE(titles.insert(scenario["title"].scalar).second)
        << scenario.place.text() << ": the title stands twice: " << scenario["title"].scalar;
  });
  EXPECT_GE(count, kScenariosMin);
}

TEST(Scenarios, NameEveryPeriodOfTheLaw) {
  std::set<std::string> named;
  each_scenario([&](const Node& scenario) {
    for (const std::string& rule : rules_named(scenario)) named.insert(rule);
    if (scenario.has("term")) named.insert(scenario["term"]["rule"].scalar);
  });
  std::vector<std::string> orphans;
  for (const rulebook::Rule& rule : book()->rules) {
    for (const std::string& period : periods_of(rule)) {
      if (!named.contains(period) && !named.contains(rule.id)) orphans.push_back(period);
    }
  }
  EXPECT_TRUE(orphans.empty()) << orphans.size() << " periods of the law have no scenario: "
                               << fmt::format("{}", fmt::join(orphans, " "));
}

// Of the sections that the kinds hold whole: each rule has a case by which a jurist can see what it does, or stands in
// untested.yaml with the reason why no program can hold it.
TEST(Scenarios, NameEveryRuleOfTheSectionsHeldWhole) {
  constexpr std::string_view kWhole[] = {"law/legality.yaml",   "law/mediation.yaml",    "law/penalty.yaml",
                                         "law/fine.yaml",       "law/coercion.yaml",     "law/inspection.yaml",
                                         "law/delegation.yaml", "law/three-systems.yaml"};
  std::set<std::string> named;
  each_scenario([&](const Node& scenario) {
    for (const std::string& text : rules_named(scenario)) named.insert(rulebook::parse_rule_ref(text, {}).rule);
    if (scenario.has("term")) named.insert(rulebook::parse_rule_ref(scenario["term"]["rule"].scalar, {}).rule);
  });
  const auto listed = book()->files.find("untested.yaml");
  ASSERT_NE(listed, book()->files.end());
  rulebook::Faults faults;
  for (const auto& [rule, why] : rulebook::read_yaml("untested.yaml", listed->second, faults).entries) {
    EXPECT_FALSE(why.scalar.empty()) << rule.scalar;
    named.insert(rule.scalar);
  }
  std::vector<std::string> orphans;
  for (const rulebook::Rule& rule : book()->rules) {
    const bool whole = std::find(std::begin(kWhole), std::end(kWhole), rule.place.file) != std::end(kWhole);
    if (whole && !named.contains(rule.id)) orphans.push_back(rule.id);
  }
  EXPECT_TRUE(orphans.empty()) << orphans.size()
                               << " rules have no scenario: " << fmt::format("{}", fmt::join(orphans, " "));
}

}  // namespace
}  // namespace zs::rules::scenarios
