#include "ledger/queue.h"

#include <utility>

namespace zs::ledger {

Queue::Queue(WriteAll write_all) : write_all_(std::move(write_all)), writer_([this] { write_gathered(); }) {}

Queue::~Queue() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  called_.notify_one();
  writer_.join();
}

Result<Answer> Queue::write(rules::Change change) {
  std::unique_lock lock(mutex_);
  if (!std::exchange(writing_, true)) {
    lock.unlock();
    return write_alone(std::move(change));
  }
  if (waiting_.empty() || waiting_.back()->changes.size() == kBatchChangesMax)
    waiting_.push_back(std::make_shared<Gathering>());
  const std::shared_ptr<Gathering> own = waiting_.back();
  const std::size_t place = own->changes.size();
  own->changes.push_back(std::move(change));
  lock.unlock();
  own->done.wait();
  return *std::move(own->answers[place]);
}

Result<Answer> Queue::write_alone(rules::Change change) {
  Gathering own;
  own.changes.push_back(std::move(change));
  serve(own);
  std::unique_lock lock(mutex_);
  writing_ = handed_ = !waiting_.empty();
  if (handed_) called_.notify_one();
  lock.unlock();
  return *std::move(own.answers[0]);
}

void Queue::write_gathered() {
  std::unique_lock lock(mutex_);
  while (true) {
    called_.wait(lock, [this] { return handed_ || ends_; });
    if (!handed_) return;
    while (!waiting_.empty()) {
      const auto gathering = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      serve(*gathering);
      gathering->written.set_value();
      lock.lock();
    }
    handed_ = writing_ = false;
  }
}

// If the database rejects a batch, its changes run one by one: one bad neighbour spoils nobody's work.
void Queue::serve(Gathering& gathering) {
  auto& changes = gathering.changes;
  auto& answers = gathering.answers;
  answers.resize(changes.size());
  auto together = write_all_(changes);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (together) {
      answers[i] = std::move((*together)[i]);
    } else if (changes.size() == 1) {
      answers[i] = Result<Answer>(together.error());
    } else {
      auto single = write_all_({&changes[i], 1});
      answers[i] = single ? std::move(single->front()) : Result<Answer>(single.error());
    }
  }
}

}  // namespace zs::ledger
