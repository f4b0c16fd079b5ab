// Sessions: who is signed in, for how long. In memory; a token is kept as its digest only.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/moment.h"

namespace zs::server {

inline constexpr std::int64_t kIdleMs = std::int64_t{2} * 3600 * 1000;
inline constexpr std::int64_t kWholeMs = std::int64_t{12} * 3600 * 1000;
inline constexpr std::size_t kSessionsMax = 20'000;
inline constexpr std::size_t kSessionsPerAccountMax = 10;

struct Session {
  std::string id;  ///< short, to list and to end it; says nothing of the token
  TownId town;
  std::string account, staff, csrf;
  bool must_change = false;
  Instant since, last;
};

class Sessions {
 public:
  /// Makes a session and answers its token. The oldest of an account gives way.
  std::string begin(TownId town, const std::string& account, const std::string& staff, bool must_change, Instant now);
  /// The session of a token, if it has not run out; notes that it was used.
  std::optional<Session> find(const std::string& token, Instant now);
  void end(const std::string& token);
  /// Ends one of the account's own; false if there is none.
  bool end_of(TownId town, const std::string& account, const std::string& id);
  std::vector<Session> of(TownId town, const std::string& account, Instant now);
  /// Ends all of an account.
  void end_all(TownId town, const std::string& account);
  /// After a change of password: the others of the account end, this one may go on.
  void password_changed(const std::string& token);

 private:
  void drop_ended(Instant now);
  std::mutex mutex_;
  std::map<std::string, Session> by_digest_;
};

}  // namespace zs::server
