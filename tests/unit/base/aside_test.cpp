#include "base/aside.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace zs {
namespace {

TEST(Aside, DoesEachTaskOnceWhoeverDoesIt) {
  Aside aside;
  std::vector<std::atomic<int>> done(500);
  std::vector<std::shared_ptr<Aside::Task>> tasks;
  for (auto& each : done) tasks.push_back(aside.begin([&each] { ++each; }));
  for (const auto& task : tasks) task->finish();
  for (const auto& each : done) EXPECT_EQ(each, 1);
}

TEST(Aside, RunsNothingThatWasAbandonedBeforeItBegan) {
  std::atomic<bool> ran{false};
  Aside::Task task([&] { ran = true; });
  task.abandon();
  task.finish();
  EXPECT_FALSE(ran);
}

TEST(Aside, EndsWithTasksThatNobodyWaitsFor) {
  std::atomic<int> done{0};
  {
    Aside aside;
    for (int i = 0; i < 100; ++i) aside.begin([&done] { ++done; });
  }
  EXPECT_EQ(done, 100);
}

}  // namespace
}  // namespace zs
