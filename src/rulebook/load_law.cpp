// Rules of the law and local settings: YAML → rulebook/law.h, rulebook/role.h.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

std::optional<std::int64_t> leading_integer(std::string_view text, std::string_view& rest) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  rest = text.substr(static_cast<std::size_t>(end - text.data()));
  return number;
}

struct Quantity {
  std::int64_t number = 0;
  std::string unit;
};

// "5", "30‰", "200 元" (kept in fen).
std::optional<Quantity> parse_quantity(std::string_view text) {
  std::string_view rest;
  const auto number = leading_integer(text, rest);
  if (!number) return std::nullopt;
  if (rest.empty()) return Quantity{*number, ""};
  if (rest == "‰") return Quantity{*number, "‰"};
  if (rest == " 元") return Quantity{*number * 100, "元"};
  return std::nullopt;
}

std::optional<Certainty> parse_certainty(std::string_view text) {
  if (text == "verified") return Certainty::verified;
  if (text == "page") return Certainty::page;
  if (text == "memory") return Certainty::memory;
  if (text == "seed") return Certainty::seed;
  return std::nullopt;
}

class RuleReader {
 public:
  RuleReader(Loading& loading, Rule rule) : loading_(loading), rule_(std::move(rule)) {}

  Rule read(const Node& node) {
    expect_keys(loading_, node,
                {"law", "article", "since", "until", "certainty", "first_day", "roll", "label", "within", "extends",
                 "ahead", "floor", "number", "at_least", "every", "window", "day", "until_day", "counts"});
    read_common(node);
    if (node.has("within")) read_within(node["within"]);
    if (node.has("extends")) rule_.extends = read_period(node["extends"]);
    if (node.has("ahead")) rule_.ahead = read_period(node["ahead"]);
    if (node.has("floor")) rule_.floor = read_period(node["floor"]);
    if (node.has("number")) read_number(node["number"]);
    if (node.has("at_least") || node.has("every") || node.has("until_day")) read_frequency(node);
    rule_.day = read_month_day(node["day"]);
    rule_.until_day = read_month_day(node["until_day"]);
    if (node.has("counts")) rule_.counts = scalar_of(loading_, node["counts"], "算法名", "a way of counting");
    if (rule_.label.empty()) fault(node, "规则没有 label:", "the rule has no label:");
    if (rule_.law.empty()) fault(node, "规则没有写是哪部法（law:）", "the rule does not name its law:");
    if (rule_.article.empty()) fault(node, "规则没有写条（article:）", "the rule does not name its article:");
    return std::move(rule_);
  }

  void read_common(const Node& node) {
    if (node.has("law")) rule_.law = scalar_of(loading_, node["law"], "法名", "a law's name");
    if (node.has("article")) rule_.article = scalar_of(loading_, node["article"], "条", "an article");
    if (node.has("label")) rule_.label = scalar_of(loading_, node["label"], "名称", "a label");
    if (node.has("since")) rule_.since = read_day(node["since"]);
    if (node.has("until")) rule_.until = read_day(node["until"]);
    if (node.has("certainty")) {
      if (const auto certainty = parse_certainty(node["certainty"].scalar)) {
        rule_.certainty = *certainty;
      } else {
        unknown_name(loading_, node["certainty"].place, "可信度", "certainty", node["certainty"].scalar,
                     {"verified", "page", "memory", "seed"});
      }
    }
    if (node.has("first_day")) {
      const std::string& word = node["first_day"].scalar;
      if (word != "excluded" && word != "included") {
        unknown_name(loading_, node["first_day"].place, "起算", "first day", word, {"excluded", "included"});
      }
      rule_.first_day_counts = word == "included";
    }
    if (node.has("roll")) read_roll(node["roll"]);
  }

  const Rule& so_far() const { return rule_; }

 private:
  void fault(const Node& node, std::string zh, std::string en) {
    loading_.faults.add(node.place, std::move(zh), std::move(en));
  }

  void read_roll(const Node& node) {
    if (node.scalar == "yes")
      rule_.roll = Roll::yes;
    else if (node.scalar == "no")
      rule_.roll = Roll::no;
    else if (node.scalar == "unstated")
      rule_.roll = Roll::unstated;
    else
      unknown_name(loading_, node.place, "顺延", "roll", node.scalar, {"yes", "no", "unstated"});
  }

  std::optional<Date> read_day(const Node& node) {
    const auto day = parse_date(node.scalar);
    if (!day) fault(node, fmt::format("“{}”不是日期", node.scalar), fmt::format("\"{}\" is no date", node.scalar));
    return day;
  }

  std::string read_month_day(const Node& node) {
    if (!node) return {};
    if (!parse_month_day(node.scalar, 2024)) {
      fault(node, fmt::format("“{}”不是月日（04-15、02-end）", node.scalar),
            fmt::format("\"{}\" is no day of the year (04-15, 02-end)", node.scalar));
    }
    return node.scalar;
  }

  RulePeriod read_period(const Node& node) {
    RulePeriod period;
    if (node.is_scalar() && node.scalar == "paper") {
      period.kind = RulePeriod::Kind::paper;
    } else if (node.is_scalar()) {
      const auto parsed = parse_period(node.scalar);
      if (!parsed) {
        fault(node, fmt::format("“{}”不是期间（15 days、7 workdays、3 months）", node.scalar),
              fmt::format("\"{}\" is no period (15 days, 7 workdays, 3 months)", node.scalar));
        return period;
      }
      period.kind = RulePeriod::Kind::fixed;
      period.period = *parsed;
    } else if (node.has("setting")) {
      period.kind = RulePeriod::Kind::setting;
      period.setting = node["setting"].scalar;
      if (loading_.book.find_setting(period.setting) == nullptr) {
        std::vector<std::string> names;
        for (const LocalSetting& setting : loading_.book.settings) names.push_back(setting.key);
        unknown_name(loading_, node["setting"].place, "设置", "setting", period.setting, names);
      }
    } else {
      fault(node, "这里写期间、paper 或者 {setting: …}", "a period, paper or {setting: …} is expected");
    }
    return period;
  }

  void read_within(const Node& node) {
    if (!node.is_map() || node.has("setting")) {
      rule_.within = read_period(node);
      return;
    }
    for (const auto& [key, value] : node.entries) {
      rule_.within_by.emplace_back(key.scalar, read_period(value).period);
    }
  }

  void read_number(const Node& node) {
    if (node.has("setting")) {
      rule_.number_setting = node["setting"].scalar;
    } else if (node.is_map()) {
      for (const auto& [key, value] : node.entries) rule_.number_by.emplace_back(key.scalar, quantity(value).number);
    } else {
      const Quantity found = quantity(node);
      rule_.number = found.number;
      rule_.number_unit = found.unit;
    }
  }

  Quantity quantity(const Node& node) {
    if (const auto found = parse_quantity(node.scalar)) return *found;
    fault(node, fmt::format("“{}”不是数（5、30‰、200 元）", node.scalar),
          fmt::format("\"{}\" is no number (5, 30‰, 200 元)", node.scalar));
    return {};
  }

  void read_frequency(const Node& node) {
    Frequency frequency;
    if (node.has("at_least")) {
      const Quantity found = quantity(node["at_least"]);
      frequency.at_least = found.number;
      frequency.permille = found.unit == "‰";
    }
    frequency.every = node["every"].scalar;
    // "Each year not later than": once, from the first of January.
    if (node.has("until_day")) {
      if (!node.has("at_least")) frequency.at_least = 1;
      if (frequency.every.empty()) frequency.every = "year";
      frequency.window_from = "01-01";
      frequency.window_until = node["until_day"].scalar;
    }
    if (node.has("window")) {
      const auto ends = words_of(loading_, node["window"]);
      if (ends.size() == 2 && parse_month_day(ends[0], 2024) && parse_month_day(ends[1], 2024)) {
        frequency.window_from = ends[0];
        frequency.window_until = ends[1];
      } else {
        fault(node["window"], "window 要写两个月日：[01-01, 03-31]",
              "window takes two days of the year: [01-01, 03-31]");
      }
    }
    rule_.frequency = frequency;
  }

  Loading& loading_;
  Rule rule_;
};

}  // namespace

void load_law(Loading& loading, const std::string& section, const Node& root) {
  RuleReader defaults(loading, Rule{});
  if (root.has("all")) defaults.read_common(root["all"]);
  for (const auto& [key, value] : root.entries) {
    if (key.scalar == "all") continue;
    Rule rule = defaults.so_far();
    rule.section = section;
    rule.id = key.scalar;
    rule.place = key.place;
    if (loading.book.find_rule(rule.id) != nullptr) {
      loading.faults.add(key.place, fmt::format("规则“{}”写了两次", rule.id),
                         fmt::format("the rule \"{}\" stands twice", rule.id));
      continue;
    }
    loading.book.rules.push_back(RuleReader(loading, std::move(rule)).read(value));
  }
}

void load_settings(Loading& loading, const Node& root) {
  for (const auto& [key, node] : root.entries) {
    expect_keys(loading, node, {"label", "value", "unit", "source", "certainty"});
    LocalSetting setting;
    setting.key = key.scalar;
    setting.place = key.place;
    setting.label = required(loading, node, "label");
    setting.source = required(loading, node, "source");
    setting.unit = node["unit"].scalar;
    if (const auto certainty = parse_certainty(node["certainty"].scalar)) setting.certainty = *certainty;
    const Node& value = node["value"];
    setting.is_table = value.is_map();
    setting.value = value.scalar;
    for (const auto& [option, amount] : value.entries) setting.table[option.scalar] = amount.scalar;
    loading.book.settings.push_back(std::move(setting));
  }
}

RuleRef read_rule_ref(Loading& loading, const Node& node) {
  const RuleRef ref = parse_rule_ref(scalar_of(loading, node, "规则", "a rule"), node.place);
  const Rule* rule = loading.book.find_rule(ref.rule);
  if (rule == nullptr) {
    std::vector<std::string> names;
    for (const Rule& candidate : loading.book.rules) names.push_back(candidate.id);
    unknown_name(loading, node.place, "规则", "rule", ref.rule, names);
    return ref;
  }
  if (!ref.number.empty()) {
    std::vector<std::string> names;
    for (const auto& [name, period] : rule->within_by) names.push_back(name);
    for (const auto& [name, number] : rule->number_by) names.push_back(name);
    if (std::find(names.begin(), names.end(), ref.number) == names.end()) {
      unknown_name(loading, node.place, "数", "number", ref.text(), names);
    }
  }
  return ref;
}

}  // namespace zs::rulebook
