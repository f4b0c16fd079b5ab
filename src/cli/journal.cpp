#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "ledger/dump.h"
#include "ledger/erasure.h"

namespace zs::cli {
namespace {

struct EraseArguments {
  std::int64_t record = 0;
  std::vector<std::string> paths;
  std::string actor, reason, signer;
};

int erase(const Options& options, const EraseArguments& arguments) {
  return with_town(options, store::Mode::existing, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    const ledger::Attachments attachments(ledger, options.data);
    const auto done = ledger::erase(
        ledger, attachments, town.id,
        {RecordId{arguments.record}, arguments.paths, arguments.actor, arguments.reason, arguments.signer});
    if (!done) return fail(options, done.error());
    std::cout << fmt::format("已删除：第{}号事项的 {}，附件 {} 个；凭证为存证第{}条\n", arguments.record,
                             fmt::join(arguments.paths, "、"), done->files, done->n.number);
    return static_cast<int>(kDone);
  });
}

int dump(const Options& options) {
  return with_town(options, store::Mode::read_only, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    auto done = ledger::dump(ledger, town, [](const std::string& line) { std::cout << line << "\n"; });
    return done ? static_cast<int>(kDone) : fail(options, done.error());
  });
}

}  // namespace

void add_erase(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand(
      "erase", tr("删除个人信息：值换成摘要，核验仍然成立", "erase values: the digest stays, verify still holds"));
  auto arguments = std::make_shared<EraseArguments>();
  command->add_option("record", arguments->record, tr("事项号", "the record's number"))->required();
  command->add_option("paths", arguments->paths, tr("字段或者 明细/行/列", "field or rows/row/column"))->required();
  command->add_option("--actor", arguments->actor, tr("经办人", "who does it"))->required();
  command->add_option("--reason", arguments->reason, tr("理由", "reason"))->required();
  command->add_option("--signer", arguments->signer, tr("谁同意的", "who agreed to it"));
  command->callback(
      [&options, &run, arguments] { run = [&options, arguments] { return erase(options, *arguments); }; });
}

void add_dump(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand("journal", tr("逐条输出存证日志（docs/journal-format.md），供独立核验",
                                                   "print the journal entry by entry, for an independent reader"));
  command->callback([&] { run = [&] { return dump(options); }; });
}

}  // namespace zs::cli
