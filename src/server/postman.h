// The postman: makes the notices whose time has come, and sends what waits, on threads of its own. One thread a way, so
// that a webhook that never answers holds no letter up.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "ledger/notices.h"
#include "server/outbound.h"

namespace zs::server {

struct Post {
  MailServer mail;
  Hook hook;
  std::string desk;  ///< how the desk is reached from outside, "https://town.example.cn"; empty: letters hold no links
  std::chrono::seconds every{20};
};

class Postman {
 public:
  Postman(ledger::Ledger& ledger, TownId town, Post post);
  /// Waits for what is just being sent.
  ~Postman();
  Postman(const Postman&) = delete;
  Postman& operator=(const Postman&) = delete;

  bool has_mail() const { return !post_.mail.address.empty(); }
  const std::string& desk() const { return post_.desk; }
  /// Begins its rounds.
  void start();
  /// One round by hand. Errors: the database's.
  Result<> make();
  Result<> send(ledger::Channel channel);

 private:
  void go_round(ledger::Channel channel);
  Result<> send_one(ledger::Channel channel, const ledger::Notice& notice);
  Result<std::optional<Mail>> letter(const ledger::Town& town, const ledger::Notice& notice);
  bool wait();

  ledger::Ledger& ledger_;
  TownId town_;
  Post post_;
  ledger::NoticeRound round_;  ///< of the thread that makes
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace zs::server
