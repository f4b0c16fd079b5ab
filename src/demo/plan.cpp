#include "demo/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "rules/term.h"

namespace zs::demo {
namespace {

using rulebook::Node;

Error fault(const Node& node, std::string_view zh, std::string_view en) {
  return bad_input(fmt::format("{} {}", node.place.text(), zh), fmt::format("{} {}", node.place.text(), en));
}

std::optional<int> integer(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

Date next_workday(Date day, const rulebook::Calendar& calendar) {
  while (!calendar.workday(day)) day = rules::day_after(day, {1, Unit::day}, calendar);
  return day;
}

// A day of `between:`: a date, or days from today.
Result<Date> end_of_range(const Node& node, Date today, const rulebook::Calendar& calendar) {
  if (const auto day = parse_date(node.scalar)) return *day;
  const auto offset = integer(node.scalar);
  if (!offset) return fault(node, "要写日期或者距今天数", "a date or days from today is expected");
  return *offset < 0 ? rules::day_before(today, {-*offset, Unit::day}, calendar)
                     : rules::day_after(today, {*offset, Unit::day}, calendar);
}

bool listed(const Node& list, int index) {
  return std::any_of(list.items.begin(), list.items.end(),
                     [&](const Node& item) { return integer(item.scalar) == index + 1; });
}

class Planner {
 public:
  Planner(const rulebook::Calendar& calendar, Date today) : calendar_(calendar), today_(today) {}

  Result<std::vector<PlannedAct>> run(const Node& lives) {
    for (const auto& [name, life] : lives.entries) ZS_CHECK(add_life(name.scalar, life));
    std::stable_sort(acts_.begin(), acts_.end(),
                     [](const PlannedAct& a, const PlannedAct& b) { return a.recorded < b.recorded; });
    return std::move(acts_);
  }

 private:
  Result<> add_life(const std::string& name, const Node& life) {
    const auto count = integer(life["count"].scalar);
    const Node& between = life["between"];
    if (!count || *count < 1 || *count > 1'000'000 || between.items.size() != 2 || !life["acts"].is_list()) {
      return fault(life, "要写 count、between、acts", "count, between and acts are needed");
    }
    ZS_TRY(const Date from, end_of_range(between.items[0], today_, calendar_));
    ZS_TRY(const Date until, end_of_range(between.items[1], today_, calendar_));
    for (int index = 0; index < *count; ++index) {
      const int span = until - from;
      const int offset = *count == 1 ? 0 : static_cast<int>(std::int64_t{span} * index / (*count - 1));
      const Date day = next_workday(rules::day_after(from, {offset, Unit::day}, calendar_), calendar_);
      ZS_CHECK(add_case(name, life, index, *count, day));
    }
    return {};
  }

  Result<> add_case(const std::string& name, const Node& life, int index, int count, Date day) {
    int order = 0;
    Date recorded = day;
    for (const Node& act : life["acts"].items) {
      if (act.has("only_if_index") && !listed(act["only_if_index"], index)) continue;
      PlannedAct planned{&act, &life, name, index, count, order == 0, day, day, order, false};
      if (order > 0 || act.has("on")) {
        ZS_TRY(day, day_of(act, day));
        planned.day = day;
      }
      planned.recorded = day;
      if (act.has("late")) {
        const auto late = parse_period(act["late"].scalar);
        if (!late) return fault(act["late"], "要写期间（20 days）", "a period is expected (20 days)");
        planned.recorded = rules::day_after(day, *late, calendar_);
        planned.past_by_hand = true;
      }
      // Entered in the order of the acts, and never in the future.
      planned.recorded = std::max(planned.recorded, recorded);
      if (planned.recorded > today_) break;
      recorded = planned.recorded;
      ++order;
      acts_.push_back(planned);
      if (act["stop"].scalar == "yes") break;
    }
    return {};
  }

  Result<Date> day_of(const Node& act, Date before) {
    if (act.has("on")) {
      const auto day = parse_date(act["on"].scalar);
      if (!day) return fault(act["on"], "要写日期", "a date is expected");
      return *day;
    }
    if (!act.has("after")) return before;
    const auto period = parse_period(act["after"].scalar);
    if (!period) return fault(act["after"], "要写期间（3 workdays）", "a period is expected (3 workdays)");
    const Date day = rules::day_after(before, *period, calendar_);
    return act["exact"].scalar == "yes" ? day : next_workday(day, calendar_);
  }

  const rulebook::Calendar& calendar_;
  Date today_;
  std::vector<PlannedAct> acts_;
};

}  // namespace

Result<std::vector<PlannedAct>> plan(const Node& root, const rulebook::Calendar& calendar, Date today) {
  // The planned acts point into the file's own tree, which the caller keeps.
  std::vector<PlannedAct> acts;
  for (const std::string_view section : {"lives", "around_today"}) {
    Planner one(calendar, today);
    ZS_TRY(auto part, one.run(root[section]));
    acts.insert(acts.end(), part.begin(), part.end());
  }
  std::stable_sort(acts.begin(), acts.end(),
                   [](const PlannedAct& a, const PlannedAct& b) { return a.recorded < b.recorded; });
  return acts;
}

}  // namespace zs::demo
