// Long work of the server on a thread of its own: one import at a time, watched by who started it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "report/old_ledger.h"

namespace zs::server {

/// How a job stands.
struct JobState {
  enum class Stage { running, done, failed };
  Stage stage = Stage::running;
  std::int64_t done = 0, total = 0;
  std::optional<report::Totals> result;
  std::string says;   ///< why it failed
  std::string staff;  ///< who may ask
};

/// Safe from any thread. Its end stops what runs, between two chunks.
class ImportJobs {
 public:
  /// Told how far it is; false: stop.
  using Work = std::function<Result<report::Totals>(const report::SeeProgress&)>;

  ImportJobs() = default;
  ~ImportJobs();
  ImportJobs(const ImportJobs&) = delete;
  ImportJobs& operator=(const ImportJobs&) = delete;

  /// Starts it; the job's name. Errors: conflict while another runs.
  Result<std::string> start(const std::string& staff, Work work);
  std::optional<JobState> find(const std::string& job) const;

 private:
  void run(const std::string& job, const Work& work);

  mutable std::mutex mutex_;
  std::map<std::string, JobState> jobs_;
  std::int64_t last_ = 0;
  bool running_ = false;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace zs::server
