#include "ledger/verify.h"

#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"

namespace zs::cli {
namespace {

int verify(const Options& options) {
  return with_town(options, store::Mode::read_only, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    Progress progress("核验");
    auto found = ledger::verify(ledger, town.id, std::ref(progress));
    if (!found) {
      fail(options, found.error());
      return static_cast<int>(found.error().kind == ErrorKind::corrupt ? kRefused : kBadInput);
    }
    if (options.json()) {
      nlohmann::ordered_json json{
          {"verified", found->good()}, {"entries", found->entries}, {"records", found->records}, {"root", found->root}};
      auto list = nlohmann::ordered_json::array();
      for (const auto& difference : found->differences) list.push_back(options.say(difference.what));
      json["differences"] = std::move(list);
      std::cout << json.dump(2) << "\n";
    } else {
      std::cout << fmt::format("存证 {} 条，事项 {} 件，树根 {}\n", found->entries, found->records, found->root);
      for (const auto& difference : found->differences) std::cout << "  不符：" << options.say(difference.what) << "\n";
      std::cout << (found->good() ? "核验通过：存证日志、事项、期限、佐证、汇总一致\n"
                                  : fmt::format("核验不通过：{}处不符\n", found->difference_count));
    }
    return static_cast<int>(found->good() ? kDone : kRefused);
  });
}

int rebuild(const Options& options) {
  return with_town(options, store::Mode::existing, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    Progress progress("重建");
    auto entries = ledger.rebuild(town.id, std::ref(progress));
    if (!entries) return fail(options, entries.error());
    std::cout << fmt::format("已由 {} 条存证重建全部投影\n", *entries);
    return static_cast<int>(kDone);
  });
}

}  // namespace

void add_verify(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand(
      "verify", tr("由存证日志重算一切，逐行核对", "recompute everything from the journal and compare it row by row"));
  command->callback([&] { run = [&] { return verify(options); }; });
}

void add_rebuild(CLI::App& app, Options& options, Run& run) {
  auto* command =
      app.add_subcommand("rebuild", tr("由存证日志重建全部投影", "make all projections again from the journal"));
  command->callback([&] { run = [&] { return rebuild(options); }; });
}

}  // namespace zs::cli
