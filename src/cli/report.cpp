#include <iostream>

#include "cli/commands.h"
#include "report/annual.h"

namespace zs::cli {
namespace {

int annual(const Options& options, int year) {
  return with_town(options, store::Mode::read_only, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    auto lease = ledger.database().reader();
    if (!lease) return fail(options, lease.error());
    auto made = report::annual(**lease, town, year, today(ledger, town));
    if (!made) return fail(options, made.error());
    if (options.format == "html") {
      auto html = report::as_html(**lease, town, *made);
      if (!html) return fail(options, html.error());
      std::cout << *html;
    } else {
      std::cout << (options.json() ? report::as_json(*made) + "\n" : report::as_text(*made));
    }
    return static_cast<int>(kDone);
  });
}

}  // namespace

void add_report(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand("report", tr("报告", "reports"));
  command->require_subcommand(1);
  auto* yearly = command->add_subcommand("annual", tr("法治政府建设年度报告", "the yearly report"));
  auto year = std::make_shared<int>(0);
  yearly->add_option("--year", *year, tr("年度", "year"))->required();
  yearly->callback([&options, &run, year] { run = [&options, year] { return annual(options, *year); }; });
}

}  // namespace zs::cli
