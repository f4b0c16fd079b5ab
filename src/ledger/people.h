// Accounts of a town's staff: who may sign in, and the brake on guessing. Passwords are kept as Argon2id hashes only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

struct Account {
  std::string account, staff, password;
  bool must_change = false;  ///< the first password was given by somebody else
  std::int64_t failed = 0;   ///< wrong passwords since the last right one
  Instant locked_until;
};

inline constexpr std::int64_t kAttemptsMax = 5;
inline constexpr std::size_t kPasswordMin = 10;
inline constexpr std::size_t kPasswordMax = 200;

/// Errors: bad_input (the person is not in the staff register, the password too short), and the database's own.
Result<> put_account(Ledger& ledger, TownId town, const std::string& account, const std::string& staff,
                     const std::string& password, bool must_change);
Result<std::optional<Account>> find_account(Ledger& ledger, TownId town, const std::string& account);

/// All accounts of a town, by name; without their hashes.
Result<std::vector<Account>> accounts(Ledger& ledger, TownId town);
/// Errors of the next three: not_found (no such account), bad_input (a password too short).
Result<> reset_password(Ledger& ledger, TownId town, const std::string& account, const std::string& password);
Result<> unlock_account(Ledger& ledger, TownId town, const std::string& account);
Result<> remove_account(Ledger& ledger, TownId town, const std::string& account);

/// What came of an attempt to sign in.
struct SignIn {
  enum class Outcome { welcome, wrong, locked };
  Outcome outcome = Outcome::wrong;
  Account account;
  std::int64_t attempts_left = 0;
  Instant locked_until;
};
/// Looks at the password and keeps count: after kAttemptsMax wrong ones the account is shut for a time that doubles.
Result<SignIn> sign_in(Ledger& ledger, TownId town, const std::string& account, const std::string& password);
/// Errors: bad_input (the old one is wrong, the new one too short or the same).
Result<> change_password(Ledger& ledger, TownId town, const std::string& account, const std::string& old_password,
                         const std::string& new_password);

}  // namespace zs::ledger
