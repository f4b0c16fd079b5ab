// The values of an act: what was given, what the action sets, takes and clears, and the numbers it gives.
#include <fmt/format.h>

#include <algorithm>

#include "rules/findings.h"
#include "rules/judge.h"

namespace zs::rules {

using rulebook::Action;
using rulebook::Field;
using rulebook::Type;

namespace {

constexpr std::size_t kRowsMax = 2000;

bool asked_in(const std::vector<rulebook::Asked>& asked, std::string_view name) {
  return std::any_of(asked.begin(), asked.end(), [&](const rulebook::Asked& item) { return item.field == name; });
}

std::string replaced(std::string text, std::string_view placeholder, std::string_view with) {
  const std::size_t at = text.find(placeholder);
  if (at != std::string::npos) text.replace(at, placeholder.size(), with);
  return text;
}

}  // namespace

void Judge::take_values(const Action& action, const ActInput& input, EntryFacts& entry) {
  for (const auto& [name, value] : input.values) {
    const Field* field = kind_->find_field(name);
    const Field* shared = rulebook::find_shared_field(name);
    const bool asked =
        asked_in(action.needs, name) || asked_in(action.asks, name) || (field == nullptr && shared != nullptr);
    if (field == nullptr) field = shared;
    if (field == nullptr || !asked) {
      refuse_shape(name, fmt::format("“{}”不填“{}”", action.label, field == nullptr ? name : field->label),
                   fmt::format("\"{}\" is not asked by \"{}\"", name, action.key));
      continue;
    }
    if (field->computed) {
      refuse_shape(name, fmt::format("“{}”是算出来的，不用填", field->label), fmt::format("\"{}\" is computed", name));
      continue;
    }
    if (check_value(*field, value, name)) entry.facts.push_back({name, value});
  }
}

bool Judge::check_value(const Field& field, const Value& value, const std::string& path) {
  if (value.unknown() && way_ == Way::done) {
    refuse_shape(path, fmt::format("“{}”不能填不详；只有登记旧事和历史事项可以", field.label),
                 fmt::format("\"{}\" cannot be unknown in an act done here", path));
    return false;
  }
  const auto* text = value.as<std::string>();
  if (text != nullptr && field.type == Type::staff && person(*text) == nullptr) {
    refuse_shape(path, fmt::format("“{}”：人员登记里没有“{}”", field.label, *text),
                 fmt::format("\"{}\": \"{}\" is not on the staff register", path, *text));
    return false;
  }
  if (text != nullptr && field.type == Type::org && facts_.orgs != nullptr && !facts_.orgs->contains(*text)) {
    refuse_shape(path, fmt::format("“{}”：机构登记里没有“{}”", field.label, *text),
                 fmt::format("\"{}\": \"{}\" is not on the register of orgs", path, *text));
    return false;
  }
  const auto check_link = [&](const Link& link) {
    const bool kind_fits = field.to.empty() || std::find(field.to.begin(), field.to.end(), link.kind) != field.to.end();
    if (kind_fits && facts_.neighbours != nullptr && facts_.neighbours->find(link) != nullptr) return true;
    refuse_shape(path, fmt::format("“{}”：没有这一事项 {}/{}", field.label, link.kind, link.id.number),
                 fmt::format("\"{}\": there is no {}/{}", path, link.kind, link.id.number));
    return false;
  };
  if (const auto* link = value.as<Link>()) return check_link(*link);
  if (const auto* links = value.as<std::vector<Link>>()) return std::all_of(links->begin(), links->end(), check_link);
  return true;
}

void Judge::take_rows(const Action& action, const ActInput& input, EntryFacts& entry) {
  for (const RowChange& row : input.rows) take_row(action, row, entry);
}

// adds: new rows; edits: cells that are empty. A filled cell changes by correction.
void Judge::take_row(const Action& action, const RowChange& row, EntryFacts& entry) {
  const Field* rows = kind_->find_field(row.rows);
  const bool adds = row.number == 0;
  const auto edit =
      std::find_if(action.edits.begin(), action.edits.end(), [&](const auto& item) { return item.first == row.rows; });
  const bool may_add = std::find(action.adds.begin(), action.adds.end(), row.rows) != action.adds.end();
  if (rows == nullptr || rows->type != Type::rows || (adds ? !may_add : edit == action.edits.end())) {
    refuse_shape(
        row.rows,
        fmt::format("“{}”不{}明细“{}”", action.label, adds ? "增加" : "填写", rows == nullptr ? row.rows : rows->label),
        fmt::format("\"{}\" does not {} rows of \"{}\"", action.key, adds ? "add" : "edit", row.rows));
    return;
  }
  const RowNumber number = adds ? next_row(row.rows, entry) : row.number;
  const auto list = record_.rows.find(row.rows);
  const bool exists = list != record_.rows.end() && list->second.contains(number);
  if (!adds && !exists) {
    refuse_shape(row.rows, fmt::format("明细“{}”没有第{}行", rows->label, number),
                 fmt::format("\"{}\" has no row {}", row.rows, number));
    return;
  }
  if (adds && list != record_.rows.end() && list->second.size() >= kRowsMax) {
    refuse_shape(row.rows, fmt::format("明细“{}”满两千行了", rows->label),
                 fmt::format("\"{}\" holds 2,000 rows already", row.rows));
    return;
  }
  act_.touched_rows.insert({row.rows, number});
  for (const auto& [column, value] : row.cells) {
    const std::string path = cell_path(row.rows, number, column);
    const Field* field = rows->find_column(column);
    const bool asked = field != nullptr && !field->computed &&
                       (adds || std::find(edit->second.begin(), edit->second.end(), column) != edit->second.end());
    if (!asked) {
      refuse_shape(path, fmt::format("“{}”不填“{}”这一列", action.label, field == nullptr ? column : field->label),
                   fmt::format("\"{}\" is not asked here", path));
      continue;
    }
    if (!adds && !value_at(record_, path).absent() && value_at(record_, path) != value) {
      refuse_shape(path, fmt::format("“{}”已经填过，要改用更正", field->label),
                   fmt::format("\"{}\" is filled: correct it instead", path));
      continue;
    }
    if (check_value(*field, value, path)) entry.facts.push_back({path, value});
  }
}

RowNumber Judge::next_row(const std::string& rows, const EntryFacts& entry) const {
  RowNumber last = 0;
  const auto list = record_.rows.find(rows);
  if (list != record_.rows.end() && !list->second.empty()) last = list->second.rbegin()->first;
  for (const Fact& fact : entry.facts) {
    const FactPath path = parse_fact_path(fact.path);
    if (path.field == rows) last = std::max(last, path.row);
  }
  for (const auto& [touched, number] : act_.touched_rows) {
    if (touched == rows) last = std::max(last, number);
  }
  return last + 1;
}

// Outside numbers are given; the town's own only in history, where they move the series past them.
void Judge::take_numbers(const ActInput& input, EntryFacts& entry) {
  for (const auto& [name, text] : input.numbers) {
    const rulebook::NumberSeries* series = kind_->find_number(name);
    if (series == nullptr || (!series->outside && way_ != Way::history)) {
      refuse_shape(name, fmt::format("“{}”不是外部编号", series == nullptr ? name : series->label),
                   fmt::format("\"{}\" is no outside number", name));
      continue;
    }
    if (facts_.taken != nullptr) {
      const auto taken = facts_.taken->find({kind_->key, name, text});
      if (taken != facts_.taken->end() && taken->second != record_.id && (series->unique || !series->outside)) {
        refuse_shape(name, fmt::format("“{}”{} 已经用在第{}号事项上", series->label, text, taken->second.number),
                     fmt::format("the number {} is taken by record {}", text, taken->second.number));
        continue;
      }
    }
    entry.numbers[name] = text;
  }
}

Value Judge::set_value(const rulebook::Operand& operand, View& view, const Field* field, Date day) {
  if (operand.kind == rulebook::Operand::Kind::act_day) return day;
  if (operand.kind == rulebook::Operand::Kind::path) {
    auto found = view.values(operand.path);
    return found.empty() ? Value{} : std::move(found.front());
  }
  auto found = view.operand(operand);
  if (found.empty()) return {};
  if (found.size() > 1 || (field != nullptr && field->type == Type::choices)) {
    std::vector<std::string> texts;
    for (const Value& value : found) {
      if (const auto* text = value.as<std::string>()) texts.push_back(*text);
    }
    return texts;
  }
  return std::move(found.front());
}

void Judge::set_own(const Action& action, Date day, EntryFacts& entry) {
  const auto replace = [&](const std::string& path, Value value) {
    const auto same =
        std::find_if(entry.facts.begin(), entry.facts.end(), [&](const Fact& fact) { return fact.path == path; });
    if (same != entry.facts.end())
      same->value = std::move(value);
    else
      entry.facts.push_back({path, std::move(value)});
  };
  for (const std::string& cleared : action.clears) {
    if (const auto rows = record_.rows.find(cleared); rows != record_.rows.end()) {
      for (const auto& [number, cells] : rows->second) replace(fmt::format("{}/{}", cleared, number), {});
    } else if (record_.fields.contains(cleared)) {
      replace(cleared, {});
    }
  }
  // From here on the record is as the act leaves it.
  fold(record_, entry);
  const std::size_t given = entry.facts.size();
  std::vector<Fact> own;
  {
    View view(facts_.in_force, record_, facts_.neighbours, &act_);
    for (const rulebook::Setting& setting : action.sets) {
      Value value = set_value(setting.value, view, kind_->find_field(setting.field), day);
      if (!value.absent()) own.push_back({setting.field, std::move(value)});
    }
    for (const auto& [field, path] : action.takes) {
      auto found = view.values(path);
      if (!found.empty()) own.push_back({field, std::move(found.back())});
    }
    take_findings(action, view, entry);
  }
  fold_facts(record_, std::span(entry.facts).subspan(given));
  fold_facts(record_, own);
  for (Fact& fact : own) replace(fact.path, std::move(fact.value));
}

// What a look at another record finds, as rows of ours: the journal keeps what was found that day.
void Judge::take_findings(const Action& action, View& view, EntryFacts& entry) {
  for (const auto& [rows, path] : action.finds) {
    for (const Value& value : view.values(path)) {
      const auto* link = value.as<Link>();
      const Record* other = link == nullptr || facts_.neighbours == nullptr ? nullptr : facts_.neighbours->find(*link);
      if (other == nullptr) continue;
      View seen(facts_.in_force, *other, facts_.neighbours, &act_);
      const auto papers = home_of(facts_, seen.kind()) == "here" ? PapersLie::here : PapersLie::elsewhere;
      for (const Finding& finding : findings_of(seen, act_.day, papers)) {
        const RowNumber row = next_row(rows, entry);
        if (row > static_cast<RowNumber>(kRowsMax)) break;
        entry.facts.push_back({cell_path(rows, row, "sort"), std::string(name_of(finding.sort))});
        entry.facts.push_back({cell_path(rows, row, "what"), finding.what});
        if (!finding.law.empty()) entry.facts.push_back({cell_path(rows, row, "law"), finding.law});
        if (finding.day) entry.facts.push_back({cell_path(rows, row, "day"), *finding.day});
      }
    }
  }
}

void Judge::give_numbers(const rulebook::Kind& kind, const Action& action, View& after, EntryFacts& entry) {
  for (const rulebook::NumberSeries& series : kind.numbers) {
    if (series.outside || series.given_by != action.key || entry.numbers.contains(series.key)) continue;
    if (after.record().numbers.contains(series.key) || !after.applies(series.when)) continue;
    entry.numbers[series.key] = next_number(kind, series, after, entry.on);
  }
}

// A series is (kind, name, year, org); the serial follows the last one given, without a gap.
std::string Judge::next_number(const rulebook::Kind& kind, const rulebook::NumberSeries& series, View& after,
                               Date day) {
  int year = day.year();
  if (!series.year_of.empty() && series.year_of != "act_day") {
    const Value value = after.value(series.year_of);
    if (const auto* date = value.as<Date>()) year = date->year();
  }
  std::string per;
  if (!series.per.empty()) {
    const Value value = after.value(series.per);
    per = plain_text(value);
  }
  const std::int64_t serial = ++last_serial({kind.key, series.key, year, per});
  std::string text = replaced(series.pattern, "{year}", std::to_string(year));
  text = replaced(std::move(text), "{serial}", std::to_string(serial));
  return replaced(std::move(text), "{town}", facts_.town_character);
}

}  // namespace zs::rules
