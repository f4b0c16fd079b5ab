// The benchmark cuts the rulebook down by its text: whatever an author's layout is, what is left must load.
#include "bench/three_kinds.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace zs::rulebook {
namespace {

TEST(ThreeKinds, AreARulebookOfTheirOwn) {
  const auto all = read_files(std::filesystem::path(ZS_SOURCE_DIR) / "rulebook");
  ASSERT_TRUE(all);
  Faults faults;
  const auto book = load(bench::three_kinds(*all, {"petition", "reception", "backlog_case"}), faults);
  for (const Fault& fault : faults.list()) ADD_FAILURE() << fault.place.text() << " " << fault.what.zh;
  ASSERT_NE(book, nullptr);
  EXPECT_NE(book->find_kind("petition"), nullptr);
  EXPECT_EQ(book->find_kind("penalty"), nullptr);
  EXPECT_NE(book->find_figure("petition_cases"), nullptr);
  EXPECT_TRUE(book->find_role("petition-clerk")->reads.contains("petition"));
}

}  // namespace
}  // namespace zs::rulebook
