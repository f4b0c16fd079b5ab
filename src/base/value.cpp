#include "base/value.h"

#include <fmt/format.h>

#include <array>

namespace zs {
namespace {

template <class... F>
struct Overload : F... {
  using F::operator()...;
};
template <class... F>
Overload(F...) -> Overload<F...>;

std::string link_text(const Link& link) {
  return fmt::format("{}/{}", link.kind, link.id.number);
}

template <class List, class Append>
void append_list(std::string& out, const List& list, Append append) {
  out.push_back('[');
  bool first = true;
  for (const auto& item : list) {
    if (!first) out.push_back(',');
    first = false;
    append(item);
  }
  out.push_back(']');
}

void append_party(std::string& out, const Party& party) {
  out.push_back('{');
  bool first = true;
  for (const auto& [key, text] : party) {
    if (!first) out.push_back(',');
    first = false;
    append_json_text(out, key);
    out.push_back(':');
    append_json_text(out, text);
  }
  out.push_back('}');
}

// Control characters, the quotation mark and the backslash.
constexpr std::array<bool, 256> kEscaped = [] {
  std::array<bool, 256> escaped{};
  for (std::size_t c = 0; c < 0x20; ++c) escaped[c] = true;
  escaped['"'] = escaped['\\'] = true;
  return escaped;
}();

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out.push_back('"');
  // What needs no escape, most of any text, is appended as a whole.
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!kEscaped[static_cast<unsigned char>(c)]) continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    }
  }
  out.append(text, plain, text.size() - plain);
  out.push_back('"');
}

void append_json(std::string& out, const Value& value) {
  std::visit(Overload{[&](std::monostate) { out += "null"; }, [&](Unknown) { out += R"({"unknown":true})"; },
                      [&](bool flag) { out += flag ? "true" : "false"; },
                      [&](std::int64_t number) { out += fmt::format_int(number).str(); },
                      [&](const std::string& text) { append_json_text(out, text); },
                      [&](Date day) { append_json_text(out, day.text()); },
                      [&](Moment moment) { append_json_text(out, moment.text()); },
                      [&](const std::vector<std::string>& texts) {
                        append_list(out, texts, [&](const std::string& text) { append_json_text(out, text); });
                      },
                      [&](const Link& link) { append_json_text(out, link_text(link)); },
                      [&](const std::vector<Link>& links) {
                        append_list(out, links, [&](const Link& link) { append_json_text(out, link_text(link)); });
                      },
                      [&](const Party& party) { append_party(out, party); }},
             static_cast<const Value::variant&>(value));
}

std::string json_of(const Value& value) {
  std::string out;
  append_json(out, value);
  return out;
}

std::string plain_text(const Value& value) {
  return std::visit(
      Overload{[](std::monostate) { return std::string(); }, [](Unknown) { return std::string("不详"); },
               [](bool flag) { return std::string(flag ? "是" : "否"); },
               [](std::int64_t number) { return std::to_string(number); }, [](const std::string& text) { return text; },
               [](Date day) { return day.text(); }, [](Moment moment) { return moment.text(); },
               [](const std::vector<std::string>& texts) { return fmt::format("{}", fmt::join(texts, "、")); },
               [](const Link& link) { return link_text(link); },
               [](const std::vector<Link>& links) {
                 std::string text;
                 for (const Link& link : links) text += (text.empty() ? "" : "、") + link_text(link);
                 return text;
               },
               [](const Party& party) {
                 const auto name = party.find("name");
                 return name == party.end() ? std::string() : name->second;
               }},
      static_cast<const Value::variant&>(value));
}

}  // namespace zs
