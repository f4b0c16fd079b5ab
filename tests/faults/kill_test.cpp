// kill -9 in the middle of a write storm, round after round: every change that was answered is there, verify holds.
//
// The storm runs in a child process with eight writers; each answer is noted in a side file by one write(2) after it
// came.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "ledger/change_json.h"
#include "ledger/verify.h"
#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

constexpr int kRounds = 50;
constexpr int kWriters = 8;

std::unique_ptr<Ledger> open(const std::filesystem::path& folder) {
  auto ledger = Ledger::open(folder, {store::Mode::existing, {}, {}, {}});
  if (!ledger) throw std::runtime_error(ledger.error().text.en);
  return *std::move(ledger);
}

// Never returns: writes until it is killed.
[[noreturn]] void storm(const std::filesystem::path& folder, TownId town, int round) {
  const auto ledger = open(folder);
  const int acknowledged = ::open((folder / "acknowledged").c_str(), O_WRONLY | O_APPEND | O_CREAT, 0600);
  const Town* known = *ledger->town(town);
  const nlohmann::json json{
      {"kind", "matter"},
      {"actor", "s-clerk"},
      {"acts",
       {{{"do", "create"},
         {"values",
          {{"received_on", "2024-03-01"}, {"topic", "road"}, {"told", true}, {"village", "v-1"}, {"unit", "o-1"}}}}}}};
  const rules::Change change = *change_from_json(*known, json);
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0;; ++i) {
        rules::Change own = change;
        own.key = std::to_string(round) + "-" + std::to_string(writer) + "-" + std::to_string(i);
        const auto answer = ledger->commit(own);
        if (!answer || !std::holds_alternative<Receipt>(*answer)) _exit(3);
        const std::string line = own.key + "\n";
        if (::write(acknowledged, line.data(), line.size()) < 0) _exit(4);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  _exit(5);
}

std::set<std::string> acknowledged(const std::filesystem::path& folder) {
  std::set<std::string> keys;
  std::ifstream stream(folder / "acknowledged");
  for (std::string line; std::getline(stream, line);) keys.insert(line);
  return keys;
}

TEST(Kill, LosesNothingThatWasAnswered) {
  // A disk, not memory: what is tested is what the write-ahead log gives back.
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("zs-kill-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  TownId town;
  {
    SmallTown small("kill");
    town = small.id();
    ASSERT_TRUE(small.ledger().database().checkpoint());
    std::filesystem::create_directories(folder);
    std::filesystem::copy_file(small.file(), folder / "zhunsheng.db");
  }
  std::mt19937 random(9);
  for (int round = 0; round < kRounds; ++round) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) storm(folder, town, round);
    ::usleep(static_cast<useconds_t>(60'000 + random() % 200'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the storm ended by itself with " << WEXITSTATUS(status);

    const auto ledger = open(folder);
    auto lease = ledger->database().reader();
    ASSERT_TRUE(lease);
    std::set<std::string> there;
    ASSERT_TRUE((*lease)->each("SELECT key FROM journal WHERE key IS NOT NULL", {}, [&](const store::ResultRow& row) {
      there.insert(std::get<std::string>(row[0]));
      return true;
    }));
    for (const std::string& key : acknowledged(folder))
      ASSERT_TRUE(there.contains(key)) << "round " << round << ": " << key << " was answered and is lost";
    const auto verified = verify(*ledger, town);
    ASSERT_TRUE(verified);
    ASSERT_TRUE(verified->good()) << "round " << round << ": " << verified->differences.front().what.en;
  }
  EXPECT_GT(acknowledged(folder).size(), static_cast<std::size_t>(kRounds));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace zs::ledger
