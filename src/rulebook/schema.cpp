#include "rulebook/schema.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "rulebook/schema_shapes.h"

namespace zs::rulebook {
namespace {

using nlohmann::ordered_json;

template <class List, class KeyOf>
ordered_json one_of(const List& list, KeyOf key_of) {
  ordered_json keys = ordered_json::array();
  for (const auto& item : list) keys.push_back(key_of(item));
  // An empty enum allows nothing: where there is no such thing yet, any name may stand.
  if (keys.empty()) return {{"type", "string"}};
  return {{"enum", std::move(keys)}};
}

// A rule with named numbers is also written rule.number.
ordered_json rule_names(const Rulebook& book) {
  ordered_json names = one_of(book.rules, [](const Rule& rule) { return rule.id; });
  for (const Rule& rule : book.rules) {
    for (const auto& [number, period] : rule.within_by) names["enum"].push_back(rule.id + "." + number);
    for (const auto& [number, value] : rule.number_by) names["enum"].push_back(rule.id + "." + number);
  }
  return names;
}

void put_names(const Rulebook& book, ordered_json& shapes) {
  const auto key = [](const auto& item) { return item.key; };
  shapes["rule_name"] = rule_names(book);
  std::vector<std::string> kinds;
  for (const Kind& kind : book.kinds) kinds.push_back(kind.key);
  shapes["kind_name"] = one_of(kinds, [](const std::string& kind) { return kind; });
  shapes["role_name"] = one_of(book.roles, key);
  shapes["setting_name"] = one_of(book.settings, key);
  shapes["form_name"] = one_of(book.forms, key);
  shapes["figure_name"] = one_of(book.figures, key);
  shapes["check_name"] = one_of(book.checks, key);
  shapes["part_name"] = one_of(book.parts, [](const auto& part) { return part.first; });
  shapes["list_name"] = one_of(book.lists, [](const auto& list) { return list.first; });
}

}  // namespace

const std::vector<FileType>& file_types() {
  static const std::vector<FileType> kTypes{{"rulebook", "rulebook.yaml"}, {"kind", "kinds/*.yaml"},
                                            {"group", "groups/*.yaml"},    {"law", "law/*.yaml"},
                                            {"lists", "lists.yaml"},       {"figures", "figures.yaml"},
                                            {"checks", "checks.yaml"},     {"duties", "duties.yaml"},
                                            {"roles", "roles.yaml"},       {"settings", "settings.yaml"},
                                            {"synonyms", "synonyms.yaml"}, {"calendar", "calendar.yaml"},
                                            {"untested", "untested.yaml"}, {"read", "read.yaml"},
                                            {"locale", "locales/*.yaml"},  {"form", "forms/*.md"},
                                            {"wording", "report/wording.yaml"},
                                            {"report_lists", "report/lists.yaml"}};
  return kTypes;
}

std::string schema_of(const Rulebook& book, std::string_view type) {
  const auto& types = file_types();
  const auto known = std::find_if(types.begin(), types.end(), [&](const FileType& each) { return each.name == type; });
  if (known == types.end()) return {};
  ordered_json shapes = ordered_json::parse(kSchemaShapes);
  for (const std::string_view more : {kKindShapes, kFigureShapes}) shapes.update(ordered_json::parse(more));
  put_names(book, shapes);
  ordered_json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                         {"title", std::string(known->files)},
                         {"$ref", "#/definitions/" + std::string(type) + "_file"},
                         {"definitions", std::move(shapes)}};
  return schema.dump(2);
}

}  // namespace zs::rulebook
