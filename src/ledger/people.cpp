#include "ledger/people.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/seal.h"

namespace zs::ledger {
namespace {

using store::ResultRow;

constexpr std::string_view kFind =
    "SELECT account,staff,password,must_change,failed,locked_until FROM account WHERE town=?1 AND account=?2";
constexpr std::string_view kAll =
    "SELECT account,staff,password,must_change,failed,locked_until FROM account WHERE town=?1 ORDER BY account";
constexpr std::string_view kRemove = "DELETE FROM account WHERE town=?1 AND account=?2";
constexpr std::string_view kPut =
    "INSERT OR REPLACE INTO account(town,account,staff,password,must_change,failed,locked_until) "
    "VALUES(?1,?2,?3,?4,?5,?6,?7)";
constexpr std::int64_t kFirstLockMs = 60'000;
constexpr std::int64_t kLockDoublingsMax = 6;

Result<> put(Ledger& ledger, TownId town, const Account& account) {
  store::WriteBatch rows;
  rows.add(kPut, {town.number, account.account, account.staff, account.password, std::int64_t{account.must_change},
                  account.failed, account.locked_until.utc_ms});
  return ledger.write_aside(rows);
}

Result<> check_password(const std::string& password) {
  if (password.size() >= kPasswordMin && password.size() <= kPasswordMax) return {};
  return bad_input(fmt::format("密码要有{}个字符以上", kPasswordMin),
                   fmt::format("a password has at least {} characters", kPasswordMin));
}

// A hash of no account, so that an unknown account takes as long as a wrong password.
const std::string& nobodys_hash() {
  static const std::string kHash = [] {
    auto hash = hash_password("nobody");
    return hash ? *std::move(hash) : std::string();
  }();
  return kHash;
}

std::int64_t lock_ms(std::int64_t failed) {
  const std::int64_t doublings = std::min((failed - kAttemptsMax) / kAttemptsMax, kLockDoublingsMax);
  return kFirstLockMs << doublings;
}

Account account_of(const ResultRow& row) {
  return {std::get<std::string>(row[0]),       std::get<std::string>(row[1]),  std::get<std::string>(row[2]),
          std::get<std::int64_t>(row[3]) != 0, std::get<std::int64_t>(row[4]), Instant{std::get<std::int64_t>(row[5])}};
}

Result<Account> existing(Ledger& ledger, TownId town, const std::string& account) {
  ZS_TRY(auto found, find_account(ledger, town, account));
  if (found) return *std::move(found);
  return not_found(fmt::format("没有账号“{}”", account), fmt::format("there is no account \"{}\"", account));
}

}  // namespace

Result<> put_account(Ledger& ledger, TownId town, const std::string& account, const std::string& staff,
                     const std::string& password, bool must_change) {
  ZS_CHECK(check_password(password));
  ZS_TRY(const auto known, ledger.snapshot(town));
  if (!known->staff.contains(staff))
    return bad_input(fmt::format("人员名册里没有“{}”", staff),
                     fmt::format("\"{}\" is not in the staff register", staff));
  Account made{account, staff, "", must_change, 0, {}};
  ZS_TRY(made.password, hash_password(password));
  return put(ledger, town, made);
}

Result<std::optional<Account>> find_account(Ledger& ledger, TownId town, const std::string& account) {
  ZS_TRY(auto lease, ledger.database().reader());
  ZS_TRY(const auto rows, lease->read(kFind, {town.number, account}));
  if (rows.empty()) return std::optional<Account>();
  return std::optional(account_of(rows.front()));
}

Result<std::vector<Account>> accounts(Ledger& ledger, TownId town) {
  ZS_TRY(auto lease, ledger.database().reader());
  std::vector<Account> found;
  ZS_CHECK(lease->each(kAll, {town.number}, [&](const ResultRow& row) {
    found.push_back(account_of(row));
    found.back().password.clear();
    return true;
  }));
  return found;
}

Result<> reset_password(Ledger& ledger, TownId town, const std::string& account, const std::string& password) {
  ZS_CHECK(check_password(password));
  ZS_TRY(Account known, existing(ledger, town, account));
  ZS_TRY(known.password, hash_password(password));
  known.must_change = true;
  known.failed = 0;
  known.locked_until = {};
  return put(ledger, town, known);
}

Result<> unlock_account(Ledger& ledger, TownId town, const std::string& account) {
  ZS_TRY(Account known, existing(ledger, town, account));
  known.failed = 0;
  known.locked_until = {};
  return put(ledger, town, known);
}

Result<> remove_account(Ledger& ledger, TownId town, const std::string& account) {
  ZS_TRY(const Account known, existing(ledger, town, account));
  store::WriteBatch rows;
  rows.add(kRemove, {town.number, known.account});
  return ledger.write_aside(rows);
}

Result<SignIn> sign_in(Ledger& ledger, TownId town, const std::string& account, const std::string& password) {
  SignIn done;
  ZS_TRY(auto found, find_account(ledger, town, account));
  if (!found) {
    password_matches(nobodys_hash(), password);
    done.attempts_left = kAttemptsMax;
    return done;
  }
  done.account = *found;
  const Instant now = ledger.now();
  if (now < found->locked_until) {
    done.outcome = SignIn::Outcome::locked;
    done.locked_until = found->locked_until;
    return done;
  }
  if (password_matches(found->password, password)) {
    done.outcome = SignIn::Outcome::welcome;
    if (found->failed == 0) return done;
    found->failed = 0;
    found->locked_until = {};
  } else {
    ++found->failed;
    done.attempts_left = std::max<std::int64_t>(0, kAttemptsMax - found->failed);
    if (found->failed >= kAttemptsMax) found->locked_until = Instant{now.utc_ms + lock_ms(found->failed)};
  }
  ZS_CHECK(put(ledger, town, *found));
  return done;
}

Result<> change_password(Ledger& ledger, TownId town, const std::string& account, const std::string& old_password,
                         const std::string& new_password) {
  ZS_CHECK(check_password(new_password));
  ZS_TRY(auto found, find_account(ledger, town, account));
  if (!found || !password_matches(found->password, old_password))
    return bad_input("原密码不对", "the old password is wrong");
  if (old_password == new_password)
    return bad_input("新密码不能和原密码一样", "the new password must differ from the old one");
  ZS_TRY(found->password, hash_password(new_password));
  found->must_change = false;
  return put(ledger, town, *found);
}

}  // namespace zs::ledger
