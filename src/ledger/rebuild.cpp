// rebuild: all projections of a town again from its journal, in one transaction.
#include <fmt/format.h>

#include <future>

#include "ledger/range.h"
#include "store/tables.h"

namespace zs::ledger {
namespace {

constexpr std::string_view kLast = "SELECT COALESCE(MAX(record),0) FROM journal WHERE town=?1";

}  // namespace

Result<std::int64_t> Ledger::rebuild(TownId id, const std::function<void(std::int64_t, std::int64_t)>& progress) {
  const std::lock_guard lock(writer_mutex_);
  store::Session& session = database_->writer();
  ZS_TRY(Town * town, writing(id));
  ZS_CHECK(prepare_tables(*town->tables));
  ZS_CHECK(session.begin());
  const auto run = [&]() -> Result<std::int64_t> {
    store::WriteBatch empty;
    for (const std::string_view table : store::projection_tables()) empty.add(fmt::format("DELETE FROM {} WHERE town=?1", table), {id.number});
    for (const auto& [kind, table] : *town->tables) empty.add(fmt::format("DELETE FROM {} WHERE town=?1", table.name), {id.number});
    ZS_CHECK(session.write(empty));
    ZS_TRY(const auto last_row, session.read(kLast, {id.number}));
    const std::int64_t last = std::get<std::int64_t>(last_row.front()[0]);
    Tallies tallies;
    std::int64_t entries = 0;
    // One core folds and projects the next range while the other writes this one.
    ZS_TRY(auto lease, database_->reader());
    const auto begin = [&](std::int64_t from) {
      return std::async(std::launch::async, [&, from] { return project_range(*lease, *town, from, from + kRangeRecords - 1); });
    };
    auto next = begin(1);
    for (std::int64_t from = 1; from <= last; from += kRangeRecords) {
      auto made = next.get();
      if (from + kRangeRecords <= last) next = begin(from + kRangeRecords);
      if (!made) {
        if (next.valid()) next.wait();
        return made.error();
      }
      const RangeRows& range = *made;
      store::WriteBatch rows;
      write_range(id, *town, range, rows);
      ZS_CHECK(session.write(rows));
      for (const store::ResultRow& row : range.evidence) add_to(tallies, row, 1);
      entries += range.entries;
      if (progress) progress(entries, town->n);
    }
    store::WriteBatch sums;
    write_tallies(id, tallies, sums);
    ZS_CHECK(session.write(sums));
    ZS_CHECK(session.commit());
    return entries;
  };
  auto done = run();
  if (!done) session.rollback();
  return done;
}

}  // namespace zs::ledger
