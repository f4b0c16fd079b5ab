#include "server/postman.h"

#include <cstdio>

#include "ledger/told.h"
#include "server/letters.h"

namespace zs::server {
namespace {

constexpr int kAtOnce = 50;

ledger::Ways ways_of(const Post& post) {
  return {.mail = !post.mail.address.empty(), .hook = !post.hook.address.empty()};
}

}  // namespace

Postman::Postman(ledger::Ledger& ledger, TownId town, Post post)
    : ledger_(ledger), town_(town), post_(std::move(post)) {}

Postman::~Postman() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  woken_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Postman::start() {
  threads_.emplace_back([this] { go_round(ledger::Channel::mail); });
  if (!post_.hook.address.empty()) threads_.emplace_back([this] { go_round(ledger::Channel::hook); });
}

// False: it is over.
bool Postman::wait() {
  std::unique_lock lock(mutex_);
  return !woken_.wait_for(lock, post_.every, [this] { return stop_; });
}

void Postman::go_round(ledger::Channel channel) {
  do {
    auto done = channel == ledger::Channel::mail ? make() : Result<>();
    if (done) done = send(channel);
    // The server goes on; what was not sent waits in the outbox.
    if (!done) std::fprintf(stderr, "notices: %s\n", done.error().text.en.c_str());
  } while (wait());
}

Result<> Postman::make() {
  ZS_CHECK(ledger::make_notices(ledger_, town_, ways_of(post_), round_));
  return {};
}

Result<> Postman::send(ledger::Channel channel) {
  if (channel == ledger::Channel::mail && post_.mail.address.empty()) return {};
  ZS_TRY(const auto claimed, ledger::claim_notices(ledger_, town_, channel, kAtOnce));
  for (const ledger::Notice& notice : claimed) {
    ZS_CHECK(send_one(channel, notice));
    const std::lock_guard lock(mutex_);
    if (stop_) return {};
  }
  return {};
}

// Nothing: there is nothing to be said any more.
Result<std::optional<Mail>> Postman::letter(const ledger::Town& town, const ledger::Notice& notice) {
  ZS_TRY(const auto told, ledger::told(ledger_, town_, notice.staff));
  const auto person = town.staff.find(notice.staff);
  if (told.mail.empty() || person == town.staff.end()) return std::optional<Mail>();
  ZS_TRY(auto lease, ledger_.database().reader());
  if (notice.step == "digest") {
    const Date today = civil(ledger_.now(), town.book->utc_offset).day();
    return digest_of(*lease, town, person->second, today, told.mail, post_.desk);
  }
  ZS_TRY(const auto said, say(*lease, town, notice));
  if (said.settled) return std::optional<Mail>();
  return std::optional(letter_of(town, said, told.mail, post_.desk));
}

Result<> Postman::send_one(ledger::Channel channel, const ledger::Notice& notice) {
  ZS_TRY(const auto town, ledger_.snapshot(town_));
  Failure failure;
  if (channel == ledger::Channel::mail) {
    ZS_TRY(const auto mail, letter(*town, notice));
    if (!mail) return ledger::skip_notice(ledger_, town_, notice);
    failure = send_mail(post_.mail, *mail);
  } else {
    std::string body;
    {
      ZS_TRY(auto lease, ledger_.database().reader());
      ZS_TRY(const auto said, say(*lease, *town, notice));
      body = hook_body_of(*town, said, post_.desk);
    }
    failure = call_hook(post_.hook, delivery_id(*town, notice), body);
  }
  return ledger::settle_notice(ledger_, town_, notice, failure);
}

}  // namespace zs::server
