#include "rulebook/coverage.h"

#include <algorithm>
#include <set>

#include "rulebook/standing.h"

namespace zs::rulebook {
namespace {

std::vector<std::string> cells_of(std::string_view row) {
  std::vector<std::string> cells;
  row.remove_prefix(1);
  while (!row.empty()) {
    const std::size_t bar = row.find('|');
    std::string cell(row.substr(0, bar));
    while (!cell.empty() && cell.front() == ' ') cell.erase(cell.begin());
    while (!cell.empty() && cell.back() == ' ') cell.pop_back();
    cells.push_back(std::move(cell));
    if (bar == std::string_view::npos) break;
    row.remove_prefix(bar + 1);
  }
  return cells;
}

std::set<std::string> listed_rules(const Rulebook& book) {
  std::set<std::string> listed;
  const auto file = book.files.find("untested.yaml");
  if (file == book.files.end()) return listed;
  Faults faults;
  const Node listing = read_yaml(file->first, file->second, faults);
  for (const auto& [key, value] : listing.entries) listed.insert(key.scalar);
  return listed;
}

}  // namespace

std::vector<SectionCoverage> coverage(const Rulebook& book, std::string_view markdown, const Files& scenarios) {
  const auto named = standing_of(scenarios);
  constexpr std::size_t kUnitColumn = 4;
  const std::set<std::string> listed = listed_rules(book);
  std::vector<SectionCoverage> sections;
  std::string heading;
  while (!markdown.empty()) {
    const std::size_t end = markdown.find('\n');
    const std::string_view line = markdown.substr(0, end);
    markdown = end == std::string_view::npos ? std::string_view() : markdown.substr(end + 1);
    if (line.starts_with("#")) heading = std::string(line.substr(line.find_first_not_of("# ")));
    if (!line.starts_with("| `")) continue;
    const std::vector<std::string> cells = cells_of(line);
    if (cells.size() <= kUnitColumn || cells[0].size() < 3) continue;
    const std::string id = cells[0].substr(1, cells[0].find('`', 1) - 1);
    if (sections.empty() || sections.back().section != heading) {
      sections.emplace_back();
      sections.back().section = heading;
    }
    SectionCoverage& section = sections.back();
    const bool numbered = !cells[kUnitColumn].starts_with("gate");
    const bool is_listed = listed.contains(id);
    const bool held = !is_listed && book.find_rule(id) != nullptr;
    ++section.rows;
    section.numbered += numbered;
    section.held += held;
    section.numbered_held += held && numbered;
    section.listed += is_listed;
    if (!held && !is_listed) section.missing.push_back(id);
    if (held && numbered && !scenarios.empty() && !named.contains(id)) section.unnamed.push_back(id);
  }
  return sections;
}

}  // namespace zs::rulebook
