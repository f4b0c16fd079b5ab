// A second thread for pure work, while the first goes on with what only it can do.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace zs {

/// Runs tasks in the order in which they were begun, on one thread of its own. Safe to call from any thread.
class Aside {
 public:
  /// A task begun. Finish it, or let it go: a task that nobody has started is then never run.
  class Task {
   public:
    explicit Task(std::function<void()> work) : work_(std::move(work)) {}
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;

    /// Answers when the work is done. What the other thread has not started yet, the caller does himself: nobody waits
    /// for a thread that the machine has no time for.
    void finish();
    /// Answers when the work is done or can never start.
    void abandon();

   private:
    friend class Aside;
    enum class State { begun, started, done };
    bool start();
    void run();
    void wait();
    std::function<void()> work_;
    std::atomic<State> state_{State::begun};
  };

  Aside();
  ~Aside();
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

  /// `work` must not throw, and must not change what another task or the caller reads.
  std::shared_ptr<Task> begin(std::function<void()> work);

 private:
  void look_out() const;
  void loop();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Task>> tasks_;
  std::atomic<std::size_t> waiting_{0};  ///< how many tasks_ there are, read without the lock
  bool ends_ = false;
  std::thread thread_;  // last: it starts when all else is there
};

}  // namespace zs
