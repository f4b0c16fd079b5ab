#include "ledger/people.h"

#include <gtest/gtest.h>

#include "ledger/audit.h"
#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

class People : public testing::Test {
 protected:
  People() : town_("people") {
    const auto put = put_account(town_.ledger(), town_.id(), "clerk", "s-clerk", "right password", true);
    EXPECT_TRUE(put) << (put ? "" : put.error().text.en);
  }
  SignIn attempt(const std::string& password, const std::string& account = "clerk") {
    auto done = sign_in(town_.ledger(), town_.id(), account, password);
    EXPECT_TRUE(done.has_value());
    return *done;
  }
  SmallTown town_;
};

TEST_F(People, LetsInWhoKnowsThePassword) {
  const SignIn done = attempt("right password");
  EXPECT_EQ(done.outcome, SignIn::Outcome::welcome);
  EXPECT_EQ(done.account.staff, "s-clerk");
  EXPECT_TRUE(done.account.must_change);
  EXPECT_EQ(done.account.password.find("right"), std::string::npos) << "kept as a hash only";
}

TEST_F(People, AnswersAnUnknownAccountAsAWrongPassword) {
  EXPECT_EQ(attempt("right password", "nobody").outcome, SignIn::Outcome::wrong);
}

TEST_F(People, ShutsAnAccountAfterFiveWrongPasswordsForATimeThatDoubles) {
  for (std::int64_t left : {4, 3, 2, 1, 0}) EXPECT_EQ(attempt("wrong").attempts_left, left);
  EXPECT_EQ(attempt("right password").outcome, SignIn::Outcome::locked);
  town_.wait_ms(60'000);
  EXPECT_EQ(attempt("wrong").outcome, SignIn::Outcome::wrong);
  for (int i = 0; i < 4; ++i) {
    town_.wait_ms(60'000);
    attempt("wrong");
  }
  town_.wait_ms(60'000);
  EXPECT_EQ(attempt("right password").outcome, SignIn::Outcome::locked) << "the second time is two minutes";
  town_.wait_ms(60'000);
  EXPECT_EQ(attempt("right password").outcome, SignIn::Outcome::welcome);
  EXPECT_EQ(attempt("wrong").attempts_left, 4) << "a right password begins the count anew";
}

TEST_F(People, ChangesAPasswordOnlyWithTheOldOne) {
  const auto change = [&](const std::string& old_one, const std::string& new_one) {
    return change_password(town_.ledger(), town_.id(), "clerk", old_one, new_one).has_value();
  };
  EXPECT_FALSE(change("wrong", "another password"));
  EXPECT_FALSE(change("right password", "short"));
  EXPECT_FALSE(change("right password", "right password"));
  EXPECT_TRUE(change("right password", "another password"));
  EXPECT_EQ(attempt("right password").outcome, SignIn::Outcome::wrong);
  EXPECT_FALSE(attempt("another password").account.must_change);
}

TEST_F(People, GivesNoAccountToWhoIsNotInTheRegister) {
  EXPECT_FALSE(put_account(town_.ledger(), town_.id(), "ghost", "s-nobody", "long enough", true));
}

TEST_F(People, AuditLogTellsWhichLineWasChangedOrTakenOut) {
  for (const std::string what : {"login", "reveal", "act"})
    ASSERT_TRUE(audit(town_.ledger(), town_.id(), {0, {}, "clerk", what, "matter/1", "ok", ""}));
  const auto broken = [&] {
    auto found = audit_break(town_.ledger(), town_.id());
    EXPECT_TRUE(found.has_value());
    return found->value_or(0);
  };
  EXPECT_EQ(broken(), 0);
  auto lines = audit_lines(town_.ledger(), town_.id(), 0, 2);
  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->size(), 2U);
  EXPECT_EQ(lines->front().what, "act") << "the newest first";
  town_.run_sql("UPDATE audit SET outcome='refused' WHERE n=2");
  EXPECT_EQ(broken(), 2);
  town_.run_sql("UPDATE audit SET outcome='ok' WHERE n=2");
  EXPECT_EQ(broken(), 0);
  town_.run_sql("DELETE FROM audit WHERE n=2");
  EXPECT_EQ(broken(), 3);
}

}  // namespace
}  // namespace zs::ledger
