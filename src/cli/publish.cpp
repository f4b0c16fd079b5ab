#include "ledger/publish.h"

#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "report/annual.h"

namespace zs::cli {
namespace {

struct PublishArguments {
  int year = 0;
  std::string actor;
};

int publish(const Options& options, const PublishArguments& arguments) {
  auto ledger = open_ledger(options, store::Mode::existing);
  if (!ledger) return fail(options, ledger.error());
  const auto words = report::words_to_publish(**ledger, TownId{options.town}, arguments.year);
  if (!words) return fail(options, words.error());
  auto made = ledger::publish(**ledger, TownId{options.town}, arguments.year, arguments.actor, *words);
  if (!made) return fail(options, made.error());
  std::cout << fmt::format("{}年度报告已发布：存证第{}条，冻结 {} 个指标的佐证\n", made->year, made->entry.number,
                           made->files.size());
  return kDone;
}

void print(const ledger::Town& town, const ledger::Publication& publication, const std::vector<ledger::Drift>& drifts) {
  std::cout << fmt::format(
      "{}年度报告发布于 {}（存证第{}条），{}\n", publication.year, publication.day.text(), publication.entry.number,
      drifts.empty() ? std::string("至今没有变动") : fmt::format("{} 个指标有变动", drifts.size()));
  for (const ledger::Drift& drift : drifts) {
    const rulebook::Figure& figure = *town.book->find_figure(drift.figure);
    std::cout << fmt::format("  {}：发布时 {}，现为 {}{}\n", figure.label, drift.published, drift.now,
                             figure.money ? "（分）" : figure.unit);
    for (const ledger::Change& change : drift.changes) {
      std::cout << fmt::format(
          "    {} {}：{} → {}\n",
          change.number.empty() ? fmt::format("{}/{}", change.kind, change.record.number) : change.number, change.title,
          change.before, change.now);
      for (const ledger::Cause& cause : change.causes)
        std::cout << fmt::format("      存证第{}条 {} {} {}\n", cause.n.number, cause.day.text(),
                                 cause.action.empty() ? cause.type : cause.action, cause.actor);
    }
  }
}

int drift(const Options& options, int year) {
  return with_town(options, store::Mode::read_only, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    auto lease = ledger.database().reader();
    if (!lease) return fail(options, lease.error());
    auto publication = ledger::publication_of(**lease, town, year);
    if (!publication) return fail(options, publication.error());
    if (!publication->has_value())
      return fail(options, not_found(fmt::format("{}年度报告还没有发布", year),
                                     fmt::format("the report of {} is not published", year)));
    auto drifts = ledger::drift_of(**lease, town, **publication);
    if (!drifts) return fail(options, drifts.error());
    if (!options.json()) {
      print(town, **publication, *drifts);
      return static_cast<int>(kDone);
    }
    auto list = nlohmann::ordered_json::array();
    for (const ledger::Drift& each : *drifts) {
      auto changes = nlohmann::ordered_json::array();
      for (const ledger::Change& change : each.changes)
        changes.push_back({{"record", fmt::format("{}/{}", change.kind, change.record.number)},
                           {"before", change.before},
                           {"now", change.now}});
      list.push_back(
          {{"figure", each.figure}, {"published", each.published}, {"now", each.now}, {"changes", std::move(changes)}});
    }
    std::cout << list.dump(2) << "\n";
    return static_cast<int>(kDone);
  });
}

}  // namespace

void add_publish(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand(
      "publish", tr("发布年度报告，冻结每个指标的佐证", "publish a year: freeze what stands behind each figure"));
  auto arguments = std::make_shared<PublishArguments>();
  command->add_option("--year", arguments->year, tr("年度", "year"))->required();
  command->add_option("--actor", arguments->actor, tr("经办人", "who does it"));
  command->callback(
      [&options, &run, arguments] { run = [&options, arguments] { return publish(options, *arguments); }; });
}

void add_drift(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand(
      "drift", tr("发布之后变动了什么，凭哪几条存证", "what has changed since publication, and by which entries"));
  auto year = std::make_shared<int>(0);
  command->add_option("--year", *year, tr("年度", "year"))->required();
  command->callback([&options, &run, year] { run = [&options, year] { return drift(options, *year); }; });
}

}  // namespace zs::cli
