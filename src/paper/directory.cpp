#include "paper/directory.h"

#include <algorithm>

#include "paper/text_key.h"

namespace zs::paper {
namespace {

void add(std::unordered_map<std::string, std::vector<std::string>>& index, const std::string& name,
         const std::string& key) {
  auto& keys = index[name];
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
}

// What may be said or left out: 某镇东坑村村民委员会, 东坑村, 东坑.
std::string stem_of(std::string name) {
  for (const std::string_view before : {"镇", "街道", "乡"}) {
    const std::size_t at = name.find(before);
    if (at != std::string::npos && at > 0 && at + before.size() < name.size()) name.erase(0, at + before.size());
  }
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view ending : {"村民委员会", "居民委员会", "委员会", "村委会", "居委会", "村委", "居委",
                                          "办公室", "办事处", "社区", "村", "办"}) {
      // Something remains.
      if (!name.ends_with(ending) || name.size() < ending.size() + 3) continue;
      name.resize(name.size() - ending.size());
      cut = true;
      break;
    }
  }
  return name;
}

std::vector<std::string> found_in(const std::unordered_map<std::string, std::vector<std::string>>& index,
                                  const std::string& name) {
  const auto found = index.find(name);
  return found == index.end() ? std::vector<std::string>() : found->second;
}

}  // namespace

void Directory::add_person(const std::string& key, const std::string& name) {
  add(people_, text_key(name), key);
  add(people_, key, key);
  names_[key] = name;
}

void Directory::add_org(const std::string& key, const std::string& name, bool place) {
  add(orgs_, text_key(name), key);
  add(orgs_, key, key);
  add(stems_, stem_of(text_key(name)), key);
  places_[key] = place;
  names_[key] = name;
}

std::vector<std::string> Directory::people(std::string_view name) const {
  auto found = found_in(people_, std::string(name));
  return found.empty() ? found_in(people_, text_key(name)) : found;
}

std::vector<std::string> Directory::orgs(std::string_view name) const {
  auto found = found_in(orgs_, std::string(name));
  if (!found.empty()) return found;
  const std::string key = text_key(name);
  found = found_in(orgs_, key);
  return found.empty() ? found_in(stems_, stem_of(key)) : found;
}

bool Directory::is_place(const std::string& key) const {
  const auto found = places_.find(key);
  return found != places_.end() && found->second;
}

std::string Directory::name_of(const std::string& key) const {
  const auto found = names_.find(key);
  return found == names_.end() ? key : found->second;
}

}  // namespace zs::paper
