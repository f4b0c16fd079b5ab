// Taking a rulebook or a calendar into force, and what would move if one did.
#include <fmt/format.h>

#include <iostream>

#include "cli/commands.h"
#include "ledger/replay.h"
#include "rulebook/compare.h"

namespace zs::cli {
namespace {

void print_moves(const std::vector<ledger::Moved>& moved) {
  for (const ledger::Moved& move : moved)
    std::cout << fmt::format("  {} {}/{} {}：{} → {}\n", move.number, move.kind, move.record.number, move.what,
                             move.before, move.after);
  std::cout << fmt::format("变动 {} 处\n", moved.size());
}

// What the offered rulebook would say of the acts of closed cases.
Result<> print_replay(const Options& options, ledger::Ledger& ledger, TownId id, const ledger::ReplayAsk& asked) {
  ZS_TRY(const ledger::Town* town, ledger.town(id));
  ZS_TRY(const auto files, rulebook::read_files(options.rulebook));
  ZS_TRY(const auto offered, rulebook::load_sound(files));
  ZS_TRY(auto lease, ledger.database().reader());
  ZS_TRY(const ledger::Replay replay, ledger::replay(*lease, *town, offered, asked));
  std::cout << fmt::format("重放已经办结的 {} 件、{} 步，和现在采用的一版说法不同的 {} 处：\n", replay.cases,
                           replay.acts, replay.difference_count);
  for (const ledger::Replayed& one : replay.differences) {
    const std::string how = !one.asked_now ? "不再问" : one.refuses ? "会被拒绝" : "会有提醒或者违规点";
    std::cout << fmt::format("  {} {}/{} {} {}：{}，{}{}\n", one.number, one.kind, one.record.number, one.on.text(),
                             one.action, how, one.says, one.citation.empty() ? "" : "（" + one.citation + "）");
  }
  return {};
}

struct Comparing {
  bool replays = false;
  ledger::ReplayAsk asked;
};

int adopt(const Options& options, bool preview, const Comparing& comparing = {}) {
  auto files = rulebook::read_files(options.rulebook);
  if (!files) return fail(options, files.error());
  return with_town(options, store::Mode::existing, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    const TownId id = town.id;
    if (preview) {
      rulebook::Faults faults;
      const auto offered = rulebook::load(*files, faults);
      if (!faults.none()) {
        print_faults(options, faults);
        return static_cast<int>(kRefused);
      }
      const rulebook::Differences differences = rulebook::compare(*town.book, *offered);
      for (const Text& text : differences.refused) std::cout << "  不能采用：" << options.say(text) << "\n";
      for (const Text& text : differences.changed) std::cout << "  " << options.say(text) << "\n";
      if (!differences.refused.empty()) return static_cast<int>(kRefused);
    }
    auto moved = ledger.adopt_rulebook(id, *files, "", preview);
    if (!moved) {
      fail(options, moved.error());
      return static_cast<int>(kRefused);
    }
    std::cout << (preview ? "采用后会变动：\n" : "已采用。变动：\n");
    print_moves(*moved);
    if (comparing.replays) {
      if (auto done = print_replay(options, ledger, id, comparing.asked); !done) return fail(options, done.error());
    }
    return static_cast<int>(kDone);
  });
}

int adopt_calendar(const Options& options, const std::filesystem::path& file, bool preview) {
  auto yaml = read_text(file);
  if (!yaml) return fail(options, yaml.error());
  return with_town(options, store::Mode::existing, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    auto moved = ledger.adopt_calendar(town.id, *yaml, "", preview);
    if (!moved) return fail(options, moved.error());
    std::cout << (preview ? "采用后会变动：\n" : "已采用日历。变动：\n");
    print_moves(*moved);
    return static_cast<int>(kDone);
  });
}

}  // namespace

void add_adopting(CLI::App& command, Options& options, Run& run) {
  auto comparing = std::make_shared<Comparing>();
  auto* compare =
      command.add_subcommand("compare", tr("和本镇采用的一版比较，列出会变动的期限和指标",
                                           "compare with the adopted one; list deadlines and figures that would move"));
  compare->add_flag("--replay", comparing->replays,
                    tr("把已经办结的案件在这一版下重判一遍（不写入），列出会不同的",
                       "judge the acts of closed cases again, writing nothing; list what would differ"));
  compare->add_option("--year", comparing->asked.year, tr("只重放这一年办结的", "only cases closed in that year"));
  compare->add_option("--kind", comparing->asked.kind, tr("只重放这本台账", "only cases of that kind"));
  compare->callback(
      [&options, &run, comparing] { run = [&options, comparing] { return adopt(options, true, *comparing); }; });
  command.add_subcommand("adopt", tr("本镇采用这一版规则书", "take this rulebook into force"))
      ->callback([&options, &run] { run = [&options] { return adopt(options, false); }; });
}

void add_calendar(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand("calendar", tr("工作日历", "the working calendar"));
  command->require_subcommand(1);
  auto* adopting =
      command->add_subcommand("adopt", tr("采用一年或几年的放假安排", "adopt the holidays of a year or more"));
  auto file = std::make_shared<std::filesystem::path>();
  auto preview = std::make_shared<bool>(false);
  adopting
      ->add_option("file", *file,
                   tr("YAML：2027: {notice: …, off: […], work: […]}", "YAML: 2027: {notice: …, off: […], work: […]}"))
      ->required();
  adopting->add_flag("--preview", *preview, tr("只看会变动什么", "only show what would move"));
  adopting->callback([&options, &run, file, preview] {
    run = [&options, file, preview] { return adopt_calendar(options, *file, *preview); };
  });
}

}  // namespace zs::cli
