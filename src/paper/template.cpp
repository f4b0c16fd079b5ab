#include "paper/template.h"

#include <fmt/format.h>

#include <kainjow/mustache.hpp>

namespace zs::paper {
namespace {

using Mustache = kainjow::mustache::mustache;
using Node = kainjow::mustache::data;

// What Markdown would read as markup in a value is shown as it stands.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '`' || c == '*' || c == '_' || c == '[' || c == ']' || c == '<' || c == '>' || c == '#' ||
        c == '|')
      out.push_back('\\');
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

}  // namespace

std::vector<std::pair<std::string, int>> placeholders(std::string_view text) {
  std::vector<std::pair<std::string, int>> found;
  int line = 1;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\n') ++line;
    if (text[i] != '{' || text[i + 1] != '{') continue;
    const std::size_t end = text.find("}}", i + 2);
    if (end == std::string_view::npos) break;
    std::string name(text.substr(i + 2, end - i - 2));
    while (!name.empty() && name.front() == ' ') name.erase(name.begin());
    while (!name.empty() && name.back() == ' ') name.pop_back();
    found.emplace_back(std::move(name), line);
    i = end + 1;
  }
  return found;
}

Result<std::string> render(std::string_view file, const std::string& text, const Data& data) {
  Text faults;
  for (const auto& [name, line] : placeholders(text)) {
    const bool section = !name.empty() && (name.front() == '#' || name.front() == '^' || name.front() == '/');
    const std::string bare = section ? name.substr(1) : name;
    const bool refused = !name.empty() && std::string_view("{&!=>").find(name.front()) != std::string_view::npos;
    if (!refused && known(bare, data)) continue;
    faults.zh += fmt::format("\n  {}:{} 没有“{}”这个占位符", file, line, name);
    faults.en += fmt::format("\n  {}:{} there is no placeholder \"{}\"", file, line, name);
  }
  if (!faults.zh.empty()) return bad_input("样式有错误：" + faults.zh, "the template has faults:" + faults.en);
  Mustache tmpl(text);
  if (!tmpl.is_valid())
    return bad_input(fmt::format("{} {}", file, tmpl.error_message()),
                     fmt::format("{} {}", file, tmpl.error_message()));
  tmpl.set_custom_escape(escaped);
  Node root(Node::type::object);
  for (const auto& [name, value] : data.texts) root.set(name, value);
  for (const auto& [name, flag] : data.flags) root.set(name, flag);
  for (const auto& [name, items] : data.lists) {
    Node list(Node::type::list);
    for (const auto& item : items) {
      Node entry(Node::type::object);
      for (const auto& [key, value] : item) entry.set(key, value);
      list.push_back(entry);
    }
    root.set(name, list);
  }
  return tmpl.render(root);
}

}  // namespace zs::paper
