#include "ledger/figures.h"

#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "report/wording.h"

namespace zs::cli {
namespace {

struct YearArguments {
  int year = 0;
  std::string as_of, figure;
};

Result<std::optional<Date>> as_of(const YearArguments& arguments) {
  if (arguments.as_of.empty()) return std::optional<Date>();
  const auto day = parse_date(arguments.as_of);
  if (!day) return bad_input("--as-of 要写日期（2023-06-30）", "--as-of takes a date (2023-06-30)");
  return std::optional<Date>(day);
}

nlohmann::ordered_json figure_json(const ledger::FigureValue& value) {
  const std::string plain = report::plain_value(value);
  nlohmann::ordered_json json{{"key", value.figure->key}, {"label", value.figure->label}};
  json["value"] = plain.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json::parse(plain);
  json["unit"] = value.figure->unit;
  json["display"] = report::display(value);
  json["definition"] = value.figure->definition;
  json["evidence"] = value.evidence;
  json["case_by_case"] = value.case_by_case();
  return json;
}

int figures(const Options& options, const YearArguments& arguments) {
  const auto day = as_of(arguments);
  if (!day) return fail(options, day.error());
  return with_town(options, store::Mode::read_only, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    auto lease = ledger.database().reader();
    if (!lease) return fail(options, lease.error());
    auto values = ledger::figures_of_year(**lease, town, arguments.year, *day);
    if (!values) return fail(options, values.error());
    if (options.json()) {
      nlohmann::ordered_json json{{"year", arguments.year}, {"town", town.name}};
      auto list = nlohmann::ordered_json::array();
      for (const auto& value : *values) list.push_back(figure_json(value));
      json["figures"] = std::move(list);
      std::cout << json.dump(2) << "\n";
      return static_cast<int>(kDone);
    }
    std::cout << fmt::format("{} {}年度指标{}\n", town.name, arguments.year, *day ? "，统计至 " + (*day)->text() : "");
    for (const auto& value : *values) {
      const std::string shown = report::display(value) + (value.pair() ? std::string() : value.figure->unit);
      const std::string share = value.evidence == 0 ? std::string("—") : fmt::format("{}%", value.case_by_case());
      std::cout << fmt::format("  {}{}佐证 {:>4} 条  逐案 {}{}\n", padded(value.figure->label, 26), padded(shown, 20),
                               value.evidence, padded(share, 6), value.figure->key);
    }
    return static_cast<int>(kDone);
  });
}

nlohmann::ordered_json line_json(const ledger::EvidenceLine& line) {
  nlohmann::ordered_json json{{"record", fmt::format("{}/{}", line.kind, line.record.number)},
                              {"number", line.number},
                              {"title", line.title},
                              {"day", line.day.text()},
                              {"value", line.value}};
  if (line.row != 0) json["row"] = line.row;
  if (line.edge != 0) json["edge"] = line.edge;
  if (line.summary) json["summary"] = true;
  if (!line.part.empty()) json["part"] = line.part;
  json["village"] = line.village;
  return json;
}

int evidence(const Options& options, const YearArguments& arguments) {
  const auto day = as_of(arguments);
  if (!day) return fail(options, day.error());
  return with_town(options, store::Mode::read_only, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    auto lease = ledger.database().reader();
    if (!lease) return fail(options, lease.error());
    auto lines = ledger::evidence_of_year(**lease, town, arguments.figure, arguments.year, *day);
    if (!lines) return fail(options, lines.error());
    if (options.json()) {
      auto list = nlohmann::ordered_json::array();
      for (const auto& line : *lines) list.push_back(line_json(line));
      std::cout
          << nlohmann::ordered_json{{"figure", arguments.figure}, {"year", arguments.year}, {"evidence", list}}.dump(2)
          << "\n";
      return static_cast<int>(kDone);
    }
    const rulebook::Figure* figure = town.book->find_figure(arguments.figure);
    std::cout << fmt::format("{}（{}）{}年度佐证 {} 条：{}\n", figure->label, figure->key, arguments.year,
                             lines->size(), figure->definition);
    for (const auto& line : *lines) {
      std::cout << fmt::format(
          "  {}  {}{}{:>10}  {}{}\n", line.day.text(),
          padded(line.number.empty() ? fmt::format("{}/{}", line.kind, line.record.number) : line.number, 24),
          padded(line.part, line.part.empty() ? 0 : 22), line.value, line.title, line.summary ? "（汇总件）" : "");
    }
    return static_cast<int>(kDone);
  });
}

}  // namespace

void add_figures(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand("figures", tr("一年的指标", "the figures of a year"));
  auto arguments = std::make_shared<YearArguments>();
  command->add_option("--year", arguments->year, tr("年度", "year"))->required();
  command->add_option("--as-of", arguments->as_of, tr("统计至哪一天", "as of which day"));
  command->callback(
      [&options, &run, arguments] { run = [&options, arguments] { return figures(options, *arguments); }; });
}

void add_evidence(CLI::App& app, Options& options, Run& run) {
  auto* command =
      app.add_subcommand("evidence", tr("一个指标背后的逐条佐证", "what stands behind a figure, one by one"));
  auto arguments = std::make_shared<YearArguments>();
  command->add_option("figure", arguments->figure, tr("指标的键", "the figure's key"))->required();
  command->add_option("--year", arguments->year, tr("年度", "year"))->required();
  command->add_option("--as-of", arguments->as_of, tr("统计至哪一天", "as of which day"));
  command->callback(
      [&options, &run, arguments] { run = [&options, arguments] { return evidence(options, *arguments); }; });
}

}  // namespace zs::cli
