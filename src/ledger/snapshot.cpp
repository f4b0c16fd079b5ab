// The ledger for readers: a town that holds still, changes tried without a trace, and what is written beside the
// journal.
#include "ledger/batch.h"

namespace zs::ledger {

void Ledger::forget(TownId id) {
  towns_.erase(id);
  const std::lock_guard lock(snapshot_mutex_);
  snapshots_.erase(id);
}

Result<std::shared_ptr<const Town>> Ledger::snapshot(TownId id) {
  {
    const std::lock_guard lock(snapshot_mutex_);
    const auto known = snapshots_.find(id);
    if (known != snapshots_.end()) return known->second;
  }
  const std::lock_guard writer(writer_mutex_);
  ZS_TRY(const Town* now, writing(id));
  auto made = std::make_shared<const Town>(*now);
  const std::lock_guard lock(snapshot_mutex_);
  snapshots_[id] = made;
  return made;
}

Result<> Ledger::write_aside(const std::function<Result<>(store::Session&)>& write) {
  const std::lock_guard lock(writer_mutex_);
  store::Session& session = database_->writer();
  ZS_CHECK(session.begin());
  auto written = write(session);
  if (written) written = session.commit();
  if (!written) session.rollback();
  return written;
}

Result<> Ledger::write_aside(const store::WriteBatch& rows) {
  return write_aside([&](store::Session& session) { return session.write(rows); });
}

Result<std::vector<Tried>> Ledger::try_changes(TownId id, std::span<const rules::Change> changes) {
  ZS_TRY(const auto known, snapshot(id));
  ZS_TRY(auto lease, database_->reader());
  Town scratch = *known;
  std::vector<Tried> tried;
  for (const rules::Change& change : changes) {
    Batch batch(*lease, scratch);
    ZS_TRY(Answer answer, batch.judge(change, std::max(clock_(), scratch.at)));
    Tried one{std::move(answer), {}};
    if (const auto* receipt = std::get_if<Receipt>(&one.answer)) one.after = batch.workspace().now(receipt->record);
    tried.push_back(std::move(one));
  }
  return tried;
}

Result<> Ledger::append(
    TownId id,
    const std::function<Result<>(store::Session&, EntryNumber, rules::EntryFacts&, store::WriteBatch&)>& fill) {
  const std::lock_guard lock(writer_mutex_);
  store::Session& session = database_->writer();
  ZS_CHECK(session.begin());
  const auto write = [&]() -> Result<> {
    ZS_TRY(Town * town, writing(id));
    Batch batch(session, *town);
    rules::EntryFacts facts;
    facts.way = "done";
    ZS_CHECK(fill(session, EntryNumber{town->n + 1}, facts, batch.rows()));
    ZS_CHECK(batch.append(std::move(facts), std::max(clock_(), town->at)));
    ZS_CHECK(batch.write());
    return session.commit();
  };
  auto written = write();
  if (!written) session.rollback();
  forget(id);
  return written;
}

}  // namespace zs::ledger
