// What the yearly report lists record by record: report/lists.yaml → rulebook/report_list.h.
#include <fmt/format.h>

#include <algorithm>

#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

// The report is read by everybody: it shows nothing of a person, and nothing that is not one line of words.
bool may_stand(const Field& field) {
  const bool guarded = field.guard != Guard::open && field.guard != Guard::internal;
  const bool words = field.type != Type::rows && field.type != Type::files && field.type != Type::party &&
                     field.type != Type::link && field.type != Type::links;
  return words && !guarded;
}

template <class List>
std::vector<std::string> keys_of(const List& list) {
  std::vector<std::string> keys;
  for (const auto& item : list) keys.push_back(item.key);
  return keys;
}

void read_shown(Loading& loading, const Kind& kind, const Node& node, ReportColumn& column) {
  using Of = ReportColumn::Of;
  if (node.has("deadline")) {
    column.of = Of::deadline;
    column.key = node["deadline"].scalar;
    if (kind.find_deadline(column.key) == nullptr)
      unknown_name(loading, node.place, "期限", "deadline", column.key, keys_of(kind.deadlines));
    return;
  }
  column.key = node.scalar;
  if (column.key == "state") {
    column.of = Of::state;
  } else if (kind.find_number(column.key) != nullptr) {
    column.of = Of::number;
  } else {
    const Field* field = kind.find_field(column.key);
    if (field == nullptr) field = find_shared_field(column.key);
    if (field == nullptr) {
      unknown_name(loading, node.place, "字段", "field", column.key, keys_of(kind.fields));
    } else if (!may_stand(*field)) {
      loading.faults.add(node.place, fmt::format("“{}”不能写进报告：只列公开、内部的一个值", field->label),
                         fmt::format("\"{}\" cannot stand in a report: one open or internal value", column.key));
    }
  }
}

void read_list(Loading& loading, const Node& key, const Node& map) {
  expect_keys(loading, map, {"label", "of", "shows", "picks"});
  ReportList list{key.scalar, key.place, required(loading, map, "label"), required(loading, map, "of"), {}, {}};
  const Figure* figure = loading.book.find_figure(list.figure);
  const bool records =
      figure != nullptr && figure->form == Figure::Form::counts && figure->source == Figure::Source::record;
  if (figure == nullptr) {
    unknown_name(loading, map["of"].place, "数字", "figure", list.figure, keys_of(loading.book.figures));
  } else if (!records) {
    loading.faults.add(map["of"].place, "of 写一个数记录的数字（counts: 台账）", "of: a figure that counts records");
  }
  const Kind* kind = records ? loading.find_kind(figure->kind) : nullptr;
  for (const auto& [name, shown] : map["shows"].entries) {
    if (loading.book.find_figure(name.scalar) != nullptr)
      loading.faults.add(name.place, fmt::format("“{}”是一个数字的名字，换一个", name.scalar),
                         "a figure has that name");
    ReportColumn column;
    column.name = name.scalar;
    if (kind != nullptr) read_shown(loading, *kind, shown, column);
    list.columns.push_back(std::move(column));
  }
  if (list.columns.empty()) loading.faults.add(map.place, "没有写列哪几样（shows:）", "shows: is missing");
  list.picks = map["picks"].scalar;
  const auto named = [&](const ReportColumn& column) { return column.name == list.picks; };
  if (!list.picks.empty() && std::none_of(list.columns.begin(), list.columns.end(), named))
    loading.faults.add(map["picks"].place, "picks 写 shows 里的一列", "picks is a column of shows");
  loading.book.report_lists.push_back(std::move(list));
}

}  // namespace

void load_report_lists(Loading& loading, const Node& root) {
  for (const auto& [key, map] : root.entries) read_list(loading, key, map);
}

}  // namespace zs::rulebook
