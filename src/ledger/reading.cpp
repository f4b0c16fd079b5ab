#include "ledger/reading.h"

#include <fmt/format.h>

#include "rules/findings.h"

namespace zs::ledger {
namespace {

using store::Session;

// The states in the order in which the record went through them.
std::vector<Step> steps_of(const std::vector<HistoryLine>& history) {
  std::vector<Step> steps;
  for (const HistoryLine& line : history) {
    const std::string& state = line.facts.state;
    if (state.empty() || (!steps.empty() && steps.back().state == state)) continue;
    steps.push_back({state, line.facts.on});
  }
  return steps;
}

// The day of the first paper of this form that stands.
std::optional<Date> day_of_paper(const rules::Record& record, const std::string& form) {
  const auto papers = record.rows.find("papers");
  if (papers == record.rows.end()) return {};
  for (const auto& [number, cells] : papers->second) {
    const auto key = cells.find("form");
    if (key == cells.end() || plain_text(key->second) != form || cells.contains("withdrawn_on")) continue;
    const auto dated = cells.find("day");
    if (dated != cells.end() && dated->second.as<Date>() != nullptr) return *dated->second.as<Date>();
  }
  return {};
}

std::vector<DossierLine> dossier_of(const Town& town, const rulebook::Kind& kind, const rules::Record& record) {
  std::vector<DossierLine> lines;
  rules::View looked(town.in_force(), record);
  for (const rules::DossierPlace& place : rules::dossier_places(looked)) {
    const rulebook::DossierItem& item = *place.item;
    const rulebook::Field* field = kind.find_field(item.field);
    const rulebook::Form* form = town.book->find_form(item.form);
    DossierLine line;
    line.label = form != nullptr ? form->label : field != nullptr ? field->label : item.form + item.field;
    line.form = item.form;
    line.field = item.field;
    line.there = place.there;
    line.day = day_of_paper(record, item.form);
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::shared_ptr<const RecordPage>> page_of(Session& session, const TownPtr& town, RecordView view) {
  auto page = std::make_shared<RecordPage>();
  page->town = town;
  page->view = std::move(view);
  const rules::Record& record = page->view.record;
  const rulebook::Kind& kind = *town->book->find_kind(record.kind);
  ZS_TRY(const auto history, history_of(session, *town, record.id));
  page->steps = steps_of(history);
  page->dossier = dossier_of(*town, kind, record);
  ZS_TRY(page->near, links_of(session, *town, record));
  for (const auto& [field, digest] : files_of(kind, record)) {
    ZS_TRY(const auto file, find_file(session, town->id, digest));
    if (file) page->files[digest] = *file;
  }
  return std::shared_ptr<const RecordPage>(std::move(page));
}

}  // namespace

template <class T, class Make>
Result<std::shared_ptr<const T>> Reading::kept(Kept<T>& shelf, const TownPtr& town, Date today, const std::string& key,
                                               Make make) {
  ZS_TRY(auto lease, ledger_.database().reader());
  ZS_TRY(const std::int64_t n, head_of(*lease, town->id));
  const typename Kept<T>::Stamp stamp{town.get(), n, today};
  if (auto found = shelf.find(stamp, key)) return found;
  Result<std::shared_ptr<const T>> made = make(*lease);
  if (made) shelf.keep(stamp, town, key, *made);
  return made;
}

Result<std::shared_ptr<const RecordPage>> Reading::page(const TownPtr& town, RecordId id, Date today) {
  return kept(pages_, town, today, std::to_string(id.number),
              [&](Session& session) -> Result<std::shared_ptr<const RecordPage>> {
                ZS_TRY(RecordView view, view_record(session, *town, id, today));
                return page_of(session, town, std::move(view));
              });
}

Result<std::shared_ptr<const RecordPage>> Reading::page_on(const TownPtr& town, RecordId id, Date day) {
  ZS_TRY(auto lease, ledger_.database().reader());
  ZS_TRY(RecordView view, view_record_on(*lease, *town, id, day));
  return page_of(*lease, town, std::move(view));
}

Result<Reading::Text> Reading::text(const TownPtr& town, Date today, const std::string& key,
                                    const std::function<Result<std::string>(Session&)>& make) {
  return kept(texts_, town, today, key, [&](Session& session) -> Result<Text> {
    ZS_TRY(std::string made, make(session));
    return std::make_shared<const std::string>(std::move(made));
  });
}

}  // namespace zs::ledger
