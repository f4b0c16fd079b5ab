// rebuild: all projections of a town again from its journal, in one transaction.
#include <fmt/format.h>

#include <future>
#include <memory>

#include "ledger/range.h"
#include "store/tables.h"

namespace zs::ledger {
namespace {

constexpr std::string_view kLast = "SELECT COALESCE(MAX(record),0) FROM journal WHERE town=?1";
constexpr std::string_view kOthers = "SELECT 1 FROM town WHERE town<>?1 LIMIT 1";

// A town that is alone in its database has whole tables emptied, which is far quicker than row by row.
Result<> clear(store::Session& session, const Town& town) {
  ZS_TRY(const auto others, session.read(kOthers, {town.id.number}));
  store::WriteBatch rows;
  const auto empty = [&](std::string_view table) {
    if (others.empty())
      rows.add(fmt::format("DELETE FROM {}", table), {});
    else
      rows.add(fmt::format("DELETE FROM {} WHERE town=?1", table), {town.id.number});
  };
  clear_words(town.id, others.empty(), rows);
  for (const std::string_view table : store::projection_tables()) empty(table);
  for (const auto& [kind, table] : *town.tables) empty(table.name);
  return session.write(rows);
}

}  // namespace

Result<std::int64_t> Ledger::rebuild(TownId id, const std::function<void(std::int64_t, std::int64_t)>& progress) {
  const std::lock_guard lock(writer_mutex_);
  store::Session& session = database_->writer();
  ZS_TRY(Town * town, writing(id));
  ZS_CHECK(prepare_tables(*town->tables));
  ZS_CHECK(session.begin());
  const auto run = [&]() -> Result<std::int64_t> {
    ZS_CHECK(clear(session, *town));
    ZS_TRY(const auto last_row, session.read(kLast, {id.number}));
    const std::int64_t last = std::get<std::int64_t>(last_row.front()[0]);
    Tallies tallies;
    std::int64_t entries = 0;
    // One core folds and projects the next range while the other writes this one.
    ZS_TRY(auto lease, database_->reader());
    const auto make = [&](std::int64_t from) -> Result<std::unique_ptr<RangeRows>> {
      ZS_TRY(RangeRows range, project_range(*lease, *town, from, from + kRangeRecords - 1));
      return std::make_unique<RangeRows>(std::move(range));
    };
    auto next = std::async(std::launch::async, make, 1);
    for (std::int64_t from = 1; from <= last; from += kRangeRecords) {
      auto made = next.get();
      if (!made) return made.error();
      if (from + kRangeRecords <= last) next = std::async(std::launch::async, make, from + kRangeRecords);
      for (const store::ResultRow& row : (*made)->evidence) add_to(tallies, row, 1);
      store::WriteBatch rows;
      write_range(id, *town, std::move(**made), rows);
      ZS_CHECK(session.write(rows));
      entries += (*made)->entries;
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
