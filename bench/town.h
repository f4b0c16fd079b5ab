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

inline nlohmann::json script() {
  std::ifstream stream(fs::path(ZS_SOURCE_DIR) / "bench/bench.json");
  return nlohmann::json::parse(std::string(std::istreambuf_iterator<char>(stream), {}));
}

inline std::int64_t resident_kb() {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with("VmRSS:")) return std::atoll(line.c_str() + 6);
  }
  return 0;
}

struct Bench {
  fs::path folder;
  std::unique_ptr<ledger::Ledger> ledger;
  TownId town;
  nlohmann::json script = bench::script();
  rules::Change create, act;
  std::vector<std::string> domains;

  using Fields = rules::Fields;

  explicit Bench(fs::path where) : folder(std::move(where)) {
    fs::remove_all(folder);
    ledger::OpenLedger options;
    options.mode = store::Mode::create;
    ledger = must(ledger::Ledger::open(folder, std::move(options)));
    const auto files = must(rulebook::read_files(fs::path(ZS_SOURCE_DIR) / "rulebook"));
    town = must(ledger->init({script["town"]["name"], script["town"]["character"], "", Algorithm::sm3, ""}, files));
    for (const std::string type : {"org", "staff"}) {
      for (const auto& [key, values] : script[type == "org" ? "orgs" : "staff"].items())
        must(ledger->enter({town, type, key, values.get<std::map<std::string, std::string>>(), "", {}}));
    }
    read_changes();
  }

  std::string create_kind() const { return script["create"]["kind"]; }

  void read_changes() {
    const ledger::Town* known = must(ledger->town(town));
    const std::string day = civil(ledger->now(), known->book->utc_offset).day().text();
    auto json = script["create"];
    json["acts"][0]["values"]["received_on"] = day;
    for (const rulebook::Option& option : known->book->find_kind(create_kind())->find_field("domain")->options)
      domains.push_back(option.key);
    create = must(ledger::change_from_json(*known, json));
    act = must(ledger::change_from_json(*known, script["act"]));
  }

  // Matters of all sorts by many people, as a search has them before it.
  rules::Change nth(std::int64_t i) const {
    static const std::vector<std::string> kSurnames{"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周"};
    static const std::vector<std::string> kGiven{"建国", "秀英", "志强", "桂芳", "海涛", "小红", "明", "丽华", "国平"};
    rules::Change change = create;
    Fields& values = change.acts.front().values;
    const auto at = [&](const std::vector<std::string>& list, std::int64_t n) {
      return list[static_cast<std::size_t>(n) % list.size()];
    };
    values["domain"] = at(domains, i);
    values["petitioner"] =
        Party{{"name", at(kSurnames, i * 7) + at(kGiven, i / 10)}, {"phone", fmt::format("138{:08}", i)}};
    return change;
  }

  void fill(std::int64_t count) {
    std::vector<rules::Change> changes;
    for (std::int64_t done = 0; done < count; done += 64) {
      changes.clear();
      for (std::int64_t i = done; i < std::min(done + 64, count); ++i) changes.push_back(nth(i));
      for (auto& answer : must(ledger->commit_batch(changes))) {
        if (std::holds_alternative<rules::Refusal>(must(std::move(answer)))) std::exit(2);
      }
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
