#include "rules/evidence.h"

#include <algorithm>

namespace zs::rules {

using rulebook::Figure;

namespace {

struct Collector {
  View& view;
  std::vector<Contribution> found;
  std::vector<std::string> uncounted;
  std::string unit, village;

  static std::optional<Date> day_of(const Value& value) {
    if (const auto* day = value.as<Date>()) return *day;
    if (const auto* moment = value.as<Moment>()) return moment->day();
    return std::nullopt;
  }

  void add(const Figure& figure, RowNumber row, int edge, Date day, std::int64_t value) {
    if (value != 0) found.push_back({figure.key, row, edge, day, unit, village, value, false});
  }

  // One record or row as one contribution of a flow.
  void add_flow(const Figure& figure, const Element* element, RowNumber row, const Value& amount) {
    if (figure.where) {
      const Truth counted = view.holds(*figure.where, element);
      if (counted == Truth::unknown) uncounted.push_back(figure.key);
      if (counted != Truth::yes) return;
    }
    const auto day = figure.dated ? day_of(view.date(*figure.dated, element)) : std::nullopt;
    if (!day) {
      uncounted.push_back(figure.key);
      return;
    }
    if (figure.form == Figure::Form::counts) return add(figure, row, 0, *day, 1);
    if (const auto* number = amount.as<std::int64_t>()) add(figure, row, 0, *day, *number);
  }

  void of_record(const Figure& figure) {
    const Element self = view.self();
    if (figure.form == Figure::Form::stock) return add_stock(figure, self);
    add_flow(figure, nullptr, 0, figure.sum_field.empty() ? Value{} : view.value(figure.sum_field));
  }

  void of_rows(const Figure& figure) {
    const rulebook::Field* rows = view.kind().find_field(figure.rows);
    const auto list = view.record().rows.find(figure.rows);
    if (rows == nullptr || list == view.record().rows.end()) return;
    for (const auto& [number, cells] : list->second) {
      const Element element{&view.record(), &view.kind(), rows, number, &cells};
      add_flow(figure, &element, number,
               figure.sum_field.empty() ? Value{} : view.cell(*rows, number, figure.sum_field));
    }
  }

  // A deadline counts on its due day, whatever the day it is read: nothing is written at midnight.
  void of_deadline(const Figure& figure) {
    const auto& clocks = view.clocks(figure.deadline);
    // Nobody knows when it was due or met: in neither part of a rate, and listed.
    if (std::any_of(clocks.begin(), clocks.end(), [](const Clock& each) { return each.settled == OutcomeOf::unknown; }))
      uncounted.push_back(figure.key);
    for (const Clock& clock : clocks) {
      if (!clock.due || clock.settled == OutcomeOf::dropped || clock.settled == OutcomeOf::unknown) continue;
      const bool asked = figure.outcomes.empty() || std::find(figure.outcomes.begin(), figure.outcomes.end(),
                                                              name_of(clock.settled)) != figure.outcomes.end();
      if (asked) add(figure, clock.row, 0, *clock.due, 1);
    }
  }

  void add_stock(const Figure& figure, const Element&) {
    if (figure.where && view.holds(*figure.where) != Truth::yes) return;
    const auto from = figure.from ? day_of(view.date(*figure.from)) : std::nullopt;
    if (!from) {
      uncounted.push_back(figure.key);
      return;
    }
    add(figure, 0, 1, *from, 1);
    const auto until = figure.until ? day_of(view.date(*figure.until)) : std::nullopt;
    if (until) add(figure, 0, -1, *until, -1);
  }

  void of_summary() {
    const Value figure = view.value("figure");
    const Value value = view.value("value");
    const auto until = day_of(view.value("until_on"));
    const auto* key = figure.as<std::string>();
    const auto* number = value.as<std::int64_t>();
    if (key == nullptr || number == nullptr || !until) return;
    found.push_back({*key, 0, 0, *until, unit, village, *number, true});
  }

  void collect() {
    const auto shared = [&](std::string_view name) {
      Value scratch;
      const auto* text = view.look(name, scratch).as<std::string>();
      return text == nullptr ? std::string() : *text;
    };
    unit = shared("unit");
    village = shared("village");
    if (view.record().voided) return;
    if (view.kind().key == rulebook::kSummaryKind) return of_summary();
    for (const Figure* figure : view.in_force().book->figures_of(view.kind().key)) {
      switch (figure->source) {
        case Figure::Source::record: of_record(*figure); break;
        case Figure::Source::row: of_rows(*figure); break;
        case Figure::Source::deadline: of_deadline(*figure); break;
      }
    }
    std::sort(found.begin(), found.end());
  }
};

}  // namespace

Evidence evidence_of(View& view) {
  Collector collector{view, {}, {}, {}, {}};
  collector.collect();
  return {std::move(collector.found), std::move(collector.uncounted)};
}

}  // namespace zs::rules
