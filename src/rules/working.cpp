// The working of a deadline (期限底稿), line by line, for a clerk to read.
#include <fmt/format.h>

#include "rules/clock.h"

namespace zs::rules {
namespace {

void add_skipped(std::vector<std::string>& lines, const Clock& clock) {
  // Runs of days with one reason read as one line.
  const auto& skipped = clock.term.skipped;
  for (std::size_t i = 0; i < skipped.size();) {
    std::size_t j = i;
    while (j + 1 < skipped.size() && skipped[j + 1].why == skipped[i].why && skipped[j + 1].day - skipped[j].day == 1)
      ++j;
    const bool rolled = clock.term.unrolled && skipped[i].day >= *clock.term.unrolled;
    lines.push_back(i == j
                        ? fmt::format("{}{}：{}", rolled ? "末日顺延 " : "不计 ", skipped[i].day.text(), skipped[i].why)
                        : fmt::format("{}{} 至 {}：{}", rolled ? "末日顺延 " : "不计 ", skipped[i].day.text(),
                                      skipped[j].day.text(), skipped[i].why));
    i = j + 1;
  }
}

std::string roll_line(const Clock& clock) {
  if (clock.period && clock.period->unit == Unit::workday) return "以工作日计，末日必为工作日";
  if (clock.period && clock.period->unit == Unit::hour) return "以小时计，休息日照走";
  const bool rolls = last_day_of(clock.rule->roll, clock.declared->bears) == LastDay::rolls;
  switch (clock.rule->roll) {
    case rulebook::Roll::yes: return "末日遇休息日顺延（法律有明文）";
    case rulebook::Roll::no: return "末日不顺延";
    case rulebook::Roll::unstated:
      return rolls ? "法律没有写顺延；给相对人的期限，末日遇休息日从宽顺延" : "法律没有写顺延；约束本机关的期限不顺延";
  }
  return {};
}

}  // namespace

std::vector<std::string> working_of(const Clock& clock) {
  std::vector<std::string> lines;
  if (clock.rule == nullptr) return lines;
  lines.push_back(fmt::format("依据 {}（{}）", clock.rule->citation(), clock.rule->label));
  if (clock.by_paper) {
    lines.push_back(fmt::format("届满日由文书载明：{}，不再顺延、延长", clock.due->text()));
    return lines;
  }
  if (!clock.start) {
    lines.push_back("还没有起算");
    return lines;
  }
  if (clock.backward) {
    lines.push_back(
        fmt::format("活动日 {}，须隔满{}", clock.start->day().text(), clock.period ? clock.period->chinese() : ""));
  } else {
    lines.push_back(fmt::format("{} {}", clock.restarted ? "重新起算" : "起算", clock.start->day().text()));
    if (clock.period)
      lines.push_back(fmt::format("期间 {}，第一日 {}", clock.period->chinese(), clock.term.first_day.text()));
  }
  for (const Span& pause : clock.pauses) {
    lines.push_back(pause.until ? fmt::format("暂停 {} 之次日至 {}{}", pause.from.day().text(),
                                              pause.until->day().text(), pause.provisional ? "（暂定）" : "")
                                : fmt::format("暂停 {} 之次日起，尚未恢复", pause.from.day().text()));
  }
  if (clock.extension) {
    lines.push_back(clock.term.extension_void
                        ? fmt::format("延长{}在原期限届满后批准，不算", clock.extension->chinese())
                        : fmt::format("延长{}", clock.extension->chinese()));
  }
  add_skipped(lines, clock);
  if (!clock.backward) lines.push_back(roll_line(clock));
  if (clock.due_at) {
    lines.push_back(fmt::format("届满 {}", clock.due_at->text()));
  } else if (clock.due) {
    lines.push_back(fmt::format("届满 {}{}{}", clock.due->text(), clock.term.provisional ? "（暂定）" : "",
                                clock.term.estimated ? "（估算：该年放假安排未公布）" : ""));
  } else if (clock.settled == OutcomeOf::paused && clock.period) {
    lines.push_back(fmt::format("暂停中，还剩{}", Period{clock.term.left, clock.period->unit}.chinese()));
  } else {
    lines.push_back("期间没有定：由文书指定的还没有登记，或者本镇还没有定这个数");
  }
  return lines;
}

}  // namespace zs::rules
