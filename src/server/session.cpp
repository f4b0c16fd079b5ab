#include "server/session.h"

#include <algorithm>

#include "base/digest.h"
#include "base/seal.h"

namespace zs::server {
namespace {

std::string kept(const std::string& token) {
  return std::string(bytes(digest(Algorithm::sha256, {token})));
}

bool ended(const Session& session, Instant now) {
  return now.utc_ms - session.last.utc_ms > kIdleMs || now.utc_ms - session.since.utc_ms > kWholeMs;
}

}  // namespace

std::string Sessions::begin(TownId town, const std::string& account, const std::string& staff, bool must_change,
                            Instant now) {
  const std::string token = random_token();
  const std::lock_guard lock(mutex_);
  drop_ended(now);
  std::vector<std::map<std::string, Session>::iterator> own;
  for (auto at = by_digest_.begin(); at != by_digest_.end(); ++at) {
    if (at->second.town == town && at->second.account == account) own.push_back(at);
  }
  if (own.size() >= kSessionsPerAccountMax) {
    by_digest_.erase(*std::min_element(own.begin(), own.end(),
                                       [](const auto& a, const auto& b) { return a->second.last < b->second.last; }));
  }
  by_digest_[kept(token)] =
      Session{random_token().substr(0, 12), town, account, staff, random_token(), must_change, now, now};
  return token;
}

std::optional<Session> Sessions::find(const std::string& token, Instant now) {
  if (token.empty()) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto found = by_digest_.find(kept(token));
  if (found == by_digest_.end()) return std::nullopt;
  if (ended(found->second, now)) {
    by_digest_.erase(found);
    return std::nullopt;
  }
  found->second.last = now;
  return found->second;
}

void Sessions::end(const std::string& token) {
  const std::lock_guard lock(mutex_);
  by_digest_.erase(kept(token));
}

bool Sessions::end_of(TownId town, const std::string& account, const std::string& id) {
  const std::lock_guard lock(mutex_);
  return std::erase_if(by_digest_, [&](const auto& each) {
           return each.second.town == town && each.second.account == account && each.second.id == id;
         }) != 0;
}

void Sessions::end_all(TownId town, const std::string& account) {
  const std::lock_guard lock(mutex_);
  std::erase_if(by_digest_,
                [&](const auto& each) { return each.second.town == town && each.second.account == account; });
}

std::vector<Session> Sessions::of(TownId town, const std::string& account, Instant now) {
  const std::lock_guard lock(mutex_);
  drop_ended(now);
  std::vector<Session> own;
  for (const auto& [key, session] : by_digest_) {
    if (session.town == town && session.account == account) own.push_back(session);
  }
  return own;
}

void Sessions::password_changed(const std::string& token) {
  const std::lock_guard lock(mutex_);
  const std::string digest = kept(token);
  const auto own = by_digest_.find(digest);
  if (own == by_digest_.end()) return;
  own->second.must_change = false;
  const Session session = own->second;
  std::erase_if(by_digest_, [&](const auto& each) {
    return each.first != digest && each.second.town == session.town && each.second.account == session.account;
  });
}

void Sessions::drop_ended(Instant now) {
  if (by_digest_.size() >= kSessionsMax / 2)
    std::erase_if(by_digest_, [&](const auto& each) { return ended(each.second, now); });
}

}  // namespace zs::server
