// The rulebook cut down to three kinds, so that one sees what the many others cost an act of one of them.
#pragma once

#include <functional>
#include <regex>
#include <set>
#include <sstream>

#include "rulebook/rulebook.h"

namespace zs::bench {

/// The entries of a file that stay: each begins at the margin, what is set in below belongs to it.
inline std::string entries_of(const std::string& text, const std::function<bool(const std::string&)>& stays) {
  std::string kept;
  std::string entry;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(' ')) {
      if (stays(entry)) kept += entry;
      entry.clear();
    }
    entry += line + "\n";
  }
  return stays(entry) ? kept + entry : kept;
}

/// Kinds, the forms they issue, the figures that read them and the roles' scopes; what names other kinds is left out.
inline rulebook::Files three_kinds(const rulebook::Files& all, const std::set<std::string>& kinds) {
  rulebook::Files files;
  std::string issued;
  std::set<std::string> gone;
  for (const auto& [name, text] : all) {
    if (!name.starts_with("kinds/")) continue;
    const std::string key = name.substr(6, name.size() - 11);
    if (!kinds.contains(key)) {
      gone.insert(key);
      continue;
    }
    files[name] = text;
    issued += text;
  }
  for (const auto& [name, text] : all) {
    if (name.starts_with("forms/") && issued.find("form: " + name.substr(6, name.size() - 9)) != std::string::npos)
      files[name] = text;
    if (name.starts_with("law/") || name.starts_with("groups/") || name == "rulebook.yaml" || name == "calendar.yaml" ||
        name == "lists.yaml" || name == "settings.yaml")
      files[name] = text;
  }
  const std::regex counted(R"((?:counts|sums|stock): ([a-z_]+))");
  files["figures.yaml"] =
      std::regex_replace(entries_of(all.at("figures.yaml"),
                                    [&](const std::string& entry) {
                                      std::smatch match;
                                      return std::regex_search(entry, match, counted) && kinds.contains(match[1].str());
                                    }),
                         std::regex(R"(,\s*(?:overlaps: \[[^\]]*\]|proof: \w+))"), "");
  std::string roles = all.at("roles.yaml");
  for (const std::string& kind : gone) {
    roles = std::regex_replace(roles, std::regex("\\b" + kind + ": (?:town|own_unit|own_village|none)(?:,\\s*)?"), "");
    roles = std::regex_replace(roles, std::regex("([\\[\\s])" + kind + "(?:,\\s*|(?=\\]))"), "$1");
  }
  files["roles.yaml"] = std::regex_replace(roles, std::regex(",\\s*([}\\]])"), "$1");
  files["report/annual.md"] = "# {{town}}\n";
  return files;
}

}  // namespace zs::bench
