#include "report/old_totals.h"

#include <fmt/format.h>

#include <algorithm>

#include "paper/loose_text.h"
#include "paper/text_key.h"

namespace zs::report {
namespace {

using ledger::ImportRow;
using rulebook::Field;
using rulebook::Slot;
using rulebook::Type;

constexpr std::string_view kFigure = "figure.";
constexpr std::string_view kPeriod = "period";

Span months(int year, unsigned first, unsigned last) {
  const Date after = last == 12 ? Date(year + 1, 1, 1) : Date(year, last + 1, 1);
  return {Date(year, first, 1), after - 1};
}

const Value* find(const paper::CleanRow& row, std::string_view key) {
  const auto found = row.fields.find(key);
  return found == row.fields.end() || !found->second.present() ? nullptr : &found->second;
}

std::optional<Span> span_of(const paper::CleanRow& row, std::optional<int> year) {
  const Value* from = find(row, "from_on");
  const Value* until = find(row, "until_on");
  const Value* period = find(row, kPeriod);
  if (from != nullptr && until != nullptr && from->as<Date>() != nullptr && until->as<Date>() != nullptr)
    return Span{*from->as<Date>(), *until->as<Date>()};
  if (period != nullptr) return read_span(plain_text(*period), year);
  return year ? std::optional(months(*year, 1, 12)) : std::nullopt;
}

// A figure named in a cell, by its label or key.
std::string figure_key(const rulebook::Rulebook& book, const Value& value) {
  const std::string text = paper::text_key(plain_text(value));
  for (const rulebook::Figure& figure : book.figures) {
    if (figure.base() && (paper::text_key(figure.label) == text || figure.key == plain_text(value))) return figure.key;
  }
  return {};
}

ImportRow total(const paper::CleanRow& row, const std::string& figure, std::int64_t value,
                const std::optional<Span>& span) {
  ImportRow made;
  made.row = row.row;
  made.problems = row.problems;
  made.values["figure"] = figure;
  made.values["value"] = value;
  made.numbered = {figure};
  if (span) {
    made.values["from_on"] = span->from;
    made.values["until_on"] = span->until;
    made.numbered.push_back(span->from.text() + "/" + span->until.text());
  } else {
    made.problems.push_back({"没有期间：加一列年度或者月份，或者用 --year 说明哪一年",
                             "no period: add a column of years or months, or give --year"});
  }
  for (const std::string_view key : {"unit", "village"}) {
    const Value* org = find(row, key);
    if (org != nullptr) made.values[std::string(key)] = *org;
    made.numbered.push_back(org == nullptr ? std::string() : plain_text(*org));
  }
  return made;
}

}  // namespace

std::vector<Field> figure_fields(const rulebook::Rulebook& book, const std::string& kind) {
  std::vector<Field> fields;
  for (const rulebook::Figure& figure : book.figures) {
    const bool wanted = kind.empty() || kind == rulebook::kSummaryKind || figure.kind == kind;
    if (!figure.base() || !wanted || figure.form == rulebook::Figure::Form::stock) continue;
    Field field;
    field.key = std::string(kFigure) + figure.key;
    field.label = figure.label;
    field.type = figure.money ? Type::money : Type::count;
    fields.push_back(std::move(field));
  }
  Field period;
  period.key = kPeriod;
  period.label = "期间";
  fields.push_back(std::move(period));
  return fields;
}

std::vector<Slot> figure_slots(const std::vector<Field>& fields) {
  std::vector<Slot> slots;
  for (const Field& field : fields) {
    Slot slot;
    slot.path = field.key;
    slot.label = field.label;
    slot.field = &field;
    slots.push_back(std::move(slot));
  }
  return slots;
}

std::optional<Span> read_span(std::string_view text, std::optional<int> year) {
  const std::string key = paper::text_key(text);
  if (const auto named = paper::year_in(key)) year = named;
  if (!year) return std::nullopt;
  // What stands behind the year: 2023年三月 is 三月. In 上半年 the 年 is no year's.
  const bool half = key.find("半年") != std::string::npos;
  const std::size_t sign = key.find("年");
  const std::size_t after_year = half || sign == std::string::npos ? 0 : sign + std::string_view("年").size();
  const std::string rest = key.substr(after_year);
  if (rest.find("上半年") != std::string::npos) return months(*year, 1, 6);
  if (rest.find("下半年") != std::string::npos) return months(*year, 7, 12);
  static constexpr std::string_view kNumerals[] = {"一", "二", "三", "四"};
  for (unsigned quarter = 1; quarter <= 4; ++quarter) {
    if (rest.find(fmt::format("{}季", quarter)) != std::string::npos ||
        rest.find(fmt::format("{}季", kNumerals[quarter - 1])) != std::string::npos)
      return months(*year, quarter * 3 - 2, quarter * 3);
  }
  // 3月 is read as the first of March.
  const std::size_t month = rest.find("月");
  if (month != std::string::npos) {
    const auto day = paper::read_day(rest.substr(0, month) + "月1日", year);
    const auto* found = std::get_if<paper::LooseMoment>(&day);
    if (found == nullptr) return std::nullopt;
    return months(*year, found->day.month(), found->day.month());
  }
  const bool whole =
      paper::year_in(key) ? rest.empty() || rest == "度" || rest == "全年" || rest == key : key == "全年";
  return whole ? std::optional(months(*year, 1, 12)) : std::nullopt;
}

std::vector<ImportRow> totals_of(const rulebook::Rulebook& book, const rulebook::Kind& kind, const paper::CleanRow& row,
                                 std::optional<int> year) {
  std::vector<ImportRow> made;
  const auto span = span_of(row, year);
  for (const auto& [key, value] : row.fields) {
    const auto* number = value.as<std::int64_t>();
    if (number != nullptr && key.starts_with(kFigure))
      made.push_back(total(row, key.substr(kFigure.size()), *number, span));
  }
  // One figure a row: its name in a cell, its value in another.
  const Value* named = find(row, "figure");
  const Value* value = find(row, "value");
  if (named != nullptr && value != nullptr && value->as<std::int64_t>() != nullptr) {
    const std::string key = figure_key(book, *named);
    made.push_back(total(row, key, *value->as<std::int64_t>(), span));
    if (key.empty())
      made.back().problems.push_back({fmt::format("没有“{}”这个指标", plain_text(*named)),
                                      fmt::format("there is no figure \"{}\"", plain_text(*named))});
  }
  if (made.empty() && !row.problems.empty()) {
    made.emplace_back();
    made.back().row = row.row;
    made.back().problems = row.problems;
  }
  for (ImportRow& each : made) {
    if (!kind.states.empty()) each.state = kind.states.front().key;
  }
  return made;
}

}  // namespace zs::report
