#include "ledger/duties.h"

#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands.h"

namespace zs::cli {
namespace {

// 最迟 11-30; of a duty whose law names no day, that nobody has set one.
std::string last_day(const ledger::DutyLine& line) {
  if (!line.until) return {};
  const std::string day = line.until->text().substr(5);
  return line.dated ? fmt::format("最迟 {}", day) : fmt::format("没有定日子，年内 {}", day);
}

int duties(const Options& options, int year) {
  return with_town(options, store::Mode::read_only, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    auto lease = ledger.database().reader();
    if (!lease) return fail(options, lease.error());
    auto lines = ledger::duties_of_year(**lease, town, year, today(ledger, town));
    if (!lines) return fail(options, lines.error());
    auto list = nlohmann::ordered_json::array();
    for (const ledger::DutyLine& line : *lines) {
      if (options.json()) {
        list.push_back({{"key", line.duty->key},
                        {"label", line.duty->label},
                        {"state", rules::name_of(line.state)},
                        {"value", line.value},
                        {"wanted", line.wanted},
                        {"windows", line.windows},
                        {"reached", line.reached},
                        {"lead", line.duty->lead},
                        {"law", line.citation},
                        {"behind", line.behind},
                        {"dated", line.dated},
                        {"until", line.until ? nlohmann::ordered_json(line.until->text()) : nullptr}});
        continue;
      }
      const std::string progress = line.windows > 1 ? fmt::format("{}/{} 期达到", line.reached, line.windows)
                                                    : fmt::format("{}/{}", line.value, line.wanted);
      std::cout << fmt::format("  {}{}{}{}{}{}\n", padded(std::string(rules::chinese_of(line.state)), 10),
                               padded(line.duty->label, 24), padded(progress, 18), padded(last_day(line), 24),
                               padded(line.duty->lead, 14), line.citation);
    }
    if (options.json())
      std::cout << list.dump(2) << "\n";
    else if (lines->empty())
      std::cout << fmt::format("{}年没有在施行的年度任务\n", year);
    return static_cast<int>(kDone);
  });
}

}  // namespace

void add_duties(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand("duties", tr("一年的任务和进度", "the duties of a year and how they stand"));
  auto year = std::make_shared<int>(0);
  command->add_option("--year", *year, tr("年度", "year"))->required();
  command->callback([&options, &run, year] { run = [&options, year] { return duties(options, *year); }; });
}

}  // namespace zs::cli
