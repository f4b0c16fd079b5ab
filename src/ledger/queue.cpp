#include "ledger/queue.h"

#include <algorithm>
#include <utility>

namespace zs::ledger {

Result<Answer> Queue::write(rules::Change change) {
  Waiting own;
  own.change = std::move(change);
  std::unique_lock lock(mutex_);
  waiting_.push_back(&own);
  const bool leads = !std::exchange(writing_, true);
  lock.unlock();
  if (!leads) {
    own.ready.acquire();
    if (own.answer) return *std::move(own.answer);
  }
  lock.lock();
  // Our own change stands in this batch: whoever leads is the first in line.
  const std::vector<Waiting*> batch = take_batch();
  lock.unlock();
  std::vector<std::optional<Result<Answer>>> answers(batch.size());
  serve(batch, answers);
  lock.lock();
  Waiting* next = waiting_.empty() ? nullptr : waiting_.front();
  writing_ = next != nullptr;
  lock.unlock();
  // The next leader wakes first: its batch begins while the answers of this one are handed out.
  if (next != nullptr) next->ready.release();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    batch[i]->answer = std::move(answers[i]);
    if (batch[i] != &own) batch[i]->ready.release();
  }
  return *std::move(own.answer);
}

std::vector<Queue::Waiting*> Queue::take_batch() {
  const std::size_t count = std::min(waiting_.size(), kBatchChangesMax);
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<Waiting*> batch(waiting_.begin(), end);
  waiting_.erase(waiting_.begin(), end);
  return batch;
}

// If the database rejects a batch, its changes run one by one: one bad neighbour spoils nobody's work.
void Queue::serve(const std::vector<Waiting*>& batch, std::vector<std::optional<Result<Answer>>>& answers) {
  std::vector<rules::Change> changes;
  changes.reserve(batch.size());
  for (Waiting* waiting : batch) changes.push_back(std::move(waiting->change));
  auto written = write_all_(changes);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (written) {
      answers[i] = std::move((*written)[i]);
    } else if (batch.size() == 1) {
      answers[i] = Result<Answer>(written.error());
    } else {
      auto single = write_all_({&changes[i], 1});
      answers[i] = single ? std::move(single->front()) : Result<Answer>(single.error());
    }
  }
}

}  // namespace zs::ledger
