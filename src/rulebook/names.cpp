// How names resolve: paths over fields, rows, links and back; constants by the type of what they are compared with.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

constexpr std::array<std::string_view, 30> kReserved{
    "all",    "any",  "not",    "some",     "none",     "count",   "every",    "meets",   "where",   "when",
    "is",     "in",   "not_in", "at_least", "at_most",  "present", "absent",   "has",     "has_any", "all_in",
    "record", "self", "actor",  "act_day",  "deadline", "setting", "breached", "unproven", "distinct",
    "identifies"};

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t dot = text.find('.');
    parts.emplace_back(text.substr(0, dot));
    if (dot == std::string_view::npos) return parts;
    text.remove_prefix(dot + 1);
  }
}

template <class List>
void append_keys(std::vector<std::string>& names, const List& list) {
  for (const auto& item : list) names.push_back(item.key);
}

// Walks a path segment by segment; at each moment it stands on a record of a kind, on a row, or on a value.
class Walk {
 public:
  Walk(const NameScope& scope, const Node& node) : scope_(scope), node_(node) {
    result_.path.text = node.scalar;
    result_.path.place = node.place;
  }

  Resolved run() {
    std::vector<std::string> names = split(node_.scalar);
    std::size_t next = start(names);
    for (; good_ && next < names.size(); ++next) {
      const bool last = next + 1 == names.size();
      if (!on_rows_ && step_back(names, next)) continue;
      step_name(names[next], last);
    }
    finish();
    return std::move(result_);
  }

 private:
  // Inside `where:` a bare name is of the element and `record.x` is of the record.
  std::size_t start(const std::vector<std::string>& names) {
    kind_ = scope_.kind;
    if (!scope_.has_element()) return 0;
    if (names.front() == "record" && names.size() > 1) return 1;
    result_.path.from_element = true;
    on_rows_ = scope_.rows;
    kind_ = scope_.element;
    return 0;
  }

  // "penalty.delegation": the records of a kind whose link names this one.
  bool step_back(const std::vector<std::string>& names, std::size_t& next) {
    if (kind_ != nullptr && (kind_->find_field(names[next]) != nullptr || find_shared_field(names[next]) != nullptr))
      return false;
    const Kind* from = scope_.loading.find_kind(names[next]);
    if (from == nullptr || next + 1 >= names.size()) return false;
    const Field* link = from->find_field(names[next + 1]);
    if (link == nullptr || (link->type != Type::link && link->type != Type::links)) return false;
    result_.path.steps.push_back({Step::Kind::back, link->key, from->key});
    result_.path.beyond = true;
    result_.path.many = true;
    kind_ = from;
    field_ = nullptr;
    ends_on_records_ = true;
    ++next;
    return true;
  }

  void step_name(const std::string& name, bool last) {
    if (field_ != nullptr && field_->type == Type::party) return step_part(name);
    const Field* field = find(name);
    if (field == nullptr) return step_other(name);
    field_ = field;
    ends_on_records_ = false;
    if (field->type == Type::rows) return step_rows(*field);
    const bool links = field->type == Type::link || field->type == Type::links;
    if (links && !last) return step_follow(*field);
    result_.path.steps.push_back({Step::Kind::field, field->key, ""});
    if (on_rows_ == nullptr && kind_ != nullptr && kind_->find_field(name) == field)
      result_.path.steps.back().place = static_cast<std::size_t>(field - kind_->fields.data());
    if (field->type == Type::links) result_.path.many = true;
  }

  void step_rows(const Field& rows) {
    result_.path.steps.push_back({Step::Kind::rows, rows.key, ""});
    result_.path.many = true;
    on_rows_ = &rows;
  }

  void step_follow(const Field& link) {
    result_.path.steps.push_back({Step::Kind::follow, link.key, ""});
    result_.path.beyond = true;
    if (link.type == Type::links) result_.path.many = true;
    kind_ = link.to.size() == 1 ? scope_.loading.find_kind(link.to.front()) : nullptr;
    if (link.to.size() == 1 && kind_ == nullptr) good_ = false;  // the link itself is reported where it is declared
    on_rows_ = nullptr;
    field_ = nullptr;
  }

  void step_part(const std::string& name) {
    result_.path.steps.push_back({Step::Kind::part, name, ""});
    part_ = name;
  }

  // Numbers of a kind and its state may be read like fields.
  void step_other(const std::string& name) {
    if (on_rows_ == nullptr && kind_ != nullptr && (kind_->find_number(name) != nullptr || name == "state")) {
      result_.path.steps.push_back({Step::Kind::field, name, ""});
      field_ = nullptr;
      ends_on_records_ = false;
      return;
    }
    std::vector<std::string> names;
    if (on_rows_ != nullptr) {
      append_keys(names, on_rows_->columns);
      names.push_back("record");
    } else if (kind_ != nullptr) {
      append_keys(names, kind_->fields);
      append_keys(names, kind_->numbers);
    }
    append_keys(names, shared_fields());
    unknown_name(scope_.loading, node_.place, on_rows_ != nullptr ? "列" : "字段",
                 on_rows_ != nullptr ? "column" : "field", name, names);
    good_ = false;
  }

  const Field* find(const std::string& name) const {
    if (on_rows_ != nullptr) return on_rows_->find_column(name);
    if (kind_ != nullptr) {
      if (const Field* field = kind_->find_field(name)) return field;
    }
    return find_shared_field(name);
  }

  void finish() {
    result_.good = good_;
    result_.field = field_;
    if (!part_.empty()) {
      result_.path.type = part_ == "birth" ? Type::date : Type::text;
      result_.field = nullptr;
    } else if (field_ != nullptr) {
      result_.path.type = field_->type;
      if (field_->type == Type::link || field_->type == Type::links) {
        result_.to_any = field_->to.size() != 1;
        if (!result_.to_any) result_.kind = scope_.loading.find_kind(field_->to.front());
      }
    } else if (ends_on_records_) {
      result_.path.type = Type::links;
      result_.kind = kind_;
    }
    if (good_ && result_.path.beyond && !scope_.beyond) {
      scope_.loading.faults.add(
          node_.place, fmt::format("“{}”看到了事项之外；只有关口可以，这里用动作的 takes: 先取到本事项", node_.scalar),
          fmt::format("\"{}\" looks beyond the record: only gates may; copy it with an action's takes:", node_.scalar));
    }
  }

  const NameScope& scope_;
  const Node& node_;
  Resolved result_;
  const Kind* kind_ = nullptr;
  const Field* on_rows_ = nullptr;
  const Field* field_ = nullptr;
  std::string part_;
  bool ends_on_records_ = false;
  bool good_ = true;
};

void wrong_constant(const NameScope& scope, const Node& node, std::string_view zh, std::string_view en) {
  scope.loading.faults.add(node.place, fmt::format("“{}”不是{}", node.scalar, zh),
                           fmt::format("\"{}\" is not {}", node.scalar, en));
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

Kind* Loading::find_kind(std::string_view key) {
  for (Kind& kind : book.kinds) {
    if (kind.key == key) return &kind;
  }
  return nullptr;
}

Resolved resolve_path(const NameScope& scope, const Node& node) {
  if (!node.is_scalar() || node.scalar.empty()) {
    scope.loading.faults.add(node.place, "这里要写一个字段名", "a field's name is expected here");
    return {};
  }
  return Walk(scope, node).run();
}

Value typed_constant(const NameScope& scope, const Node& node, const Resolved& left) {
  const std::string& text = node.scalar;
  switch (left.path.type) {
    case Type::flag:
      if (text == "yes") return true;
      if (text == "no") return false;
      wrong_constant(scope, node, "yes 或者 no", "yes or no");
      return {};
    case Type::count:
    case Type::money:
      if (const auto number = parse_integer(text)) return left.path.type == Type::money ? *number * 100 : *number;
      wrong_constant(scope, node, "整数", "a whole number");
      return {};
    case Type::date:
      if (const auto day = parse_date(text)) return *day;
      wrong_constant(scope, node, "日期（2024-10-08）", "a date (2024-10-08)");
      return {};
    case Type::moment:
      if (const auto moment = parse_moment(text)) return *moment;
      wrong_constant(scope, node, "时刻（2024-10-08T15:30）", "a moment (2024-10-08T15:30)");
      return {};
    case Type::choice:
    case Type::choices:
      if (left.field != nullptr && left.field->find_option(text) == nullptr) {
        std::vector<std::string> names;
        append_keys(names, left.field->options);
        unknown_name(scope.loading, node.place, "选项", "option", text, names);
      }
      return text;
    default: return text;
  }
}

void expect_keys(Loading& loading, const Node& map, std::initializer_list<std::string_view> keys) {
  for (const auto& [key, value] : map.entries) {
    if (std::find(keys.begin(), keys.end(), key.scalar) != keys.end()) continue;
    std::vector<std::string> names;
    for (const std::string_view name : keys) names.emplace_back(name);
    unknown_name(loading, key.place, "键", "key", key.scalar, names);
  }
}

std::string scalar_of(Loading& loading, const Node& node, std::string_view what_zh, std::string_view what_en) {
  if (node.is_scalar()) return node.scalar;
  loading.faults.add(node.place, fmt::format("这里要写{}", what_zh), fmt::format("{} is expected here", what_en));
  return {};
}

std::string required(Loading& loading, const Node& map, std::string_view key) {
  const Node& node = map[key];
  if (!node || (node.is_scalar() && node.scalar.empty())) {
    loading.faults.add(map.place, fmt::format("缺“{}”", key), fmt::format("\"{}\" is missing", key));
    return {};
  }
  return scalar_of(loading, node, "一个词", "a word");
}

bool flag_of(Loading& loading, const Node& node) {
  if (!node) return false;
  if (node.is_scalar() && (node.scalar == "yes" || node.scalar == "no")) return node.scalar == "yes";
  loading.faults.add(node.place, "这里写 yes 或者 no", "write yes or no here");
  return false;
}

std::vector<std::string> words_of(Loading& loading, const Node& node) {
  std::vector<std::string> words;
  if (!node) return words;
  if (node.is_scalar()) return {node.scalar};
  if (!node.is_list()) {
    loading.faults.add(node.place, "这里要写一个词或者一列词", "a word or a list of words is expected here");
    return words;
  }
  for (const Node& item : node.items) {
    if (item.is_scalar()) {
      words.push_back(item.scalar);
    } else {
      loading.faults.add(item.place, "这里要写一个词", "a word is expected here");
    }
  }
  return words;
}

void unknown_name(Loading& loading, const Place& place, std::string_view sort_zh, std::string_view sort_en,
                  std::string_view name, const std::vector<std::string>& candidates) {
  const std::string near = nearest(name, candidates);
  loading.faults.add(
      place, fmt::format("没有“{}”这个{}{}", name, sort_zh, near.empty() ? "" : fmt::format("。是不是“{}”？", near)),
      fmt::format("there is no {} \"{}\"{}", sort_en, name,
                  near.empty() ? "" : fmt::format(". Did you mean \"{}\"?", near)));
}

bool reserved(std::string_view word) {
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

}  // namespace zs::rulebook
