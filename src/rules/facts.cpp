#include "rules/facts.h"

namespace zs::rules {

std::string InForce::setting(std::string_view key) const {
  if (settings != nullptr) {
    const auto own = settings->find(key);
    if (own != settings->end()) return own->second;
  }
  const rulebook::LocalSetting* declared = book->find_setting(key);
  return declared == nullptr ? std::string() : declared->value;
}

const Record* Neighbours::find(const Link& link) const {
  const auto found = records.find(link);
  return found == records.end() ? nullptr : found->second;
}

const std::vector<const Record*>& Neighbours::pointing(const std::string& kind, const std::string& field,
                                                       const Link& to) const {
  static const std::vector<const Record*> kNone;
  const auto found = back.find({kind, field, to});
  return found == back.end() ? kNone : found->second;
}

}  // namespace zs::rules
