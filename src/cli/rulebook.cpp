#include "rulebook/rulebook.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "ledger/replay.h"
#include "rulebook/citations.h"
#include "rulebook/compare.h"
#include "rulebook/coverage.h"
#include "rulebook/diagram.h"
#include "rulebook/schema.h"
#include "rulebook/standing.h"

namespace zs::cli {
namespace {

// The law by example beside the rulebook: tests/scenarios where the sources lie; none where only the program does.
rulebook::Files scenarios_of(const std::filesystem::path& folder) {
  auto files = rulebook::read_files(folder.empty() ? own_file("tests/scenarios") : folder);
  return files ? *std::move(files) : rulebook::Files();
}

// What stands on the rules whose articles changed, so that all of it is read again.
void print_standing(const rulebook::Files& files, const rulebook::Files& scenarios,
                    const std::map<std::string, std::string>& changed) {
  const auto standing = rulebook::standing_of(files);
  const auto examples = rulebook::standing_of(scenarios);
  for (const auto& [rule, digest] : changed) {
    std::cerr << fmt::format("{}\n", rule);
    for (const auto* list : {&standing, &examples}) {
      const auto found = list->find(rule);
      if (found == list->end()) continue;
      const rulebook::Standing* last = nullptr;
      for (const rulebook::Standing& each : found->second) {
        const bool said = last != nullptr && last->label == each.label && last->place.file == each.place.file;
        last = &each;
        if (!said) std::cerr << fmt::format("  {} {} {}\n", each.place.text(), each.path, each.label);
      }
    }
  }
}

struct Checking {
  std::filesystem::path laws, scenarios;
  bool stamp = false;
};

// Against the texts of the law: each article there, each number in it, each text as it was read.
Result<> check_laws(const Options& options, const Checking& asked, const rulebook::Rulebook& book,
                    rulebook::Faults& faults) {
  ZS_TRY(const auto cited, rulebook::check_citations(book, asked.laws, faults));
  std::cout << fmt::format("对照法条：核对 {} 条，法条库没有的（page、memory、seed）{} 条\n", cited.checked,
                           cited.without_text);
  if (asked.stamp && faults.none()) {
    std::ofstream(options.rulebook / rulebook::kReadFile, std::ios::binary) << rulebook::read_file_of(cited);
    std::cout << fmt::format("已记下 {} 条规则核对的条文\n", cited.digests.size());
    return {};
  }
  rulebook::check_digests(book, cited, faults);
  const auto read = rulebook::digests_read(book.files);
  std::map<std::string, std::string> changed;
  for (const auto& [rule, digest] : cited.digests) {
    if (read.contains(rule) && read.at(rule) != digest) changed[rule] = digest;
  }
  if (!changed.empty()) print_standing(book.files, scenarios_of(asked.scenarios), changed);
  return {};
}

int check(const Options& options, const Checking& asked) {
  auto files = rulebook::read_files(options.rulebook);
  if (!files) return fail(options, files.error());
  rulebook::Faults faults;
  const auto book = rulebook::load(*files, faults);
  if (!asked.laws.empty()) {
    if (auto done = check_laws(options, asked, *book, faults); !done) return fail(options, done.error());
  }
  if (!faults.none()) {
    print_faults(options, faults);
    return kRefused;
  }
  std::cout << fmt::format("规则书没有错误：台账 {} 个，规则 {} 条，指标 {} 个，任务 {} 项，摘要 {}\n",
                           book->kinds.size() - 1, book->rules.size(), book->figures.size(), book->duties.size(),
                           book->digest.substr(0, 16));
  return kDone;
}

template <class Body>
int with_book(const Options& options, Body body) {
  auto files = rulebook::read_files(options.rulebook);
  if (!files) return fail(options, files.error());
  auto book = rulebook::load_sound(*files);
  if (!book) return fail(options, book.error());
  return body(**book, *files);
}

// One kind for programs; for people one line of the list says the same.
nlohmann::ordered_json kind_line(const rulebook::Rulebook& book, const rulebook::Kind& kind) {
  const auto part =
      std::find_if(book.parts.begin(), book.parts.end(), [&](const auto& each) { return each.first == kind.part; });
  return {{"key", kind.key},
          {"label", kind.label},
          {"part", kind.part},
          {"part_label", part == book.parts.end() ? kind.part : part->second},
          {"home", kind.home},
          {"fields", kind.fields.size()},
          {"states", kind.states.size()},
          {"actions", kind.actions.size()},
          {"gates", kind.gates.size()},
          {"deadlines", kind.deadlines.size()}};
}

int list(const Options& options) {
  return with_book(options, [&](const rulebook::Rulebook& book, const rulebook::Files&) {
    if (options.json()) {
      auto kinds = nlohmann::ordered_json::array();
      for (const rulebook::Kind& kind : book.kinds) {
        if (kind.key != rulebook::kSummaryKind) kinds.push_back(kind_line(book, kind));
      }
      std::cout << kinds.dump(2) << "\n";
      return static_cast<int>(kDone);
    }
    for (const auto& [part, label] : book.parts) {
      std::cout << label << "\n";
      for (const rulebook::Kind& kind : book.kinds) {
        if (kind.part != part) continue;
        std::cout << fmt::format("  {}{}字段 {:>3}  动作 {:>2}  关口 {:>2}  期限 {:>2}{}\n", padded(kind.label, 26),
                                 padded(kind.key, 22), kind.fields.size(), kind.actions.size(), kind.gates.size(),
                                 kind.deadlines.size(), kind.home.empty() ? "" : "  在" + kind.home);
      }
    }
    return static_cast<int>(kDone);
  });
}

int diagram(const Options& options, const std::string& only) {
  return with_book(options, [&](const rulebook::Rulebook& book, const rulebook::Files&) {
    for (const rulebook::Kind& kind : book.kinds) {
      if (only.empty() || kind.key == only) std::cout << rulebook::diagram(kind) << "\n";
    }
    return static_cast<int>(kDone);
  });
}

int schema(const Options& options, const std::string& type) {
  return with_book(options, [&](const rulebook::Rulebook& book, const rulebook::Files&) {
    const std::string text = rulebook::schema_of(book, type);
    if (!text.empty()) {
      std::cout << text << "\n";
      return static_cast<int>(kDone);
    }
    std::ostream& out = type.empty() ? std::cout : std::cerr;
    if (!type.empty())
      out << (options.english() ? fmt::format("there is no file type \"{}\"; there are:\n", type)
                                : fmt::format("没有“{}”这种文件；有：\n", type));
    for (const rulebook::FileType& each : rulebook::file_types())
      out << fmt::format("  {}{}\n", padded(std::string(each.name), 14), each.files);
    return static_cast<int>(type.empty() ? kDone : kRefused);
  });
}

void print_ids(std::string_view what, const std::vector<std::string>& ids) {
  if (!ids.empty()) std::cout << fmt::format("    {}：{}\n", what, fmt::join(ids, " "));
}

int coverage(const Options& options, const std::filesystem::path& table, const std::filesystem::path& scenarios) {
  auto text = read_text(table);
  if (!text) return fail(options, text.error());
  return with_book(options, [&](const rulebook::Rulebook& book, const rulebook::Files&) {
    rulebook::SectionCoverage all;
    for (const rulebook::SectionCoverage& section : rulebook::coverage(book, *text, scenarios_of(scenarios))) {
      std::cout << fmt::format("{}持有 {:>3}  另列 {:>3}  缺 {:>3}   （有数字的 {}，持有 {}）\n",
                               padded(section.section.substr(0, section.section.find("（inst")), 52), section.held,
                               section.listed, section.missing.size(), section.numbered, section.numbered_held);
      print_ids("缺", section.missing);
      print_ids("没有场景", section.unnamed);
      all.rows += section.rows;
      all.held += section.held;
      all.listed += section.listed;
      all.numbered += section.numbered;
      all.numbered_held += section.numbered_held;
      all.missing.insert(all.missing.end(), section.missing.begin(), section.missing.end());
      all.unnamed.insert(all.unnamed.end(), section.unnamed.begin(), section.unnamed.end());
    }
    std::cout << fmt::format("共 {} 条：持有 {}，另列 {}，缺 {}；其中有数字的 {} 条，持有 {}，没有场景的 {}\n",
                             all.rows, all.held, all.listed, all.missing.size(), all.numbered, all.numbered_held,
                             all.unnamed.size());
    std::cout << fmt::format("missing {}\n", all.missing.size());
    return static_cast<int>(all.missing.empty() && all.unnamed.empty() ? kDone : kRefused);
  });
}

// What is checked: the files, the law texts they cite, the rules that they hold.
void add_checks(CLI::App& command, Options& options, Run& run) {
  auto asked = std::make_shared<Checking>();
  auto* checking =
      command.add_subcommand("check", tr("检查规则书，列出全部错误", "check the rulebook, list all faults"));
  checking->add_option("--laws", asked->laws,
                       tr("法条文件夹：逐条核对条文和数字", "a folder of law texts: check each article and number"));
  checking->add_option(
      "--scenarios", asked->scenarios,
      tr("场景文件夹（条文变了时列出站在它上面的场景）", "scenarios, to name those on a changed article"));
  checking->add_flag("--stamp", asked->stamp,
                     tr("核对以后：记下每条规则所读条文的摘要", "having read them: note the digest of each article"));
  checking->callback([&options, &run, asked] { run = [&options, asked] { return check(options, *asked); }; });
  auto table = std::make_shared<std::filesystem::path>();
  auto* covering = command.add_subcommand(
      "coverage", tr("对照规则总表：持有、另列、缺", "against a table of rules: held, listed, missing"));
  covering->add_option("table", *table, tr("规则总表（Markdown）", "the table of rules (Markdown)"))->required();
  auto scenarios = std::make_shared<std::filesystem::path>();
  covering->add_option("--scenarios", *scenarios, tr("场景文件夹", "the folder of scenarios"));
  covering->callback([&options, &run, table, scenarios] {
    run = [&options, table, scenarios] { return coverage(options, *table, *scenarios); };
  });
}

// What is read out of them: kinds, states, the shape of a file.
void add_views(CLI::App& command, Options& options, Run& run) {
  command.add_subcommand("list", tr("列出台账", "list the kinds"))->callback([&options, &run] {
    run = [&options] { return list(options); };
  });
  auto kind = std::make_shared<std::string>();
  auto* drawing = command.add_subcommand("diagram", tr("状态图（Mermaid）", "state diagrams (Mermaid)"));
  drawing->add_option("kind", *kind, tr("台账；不写则全部", "a kind; all if none is named"));
  drawing->callback([&options, &run, kind] { run = [&options, kind] { return diagram(options, *kind); }; });
  auto type = std::make_shared<std::string>();
  auto* shaping = command.add_subcommand("schema", tr("一种文件的 JSON Schema，给编辑器用；不写类型则列出有哪些",
                                                      "the JSON Schema of a file type, for editors; none: list them"));
  shaping->add_option("type", *type, tr("文件类型：kind、law、figures……", "a file type: kind, law, figures …"));
  shaping->callback([&options, &run, type] { run = [&options, type] { return schema(options, *type); }; });
}

}  // namespace

void print_faults(const Options& options, const rulebook::Faults& faults) {
  for (const rulebook::Fault& fault : faults.list())
    std::cerr << fmt::format("{} {}\n", fault.place.text(), options.say(fault.what));
  std::cerr << (options.english() ? fmt::format("{} faults\n", faults.count())
                                  : fmt::format("共{}处错误\n", faults.count()));
}

void add_rulebook(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand("rulebook", tr("规则书", "the rulebook"));
  command->require_subcommand(1);
  add_checks(*command, options, run);
  add_views(*command, options, run);
  add_adopting(*command, options, run);
}

}  // namespace zs::cli
