#include "paper/template.h"

#include <fmt/format.h>

#include <kainjow/mustache.hpp>
#include <memory>
#include <unordered_map>

namespace zs::paper {
namespace {

using Mustache = kainjow::mustache::mustache;
using Node = kainjow::mustache::data;

// A value is shown as it stands: CommonMark lets a backslash stand before each sign of ASCII. A new line stays one, but
// opens no paragraph, list or code.
std::string escaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      out += "\\\n";
      while (i + 1 < text.size() && (text[i + 1] == '\n' || text[i + 1] == ' ' || text[i + 1] == '\t')) ++i;
      continue;
    }
    const bool sign =
        (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
    if (sign) out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

bool known(const std::string& name, const Data& data) {
  if (data.texts.contains(name) || data.flags.contains(name) || data.lists.contains(name)) return true;
  for (const auto& [list, items] : data.lists) {
    for (const auto& item : items) {
      if (item.contains(name)) return true;
    }
  }
  return data.of_items.contains(name);
}

// A template that is taken apart once and used often: each thread keeps its own.
Mustache& parsed(const std::string& text) {
  constexpr std::size_t kKeptMax = 200;
  thread_local std::unordered_map<std::string, std::unique_ptr<Mustache>> kept;
  if (const auto found = kept.find(text); found != kept.end()) return *found->second;
  if (kept.size() >= kKeptMax) kept.clear();
  auto made = std::make_unique<Mustache>(text);
  made->set_custom_escape(escaped);
  return *kept.emplace(text, std::move(made)).first->second;
}

}  // namespace

Result<std::string> render(std::string_view file, const std::string& text, const Data& data) {
  return render(file, text, rulebook::placeholders(text), data);
}

Result<std::string> render(std::string_view file, const std::string& text,
                           std::span<const rulebook::Placeholder> names, const Data& data) {
  Text faults;
  for (const rulebook::Placeholder& each : names) {
    if (!each.refused() && known(each.name, data)) continue;
    const std::string name = (each.sign == 0 ? std::string() : std::string(1, each.sign)) + each.name;
    faults.zh += fmt::format("\n  {}:{} 没有“{}”这个占位符", file, each.line, name);
    faults.en += fmt::format("\n  {}:{} there is no placeholder \"{}\"", file, each.line, name);
  }
  if (!faults.zh.empty()) return bad_input("样式有错误：" + faults.zh, "the template has faults:" + faults.en);
  Mustache& tmpl = parsed(text);
  if (!tmpl.is_valid())
    return bad_input(fmt::format("{} {}", file, tmpl.error_message()),
                     fmt::format("{} {}", file, tmpl.error_message()));
  Node root(Node::type::object);
  for (const auto& [name, value] : data.texts) root.set(name, value);
  for (const auto& [name, flag] : data.flags) root.set(name, flag);
  for (const auto& [name, items] : data.lists) {
    Node list(Node::type::list);
    for (const auto& item : items) {
      Node entry(Node::type::object);
      // What is empty opens no section, and hides what the whole has under that name.
      for (const auto& [key, value] : item) entry.set(key, value.empty() ? Node(false) : Node(value));
      list.push_back(entry);
    }
    root.set(name, list);
  }
  return tmpl.render(root);
}

}  // namespace zs::paper
