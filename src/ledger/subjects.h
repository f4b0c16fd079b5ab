// The sketches of all subjects of a town, in memory: what is alike is found by going through them, some milliseconds
// for a million, while reading as many rows would take a second.
//
// Read from the table `subject` when first asked for, then kept up by the entries since. 48 bytes a record. Safe from
// any thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ledger/sketch.h"
#include "ledger/town.h"

namespace zs::ledger {

class SubjectIndex {
 public:
  struct Found {
    RecordId id;
    int bits = 0;  ///< shared
  };
  /// Records of a kind opened between two days (both included) that share so many bits at least, the most first; at
  /// most so many.
  Result<std::vector<Found>> find(store::Session& session, const Town& town, const std::string& kind,
                                  const Sketch& sketch, int bits_least, Date from, Date until, std::size_t most);

 private:
  struct Subject {
    std::int64_t record = 0;
    std::int32_t opened = 0;
    Sketch sketch{};
  };
  /// By record, so that a later entry of a record finds it.
  using Subjects = std::vector<Subject>;
  struct OfTown {
    std::shared_ptr<const rulebook::Rulebook> book;  ///< by which the subjects were made
    std::int64_t n = 0;                              ///< entries seen
    std::map<std::string, Subjects> kinds;
  };

  static Result<> load(store::Session& session, const Town& town, OfTown& all);
  static Result<> follow(store::Session& session, const Town& town, OfTown& all);
  Result<> refresh(store::Session& session, const Town& town);

  std::mutex mutex_;
  std::map<TownId, OfTown> towns_;
};

}  // namespace zs::ledger
