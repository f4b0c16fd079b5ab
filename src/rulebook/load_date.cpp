// Dates of a record: YAML → DateOf (rulebook/condition.h).
#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

std::optional<DateOf> read_date_list(const NameScope& scope, const Node& value, DateOf date, DateOf::Kind kind) {
  date.kind = kind;
  if (value.is_list()) {
    for (const Node& item : value.items) {
      if (auto part = read_date(scope, item)) date.parts.push_back(std::move(*part));
    }
  } else if (auto part = read_date(scope, value)) {
    date.parts.push_back(std::move(*part));
  }
  return date;
}

}  // namespace

std::optional<DateOf> read_date(const NameScope& scope, const Node& node) {
  DateOf date;
  date.place = node.place;
  if (node.is_scalar()) {
    date.path = resolve_path(scope, node).path;
    return date;
  }
  if (!node.is_map() || node.entries.empty()) {
    scope.loading.faults.add(node.place, "这里要写一个日期：字段名，或者 first、earliest、latest、deadline",
                             "a date is expected: a field, or first, earliest, latest, deadline");
    return std::nullopt;
  }
  date.when = read_when(scope, node);
  if (node.has("first")) return read_date_list(scope, node["first"], std::move(date), DateOf::Kind::first);
  if (node.has("earliest")) return read_date_list(scope, node["earliest"], std::move(date), DateOf::Kind::earliest);
  if (node.has("latest")) return read_date_list(scope, node["latest"], std::move(date), DateOf::Kind::latest);
  if (node.has("deadline")) {
    date.kind = DateOf::Kind::due;
    date.deadline = node["deadline"].scalar;
    return date;
  }
  if (node.has("field")) {
    date.path = resolve_path(scope, node["field"]).path;
    return date;
  }
  scope.loading.faults.add(node.place, "日期里没有字段", "no field in this date");
  return std::nullopt;
}

}  // namespace zs::rulebook
