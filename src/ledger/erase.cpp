// Erasing values: salt and value go, the digest stays. Tree, proofs and stamped sheets hold, and nothing can be guessed
// back.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/batch.h"
#include "ledger/workspace.h"
#include "rules/fold.h"

namespace zs::ledger {
namespace {

using store::ResultRow;
using store::Session;

constexpr std::string_view kEntriesOf = "SELECT n,header,body,leaf FROM journal WHERE town=?1 AND record=?2 ORDER BY n";
// The digest of the request goes too: it has no salt, and whoever knows the rest could try what was erased.
constexpr std::string_view kBody =
    "UPDATE journal SET body=?3,request=CASE WHEN request IS NULL THEN NULL ELSE x'' END WHERE town=?1 AND n=?2";

// How many values were erased.
Result<std::int64_t> erase_values(Session& session, const Town& town, const Erasure& erasure, store::WriteBatch& rows) {
  std::int64_t erased = 0;
  ZS_TRY(const auto entries, session.read(kEntriesOf, {town.id.number, erasure.record.number}));
  for (const ResultRow& row : entries) {
    ZS_TRY(auto values, decode_values(town.algorithm, std::get<std::string>(row[2])));
    bool touched = false;
    for (SealedValue& value : values) {
      const auto& paths = erasure.paths;
      if (value.erased() || std::find(paths.begin(), paths.end(), value.path) == paths.end()) continue;
      erase(value);
      touched = true;
      ++erased;
    }
    if (touched) rows.add(kBody, {town.id.number, std::get<std::int64_t>(row[0]), encode_values(values)});
  }
  return erased;
}

rules::EntryFacts facts_of(const Erasure& erasure, const rules::Record& record, Date day, std::int64_t count) {
  rules::EntryFacts facts;
  facts.type = "erase";
  facts.way = "done";
  facts.actor = erasure.actor;
  facts.decider = erasure.signer;
  facts.kind = record.kind;
  facts.record = erasure.record;
  facts.version = record.version + 1;
  facts.on = day;
  facts.facts.push_back({"@reason", erasure.reason});
  facts.facts.push_back({"@erased", fmt::format("{}", fmt::join(erasure.paths, " "))});
  facts.facts.push_back({"@values", std::to_string(count)});
  return facts;
}

}  // namespace

Result<EntryNumber> Ledger::erase_in(Session& session, Town& town, const Erasure& erasure) {
  ZS_TRY(const auto before, read_record(session, town, erasure.record));
  if (!before)
    return not_found(fmt::format("没有第{}号事项", erasure.record.number),
                     fmt::format("there is no record {}", erasure.record.number));
  Batch batch(session, town);
  ZS_TRY(const std::int64_t erased, erase_values(session, town, erasure, batch.rows()));
  if (erased == 0) return not_found("这些路径上没有可以删除的值", "there is nothing to erase at these paths");
  const Date day = civil(clock_(), town.book->utc_offset).day();
  ZS_TRY(const EntryNumber n, batch.append(facts_of(erasure, *before, day, erased), std::max(clock_(), town.at)));
  ZS_CHECK(batch.write());
  // What the projections held of the erased values goes too: the record is folded again without them.
  ZS_TRY(const RecordHistory history, read_history(session, town, erasure.record));
  const rules::Record after = rules::fold_all(town.id, history.entries, history.entries.size());
  store::WriteBatch projections;
  Tallies tallies;
  ZS_TRY(const StoredRows stored, read_projection(session, town.id, erasure.record));
  write_projection(town, after, stored, project(town.in_force(), after), projections, tallies);
  write_tallies(town.id, tallies, projections);
  merge_words(projections);
  erase_papers(after, projections);
  ZS_CHECK(session.write(projections));
  return n;
}

Result<EntryNumber> Ledger::erase(TownId id, const Erasure& erasure) {
  const std::lock_guard lock(writer_mutex_);
  if (erasure.reason.empty()) return bad_input("删除个人信息要写理由", "erasing needs a reason");
  ZS_TRY(Town * town, writing(id));
  Session& session = database_->writer();
  ZS_CHECK(session.begin());
  auto done = erase_in(session, *town, erasure);
  if (done) {
    const auto committed = session.commit();
    if (!committed) done = committed.error();
  }
  if (!done) {
    session.rollback();
    forget(id);
    return done;
  }
  // The write-ahead log still holds the pages as they were: empty it. While a reader stays it is emptied later.
  static_cast<void>(database_->checkpoint());
  return done;
}

}  // namespace zs::ledger
