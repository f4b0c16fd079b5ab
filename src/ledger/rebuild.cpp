// rebuild: all projections of a town again from its journal, in one transaction.
#include <fmt/format.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "ledger/range.h"
#include "store/tables.h"

namespace zs::ledger {
namespace {

using Progress = std::function<void(std::int64_t done, std::int64_t of)>;

constexpr std::string_view kLast = "SELECT COALESCE(MAX(record),0) FROM journal WHERE town=?1";
constexpr std::string_view kOthers = "SELECT 1 FROM town WHERE town<>?1 LIMIT 1";

// A town that is alone in its database has whole tables emptied, which is far quicker than row by row, and their
// indexes made again at the end.
Result<> clear(store::Session& session, const Town& town, bool alone) {
  store::WriteBatch rows;
  if (alone) store::drop_projection_indexes(rows);
  const auto empty = [&](std::string_view table) {
    if (alone)
      rows.add(fmt::format("DELETE FROM {}", table), {});
    else
      rows.add(fmt::format("DELETE FROM {} WHERE town=?1", table), {town.id.number});
  };
  clear_words(town.id, alone, rows);
  gather_words(Gathering::large, rows);
  for (const std::string_view table : store::projection_tables()) empty(table);
  for (const auto& [kind, table] : *town.tables) empty(table.name);
  return session.write(rows);
}

// The statements for one range, with what it adds to the sums.
struct Made {
  store::WriteBatch rows;
  Tallies tallies;
  std::int64_t entries = 0;
};

Result<std::unique_ptr<Made>> make_range(store::Session& reader, const Town& town, std::int64_t from) {
  ZS_TRY(RangeRows range, project_range(reader, town, from, from + kRangeRecords - 1));
  auto made = std::make_unique<Made>();
  made->entries = range.entries;
  for (const store::ResultRow& row : range.evidence) add_to(made->tallies, row, 1);
  write_range(town.id, town, std::move(range), made->rows);
  return made;
}

// Ranges are written in their order by one thread. Another makes them ahead of it, and the first helps when none is
// ready: folding and projecting take about as long as writing.
class Ranges {
 public:
  Ranges(store::Database& database, const Town& town, std::int64_t last)
      : database_(database), town_(town), count_((last + kRangeRecords - 1) / kRangeRecords) {}
  ~Ranges() {
    {
      const std::lock_guard lock(mutex_);
      to_make_ = count_;
    }
    changed_.notify_all();
    maker_.join();
  }
  Ranges(const Ranges&) = delete;
  Ranges& operator=(const Ranges&) = delete;

  std::int64_t count() const { return count_; }

  /// The range after the one that it answered before, whose statements are given back to be freed where they were made.
  Result<std::unique_ptr<Made>> next(std::unique_ptr<Made> used) {
    if (!helper_) {
      ZS_TRY(auto lease, database_.reader());
      helper_.emplace(std::move(lease));
    }
    std::unique_lock lock(mutex_);
    if (used != nullptr) used_.push_back(std::move(used));
    while (!ready_.contains(to_write_)) {
      if (may_make())
        make_one(lock, **helper_);
      else
        changed_.wait(lock);
    }
    auto made = std::move(ready_.extract(to_write_).mapped());
    ++to_write_;
    changed_.notify_all();
    return made;
  }

 private:
  static constexpr std::int64_t kAhead = 4;

  bool may_make() const { return to_make_ < count_ && to_make_ < to_write_ + kAhead; }

  void make_one(std::unique_lock<std::mutex>& lock, store::Session& session) {
    const std::int64_t number = to_make_++;
    lock.unlock();
    auto made = make_range(session, town_, number * kRangeRecords + 1);
    lock.lock();
    ready_.emplace(number, std::move(made));
    changed_.notify_all();
  }

  void make_all() {
    auto lease = database_.reader();
    std::unique_lock lock(mutex_);
    while (to_make_ < count_) {
      if (!may_make()) changed_.wait(lock);
      const auto used = std::exchange(used_, {});
      if (!may_make()) continue;
      if (lease) {
        make_one(lock, **lease);
      } else {
        ready_.emplace(to_make_++, lease.error());
        changed_.notify_all();
      }
    }
  }

  store::Database& database_;
  const Town& town_;
  const std::int64_t count_;
  std::optional<store::ReadLease> helper_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t to_make_ = 0, to_write_ = 0;  // guarded by mutex_, as what follows
  std::map<std::int64_t, Result<std::unique_ptr<Made>>> ready_;
  std::vector<std::unique_ptr<Made>> used_;
  std::thread maker_{[this] { make_all(); }};  // last: it starts when all else is there
};

Result<std::int64_t> write_all(store::Database& database, const Town& town, const Progress& progress) {
  store::Session& session = database.writer();
  ZS_TRY(const auto last_row, session.read(kLast, {town.id.number}));
  Tallies tallies;
  std::int64_t entries = 0;
  Ranges ranges(database, town, std::get<std::int64_t>(last_row.front()[0]));
  std::unique_ptr<Made> made;
  for (std::int64_t i = 0; i < ranges.count(); ++i) {
    ZS_TRY(made, ranges.next(std::move(made)));
    ZS_CHECK(session.write(made->rows));
    add_to(tallies, made->tallies);
    entries += made->entries;
    if (progress) progress(entries, town.n);
  }
  store::WriteBatch sums;
  write_tallies(town.id, tallies, sums);
  ZS_CHECK(session.write(sums));
  return entries;
}

}  // namespace

Result<std::int64_t> Ledger::rebuild(TownId id, const std::function<void(std::int64_t, std::int64_t)>& progress) {
  const std::lock_guard lock(writer_mutex_);
  store::Session& session = database_->writer();
  ZS_TRY(Town * town, writing(id));
  ZS_CHECK(prepare_tables(*town->tables));
  ZS_CHECK(session.begin());
  const auto run = [&]() -> Result<std::int64_t> {
    ZS_TRY(const auto others, session.read(kOthers, {id.number}));
    const bool alone = others.empty();
    ZS_CHECK(clear(session, *town, alone));
    ZS_TRY(const std::int64_t entries, write_all(*database_, *town, progress));
    store::WriteBatch indexes;
    gather_words(Gathering::usual, indexes);
    if (alone) store::make_projection_indexes(indexes);
    ZS_CHECK(session.write(indexes));
    ZS_CHECK(session.commit());
    return entries;
  };
  auto done = run();
  if (!done) session.rollback();
  return done;
}

}  // namespace zs::ledger
