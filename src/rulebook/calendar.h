// The working calendar: statutory days off and worked weekends, each with the notice behind it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/date.h"
#include "rulebook/source.h"

namespace zs::rulebook {

/// The published arrangement of one year.
struct CalendarYear {
  int year = 0;
  std::string notice;  ///< 国办发明电〔2023〕7号
  std::vector<Date> off;
  std::vector<Date> work;
};

class Calendar {
 public:
  void set(CalendarYear year);
  /// A year without a published arrangement: weekends only, and every date read from it is an estimate (估算).
  bool published(int year) const { return years_.contains(year); }
  bool workday(Date day) const;
  /// Why the day is no workday (周六、周日 or the notice); empty for a workday.
  std::string rest_reason(Date day) const;
  const std::map<int, CalendarYear>& years() const { return years_; }

 private:
  std::map<int, CalendarYear> years_;
  std::map<Date, bool> exceptions_;  ///< day → worked
};

/// Reads `2024: {notice: …, off: […], work: […]}`, one year a key.
std::vector<CalendarYear> read_calendar(const Node& node, Faults& faults);

}  // namespace zs::rulebook
