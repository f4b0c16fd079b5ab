// What is to be done: the worklist, the calendar, the duties of the year.
#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "ledger/duties.h"
#include "ledger/listing.h"
#include "rules/term.h"
#include "server/api.h"
#include "server/words.h"
#include "server/work_line.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

constexpr int kLinesMax = 2000;  // that are counted; a town has fewer
constexpr int kShownMax = 500, kShown = 100;
constexpr int kAheadDays = 400, kWorkdaysMax = 60, kSoonWorkdays = 3;

enum class Reach { mine, waiting, unit, town };

Reach reach_of(std::string_view text) {
  return text == "mine" ? Reach::mine : text == "waiting" ? Reach::waiting : text == "unit" ? Reach::unit : Reach::town;
}

bool within(const Context& context, const ledger::DueLine& line, Reach reach) {
  if (reach == Reach::town) return true;
  if (reach == Reach::waiting) return waits_for(*context.town, context.person, line);
  const bool mine = line.record.handler == context.person.key;
  return mine || (reach == Reach::unit && line.record.unit == context.person.unit);
}

// The Sunday of this week.
Date week_end(Date today) {
  return today + (7 - static_cast<int>(today.iso_weekday()));
}

// How many there are of each urgency; those that are wanted are written as they come.
Result<std::string> worklist_json(store::Session& session, const Context& context) {
  const Reach reach = reach_of(context.request.parameter("scope"));
  const std::string_view asked = context.request.parameter("within");
  const Date today = context.today;
  ZS_TRY(const auto lines,
         ledger::due_lines(session, *context.town, context.person, today, {}, today + kAheadDays, kLinesMax));
  const Date week = week_end(today);
  const auto workdays = number_or(context.request, "within", 0, 0, kWorkdaysMax);
  const auto workdays_left = [&](const ledger::DueLine& line) {
    return rules::units_between(today, line.due, Unit::workday, context.town->calendar);
  };
  const std::int64_t shown_most = number_or(context.request, "limit", kShown, 1, kShownMax);
  std::int64_t all = 0, overdue = 0, soon = 0, this_week = 0, mine = 0, later = 0, shown = 0, more = 0;
  JsonWriter w;
  w.object([&] {
    w("today", today);
    w.array("items", [&] {
      for (const ledger::DueLine& line : lines) {
        if (within(context, line, Reach::mine)) ++mine;
        if (!within(context, line, reach)) continue;
        const bool is_over = line.badge.tone == rules::Tone::over;
        const bool is_soon = !is_over && workdays_left(line) <= kSoonWorkdays;
        const bool in_week = !is_over && line.due <= week;
        ++all;
        overdue += is_over;
        soon += is_soon;
        this_week += in_week;
        later += !is_over && !is_soon && !in_week;
        const bool wanted = asked == "overdue" ? is_over
                            : asked == "week"  ? in_week
                            : workdays > 0     ? !is_over && workdays_left(line) <= workdays
                                               : true;
        if (!wanted) continue;
        ++(shown < shown_most ? shown : more);
        if (more == 0) write_line(w, context, line);
      }
    });
    w.object("counts", [&] {
      w("all", all);
      w("overdue", overdue);
      w("within3", soon);
      w("week", this_week);
      w("mine", mine);
    });
    w("more", more);
    w("later", later);
    w("paused", ledger::count_paused(session, *context.town, context.person));
  });
  return w.take();
}

Result<std::string> calendar_json(store::Session& session, const Context& context, Date first, Date last) {
  ZS_TRY(const auto lines,
         ledger::due_lines(session, *context.town, context.person, context.today, first, last, kLinesMax));
  const rulebook::Calendar& published = context.town->calendar;
  JsonWriter w;
  w.object([&] {
    w("month", first.text().substr(0, 7));
    w("published", published.published(first.year()));
    w.array("days", [&] {
      std::size_t next = 0;
      for (Date day = first; day <= last; day = day + 1)
        w.object([&] {
          w("day", day);
          w("weekday", weekday(day));
          w("workday", published.workday(day));
          w("reason", published.rest_reason(day));
          w.array("items", [&] {
            for (; next < lines.size() && lines[next].due == day; ++next) write_line(w, context, lines[next]);
          });
        });
    });
  });
  return w.take();
}

}  // namespace

Result<Response> worklist(Context& context) {
  return kept_json(context, [&](store::Session& session) { return worklist_json(session, context); });
}

Result<Response> calendar(Context& context) {
  const std::string month(context.request.parameter("month"));
  const auto first = parse_date(month.empty() ? context.today.text().substr(0, 7) + "-01" : month + "-01");
  if (!first) return bad_input("month 写成 2023-10", "month is written 2023-10");
  const bool december = first->month() == 12;
  const Date last = Date(december ? first->year() + 1 : first->year(), december ? 1 : first->month() + 1, 1) - 1;
  return kept_json(context, [&](store::Session& session) { return calendar_json(session, context, *first, last); });
}

Result<Response> duties(Context& context) {
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto lines, ledger::duties_of_year(*lease, *context.town, year_of(context), context.today));
  ordered_json items = ordered_json::array();
  for (const ledger::DutyLine& line : lines) {
    items.push_back({{"key", line.duty->key},
                     {"label", line.duty->label},
                     {"figure", line.duty->figure},
                     {"state", rules::name_of(line.state)},
                     {"state_label", rules::chinese_of(line.state)},
                     {"value", line.value},
                     {"wanted", line.wanted},
                     {"windows", line.windows},
                     {"reached", line.reached},
                     {"law", line.citation},
                     {"warn_by", day_of_year(line.duty->warn_by)},
                     {"lead", org_name(*context.town, line.duty->lead)},
                     {"behind", line.behind},
                     {"dated", line.dated},
                     {"until", day_json(line.until)}});
  }
  return json_response({{"items", std::move(items)}});
}

}  // namespace zs::server
