// The shapes of a rulebook's files, as JSON Schema definitions. Private to src/rulebook.
#pragma once

#include <string_view>

namespace zs::rulebook {

/// What all files share, and the small files.
inline constexpr std::string_view kSchemaShapes = R"json({
  "key": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
  "text": {"type": ["string", "number", "boolean"], "description": "文字"},
  "label": {"type": ["string", "number"], "description": "用户看到的名称"},
  "flag": {"enum": ["yes", "no", true, false], "description": "是 yes，否 no"},
  "words": {"anyOf": [{"$ref": "#/definitions/text"}, {"type": "array", "items": {"$ref": "#/definitions/text"}}]},
  "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "日期，如 2024-10-08"},
  "month_day": {"type": "string", "pattern": "^([0-9]{2}-[0-9]{2}|02-end)$", "description": "月日，如 04-15；二月末日写 02-end"},
  "period": {"type": "string", "pattern": "^[0-9]+ (hours?|days?|workdays?|months?|years?)$", "description": "期间，如 15 days、7 workdays"},
  "by_setting": {"type": "object", "properties": {"setting": {"$ref": "#/definitions/setting_name"}}, "required": ["setting"], "additionalProperties": false},
  "certainty": {"enum": ["verified", "page", "memory", "seed"], "description": "只有 verified 的关口能拒绝"},
  "rule": {"$ref": "#/definitions/rule_name", "description": "law/ 里的规则"},
  "rules": {"anyOf": [{"$ref": "#/definitions/rule"}, {"type": "array", "items": {"$ref": "#/definitions/rule"}}]},
  "roles": {"anyOf": [{"$ref": "#/definitions/role_name"}, {"type": "array", "items": {"$ref": "#/definitions/role_name"}}]},
  "option": {"anyOf": [{"$ref": "#/definitions/label"}, {"type": "object", "properties": {"label": {"$ref": "#/definitions/label"}, "retired": {"$ref": "#/definitions/flag"}}, "required": ["label"], "additionalProperties": false}]},
  "options": {"type": "object", "additionalProperties": {"$ref": "#/definitions/option"}},

  "rulebook_file": {"type": "object", "required": ["name", "version", "jurisdiction", "parts"], "additionalProperties": false, "properties": {
    "name": {"$ref": "#/definitions/text"}, "version": {"$ref": "#/definitions/text"},
    "jurisdiction": {"type": "object"}, "parts": {"type": "object", "additionalProperties": {"$ref": "#/definitions/label"}},
    "notices": {"$ref": "#/definitions/notices"}}},

  "law_period": {"anyOf": [{"$ref": "#/definitions/period"}, {"const": "paper"}, {"$ref": "#/definitions/by_setting"}]},
  "law_within": {"anyOf": [{"$ref": "#/definitions/law_period"}, {"type": "object", "additionalProperties": {"$ref": "#/definitions/period"}}]},
  "law_rule": {"type": "object", "additionalProperties": false, "properties": {
    "law": {"$ref": "#/definitions/text"}, "article": {"$ref": "#/definitions/text", "description": "条，如 第三十四条"},
    "since": {"$ref": "#/definitions/day"}, "until": {"$ref": "#/definitions/day"},
    "certainty": {"$ref": "#/definitions/certainty"}, "first_day": {"enum": ["excluded", "included"]},
    "roll": {"enum": ["yes", "no", "unstated", true, false], "description": "末日遇休假：顺延、不顺延、法律没有写"},
    "label": {"$ref": "#/definitions/label"}, "within": {"$ref": "#/definitions/law_within", "description": "期间"},
    "extends": {"$ref": "#/definitions/law_period"}, "ahead": {"$ref": "#/definitions/law_period", "description": "倒数"},
    "floor": {"$ref": "#/definitions/law_period", "description": "下限"},
    "number": {"anyOf": [{"$ref": "#/definitions/text"}, {"type": "object"}]}, "at_least": {"$ref": "#/definitions/text"},
    "every": {"$ref": "#/definitions/text"}, "window": {"type": "array", "items": {"$ref": "#/definitions/month_day"}, "minItems": 2, "maxItems": 2},
    "day": {"$ref": "#/definitions/month_day"}, "until_day": {"$ref": "#/definitions/month_day"}, "counts": {"$ref": "#/definitions/text"}}},
  "law_file": {"type": "object", "additionalProperties": {"$ref": "#/definitions/law_rule"}},

  "lists_file": {"type": "object", "additionalProperties": {"$ref": "#/definitions/options"}},
  "settings_file": {"type": "object", "additionalProperties": {"type": "object", "required": ["label", "source"], "additionalProperties": false, "properties": {
    "label": {"$ref": "#/definitions/label"}, "value": {"anyOf": [{"$ref": "#/definitions/text"}, {"type": "object"}]},
    "unit": {"$ref": "#/definitions/text"}, "source": {"$ref": "#/definitions/text", "description": "出处"}, "certainty": {"$ref": "#/definitions/certainty"}}}},
  "roles_file": {"type": "object", "additionalProperties": {"type": "object", "required": ["label"], "additionalProperties": false, "properties": {
    "label": {"$ref": "#/definitions/label"},
    "reads": {"type": "object", "propertyNames": {"anyOf": [{"$ref": "#/definitions/kind_name"}, {"const": "all"}]}, "additionalProperties": {"enum": ["town", "own_unit", "own_village", "none"]}},
    "reveals": {"$ref": "#/definitions/words"}, "corrects": {"$ref": "#/definitions/words"}, "voids": {"$ref": "#/definitions/words"},
    "records_history": {"$ref": "#/definitions/words"}, "never_with": {"$ref": "#/definitions/roles"}, "heads": {"enum": ["own_unit", "town"]},
    "audits": {"$ref": "#/definitions/flag"}, "publishes": {"$ref": "#/definitions/flag"}, "manages": {"$ref": "#/definitions/flag"},
    "grants": {"$ref": "#/definitions/flag"}, "erases": {"$ref": "#/definitions/flag"}}}},
  "synonyms_file": {"type": "object", "propertyNames": {"anyOf": [{"$ref": "#/definitions/kind_name"}, {"const": "all"}]}, "additionalProperties": {"type": "object", "additionalProperties": {"$ref": "#/definitions/words"}}},
  "calendar_file": {"type": "object", "propertyNames": {"pattern": "^[0-9]{4}$"}, "additionalProperties": {"type": "object", "properties": {
    "notice": {"$ref": "#/definitions/text"}, "off": {"type": "array"}, "work": {"type": "array"}}}},
  "untested_file": {"type": "object", "additionalProperties": {"$ref": "#/definitions/text"}},
  "wording_file": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": false, "required": ["label", "by_year"],
    "properties": {"label": {"$ref": "#/definitions/label"}, "by_year": {"type": "object", "propertyNames": {"pattern": "^[0-9]{4}$"},
    "additionalProperties": {"$ref": "#/definitions/text"}}}}},
  "report_lists_file": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": false, "required": ["label", "of", "shows"],
    "properties": {"label": {"$ref": "#/definitions/label"}, "of": {"$ref": "#/definitions/figure_name"},
    "shows": {"type": "object", "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["deadline"], "additionalProperties": false, "properties": {"deadline": {"type": "string"}}}]}},
    "picks": {"type": "string", "description": "这一列可以一条一条写进某一章"}}}},
  "read_file": {"type": "object", "additionalProperties": {"type": ["string", "number"]}},
  "locale_file": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {"$ref": "#/definitions/text"}}},
  "form_file": {"type": "object", "required": ["label"], "additionalProperties": false, "properties": {
    "label": {"$ref": "#/definitions/label"}, "rule": {"$ref": "#/definitions/rules"}, "elements": {"$ref": "#/definitions/words"}}}
})json";

/// Kinds and groups: fields, gates, actions, deadlines.
inline constexpr std::string_view kKindShapes = R"json({
  "condition": {"type": "object", "minProperties": 1, "description": "{字段: 值}，或者 all、any、not、some、none、count、every、deadline、setting", "properties": {
    "all": {"$ref": "#/definitions/conditions"}, "any": {"$ref": "#/definitions/conditions"}, "not": {"$ref": "#/definitions/condition"},
    "where": {"$ref": "#/definitions/condition"}, "meets": {"$ref": "#/definitions/condition"}, "setting": {"$ref": "#/definitions/setting_name"},
    "identifies": {"type": "string", "description": "这段文字写出了 of 所指事项里的人"}, "of": {}, "dossier": {"const": "complete"}, "new": {"$ref": "#/definitions/flag"}}},
  "conditions": {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/condition"}},
  "date_of": {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": false, "properties": {
    "first": {"$ref": "#/definitions/dates"}, "earliest": {"$ref": "#/definitions/dates"}, "latest": {"$ref": "#/definitions/dates"},
    "deadline": {"type": "string"}, "field": {"type": "string"}, "when": {"$ref": "#/definitions/condition"}, "where": {"$ref": "#/definitions/condition"}}}]},
  "dates": {"anyOf": [{"$ref": "#/definitions/date_of"}, {"type": "array", "items": {"$ref": "#/definitions/date_of"}}]},
  "pauses": {"anyOf": [{"$ref": "#/definitions/pause"}, {"type": "array", "items": {"$ref": "#/definitions/pause"}}]},
  "pause": {"type": "object", "required": ["from"], "additionalProperties": false, "properties": {
    "each": {"type": "string"}, "from": {"$ref": "#/definitions/date_of"}, "until": {"$ref": "#/definitions/date_of"}, "when": {"$ref": "#/definitions/condition"}}},
  "computed": {"type": "object", "additionalProperties": false, "description": "算出来的：holds first earliest latest count sum end_of accrues", "properties": {
    "holds": {"$ref": "#/definitions/condition"}, "first": {"$ref": "#/definitions/dates"}, "earliest": {"$ref": "#/definitions/dates"}, "latest": {"$ref": "#/definitions/dates"},
    "count": {"type": "string"}, "sum": {"type": "string"}, "end_of": {"$ref": "#/definitions/rule"}, "from": {"$ref": "#/definitions/date_of"}, "where": {"$ref": "#/definitions/condition"},
    "accrues": {"type": "object", "additionalProperties": false, "properties": {"of": {"type": "string"}, "rate": {"$ref": "#/definitions/of_rule"}, "cap": {"$ref": "#/definitions/of_rule"},
      "from": {"$ref": "#/definitions/date_of"}, "until": {"$ref": "#/definitions/date_of"}, "pauses": {"$ref": "#/definitions/pauses"}}}}},
  "of_rule": {"type": "object", "required": ["rule"], "additionalProperties": false, "properties": {"rule": {"$ref": "#/definitions/rule"}}},
  "field": {"type": "object", "required": ["label", "type"], "additionalProperties": false, "properties": {
    "label": {"$ref": "#/definitions/label"},
    "type": {"enum": ["text", "note", "choice", "choices", "flag", "date", "moment", "count", "money", "party", "staff", "org", "place", "link", "links", "files", "rows"]},
    "guard": {"enum": ["open", "internal", "personal", "sensitive", "secret"]},
    "options": {"anyOf": [{"type": "object", "required": ["list"], "additionalProperties": false, "properties": {"list": {"$ref": "#/definitions/list_name"}}}, {"$ref": "#/definitions/options"}]},
    "to": {"$ref": "#/definitions/words"}, "owner": {"$ref": "#/definitions/flag"}, "asks": {"$ref": "#/definitions/words"},
    "columns": {"type": "object", "additionalProperties": {"$ref": "#/definitions/field"}}, "computed": {"$ref": "#/definitions/computed"}, "retired": {"$ref": "#/definitions/flag"},
    "at_most": {"type": "integer", "minimum": 1, "description": "文字最多多少字"}}},
  "fields": {"type": "object", "propertyNames": {"$ref": "#/definitions/key"}, "additionalProperties": {"$ref": "#/definitions/field"}},
  "gate": {"anyOf": [{"type": "array", "items": {"$ref": "#/definitions/text"}}, {"type": "object", "required": ["says", "rule"], "properties": {
    "says": {"$ref": "#/definitions/text", "description": "用办事人的话说不行的理由"}, "warns": {"$ref": "#/definitions/flag"}, "when": {"$ref": "#/definitions/condition"},
    "rule": {"$ref": "#/definitions/rules"}, "all": {"$ref": "#/definitions/conditions"}, "any": {"$ref": "#/definitions/conditions"}, "not": {"$ref": "#/definitions/condition"}}}]},
  "gates": {"type": "object", "additionalProperties": {"$ref": "#/definitions/gate"}},
  "asked": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["field"], "additionalProperties": false, "properties": {
    "field": {"type": "string"}, "when": {"$ref": "#/definitions/condition"}}}]}}]},
  "decides": {"anyOf": [{"type": "string"}, {"type": "object"}, {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "object"}]}}], "description": "职务；或者 party、court、superior、other；或者 {path: …}"},
  "issues_one": {"type": "object", "required": ["form"], "additionalProperties": false, "properties": {
    "form": {"$ref": "#/definitions/form_name"}, "number": {"type": "string"}, "in_name_of": {}, "when": {"$ref": "#/definitions/condition"}}},
  "issues": {"anyOf": [{"$ref": "#/definitions/issues_one"}, {"type": "array", "items": {"$ref": "#/definitions/issues_one"}}]},
  "opens_one": {"type": "object", "required": ["kind"], "additionalProperties": false, "properties": {
    "kind": {"$ref": "#/definitions/kind_name"}, "as": {"type": "string"}, "when": {"$ref": "#/definitions/condition"}, "with": {"type": "object"}}},
  "opens": {"anyOf": [{"$ref": "#/definitions/opens_one"}, {"type": "array", "items": {"$ref": "#/definitions/opens_one"}}]},
  "action": {"type": "object", "required": ["label"], "additionalProperties": false, "properties": {
    "label": {"$ref": "#/definitions/label"}, "from": {"$ref": "#/definitions/words"}, "to": {"type": "string"}, "by": {"$ref": "#/definitions/roles"},
    "decides": {"$ref": "#/definitions/decides"}, "signed_paper": {"enum": ["required"]}, "needs": {"$ref": "#/definitions/asked"}, "asks": {"$ref": "#/definitions/asked"},
    "adds": {"$ref": "#/definitions/words"}, "edits": {"type": "object"}, "clears": {"$ref": "#/definitions/words"}, "sets": {"type": "object"}, "takes": {"type": "object"},
    "opens": {"$ref": "#/definitions/opens"}, "requires": {"$ref": "#/definitions/words"}, "issues": {"$ref": "#/definitions/issues"}, "retired": {"$ref": "#/definitions/flag"}}},
  "number": {"type": "object", "required": ["label"], "additionalProperties": false, "properties": {
    "label": {"$ref": "#/definitions/label"}, "pattern": {"type": "string", "description": "如 信访〔{year}〕{serial}号"}, "given_by": {"type": "string"}, "year_of": {"type": "string"},
    "per": {"type": "string"}, "outside": {"$ref": "#/definitions/flag"}, "unique": {"$ref": "#/definitions/flag"}, "when": {"$ref": "#/definitions/condition"}}},
  "notices": {"type": "array", "items": {"type": "object", "additionalProperties": false, "properties": {
    "before": {"$ref": "#/definitions/period"}, "when": {"const": "overdue"}, "to": {"$ref": "#/definitions/words"}, "then": {"type": "object"}}}},
  "deadline": {"type": "object", "required": ["label", "rule"], "additionalProperties": false, "properties": {
    "label": {"$ref": "#/definitions/label"},
    "rule": {"anyOf": [{"$ref": "#/definitions/rule"}, {"type": "array", "items": {"anyOf": [{"$ref": "#/definitions/rule"}, {"type": "object", "required": ["rule"], "additionalProperties": false, "properties": {
      "when": {"$ref": "#/definitions/condition"}, "rule": {"$ref": "#/definitions/rule"}}}]}}]},
    "each": {"type": "string"}, "starts": {"$ref": "#/definitions/date_of"}, "restarts": {"$ref": "#/definitions/date_of"}, "stops": {"$ref": "#/definitions/date_of"},
    "drops": {"$ref": "#/definitions/date_of"}, "ends": {"$ref": "#/definitions/date_of"}, "ahead_of": {"$ref": "#/definitions/date_of"}, "version_on": {"$ref": "#/definitions/date_of"},
    "when": {"$ref": "#/definitions/condition"}, "pauses": {"$ref": "#/definitions/pauses"},
    "extends": {"type": "object", "required": ["rule", "adds"], "additionalProperties": false, "properties": {"rule": {"$ref": "#/definitions/rule"}, "adds": {"type": "string"}, "at": {"$ref": "#/definitions/date_of"}}},
    "bears": {"enum": ["office", "party", "court", "superior", "other"], "description": "谁的期限"}, "right": {"$ref": "#/definitions/flag"}, "notices": {"$ref": "#/definitions/notices"}}},
  "state": {"anyOf": [{"$ref": "#/definitions/label"}, {"type": "object", "required": ["label"], "additionalProperties": false, "properties": {
    "label": {"$ref": "#/definitions/label"}, "final": {"$ref": "#/definitions/flag"}, "retired": {"type": "object", "required": ["becomes"], "properties": {"becomes": {"type": "string"}}}}}]},
  "kind_file": {"type": "object", "required": ["label", "part", "measure", "states", "fields", "actions"], "additionalProperties": false, "properties": {
    "label": {"$ref": "#/definitions/label"}, "part": {"$ref": "#/definitions/part_name"}, "measure": {"type": "string"}, "title": {"$ref": "#/definitions/words"}, "subject": {"type": "string"},
    "dates": {"type": "object", "additionalProperties": false, "properties": {"opened": {"$ref": "#/definitions/date_of"}, "closed": {"$ref": "#/definitions/date_of"}}},
    "home": {"type": "string", "description": "案件在哪个外部系统办"}, "signs": {"$ref": "#/definitions/roles"}, "use": {"$ref": "#/definitions/words"},
    "hidden_from": {"type": "object", "required": ["org", "rule"], "additionalProperties": false, "properties": {"when": {"$ref": "#/definitions/condition"}, "org": {"type": "string"}, "rule": {"$ref": "#/definitions/rule"}}},
    "states": {"type": "object", "additionalProperties": {"$ref": "#/definitions/state"}}, "numbers": {"type": "object", "additionalProperties": {"$ref": "#/definitions/number"}},
    "fields": {"$ref": "#/definitions/fields"}, "gates": {"$ref": "#/definitions/gates"}, "actions": {"type": "object", "additionalProperties": {"$ref": "#/definitions/action"}},
    "deadlines": {"type": "object", "additionalProperties": {"$ref": "#/definitions/deadline"}},
    "dossier": {"type": "array", "items": {"type": "object", "additionalProperties": false, "properties": {"form": {"$ref": "#/definitions/form_name"}, "field": {"type": "string"}, "when": {"$ref": "#/definitions/condition"}}}},
    "notices": {"$ref": "#/definitions/notices"},
    "quick": {"type": "object", "additionalProperties": {"type": "object", "required": ["label", "does"], "additionalProperties": false, "properties": {"label": {"$ref": "#/definitions/label"}, "does": {"$ref": "#/definitions/words"}}}},
    "field": {"type": "object", "required": ["label", "asks"], "additionalProperties": false, "properties": {"label": {"$ref": "#/definitions/label"}, "quick": {"type": "string"}, "asks": {"type": "array", "maxItems": 6, "items": {"type": "string"}}}},
    "entry_card": {"anyOf": [{"type": "array"}, {"type": "object", "additionalProperties": false, "properties": {"number": {"type": "string"}, "fields": {"type": "array"}}}]}}},
  "group_file": {"type": "object", "properties": {"label": {"$ref": "#/definitions/label"}, "fields": {"$ref": "#/definitions/fields"}, "gates": {"$ref": "#/definitions/gates"}}}
})json";

/// Figures, duties, self-checks.
inline constexpr std::string_view kFigureShapes = R"json({
  "figure": {"type": "object", "required": ["label", "definition"], "additionalProperties": false, "properties": {
    "label": {"$ref": "#/definitions/label"}, "definition": {"$ref": "#/definitions/text", "description": "口径"}, "unit": {"type": "string"},
    "counts": {"type": "string"}, "sums": {"type": "string"}, "stock": {"type": "string"}, "dated": {"$ref": "#/definitions/date_of"}, "where": {"$ref": "#/definitions/condition"},
    "from": {"$ref": "#/definitions/date_of"}, "until": {"$ref": "#/definitions/date_of"},
    "ratio": {"type": "array", "items": {"$ref": "#/definitions/figure_name"}, "minItems": 2, "maxItems": 2}, "total": {"type": "array", "items": {"$ref": "#/definitions/figure_name"}},
    "coverage": {"type": "object"}, "figure": {"$ref": "#/definitions/figure_name"}, "reaches": {"anyOf": [{"type": ["integer", "string"]}, {"$ref": "#/definitions/by_setting"}]},
    "shows": {"$ref": "#/definitions/by_setting"}, "overlaps": {"type": "array", "items": {"$ref": "#/definitions/figure_name"}},
    "display": {"enum": ["exact", "over", "over_wan", "rate", "whole"]}, "no_target": {"$ref": "#/definitions/flag"}, "proof": {"$ref": "#/definitions/check_name"}}},
  "figures_file": {"type": "object", "propertyNames": {"$ref": "#/definitions/key"}, "additionalProperties": {"$ref": "#/definitions/figure"}},
  "duties_file": {"type": "object", "additionalProperties": {"type": "object", "required": ["label", "rule", "figure"], "additionalProperties": false, "properties": {
    "label": {"$ref": "#/definitions/label"}, "rule": {"$ref": "#/definitions/rule"}, "figure": {"$ref": "#/definitions/figure_name"}, "each": {"type": "string"}, "lead": {"type": "string"},
    "warn_by": {"$ref": "#/definitions/month_day"}, "only": {"type": ["integer", "string"]}}}},
  "checks_file": {"type": "object", "additionalProperties": {"type": "object", "required": ["label", "definition", "rule", "columns", "lines"], "additionalProperties": false, "properties": {
    "label": {"$ref": "#/definitions/label"}, "definition": {"$ref": "#/definitions/text"}, "rule": {"$ref": "#/definitions/rules"},
    "columns": {"type": "object", "additionalProperties": {"type": "object", "required": ["label"], "additionalProperties": false, "properties": {"label": {"$ref": "#/definitions/label"}, "total": {"$ref": "#/definitions/flag"}}}},
    "groups": {"type": "string"}, "signed_by": {"$ref": "#/definitions/words"},
    "lines": {"type": "array", "items": {"type": "object", "required": ["of", "dated", "cells"], "additionalProperties": false, "properties": {
      "of": {"type": "string"}, "dated": {"$ref": "#/definitions/date_of"}, "where": {"$ref": "#/definitions/condition"}, "cells": {"type": "object"},
      "differs": {"type": "array", "items": {"type": "object", "required": ["says"], "properties": {"says": {"$ref": "#/definitions/text"}}}}}}}}}}
})json";

}  // namespace zs::rulebook
