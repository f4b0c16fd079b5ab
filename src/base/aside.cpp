#include "base/aside.h"

#include <utility>

namespace zs {

bool Aside::Task::start() {
  State expected = State::begun;
  return state_.compare_exchange_strong(expected, State::started);
}

void Aside::Task::run() {
  work_();
  state_ = State::done;
  state_.notify_all();
}

void Aside::Task::wait() {
  for (State now = state_; now != State::done; now = state_) state_.wait(now);
}

void Aside::Task::finish() {
  if (start()) return run();
  wait();
}

void Aside::Task::abandon() {
  if (start())
    state_ = State::done;
  else
    wait();
}

Aside::Aside() : thread_([this] { loop(); }) {}

Aside::~Aside() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

std::shared_ptr<Aside::Task> Aside::begin(std::function<void()> work) {
  auto task = std::make_shared<Task>(std::move(work));
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(task);
  }
  changed_.notify_one();
  return task;
}

void Aside::loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ends_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    const auto task = std::exchange(tasks_.front(), nullptr);
    tasks_.pop_front();
    lock.unlock();
    if (task->start()) task->run();
    lock.lock();
  }
}

}  // namespace zs
