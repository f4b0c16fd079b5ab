#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "ledger/change_json.h"

namespace zs::cli {
namespace {

int commit(const Options& options) {
  const auto text = read_text("-");
  if (!text) return fail(options, text.error());
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (json.is_discarded()) return fail(options, bad_input("标准输入不是 JSON", "standard input is not JSON"));
  return with_town(options, store::Mode::existing, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    auto change = ledger::change_from_json(town, json);
    if (!change) return fail(options, change.error());
    auto answer = ledger.commit(*std::move(change));
    if (!answer) return fail(options, answer.error());
    std::cout << ledger::answer_to_json(*answer, options.english()).dump(2) << "\n";
    return static_cast<int>(std::holds_alternative<rules::Refusal>(*answer) ? kRefused : kDone);
  });
}

}  // namespace

void add_commit(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand(
      "commit",
      tr("从标准输入读一个变更（JSON），判断并写入；输出结果或者全部理由",
         "read one change (JSON) from standard input, judge and write it; prints the outcome or all reasons"));
  command->callback([&] { run = [&] { return commit(options); }; });
}

}  // namespace zs::cli
