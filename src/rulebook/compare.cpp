#include "rulebook/compare.h"

#include <fmt/format.h>

#include <algorithm>

namespace zs::rulebook {
namespace {

class Comparer {
 public:
  Differences run(const Rulebook& adopted, const Rulebook& offered) {
    for (const Kind& kind : adopted.kinds) {
      // Its options are the figures, compared below.
      if (kind.key == kSummaryKind) continue;
      if (const Kind* other = offered.find_kind(kind.key))
        compare_kind(kind, *other);
      else
        vanished("台账", "kind", kind.key);
    }
    for (const Kind& kind : offered.kinds) {
      if (adopted.find_kind(kind.key) == nullptr) added("台账", "kind", kind.key);
    }
    for (const Figure& figure : adopted.figures) {
      if (offered.find_figure(figure.key) == nullptr) vanished("指标", "figure", figure.key);
    }
    for (const Figure& figure : offered.figures) {
      if (adopted.find_figure(figure.key) == nullptr) added("指标", "figure", figure.key);
    }
    for (const Rule& rule : adopted.rules) {
      const Rule* other = offered.find_rule(rule.id);
      if (other == nullptr)
        vanished("规则", "rule", rule.id);
      else if (!(rule.within.period == other->within.period) || rule.number != other->number ||
               rule.roll != other->roll)
        changed("规则", "rule", rule.id);
    }
    for (const Rule& rule : offered.rules) {
      if (adopted.find_rule(rule.id) == nullptr) added("规则", "rule", rule.id);
    }
    compare_files(adopted.files, offered.files);
    return std::move(found_);
  }

 private:
  void vanished(std::string_view zh, std::string_view en, const std::string& key) {
    found_.refused.push_back({fmt::format("{}“{}”不见了；键是永久的，不用的写 retired", zh, key),
                              fmt::format("the {} \"{}\" vanished: keys are permanent, mark it retired", en, key)});
  }
  void added(std::string_view zh, std::string_view en, const std::string& key) {
    found_.changed.push_back({fmt::format("新增{}“{}”", zh, key), fmt::format("new {} \"{}\"", en, key)});
  }
  void changed(std::string_view zh, std::string_view en, const std::string& key) {
    found_.changed.push_back({fmt::format("{}“{}”有变化", zh, key), fmt::format("the {} \"{}\" changed", en, key)});
  }

  void compare_kind(const Kind& kind, const Kind& other) {
    for (const Field& field : kind.fields) compare_field(kind.key, field, other.find_field(field.key));
    for (const Field& field : other.fields) {
      if (kind.find_field(field.key) == nullptr) added("字段", "field", kind.key + "." + field.key);
    }
    for (const State& state : kind.states) {
      const State* same = other.find_state(state.key);
      if (same == nullptr)
        vanished("状态", "state", kind.key + "." + state.key);
      else if (same->label != state.label || same->becomes != state.becomes)
        changed("状态", "state", kind.key + "." + state.key);
    }
    for (const Action& action : kind.actions) {
      if (other.find_action(action.key) == nullptr) vanished("动作", "action", kind.key + "." + action.key);
    }
  }

  void compare_field(const std::string& owner, const Field& field, const Field* other) {
    const std::string name = owner + "." + field.key;
    if (other == nullptr) return vanished("字段", "field", name);
    if (other->type != field.type) {
      found_.refused.push_back({fmt::format("字段“{}”改了类型；另立新字段", name),
                                fmt::format("the field \"{}\" changed its type: make a new field", name)});
    }
    for (const Option& option : field.options) {
      if (other->find_option(option.key) == nullptr) vanished("选项", "option", name + "." + option.key);
    }
    for (const Field& column : field.columns) compare_field(name, column, other->find_column(column.key));
  }

  // What reads otherwise though its key stands: gates, acts, deadlines, forms, duties, checks.
  void compare_files(const Files& adopted, const Files& offered) {
    for (const auto& [file, text] : adopted) {
      const auto other = offered.find(file);
      if (other == offered.end() || other->second == text) continue;
      if (file.starts_with("forms/") || file.starts_with("report/")) {
        changed("文书样式", "form", file);
        continue;
      }
      const bool sections = file.starts_with("kinds/") || file.starts_with("groups/");
      const bool single = file == "duties.yaml" || file == "checks.yaml" || file == "roles.yaml";
      if (!sections && !single) continue;
      Faults ignored;
      const Node before = read_yaml(file, text, ignored);
      const Node after = read_yaml(file, other->second, ignored);
      if (single) compare_entries(file, before, after);
      for (const std::string_view section : {"gates", "actions", "deadlines", "dossier", "quick", "numbers"}) {
        if (sections) compare_entries(file + " " + std::string(section), before[section], after[section]);
      }
    }
  }

  void compare_entries(const std::string& where, const Node& before, const Node& after) {
    if (before.is_list() || after.is_list()) {
      if (!same(before, after)) changed("", "", where);
      return;
    }
    for (const auto& [key, value] : before.entries) {
      if (!same(value, after[key.scalar])) changed("", "", where + "." + key.scalar);
    }
    for (const auto& [key, value] : after.entries) {
      if (!before.has(key.scalar)) added("", "", where + "." + key.scalar);
    }
  }

  // The order of keys says nothing.
  static bool same(const Node& a, const Node& b) {
    if (a.kind != b.kind || a.scalar != b.scalar || a.items.size() != b.items.size() ||
        a.entries.size() != b.entries.size())
      return false;
    for (std::size_t i = 0; i < a.items.size(); ++i) {
      if (!same(a.items[i], b.items[i])) return false;
    }
    return std::all_of(a.entries.begin(), a.entries.end(), [&](const Entry& entry) {
      return b.has(entry.first.scalar) && same(entry.second, b[entry.first.scalar]);
    });
  }

  Differences found_;
};

}  // namespace

Differences compare(const Rulebook& adopted, const Rulebook& offered) {
  return Comparer().run(adopted, offered);
}

}  // namespace zs::rulebook
