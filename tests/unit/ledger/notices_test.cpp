#include "ledger/notices.h"

#include <gtest/gtest.h>

#include "ledger/told.h"
#include "rules/remind.h"
#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

rulebook::Files with_notices() {
  rulebook::Files files = small_rulebook();
  files["rulebook.yaml"] +=
      "notices:\n"
      "  - {before: 3 workdays, to: [handler]}\n"
      "  - {when: overdue, to: [head], then: {after: 2 workdays, to: [head, stranger]}}\n";
  files["settings.yaml"] +=
      "quiet_hours: {label: 免打扰, value: \"20:00-08:00\", source: 镇内部管理, certainty: memory}\n"
      "digest_at: {label: 汇总, value: \"08:30\", source: 镇内部管理, certainty: memory}\n";
  return files;
}

// Received on Friday 1 March 2024: the answer is due on the 20th workday after, Friday 29 March.
class Notices : public testing::Test {
 protected:
  Notices() : town_("notices", with_notices()) {
    record_ = town_.create("2024-03-01"_date, {{"handler", "s-clerk"}}).record;
  }
  std::int64_t make(Date day) {
    town_.set_day(day);
    auto made = make_notices(town_.ledger(), town_.id(), {.mail = true, .hook = true}, round_);
    EXPECT_TRUE(made) << (made ? "" : made.error().text.en);
    return made ? *made : -1;
  }
  std::vector<std::string> steps_for(const std::string& staff) {
    auto found = notices_for(town_.ledger(), town_.id(), staff, 0, 50);
    std::vector<std::string> steps;
    for (const Notice& notice : *found) steps.push_back(notice.step);
    return steps;
  }
  std::vector<Notice> claim(Channel channel = Channel::mail) {
    auto claimed = claim_notices(town_.ledger(), town_.id(), channel, 50);
    EXPECT_TRUE(claimed.has_value());
    return *claimed;
  }
  void settle(const Notice& notice, const std::optional<std::string>& failure) {
    EXPECT_TRUE(settle_notice(town_.ledger(), town_.id(), notice, failure).has_value());
  }
  void wants(const std::string& staff, Told::Way way) {
    EXPECT_TRUE(change_told(town_.ledger(), town_.id(), staff, staff + "@example.cn", way).has_value());
  }
  using Steps = std::vector<std::string>;

  SmallTown town_;
  NoticeRound round_;
  RecordId record_;
};

TEST_F(Notices, TellTheHandlerThreeWorkdaysBeforeAndTheHeadTheDayAfter) {
  EXPECT_EQ(make("2024-03-25"_date), 0);
  EXPECT_EQ(make("2024-03-26"_date), 2) << "one on the desk, one for the webhook";
  EXPECT_EQ(steps_for("s-clerk"), Steps{"before 3 workdays"});
  EXPECT_EQ(steps_for("s-head"), Steps{});
  make("2024-03-29"_date);
  EXPECT_EQ(steps_for("s-head"), Steps{}) << "on its last day a period is not over";
  make("2024-03-30"_date);
  EXPECT_EQ(steps_for("s-head"), Steps{"overdue"});
  make("2024-04-02"_date);
  EXPECT_EQ(steps_for("s-head"), (Steps{"overdue+2 workdays", "overdue"}));
}

TEST_F(Notices, TellNobodyTwiceHoweverOftenTheyAreMade) {
  make("2024-03-26"_date);
  EXPECT_EQ(make("2024-03-26"_date), 0);
  town_.reopen();
  EXPECT_EQ(make("2024-03-27"_date), 0);
  EXPECT_EQ(steps_for("s-clerk").size(), 1U);
}

TEST_F(Notices, ALaterRoundOfTheDaySeesWhatWasWrittenSince) {
  make("2024-03-26"_date);
  town_.create("2024-03-01"_date, {{"handler", "s-clerk"}});
  EXPECT_EQ(make("2024-03-26"_date), 2);
  EXPECT_EQ(steps_for("s-clerk").size(), 2U);
}

TEST_F(Notices, AreMadeAfterADayOnWhichNobodyLooked) {
  EXPECT_GT(make("2024-03-28"_date), 0);
  EXPECT_EQ(steps_for("s-clerk"), Steps{"before 3 workdays"});
}

TEST_F(Notices, TellNobodyWhoMayNotReadTheRecord) {
  make("2024-04-02"_date);
  EXPECT_EQ(steps_for("s-other"), Steps{}) << "the post is named, its scope is none";
}

TEST_F(Notices, GoToThoseWhoCouldActWhereThereIsNoHandler) {
  town_.create("2024-03-01"_date);
  make("2024-03-26"_date);
  EXPECT_EQ(steps_for("s-clerk").size(), 2U);
}

TEST_F(Notices, ChangeNoRecordAndNoEntry) {
  const std::int64_t entries = town_.number("SELECT COUNT(*) FROM journal");
  make("2024-03-26"_date);
  EXPECT_EQ(town_.number("SELECT COUNT(*) FROM journal"), entries);
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Notices, BecomeMootOnceTheDeadlineIsMet) {
  wants("s-clerk", Told::Way::each);
  make("2024-03-26"_date);
  town_.accepted({{"record", record_.number}, {"acts", {{{"do", "tell"}, {"values", {{"told", true}}}}}}});
  town_.accepted(
      {{"record", record_.number}, {"acts", {{{"do", "decide"}, {"decider", "s-head"}, {"signed_paper", "文1"}}}}});
  EXPECT_TRUE(claim().empty());
  EXPECT_EQ(town_.number("SELECT COUNT(*) FROM notice WHERE channel='mail' AND state='moot'"), 1);
}

TEST_F(Notices, AreTriedAgainLaterAndGivenUpInTheEnd) {
  wants("s-clerk", Told::Way::each);
  make("2024-03-26"_date);
  for (std::int64_t attempt = 1; attempt <= kNoticeAttemptsMax; ++attempt) {
    const auto claimed = claim();
    ASSERT_EQ(claimed.size(), 1U) << attempt;
    EXPECT_TRUE(claim().empty()) << "what is being sent is not taken twice";
    settle(claimed.front(), "对方一直没有回应");
    EXPECT_TRUE(claim().empty()) << "it waits";
    // The clock stands still for the deadline, so that it is still running: the wait itself is taken away.
    town_.run_sql("UPDATE notice SET next=0 WHERE channel='mail'");
  }
  const auto dead = failed_notices(town_.ledger(), town_.id(), 10);
  ASSERT_EQ(dead->size(), 1U);
  EXPECT_EQ(dead->front().state, NoticeState::dead);
  EXPECT_EQ(dead->front().error, "对方一直没有回应");
  EXPECT_TRUE(retry_notice(town_.ledger(), town_.id(), dead->front().id).has_value());
  EXPECT_EQ(claim().size(), 1U);
  EXPECT_FALSE(retry_notice(town_.ledger(), town_.id(), dead->front().id).has_value()) << "only what was given up";
}

TEST_F(Notices, AServerThatDiesWhileItSendsTriesAgainUnderTheSameName) {
  wants("s-clerk", Told::Way::each);
  make("2024-03-26"_date);
  const auto first = claim();
  town_.reopen();
  EXPECT_TRUE(claim().empty());
  town_.wait_ms(5 * 60'000);
  const auto again = claim();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again.front().id, first.front().id);
}

TEST_F(Notices, KeepQuietAtNightAndOnRestDaysButNotOnTheDesk) {
  wants("s-head", Told::Way::each);
  make("2024-03-30"_date);
  EXPECT_EQ(steps_for("s-head"), Steps{"overdue"});
  EXPECT_TRUE(claim().empty()) << "a Saturday";
  EXPECT_FALSE(claim(Channel::hook).empty()) << "a machine does not sleep";
  town_.set_day("2024-04-01"_date);
  town_.wait_ms(std::int64_t{12} * 3600'000);
  EXPECT_TRUE(claim().empty()) << "nine in the evening";
  town_.set_day("2024-04-02"_date);
  EXPECT_EQ(claim().size(), 1U);
}

TEST_F(Notices, WriteOneSummaryAWorkdayForWhoWantsOne) {
  wants("s-clerk", Told::Way::daily);
  make("2024-03-26"_date);
  make("2024-03-26"_date);
  const auto claimed = claim();
  ASSERT_EQ(claimed.size(), 1U);
  EXPECT_EQ(claimed.front().key, "digest.2024-03-26");
  settle(claimed.front(), {});
  make("2024-03-30"_date);
  EXPECT_TRUE(claim().empty()) << "not on a Saturday";
}

TEST_F(Notices, AreReadUpToOneAndCounted) {
  make("2024-03-26"_date);
  EXPECT_EQ(*count_unread(town_.ledger(), town_.id(), "s-clerk"), 1);
  const auto seen = notices_for(town_.ledger(), town_.id(), "s-clerk", 0, 1);
  EXPECT_TRUE(read_notices(town_.ledger(), town_.id(), "s-clerk", seen->front().id).has_value());
  EXPECT_EQ(*count_unread(town_.ledger(), town_.id(), "s-clerk"), 0);
}

TEST_F(Notices, StayThroughARebuild) {
  make("2024-03-26"_date);
  EXPECT_TRUE(town_.ledger().rebuild(town_.id()).has_value());
  EXPECT_EQ(steps_for("s-clerk").size(), 1U);
}

TEST_F(Notices, TakeNoAddressThatIsNone) {
  for (const char* bad : {"", "nobody", "a@b@c", "a b@c", "a@b\r\nBcc: x@y", "<a@b>", "@b", "a@"})
    EXPECT_FALSE(change_told(town_.ledger(), town_.id(), "s-clerk", bad, Told::Way::each).has_value()) << bad;
}

TEST_F(Notices, ACalendarOpensByItsLastSecretOnly) {
  const auto first = new_feed(town_.ledger(), town_.id(), "s-clerk");
  const auto second = new_feed(town_.ledger(), town_.id(), "s-clerk");
  const auto whose = [&](const std::string& secret) { return *staff_of_feed(town_.ledger(), town_.id(), secret); };
  EXPECT_EQ(whose(*second), "s-clerk");
  EXPECT_EQ(whose(*first), std::nullopt);
  EXPECT_EQ(whose(""), std::nullopt);
  EXPECT_TRUE(end_feed(town_.ledger(), town_.id(), "s-clerk").has_value());
  EXPECT_EQ(whose(*second), std::nullopt);
}

}  // namespace
}  // namespace zs::ledger

namespace zs::rules {
namespace {

TEST(Remind, HoursMayPassMidnight) {
  EXPECT_TRUE(in_hours("20:00-08:00", 23 * 60));
  EXPECT_TRUE(in_hours("20:00-08:00", 7 * 60 + 59));
  EXPECT_FALSE(in_hours("20:00-08:00", 8 * 60));
  EXPECT_FALSE(in_hours("20:00-08:00", 19 * 60 + 59));
  EXPECT_TRUE(in_hours("12:00-14:00", 13 * 60));
  for (const char* none : {"", "8-9", "20:00", "aa:bb-cc:dd", "20:00-8:00"}) EXPECT_FALSE(in_hours(none, 600)) << none;
}

}  // namespace
}  // namespace zs::rules
