#include "rules/term.h"

#include <algorithm>

namespace zs::rules {
namespace {

constexpr int kDaysMax = 80'000;
constexpr int kMonthsOfYear = 12;

// One run of counting: what is passed over is noted, what is read from an unpublished year is an estimate.
class Count {
 public:
  Count(const TermInput& input, const Calendar& calendar) : input_(input), calendar_(calendar) {
    term_.first_day = input.first_day_counts ? input.start.day() : input.start.day() + 1;
  }

  Term run(Period period, const std::vector<Span>& pauses) {
    pauses_ = &pauses;
    if (period.unit == Unit::hour) return run_hours(period);
    const bool months = period.unit == Unit::month || period.unit == Unit::year;
    Date end = months ? run_months(period) : run_days(period);
    term_.due = roll(end, period.unit);
    return std::move(term_);
  }

 private:
  // 民法典 第二百零一条第一款: the day that starts a period is not counted.
  Date run_days(Period period) {
    Date day = term_.first_day - 1;
    int counted = 0;
    for (int guard = 0; counted < period.count && guard < kDaysMax; ++guard) {
      day = day + 1;
      if (period.unit == Unit::workday) note_estimate(day);
      if (paused(day)) {
        term_.skipped.push_back({day, "不计入"});
      } else if (period.unit == Unit::workday && !calendar_.workday(day)) {
        term_.skipped.push_back({day, calendar_.rest_reason(day)});
      } else {
        ++counted;
      }
    }
    return day;
  }

  // 民法典 第二百零二条: the same day number of the month of expiry, or that month's last day.
  Date run_months(Period period) {
    const int months = period.unit == Unit::year ? period.count * kMonthsOfYear : period.count;
    Date end = input_.start.day().plus_months(months);
    if (input_.first_day_counts) end = end - 1;
    Date checked = term_.first_day - 1;
    while (checked < end) {
      checked = checked + 1;
      if (!paused(checked)) continue;
      term_.skipped.push_back({checked, "不计入"});
      end = end + 1;
    }
    return end;
  }

  // 民法典 第二百零一条第二款: hours run from the moment itself; rest days do not stop them.
  Term run_hours(Period period) {
    Moment due{input_.start.minutes + std::int64_t{60} * period.count};
    for (const Span& span : *pauses_) {
      if (span.from >= due) continue;
      const Moment from = std::max(span.from, input_.start);
      if (span.until && *span.until > from) due.minutes += span.until->minutes - from.minutes;
    }
    term_.due_at = due;
    term_.due = due.day();
    return std::move(term_);
  }

  // 民法典 第二百零三条第一款: a period that would end on a rest day ends on the day after the rest.
  Date roll(Date end, Unit unit) {
    note_estimate(end);
    if (unit == Unit::workday || input_.last_day == LastDay::stays || calendar_.workday(end)) return end;
    term_.unrolled = end;
    while (!calendar_.workday(end)) {
      term_.skipped.push_back({end, calendar_.rest_reason(end)});
      end = end + 1;
    }
    return end;
  }

  bool paused(Date day) const {
    return std::any_of(pauses_->begin(), pauses_->end(), [day](const Span& span) {
      return span.until && span.from.day() < day && day <= span.until->day();
    });
  }

  // Only what the calendar decides is an estimate: workdays, and an end that may roll.
  void note_estimate(Date day) {
    const bool reads_calendar = input_.period.unit == Unit::workday || input_.last_day == LastDay::rolls;
    if (reads_calendar && !calendar_.published(day.year())) term_.estimated = true;
  }

  const TermInput& input_;
  const Calendar& calendar_;
  const std::vector<Span>* pauses_ = nullptr;
  Term term_;
};

// A pause counts from its beginning: one that begins on or after the due day changes nothing.
std::vector<Span> closed_pauses(const std::vector<Span>& pauses) {
  std::vector<Span> closed;
  for (const Span& span : pauses) {
    if (span.until) closed.push_back(span);
  }
  return closed;
}

const Span* first_open(const std::vector<Span>& pauses) {
  const Span* open = nullptr;
  for (const Span& span : pauses) {
    if (!span.until && (open == nullptr || span.from < open->from)) open = &span;
  }
  return open;
}

int units_between(Date from, Date until, Unit unit, const Calendar& calendar, const std::vector<Span>& pauses) {
  int count = 0;
  for (Date day = from + 1; day <= until; day = day + 1) {
    const bool paused = std::any_of(pauses.begin(), pauses.end(), [day](const Span& span) {
      return span.until && span.from.day() < day && day <= span.until->day();
    });
    if (!paused && (unit != Unit::workday || calendar.workday(day))) ++count;
  }
  return count;
}

Term run_once(const TermInput& input, Period period, const std::vector<Span>& pauses, const Calendar& calendar) {
  return Count(input, calendar).run(period, pauses);
}

// An extension in another unit runs from the end that has not rolled (design §4.7).
Term run_extended(const TermInput& input, const std::vector<Span>& pauses, const Calendar& calendar) {
  const Period added = input.extension->period;
  if (added.unit == input.period.unit) {
    return run_once(input, {input.period.count + added.count, added.unit}, pauses, calendar);
  }
  TermInput unrolled = input;
  unrolled.last_day = LastDay::stays;
  Term base = run_once(unrolled, input.period, pauses, calendar);
  TermInput rest = input;
  rest.start = start_of(*base.due);
  rest.first_day_counts = false;
  Term term = run_once(rest, added, pauses, calendar);
  term.first_day = base.first_day;
  term.skipped.insert(term.skipped.begin(), base.skipped.begin(), base.skipped.end());
  return term;
}

Date shift(Date from, Period period, int sign, const Calendar& calendar) {
  switch (period.unit) {
    case Unit::month: return from.plus_months(sign * period.count);
    case Unit::year: return from.plus_months(sign * period.count * kMonthsOfYear);
    case Unit::hour: return from + sign * ((period.count + 23) / 24);
    case Unit::day: return from + sign * period.count;
    case Unit::workday: break;
  }
  for (int left = period.count; left > 0;) {
    from = from + sign;
    if (calendar.workday(from)) --left;
  }
  return from;
}

}  // namespace

Result<Term> end_of(const TermInput& input, const Calendar& calendar) {
  if (input.period.count < 0 || (input.period.count == 0 && input.period.unit != Unit::day)) {
    return bad_input("期间必须大于零", "a period must be positive");
  }
  if (input.period.count > kDaysMax) return bad_input("期间太长", "the period is too long");
  const std::vector<Span> closed = closed_pauses(input.pauses);
  Term term = run_once(input, input.period, closed, calendar);
  if (input.extension) {
    const bool in_time = input.extension->granted.day() <= *term.due;
    if (in_time) {
      term = run_extended(input, closed, calendar);
      term.extended = true;
    } else {
      term.extension_void = true;
    }
  }
  for (const Span& span : closed) term.provisional |= span.provisional && span.from.day() < *term.due;
  const Span* open = first_open(input.pauses);
  if (open != nullptr && open->from.day() < *term.due) {
    term.left = units_between(open->from.day(), *term.due, input.period.unit, calendar, closed);
    term.due.reset();
    term.due_at.reset();
  }
  return term;
}

Result<Term> last_day_before(Date event, Period ahead, const Calendar& calendar) {
  if (ahead.count <= 0) return bad_input("期间必须大于零", "a period must be positive");
  Term term;
  term.first_day = event - 1;
  if (ahead.unit != Unit::workday) {
    term.due = shift(event, ahead, -1, calendar) - 1;
    return term;
  }
  Date day = event;
  for (int left = ahead.count + 1; left > 0;) {
    day = day - 1;
    if (!calendar.published(day.year())) term.estimated = true;
    if (calendar.workday(day)) {
      --left;
    } else {
      term.skipped.push_back({day, calendar.rest_reason(day)});
    }
  }
  term.due = day;
  return term;
}

int units_between(Date from, Date until, Unit unit, const Calendar& calendar) {
  return units_between(from, until, unit, calendar, {});
}

Date day_after(Date from, Period period, const Calendar& calendar) {
  return shift(from, period, 1, calendar);
}
Date day_before(Date from, Period period, const Calendar& calendar) {
  return shift(from, period, -1, calendar);
}

}  // namespace zs::rules
