#include "rulebook/standing.h"

#include <set>

namespace zs::rulebook {
namespace {

using Found = std::map<std::string, std::vector<Standing>>;

constexpr std::string_view kFormHead = "---\n";

// What a map says of itself.
std::string label_in(const Node& map) {
  for (const std::string_view key : {"says", "label", "title"}) {
    if (map[key].is_scalar()) return map[key].scalar;
  }
  return {};
}

class Walk {
 public:
  explicit Walk(Found& found) : found_(found) {}

  void at(const Node& node, const std::string& path, const std::string& label) {
    for (const Node& item : node.items) at(item, path, label);
    const std::string own = label_in(node);
    const std::string& said = own.empty() ? label : own;
    for (const auto& [key, value] : node.entries) {
      if (key.scalar == "rule")
        name(value, path, said);
      else
        at(value, path.empty() ? key.scalar : path + "." + key.scalar, said);
    }
  }

 private:
  // `rule: a`, `rule: [a, {when: …, rule: b}]`.
  void name(const Node& value, const std::string& path, const std::string& label) {
    if (value.is_scalar()) add(value, path, label);
    for (const Node& item : value.items) {
      if (item.is_scalar()) add(item, path, label);
    }
    at(value, path, label);
  }

  void add(const Node& value, const std::string& path, const std::string& label) {
    found_[parse_rule_ref(value.scalar, value.place).rule].push_back({value.place, path, label});
  }

  Found& found_;
};

// The head between two lines of ---, and the placeholders below it.
void walk_form(const std::string& file, const std::string& text, Found& found) {
  const std::size_t end = text.find("\n---\n", kFormHead.size());
  if (!text.starts_with(kFormHead) || end == std::string::npos) return;
  Faults ignored;
  const Node head = read_yaml(file, text.substr(kFormHead.size(), end + 1 - kFormHead.size()), ignored);
  Walk(found).at(head, "", "");
  std::set<std::string> named;
  for (const Placeholder& each : placeholders(text)) {
    if (!each.name.starts_with(kRuleName)) continue;
    const std::string rule = parse_rule_ref(each.rest, {}).rule;
    if (named.insert(rule).second) found[rule].push_back({{file, each.line, 1}, each.name, label_in(head)});
  }
}

}  // namespace

std::map<std::string, std::vector<Standing>> standing_of(const Files& files) {
  Found found;
  for (const auto& [file, text] : files) {
    if (file.ends_with(".md")) {
      walk_form(file, text, found);
    } else if (file.ends_with(".yaml")) {
      Faults ignored;
      Walk(found).at(read_yaml(file, text, ignored), "", "");
    }
  }
  return found;
}

}  // namespace zs::rulebook
