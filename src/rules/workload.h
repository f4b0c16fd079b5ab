// 负荷: the days to come with what falls due on each, who has more of it on a day than one can do, and what falls to
// somebody while they are away.
//
// Pure. What is due on a rest day has to be done on the last workday before it: collisions are counted there.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "rulebook/calendar.h"

namespace zs::rules {

/// One thing that is due, and whose it is; empty: nobody's yet.
struct WorkItem {
  Date due;
  std::string person;
};

/// Somebody who has more to finish on a day than `most`.
struct Crowded {
  std::string person;
  std::size_t items = 0;
};

struct WorkDay {
  Date day;
  bool workday = true;
  bool estimated = false;          ///< that year's holidays are not published yet
  std::string reason;              ///< why it is no workday
  std::vector<std::size_t> items;  ///< what is due on it: places in the list that was given
  std::vector<Crowded> crowded;    ///< by person, not by number: nobody is ranked
};

/// The last workday on which something due on a day can still be done; the day itself where no workday lies between
/// `from` and it.
Date to_be_done_by(Date due, Date from, const rulebook::Calendar& calendar);

/// `count` days from a day on. Items that are due on none of them are left out.
std::vector<WorkDay> days_ahead(Date from, int count, std::span<const WorkItem> items, std::size_t most,
                                const rulebook::Calendar& calendar);

/// Both days included.
struct Absence {
  Date from, until;
};

/// Whether an item falls to somebody else if its person is away: it is due on the first day away or later, and its last
/// workday is not after the last day away. What is due on a rest day just after the leave is among them.
bool falls_in(const WorkItem& item, const Absence& away, const rulebook::Calendar& calendar);
/// How many workdays somebody is away.
int workdays_away(const Absence& away, const rulebook::Calendar& calendar);

}  // namespace zs::rules
