// The records of one batch: loaded once, changed in memory, later changes seeing earlier ones.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "ledger/town.h"
#include "rules/facts.h"
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

/// Reads and keeps the records of one town during a batch.
class Workspace {
 public:
  Workspace(store::Session& session, const Town& town) : session_(session), town_(town) {}

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

  store::Session& session_;
  const Town& town_;
  std::map<RecordId, std::unique_ptr<rules::Record>> records_;  ///< null: there is none
  std::set<RecordId> touched_;
};

/// Reads one record with its fields, rows and numbers; nothing if there is none.
Result<std::optional<rules::Record>> read_record(store::Session& session, const Town& town, RecordId id);

}  // namespace zs::ledger
