// Pure work on many items, on two threads when there is enough of it.
#pragma once

#include <cstddef>
#include <future>

namespace zs {

/// Below this many items a second thread costs more than it brings.
inline constexpr std::size_t kParallelMin = 8;

/// Calls work(i) for each i below count; items may run at the same time, so work must not share what it changes.
template <class Work>
void for_each_parallel(std::size_t count, Work work) {
  const std::size_t half = count < kParallelMin ? count : count / 2;
  const auto run = [&work](std::size_t from, std::size_t until) {
    for (std::size_t i = from; i < until; ++i) work(i);
  };
  std::future<void> other;
  if (half < count) other = std::async(std::launch::async, run, half, count);
  run(0, half);
  if (other.valid()) other.get();
}

}  // namespace zs
