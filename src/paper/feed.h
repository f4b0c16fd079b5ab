// Days as iCalendar (RFC 5545): what a calendar program subscribes to. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "base/moment.h"

namespace zs::paper {

/// One day-long event.
struct FeedEvent {
  std::string id;  ///< the same for the same thing, for ever
  Date day;
  std::string title, text, link;  ///< plain texts; link may be empty
};

/// The whole feed; `as_of` stands for the moment at which each event was last made.
std::string icalendar(const std::string& name, const std::vector<FeedEvent>& events, Instant as_of);

}  // namespace zs::paper
