#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "paper/text_key.h"
#include "report/old_ledger.h"
#include "report/sheet_look.h"

namespace zs::cli {
namespace {

constexpr std::size_t kReasonsShown = 12;

struct ImportArguments {
  std::filesystem::path file;
  std::string kind, sheet, as = "history", actor, signer, state;
  int year = 0, header_row = 0;
  std::vector<std::string> columns, constants;
  bool preview = false, yes = false;
};

Result<std::string> digest_of_file(const std::filesystem::path& file) {
  ZS_TRY(const std::string bytes_of_file, read_text(file));
  return hex(bytes(digest(Algorithm::sm3, {bytes_of_file})));
}

// B=received_on: split at the first sign.
Result<std::map<std::string, std::string>> pairs_of(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> pairs;
  for (const std::string& text : texts) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0)
      return bad_input(fmt::format("“{}”要写成 B=字段", text), fmt::format("\"{}\" is written B=field", text));
    pairs[text.substr(0, sign)] = text.substr(sign + 1);
  }
  return pairs;
}

int look(const Options& options, const ImportArguments& arguments) {
  return with_town(options, store::Mode::read_only, [&](ledger::Ledger&, const ledger::Town& town) {
    const auto looks = report::look_at(arguments.file, arguments.file.filename().string(), town);
    if (!looks) return fail(options, looks.error());
    for (const report::SheetLook& sheet : *looks) {
      std::cout << fmt::format("工作表“{}”{}：{}行，表头在第{}行\n", sheet.name, sheet.hidden ? "（隐藏）" : "",
                               sheet.rows, sheet.header_row);
      for (const auto& guess : sheet.kinds)
        std::cout << fmt::format("  像 {}（--kind {}）：认出{}列\n", guess.label, guess.kind, guess.matched);
      if (sheet.kinds.empty()) std::cout << "  看不出是哪本台账\n";
    }
    return static_cast<int>(kDone);
  });
}

std::string_view how_text(paper::How how) {
  switch (how) {
    case paper::How::given: return "指定";
    case paper::How::kept: return "上次";
    case paper::How::name: return "同名";
    case paper::How::synonym: return "别名";
    case paper::How::content: return "内容";
    case paper::How::none: return "不导入";
  }
  return {};
}

void print_columns(const report::OldLedger& old) {
  std::cout << fmt::format("工作表“{}”，表头在第{}行\n", old.sheet(), old.match().header_row);
  for (const paper::ColumnMatch& column : old.match().columns) {
    std::string sample = column.samples.empty() ? std::string() : column.samples.front();
    std::replace(sample.begin(), sample.end(), '\n', ' ');
    std::cout << fmt::format("  {} {} {} {} {}\n", padded(paper::column_letters(column.column), 3),
                             padded(column.header, 24), padded(how_text(column.how), 6),
                             padded(column.path.empty() ? "" : old.label_of(column.path), 22), sample);
  }
}

// The first reasons, the same ones once with their count: a hundred rows fail in three ways.
class Reasons {
 public:
  void add(int row, const std::vector<Text>& reasons) {
    for (const Text& reason : reasons) {
      ++count_;
      if (lines_.size() < kReasonsShown) lines_.push_back(fmt::format("  第{}行 {}", row, reason.zh));
    }
  }
  void print() const {
    for (const std::string& line : lines_) std::cout << line << "\n";
    if (count_ > lines_.size()) std::cout << fmt::format("  …… 共{}条\n", count_);
  }

 private:
  std::vector<std::string> lines_;
  std::size_t count_ = 0;
};

void print_totals(const report::Totals& totals, bool entered) {
  std::cout << fmt::format("{}：新增 {}　变更 {}　未变 {}　不收 {}　略过 {}\n", entered ? "已导入" : "预览",
                           totals.fresh, totals.changed, totals.unchanged, totals.refused, totals.left_out);
  if (totals.with_breaches > 0)
    std::cout << fmt::format("新增的有 {} 件留有违规点，见各件的经过\n", totals.with_breaches);
  if (!entered) std::cout << "没有写入。看过无误，加 --yes 导入\n";
}

nlohmann::ordered_json json_of_totals(const report::Totals& totals) {
  return {{"new", totals.fresh},       {"changed", totals.changed},   {"unchanged", totals.unchanged},
          {"refused", totals.refused}, {"left_out", totals.left_out}, {"with_breaches", totals.with_breaches}};
}

Result<report::OldLedgerAsk> ask_of(const Options& options, const ImportArguments& arguments) {
  report::OldLedgerAsk ask;
  ask.town = TownId{options.town};
  ask.file = arguments.file;
  ask.name = arguments.file.filename().string();
  ZS_TRY(ask.digest, digest_of_file(arguments.file));
  ask.sheet = arguments.sheet;
  ask.kind = arguments.kind;
  ask.summary = arguments.as == "summary";
  if (arguments.header_row > 0) ask.header_row = arguments.header_row;
  if (arguments.year > 0) ask.year = arguments.year;
  if (!arguments.columns.empty()) {
    ZS_TRY(ask.columns, pairs_of(arguments.columns));
  }
  ZS_TRY(ask.constants, pairs_of(arguments.constants));
  ask.state = arguments.state;
  ask.actor = arguments.actor;
  ask.signer = arguments.signer;
  return ask;
}

int import(const Options& options, const ImportArguments& arguments) {
  if (arguments.kind.empty()) return look(options, arguments);
  auto ledger = open_ledger(options, store::Mode::existing);
  if (!ledger) return fail(options, ledger.error());
  auto ask = ask_of(options, arguments);
  if (!ask) return fail(options, ask.error());
  auto old = report::OldLedger::open(**ledger, *std::move(ask));
  if (!old) return fail(options, old.error());
  if (!options.json()) print_columns(**old);
  Reasons refused, changed;
  const auto see = [&](const report::RowReport& row) {
    if (row.plan.group == ledger::RowGroup::refused) refused.add(row.plan.row, row.plan.reasons);
    std::vector<Text> changes;
    for (const ledger::CellChange& change : row.plan.changes)
      changes.push_back({fmt::format("{}：{} → {}", (*old)->label_of_fact(change.path),
                                     paper::shown((*old)->text_of(change.path, change.before)),
                                     paper::shown((*old)->text_of(change.path, change.after))),
                         {}});
    if (row.plan.group == ledger::RowGroup::changed) changed.add(row.plan.row, changes);
  };
  const bool enters = arguments.yes && !arguments.preview;
  Progress shown(enters ? "导入" : "核对");
  const auto progress = [&](std::int64_t done, std::int64_t total) {
    shown(done, total);
    return true;
  };
  const auto totals = enters ? (*old)->enter(see, progress) : (*old)->preview(see, progress);
  if (!totals) return fail(options, totals.error());
  if (options.json()) {
    std::cout << json_of_totals(*totals).dump(2) << "\n";
  } else {
    print_totals(*totals, enters);
    if (totals->changed > 0) std::cout << "变更：\n";
    changed.print();
    if (totals->refused > 0) std::cout << "不收的理由：\n";
    refused.print();
  }
  return totals->refused > 0 ? kRefused : kDone;
}

}  // namespace

void add_import(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand(
      "import",
      tr("导入旧台账（.xlsx、.csv）：先预览，加 --yes 写入；不写 --kind 就列出工作表",
         "bring in an old ledger (.xlsx, .csv): a preview, or with --yes written; without --kind lists sheets"));
  auto arguments = std::make_shared<ImportArguments>();
  command->add_option("file", arguments->file, tr("文件", "the file"))->required();
  command->add_option("--kind", arguments->kind, tr("哪本台账", "which ledger"));
  command->add_option("--sheet", arguments->sheet, tr("工作表", "the sheet"));
  command->add_option("--as", arguments->as, tr("history 逐件；summary 只有合计数", "history or summary"))
      ->check(CLI::IsMember({"history", "summary"}));
  command->add_option("--year", arguments->year, tr("表里的日期没有年份时用哪一年", "the year of days without one"));
  command->add_option("--header-row", arguments->header_row, tr("表头在第几行", "the row of the header"));
  command
      ->add_option("--columns", arguments->columns,
                   tr("指定列：B=received_on；B= 不导入", "columns: B=received_on; B= leaves out"))
      ->delimiter(',');
  command
      ->add_option("--constant", arguments->constants, tr("每行都是的值：unit=xinfang", "values of all rows: unit=KEY"))
      ->delimiter(',');
  command->add_option("--state", arguments->state, tr("表里没有状态时，办到哪一步", "the state where no column tells"));
  command->add_option("--actor", arguments->actor, tr("谁导入（要有登记历史事项的岗位）", "who imports"));
  command->add_option("--signer", arguments->signer, tr("变更由谁签批（默认导入人）", "who signs corrections"));
  command->add_flag("--preview", arguments->preview, tr("只预览（默认）", "only the preview (default)"));
  command->add_flag("--yes", arguments->yes, tr("写入", "write"));
  command->callback(
      [&options, &run, arguments] { run = [&options, arguments] { return import(options, *arguments); }; });
}

}  // namespace zs::cli
