// The law texts that this server has loaded, and what of the rulebook in force stands on each rule. Safe from any
// thread.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "rulebook/law_library.h"
#include "rulebook/standing.h"

namespace zs::server {

class LawShelf {
 public:
  struct Standings {
    std::map<std::string, std::vector<rulebook::Standing>> on;  ///< rule id → what names it
    std::map<std::string, std::string> groups;                  ///< groups/service.yaml → 送达
  };

  /// Called once, before anybody asks.
  void put(rulebook::LawLibrary texts) { texts_ = std::move(texts); }
  const rulebook::LawLibrary& texts() const { return texts_; }
  bool empty() const { return texts_.laws().empty(); }
  /// The article that a rule cites; null where its text is not loaded.
  const rulebook::Article* article_of(const rulebook::Rule& rule) const;
  /// Read once from the files of each rulebook that is asked about.
  std::shared_ptr<const Standings> standings(const rulebook::Rulebook& book);

 private:
  rulebook::LawLibrary texts_;
  std::mutex mutex_;
  std::string digest_;
  std::shared_ptr<const Standings> standings_;
};

}  // namespace zs::server
