// 六十天负荷: the days ahead with what falls due on each; what falls to others while somebody is away.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "ledger/workload.h"
#include "rules/term.h"
#include "server/api.h"
#include "server/handover_json.h"
#include "server/words.h"
#include "server/work_line.h"

namespace zs::server {
namespace {

constexpr int kDays = 60, kMostMax = 50, kAheadDaysMax = 366;
// Where the rulebook in force is older than the setting.
constexpr std::int64_t kMostOtherwise = 3;
constexpr std::string_view kMostSetting = "crowded_day";

// A day of the query within a year from today; the default where it is not given. Errors: bad_input.
Result<Date> day_asked(const Context& context, std::string_view name, Date otherwise) {
  const std::string_view text = context.request.parameter(name);
  if (text.empty()) return otherwise;
  const auto day = parse_date(text);
  if (!day || *day < context.today || *day - context.today > kAheadDaysMax)
    return bad_input(fmt::format("{} 写成 {}，从今天起一年以内", name, context.today.text()),
                     fmt::format("{}: a day like {}, from today to a year ahead", name, context.today.text()));
  return *day;
}

// Somebody, or a unit, of the town's register; empty if none is named. Errors: not_found.
Result<std::string> person_asked(const Context& context) {
  const std::string key(context.request.parameter("person"));
  if (!key.empty() && !context.town->staff.contains(key))
    return not_found("名册里没有这个人", "the register has no such person");
  return key;
}

Result<ledger::WorkloadAsk> ask_of(const Context& context) {
  ledger::WorkloadAsk ask;
  ZS_TRY(ask.from, day_asked(context, "from", context.today));
  ZS_TRY(ask.person, person_asked(context));
  ask.unit = std::string(context.request.parameter("unit"));
  if (!ask.unit.empty() && !context.town->orgs.contains(ask.unit))
    return not_found("没有这个机构", "there is no such unit");
  ask.days = static_cast<int>(number_or(context.request, "days", kDays, 1, ledger::kWorkloadDaysMax));
  const std::string set = context.town->in_force().setting(kMostSetting);
  const std::int64_t usual = set.empty() ? kMostOtherwise : std::atoll(set.c_str());
  ask.most = static_cast<std::size_t>(
      number_or(context.request, "most", std::clamp<std::int64_t>(usual, 1, kMostMax), 1, kMostMax));
  return ask;
}

struct DutyWords {
  const rulebook::Duty& duty;
  const std::string& law;
  rules::DutyState state;
  std::int64_t value, wanted;
  bool dated;
  Date until;
};

void write_duty(JsonWriter& w, const Context& context, const DutyWords& words) {
  w("key", words.duty.key);
  w("label", words.duty.label);
  w("law", words.law);
  const std::string unit = ledger::unit_of_lead(*context.town, words.duty.lead);
  w("lead", unit.empty() ? words.duty.lead : org_name(*context.town, unit));
  w("state", rules::name_of(words.state));
  w("state_label", rules::chinese_of(words.state));
  w("until", words.until);
  w("value", words.value);
  w("wanted", words.wanted);
  w("dated", words.dated);
  w("warn_by", day_of_year(words.duty.warn_by));
}

void write_day(JsonWriter& w, const Context& context, const ledger::Workload& load, const rules::WorkDay& day) {
  w("day", day.day);
  w("weekday", weekday(day.day));
  w("workday", day.workday);
  w("estimated", day.estimated);
  w("reason", day.reason);
  w.array("items", [&] {
    for (const std::size_t each : day.items) write_line(w, context, load.lines[each]);
  });
  w.array("duties", [&] {
    for (const ledger::DutyDue& due : load.duties) {
      if (due.window.until != day.day) continue;
      w.object([&] {
        w("from", due.window.from);
        write_duty(w, context,
                   {*due.duty, due.citation, due.state, due.value, due.wanted, due.dated, due.window.until});
      });
    }
  });
  w.array("crowded", [&] {
    for (const rules::Crowded& each : day.crowded)
      w.object([&] {
        w("person", each.person);
        w("name", staff_name(*context.town, each.person));
        w("items", static_cast<std::int64_t>(each.items));
      });
  });
}

Result<std::string> workload_json(store::Session& session, const Context& context, const ledger::WorkloadAsk& ask) {
  ZS_TRY(const auto load, ledger::workload_of(session, *context.town, context.person, ask, context.today));
  JsonWriter w;
  w.object([&] {
    w("today", context.today);
    w("from", ask.from);
    w("until", load.days.back().day);
    w("most", static_cast<std::int64_t>(ask.most));
    w("overdue", load.overdue);
    w("cut", load.cut);
    w.array("days", [&] {
      for (const rules::WorkDay& day : load.days) w.object([&] { write_day(w, context, load, day); });
    });
    w.array("undated", [&] {
      for (const ledger::DutyLine& line : load.undated)
        w.object([&] {
          write_duty(w, context,
                     {*line.duty, line.citation, line.state, line.value, line.wanted, line.dated, *line.until});
        });
    });
  });
  return w.take();
}

}  // namespace

Result<Response> workload(Context& context) {
  ZS_TRY(const ledger::WorkloadAsk ask, ask_of(context));
  return kept_json(context, [&](store::Session& session) { return workload_json(session, context, ask); });
}

Result<Response> away(Context& context) {
  ZS_TRY(std::string person, person_asked(context));
  if (person.empty()) person = context.person.key;
  rules::Absence absence;
  ZS_TRY(absence.from, day_asked(context, "from", context.today));
  ZS_TRY(absence.until, day_asked(context, "until", absence.from));
  if (absence.until < absence.from) return bad_input("until 不能早于 from", "until is not before from");
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto lines,
         ledger::lines_while_away(*lease, *context.town, context.person, person, absence, context.today));
  const rules::Person& who = context.town->staff.at(person);
  JsonWriter w;
  w.object([&] {
    w("person", person);
    w("name", who.name);
    w("unit_name", org_name(*context.town, who.unit));
    w("from", absence.from);
    w("until", absence.until);
    w("workdays", std::int64_t{rules::workdays_away(absence, context.town->calendar)});
    w("hands_over", person == context.person.key || heads(context, person));
    w.array("items", [&] {
      for (const ledger::DueLine& line : lines) write_line(w, context, line);
    });
  });
  return json_text(w.take());
}

}  // namespace zs::server
