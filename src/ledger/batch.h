// One batch under way: decide, fold and project in memory; one WriteBatch at the end. Private to src/ledger.
#pragma once

#include <deque>

#include "base/aside.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "ledger/project.h"
#include "ledger/workspace.h"

namespace zs::ledger {

/// What stands in the projection tables about one record, each list in the order of its columns.
struct StoredRows {
  std::vector<store::ResultRow> numbers, links, deadlines, evidence, persons, subject;
  std::optional<Words> words;  ///< nothing: the record is new
};

/// The rows of one town that a batch reads, makes and writes. Lives for one transaction.
class Batch {
 public:
  /// With `aside`, digests and projections are worked out on its thread while this one judges, reads and writes.
  Batch(store::Session& session, Town& town, Aside* aside = nullptr)
      : session_(session),
        town_(town),
        aside_(aside),
        workspace_(session, town),
        serials_before_(town.supplies.serials) {}
  ~Batch();
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  /// These changes are about to be judged: what they stand on is read ahead, where there is a second thread.
  void expect(std::span<const rules::Change> changes);
  /// Judges one change; a refusal leaves nothing. Errors: conflict (key used for another body), and the reading's own.
  Result<Answer> judge(const rules::Change& change, Instant at);
  /// Appends an entry about the town itself.
  Result<EntryNumber> append(rules::EntryFacts facts, Instant at);
  /// Adds the projections of all touched records and the head of the town to the batch, and writes it.
  Result<> write();
  /// From now on what accepted changes issue is printed.
  void prints(const PrintPaper& print) { print_ = &print; }
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
    std::vector<PaperToPrint> papers;
    Result<std::vector<PrintedPaper>> printed;
    Entry sealed;
    std::string body;
  };
  /// Some of the touched records, projected together.
  struct Share {
    std::vector<const rules::Record*> records;
    std::vector<StoredRows> stored;
    store::WriteBatch rows;
    Tallies tallies;
    std::shared_ptr<Aside::Task> task;
  };
  Result<std::optional<Receipt>> repeated(const rules::Change& change, const Digest& request);
  Result<rules::Facts> load_facts(const rules::Change& change, Instant at);
  Result<> load_history(RecordId record);
  void append_entry(rules::EntryFacts facts, Instant at, Idempotency idempotency,
                    std::vector<PaperToPrint> papers = {});
  std::shared_ptr<Aside::Task> begin(std::function<void()> work);
  void begin_sealing();
  void seal_entry(Pending& pending) const;
  Result<> finish_sealing();
  void write_entries();
  void begin_share(Share& share);
  Result<> begin_projecting();
  Result<> write_projections();
  void keep_numbers(const rules::EntryFacts& facts);
  void write_head(store::WriteBatch& rows);

  store::Session& session_;
  Town& town_;
  Aside* const aside_;
  const PrintPaper* print_ = nullptr;
  Workspace workspace_;
  rules::Serials serials_before_;  ///< as they stood when the batch began
  store::WriteBatch rows_;
  std::deque<Pending> pending_;  ///< a deque: one may be sealed while the next joins
  std::size_t sealing_ = 0;      ///< so many are being sealed
  std::set<RecordId> printing_;  ///< whose papers are being printed: they may not change until that is done
  std::vector<std::shared_ptr<Aside::Task>> tasks_;
  std::deque<Share> shares_;
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

/// What decide may know of a town; the record, its neighbours and its history are for the caller to add.
rules::Facts facts_of(const Town& town, Instant at);
/// What a change links to.
std::vector<Link> links_of(const rules::Change& change);

/// The digest of what a change asks: the same key with another digest is a conflict.
Digest request_digest(Algorithm algorithm, const rules::Change& change);

Result<StoredRows> read_projection(store::Session& session, TownId town, RecordId record);

/// Writes the difference between a record's stored projections (none, if it is new) and its new ones, and moves the
/// tallies.
void write_projection(const Town& town, const rules::Record& record, const StoredRows& stored, const Projection& made,
                      store::WriteBatch& rows, Tallies& tallies);
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
