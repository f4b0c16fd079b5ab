// The rules of the house on the sources as they are. That each rule can fail is shown in checks_test.cpp.
#include <gtest/gtest.h>

#include <iostream>

#include "house/checks.h"

namespace zs::house {
namespace {

namespace fs = std::filesystem;

const fs::path kSourceDir = ZS_SOURCE_DIR;

const std::vector<Source>& sources() {
  static const std::vector<Source> kSources = sources_below(kSourceDir / "src");
  return kSources;
}

template <class Check>
void expect_no_faults(const Check& check) {
  for (const Source& source : sources()) {
    for (const Fault& fault : check(source)) ADD_FAILURE() << fault.message();
  }
}

TEST(House, HasSources) {
  EXPECT_GT(sources().size(), 10u);
}

TEST(House, IncludesOnlyDownTheFloors) {
  expect_no_faults(check_floors);
}

TEST(House, KeepsEachLibraryInItsOneFile) {
  expect_no_faults(check_libraries);
}

TEST(House, WritesSqlInStoreAndLedgerOnly) {
  expect_no_faults(check_sql);
}

TEST(House, NamesNoKindOfTheRulebook) {
  const auto kinds = kinds_of(kSourceDir / "rulebook");
  EXPECT_GT(kinds.size(), 5u);
  expect_no_faults([&kinds](const Source& source) { return check_kinds(source, kinds); });
}

TEST(House, CountsDaysInDateAndTermOnly) {
  expect_no_faults(check_day_arithmetic);
}

// No failure: a sign to stop and look.
TEST(HouseList, ShowsTheLongestFilesAndFunctions) {
  const auto list = longest(sources());
  if (list.empty()) return;
  std::cout << "Over 400 lines a file or 50 lines a function:\n";
  for (const std::string& line : list) std::cout << "  " << line << '\n';
}

}  // namespace
}  // namespace zs::house
