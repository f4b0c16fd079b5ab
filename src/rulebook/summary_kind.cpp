// The one kind that no file declares: a number without a ledger (汇总件, design §4.6). It stands for a figure, a value
// and a period; its evidence has the weight of its value.
#include "rulebook/rulebook.h"

namespace zs::rulebook {
namespace {

Field field(std::string key, std::string label, Type type) {
  Field made;
  made.key = std::move(key);
  made.label = std::move(label);
  made.type = type;
  return made;
}

// The figures that a number may stand for: those which add up over a period.
Field figure_field(const std::vector<Figure>& figures) {
  Field made = field("figure", "指标", Type::choice);
  for (const Figure& figure : figures) {
    if (figure.base() && figure.form != Figure::Form::stock) made.options.push_back({figure.key, figure.label});
  }
  return made;
}

}  // namespace

Kind summary_kind(const std::string& part, const std::vector<Figure>& figures) {
  Kind kind;
  kind.key = kSummaryKind;
  kind.label = "汇总件";
  kind.part = part;
  kind.measure = "件";
  kind.opened = "until_on";
  kind.closed = "until_on";
  kind.title = {"figure"};
  kind.fields = {figure_field(figures), field("value", "数值", Type::count), field("from_on", "期间起", Type::date),
                 field("until_on", "期间止", Type::date)};
  kind.states.push_back({"kept", "已登记", true, "", {}});
  Action create;
  create.key = "create";
  create.label = "登记汇总件";
  create.to = "kept";
  for (const Field& each : kind.fields) create.needs.push_back({each.key, nullptr, {}});
  kind.actions.push_back(std::move(create));
  NumberSeries number;
  number.key = "number";
  number.label = "登记号";
  number.pattern = "汇总〔{year}〕{serial}号";
  number.given_by = "create";
  number.year_of = "until_on";
  kind.numbers.push_back(std::move(number));
  return kind;
}

}  // namespace zs::rulebook
