// One writer thread: changes of many callers go into batches of at most kBatchChangesMax, one disk flush each.
// Interactive changes go before bulk ones.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

inline constexpr std::size_t kBatchChangesMax = 64;

class Queue {
 public:
  using WriteAll = std::function<Result<std::vector<Result<Answer>>>(std::span<const rules::Change>)>;
  explicit Queue(WriteAll write_all);
  /// Serves what is waiting, then ends.
  ~Queue();

  /// Waits until the change is on disk or refused.
  Result<Answer> write(rules::Change change);

 private:
  struct Waiting {
    rules::Change change;
    std::promise<Result<Answer>> answer;
  };
  void run();
  void serve(std::vector<Waiting> batch);

  WriteAll write_all_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace zs::ledger
