// Group commit without a thread of its own: whoever comes while nobody writes becomes the writer, and takes along all
// who came meanwhile, kBatchChangesMax at most, with one disk flush. A lone caller pays no hand-over.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <semaphore>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

inline constexpr std::size_t kBatchChangesMax = 64;

class Queue {
 public:
  using WriteAll = std::function<Result<std::vector<Result<Answer>>>(std::span<const rules::Change>)>;
  explicit Queue(WriteAll write_all) : write_all_(std::move(write_all)) {}

  /// Waits until the change is on disk or refused.
  Result<Answer> write(rules::Change change);

 private:
  struct Waiting {
    rules::Change change;
    std::optional<Result<Answer>> answer;
    std::binary_semaphore ready{0};  ///< answered, or to lead
  };
  std::vector<Waiting*> take_batch();
  void serve(const std::vector<Waiting*>& batch, std::vector<std::optional<Result<Answer>>>& answers);

  WriteAll write_all_;
  std::mutex mutex_;
  std::deque<Waiting*> waiting_;
  bool writing_ = false;
};

}  // namespace zs::ledger
