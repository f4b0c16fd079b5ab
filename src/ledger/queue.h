// Group commit: who comes alone writes at once, on his own thread; those who come meanwhile gather, kBatchChangesMax at
// most, and the writer's thread writes each gathering with one disk flush until nobody waits.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

inline constexpr std::size_t kBatchChangesMax = 64;

class Queue {
 public:
  using WriteAll = std::function<Result<std::vector<Result<Answer>>>(std::span<const rules::Change>)>;
  explicit Queue(WriteAll write_all);
  ~Queue();
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  /// Waits until the change is on disk or refused.
  Result<Answer> write(rules::Change change);

 private:
  /// Changes that are written together. All who wait for it are woken by one call: with 64 callers on two cores, waking
  /// each for itself cost a third of the whole.
  struct Gathering {
    std::vector<rules::Change> changes;
    std::vector<std::optional<Result<Answer>>> answers;
    std::promise<void> written;
    std::shared_future<void> done{written.get_future()};
  };
  Result<Answer> write_alone(rules::Change change);
  void serve(Gathering& gathering);
  void write_gathered();

  WriteAll write_all_;
  std::mutex mutex_;
  std::deque<std::shared_ptr<Gathering>> waiting_;
  bool writing_ = false;  ///< somebody writes: a lone caller or the writer's thread
  bool handed_ = false;   ///< the writer's thread is to write what waits
  bool ends_ = false;
  std::condition_variable called_;
  std::thread writer_;  // last: it starts when all else is there
};

}  // namespace zs::ledger
