#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "ledger/checks.h"
#include "ledger/shown.h"

namespace zs::cli {
namespace {

using ledger::CheckedLine;
using ledger::CheckSheet;
using ledger::CheckTotals;
using nlohmann::ordered_json;

ordered_json totals_json(const CheckTotals& totals) {
  return {{"lines", totals.lines}, {"differs", totals.differs}, {"unproven", totals.unproven}, {"sums", totals.sums}};
}

ordered_json line_json(const ledger::Town& town, const CheckSheet& sheet, const CheckedLine& line) {
  ordered_json cells = ordered_json::object();
  for (std::size_t i = 0; i < line.texts.size(); ++i) {
    if (line.line.cells[i].value.absent()) continue;
    ordered_json cell{{"text", line.texts[i]}};
    for (const rules::GateSeen& seen : line.line.cells[i].seen)
      cell["seen"].push_back(ledger::text_of(town, *town.book->find_kind(line.kind), seen));
    cells[sheet.check->line.columns[i].key] = std::move(cell);
  }
  return {{"verdict", rules::name_of(line.line.verdict)},
          {"kind", line.kind},
          {"id", line.record.number},
          {"number", line.number},
          {"day", line.line.day.text()},
          {"why", line.line.why},
          {"cells", std::move(cells)}};
}

void print_json(const ledger::Town& town, const CheckSheet& sheet) {
  ordered_json lines = ordered_json::array(), groups = ordered_json::array();
  for (const CheckedLine& line : sheet.lines) lines.push_back(line_json(town, sheet, line));
  for (const auto& [text, totals] : sheet.groups) {
    ordered_json group = totals_json(totals);
    group["text"] = text;
    groups.push_back(std::move(group));
  }
  const ordered_json json{{"key", sheet.check->key},
                          {"label", sheet.check->label},
                          {"year", sheet.year},
                          {"as_of", sheet.as_of.text()},
                          {"totals", totals_json(sheet.totals)},
                          {"groups", std::move(groups)},
                          {"cut", sheet.cut},
                          {"lines", std::move(lines)}};
  std::cout << json.dump(2) << "\n";
}

std::string sums_text(const ledger::Town& town, const CheckSheet& sheet, const CheckTotals& totals) {
  std::string text;
  for (const auto& [column, sum] : totals.sums) {
    const rulebook::Field& field = *sheet.check->line.find_column(column);
    text += fmt::format("，{} {}", field.label, ledger::shown(town, field, Value(sum)));
  }
  return text;
}

void print_line(const ledger::Town& town, const CheckSheet& sheet, const CheckedLine& line) {
  std::cout << fmt::format(
      "{}{}{}\n", padded(std::string(ledger::chinese_of(line.line.verdict)), 10),
      padded(line.number.empty() ? fmt::format("{}/{}", line.kind, line.record.number) : line.number, 24), line.title);
  std::string values;
  for (std::size_t i = 0; i < line.texts.size(); ++i) {
    if (line.texts[i].empty()) continue;
    values += fmt::format("{}{} {}", values.empty() ? "" : "；", sheet.check->line.columns[i].label, line.texts[i]);
  }
  std::cout << "          " << values << "\n";
  for (const std::string& why : line.line.why) std::cout << "          ✗ " << why << "\n";
  for (const rules::CheckValue& cell : line.line.cells) {
    for (const rules::GateSeen& seen : cell.seen) {
      if (seen.held == rulebook::Held::passed) continue;
      std::cout << "          · " << ledger::text_of(town, *town.book->find_kind(line.kind), seen) << "\n";
    }
  }
}

void print_text(const ledger::Town& town, const CheckSheet& sheet) {
  std::cout << fmt::format("{}（{}年，截至 {}）\n{}\n", sheet.check->label, sheet.year, sheet.as_of.text(),
                           sheet.check->definition);
  for (const CheckedLine& line : sheet.lines) print_line(town, sheet, line);
  for (const auto& [text, totals] : sheet.groups)
    std::cout << fmt::format("小计 {}：{} 件{}\n", text.empty() ? "（空）" : text, totals.lines,
                             sums_text(town, sheet, totals));
  std::cout << fmt::format("合计 {} 件：不符 {}，没有证明 {}，相符 {}{}\n", sheet.totals.lines, sheet.totals.differs,
                           sheet.totals.unproven, sheet.totals.fits, sums_text(town, sheet, sheet.totals));
  if (sheet.cut) std::cout << fmt::format("只列前 {} 件\n", ledger::kCheckLinesMax);
}

int list_checks(const Options& options, const ledger::Town& town) {
  ordered_json list = ordered_json::array();
  for (const rulebook::SelfCheck& check : town.book->checks) {
    if (options.json())
      list.push_back({{"key", check.key}, {"label", check.label}, {"definition", check.definition}});
    else
      std::cout << fmt::format("{}{}\n", padded(check.key, 24), check.label);
  }
  if (options.json()) std::cout << list.dump(2) << "\n";
  return kDone;
}

int run_one(const Options& options, const std::string& key, int year) {
  return with_town(options, store::Mode::read_only, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    if (key.empty()) return list_checks(options, town);
    auto lease = ledger.database().reader();
    if (!lease) return fail(options, lease.error());
    const Date day = today(ledger, town);
    const auto sheet = ledger::run_check(**lease, town, key, year == 0 ? day.year() : year, day);
    if (!sheet) return fail(options, sheet.error());
    if (options.json())
      print_json(town, *sheet);
    else
      print_text(town, *sheet);
    return static_cast<int>(kDone);
  });
}

}  // namespace

void add_check(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand("check", tr("自查表：逐件取数，先列不符的；不写名称的列出有哪些",
                                                 "a self-check, record by record; without a name: which there are"));
  auto key = std::make_shared<std::string>();
  auto year = std::make_shared<int>(0);
  command->add_option("key", *key, tr("自查表", "the self-check"));
  command->add_option("--year", *year, tr("年度（默认今年）", "year (default: this one)"));
  command->callback(
      [&options, &run, key, year] { run = [&options, key, year] { return run_one(options, *key, *year); }; });
}

}  // namespace zs::cli
