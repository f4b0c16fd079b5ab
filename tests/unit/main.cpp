// Runs the unit tests; --floor=base runs those that lie in tests/unit/base. So a floor is one line of ctest, and no
// test can be forgotten in a list of names.
#include <gtest/gtest.h>

#include <iostream>
#include <string>
#include <string_view>

namespace {

bool lies_in(const testing::TestInfo& test, const std::string& floor) {
  return std::string_view(test.file()).find("/tests/unit/" + floor + "/") != std::string_view::npos;
}

// The names of the tests of a floor, as a filter.
std::string filter_of(const std::string& floor) {
  std::string filter;
  const testing::UnitTest& all = *testing::UnitTest::GetInstance();
  for (int i = 0; i < all.total_test_suite_count(); ++i) {
    const testing::TestSuite& suite = *all.GetTestSuite(i);
    for (int j = 0; j < suite.total_test_count(); ++j) {
      const testing::TestInfo& test = *suite.GetTestInfo(j);
      if (lies_in(test, floor)) filter += std::string(suite.name()) + "." + test.name() + ":";
    }
  }
  return filter;
}

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  constexpr std::string_view kFloor = "--floor=";
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (!argument.starts_with(kFloor)) continue;
    const std::string filter = filter_of(std::string(argument.substr(kFloor.size())));
    if (filter.empty()) {
      std::cerr << "no unit test lies in this floor: " << argument << '\n';
      return 2;
    }
    GTEST_FLAG_SET(filter, filter);
  }
  return RUN_ALL_TESTS();
}
