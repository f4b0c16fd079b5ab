// The records of one batch: loaded once, changed in memory, later changes seeing earlier ones.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/aside.h"
#include "ledger/town.h"
#include "rules/facts.h"
#include "store/columns.h"
#include "store/database.h"

namespace zs::ledger {

/// What an action of a kind may look at beyond its record: link fields to follow, and who points back.
struct Reach {
  std::set<std::string> follows;                        ///< link fields and columns, of whatever kind
  std::set<std::pair<std::string, std::string>> backs;  ///< (kind, link field)
  bool nothing() const { return follows.empty() && backs.empty(); }
};

/// The reach of one action, or of all actions of the kind if `action` is null.
Reach reach_of(const rulebook::Kind& kind, const rulebook::Action* action);

/// The reach of a self-check's lines.
Reach reach_of(const rulebook::CheckSource& source);

/// A record whose rows were read and are still to be taken apart: pure work, for whatever thread has time.
struct RawRecord {
  rules::Record record;  ///< without fields and rows until take_apart()
  const rulebook::Kind* kind = nullptr;
  const store::KindTable* table = nullptr;
  store::ResultRow values;
  Result<> take_apart();
};

/// Reads and keeps the records of one town during a batch.
class Workspace {
 public:
  Workspace(store::Session& session, const Town& town) : session_(session), town_(town) {}

  /// Hands work to another thread.
  using Begin = std::function<std::shared_ptr<Aside::Task>(std::function<void()>)>;
  /// Reads the rows of records that are about to be asked for; they are taken apart meanwhile. What cannot be read is
  /// left for record() to say.
  void fetch(const std::set<RecordId>& ids, const Begin& begin);
  /// The record as it now stands in this batch; null if there is none. Owned by the workspace.
  Result<const rules::Record*> record(RecordId id);
  /// The records near `record` and the given links that `reach` can see, two steps at most.
  Result<rules::Neighbours> neighbours(const rules::Record* record, const std::vector<Link>& given, const Reach& reach);
  /// Takes a record as an accepted change left it.
  void put(rules::Record record);
  const std::set<RecordId>& touched() const { return touched_; }
  const rules::Record& now(RecordId id) const { return *records_.at(id); }
  rules::Record& now(RecordId id) { return *records_.at(id); }
  /// The records were accepted; forget which were touched.
  void settle() { touched_.clear(); }

 private:
  Result<> step(const rules::Record& from, const Reach& reach, rules::Neighbours& found,
                std::vector<const rules::Record*>& next);
  Result<> add_link(const Link& link, rules::Neighbours& found, std::vector<const rules::Record*>* next);

  /// Some records that are taken apart together.
  struct Fetched {
    std::vector<RawRecord> raw;
    std::vector<Result<>> apart;
    std::shared_ptr<Aside::Task> task;
  };
  Result<std::optional<rules::Record>> load(RecordId id);

  store::Session& session_;
  const Town& town_;
  std::deque<Fetched> fetched_;
  std::map<RecordId, std::pair<Fetched*, std::size_t>> ahead_;  ///< fetched, not asked for yet
  std::map<RecordId, std::unique_ptr<rules::Record>> records_;  ///< null: there is none
  std::set<RecordId> touched_;
};

/// Reads the rows of one record; nothing if there is none.
Result<std::optional<RawRecord>> read_raw(store::Session& session, const Town& town, RecordId id);
/// Reads one record with its fields, rows and numbers; nothing if there is none.
Result<std::optional<rules::Record>> read_record(store::Session& session, const Town& town, RecordId id);

}  // namespace zs::ledger
