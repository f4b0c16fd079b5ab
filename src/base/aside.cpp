#include "base/aside.h"

#include <chrono>
#include <utility>

namespace zs {
namespace {

constexpr auto kLookOut = std::chrono::microseconds(150);

}  // namespace

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
    ++waiting_;
  }
  changed_.notify_one();
  return task;
}

// A share follows the other after some tens of microseconds. Who sleeps between them is woken each time by the thread
// that hands over, and often onto its very core, where the two then take turns.
void Aside::look_out() const {
  const auto end = std::chrono::steady_clock::now() + kLookOut;
  while (waiting_.load(std::memory_order_relaxed) == 0 && std::chrono::steady_clock::now() < end)
    std::this_thread::yield();
}

void Aside::loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    if (tasks_.empty()) {
      lock.unlock();
      look_out();
      lock.lock();
    }
    changed_.wait(lock, [this] { return ends_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    const auto task = std::exchange(tasks_.front(), nullptr);
    tasks_.pop_front();
    --waiting_;
    lock.unlock();
    if (task->start()) task->run();
    lock.lock();
  }
}

}  // namespace zs
