// The term engine against a counter that walks day by day and knows nothing of it, over the published years 2019 to 2026.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>
#include <sstream>

#include "rulebook/rulebook.h"
#include "rules/term.h"

namespace zs::rules {
namespace {

const Calendar& calendar() {
  static const Calendar kCalendar = [] {
    Calendar made;
    const auto book = rulebook::load_sound(rulebook::read_files(ZS_SOURCE_DIR "/rulebook").value()).value();
    for (const auto& year : book->calendar) made.set(year);
    return made;
  }();
  return kCalendar;
}

// --- the naive counter: a set of rest days, and steps of one day

const std::set<int>& rest_days() {
  static const std::set<int> kRest = [] {
    std::set<int> rest;
    for (Date day(2018, 1, 1); day < Date(2028, 1, 1); day = day + 1) {
      if (day.iso_weekday() > 5) rest.insert(day.serial());
    }
    for (const auto& [year, published] : calendar().years()) {
      for (const Date day : published.off) rest.insert(day.serial());
      for (const Date day : published.work) rest.erase(day.serial());
    }
    return rest;
  }();
  return kRest;
}

bool rests(Date day) { return rest_days().contains(day.serial()); }

bool in_pause(Date day, const std::vector<Span>& pauses) {
  for (const Span& pause : pauses) {
    for (Date at = pause.from.day() + 1; at <= pause.until->day(); at = at + 1) {
      if (at == day) return true;
    }
  }
  return false;
}

Date count_on(Date from, int count, bool workdays, const std::vector<Span>& pauses) {
  Date day = from;
  while (count > 0) {
    day = day + 1;
    if (in_pause(day, pauses) || (workdays && rests(day))) continue;
    --count;
  }
  return day;
}

Date rolled(Date day) {
  while (rests(day)) day = day + 1;
  return day;
}

// The same day number so many months on, or that month's last: by trying day numbers downward.
Date months_on(Date from, int months) {
  const int index = from.year() * 12 + static_cast<int>(from.month()) - 1 + months;
  for (unsigned number = from.day();; --number) {
    std::ostringstream text;
    text << index / 12 << (index % 12 < 9 ? "-0" : "-") << index % 12 + 1 << (number < 10 ? "-0" : "-") << number;
    if (const auto day = parse_date(text.str())) return *day;
  }
}

// --- what is generated

rc::Gen<int> within(int from, int until) { return rc::gen::resize(rc::kNominalSize, rc::gen::inRange(from, until)); }

Date any_day() { return Date(2019, 1, 1) + *within(0, 365 * 7); }

std::vector<Span> any_pauses(Date start, int most) {
  std::vector<Span> pauses;
  const int count = *within(0, most + 1);
  for (int i = 0; i < count; ++i) {
    const Date from = start + *within(0, 40);
    pauses.push_back({start_of(from), start_of(from + *within(0, 30)), false});
  }
  return pauses;
}

TermInput any_input(Unit unit, int count_max) {
  TermInput input;
  input.start = start_of(any_day());
  input.period = {*within(1, count_max), unit};
  input.last_day = *rc::gen::arbitrary<bool>() ? LastDay::rolls : LastDay::stays;
  return input;
}

Date due(const TermInput& input) { return *end_of(input, calendar()).value().due; }

void holds(const std::string& what, auto property) {
  auto params = rc::detail::configuration().testParams;
  params.maxSuccess = 400;
  const auto result = rc::detail::checkTestable(property, rc::detail::TestMetadata(), params);
  std::ostringstream said;
  rc::detail::printResultMessage(result, said);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << what << "\n" << said.str() << "\nseed " << params.seed;
}

TEST(TermProperty, CountsWorkdaysAsOneWhoTicksThemOff) {
  holds("workdays", [] {
    TermInput input = any_input(Unit::workday, 60);
    input.pauses = any_pauses(input.start.day(), 3);
    RC_ASSERT(due(input) == count_on(input.start.day(), input.period.count, true, input.pauses));
  });
}

TEST(TermProperty, CountsDaysAndRollsOnlyWhereItIsSaid) {
  holds("days", [] {
    TermInput input = any_input(Unit::day, 120);
    input.pauses = any_pauses(input.start.day(), 3);
    const Date end = count_on(input.start.day(), input.period.count, false, input.pauses);
    RC_ASSERT(due(input) == (input.last_day == LastDay::rolls ? rolled(end) : end));
  });
}

TEST(TermProperty, CountsTheFirstDayWhereTheRuleSaysSo) {
  holds("first day included", [] {
    TermInput input = any_input(*rc::gen::element(Unit::day, Unit::workday), 60);
    input.first_day_counts = true;
    input.last_day = LastDay::stays;
    RC_ASSERT(due(input) == count_on(input.start.day() - 1, input.period.count, input.period.unit == Unit::workday, {}));
  });
}

TEST(TermProperty, EndsMonthsAndYearsOnTheSameDayNumberOrTheLast) {
  holds("months", [] {
    TermInput input = any_input(*rc::gen::element(Unit::month, Unit::year), 13);
    input.start = start_of(Date(2019, 1, 1) + *within(0, 360));  // so that a dozen years stay within the table
    input.period.count = input.period.unit == Unit::year ? 1 + input.period.count % 6 : input.period.count;
    const Date end = months_on(input.start.day(), input.period.count * (input.period.unit == Unit::year ? 12 : 1));
    RC_ASSERT(due(input) == (input.last_day == LastDay::rolls ? rolled(end) : end));
  });
}

TEST(TermProperty, MovesTheEndOfMonthsByThePausedDays) {
  holds("months with pauses", [] {
    TermInput input = any_input(Unit::month, 4);
    input.last_day = LastDay::stays;
    input.pauses = any_pauses(input.start.day(), 3);
    // Day by day: each paused day before the end pushes the end one further.
    Date end = months_on(input.start.day(), input.period.count);
    for (Date day = input.start.day() + 1; day <= end; day = day + 1) {
      if (in_pause(day, input.pauses)) end = end + 1;
    }
    RC_ASSERT(due(input) == end);
  });
}

TEST(TermProperty, CountsPausesThatOverlapOnce) {
  holds("overlap", [] {
    TermInput input = any_input(Unit::workday, 40);
    input.pauses = any_pauses(input.start.day(), 4);
    TermInput twice = input;
    twice.pauses.insert(twice.pauses.end(), input.pauses.begin(), input.pauses.end());
    RC_ASSERT(due(input) == due(twice));
  });
}

TEST(TermProperty, CountsAnExtensionInOneRunWithTheBase) {
  holds("extension", [] {
    TermInput input = any_input(*rc::gen::element(Unit::day, Unit::workday), 60);
    const Date base = due(input);
    TermInput extended = input;
    const int added = *within(1, 40);
    extended.extension = Extension{{added, input.period.unit}, start_of(base - *within(0, 5))};
    TermInput longer = input;
    longer.period.count += added;
    RC_ASSERT(due(extended) == due(longer));
    // Granted one day too late it is void, and says so.
    extended.extension->granted = start_of(base + 1);
    const Term late = end_of(extended, calendar()).value();
    RC_ASSERT(late.extension_void);
    RC_ASSERT(*late.due == base);
  });
}

TEST(TermProperty, LeavesWholeWorkdaysBetweenANoticeAndItsEvent) {
  holds("backward", [] {
    const Date event = any_day() + 90;
    const int ahead = *within(1, 40);
    const Date last = *last_day_before(event, {ahead, Unit::workday}, calendar()).value().due;
    int between = 0;
    for (Date day = last + 1; day < event; day = day + 1) between += rests(day) ? 0 : 1;
    RC_ASSERT(between == ahead);
    RC_ASSERT(!rests(last));
  });
}

TEST(TermProperty, ShowsEachDayPassedOverWithItsReason) {
  holds("working", [] {
    TermInput input = any_input(*rc::gen::element(Unit::day, Unit::workday), 40);
    input.pauses = any_pauses(input.start.day(), 2);
    const Term term = end_of(input, calendar()).value();
    // First day to due day: counted days and days passed over, nothing else.
    const int days = *term.due - term.first_day + 1;
    RC_ASSERT(days == input.period.count + static_cast<int>(term.skipped.size()));
    for (const Skipped& each : term.skipped) RC_ASSERT(!each.why.empty());
  });
}

TEST(TermProperty, RunsHoursFromTheMinuteThroughRestDays) {
  holds("hours", [] {
    TermInput input = any_input(Unit::hour, 100);
    input.start.minutes += *within(0, 24 * 60);
    const Term term = end_of(input, calendar()).value();
    RC_ASSERT(term.due_at->minutes == input.start.minutes + 60 * input.period.count);
  });
}

TEST(TermProperty, StandsStillWhileAPauseIsOpen) {
  holds("open pause", [] {
    TermInput input = any_input(*rc::gen::element(Unit::day, Unit::workday), 40);
    input.last_day = LastDay::stays;
    const Date base = due(input);
    const Date from = input.start.day() + *within(0, 20);
    input.pauses.push_back({start_of(from), std::nullopt, false});
    const Term term = end_of(input, calendar()).value();
    if (from >= base) {
      RC_ASSERT(*term.due == base);
      return;
    }
    RC_ASSERT(!term.due.has_value());
    int left = 0;
    for (Date day = from + 1; day <= base; day = day + 1) left += input.period.unit == Unit::workday && rests(day) ? 0 : 1;
    RC_ASSERT(term.left == left);
  });
}

}  // namespace
}  // namespace zs::rules
