// What a kind asks of somebody outside (field:), and how a record is typed into an outside system (entry_card:).
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rulebook/loading.h"
#include "rulebook/outside.h"

namespace zs::rulebook {
namespace {

const Field* field_of(const Kind& kind, std::string_view key) {
  const Field* field = kind.find_field(key);
  return field != nullptr ? field : find_shared_field(key);
}

std::vector<std::string> names_of(const Kind& kind) {
  std::vector<std::string> names;
  for (const Field& field : kind.fields) names.push_back(field.key);
  for (const Field& field : shared_fields()) names.push_back(field.key);
  for (const NumberSeries& series : kind.numbers) names.push_back(series.key);
  return names;
}

/// The field of "x", or the column of "x.y"; null if there is none.
struct AskedPlace {
  const Field* field = nullptr;
  const Field* column = nullptr;
};
AskedPlace place_of(const Kind& kind, const std::string& asked) {
  const std::size_t dot = asked.find('.');
  AskedPlace found{field_of(kind, asked.substr(0, dot)), nullptr};
  if (found.field != nullptr && dot != std::string::npos)
    found.column = found.field->find_column(asked.substr(dot + 1));
  return found;
}

// The acts that the office completes the draft with: the steps of the quick form, or the creating act.
std::vector<const Action*> acts_of(const Kind& kind) {
  std::vector<const Action*> acts;
  for (const Quick& quick : kind.quick) {
    if (quick.key != kind.field_work->quick) continue;
    for (const std::string& key : quick.does) acts.push_back(kind.find_action(key));
  }
  if (kind.field_work->quick.empty()) acts.push_back(kind.creating_action());
  std::erase(acts, nullptr);
  return acts;
}

bool takes(const Action& action, const std::string& field) {
  const auto named = [&](const Asked& asked) { return asked.field == field; };
  return std::any_of(action.needs.begin(), action.needs.end(), named) ||
         std::any_of(action.asks.begin(), action.asks.end(), named) ||
         std::find(action.adds.begin(), action.adds.end(), field) != action.adds.end();
}

class FieldWorkCheck {
 public:
  FieldWorkCheck(Loading& loading, const Kind& kind) : loading_(loading), kind_(kind) {}

  void run() {
    const FieldWork& work = *kind_.field_work;
    if (kind_.creating_action() == nullptr)
      fault(work.place, "没有登记的动作，外勤的草稿没有去处", "there is no creating action for a draft to end in");
    const auto named = [&](const Quick& quick) { return quick.key == work.quick; };
    if (!work.quick.empty() && std::none_of(kind_.quick.begin(), kind_.quick.end(), named)) {
      std::vector<std::string> names;
      for (const Quick& quick : kind_.quick) names.push_back(quick.key);
      unknown_name(loading_, work.place, "一次填完的表", "quick form", work.quick, names);
    }
    if (work.asks.empty()) fault(work.place, "外勤没有写问什么（asks:）", "field work asks for nothing (asks:)");
    if (work.asks.size() > kFieldAsksMax)
      fault(work.asks[kFieldAsksMax].place,
            fmt::format("外勤最多问{}项，这里写了{}项；其余的由办公室补全", kFieldAsksMax, work.asks.size()),
            fmt::format("field work asks for at most {} things, not {}", kFieldAsksMax, work.asks.size()));
    std::set<std::string> seen;
    for (const Asked& asked : work.asks) {
      if (!seen.insert(asked.field).second)
        fault(asked.place, fmt::format("“{}”问了两次", asked.field), fmt::format("\"{}\" is asked twice", asked.field));
      check(asked);
    }
  }

 private:
  void fault(const Place& place, std::string zh, std::string en) {
    loading_.faults.add(place, std::move(zh), std::move(en));
  }

  void check(const Asked& asked) {
    const AskedPlace at = place_of(kind_, asked.field);
    const bool dotted = asked.field.find('.') != std::string::npos;
    if (at.field == nullptr) return unknown_name(loading_, asked.place, "字段", "field", asked.field, names_of(kind_));
    if (dotted && at.column == nullptr) {
      std::vector<std::string> names;
      for (const Field& column : at.field->columns) names.push_back(at.field->key + "." + column.key);
      return unknown_name(loading_, asked.place, "列", "column", asked.field, names);
    }
    if (!dotted && at.field->type == Type::rows)
      return fault(asked.place, fmt::format("“{}”是明细；外勤只问其中一列，写成 {}.列", at.field->label, at.field->key),
                   fmt::format("\"{}\" is a rows field: ask for one column of it", asked.field));
    check_value(asked, dotted ? *at.column : *at.field);
    const auto acts = acts_of(kind_);
    const bool shared = kind_.find_field(at.field->key) == nullptr;
    const bool taken =
        shared || std::any_of(acts.begin(), acts.end(), [&](const Action* act) { return takes(*act, at.field->key); });
    if (!acts.empty() && !taken)
      fault(asked.place, fmt::format("“{}”不是登记时填的，填了没有去处", at.field->label),
            fmt::format("\"{}\" is taken by no act of the form", asked.field));
  }

  void check_value(const Asked& asked, const Field& field) {
    if (field.computed)
      fault(asked.place, fmt::format("“{}”是算出来的，不用填", field.label),
            fmt::format("\"{}\" is computed", asked.field));
    // What is not sent yet lies in the browser of a phone.
    if (field.guard == Guard::sensitive || field.guard == Guard::secret)
      fault(asked.place, fmt::format("“{}”是敏感信息，不在手机上填", field.label),
            fmt::format("\"{}\" is too guarded for a phone", asked.field));
    if (field.type == Type::link || field.type == Type::links || field.type == Type::files)
      fault(asked.place, fmt::format("外勤不问关联和附件（“{}”）；照片另有地方", field.label),
            fmt::format("field work asks for no links and files (\"{}\")", asked.field));
  }

  Loading& loading_;
  const Kind& kind_;
};

void check_card(Loading& loading, const Kind& kind) {
  const EntryCard& card = kind.entry_card;
  const NumberSeries* series = card.number.empty() ? nullptr : kind.find_number(card.number);
  if (!card.number.empty() && (series == nullptr || !series->outside)) {
    std::vector<std::string> names;
    for (const NumberSeries& each : kind.numbers) {
      if (each.outside) names.push_back(each.key);
    }
    unknown_name(loading, card.place, "外部编号", "outside number", card.number, names);
  }
  std::set<std::string> seen;
  for (const CardLine& line : card.lines) {
    if (!seen.insert(line.path).second)
      loading.faults.add(line.place, fmt::format("录入卡里“{}”写了两次", line.path),
                         fmt::format("\"{}\" stands twice on the card", line.path));
    const std::size_t colon = line.path.find(':');
    const std::string key = line.path.substr(0, colon);
    const Field* field = field_of(kind, key);
    if (field == nullptr && kind.find_number(key) == nullptr) {
      unknown_name(loading, line.place, "字段", "field", key, names_of(kind));
    } else if (colon != std::string::npos) {
      const std::string part = line.path.substr(colon + 1);
      const bool asked = field != nullptr && field->type == Type::party &&
                         std::find(field->asks.begin(), field->asks.end(), part) != field->asks.end();
      if (!asked)
        unknown_name(loading, line.place, "当事人的项", "part", part,
                     field == nullptr ? std::vector<std::string>() : field->asks);
    }
  }
}

}  // namespace

const NumberSeries* home_number(const Kind& kind) {
  if (!kind.entry_card.number.empty()) return kind.find_number(kind.entry_card.number);
  const auto found =
      std::find_if(kind.numbers.begin(), kind.numbers.end(), [](const NumberSeries& each) { return each.outside; });
  return found == kind.numbers.end() ? nullptr : &*found;
}

void load_outside(const NameScope& scope, Kind& kind, const Node& root) {
  if (const Node& node = root["field"]) {
    expect_keys(scope.loading, node, {"label", "quick", "asks"});
    FieldWork work;
    work.place = node.place;
    work.label = required(scope.loading, node, "label");
    work.quick = node["quick"].scalar;
    for (const Node& item : node["asks"].items) work.asks.push_back({item.scalar, nullptr, item.place});
    kind.field_work = std::move(work);
  }
  const Node& card = root["entry_card"];
  if (!card) return;
  kind.entry_card.place = card.place;
  if (card.is_map()) {
    expect_keys(scope.loading, card, {"number", "fields"});
    kind.entry_card.number = card["number"].scalar;
  }
  for (const Node& item : (card.is_map() ? card["fields"] : card).items) {
    if (item.is_map()) expect_keys(scope.loading, item, {"field", "label"});
    CardLine line;
    line.place = item.place;
    line.path = item.is_map() ? required(scope.loading, item, "field") : item.scalar;
    if (item.is_map()) line.label = item["label"].scalar;
    kind.entry_card.lines.push_back(std::move(line));
  }
}

void check_outside(Loading& loading, const Kind& kind) {
  if (kind.field_work) FieldWorkCheck(loading, kind).run();
  check_card(loading, kind);
}

}  // namespace zs::rulebook
