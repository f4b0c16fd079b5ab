#include "rules/workload.h"

#include <map>

#include "rules/term.h"

namespace zs::rules {
namespace {

constexpr Period kOneDay{1, Unit::day};

}  // namespace

Date to_be_done_by(Date due, Date from, const rulebook::Calendar& calendar) {
  for (Date day = due; day >= from; day = day_before(day, kOneDay, calendar)) {
    if (calendar.workday(day)) return day;
  }
  return due;
}

std::vector<WorkDay> days_ahead(Date from, int count, std::span<const WorkItem> items, std::size_t most,
                                const rulebook::Calendar& calendar) {
  std::vector<WorkDay> days;
  std::map<Date, std::size_t> places;
  Date day = from;
  for (int i = 0; i < count; ++i, day = day_after(day, kOneDay, calendar)) {
    places.emplace(day, days.size());
    days.push_back({day, calendar.workday(day), !calendar.published(day.year()), calendar.rest_reason(day), {}, {}});
  }
  std::map<Date, std::map<std::string, std::size_t>> to_do;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto place = places.find(items[i].due);
    if (place == places.end()) continue;
    days[place->second].items.push_back(i);
    if (!items[i].person.empty()) ++to_do[to_be_done_by(items[i].due, from, calendar)][items[i].person];
  }
  for (const auto& [on, people] : to_do) {
    for (const auto& [person, number] : people) {
      if (number > most) days[places.at(on)].crowded.push_back({person, number});
    }
  }
  return days;
}

bool falls_in(const WorkItem& item, const Absence& away, const rulebook::Calendar& calendar) {
  return item.due >= away.from && to_be_done_by(item.due, away.from, calendar) <= away.until;
}

int workdays_away(const Absence& away, const rulebook::Calendar& calendar) {
  return units_between(day_before(away.from, kOneDay, calendar), away.until, Unit::workday, calendar);
}

}  // namespace zs::rules
