// Figures and duties as data (design §4.8).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rulebook/kind.h"

namespace zs::rulebook {

struct Figure {
  enum class Form { counts, sums, stock, ratio, coverage, shows, total };
  /// What one contribution stands for.
  enum class Source { record, row, deadline };
  /// How a reader sees the value: as it is, 200余, 100余万, a percentage, 全覆盖.
  enum class Display { exact, over, over_wan, rate, whole };

  std::string key;
  Place place;
  std::string label, unit, definition;
  Form form = Form::counts;
  Source source = Source::record;
  std::string kind;
  std::string rows;             ///< of row: the rows field
  std::string deadline;         ///< of deadline
  std::string sum_field;        ///< of sums: a field of the record, or a column
  std::optional<DateOf> dated;  ///< of flow
  ConditionPtr where;
  std::vector<std::string> outcomes;   ///< of deadline: the outcomes counted; empty: all that are due
  std::optional<DateOf> from, until;   ///< of stock
  std::string over, under;             ///< of ratio: numerator, denominator
  std::vector<std::string> org_types;  ///< of coverage
  std::string of_figure;               ///< of coverage: a stock
  std::int64_t reaches = 1;
  std::string reaches_setting;
  std::string setting;             ///< of shows
  std::vector<std::string> parts;  ///< of total: base figures that are added
  std::string proof;               ///< a self-check that shows case by case what was looked at
  std::vector<std::string> overlaps;
  Display display = Display::exact;
  bool no_target = false;
  bool money = false;  ///< the value is in fen

  /// Flow or stock: what tallies hold.
  bool base() const { return form == Form::counts || form == Form::sums || form == Form::stock; }
};

struct Duty {
  std::string key;
  Place place;
  std::string label;
  RuleRef rule;
  std::string figure;
  std::string each;  ///< village, leader …
  std::string lead;
  std::string warn_by;
  std::optional<int> only;
};

}  // namespace zs::rulebook
