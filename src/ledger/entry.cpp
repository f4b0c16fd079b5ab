#include "ledger/entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "ledger/entry_header.h"
#include "ledger/merkle.h"
#include "rulebook/field_value.h"

namespace zs::ledger {
namespace {

using nlohmann::json;

constexpr std::string_view kValuePrefix{"\x02", 1};
constexpr std::string_view kPathEnd{"\x00", 1};
constexpr std::size_t kSaltHexBytes = 2 * std::tuple_size_v<Salt>;
constexpr std::size_t kDigestHexBytes = 2 * std::tuple_size_v<Digest>;

Error bad_value(std::int64_t n, std::string_view path, std::string_view zh, std::string_view en) {
  return corrupt(
      fmt::format("存证条目 {} 的“{}”已损坏：{}；请运行 verify，并从备份恢复。", n, path, zh),
      fmt::format("\"{}\" of journal entry {} is damaged: {}; run verify, and restore from a backup", path, n, en));
}

Error bad_line(std::size_t line, std::string_view zh, std::string_view en) {
  return corrupt(
      fmt::format("存证条目的值第 {} 行已损坏：{}；请运行 verify，并从备份恢复。", line, zh),
      fmt::format("line {} of the values of a journal entry is damaged: {}; run verify, and restore from a backup",
                  line, en));
}

// The values at hand must be those that the header lists.
Result<> compare(const Header& header, const std::vector<SealedValue>& values) {
  const std::int64_t n = header.meta.n.number;
  for (std::size_t i = 0; i < std::max(values.size(), header.values.size()); ++i) {
    if (i >= values.size()) return bad_value(n, header.values[i].path, "值缺失", "the value is missing");
    if (i >= header.values.size()) return bad_value(n, values[i].path, "头部没有列出", "the header does not list it");
    if (header.values[i].path != values[i].path) {
      return bad_value(n, values[i].path, fmt::format("头部在此处列出的是“{}”", header.values[i].path),
                       fmt::format("the header lists \"{}\" in its place", header.values[i].path));
    }
    if (header.values[i].digest != values[i].digest) {
      return bad_value(n, values[i].path, "值与头部的摘要不符",
                       "the value does not have the digest that the header lists");
    }
  }
  return {};
}

// Takes `expected` off the front.
bool take(std::string_view& rest, std::string_view expected) {
  if (!rest.starts_with(expected)) return false;
  rest.remove_prefix(expected.size());
  return true;
}

std::string_view take_bytes(std::string_view& rest, std::size_t count) {
  const std::string_view taken = rest.substr(0, count);
  rest.remove_prefix(taken.size());
  return taken;
}

// One line of a body, without its line end.
// Without an algorithm no digest is worked out.
std::optional<SealedValue> parse_line(std::optional<Algorithm> algorithm, std::string_view rest) {
  if (!take(rest, "[\"")) return std::nullopt;
  SealedValue value;
  value.path = take_bytes(rest, rest.find('"'));
  if (!is_path(value.path) || !take(rest, "\",")) return std::nullopt;
  if (take(rest, "null,\"")) {
    const auto digest = digest_of_hex(take_bytes(rest, kDigestHexBytes));
    if (!digest || rest != "\"]") return std::nullopt;
    value.digest = *digest;
    return value;
  }
  if (!take(rest, "\"")) return std::nullopt;
  const auto salt = parse_hex(take_bytes(rest, kSaltHexBytes));
  if (!salt || salt->size() != std::tuple_size_v<Salt> || !take(rest, "\",")) return std::nullopt;
  if (rest.size() < 2 || rest.back() != ']') return std::nullopt;
  value.json = rest.substr(0, rest.size() - 1);
  std::copy(salt->begin(), salt->end(), value.salt.emplace().begin());
  if (algorithm) value.digest = value_digest(*algorithm, *value.salt, value.path, value.json);
  return value;
}

// Most values are a text or a date without an escape, or a flag: they need no JSON parser.
std::optional<Value> simple_value(rulebook::Type type, std::string_view canonical) {
  if (canonical == "true" || canonical == "false")
    return type == rulebook::Type::flag ? std::optional<Value>(canonical == "true") : std::nullopt;
  const bool quoted = canonical.size() >= 2 && canonical.front() == '"' && canonical.back() == '"' &&
                      canonical.find('\\') == std::string_view::npos;
  if (!quoted) return std::nullopt;
  const std::string_view text = canonical.substr(1, canonical.size() - 2);
  if (text.find('"') != std::string_view::npos) return std::nullopt;
  if (type == rulebook::Type::date) {
    const auto day = parse_date(text);
    return day ? std::optional<Value>(*day) : std::nullopt;
  }
  const bool plain = is_utf8(text) && std::none_of(text.begin(), text.end(),
                                                   [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return rulebook::is_text(type) && plain ? std::optional<Value>(std::string(text)) : std::nullopt;
}

// Entries that are not about a record have texts only.
Result<Value> value_of(const rulebook::Kind* kind, const SealedValue& sealed) {
  const rulebook::Type type = kind == nullptr ? rulebook::Type::text : rulebook::type_at(*kind, sealed.path);
  if (auto simple = simple_value(type, sealed.json)) return *std::move(simple);
  json parsed = is_shallow(sealed.json) ? json::parse(sealed.json, nullptr, false) : json(json::value_t::discarded);
  if (parsed.is_discarded()) return corrupt("不是 JSON", "it is no JSON");
  // The journal is the truth: a text is what was written, of whatever length and form.
  if (rulebook::is_text(type) && parsed.is_string()) return Value(std::move(parsed.get_ref<std::string&>()));
  return rulebook::value_from_json(type, parsed);
}

}  // namespace

Digest value_digest(Algorithm algorithm, const Salt& salt, std::string_view path, std::string_view json) {
  return digest(algorithm, {kValuePrefix, bytes(salt), path, kPathEnd, json});
}

Entry seal(Algorithm algorithm, const EntryMeta& meta, const rules::EntryFacts& facts,
           const std::function<Salt()>& next_salt) {
  std::vector<const rules::Fact*> order;
  order.reserve(facts.facts.size());
  for (const rules::Fact& fact : facts.facts) order.push_back(&fact);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->path < b->path; });

  Entry entry;
  entry.values.reserve(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const rules::Fact& fact = *order[i];
    if (i + 1 < order.size() && order[i + 1]->path == fact.path) continue;
    ZS_ASSERT(is_path(fact.path));
    SealedValue& value = entry.values.emplace_back();
    value.path = fact.path;
    value.salt = next_salt();
    append_json(value.json, fact.value);
    value.digest = value_digest(algorithm, *value.salt, value.path, value.json);
  }
  entry.header = header_text(meta, facts, entry.values);
  ZS_ASSERT(entry.header.size() <= kHeaderBytesMax);
  entry.leaf = leaf_digest(algorithm, entry.header);
  return entry;
}

std::string encode_values(const std::vector<SealedValue>& values) {
  constexpr std::size_t kFrameBytes = 48;
  std::size_t size = 0;
  for (const SealedValue& value : values) {
    size += value.path.size() + kFrameBytes + (value.erased() ? kDigestHexBytes : value.json.size());
  }
  std::string body;
  body.reserve(size);
  for (const SealedValue& value : values) {
    body.append("[\"").append(value.path);
    if (value.erased()) {
      body += "\",null,\"";
      append_hex(body, bytes(value.digest));
      body += "\"]\n";
    } else {
      body += "\",\"";
      append_hex(body, bytes(*value.salt));
      body.append("\",").append(value.json).append("]\n");
    }
  }
  return body;
}

namespace {

Result<std::vector<SealedValue>> decode_lines(std::optional<Algorithm> algorithm, std::string_view body) {
  std::vector<SealedValue> values;
  const auto damaged = [&values](std::string_view zh, std::string_view en) {
    return bad_line(values.size() + 1, zh, en);
  };
  if (body.size() > kBodyBytesMax) return damaged("过大", "it is too large");
  while (!body.empty()) {
    const std::size_t end = body.find('\n');
    if (end == std::string_view::npos) return damaged("没有结束", "it has no end");
    auto value = parse_line(algorithm, body.substr(0, end));
    if (!value) return damaged("不是 [路径, 盐, 值]", "it is not [path, salt, value]");
    if (!values.empty() && values.back().path >= value->path)
      return damaged("没有按路径排序", "it is not in order of path");
    values.push_back(*std::move(value));
    body.remove_prefix(end + 1);
  }
  return values;
}

}  // namespace

Result<std::vector<SealedValue>> decode_values(Algorithm algorithm, std::string_view body) {
  return decode_lines(algorithm, body);
}
Result<std::vector<SealedValue>> decode_values_unchecked(std::string_view body) {
  return decode_lines({}, body);
}

void erase(SealedValue& value) {
  value.salt.reset();
  value.json.clear();
}

namespace {

Result<Opened> open_header(const rulebook::Rulebook& book, Header read, const std::vector<SealedValue>& values) {
  const rulebook::Kind* kind = read.facts.kind.empty() ? nullptr : book.find_kind(read.facts.kind);
  if (kind == nullptr && !read.facts.kind.empty()) {
    return Error{
        ErrorKind::unsupported,
        {fmt::format("规则书里没有存证条目 {} 的台账“{}”；请采用含有它的规则书。", read.meta.n.number, read.facts.kind),
         fmt::format("the rulebook has no kind \"{}\", which journal entry {} is of; adopt one that has it",
                     read.facts.kind, read.meta.n.number)}};
  }
  Opened opened{std::move(read.meta), std::move(read.facts), {}};
  for (const SealedValue& sealed : values) {
    if (sealed.erased()) {
      opened.erased.push_back(sealed.path);
      continue;
    }
    Result<Value> value = value_of(kind, sealed);
    if (!value) return bad_value(opened.meta.n.number, sealed.path, value.error().text.zh, value.error().text.en);
    opened.facts.facts.push_back({sealed.path, *std::move(value)});
  }
  return opened;
}

}  // namespace

Result<Opened> open(const rulebook::Rulebook& book, std::string_view header, const std::vector<SealedValue>& values) {
  ZS_TRY(Header read, parse_header(header));
  ZS_CHECK(compare(read, values));
  return open_header(book, std::move(read), values);
}

Result<Opened> open_unchecked(const rulebook::Rulebook& book, std::string_view header,
                              const std::vector<SealedValue>& values) {
  ZS_TRY(Header read, parse_header(header));
  return open_header(book, std::move(read), values);
}

Result<> check(Algorithm algorithm, std::string_view header, const std::vector<SealedValue>& values,
               const Digest& leaf) {
  for (const SealedValue& value : values) {
    if (value.erased() || value_digest(algorithm, *value.salt, value.path, value.json) == value.digest) continue;
    ZS_TRY(const Header read, parse_header(header));
    return bad_value(read.meta.n.number, value.path, "值的摘要不符", "its digest is not that of its salt and value");
  }
  return check_decoded(algorithm, header, values, leaf);
}

Result<> check_decoded(Algorithm algorithm, std::string_view header, const std::vector<SealedValue>& values,
                       const Digest& leaf) {
  ZS_TRY(const Header read, parse_header(header));
  ZS_CHECK(compare(read, values));
  if (leaf_digest(algorithm, header) == leaf) return {};
  return corrupt(
      fmt::format("存证条目 {} 的头部与叶摘要不符；请从备份恢复。", read.meta.n.number),
      fmt::format("the header of journal entry {} does not have the digest of its leaf; restore from a backup",
                  read.meta.n.number));
}

}  // namespace zs::ledger
