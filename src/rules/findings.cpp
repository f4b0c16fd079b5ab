#include "rules/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/marks.h"

namespace zs::rules {
namespace {

constexpr std::array<std::string_view, 6> kSorts{"breach", "warned", "late", "overdue", "missing", "unasked"};

std::string law_of(const rulebook::Rulebook& book, const std::vector<std::string>& rules) {
  std::string law;
  for (const std::string& text : rules) {
    const rulebook::Rule* rule = book.find_rule(rulebook::parse_rule_ref(text, {}).rule);
    if (rule != nullptr) law += (law.empty() ? "" : "、") + rule->citation();
  }
  return law;
}

class Look {
 public:
  Look(View& view, Date today, PapersLie papers)
      : view_(view), book_(*view.in_force().book), today_(today), papers_(papers) {}

  std::vector<Finding> run() {
    add_marks();
    add_deadlines();
    add_missing();
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.sort < b.sort; });
    return std::move(found_);
  }

 private:
  void add_marks() {
    const auto rows = view_.record().rows.find(std::string(kMarks));
    if (rows == view_.record().rows.end()) return;
    for (const auto& [number, cells] : rows->second) {
      const PastMark mark = past_mark(cells);
      const rulebook::Action* action = view_.kind().find_action(mark.action);
      std::string what = says_of_mark(book_, view_.kind(), mark.gate);
      if (mark.sort == MarkSort::unasked) papers_ = PapersLie::elsewhere;
      if (mark.sort == MarkSort::unasked) what = "旧台账登记的办结案件，各步办理时没有经过关口核对";
      if (action != nullptr) what = fmt::format("{}：{}", action->label, what);
      if (mark.unknown) what += "（有关情况不详，没有核实）";
      const auto sort = mark.sort == MarkSort::breach   ? Finding::Sort::breach
                        : mark.sort == MarkSort::warned ? Finding::Sort::warned
                                                        : Finding::Sort::unasked;
      found_.push_back({sort, std::move(what), law_of(book_, mark.rules), mark.day});
    }
  }

  void add_deadlines() {
    for (const rulebook::Deadline& deadline : view_.kind().deadlines) {
      for (const Clock& clock : view_.clocks(deadline.key)) {
        const OutcomeOf outcome = clock.on(today_);
        const bool late = outcome == OutcomeOf::late;
        if (!late && outcome != OutcomeOf::overdue) continue;
        const std::string due = clock.due ? clock.due->chinese() : std::string();
        std::string what = late && clock.stop
                               ? fmt::format("{}：应在{}以前，{}才办", deadline.label, due, clock.stop->day().chinese())
                               : fmt::format("{}：{}届满，没有办", deadline.label, due);
        found_.push_back({late ? Finding::Sort::late : Finding::Sort::overdue, std::move(what),
                          clock.rule == nullptr ? std::string() : clock.rule->citation(), clock.due});
      }
    }
  }

  void add_missing() {
    for (const DossierPlace& place : dossier_places(view_)) {
      if (place.there || (!place.item->form.empty() && papers_ == PapersLie::elsewhere)) continue;
      const rulebook::Form* form = book_.find_form(place.item->form);
      const rulebook::Field* field = view_.kind().find_field(place.item->field);
      const std::string label = form != nullptr    ? form->label
                                : field != nullptr ? field->label
                                                   : place.item->form + place.item->field;
      found_.push_back({Finding::Sort::missing, fmt::format("卷内缺“{}”", label), "", {}});
    }
  }

  View& view_;
  const rulebook::Rulebook& book_;
  const Date today_;
  PapersLie papers_;
  std::vector<Finding> found_;
};

}  // namespace

std::string_view name_of(Finding::Sort sort) {
  return kSorts[static_cast<std::size_t>(sort)];
}

std::vector<Finding> findings_of(View& view, Date today, PapersLie papers) {
  return Look(view, today, papers).run();
}

bool has_paper(const Record& record, std::string_view form) {
  const auto papers = record.rows.find("papers");
  if (papers == record.rows.end()) return false;
  return std::any_of(papers->second.begin(), papers->second.end(), [&](const auto& row) {
    const auto cell = row.second.find("form");
    const auto* key = cell == row.second.end() ? nullptr : cell->second.template as<std::string>();
    return key != nullptr && *key == form && !row.second.contains("withdrawn_on");
  });
}

std::vector<DossierPlace> dossier_places(View& view) {
  std::vector<DossierPlace> places;
  for (const rulebook::DossierItem& item : view.kind().dossier) {
    if (!view.applies(item.when)) continue;
    if (!item.form.empty()) {
      places.push_back({&item, has_paper(view.record(), item.form)});
      continue;
    }
    const auto rows = view.record().rows.find(item.field);
    const bool filled = rows != view.record().rows.end() && !rows->second.empty();
    places.push_back({&item, filled || !view.value(item.field).absent()});
  }
  return places;
}

}  // namespace zs::rules
