// zhunsheng: the program on the command line.
#include <iostream>

#include "cli/commands.h"

int main(int argc, char** argv) {
  using namespace zs::cli;
  Options options;
  Run run;
  CLI::App app{"准绳：镇街法治工作台（zhunsheng）"};
  app.require_subcommand(1);
  app.set_help_flag("-h,--help", "显示帮助");
  app.set_help_all_flag("--help-all", "显示全部命令的帮助");
  app.fallthrough();
  app.add_option("--data", options.data, "数据文件夹（默认 ./data）");
  app.add_option("--town", options.town, "镇的编号（默认 1）");
  app.add_option("--format", options.format, "输出格式：text 或者 json（报告还有 html）")->check(CLI::IsMember({"text", "json", "html"}));
  app.add_option("--lang", options.language, "语言：zh 或者 en")->check(CLI::IsMember({"zh", "en"}));
  app.add_option("--rulebook", options.rulebook, "规则书文件夹（默认随程序的一份）");
  for (const auto add : {add_init, add_demo, add_commit, add_show, add_worklist, add_figures, add_evidence, add_term, add_report, add_verify,
                         add_rebuild, add_calendar, add_erase, add_dump, add_rulebook}) {
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
