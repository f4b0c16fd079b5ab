// The ledger of a database: the one write path, and the read side of towns.
//
// Threads: commit() may be called from any thread; one of them writes for all who wait (ledger/queue). Reading takes a
// lease and never waits for the writer.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/aside.h"
#include "ledger/papers.h"
#include "ledger/town.h"
#include "rules/change.h"
#include "store/database.h"

namespace zs::ledger {

/// What an accepted change became. An answer means that it is on disk.
struct Receipt {
  RecordId record;
  std::int64_t version = 0;
  EntryNumber first, last;
  std::string state;
  std::map<std::string, std::string> numbers;
  std::vector<Link> opened;
  std::vector<std::string> missing;  ///< what an opened record still needs
  std::vector<rules::Mark> warned, breaches;
  bool repeated = false;  ///< the same key and body came before: this is its first answer
};

using Answer = std::variant<Receipt, rules::Refusal>;

/// What would come of a change; `after` is the record as it would then stand.
struct Tried {
  Answer answer;
  std::optional<rules::Record> after;
};

struct TownSetup {
  std::string name, character, division;
  Algorithm algorithm = Algorithm::sm3;
  std::string salt_seed;  ///< demo and tests only
};

/// An entry about the town itself: a unit, a person, a setting (design §5: org, staff, setting).
struct Registration {
  TownId town;
  std::string type;  ///< org, staff, setting
  std::string key;
  std::map<std::string, std::string> values;
  std::string actor;
  std::optional<Instant> at;
};

/// One projection that an adoption moved: for the list that its author is shown.
struct Moved {
  RecordId record;
  std::string kind, number, what;  ///< "deadline answer", "figure petition_cases"
  std::string before, after;
};

/// Values of a record that are to be erased (ledger/erasure).
struct Erasure {
  RecordId record;
  std::vector<std::string> paths;  ///< "petitioner", "inquiries/1/of_whom"
  std::string actor, reason;
  std::string signer;  ///< who agreed to it; may be empty
};

/// What an entry about the town became: a setting moves deadlines and figures.
struct Entered {
  EntryNumber n;
  std::vector<Moved> moved;
};

struct OpenLedger {
  store::Mode mode = store::Mode::existing;
  store::OpenOptions database;
  std::function<Instant()> clock;  ///< default: the system's
  PrintPaper print;                ///< how papers are printed (report/issued_paper); without it they have no text
};

class Ledger {
 public:
  /// Opens (or with Mode::create makes) `<folder>/zhunsheng.db`. Errors: those of the database.
  static Result<std::unique_ptr<Ledger>> open(const std::filesystem::path& folder, OpenLedger options);
  ~Ledger();

  /// Makes a town and adopts the rulebook as its first entry. Errors: bad_input if the rulebook has faults.
  Result<TownId> init(const TownSetup& setup, const rulebook::Files& files, std::optional<Instant> at = {});
  /// Judges and writes one change; waits until it is on disk. Errors: conflict for a key used with another body.
  Result<Answer> commit(rules::Change change);
  /// Judges and writes many changes as one batch, in order. If any is accepted, `beside` is told the answers and may
  /// write into the same transaction what lies beside the journal; its error leaves nothing written.
  using Beside = std::function<Result<>(std::span<const Result<Answer>>, store::Session&)>;
  Result<std::vector<Result<Answer>>> commit_batch(std::span<const rules::Change> changes, const Beside& beside = {});
  /// Errors: bad_input (no such setting, posts that one person may not hold together).
  Result<EntryNumber> enter(const Registration& registration);
  /// The same with what it moved; with `preview` nothing is written.
  Result<Entered> enter(const Registration& registration, bool preview);
  /// Takes a rulebook or one year's calendar into force. With `preview` nothing is written.
  Result<std::vector<Moved>> adopt_rulebook(TownId town, const rulebook::Files& files, const std::string& actor,
                                            bool preview);
  Result<std::vector<Moved>> adopt_calendar(TownId town, const std::string& yaml, const std::string& actor,
                                            bool preview);
  /// Puts the digest in place of salt and value for these paths of a record's entries; writes an erase entry. Errors:
  /// bad_input (no reason), not_found (no such record, nothing at these paths).
  Result<EntryNumber> erase(TownId town, const Erasure& erasure);
  /// Appends one entry about the town; `fill` is told its number, and fills the entry and what is written with it.
  Result<> append(
      TownId town,
      const std::function<Result<>(store::Session&, EntryNumber, rules::EntryFacts&, store::WriteBatch&)>& fill);
  /// Makes all projections of a town again from its journal. `progress` is told how many entries are folded.
  Result<std::int64_t> rebuild(TownId town, const std::function<void(std::int64_t, std::int64_t)>& progress = {});

  /// The town as of now; the reference holds until the next write.
  Result<const Town*> town(TownId id);
  /// Its rules and registers, holding still while others write; the head of its journal may be older than now.
  Result<std::shared_ptr<const Town>> snapshot(TownId id);
  /// Judges each change by itself, and writes nothing: what would come of it.
  Result<std::vector<Tried>> try_changes(TownId town, std::span<const rules::Change> changes);
  /// Writes what stands beside the journal (accounts, the audit log) in a transaction of its own.
  Result<> write_aside(const store::WriteBatch& rows);
  Result<> write_aside(const std::function<Result<>(store::Session&)>& write);
  Result<std::vector<TownId>> towns();
  store::Database& database() { return *database_; }
  Instant now() const { return clock_(); }

 private:
  friend class Batch;
  explicit Ledger(std::unique_ptr<store::Database> database);
  /// The town as the writer has it, loaded again if another program has written.
  Result<Town*> writing(TownId id);
  /// The town is read again when it is next asked for.
  void forget(TownId id);
  Result<> prepare_tables(const store::KindTables& tables);
  Result<std::vector<Moved>> reproject(Town& town, const Town& before, bool write);
  Result<EntryNumber> erase_in(store::Session& session, Town& town, const Erasure& erasure);

  std::unique_ptr<store::Database> database_;
  std::function<Instant()> clock_;
  PrintPaper print_;
  std::recursive_mutex writer_mutex_;
  std::map<TownId, Town> towns_;
  std::mutex snapshot_mutex_;
  std::map<TownId, std::shared_ptr<const Town>> snapshots_;
  Books books_;
  std::unique_ptr<class Queue> queue_;
  Aside aside_;
};

}  // namespace zs::ledger
