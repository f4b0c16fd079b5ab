// What the yearly report may list record by record (report/lists.yaml): the evidence of a figure, a line each, with what
// is shown of each record.
//
//   plan:
//     label: 年度任务逐项
//     of: plan_tasks_planned              # its evidence are the lines: what counts is listed, and nothing else
//     shows: {task: task, state: state, outcome: {deadline: finish}}
//   showcases: {…, picks: words}          # each may also be chosen alone: {{showcases_12}}
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rulebook/source.h"

namespace zs::rulebook {

inline constexpr std::string_view kReportListsFile = "report/lists.yaml";

struct ReportColumn {
  enum class Of { field, number, state, deadline };
  std::string name;  ///< as the template names it
  Of of = Of::field;
  std::string key;  ///< of the field, number or deadline
};

struct ReportList {
  std::string key;
  Place place;
  std::string label;
  std::string figure;  ///< counts records
  std::vector<ReportColumn> columns;
  std::string picks;  ///< the column whose words a chapter takes one by one; or none
};

}  // namespace zs::rulebook
