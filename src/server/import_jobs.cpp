#include "server/import_jobs.h"

namespace zs::server {
namespace {

/// Finished jobs are kept so that their result can be read; the oldest go first.
constexpr std::size_t kJobsKept = 50;

}  // namespace

ImportJobs::~ImportJobs() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

Result<std::string> ImportJobs::start(const std::string& staff, Work work) {
  const std::lock_guard lock(mutex_);
  if (running_) return conflict("有一个导入正在进行，等它完成再导入", "an import is running: wait until it is done");
  if (thread_.joinable()) thread_.join();
  // Names sort by their age.
  const std::string job = "job-" + std::to_string(1'000'000 + ++last_);
  jobs_[job].staff = staff;
  if (jobs_.size() > kJobsKept) jobs_.erase(jobs_.begin());
  running_ = true;
  thread_ = std::thread([this, job, work = std::move(work)] { run(job, work); });
  return job;
}

void ImportJobs::run(const std::string& job, const Work& work) {
  const auto progress = [&](std::int64_t done, std::int64_t total) {
    const std::lock_guard lock(mutex_);
    jobs_[job].done = done;
    jobs_[job].total = total;
    return !stop_.load();
  };
  Result<report::Totals> result = io_error("导入没有做完", "the import did not finish");
  try {
    result = work(progress);
  } catch (const std::exception& error) {
    // What is left of an exception ends here, as at the top of a worker.
    result = io_error(std::string("程序内部错误：") + error.what(), error.what());
  }
  const std::lock_guard lock(mutex_);
  JobState& state = jobs_[job];
  state.stage = result ? JobState::Stage::done : JobState::Stage::failed;
  if (result)
    state.result = *result;
  else
    state.says = result.error().text.zh;
  running_ = false;
}

std::optional<JobState> ImportJobs::find(const std::string& job) const {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(job);
  return found == jobs_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace zs::server
