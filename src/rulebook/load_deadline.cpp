// Deadlines and notices: YAML → rulebook/kind.h.
#include <fmt/format.h>

#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

std::optional<DateOf> optional_date(const NameScope& scope, const Node& node) {
  return node ? read_date(scope, node) : std::nullopt;
}

void read_rules(const NameScope& scope, Deadline& deadline, const Node& node) {
  const auto one = [&](const Node& item) {
    RuleChoice choice;
    if (item.is_map()) {
      expect_keys(scope.loading, item, {"when", "rule"});
      choice.when = read_when(scope, item);
      choice.rule = read_rule_ref(scope.loading, item["rule"]);
    } else {
      choice.rule = read_rule_ref(scope.loading, item);
    }
    deadline.rules.push_back(std::move(choice));
  };
  if (node.is_list()) {
    for (const Node& item : node.items) one(item);
  } else if (node) {
    one(node);
  } else {
    scope.loading.faults.add(deadline.place, "期限没有写规则（rule:）", "the deadline names no rule:");
  }
}

void read_restarts(const NameScope& scope, Deadline& deadline, const Node& node) {
  if (!node) return;
  deadline.restarts = read_date(scope, node);
  if (deadline.restarts) {
    // `restarts: {when, field}`: the condition belongs to the restart, and pauses are cut there.
    deadline.restarts_when = deadline.restarts->when;
  }
}

void read_extension(const NameScope& scope, Deadline& deadline, const Node& node) {
  if (!node) return;
  expect_keys(scope.loading, node, {"rule", "adds", "at"});
  deadline.extension = read_rule_ref(scope.loading, node["rule"]);
  deadline.extension_adds = required(scope.loading, node, "adds");
  if (scope.kind->find_field(deadline.extension_adds) == nullptr) {
    std::vector<std::string> names;
    for (const Field& field : scope.kind->fields) names.push_back(field.key);
    unknown_name(scope.loading, node["adds"].place, "字段", "field", deadline.extension_adds, names);
  }
  deadline.extension_at = optional_date(scope, node["at"]);
}

}  // namespace

std::optional<Bearer> parse_bearer(std::string_view text) {
  if (text == "office") return Bearer::office;
  if (text == "party") return Bearer::party;
  if (text == "court") return Bearer::court;
  if (text == "superior") return Bearer::superior;
  if (text == "other") return Bearer::other;
  return std::nullopt;
}

std::vector<Notice> read_notices(Loading& loading, const Node& node) {
  std::vector<Notice> notices;
  for (const Node& item : node.items) {
    expect_keys(loading, item, {"before", "when", "to", "then"});
    Notice notice;
    if (item.has("before")) {
      notice.before = parse_period(item["before"].scalar);
      if (!notice.before) loading.faults.add(item["before"].place, "提前多久要写期间", "before takes a period");
    }
    notice.when_overdue = item["when"].scalar == "overdue";
    notice.to = words_of(loading, item["to"]);
    if (item.has("then")) {
      notice.then_after = parse_period(item["then"]["after"].scalar);
      notice.then_to = words_of(loading, item["then"]["to"]);
    }
    notices.push_back(std::move(notice));
  }
  return notices;
}

void load_deadlines(const NameScope& outer, Kind& kind, const Node& root) {
  for (const auto& [key, value] : root.entries) {
    expect_keys(outer.loading, value,
                {"label", "rule", "each", "starts", "restarts", "stops", "drops", "ends", "ahead_of", "version_on",
                 "when", "pauses", "extends", "bears", "right", "notices"});
    Deadline deadline;
    deadline.key = key.scalar;
    deadline.place = key.place;
    deadline.label = required(outer.loading, value, "label");
    deadline.each = value["each"].scalar;
    const NameScope scope = deadline.each.empty() ? outer : row_scope(outer, value["each"], deadline.each);
    read_rules(scope, deadline, value["rule"]);
    deadline.starts = optional_date(scope, value["starts"]);
    deadline.stops = optional_date(scope, value["stops"]);
    deadline.drops = optional_date(scope, value["drops"]);
    deadline.ends = optional_date(scope, value["ends"]);
    deadline.ahead_of = optional_date(scope, value["ahead_of"]);
    deadline.version_on = optional_date(scope, value["version_on"]);
    deadline.when = read_when(scope, value);
    read_restarts(scope, deadline, value["restarts"]);
    deadline.pauses = read_pauses(scope, value["pauses"]);
    read_extension(scope, deadline, value["extends"]);
    if (const auto bearer = parse_bearer(required(outer.loading, value, "bears"))) {
      deadline.bears = *bearer;
    } else if (value.has("bears")) {
      unknown_name(outer.loading, value["bears"].place, "义务人", "bearer", value["bears"].scalar,
                   {"office", "party", "court", "superior", "other"});
    }
    deadline.right = flag_of(outer.loading, value["right"]);
    deadline.notices = read_notices(outer.loading, value["notices"]);
    kind.deadlines.push_back(std::move(deadline));
  }
}

}  // namespace zs::rulebook
