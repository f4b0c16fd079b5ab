#include "ledger/duties.h"

#include <algorithm>

namespace zs::ledger {
namespace {

using rules::DutyProgress;
using rules::DutyWindow;
using store::ResultRow;

constexpr std::string_view kSum =
    "SELECT village,SUM(value) FROM evidence WHERE town=?1 AND figure=?2 AND day>=?3 AND day<=?4 GROUP BY village";
constexpr std::int64_t kPermille = 1000;

Result<std::map<std::string, std::int64_t>> sums(store::Session& session, const Town& town, const std::string& figure,
                                                 const DutyWindow& window) {
  std::map<std::string, std::int64_t> by_village;
  ZS_CHECK(session.each(
      kSum, {town.id.number, figure, std::int64_t{window.from.serial()}, std::int64_t{window.until.serial()}},
      [&](const ResultRow& row) {
        by_village[std::get<std::string>(row[0])] = std::get<std::int64_t>(row[1]);
        return true;
      }));
  return by_village;
}

std::int64_t total(const std::map<std::string, std::int64_t>& by_village) {
  std::int64_t sum = 0;
  for (const auto& [village, value] : by_village) sum += value;
  return sum;
}

// What was reached in a window: the sum; of a ratio its permille; of `each: village` the least of the villages there.
Result<std::optional<std::int64_t>> reached_in(store::Session& session, const Town& town, const rulebook::Duty& duty,
                                               const DutyWindow& window, DutyLine& line) {
  const rulebook::Figure& figure = *town.book->find_figure(duty.figure);
  if (figure.form == rulebook::Figure::Form::ratio) {
    ZS_TRY(const auto over, sums(session, town, figure.over, window));
    ZS_TRY(const auto under, sums(session, town, figure.under, window));
    if (total(under) == 0) return std::optional<std::int64_t>();
    return std::optional(total(over) * kPermille / total(under));
  }
  ZS_TRY(const auto by_village, sums(session, town, figure.key, window));
  const bool per_org =
      std::any_of(town.orgs.begin(), town.orgs.end(), [&](const auto& org) { return org.second.type == duty.each; });
  if (!per_org) return std::optional(total(by_village));
  std::optional<std::int64_t> least;
  line.behind.clear();
  for (const auto& [key, org] : town.orgs) {
    if (org.type != duty.each || (org.until && *org.until < window.until)) continue;
    const auto found = by_village.find(key);
    const std::int64_t value = found == by_village.end() ? 0 : found->second;
    if (value < line.wanted) line.behind.push_back(org.name);
    least = least ? std::min(*least, value) : value;
  }
  return least;
}

}  // namespace

Result<std::vector<DutyLine>> duties_of_year(store::Session& session, const Town& town, int year, Date today) {
  std::vector<DutyLine> lines;
  for (const rulebook::Duty& duty : town.book->duties) {
    const rulebook::Rule* rule = town.book->find_rule(duty.rule.rule);
    const std::vector<DutyWindow> windows =
        rule == nullptr ? std::vector<DutyWindow>() : rules::windows_of(duty, *rule, year);
    if (windows.empty()) continue;
    DutyLine line;
    line.duty = &duty;
    line.wanted = rule->frequency->at_least;
    line.citation = rule->citation();
    line.dated = rules::has_own_date(*rule);
    std::vector<DutyProgress> progress;
    for (const DutyWindow& window : windows) {
      DutyProgress each{window, std::nullopt};
      if (window.from <= today) {
        ZS_TRY(each.reached, reached_in(session, town, duty, window, line));
        ++line.windows;
        line.value = each.reached.value_or(0);
        line.reached += each.reached && *each.reached >= line.wanted;
      }
      if (!line.until && window.until >= today && each.reached.value_or(0) < line.wanted) line.until = window.until;
      progress.push_back(each);
    }
    line.state = rules::state_of(duty, *rule, progress, today);
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::vector<DutyDue>> duties_due(store::Session& session, const Town& town, Date from, Date until, Date today) {
  std::vector<DutyDue> due;
  for (int year = from.year(); year <= until.year(); ++year) {
    for (const rulebook::Duty& duty : town.book->duties) {
      const rulebook::Rule* rule = town.book->find_rule(duty.rule.rule);
      if (rule == nullptr) continue;
      for (const DutyWindow& window : rules::windows_of(duty, *rule, year)) {
        if (window.until < from || window.until > until) continue;
        DutyProgress progress{window, std::nullopt};
        DutyLine line;
        line.wanted = rule->frequency->at_least;
        if (window.from <= today) {
          ZS_TRY(progress.reached, reached_in(session, town, duty, window, line));
        }
        if (progress.reached && *progress.reached >= line.wanted) continue;
        due.push_back({&duty, window, rules::state_of(duty, *rule, {progress}, today), progress.reached.value_or(0),
                       line.wanted, rule->citation(), rules::has_own_date(*rule)});
      }
    }
  }
  std::stable_sort(due.begin(), due.end(),
                   [](const auto& a, const auto& b) { return a.window.until < b.window.until; });
  return due;
}

}  // namespace zs::ledger
