// The people and orgs of a town by the names that old ledgers write.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace zs::paper {

/// Made once for an import; reading is safe from any thread.
class Directory {
 public:
  void add_person(const std::string& key, const std::string& name);
  /// `place`: a village or community, as the rulebook's figures count them.
  void add_org(const std::string& key, const std::string& name, bool place);

  /// Keys of those so named; more than one if the name is not unique, none if nobody is.
  std::vector<std::string> people(std::string_view name) const;
  /// By its whole name; else by its name without 镇, 村委会, 社区 and the like, if only one is so named.
  std::vector<std::string> orgs(std::string_view name) const;
  bool is_place(const std::string& key) const;
  /// The name under a key, for a reader; the key itself if nobody has it.
  std::string name_of(const std::string& key) const;

 private:
  using Index = std::unordered_map<std::string, std::vector<std::string>>;
  Index people_, orgs_, stems_;
  std::map<std::string, bool> places_;
  std::map<std::string, std::string> names_;
};

}  // namespace zs::paper
