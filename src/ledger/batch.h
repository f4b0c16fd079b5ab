// One batch under way: decide, fold and project in memory; one WriteBatch at the end. Private to src/ledger.
#pragma once

#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "ledger/project.h"
#include "ledger/workspace.h"

namespace zs::ledger {

/// The rows of one town that a batch reads, makes and writes. Lives for one transaction.
class Batch {
 public:
  Batch(store::Session& session, Town& town)
      : session_(session), town_(town), workspace_(session, town), serials_before_(town.supplies.serials) {}

  /// Judges one change; a refusal leaves nothing. Errors: conflict (key used for another body), and the reading's own.
  Result<Answer> judge(const rules::Change& change, Instant at);
  /// Appends an entry about the town itself.
  Result<EntryNumber> append(rules::EntryFacts facts, Instant at);
  /// Adds the projections of all touched records and the head of the town to the batch, and writes it.
  Result<> write();
  store::WriteBatch& rows() { return rows_; }
  Workspace& workspace() { return workspace_; }

 private:
  struct Idempotency {
    std::string key;
    Digest request{};
    std::size_t entries = 0;
  };
  /// An accepted entry that has its place in the journal and waits to be sealed with all of its batch.
  struct Pending {
    rules::EntryFacts facts;
    EntryMeta meta;
    Idempotency idempotency;
  };
  Result<std::optional<Receipt>> repeated(const rules::Change& change, const Digest& request);
  Result<rules::Facts> load_facts(const rules::Change& change, Instant at);
  Result<> load_history(RecordId record);
  void append_entry(rules::EntryFacts facts, Instant at, Idempotency idempotency);
  void seal_pending();
  void keep_numbers(const rules::EntryFacts& facts);
  Result<> project_touched();
  void write_head();

  store::Session& session_;
  Town& town_;
  Workspace workspace_;
  rules::Serials serials_before_;  ///< as they stood when the batch began
  store::WriteBatch rows_;
  std::vector<Pending> pending_;
  Tallies tallies_;
  std::set<RecordId> fresh_;  ///< made in this batch
  std::map<std::tuple<std::string, std::string, std::string>, RecordId> taken_;
  // Kept while one change is judged.
  std::vector<rules::EntryFacts> history_;
  std::optional<Date> last_recorded_;
  const rules::Record* before_ = nullptr;
  rules::Neighbours neighbours_;
  std::map<std::pair<std::string, std::string>, Reach> reaches_;
};

/// The digest of what a change asks: the same key with another digest is a conflict.
Digest request_digest(Algorithm algorithm, const rules::Change& change);

/// Writes the difference between a record's stored projections and its new ones, and moves the tallies. `fresh`: the
/// record has none stored yet.
Result<> write_projection(store::Session& session, const Town& town, const rules::Record& record,
                          const Projection& made, bool fresh, store::WriteBatch& rows, Tallies& tallies);
/// Adds the tallies' differences to the batch.
void write_tallies(TownId town, const Tallies& tallies, store::WriteBatch& rows);
/// Adds the marks (warnings, notes, breaches) of an entry.
void write_marks(TownId town, EntryNumber n, const rules::EntryFacts& facts, store::WriteBatch& rows);

/// A record's entries in order, opened; and when the last was recorded.
struct RecordHistory {
  std::vector<rules::EntryFacts> entries;
  std::vector<EntryMeta> metas;
};
Result<RecordHistory> read_history(store::Session& session, const Town& town, RecordId record);

}  // namespace zs::ledger
