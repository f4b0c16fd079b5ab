#include "ledger/queue.h"

#include <iterator>

namespace zs::ledger {

Queue::Queue(WriteAll write_all) : write_all_(std::move(write_all)), thread_([this] { run(); }) {}

Queue::~Queue() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

Result<Answer> Queue::write(rules::Change change) {
  std::future<Result<Answer>> answer;
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({std::move(change), {}});
    answer = waiting_.back().answer.get_future();
  }
  wake_.notify_one();
  return answer.get();
}

void Queue::run() {
  while (true) {
    std::vector<Waiting> batch;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      const std::size_t count = std::min(waiting_.size(), kBatchChangesMax);
      const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
      batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
      waiting_.erase(waiting_.begin(), end);
    }
    serve(std::move(batch));
  }
}

// If the database rejects a batch, its changes run one by one: one bad neighbour spoils nobody's work.
void Queue::serve(std::vector<Waiting> batch) {
  std::vector<rules::Change> changes;
  changes.reserve(batch.size());
  for (Waiting& waiting : batch) changes.push_back(waiting.change);
  auto answers = write_all_(changes);
  if (answers) {
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].answer.set_value(std::move((*answers)[i]));
    return;
  }
  if (batch.size() == 1) return batch.front().answer.set_value(answers.error());
  for (Waiting& waiting : batch) {
    auto single = write_all_({&waiting.change, 1});
    waiting.answer.set_value(single ? std::move(single->front()) : Result<Answer>(single.error()));
  }
}

}  // namespace zs::ledger
