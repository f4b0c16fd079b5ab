// The town that the benchmarks fill, and what they share.
#pragma once

#include <fmt/format.h>
#include <malloc.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

#include "bench/three_kinds.h"
#include "ledger/change_json.h"

namespace zs::bench {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::cerr << result.error().text.zh << "\n" << result.error().text.en << "\n";
    std::exit(1);
  }
  return *std::move(result);
}
inline void must(Result<> result) {
  if (!result) {
    std::cerr << result.error().text.zh << "\n";
    std::exit(1);
  }
}

inline std::string script_text(const std::string& name) {
  std::ifstream stream(fs::path(ZS_SOURCE_DIR) / "bench" / name);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

inline std::int64_t resident_kb() {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with("VmRSS:")) return std::atoll(line.c_str() + 6);
  }
  return 0;
}

/// What the i-th matter is about: some thousand places and wants, each matter a little different.
inline std::string subject_of(std::int64_t i) {
  static const std::vector<std::string> kPlaces{"村口",     "村委会门前", "老街市场", "学校后门", "河堤北段",
                                                "新村二巷", "卫生站旁",   "码头路口", "祠堂西侧", "环村公路"};
  static const std::vector<std::string> kThings{"路灯长期不亮",     "排水沟堵塞积水", "垃圾无人清运", "道路坑洼不平",
                                                "围墙倒塌挡路",     "商铺噪音扰民",   "电线低垂危险", "宅基地界线不清",
                                                "征地补偿没有到位", "养殖场臭味大"};
  static const std::vector<std::string> kWants{"请求尽快维修",     "要求派人处理",     "希望给个说法",
                                               "多次反映没有结果", "影响老人小孩出行", "请依法查处"};
  const auto at = [](const std::vector<std::string>& list, std::int64_t n) {
    return list[static_cast<std::size_t>(n) % list.size()];
  };
  return "反映" + at(kPlaces, i) + at(kThings, i / 10) + "，" + at(kWants, i / 100) + "，门牌" +
         std::to_string(i % 997) + "号";
}

struct Bench {
  fs::path folder;
  std::unique_ptr<ledger::Ledger> ledger;
  TownId town;
  nlohmann::json script;
  rules::Change create, act;
  std::int64_t first = 1;  ///< the record that fill() makes first
  std::vector<std::string> domains;

  using Fields = rules::Fields;

  /// `name`: the script; `print`: as the program prints its papers.
  /// `kinds`: only these of the rulebook; empty: all.
  explicit Bench(fs::path where, const std::string& name = "bench.json", ledger::PrintPaper print = {},
                 const std::set<std::string>& kinds = {})
      : folder(std::move(where)), script(nlohmann::json::parse(script_text(name))) {
    fs::remove_all(folder);
    ledger::OpenLedger options;
    options.print = std::move(print);
    options.mode = store::Mode::create;
    ledger = must(ledger::Ledger::open(folder, std::move(options)));
    auto files = must(rulebook::read_files(fs::path(ZS_SOURCE_DIR) / "rulebook"));
    if (!kinds.empty()) files = three_kinds(files, kinds);
    town = must(ledger->init({script["town"]["name"], script["town"]["character"], "", Algorithm::sm3, ""}, files));
    for (const std::string type : {"org", "staff"}) {
      for (const auto& [key, values] : script[type == "org" ? "orgs" : "staff"].items())
        must(ledger->enter({town, type, key, values.get<std::map<std::string, std::string>>(), "", {}}));
    }
    const auto settings = script.value("settings", nlohmann::json::object());
    for (const auto& [key, value] : settings.items())
      must(ledger->enter({town, "setting", key, {{"value", value.get<std::string>()}}, "", {}}));
    set_today();
    for (const auto& json : script.value("setup", nlohmann::json::array())) {
      accept(must(ledger->commit(must(ledger::change_from_json(*must(ledger->town(town)), json)))));
      ++first;
    }
    read_changes();
  }

  static void accept(const ledger::Answer& answer) {
    if (std::holds_alternative<ledger::Receipt>(answer)) return;
    std::cerr << ledger::answer_to_json(answer, true).dump() << "\n";
    std::exit(2);
  }

  // DAY in the script is today.
  void set_today() {
    std::string text = script.dump();
    const std::string today = civil(ledger->now(), must(ledger->town(town))->book->utc_offset).day().text();
    for (std::size_t at = text.find("DAY"); at != std::string::npos; at = text.find("DAY", at))
      text.replace(at, 3, today);
    script = nlohmann::json::parse(text);
  }

  std::string create_kind() const { return script["create"]["kind"]; }

  void read_changes() {
    const ledger::Town* known = must(ledger->town(town));
    for (const rulebook::Option& option : known->book->find_kind(create_kind())->find_field("domain")->options)
      domains.push_back(option.key);
    create = must(ledger::change_from_json(*known, script["create"]));
    act = must(ledger::change_from_json(*known, script["act"]));
  }

  // Matters of all sorts by many people, as a search has them before it.
  rules::Change nth(std::int64_t i) const {
    static const std::vector<std::string> kSurnames{"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周"};
    static const std::vector<std::string> kGiven{"建国", "秀英", "志强", "桂芳", "海涛", "小红", "明", "丽华", "国平"};
    rules::Change change = create;
    if (!change.acts.front().values.contains("petitioner")) return change;
    Fields& values = change.acts.front().values;
    const auto at = [&](const std::vector<std::string>& list, std::int64_t n) {
      return list[static_cast<std::size_t>(n) % list.size()];
    };
    values["domain"] = at(domains, i);
    values["content"] = subject_of(i);
    values["petitioner"] =
        Party{{"name", at(kSurnames, i * 7) + at(kGiven, i / 10)}, {"phone", fmt::format("138{:08}", i)}};
    return change;
  }

  void fill(std::int64_t count) {
    std::vector<rules::Change> changes;
    for (std::int64_t done = 0; done < count; done += 64) {
      changes.clear();
      for (std::int64_t i = done; i < std::min(done + 64, count); ++i) changes.push_back(nth(i));
      for (auto& answer : must(ledger->commit_batch(changes))) accept(must(std::move(answer)));
    }
  }

  void copy_to(const fs::path& target) {
    must(ledger->database().checkpoint());
    fs::remove_all(target);
    fs::create_directories(target);
    fs::copy_file(folder / "zhunsheng.db", target / "zhunsheng.db");
  }
};

}  // namespace zs::bench
