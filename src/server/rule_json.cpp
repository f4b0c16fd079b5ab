#include "server/rule_json.h"

#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "rules/term.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

constexpr std::array<std::string_view, 4> kCertainties{"memory", "seed", "page", "verified"};

struct Sort {
  std::string_view begins, sort;
};
// By file, and within the file of a kind or a group by the key at its root.
constexpr std::array<Sort, 5> kFiles{
    {{"forms/", "form"}, {"duties.", "duty"}, {"checks.", "check"}, {"figures.", "figure"}, {"settings.", "setting"}}};
constexpr std::array<Sort, 5> kParts{
    {{"gates", "gate"}, {"deadlines", "deadline"}, {"fields", "field"}, {"actions", "act"}, {"dossier", "dossier"}}};

std::string_view sort_in(std::span<const Sort> sorts, std::string_view text) {
  for (const Sort& each : sorts) {
    if (text.starts_with(each.begins)) return each.sort;
  }
  return {};
}

std::string_view sort_of(const rulebook::Standing& standing) {
  const std::string_view by_file = sort_in(kFiles, standing.place.file);
  if (!by_file.empty()) return by_file;
  const std::string_view by_part = sort_in(kParts, standing.path);
  return by_part.empty() ? std::string_view("other") : by_part;
}

// "kinds/petition.yaml" → petition.
std::string_view stem_of(std::string_view file) {
  const std::size_t from = file.find('/') + 1;
  return file.substr(from, file.rfind('.') - from);
}

struct Where {
  std::string kind, label;
};

Where where_of(const ledger::Town& town, const LawShelf::Standings& all, const std::string& file) {
  const std::string_view stem = stem_of(file);
  if (file.starts_with("kinds/")) {
    const rulebook::Kind* kind = town.book->find_kind(stem);
    return {std::string(stem), kind == nullptr ? std::string(stem) : kind->label};
  }
  const auto group = all.groups.find(file);
  return {{}, group == all.groups.end() ? std::string() : group->second};
}

}  // namespace

ordered_json rule_json(const Context& context, const rulebook::Rule& rule) {
  ordered_json json{{"id", rule.id},
                    {"law", rule.citation()},
                    {"law_key", rule.law},
                    {"article", rule.article},
                    {"label", rule.label},
                    {"certainty", kCertainties[static_cast<std::size_t>(rule.certainty)]},
                    {"certainty_label", certainty_label(rule.certainty)},
                    {"since", day_json(rule.since)},
                    {"until", day_json(rule.until)}};
  if (const auto period = rules::within_of(rule, "", context.town->in_force())) json["within"] = period->chinese();
  if (const rulebook::Article* article = context.app.laws.article_of(rule)) json["quote"] = article->text;
  return json;
}

ordered_json standing_json(Context& context, const std::string& rule) {
  const auto all = context.app.laws.standings(*context.town->book);
  ordered_json listed = ordered_json::array();
  const auto found = all->on.find(rule);
  if (found == all->on.end()) return listed;
  // A gate that also takes its number from the rule names it twice.
  std::set<std::tuple<std::string, std::string_view, std::string>> seen;
  for (const rulebook::Standing& each : found->second) {
    const std::string label = each.label.empty() ? each.path.substr(each.path.rfind('.') + 1) : each.label;
    const std::string_view sort = sort_of(each);
    if (!seen.emplace(each.place.file, sort, label).second) continue;
    const Where where = where_of(*context.town, *all, each.place.file);
    listed.push_back(
        {{"sort", sort}, {"label", label}, {"kind", where.kind}, {"where", where.label}, {"place", each.place.text()}});
  }
  return listed;
}

}  // namespace zs::server
