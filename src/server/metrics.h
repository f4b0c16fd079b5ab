// Counters of the server, in the text form that Prometheus reads.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace zs::server {

class Metrics {
 public:
  void answered(int status, std::chrono::microseconds took);
  std::string text() const;

 private:
  std::array<std::atomic<std::uint64_t>, 6> by_class_{};  ///< by the status's hundreds
  std::atomic<std::uint64_t> microseconds_{0};
};

}  // namespace zs::server
