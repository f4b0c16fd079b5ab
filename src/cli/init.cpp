#include <fmt/format.h>

#include <iostream>

#include "base/text.h"
#include "cli/commands.h"
#include "demo/lives.h"

namespace zs::cli {
namespace {

struct InitArguments {
  std::string name, character, division, algorithm = "sm3";
};

int init(const Options& options, const InitArguments& arguments) {
  auto files = rulebook::read_files(options.rulebook);
  if (!files) return fail(options, files.error());
  auto ledger = open_ledger(options, store::Mode::create);
  if (!ledger) return fail(options, ledger.error());
  auto town = (*ledger)->init({arguments.name, arguments.character, arguments.division,
                               parse_algorithm(arguments.algorithm).value_or(Algorithm::sm3), ""},
                              *files);
  if (!town) return fail(options, town.error());
  std::cout << fmt::format("已建立：{}，编号 {}，数据在 {}\n", arguments.name, town->number, options.data.string());
  return kDone;
}

int demo(const Options& options, const std::filesystem::path& file, const std::string& today_text) {
  std::error_code error;
  if (std::filesystem::exists(options.data / "zhunsheng.db", error)) {
    return fail(options, bad_input(fmt::format("{} 里已经有数据；换一个空文件夹", options.data.string()),
                                   fmt::format("{} holds data already: take an empty folder", options.data.string())));
  }
  auto files = rulebook::read_files(options.rulebook);
  if (!files) return fail(options, files.error());
  auto yaml = read_text(file);
  if (!yaml) return fail(options, yaml.error());
  auto ledger = open_ledger(options, store::Mode::create);
  if (!ledger) return fail(options, ledger.error());
  const auto given =
      today_text.empty() ? std::optional(civil((*ledger)->now(), UtcOffset{480}).day()) : parse_date(today_text);
  if (!given) return fail(options, bad_input("--today 要写日期（2024-10-08）", "--today takes a date (2024-10-08)"));
  Progress progress("装入演示数据");
  auto loaded = demo::load(**ledger, file.filename().string(), *yaml, *files, *given, std::ref(progress));
  if (!loaded) return fail(options, loaded.error());
  std::cout << fmt::format("演示数据已装入 {}：办理 {} 次，存证 {} 条\n", options.data.string(), loaded->changes,
                           loaded->entries);
  for (const demo::DemoAccount& each : loaded->accounts)
    std::cout << fmt::format("  {} {} {} {} {}\n", tr("演示账号", "demo account"), padded(each.account, 12),
                             tr("密码", "password"), padded(each.password, 16), each.name);
  return kDone;
}

struct RegisterArguments {
  std::string type, key, actor;
  std::vector<std::string> values;
};

int enter(const Options& options, const RegisterArguments& arguments) {
  ledger::Registration registration{TownId{options.town}, arguments.type, arguments.key, {}, arguments.actor, {}};
  for (const std::string& pair : arguments.values) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos)
      return fail(options,
                  bad_input(fmt::format("“{}”要写成 名=值", pair), fmt::format("\"{}\" should be name=value", pair)));
    registration.values[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return with_town(options, store::Mode::existing, [&](ledger::Ledger& ledger, const ledger::Town&) {
    auto n = ledger.enter(registration);
    if (!n) return fail(options, n.error());
    std::cout << fmt::format("已登记 {} {}，存证第{}条\n", arguments.type, arguments.key, n->number);
    return static_cast<int>(kDone);
  });
}

}  // namespace

void add_register(CLI::App& app, Options& options, Run& run) {
  auto* command =
      app.add_subcommand("register", tr("登记机构、人员或者设置", "register an org, a person or a setting"));
  auto arguments = std::make_shared<RegisterArguments>();
  command->add_option("type", arguments->type, "org、staff、setting")
      ->required()
      ->check(CLI::IsMember({"org", "staff", "setting"}));
  command->add_option("key", arguments->key, tr("键", "the key"))->required();
  command->add_option("values", arguments->values,
                      tr("名=值：name、type、since、until；name、posts、unit、village；value",
                         "name=value: name, type, since, until; name, posts, unit, village; value"));
  command->add_option("--actor", arguments->actor, tr("经办人", "who does it"));
  command->callback(
      [&options, &run, arguments] { run = [&options, arguments] { return enter(options, *arguments); }; });
}

void add_init(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand("init", tr("建立一个镇，采用规则书", "make a town and adopt the rulebook"));
  auto arguments = std::make_shared<InitArguments>();
  command->add_option("--name", arguments->name, tr("镇名", "the town's name"))->required();
  command->add_option("--character", arguments->character, tr("镇代字（编号用）", "the town's character, for numbers"))
      ->required();
  command->add_option("--division", arguments->division, tr("区划代码", "division code"));
  command->add_option("--algorithm", arguments->algorithm, tr("摘要算法：sm3 或者 sha256", "digest: sm3 or sha256"))
      ->check(CLI::IsMember({"sm3", "sha256"}));
  command->callback([&options, &run, arguments] { run = [&options, arguments] { return init(options, *arguments); }; });
}

void add_demo(CLI::App& app, Options& options, Run& run) {
  auto* command =
      app.add_subcommand("demo", tr("装入演示数据：鲘门镇2023年度", "load the demo: the year 2023 of Houmen"));
  auto file = std::make_shared<std::filesystem::path>();
  auto day = std::make_shared<std::string>();
  command->add_option("--file", *file,
                      tr("演示文件（默认 demo/houmen-2023.yaml）", "the demo file (default demo/houmen-2023.yaml)"));
  command->add_option("--today", *day, tr("当作今天的日期（默认今天）", "the day taken as today (default: today)"));
  command->callback([&options, &run, file, day] {
    run = [&options, file, day] {
      return demo(options, file->empty() ? own_file("demo/houmen-2023.yaml") : *file, *day);
    };
  });
}

}  // namespace zs::cli
