// zhunsheng: the program on the command line.
#include <iostream>
#include <string_view>
#include <vector>

#include "cli/commands.h"

int main(int argc, char** argv) {
  using namespace zs::cli;
  // The language is needed before the commands are made: their help is written in it.
  const std::vector<std::string_view> words(argv, argv + argc);
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "--lang=en" || (words[i - 1] == "--lang" && words[i] == "en")) speak_english(true);
  }
  Options options;
  Run run;
  CLI::App app{tr("准绳：镇街法治工作台（zhunsheng）", "Zhunsheng: the rule-of-law workbench of a township")};
  app.require_subcommand(1);
  app.set_help_flag("-h,--help", tr("显示帮助", "show this help"));
  app.set_help_all_flag("--help-all", tr("显示全部命令的帮助", "show the help of all commands"));
  app.fallthrough();
  app.add_option("--data", options.data, tr("数据文件夹（默认 ./data）", "the data folder (default ./data)"));
  app.add_option("--town", options.town, tr("镇的编号（默认 1）", "the town's number (default 1)"));
  app.add_option("--format", options.format,
                 tr("输出格式：text 或者 json（报告还有 html）", "output: text or json (the report also html)"))
      ->check(CLI::IsMember({"text", "json", "html"}));
  app.add_option("--lang", options.language, tr("语言：zh 或者 en", "language: zh or en"))
      ->check(CLI::IsMember({"zh", "en"}));
  app.add_option("--rulebook", options.rulebook,
                 tr("规则书文件夹（默认随程序的一份）", "the rulebook's folder (default: the program's own)"));
  for (const auto add :
       {add_init,  add_register, add_demo,    add_commit,  add_show,   add_worklist, add_figures, add_evidence,
        add_term,  add_report,   add_verify,  add_rebuild, add_duties, add_calendar, add_erase,   add_dump,
        add_check, add_rulebook, add_publish, add_drift,   add_serve,  add_user,     add_import}) {
    add(app, options, run);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForAllHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return kBadInput;
  }
  if (options.rulebook.empty()) options.rulebook = own_file("rulebook");
  try {
    return run();
  } catch (const std::exception& error) {
    // No exception of a library crosses a floor; what still arrives here is a bug, and said as one.
    std::cerr << "程序内部错误：" << error.what() << "\n";
    return kBadInput;
  }
}
