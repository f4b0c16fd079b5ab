// A large town for script/bench-http, and what its server's answers are measured against.
//
//   zs_served fill FOLDER RECORDS      makes the town, with the account clerk / zhunsheng-bench
//   zs_served commit FOLDER SECONDS    durable changes a second by 64 producers, without HTTP
//   zs_served search FOLDER            milliseconds of searches, the slowest of each
#include "bench/town.h"
#include "ledger/listing.h"
#include "ledger/people.h"

namespace {

using namespace zs;
using namespace zs::bench;

constexpr const char* kPassword = "zhunsheng-bench";
constexpr int kProducers = 64;

int fill(const fs::path& folder, std::int64_t records) {
  Bench bench(folder);
  const auto begin = Clock::now();
  bench.fill(records);
  must(ledger::put_account(*bench.ledger, bench.town, "clerk", "clerk", kPassword, false));
  must(bench.ledger->database().checkpoint());
  std::cout << fmt::format("filled {} records in {:.0f} s\n", records, seconds_since(begin));
  return 0;
}

int commit(const fs::path& folder, int seconds) {
  Bench bench(folder);
  std::atomic<std::int64_t> done = 0;
  const auto begin = Clock::now();
  std::vector<std::thread> threads;
  for (int t = 0; t < kProducers; ++t) {
    threads.emplace_back([&] {
      while (seconds_since(begin) < seconds) {
        if (std::holds_alternative<rules::Refusal>(must(bench.ledger->commit(bench.create)))) std::exit(3);
        ++done;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::cout << fmt::format("{:.0f}\n", static_cast<double>(done) / seconds_since(begin));
  return 0;
}

int search(const fs::path& folder) {
  auto ledger = must(ledger::Ledger::open(folder, {}));
  const TownId id{1};
  const ledger::Town* town = must(ledger->town(id));
  const rules::Person& person = town->staff.at("clerk");
  const Date today = civil(ledger->now(), town->book->utc_offset).day();
  auto lease = must(ledger->database().reader());
  for (const char* words :
       {"个人", "王建国", "王", "gr", "geren", "征地", "没有这个词", "2026", "13800012345", "李 个人"}) {
    double slowest = 0;
    std::size_t found = 0;
    for (int i = 0; i < 20; ++i) {
      const auto begin = Clock::now();
      found = must(ledger::search_records(*lease, *town, person, words, today, 20)).size();
      if (i > 0) slowest = std::max(slowest, seconds_since(begin) * 1000);
    }
    std::cout << fmt::format("search {}: {} found, {:.2f} ms (limit 30)\n", words, found, slowest);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::cout << std::unitbuf;
  const std::string what = argc > 2 ? argv[1] : "";
  const long number = argc > 3 ? std::atol(argv[3]) : 0;
  if (what == "fill" && number > 0) return fill(argv[2], number);
  if (what == "commit" && number > 0) return commit(argv[2], static_cast<int>(number));
  if (what == "search") return search(argv[2]);
  std::cerr << "zs_served fill FOLDER RECORDS | commit FOLDER SECONDS | search FOLDER\n";
  return 2;
}
