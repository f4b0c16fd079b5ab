// A rule of the law: one row of the law as data, with citation, certainty and its time in force (design §4.1).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/period.h"
#include "rulebook/source.h"

namespace zs::rulebook {

/// How sure we are of a rule's text. Only `verified` refuses; the others warn.
enum class Certainty { memory, seed, page, verified };

/// What a rest day does to the end of a period. `unstated`: the law is silent, so it rolls for a party only.
enum class Roll { no, yes, unstated };

/// A period of a rule: fixed, read from a setting, or written in a paper.
struct RulePeriod {
  enum class Kind { none, fixed, setting, paper };
  Kind kind = Kind::none;
  Period period;
  std::string setting;
};

/// How often something must be done, and in which part of the year.
struct Frequency {
  std::int64_t at_least = 0;  ///< a count, or permille of a ratio
  bool permille = false;
  std::string every;         ///< week, month, year, "2 years"
  std::string window_from;   ///< 01-01
  std::string window_until;  ///< 03-31 or 02-end, included
};

struct Rule {
  std::string id;
  std::string section;  ///< file under law/
  Place place;
  std::string label;
  std::string law;
  std::string article;
  std::optional<Date> since;
  std::optional<Date> until;
  Certainty certainty = Certainty::memory;
  bool first_day_counts = false;
  Roll roll = Roll::unstated;

  RulePeriod within;                                      ///< the period, when it is one
  std::vector<std::pair<std::string, Period>> within_by;  ///< the periods by name: common, grave; the first answers
  RulePeriod extends;
  RulePeriod ahead;  ///< counted backward from a day
  RulePeriod floor;  ///< a minimum: the act must not come sooner
  std::optional<std::int64_t> number;
  std::string number_unit;
  std::vector<std::pair<std::string, std::int64_t>> number_by;  ///< permille where written ‰, fen where 元
  std::string number_setting;
  std::optional<Frequency> frequency;
  std::string day;        ///< a fixed day of each year: 12-04
  std::string until_day;  ///< the last day of each year on which it is in time: 03-31
  std::string counts;     ///< a rule on how to count: roll, start, month_end …

  /// 《信访工作条例》第三十四条
  std::string citation() const;
  bool in_force_on(Date day_asked) const;
  /// Whether any number of the law stands here.
  bool has_number() const;
};

/// "pun-limit-2y.grave": a rule and which of its numbers.
struct RuleRef {
  std::string rule;
  std::string number;
  Place place;
  std::string text() const { return number.empty() ? rule : rule + "." + number; }
};
RuleRef parse_rule_ref(const std::string& text, const Place& place);

}  // namespace zs::rulebook
