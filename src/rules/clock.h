// A deadline running on a record: version of the rule, start, pauses, extension → due day, outcome, working (期限底稿).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rulebook/kind.h"
#include "rules/term.h"

namespace zs::rules {

/// How a deadline stands: one list everywhere (design §4.7).
enum class OutcomeOf { none, waiting, running, paused, met, late, overdue, lapsed, dropped, unknown };
std::string_view name_of(OutcomeOf outcome);
std::optional<OutcomeOf> parse_outcome(std::string_view text);
std::string_view chinese_of(OutcomeOf outcome);

struct Clock {
  std::string deadline;
  RowNumber row = 0;  ///< of a deadline that runs per row
  /// What no day changes: none, waiting, met, late, dropped, unknown, paused; lapsed if a later stop was too late for
  /// others' periods; running stands for all that the day decides.
  OutcomeOf settled = OutcomeOf::none;
  const rulebook::Deadline* declared = nullptr;
  const rulebook::Rule* rule = nullptr;
  std::optional<Moment> start, stop;
  std::optional<Date> due;
  std::optional<Moment> due_at;
  std::optional<Period> period, extension;
  std::optional<Moment> restarted;
  std::vector<Span> pauses;
  Term term;
  bool by_paper = false;  ///< the due day stands in a paper
  bool backward = false;

  /// The outcome on a day: running, overdue and lapsed are a comparison of dates, nothing is written for them.
  OutcomeOf on(Date day) const;
};

/// The working of a deadline, line by line, in Chinese: start, first day, each skipped day, pauses, extension, roll,
/// article.
std::vector<std::string> working_of(const Clock& clock);

/// Whether a rule's end rolls for a bearer: `unstated` rolls for a party's period only (statutes §1.2).
LastDay last_day_of(rulebook::Roll roll, rulebook::Bearer bears);

}  // namespace zs::rules
