#include "ledger/entry_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zs::ledger {
namespace {

using nlohmann::json;

// A header is an object with lists of objects with lists.
constexpr int kNestingMax = 4;

// Writes an object key by key, in the order in which they are given: sorted. What is empty is left out.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_.push_back('{'); }
  void end() { out_.push_back('}'); }

  void number(std::string_view key, std::int64_t value) {
    begin(key);
    const fmt::format_int digits(value);
    out_.append(digits.data(), digits.size());
  }
  void number_if_any(std::string_view key, std::int64_t value) {
    if (value != 0) number(key, value);
  }
  void text(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    begin(key);
    append_json_text(out_, value);
  }
  template <class List, class Append>
  void list(std::string_view key, const List& items, Append append) {
    if (items.empty()) return;
    begin(key);
    append_list(items, append);
  }
  template <class List, class Append>
  void append_list(const List& items, Append append) {
    char before = '[';
    for (const auto& item : items) {
      out_.push_back(before);
      append(item);
      before = ',';
    }
    if (before == '[') out_.push_back('[');
    out_.push_back(']');
  }
  void begin(std::string_view key) {
    if (!first_) out_.push_back(',');
    first_ = false;
    out_.push_back('"');
    out_.append(key).append("\":");
  }

 private:
  std::string& out_;
  bool first_ = true;
};

void append_marks(ObjectWriter& object, std::string& out, std::string_view key, const std::vector<rules::Mark>& marks) {
  object.list(key, marks, [&](const rules::Mark& mark) {
    out += R"({"gate":)";
    append_json_text(out, mark.gate);
    out += R"(,"rules":)";
    object.append_list(mark.rules, [&](const std::string& rule) { append_json_text(out, rule); });
    if (mark.unknown) out += R"(,"unknown":true)";
    out.push_back('}');
  });
}

void append_numbers(ObjectWriter& object, std::string& out, const std::map<std::string, std::string>& numbers) {
  if (numbers.empty()) return;
  object.begin("numbers");
  char before = '{';
  for (const auto& [name, number] : numbers) {
    out.push_back(before);
    append_json_text(out, name);
    out.push_back(':');
    append_json_text(out, number);
    before = ',';
  }
  out.push_back('}');
}

Error bad_header(std::string_view zh, std::string_view en) {
  return corrupt(
      fmt::format("存证条目的头部已损坏：{}；请运行 verify，并从备份恢复。", zh),
      fmt::format("the header of a journal entry is damaged: {}; run verify, and restore from a backup", en));
}

// What is not there, or of another type, reads as empty: the comparison with header_text() then fails.
std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

const json& list_at(const json& object, const char* key) {
  static const json kNone = json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : kNone;
}

std::vector<rules::Mark> marks_at(const json& object, const char* key) {
  std::vector<rules::Mark> marks;
  for (const json& item : list_at(object, key)) {
    if (!item.is_object()) continue;
    rules::Mark mark{text_at(item, "gate"), {}, item.value("unknown", json()) == true};
    for (const json& rule : list_at(item, "rules")) {
      if (rule.is_string()) mark.rules.push_back(rule.get<std::string>());
    }
    marks.push_back(std::move(mark));
  }
  return marks;
}

constexpr std::string_view kValuesKey = R"(,"values":[)";
constexpr std::size_t kDigestHexBytes = 64;

// The list of digests is most of a header. It is read by position; the rest goes through the JSON parser. Nothing else
// in a header can look like its key: inside a text each quote has a backslash before it.
struct Split {
  std::vector<SealedValue> values;
  std::string rest;
};

Result<Split> split_values(std::string_view text) {
  Split split;
  const std::size_t key = text.find(kValuesKey);
  if (key == std::string_view::npos) {
    split.rest = text;
    return split;
  }
  std::size_t at = key + kValuesKey.size();
  while (at < text.size() && text[at] != ']') {
    if (text[at] == ',') ++at;
    const std::size_t path_end = text.substr(at, 2) == "[\"" ? text.find('"', at + 2) : std::string_view::npos;
    const bool has_digest = path_end != std::string_view::npos && text.substr(path_end, 3) == "\",\"" &&
                            path_end + 3 + kDigestHexBytes + 2 <= text.size() &&
                            text.substr(path_end + 3 + kDigestHexBytes, 2) == "\"]";
    const auto digest = has_digest ? digest_of_hex(text.substr(path_end + 3, kDigestHexBytes)) : std::nullopt;
    const std::string_view path = digest ? text.substr(at + 2, path_end - at - 2) : std::string_view();
    if (!digest || !is_path(path))
      return bad_header("values 里有一项不是 [路径, 摘要]", "an item of values is not [path, digest]");
    if (!split.values.empty() && split.values.back().path >= path)
      return bad_header("values 没有按路径排序", "values are not in order of path");
    split.values.push_back({std::string(path), std::nullopt, "", *digest});
    at = path_end + 3 + kDigestHexBytes + 2;
  }
  if (at >= text.size()) return bad_header("values 没有结束", "values have no end");
  split.rest = std::string(text.substr(0, key)) + std::string(text.substr(at + 1));
  return split;
}

}  // namespace

std::string header_text(const EntryMeta& meta, const rules::EntryFacts& facts, const std::vector<SealedValue>& values) {
  constexpr std::size_t kOtherKeysBytes = 640;
  constexpr std::size_t kValueBytes = 100;
  std::string out;
  out.reserve(kOtherKeysBytes + values.size() * kValueBytes);
  ObjectWriter object(out);
  object.text("action", facts.action);
  object.text("actor", facts.actor);
  object.number("at", meta.at.utc_ms);
  append_marks(object, out, "breaches", facts.breaches);
  object.text("calendar", meta.calendar);
  object.text("decider", facts.decider);
  object.text("kind", facts.kind);
  object.number("n", meta.n.number);
  append_marks(object, out, "notes", facts.notes);
  append_numbers(object, out, facts.numbers);
  object.text("on", facts.on.text());
  object.number_if_any("record", facts.record.number);
  object.text("role", facts.role);
  object.text("rulebook", meta.rulebook);
  object.text("state", facts.state);
  object.number("town", meta.town.number);
  object.text("type", facts.type);
  object.number("v", kEntryVersion);
  object.list("values", values, [&](const SealedValue& value) {
    out.append("[\"").append(value.path).append("\",\"");
    append_hex(out, bytes(value.digest));
    out += "\"]";
  });
  object.number_if_any("version", facts.version);
  append_marks(object, out, "warned", facts.warned);
  object.text("way", facts.way);
  object.end();
  return out;
}

Result<Header> parse_header(std::string_view text) {
  if (text.size() > kHeaderBytesMax) return bad_header("过大", "it is too large");
  ZS_TRY(Split split, split_values(text));
  if (!is_shallow(split.rest)) return bad_header("嵌套过深", "it is too deep");
  const json object = json::parse(split.rest, nullptr, false);
  if (!object.is_object()) return bad_header("不是 JSON 对象", "it is no JSON object");
  Header header;
  header.meta = {{number_at(object, "town")},
                 {number_at(object, "n")},
                 {number_at(object, "at")},
                 text_at(object, "rulebook"),
                 text_at(object, "calendar")};
  rules::EntryFacts& facts = header.facts;
  facts.type = text_at(object, "type");
  facts.way = text_at(object, "way");
  facts.actor = text_at(object, "actor");
  facts.decider = text_at(object, "decider");
  facts.role = text_at(object, "role");
  facts.on = parse_date(text_at(object, "on")).value_or(Date());
  facts.kind = text_at(object, "kind");
  facts.record = {number_at(object, "record")};
  facts.version = number_at(object, "version");
  facts.action = text_at(object, "action");
  facts.state = text_at(object, "state");
  facts.warned = marks_at(object, "warned");
  facts.notes = marks_at(object, "notes");
  facts.breaches = marks_at(object, "breaches");
  if (const auto numbers = object.find("numbers"); numbers != object.end() && numbers->is_object()) {
    for (const auto& [name, number] : numbers->items()) {
      if (number.is_string()) facts.numbers.emplace(name, number.get<std::string>());
    }
  }
  header.values = std::move(split.values);
  if (header_text(header.meta, facts, header.values) != text) {
    return bad_header("不是本版本的规范写法", "it is not written as this version of the format writes it");
  }
  return header;
}

bool is_path(std::string_view path) {
  return !path.empty() && path.size() <= kPathBytesMax && std::none_of(path.begin(), path.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  });
}

bool is_shallow(std::string_view text) {
  int depth = 0;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inside && c == '\\') {
      ++i;
    } else if (c == '"') {
      inside = !inside;
    } else if (!inside && (c == '[' || c == '{')) {
      if (++depth > kNestingMax) return false;
    } else if (!inside && (c == ']' || c == '}')) {
      --depth;
    }
  }
  return true;
}

void append_hex(std::string& out, std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  const std::size_t begin = out.size();
  out.resize(begin + 2 * bytes.size());
  char* to = out.data() + begin;
  for (const char c : bytes) {
    *to++ = kDigits[static_cast<unsigned char>(c) >> 4];
    *to++ = kDigits[static_cast<unsigned char>(c) & 15];
  }
}

}  // namespace zs::ledger
