// Actions: YAML → rulebook/kind.h.
#include <fmt/format.h>

#include "rulebook/field_value.h"
#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

std::vector<Asked> read_asked(const NameScope& scope, const Node& node) {
  std::vector<Asked> asked;
  if (node.is_scalar()) return {{node.scalar, nullptr, node.place}};
  for (const Node& item : node.items) {
    Asked entry;
    entry.place = item.place;
    if (item.is_scalar()) {
      entry.field = item.scalar;
    } else {
      expect_keys(scope.loading, item, {"field", "when"});
      entry.field = required(scope.loading, item, "field");
      entry.when = read_when(scope, item);
    }
    asked.push_back(std::move(entry));
  }
  return asked;
}

std::vector<Setting> read_settings(const NameScope& values, const Kind* target, const Node& node) {
  std::vector<Setting> settings;
  for (const auto& [key, value] : node.entries) {
    Setting setting;
    setting.field = key.scalar;
    Resolved left;
    const Field* field = target == nullptr ? nullptr : target->find_field(key.scalar);
    if (field == nullptr) field = find_shared_field(key.scalar);
    const bool number = target != nullptr && target->find_number(key.scalar) != nullptr;
    if (field == nullptr && !number) {
      std::vector<std::string> names;
      if (target != nullptr) {
        for (const Field& candidate : target->fields) names.push_back(candidate.key);
      }
      unknown_name(values.loading, key.place, "字段", "field", key.scalar, names);
      continue;
    }
    if (field != nullptr) left.path.type = field->type;
    left.field = field;
    setting.value = read_operand(values, value, left);
    settings.push_back(std::move(setting));
  }
  return settings;
}

void read_decides(const NameScope& scope, Action& action, const Node& node) {
  if (!node) return;
  if (node.is_map() && node.has("path")) {
    action.decided_by_path = resolve_path(scope, node["path"]).path;
    return;
  }
  if (node.is_scalar()) {
    const auto bearer = parse_bearer(node.scalar);
    if (bearer && *bearer != Bearer::office) {
      action.act_of = *bearer;
      return;
    }
  }
  const auto add = [&](const Node& item) {
    if (item.is_map()) {
      action.decides.push_back({required(scope.loading, item, "post"), read_when(scope, item)});
    } else {
      action.decides.push_back({item.scalar, nullptr});
    }
  };
  if (node.is_list()) {
    for (const Node& item : node.items) add(item);
  } else {
    add(node);
  }
}

void read_opens(const NameScope& scope, Action& action, const Node& node) {
  const auto one = [&](const Node& item) {
    expect_keys(scope.loading, item, {"kind", "as", "when", "with"});
    Opens opens;
    opens.place = item.place;
    opens.kind = required(scope.loading, item, "kind");
    opens.as = item["as"].scalar;
    opens.when = read_when(scope, item);
    const Kind* target = scope.loading.find_kind(opens.kind);
    if (target == nullptr) {
      std::vector<std::string> names;
      for (const Kind& kind : scope.loading.book.kinds) names.push_back(kind.key);
      unknown_name(scope.loading, item["kind"].place, "台账", "kind", opens.kind, names);
      return;
    }
    opens.with = read_settings(scope, target, item["with"]);
    action.opens.push_back(std::move(opens));
  };
  if (node.is_list()) {
    for (const Node& item : node.items) one(item);
  } else if (node) {
    one(node);
  }
}

void read_issues(const NameScope& scope, const Kind& kind, Action& action, const Node& node) {
  const auto one = [&](const Node& item) {
    expect_keys(scope.loading, item, {"form", "number", "in_name_of", "when"});
    Issues issues;
    issues.place = item.place;
    issues.form = required(scope.loading, item, "form");
    issues.number = item["number"].scalar;
    issues.when = read_when(scope, item);
    if (!issues.number.empty() && kind.find_number(issues.number) == nullptr) {
      std::vector<std::string> names;
      for (const NumberSeries& series : kind.numbers) names.push_back(series.key);
      unknown_name(scope.loading, item["number"].place, "编号", "number", issues.number, names);
    }
    if (item.has("in_name_of")) issues.in_name_of = read_operand(scope, item["in_name_of"], {});
    action.issues.push_back(std::move(issues));
  };
  if (node.is_list()) {
    for (const Node& item : node.items) one(item);
  } else if (node) {
    one(node);
  }
}

// `requires:` names gates, or has one written in place.
void read_requires(const NameScope& scope, Kind& kind, Action& action, const Node& node) {
  if (!node) return;
  if (node.is_scalar()) {
    action.requires_gates.push_back(node.scalar);
    return;
  }
  for (const Node& item : node.items) {
    if (item.is_scalar()) {
      action.requires_gates.push_back(item.scalar);
      continue;
    }
    Node named;
    named.kind = Node::Kind::map;
    Node key = item;
    key.kind = Node::Kind::scalar;
    key.entries.clear();
    key.scalar = fmt::format("{}#{}", action.key, action.requires_gates.size() + 1);
    action.requires_gates.push_back(key.scalar);
    named.entries.push_back({key, item});
    load_gates(scope, kind, named);
  }
}

void read_rows_touched(const NameScope& scope, Action& action, const Node& node) {
  action.adds = words_of(scope.loading, node["adds"]);
  for (const auto& [key, value] : node["edits"].entries) {
    action.edits.emplace_back(key.scalar, words_of(scope.loading, value));
  }
}

// takes: {findings: {findings_of: case}}: rows with these columns, filled by what the linked record did not meet.
void read_findings(const NameScope& scope, const Kind& kind, Action& action, const Node& rows, const Node& of) {
  const Field* field = kind.find_field(rows.scalar);
  for (const auto& [column, type] : {std::pair{"sort", Type::choice}, std::pair{"what", Type::text},
                                     std::pair{"law", Type::text}, std::pair{"day", Type::date}}) {
    const Field* found = field == nullptr ? nullptr : field->find_column(column);
    if (found != nullptr && (found->type == type || (type == Type::text && is_text(found->type)))) continue;
    scope.loading.faults.add(
        rows.place, fmt::format("“{}”要是有 sort（选择）、what、law（文字）、day（日期）各列的明细", rows.scalar),
        fmt::format("\"{}\" must be rows with the columns sort, what, law and day", rows.scalar));
    return;
  }
  for (const std::string_view sort : {"breach", "warned", "late", "overdue", "missing", "unasked"}) {
    if (field->find_column("sort")->find_option(sort) != nullptr) continue;
    scope.loading.faults.add(rows.place, fmt::format("“{}”的 sort 缺选项“{}”", rows.scalar, sort),
                             fmt::format("the sort of \"{}\" lacks the option \"{}\"", rows.scalar, sort));
  }
  const Resolved link = resolve_path(scope, of);
  if (link.good && link.path.type != Type::link)
    scope.loading.faults.add(of.place, "findings_of 后面写一个关联", "findings_of takes a link");
  action.finds.emplace_back(rows.scalar, link.path);
}

}  // namespace

void load_actions(const NameScope& scope, Kind& kind, const Node& root) {
  for (const auto& [key, value] : root.entries) {
    expect_keys(scope.loading, value,
                {"label", "from", "to", "by", "decides", "signed_paper", "needs", "asks", "adds", "edits", "clears",
                 "sets", "takes", "opens", "requires", "issues", "retired"});
    Action action;
    action.key = key.scalar;
    action.place = key.place;
    action.label = required(scope.loading, value, "label");
    if (value["from"].is_scalar() && value["from"].scalar == "any") {
      action.from_any = true;
    } else {
      action.from = words_of(scope.loading, value["from"]);
    }
    action.to = value["to"].scalar;
    action.by = words_of(scope.loading, value["by"]);
    read_decides(scope, action, value["decides"]);
    action.signed_paper = value["signed_paper"].scalar == "required";
    action.needs = read_asked(scope, value["needs"]);
    action.asks = read_asked(scope, value["asks"]);
    read_rows_touched(scope, action, value);
    action.clears = words_of(scope.loading, value["clears"]);
    NameScope wide = scope;
    wide.beyond = true;
    action.sets = read_settings(wide, &kind, value["sets"]);
    for (const auto& [field, path] : value["takes"].entries) {
      if (path.has("findings_of"))
        read_findings(wide, kind, action, field, path["findings_of"]);
      else
        action.takes.emplace_back(field.scalar, resolve_path(wide, path).path);
    }
    read_opens(wide, action, value["opens"]);
    read_requires(scope, kind, action, value["requires"]);
    read_issues(scope, kind, action, value["issues"]);
    action.retired = flag_of(scope.loading, value["retired"]);
    kind.actions.push_back(std::move(action));
  }
}

}  // namespace zs::rulebook
