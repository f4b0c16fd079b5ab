// What several scenarios of a file start from is said once: `- known: {name: record}` at its head.
#include <algorithm>
#include <map>

#include "unit/rules/scenario.h"

namespace zs::rules::scenarios {
namespace {

using rulebook::Entry;
using rulebook::Node;

constexpr std::string_view kKnown = "known", kLike = "like";

Entry* find_entry(Node& map, std::string_view key) {
  const auto found = std::find_if(map.entries.begin(), map.entries.end(),
                                  [&](const Entry& entry) { return entry.first.scalar == key; });
  return found == map.entries.end() ? nullptr : &*found;
}

// The changes laid over a record: numbers, values and rows one by one, all else whole.
void lay_over(Node& record, const Node& changes) {
  for (const Entry& change : changes.entries) {
    if (change.first.scalar == kLike) continue;
    Entry* there = find_entry(record, change.first.scalar);
    if (there == nullptr)
      record.entries.push_back(change);
    else if (there->second.is_map() && change.second.is_map())
      for (const Entry& each : change.second.entries) {
        Entry* cell = find_entry(there->second, each.first.scalar);
        if (cell == nullptr)
          there->second.entries.push_back(each);
        else
          cell->second = each.second;
      }
    else
      there->second = change.second;
  }
}

class Known {
 public:
  void add(const Node& known) {
    for (const Entry& entry : known.entries) named_[entry.first.scalar] = meant(entry.second);
  }

  // A name as what it names; a list, each of its own; {like: name, …}, the named with the changes.
  Node meant(const Node& node) const {
    if (node.is_scalar()) return named_or(node, node.scalar);
    Node made = node;
    if (node.has(kLike)) {
      made = named_or(node, node[kLike].scalar);
      made.place = node.place;
      lay_over(made, node);
    }
    for (Node& item : made.items) item = meant(item);
    return made;
  }

 private:
  const Node& named_or(const Node& node, const std::string& name) const {
    const auto found = named_.find(name);
    return found == named_.end() ? node : found->second;
  }

  std::map<std::string, Node> named_;
};

}  // namespace

std::vector<Node> scenarios_of(const Node& file) {
  std::vector<Node> scenarios;
  Known known;
  for (const Node& item : file.items) {
    if (item.has(kKnown)) {
      known.add(item[kKnown]);
      continue;
    }
    Node scenario = item;
    if (Entry* given = find_entry(scenario, "given")) given->second = known.meant(given->second);
    if (Entry* linked = find_entry(scenario, "linked")) {
      for (Entry& entry : linked->second.entries) entry.second = known.meant(entry.second);
    }
    scenarios.push_back(std::move(scenario));
  }
  return scenarios;
}

}  // namespace zs::rules::scenarios
