// Fields, columns, options, computed fields and pauses: YAML → rulebook/kind.h.
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "rulebook/field_value.h"
#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

constexpr std::array<std::string_view, 18> kTypes{"text",   "note",  "choice", "choices", "flag",  "date",
                                                  "moment", "count", "money",  "party",   "staff", "org",
                                                  "place",  "link",  "links",  "files",   "rows",  ""};
constexpr std::array<std::string_view, 5> kGuards{"open", "internal", "personal", "sensitive", "secret"};

Type read_type(Loading& loading, const Node& map) {
  const std::string word = required(loading, map, "type");
  for (std::size_t i = 0; i + 1 < kTypes.size(); ++i) {
    if (kTypes[i] == word) return static_cast<Type>(i);
  }
  if (!word.empty()) {
    unknown_name(loading, map["type"].place, "类型", "type", word, {kTypes.begin(), kTypes.end() - 1});
  }
  return Type::text;
}

Guard read_guard(Loading& loading, const Node& node, Type type) {
  if (!node) {
    const bool personal = type == Type::party || type == Type::note || type == Type::files;
    return personal ? Guard::personal : Guard::internal;
  }
  for (std::size_t i = 0; i < kGuards.size(); ++i) {
    if (kGuards[i] == node.scalar) return static_cast<Guard>(i);
  }
  unknown_name(loading, node.place, "密级", "guard", node.scalar, {kGuards.begin(), kGuards.end()});
  return Guard::internal;
}

std::vector<Option> read_options(Loading& loading, const Node& node) {
  std::vector<Option> options;
  if (node.has("list") && node.entries.size() == 1) {
    const auto found = loading.book.lists.find(node["list"].scalar);
    if (found != loading.book.lists.end()) return found->second;
    std::vector<std::string> names;
    for (const auto& [key, list] : loading.book.lists) names.push_back(key);
    unknown_name(loading, node["list"].place, "选项表", "list", node["list"].scalar, names);
    return options;
  }
  for (const auto& [key, value] : node.entries) {
    Option option;
    option.key = key.scalar;
    option.label = value.is_map() ? value["label"].scalar : value.scalar;
    option.retired = value.is_map() && flag_of(loading, value["retired"]);
    if (reserved(option.key)) {
      loading.faults.add(key.place, fmt::format("“{}”是规则书的保留词，换一个选项名", option.key),
                         fmt::format("\"{}\" is a reserved word: choose another option key", option.key));
    }
    if (option.label.empty()) loading.faults.add(value.place, "选项没有名称", "the option has no label");
    options.push_back(std::move(option));
  }
  return options;
}

// How many characters a text may have.
std::size_t read_bound(Loading& loading, const Node& node, Type type) {
  if (!node) return 0;
  std::size_t bound = 0;
  const std::string& text = node.scalar;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bound);
  if (error != std::errc() || end != text.data() + text.size() || bound == 0 || bound > kTextBytesMax)
    loading.faults.add(node.place, "at_most 写最多多少字（如 150）", "at_most is a number of characters (150)");
  if (type != Type::text && type != Type::note)
    loading.faults.add(node.place, "at_most 只用在 text、note 上", "at_most is for text and note");
  return bound;
}

Field read_field(Loading& loading, const Node& key, const Node& node, bool column);

void read_columns(Loading& loading, Field& field, const Node& node) {
  for (const auto& [key, value] : node["columns"].entries) {
    field.columns.push_back(read_field(loading, key, value, true));
  }
  if (field.columns.empty()) {
    loading.faults.add(node.place, "明细没有写列（columns:）", "the rows have no columns:");
  }
}

Field read_field(Loading& loading, const Node& key, const Node& node, bool column) {
  Field field;
  field.key = key.scalar;
  field.place = key.place;
  if (!node.is_map()) {
    loading.faults.add(key.place, "字段写成 {label: …, type: …}", "a field is written {label: …, type: …}");
    return field;
  }
  expect_keys(loading, node,
              {"label", "type", "guard", "options", "to", "owner", "asks", "columns", "computed", "retired", "at_most"});
  if (reserved(field.key)) {
    loading.faults.add(key.place, fmt::format("“{}”是规则书的保留词，换一个字段名", field.key),
                       fmt::format("\"{}\" is a reserved word: choose another field key", field.key));
  }
  field.label = required(loading, node, "label");
  field.type = read_type(loading, node);
  field.guard = read_guard(loading, node["guard"], field.type);
  if (node.has("options")) field.options = read_options(loading, node["options"]);
  if ((field.type == Type::choice || field.type == Type::choices) && field.options.empty()) {
    loading.faults.add(node.place, "选择字段没有选项（options:）", "a choice has no options:");
  }
  field.to = words_of(loading, node["to"]);
  if (field.to.size() == 1 && field.to.front() == "any") field.to.clear();
  field.owner = flag_of(loading, node["owner"]);
  field.asks = words_of(loading, node["asks"]);
  field.retired = flag_of(loading, node["retired"]);
  field.at_most = read_bound(loading, node["at_most"], field.type);
  if (field.type == Type::rows) {
    if (column) {
      loading.faults.add(key.place, "明细里不能再有明细；有自己步骤的另立一个台账",
                         "rows inside rows: make it a kind of its own");
    } else {
      read_columns(loading, field, node);
    }
  }
  return field;
}

}  // namespace

void load_lists(Loading& loading, const Node& root) {
  for (const auto& [key, value] : root.entries) loading.book.lists[key.scalar] = read_options(loading, value);
}

void load_kind_fields(Loading& loading, Kind& kind, const Node& root) {
  for (const auto& [key, value] : root["fields"].entries) {
    if (kind.find_field(key.scalar) != nullptr || find_shared_field(key.scalar) != nullptr) {
      loading.faults.add(key.place, fmt::format("字段“{}”写了两次", key.scalar),
                         fmt::format("the field \"{}\" stands twice", key.scalar));
      continue;
    }
    kind.fields.push_back(read_field(loading, key, value, false));
  }
}

NameScope row_scope(const NameScope& scope, const Node& place, const std::string& rows) {
  NameScope inner = scope;
  const Field* field = scope.kind == nullptr ? nullptr : scope.kind->find_field(rows);
  if (field == nullptr || field->type != Type::rows) {
    scope.loading.faults.add(place.place, fmt::format("“{}”不是本台账的明细", rows),
                             fmt::format("\"{}\" is no rows field of this kind", rows));
    return inner;
  }
  inner.rows = field;
  inner.element = nullptr;
  return inner;
}

std::vector<Pause> read_pauses(const NameScope& scope, const Node& node) {
  std::vector<Pause> pauses;
  for (const Node& item : node.items) {
    expect_keys(scope.loading, item, {"each", "from", "until", "when"});
    Pause pause;
    pause.each = item["each"].scalar;
    const NameScope inner = pause.each.empty() ? scope : row_scope(scope, item["each"], pause.each);
    if (auto from = read_date(inner, item["from"])) pause.from = std::move(*from);
    if (auto until = read_date(inner, item["until"])) pause.until = std::move(*until);
    pause.when = read_when(inner, item);
    pauses.push_back(std::move(pause));
  }
  return pauses;
}

std::shared_ptr<Computed> read_computed(const NameScope& scope, const Field&, const Node& node) {
  auto computed = std::make_shared<Computed>();
  computed->place = node.place;
  expect_keys(scope.loading, node,
              {"holds", "first", "earliest", "latest", "count", "sum", "end_of", "accrues", "where", "from"});
  if (node.has("holds")) {
    computed->holds = read_condition(scope, node["holds"]);
    return computed;
  }
  if (node.has("count") || node.has("sum")) {
    computed->kind = node.has("count") ? Computed::Kind::count : Computed::Kind::sum;
    const Node& over = node.has("count") ? node["count"] : node["sum"];
    computed->path = resolve_path(scope, over).path;
    const std::string rows = over.scalar.substr(0, over.scalar.find('.'));
    if (node.has("where")) computed->where = read_condition(row_scope(scope, over, rows), node["where"]);
    return computed;
  }
  if (node.has("end_of")) {
    computed->kind = Computed::Kind::end_of;
    computed->rule = read_rule_ref(scope.loading, node["end_of"]);
    if (auto from = read_date(scope, node["from"])) computed->date = std::move(*from);
    return computed;
  }
  if (node.has("accrues")) {
    const Node& map = node["accrues"];
    expect_keys(scope.loading, map, {"of", "rate", "cap", "from", "until", "pauses"});
    computed->kind = Computed::Kind::accrues;
    computed->of = resolve_path(scope, map["of"]).path;
    computed->rule = read_rule_ref(scope.loading, map["rate"]["rule"]);
    computed->cap = read_rule_ref(scope.loading, map["cap"]["rule"]);
    if (auto from = read_date(scope, map["from"])) computed->from = std::move(*from);
    if (auto until = read_date(scope, map["until"])) computed->until = std::move(*until);
    computed->pauses = read_pauses(scope, map["pauses"]);
    return computed;
  }
  computed->kind = Computed::Kind::date;
  if (auto date = read_date(scope, node)) {
    computed->date = std::move(*date);
    if (node.has("where")) {
      const Node& over = node.has("earliest") ? node["earliest"] : node["latest"];
      computed->date.where =
          read_condition(row_scope(scope, over, over.scalar.substr(0, over.scalar.find('.'))), node["where"]);
    }
  }
  return computed;
}

}  // namespace zs::rulebook
