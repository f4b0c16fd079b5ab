#include "rulebook/field_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/money.h"
#include "base/text.h"
#include "rulebook/rulebook.h"
#include "rulebook/source.h"

namespace zs::rulebook {
namespace {

using nlohmann::json;

// The rows of what was issued: every kind has them, none declares them.
constexpr std::string_view kPapers = "papers";
constexpr std::array<PartyPart, 9> kPartyParts{{{"name", "姓名"},
                                                {"id_kind", "证件类型"},
                                                {"id_no", "证件号码"},
                                                {"phone", "电话"},
                                                {"address", "住址"},
                                                {"birth", "出生日期"},
                                                {"sex", "性别"},
                                                {"org", "单位"},
                                                {"title", "职务"}}};

Error too_long() {
  return bad_input(fmt::format("文字不得超过 {} 字节；请缩短，或作为附件保存", kTextBytesMax),
                   fmt::format("a text has at most {} bytes; shorten it, or keep it as a file", kTextBytesMax));
}

Result<std::string> read_text(const json& given) {
  const auto* text = given.get_ptr<const std::string*>();
  if (text == nullptr) return bad_input("这里要填文字", "a text is expected here");
  if (text->size() > kTextBytesMax) return too_long();
  if (!is_utf8(*text)) {
    return bad_input("文字不是 UTF-8 编码；请改用 UTF-8", "the text is not UTF-8; encode it as UTF-8");
  }
  std::string normal = nfc(*text);
  // A few characters have a longer normal form.
  if (normal.size() > kTextBytesMax) return too_long();
  return normal;
}

Result<std::int64_t> read_integer(const json& given) {
  constexpr std::uint64_t kMax = INT64_MAX;
  if (const auto* large = given.get_ptr<const std::uint64_t*>(); large != nullptr && *large > kMax) {
    return bad_input("数字过大", "the number is too large");
  }
  if (!given.is_number_integer()) return bad_input("这里要填整数", "a whole number is expected here");
  return given.get<std::int64_t>();
}

template <class Item, class Read>
Result<std::vector<Item>> read_list(const json& given, Read read) {
  if (!given.is_array()) return bad_input("这里要填一个列表", "a list is expected here");
  if (given.size() > kListItemsMax) {
    return bad_input(fmt::format("列表不得超过 {} 项", kListItemsMax),
                     fmt::format("a list has at most {} items", kListItemsMax));
  }
  std::vector<Item> list;
  list.reserve(given.size());
  for (const json& each : given) {
    ZS_TRY(Item item, read(each));
    list.push_back(std::move(item));
  }
  return list;
}

bool is_key(std::string_view text) {
  const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && std::all_of(text.begin(), text.end(), good);
}

Result<Link> read_link(const json& given) {
  const auto wrong = [] {
    return bad_input("这里要填“台账/序号”，如 kind/12",
                     "a link is written kind/12: the key of a kind and a record's id");
  };
  const auto* text = given.get_ptr<const std::string*>();
  const std::size_t slash = text == nullptr ? std::string::npos : text->find('/');
  if (slash == std::string::npos || text->size() > kTextBytesMax) return wrong();
  Link link{text->substr(0, slash), {}};
  const char* const begin = text->data() + slash + 1;
  const char* const end = text->data() + text->size();
  const auto [stopped, code] = std::from_chars(begin, end, link.id.number);
  // "kind/012" would be a second spelling of the same link.
  if (!is_key(link.kind) || code != std::errc{} || stopped != end || link.id.number <= 0 || *begin == '0') {
    return wrong();
  }
  return link;
}

Result<Party> read_party(const json& given) {
  if (!given.is_object()) {
    return bad_input("这里要填当事人各项（姓名、证件号码等）",
                     "the parts of a party are expected here (name, id_no …)");
  }
  if (given.size() > kPartyPartsMax) {
    return bad_input(fmt::format("当事人不得超过 {} 项", kPartyPartsMax),
                     fmt::format("a party has at most {} parts", kPartyPartsMax));
  }
  Party party;
  for (const auto& [key, part] : given.items()) {
    if (!is_key(key)) return bad_input("当事人项目名只用小写字母、数字和下划线", "parts are named a-z, 0-9 and _");
    ZS_TRY(std::string text, read_text(part));
    party.emplace(key, std::move(text));
  }
  return party;
}

bool says_unknown(const json& given) {
  if (!given.is_object() || given.size() != 1) return false;
  const auto found = given.find("unknown");
  return found != given.end() && found->is_boolean() && found->get<bool>();
}

template <class T>
Result<Value> as_value(Result<T> read) {
  if (!read) return std::move(read).error();
  return Value(*std::move(read));
}

Result<Value> read_date(const json& given) {
  const auto* text = given.get_ptr<const std::string*>();
  const auto day = text == nullptr ? std::nullopt : parse_date(*text);
  if (!day) return bad_input("日期写成 2024-10-08", "a date is written 2024-10-08");
  return Value(*day);
}

Result<Value> read_moment(const json& given) {
  const auto* text = given.get_ptr<const std::string*>();
  const auto moment = text == nullptr ? std::nullopt : parse_moment(*text);
  if (!moment) return bad_input("时刻写成 2024-10-08T15:30", "a moment is written 2024-10-08T15:30");
  return Value(*moment);
}

// ---- What people give

Result<Value> limited(Result<Value> read, std::int64_t size_max, const std::string& largest) {
  const auto* number = read ? read->as<std::int64_t>() : nullptr;
  if (number == nullptr || (*number <= size_max && *number >= -size_max)) return read;
  return bad_input("数字过大，最大为 " + largest, "the number is too large: at most " + largest);
}

Result<Value> read_money(const json& given) {
  if (const auto* text = given.get_ptr<const std::string*>()) {
    const auto amount = parse_fen(*text);
    if (!amount) return bad_input("金额以元计，写成 5000.00", "an amount in yuan is written 5000.00");
    return Value(amount->count);
  }
  if (!given.is_number_integer()) {
    return bad_input("金额写成文字“5000.00”（元），或整数（分）",
                     "write an amount as the text \"5000.00\" (yuan) or a whole number (fen)");
  }
  return limited(value_from_json(Type::money, given), kFenMax.count, kFenMax.text());
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
  });
}

bool is_blank(std::string_view text) {
  constexpr std::string_view kIdeographicSpace = "\u3000";
  while (!text.empty()) {
    const bool wide = text.starts_with(kIdeographicSpace);
    if (!wide && text.front() != ' ' && text.front() != '\n' && text.front() != '\t') return false;
    text.remove_prefix(wide ? kIdeographicSpace.size() : 1);
  }
  return true;
}

Result<> check_text(std::string_view text) {
  if (!has_control_characters(text)) return {};
  return bad_input("文字里有看不见的控制字符；请删去后重新填写",
                   "the text holds control characters that cannot be seen; delete them and write it again");
}

template <class List, class KeyOf>
std::string joined(const List& list, KeyOf key_of) {
  std::string names;
  for (const auto& item : list) {
    const std::string key = key_of(item);
    if (!key.empty()) names += (names.empty() ? "" : ", ") + key;
  }
  return names;
}

Result<> check_option(const Field& field, const std::string& chosen) {
  const Option* option = field.find_option(chosen);
  if (option != nullptr && !option->retired) return {};
  const auto named = [](const Option& each) {
    return each.retired ? std::string() : fmt::format("{}（{}）", each.key, each.label);
  };
  const auto key = [](const Option& each) { return each.retired ? std::string() : each.key; };
  if (option != nullptr) {
    return bad_input(
        fmt::format("选项“{}”已停用；可选：{}", option->label, joined(field.options, named)),
        fmt::format("the option \"{}\" is retired; choose one of: {}", chosen, joined(field.options, key)));
  }
  // All of a long list help nobody.
  constexpr std::size_t kListedMax = 20;
  if (field.options.size() > kListedMax) {
    std::vector<std::string> keys;
    for (const Option& each : field.options) keys.push_back(each.key);
    const Option* near = field.find_option(nearest(chosen, keys));
    if (near == nullptr) {
      return bad_input(fmt::format("没有“{}”这个选项", chosen), fmt::format("there is no option \"{}\"", chosen));
    }
    return bad_input(fmt::format("没有“{}”这个选项；最接近的是“{}”（{}）", chosen, near->key, near->label),
                     fmt::format("there is no option \"{}\": did you mean \"{}\"", chosen, near->key));
  }
  return bad_input(fmt::format("没有这个选项；可选：{}", joined(field.options, named)),
                   fmt::format("there is no such option; choose one of: {}", joined(field.options, key)));
}

Result<> check_link(const Field& field, const Link& link) {
  if (field.to.empty() || std::find(field.to.begin(), field.to.end(), link.kind) != field.to.end()) return {};
  const std::string kinds = joined(field.to, [](const std::string& kind) { return kind; });
  return bad_input(fmt::format("不能关联到“{}”；可关联：{}", link.kind, kinds),
                   fmt::format("no link to \"{}\" is allowed here; it may lead to: {}", link.kind, kinds));
}

Result<> check_part(const std::string& name, const std::string& text) {
  if (std::none_of(kPartyParts.begin(), kPartyParts.end(), [&](const PartyPart& part) { return part.key == name; })) {
    const std::string parts = joined(kPartyParts, [](const PartyPart& part) { return std::string(part.key); });
    return bad_input(fmt::format("当事人没有“{}”这一项；可填：{}", name, parts),
                     fmt::format("a party has no part \"{}\"; it has: {}", name, parts));
  }
  if (name == "birth" && !is_blank(text) && !parse_date(text)) {
    return bad_input("出生日期写成 1980-05-01", "a birth is written 1980-05-01");
  }
  return check_text(text);
}

Result<Value> checked_party(Party party) {
  for (const auto& [name, text] : party) ZS_CHECK(check_part(name, text));
  std::erase_if(party, [](const auto& part) { return is_blank(part.second); });
  return party.empty() ? Value() : Value(std::move(party));
}

Result<Value> checked_list(const Field& field, std::vector<std::string> list) {
  std::vector<std::string> kept;
  for (std::string& text : list) {
    ZS_CHECK(check_text(text));
    if (field.type == Type::choices) ZS_CHECK(check_option(field, text));
    if (std::find(kept.begin(), kept.end(), text) == kept.end()) kept.push_back(std::move(text));
  }
  return kept.empty() ? Value() : Value(std::move(kept));
}

Result<> check_length(const Field& field, const std::string& text) {
  const std::size_t count = characters(text);
  if (count <= field.at_most) return {};
  return bad_input(fmt::format("最多 {} 字，现有 {} 字；请删减", field.at_most, count),
                   fmt::format("at most {} characters; there are {}", field.at_most, count));
}

// What the field asks beyond the type.
Result<Value> checked(const Field& field, Value value) {
  if (auto* text = std::get_if<std::string>(&value)) {
    ZS_CHECK(check_text(*text));
    if (is_blank(*text)) return Value();
    if (field.type == Type::choice) ZS_CHECK(check_option(field, *text));
    if (field.at_most > 0) ZS_CHECK(check_length(field, *text));
  } else if (auto* list = std::get_if<std::vector<std::string>>(&value)) {
    return checked_list(field, std::move(*list));
  } else if (auto* party = std::get_if<Party>(&value)) {
    return checked_party(std::move(*party));
  } else if (const auto* link = value.as<Link>()) {
    ZS_CHECK(check_link(field, *link));
  } else if (const auto* links = value.as<std::vector<Link>>()) {
    for (const Link& each : *links) ZS_CHECK(check_link(field, each));
    if (links->empty()) return Value();
  }
  return value;
}

Result<Value> read_input(const Field& field, const json& given) {
  // A form sends an empty text for whatever was left open.
  const auto* text = given.get_ptr<const std::string*>();
  if (text != nullptr && text->size() <= kTextBytesMax && is_blank(*text)) return Value();
  if (given.is_null() || says_unknown(given)) return value_from_json(field.type, given);
  Result<Value> read = field.type == Type::money ? read_money(given) : value_from_json(field.type, given);
  if (field.type == Type::count) read = limited(std::move(read), kCountMax, std::to_string(kCountMax));
  if (!read) return read;
  return checked(field, *std::move(read));
}

// The beginning of what was given, as it may stand in a message.
std::string shown(const json& given) {
  constexpr std::size_t kShownBytesMax = 60;
  if (given.is_structured() && given.size() > kListItemsMax) return given.is_array() ? "[…]" : "{…}";
  std::string text = given.dump(-1, ' ', false, json::error_handler_t::replace);
  if (text.size() <= kShownBytesMax) return text;
  std::size_t end = kShownBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

}  // namespace

Result<Value> value_from_json(Type type, const json& given) {
  if (given.is_null()) return Value();
  if (says_unknown(given)) return Value(Unknown{});
  if (is_text(type)) return as_value(read_text(given));
  switch (type) {
    case Type::choices:
    case Type::files: return as_value(read_list<std::string>(given, read_text));
    case Type::flag:
      if (!given.is_boolean()) return bad_input("这里填 true（是）或 false（否）", "true or false is expected here");
      return Value(given.get<bool>());
    case Type::date: return read_date(given);
    case Type::moment: return read_moment(given);
    case Type::count:
    case Type::money: return as_value(read_integer(given));
    case Type::party: return as_value(read_party(given));
    case Type::link: return as_value(read_link(given));
    case Type::links: return as_value(read_list<Link>(given, read_link));
    case Type::text:
    case Type::note:
    case Type::choice:
    case Type::staff:
    case Type::org:
    case Type::place:
    case Type::rows: break;
  }
  return bad_input("明细要按行、按列填写，不能作为一个值",
                   "rows are given row by row and column by column, not as one value");
}

Result<Value> value_from_input(const Field& field, const json& given) {
  Result<Value> read = read_input(field, given);
  if (read) return read;
  const Text& mend = read.error().text;
  const std::string value = shown(given);
  return bad_input(fmt::format("“{}”填的是 {}：{}。", field.label, value, mend.zh),
                   fmt::format("{} ({}) is given as {}: {}.", field.label, field.key, value, mend.en));
}

std::span<const PartyPart> party_parts() {
  return kPartyParts;
}

bool is_text(Type type) {
  return type == Type::text || type == Type::note || type == Type::choice || type == Type::staff || type == Type::org ||
         type == Type::place;
}

Type type_at(const Kind& kind, std::string_view fact_path) {
  if (fact_path == "@since") return Type::date;
  if (fact_path == "@opened_by") return Type::link;
  if (fact_path.starts_with('@')) return Type::text;
  const std::size_t first = fact_path.find('/');
  const std::string_view name = fact_path.substr(0, first);
  const std::size_t second = first == std::string_view::npos ? first : fact_path.find('/', first + 1);
  const std::string_view column = second == std::string_view::npos ? "" : fact_path.substr(second + 1);
  if (name == kPapers) return column == "day" || column == "withdrawn_on" ? Type::date : Type::text;
  const Field* field = kind.find_field(name);
  if (field == nullptr) field = find_shared_field(name);
  if (field != nullptr && field->type == Type::rows) field = field->find_column(column);
  return field == nullptr ? Type::text : field->type;
}

}  // namespace zs::rulebook
