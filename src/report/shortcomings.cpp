#include "report/shortcomings.h"

#include <fmt/format.h>

#include <map>

namespace zs::report {
namespace {

const rulebook::Kind* kind_of(const ledger::Town& town, const std::string& key) {
  return town.book->find_kind(key.substr(0, key.find('.')));
}
std::string rest_of(const std::string& key) {
  return key.substr(key.find('.') + 1);
}

std::string gate_says(const rulebook::Kind& kind, const std::string& key) {
  if (key == "order") return "日期早于上一步";
  if (key == "decides") return "决定人的职务不符";
  const rulebook::Gate* gate = kind.find_gate(key);
  return gate == nullptr ? key : gate->says;
}

}  // namespace

std::vector<std::string> shortcomings(const ledger::Town& town, const ledger::YearTrouble& trouble) {
  std::vector<std::string> lines;
  std::map<std::string, std::int64_t> late;
  for (const auto& [key, count] : trouble.late_by_deadline) late[key] += count;
  for (const auto& [key, count] : late) {
    const rulebook::Kind* kind = kind_of(town, key);
    const rulebook::Deadline* deadline = kind == nullptr ? nullptr : kind->find_deadline(rest_of(key));
    if (deadline != nullptr) lines.push_back(fmt::format("{}“{}”逾期{}件", kind->label, deadline->label, count));
  }
  for (const auto& [key, count] : trouble.breaches_by_gate) {
    const rulebook::Kind* kind = kind_of(town, key);
    if (kind != nullptr)
      lines.push_back(fmt::format("{}有{}处违规点：{}", kind->label, count, gate_says(*kind, rest_of(key))));
  }
  if (trouble.warned > 0) lines.push_back(fmt::format("办理中经签批越过提醒或者登记时有提醒{}处", trouble.warned));
  return lines;
}

std::vector<std::string> missed_duties(const std::vector<ledger::DutyLine>& duties) {
  std::vector<std::string> lines;
  for (const ledger::DutyLine& line : duties) {
    if (line.state != rules::DutyState::missed) continue;
    const bool often = line.windows > 1;  // each week, each month
    lines.push_back(often ? fmt::format("年度任务“{}”未完成（{}期中{}期做到）", line.duty->label, line.windows, line.reached)
                          : fmt::format("年度任务“{}”未完成（应不少于{}，实际{}）", line.duty->label, line.wanted, line.value));
  }
  return lines;
}

std::vector<PlannedDuty> duties_of(const ledger::Town& town, int year) {
  std::vector<PlannedDuty> planned;
  for (const rulebook::Duty& duty : town.book->duties) {
    const rulebook::Rule* rule = town.book->find_rule(duty.rule.rule);
    if (rule == nullptr || (duty.only && *duty.only != year) || !rule->in_force_on(Date(year, 12, 31))) continue;
    std::string by;
    if (rule->frequency && !rule->frequency->window_until.empty()) {
      const auto day = parse_month_day(rule->frequency->window_until, year);
      if (day) by = day->chinese() + "前";
    } else if (rule->frequency && rule->frequency->every == "week") {
      by = "每周";
    } else {
      by = fmt::format("{}年内", year);
    }
    planned.push_back({duty.label, duty.lead, by});
  }
  return planned;
}

}  // namespace zs::report
