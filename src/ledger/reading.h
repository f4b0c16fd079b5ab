// Reading for many: what was derived of a town is kept until the town moves on, or the day.
//
// A record's page is made once and given to all who ask; who may see what of it is decided for each of them. What only
// depends on who asks (a worklist, a page of a ledger) is kept as the text of the answer. Safe from any thread.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/attachments.h"
#include "ledger/proofs.h"
#include "ledger/records.h"

namespace zs::ledger {

using TownPtr = std::shared_ptr<const Town>;

/// A state that the record came into, and when.
struct Step {
  std::string state;
  Date day;
};

/// One paper of the case file.
struct DossierLine {
  std::string label, form, field;  ///< a form, or a field
  bool there = false;
  std::optional<Date> day;
};

/// A record with what stands around it, for everybody: scope and masks are the caller's.
struct RecordPage {
  TownPtr town;
  RecordView view;
  std::vector<Step> steps;
  std::vector<DossierLine> dossier;
  std::vector<Near> near;
  std::map<std::string, Attachment> files;  ///< by digest
};

/// Derived things of one sort, all of one moment of their town.
template <class T>
class Kept {
 public:
  struct Stamp {
    const Town* town = nullptr;
    std::int64_t n = 0;
    Date day;
    bool operator==(const Stamp&) const = default;
  };
  std::shared_ptr<const T> find(const Stamp& stamp, const std::string& key) {
    const std::lock_guard lock(mutex_);
    if (!(stamp == stamp_)) return nullptr;
    const auto found = kept_.find(key);
    return found == kept_.end() ? nullptr : found->second;
  }
  void keep(const Stamp& stamp, TownPtr town, const std::string& key, std::shared_ptr<const T> made) {
    const std::lock_guard lock(mutex_);
    if (!(stamp == stamp_) || kept_.size() >= kKeptMax) kept_.clear();
    stamp_ = stamp;
    town_ = std::move(town);
    kept_[key] = std::move(made);
  }

 private:
  static constexpr std::size_t kKeptMax = 1000;
  std::mutex mutex_;
  Stamp stamp_;
  TownPtr town_;  ///< so that no other town comes to lie at its address
  std::unordered_map<std::string, std::shared_ptr<const T>> kept_;
};

class Reading {
 public:
  explicit Reading(Ledger& ledger) : ledger_(ledger) {}

  /// The record now. Errors: not_found.
  Result<std::shared_ptr<const RecordPage>> page(const TownPtr& town, RecordId id, Date today);
  /// The record as its entries of a day and before made it; not kept.
  Result<std::shared_ptr<const RecordPage>> page_on(const TownPtr& town, RecordId id, Date day);
  /// A text made of the town as of now, for whoever asks under the same key: a whole answer.
  using Text = std::shared_ptr<const std::string>;
  Result<Text> text(const TownPtr& town, Date today, const std::string& key,
                    const std::function<Result<std::string>(store::Session&)>& make);

 private:
  template <class T, class Make>
  Result<std::shared_ptr<const T>> kept(Kept<T>& shelf, const TownPtr& town, Date today, const std::string& key,
                                        Make make);

  Ledger& ledger_;
  Kept<RecordPage> pages_;
  Kept<std::string> texts_;
};

}  // namespace zs::ledger
