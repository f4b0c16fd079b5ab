#include "report/listed.h"

#include <fmt/format.h>

#include "ledger/figures.h"
#include "ledger/records.h"
#include "ledger/shown.h"
#include "report/marks.h"

namespace zs::report {
namespace {

using Item = std::map<std::string, std::string>;

std::string field_words(const ledger::Town& town, const ledger::RecordView& view, const std::string& key) {
  const rulebook::Kind* kind = town.book->find_kind(view.record.kind);
  const rulebook::Field* field = kind == nullptr ? nullptr : kind->find_field(key);
  if (field == nullptr) field = rulebook::find_shared_field(key);
  if (field == nullptr) return {};
  Value value;
  if (const auto computed = view.computed.find(key); field->computed && computed != view.computed.end())
    value = computed->second;
  if (const auto given = view.record.fields.find(key); !field->computed && given != view.record.fields.end())
    value = given->second;
  if (value.absent()) return {};
  const auto* day = value.as<Date>();
  return day != nullptr ? day->chinese() : ledger::shown(town, *field, value);
}

std::string words_of(const ledger::Town& town, const ledger::RecordView& view, const rulebook::ReportColumn& column) {
  switch (column.of) {
    case rulebook::ReportColumn::Of::state: return view.state_label;
    case rulebook::ReportColumn::Of::number: {
      const auto number = view.record.numbers.find(column.key);
      return number == view.record.numbers.end() ? std::string() : number->second;
    }
    case rulebook::ReportColumn::Of::deadline:
      for (const ledger::DeadlineView& deadline : view.deadlines) {
        if (deadline.key == column.key) return std::string(rules::chinese_of(deadline.outcome));
      }
      return {};
    case rulebook::ReportColumn::Of::field: break;
  }
  return field_words(town, view, column.key);
}

}  // namespace

Result<std::vector<Pick>> put_lists(store::Session& session, const ledger::Town& town, int year, Date today,
                                    paper::Data& data) {
  std::vector<Pick> picks;
  for (const rulebook::ReportList& list : town.book->report_lists) {
    auto& items = data.lists[list.key];
    for (const rulebook::ReportColumn& column : list.columns) data.of_items.insert(column.name);
    ZS_TRY(const auto lines, ledger::evidence_of_year(session, town, list.figure, year));
    for (const ledger::EvidenceLine& line : lines) {
      if (line.summary || items.size() >= kListedMax) continue;
      ZS_TRY(const auto view, ledger::view_record(session, town, line.record, today));
      const std::string record = fmt::format("{}/{}", line.kind, line.record.number);
      Item item;
      for (const rulebook::ReportColumn& column : list.columns) {
        const std::string words = words_of(town, view, column);
        const bool opens = column.name == list.columns.front().name;
        item[column.name] = opens && !words.empty() ? marked(record, words) : words;
        if (column.name != list.picks || words.empty()) continue;
        const std::string name = fmt::format("{}_{}", list.key, line.record.number);
        data.texts[name] = marked(record, words);
        picks.push_back({name, fmt::format("{} {}", view.title.empty() ? list.label : view.title, view.number), words});
      }
      items.push_back(std::move(item));
    }
    data.flags["any_" + list.key] = !items.empty();
  }
  return picks;
}

}  // namespace zs::report
