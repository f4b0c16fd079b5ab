#include "server/metrics.h"

#include <fmt/format.h>

namespace zs::server {

void Metrics::answered(int status, std::chrono::microseconds took) {
  const auto hundreds = static_cast<std::size_t>(status / 100);
  ++by_class_.at(hundreds < by_class_.size() ? hundreds : 0);
  microseconds_ += static_cast<std::uint64_t>(took.count());
}

std::string Metrics::text() const {
  std::string out =
      "# HELP zhunsheng_requests_total Requests answered, by class of status.\n# TYPE zhunsheng_requests_total "
      "counter\n";
  std::uint64_t all = 0;
  for (std::size_t hundreds = 1; hundreds < by_class_.size(); ++hundreds) {
    const std::uint64_t count = by_class_[hundreds];
    all += count;
    out += fmt::format("zhunsheng_requests_total{{status=\"{}xx\"}} {}\n", hundreds, count);
  }
  out += "# HELP zhunsheng_request_seconds Time spent in handlers.\n# TYPE zhunsheng_request_seconds summary\n";
  return out + fmt::format("zhunsheng_request_seconds_sum {:.6f}\nzhunsheng_request_seconds_count {}\n",
                           static_cast<double>(microseconds_) / 1e6, all);
}

}  // namespace zs::server
