// Figures, duties and roles: YAML → rulebook/figure.h, rulebook/role.h.
#include <fmt/format.h>

#include <charconv>

#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t dot = text.find('.');
    parts.emplace_back(text.substr(0, dot));
    if (dot == std::string_view::npos) return parts;
    text.remove_prefix(dot + 1);
  }
}

const Kind* figure_kind(Loading& loading, const Node& node, const std::string& key) {
  const Kind* kind = loading.find_kind(key);
  if (kind == nullptr) {
    std::vector<std::string> names;
    for (const Kind& candidate : loading.book.kinds) names.push_back(candidate.key);
    unknown_name(loading, node.place, "台账", "kind", key, names);
  }
  return kind;
}

void missing(Loading& loading, const Node& node, const Kind& kind, const std::string& name) {
  std::vector<std::string> names;
  for (const Field& field : kind.fields) names.push_back(field.key);
  unknown_name(loading, node.place, "字段", "field", name, names);
}

// "joint_meeting.agenda", "petition.deadlines.notify", "mediation.amount", "penalty.payments.amount".
NameScope read_source(Loading& loading, Figure& figure, const Node& node, bool sums) {
  NameScope scope{loading};
  const std::vector<std::string> names = split(node.scalar);
  figure.kind = names.front();
  scope.kind = figure_kind(loading, node, figure.kind);
  if (scope.kind == nullptr) return scope;
  if (names.size() == 3 && names[1] == "deadlines") {
    figure.source = Figure::Source::deadline;
    figure.deadline = names[2];
    scope.of_deadline = true;
    if (scope.kind->find_deadline(names[2]) == nullptr) missing(loading, node, *scope.kind, names[2]);
    return scope;
  }
  const Field* field = names.size() > 1 ? scope.kind->find_field(names[1]) : nullptr;
  if (names.size() > 1 && field == nullptr) {
    missing(loading, node, *scope.kind, names[1]);
    return scope;
  }
  if (field != nullptr && field->type == Type::rows) {
    figure.source = Figure::Source::row;
    figure.rows = field->key;
    scope.rows = field;
    if (names.size() > 2) field = field->find_column(names[2]);
  }
  if (!sums) return scope;
  if (field == nullptr || (field->type != Type::count && field->type != Type::money)) {
    loading.faults.add(node.place, fmt::format("“{}”不是数或者金额，不能求和", node.scalar),
                       fmt::format("\"{}\" is neither a count nor money: it cannot be summed", node.scalar));
    return scope;
  }
  figure.sum_field = field->key;
  figure.money = field->type == Type::money;
  return scope;
}

Figure::Display read_display(Loading& loading, const Node& node, Figure::Form form) {
  if (!node) return form == Figure::Form::ratio ? Figure::Display::rate : Figure::Display::exact;
  if (node.scalar == "exact") return Figure::Display::exact;
  if (node.scalar == "over") return Figure::Display::over;
  if (node.scalar == "over_wan") return Figure::Display::over_wan;
  if (node.scalar == "rate") return Figure::Display::rate;
  if (node.scalar == "whole") return Figure::Display::whole;
  unknown_name(loading, node.place, "显示方式", "display", node.scalar, {"exact", "over", "over_wan", "rate", "whole"});
  return Figure::Display::exact;
}

void read_flow(Loading& loading, Figure& figure, const Node& node) {
  figure.form = node.has("counts") ? Figure::Form::counts : Figure::Form::sums;
  const Node& source = node.has("counts") ? node["counts"] : node["sums"];
  const NameScope scope = read_source(loading, figure, source, figure.form == Figure::Form::sums);
  if (scope.kind == nullptr) return;
  if (figure.source == Figure::Source::deadline) {
    if (node["dated"].scalar != "due") {
      loading.faults.add(node.place, "期限的指标按到期日：dated: due", "a figure of deadlines is dated: due");
    }
    if (node.has("where")) figure.outcomes = words_of(loading, node["where"]["outcome"]);
    return;
  }
  if (!node.has("dated")) {
    loading.faults.add(node.place, "指标没有写按哪一天计（dated:）",
                       "the figure does not say which day it counts on (dated:)");
    return;
  }
  figure.dated = read_date(scope, node["dated"]);
  if (node.has("where")) figure.where = read_condition(scope, node["where"]);
}

void read_stock(Loading& loading, Figure& figure, const Node& node) {
  figure.form = Figure::Form::stock;
  const NameScope scope = read_source(loading, figure, node["stock"], false);
  if (scope.kind == nullptr) return;
  figure.from = read_date(scope, node["from"]);
  if (node.has("until")) figure.until = read_date(scope, node["until"]);
  if (node.has("where")) figure.where = read_condition(scope, node["where"]);
}

void read_coverage(Loading& loading, Figure& figure, const Node& node) {
  figure.form = Figure::Form::coverage;
  figure.org_types = words_of(loading, node["coverage"]["orgs"]);
  figure.of_figure = required(loading, node, "figure");
  const Node& reaches = node["reaches"];
  if (reaches.is_map()) {
    expect_keys(loading, reaches, {"setting"});
    figure.reaches_setting = required(loading, reaches, "setting");
  } else if (reaches) {
    std::from_chars(reaches.scalar.data(), reaches.scalar.data() + reaches.scalar.size(), figure.reaches);
  }
}

Figure read_figure(Loading& loading, const Node& key, const Node& node) {
  expect_keys(loading, node, {"label",  "counts",  "sums",    "stock",      "ratio",    "coverage", "shows",
                              "dated",  "where",   "unit",    "definition", "overlaps", "from",     "until",
                              "figure", "reaches", "display", "no_target",  "total",    "proof"});
  Figure figure;
  figure.key = key.scalar;
  figure.place = key.place;
  figure.label = required(loading, node, "label");
  figure.definition = required(loading, node, "definition");
  figure.unit = node["unit"].scalar;
  figure.overlaps = words_of(loading, node["overlaps"]);
  figure.no_target = flag_of(loading, node["no_target"]);
  figure.proof = node["proof"].scalar;
  if (!figure.proof.empty() && loading.book.find_check(figure.proof) == nullptr) {
    std::vector<std::string> names;
    for (const SelfCheck& check : loading.book.checks) names.push_back(check.key);
    unknown_name(loading, node["proof"].place, "自查表", "self-check", figure.proof, names);
  }
  if (node.has("counts") || node.has("sums")) {
    read_flow(loading, figure, node);
  } else if (node.has("stock")) {
    read_stock(loading, figure, node);
  } else if (node.has("ratio")) {
    figure.form = Figure::Form::ratio;
    const auto pair = words_of(loading, node["ratio"]);
    if (pair.size() == 2) {
      figure.over = pair[0];
      figure.under = pair[1];
    } else {
      loading.faults.add(node["ratio"].place, "比率写 [分子, 分母]", "a ratio is [numerator, denominator]");
    }
  } else if (node.has("total")) {
    figure.form = Figure::Form::total;
    figure.parts = words_of(loading, node["total"]);
  } else if (node.has("coverage")) {
    read_coverage(loading, figure, node);
  } else if (node.has("shows")) {
    figure.form = Figure::Form::shows;
    figure.setting = node["shows"]["setting"].scalar;
  } else {
    loading.faults.add(node.place, "指标要写 counts、sums、stock、ratio、coverage、total 或者 shows",
                       "a figure needs counts, sums, stock, ratio, coverage, total or shows");
  }
  figure.display = read_display(loading, node["display"], figure.form);
  return figure;
}

void check_figure_refs(Loading& loading, const Figure& figure) {
  std::vector<std::string> names;
  for (const Figure& candidate : loading.book.figures) names.push_back(candidate.key);
  const auto needs = [&](const std::string& key) {
    if (!key.empty() && loading.book.find_figure(key) == nullptr) {
      unknown_name(loading, figure.place, "指标", "figure", key, names);
    }
  };
  needs(figure.over);
  needs(figure.under);
  needs(figure.of_figure);
  for (const std::string& part : figure.parts) {
    needs(part);
    const Figure* added = loading.book.find_figure(part);
    const bool flow = added == nullptr || added->form == Figure::Form::counts || added->form == Figure::Form::sums;
    if (!flow)
      loading.faults.add(figure.place, fmt::format("“{}”不是计数、求和的指标，不能相加", part),
                         fmt::format("\"{}\" neither counts nor sums: it cannot be added", part));
  }
  for (const std::string& other : figure.overlaps) needs(other);
  for (const std::string& setting : {figure.setting, figure.reaches_setting}) {
    if (!setting.empty() && loading.book.find_setting(setting) == nullptr) {
      unknown_name(loading, figure.place, "设置", "setting", setting, {});
    }
  }
}

}  // namespace

void load_figures(Loading& loading, const Node& root) {
  for (const auto& [key, value] : root.entries) loading.book.figures.push_back(read_figure(loading, key, value));
  loading.book.index();
  for (const Figure& figure : loading.book.figures) check_figure_refs(loading, figure);
}

void load_duties(Loading& loading, const Node& root) {
  for (const auto& [key, node] : root.entries) {
    expect_keys(loading, node, {"label", "rule", "figure", "each", "lead", "warn_by", "only"});
    Duty duty;
    duty.key = key.scalar;
    duty.place = key.place;
    duty.label = required(loading, node, "label");
    duty.rule = read_rule_ref(loading, node["rule"]);
    duty.figure = required(loading, node, "figure");
    duty.each = node["each"].scalar;
    duty.lead = node["lead"].scalar;
    duty.warn_by = node["warn_by"].scalar;
    if (node.has("only")) {
      int year = 0;
      std::from_chars(node["only"].scalar.data(), node["only"].scalar.data() + node["only"].scalar.size(), year);
      duty.only = year;
    }
    const Figure* figure = loading.book.find_figure(duty.figure);
    if (figure == nullptr) {
      std::vector<std::string> names;
      for (const Figure& candidate : loading.book.figures) names.push_back(candidate.key);
      unknown_name(loading, node["figure"].place, "指标", "figure", duty.figure, names);
    } else if (figure->form == Figure::Form::total || figure->form == Figure::Form::shows) {
      loading.faults.add(node["figure"].place, "任务不能用相加的指标、设置，写其中一个指标",
                         "a duty takes no total and no setting: name one figure");
    } else if (figure->no_target) {
      loading.faults.add(node.place, fmt::format("指标“{}”不得设目标（no_target）", duty.figure),
                         fmt::format("the figure \"{}\" must carry no target (no_target)", duty.figure));
    }
    const Rule* rule = loading.book.find_rule(duty.rule.rule);
    if (rule != nullptr && !rule->frequency) {
      loading.faults.add(node.place, "任务的规则没有写频次（at_least、every）",
                         "the duty's rule has no frequency (at_least, every)");
    }
    loading.book.duties.push_back(std::move(duty));
  }
}

void load_roles(Loading& loading, const Node& root) {
  for (const auto& [key, node] : root.entries) {
    expect_keys(loading, node,
                {"label", "reads", "reveals", "corrects", "voids", "records_history", "never_with", "audits",
                 "publishes", "manages", "grants", "heads", "erases"});
    Role role;
    role.key = key.scalar;
    role.place = key.place;
    role.label = required(loading, node, "label");
    for (const auto& [kind, scope] : node["reads"].entries) {
      Scope parsed = Scope::none;
      if (scope.scalar == "town")
        parsed = Scope::town;
      else if (scope.scalar == "own_unit")
        parsed = Scope::own_unit;
      else if (scope.scalar == "own_village")
        parsed = Scope::own_village;
      else if (scope.scalar != "none")
        unknown_name(loading, scope.place, "范围", "scope", scope.scalar, {"town", "own_unit", "own_village", "none"});
      if (loading.find_kind(kind.scalar) == nullptr) figure_kind(loading, kind, kind.scalar);
      role.reads[kind.scalar] = parsed;
    }
    role.reveals = words_of(loading, node["reveals"]);
    role.corrects = words_of(loading, node["corrects"]);
    role.voids = words_of(loading, node["voids"]);
    role.records_history = words_of(loading, node["records_history"]);
    const std::string& heads = node["heads"].scalar;
    if (heads == "town" || heads == "own_unit")
      role.heads = heads == "town" ? Scope::town : Scope::own_unit;
    else if (node.has("heads"))
      unknown_name(loading, node["heads"].place, "范围", "scope", heads, {"town", "own_unit"});
    role.audits = flag_of(loading, node["audits"]);
    role.publishes = flag_of(loading, node["publishes"]);
    role.manages = flag_of(loading, node["manages"]);
    role.grants = flag_of(loading, node["grants"]);
    role.erases = flag_of(loading, node["erases"]);
    role.never_with = words_of(loading, node["never_with"]);
    loading.book.roles.push_back(std::move(role));
  }
}

}  // namespace zs::rulebook
