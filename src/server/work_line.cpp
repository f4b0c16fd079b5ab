#include "server/work_line.h"

#include <fmt/format.h>

#include <cstdlib>

#include "server/words.h"

namespace zs::server {

void write_line(JsonWriter& w, const Context& context, const ledger::DueLine& line) {
  const rulebook::Kind* kind = context.town->book->find_kind(line.record.kind);
  const rulebook::Deadline* deadline = kind == nullptr ? nullptr : kind->find_deadline(line.deadline);
  const rulebook::Action* stops = deadline == nullptr ? nullptr : act_that_stops(*kind, *deadline);
  w.object([&] {
    write_row(w, context, line.record);
    w("deadline", line.deadline);
    w("label", deadline == nullptr ? line.deadline : deadline->label);
    w("law", citation_of(*context.town, line.rule));
    w("rule", line.rule);
    w("due", line.due);
    w("weekday", weekday(line.due));
    w("workday", context.town->calendar.workday(line.due));
    write_badge(w, line.badge);
    if (stops == nullptr) return w.null("act");
    w.object("act", [&] {
      w("key", stops->key);
      w("label", stops->label);
    });
  });
}

std::string day_of_year(const std::string& text) {
  if (text.size() < 5) return text;
  const int month = std::atoi(text.c_str());
  const std::string day = text.substr(3);
  return day == "end" ? fmt::format("{}月底", month) : fmt::format("{}月{}日", month, std::atoi(day.c_str()));
}

}  // namespace zs::server
