#include "paper/feed.h"

#include <libical/ical.h>

#include <ctime>
#include <memory>

namespace zs::paper {
namespace {

struct Free {
  void operator()(icalcomponent* component) const noexcept { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, Free>;

constexpr int kMsOfSecond = 1000;
// How often a program may ask again; both names, since programs know one or the other.
constexpr const char* kAgain = "PT1H";

icaltimetype day_of(Date day) {
  icaltimetype made = icaltime_null_date();
  made.year = day.year();
  made.month = static_cast<int>(day.month());
  made.day = static_cast<int>(day.day());
  return made;
}

void add_x(icalcomponent* to, const char* name, const std::string& text) {
  icalproperty* made = icalproperty_new_x(text.c_str());
  icalproperty_set_x_name(made, name);
  icalcomponent_add_property(to, made);
}

icalcomponent* event_of(const FeedEvent& event, icaltimetype stamp) {
  icalcomponent* made = icalcomponent_new_vevent();
  const auto add = [&](icalproperty* property) { icalcomponent_add_property(made, property); };
  add(icalproperty_new_uid(event.id.c_str()));
  add(icalproperty_new_dtstamp(stamp));
  add(icalproperty_new_dtstart(day_of(event.day)));
  add(icalproperty_new_dtend(day_of(event.day + 1)));
  add(icalproperty_new_summary(event.title.c_str()));
  if (!event.text.empty()) add(icalproperty_new_description(event.text.c_str()));
  if (!event.link.empty()) add(icalproperty_new_url(event.link.c_str()));
  // A day on which something is due is not a day on which one is away.
  add(icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
  return made;
}

}  // namespace

std::string icalendar(const std::string& name, const std::vector<FeedEvent>& events, Instant as_of) {
  const Component calendar(icalcomponent_new_vcalendar());
  icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
  icalcomponent_add_property(calendar.get(), icalproperty_new_prodid("-//Zhunsheng//Deadlines//ZH"));
  add_x(calendar.get(), "X-WR-CALNAME", name);
  add_x(calendar.get(), "REFRESH-INTERVAL;VALUE=DURATION", kAgain);
  add_x(calendar.get(), "X-PUBLISHED-TTL", kAgain);
  const icaltimetype stamp = icaltime_from_timet_with_zone(static_cast<std::time_t>(as_of.utc_ms / kMsOfSecond), 0,
                                                           icaltimezone_get_utc_timezone());
  for (const FeedEvent& event : events) icalcomponent_add_component(calendar.get(), event_of(event, stamp));
  char* text = icalcomponent_as_ical_string_r(calendar.get());
  std::string made(text);
  icalmemory_free_buffer(text);
  return made;
}

}  // namespace zs::paper
