// synonyms.yaml: other names under which old ledgers know our fields and options.
#include <fmt/format.h>

#include <algorithm>

#include "rulebook/field_value.h"
#include "rulebook/loading.h"
#include "rulebook/slots.h"

namespace zs::rulebook {
namespace {

bool is_part(std::string_view key) {
  const auto parts = party_parts();
  return std::any_of(parts.begin(), parts.end(), [&](const PartyPart& part) { return part.key == key; });
}

// A party's own name stands for the name in it: "petitioner" is "petitioner.name".
std::string full_path(const std::vector<Slot>& slots, const std::string& path) {
  const std::string name = path + ".name";
  return find_slot(slots, path) == nullptr && find_slot(slots, name) != nullptr ? name : path;
}

void read_names(Loading& loading, const Node& list, std::vector<std::string>& names) {
  for (std::string& name : words_of(loading, list)) names.push_back(std::move(name));
  if (names.empty()) loading.faults.add(list.place, "没有写别名", "no synonym is given");
}

void read_kind(Loading& loading, const Kind& kind, const Node& map) {
  const std::vector<Slot> slots = slots_of(kind);
  for (const auto& [path, list] : map.entries) {
    if (!names_something(kind, slots, path.scalar)) {
      std::vector<std::string> paths;
      for (const Slot& slot : slots) paths.push_back(slot.path);
      unknown_name(loading, path.place, "字段或者选项", "field or option", path.scalar, paths);
      continue;
    }
    read_names(loading, list, loading.book.synonyms[kind.key][full_path(slots, path.scalar)]);
  }
}

// Of all kinds: parts of parties, and whatever at least one of them has.
void read_all(Loading& loading, const Node& map) {
  const auto& kinds = loading.book.kinds;
  for (const auto& [path, list] : map.entries) {
    const bool known =
        is_part(path.scalar) || std::any_of(kinds.begin(), kinds.end(), [&, &word = path.scalar](const Kind& kind) {
          return names_something(kind, slots_of(kind), word);
        });
    if (!known) {
      unknown_name(loading, path.place, "字段或者选项", "field or option", path.scalar, {"unit", "village", "handler"});
      continue;
    }
    read_names(loading, list, loading.book.synonyms["all"][path.scalar]);
  }
}

}  // namespace

void load_synonyms(Loading& loading, const Node& root) {
  for (const auto& [key, map] : root.entries) {
    const Kind* kind = loading.find_kind(key.scalar);
    if (key.scalar == "all") {
      read_all(loading, map);
    } else if (kind != nullptr) {
      read_kind(loading, *kind, map);
    } else {
      std::vector<std::string> keys;
      for (const Kind& each : loading.book.kinds) keys.push_back(each.key);
      unknown_name(loading, key.place, "台账", "kind", key.scalar, keys);
    }
  }
}

}  // namespace zs::rulebook
