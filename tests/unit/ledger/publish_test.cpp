#include "ledger/publish.h"

#include <gtest/gtest.h>

#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

using nlohmann::json;

// Two matters of 2023, published in 2024.
class Publish : public testing::Test {
 protected:
  Publish() : town_("publish", small_rulebook(), "2023-05-02"_date) {
    first_ = town_.create("2023-05-02"_date).record;
    second_ = town_.create("2023-05-02"_date).record;
    town_.set_day("2024-01-20"_date);
    auto made = publish(town_.ledger(), town_.id(), 2023, "s-head", "全年办结2件。");
    EXPECT_TRUE(made) << (made ? "" : made.error().text.en);
    published_ = *made;
  }
  std::vector<Drift> drift() {
    auto lease = town_.ledger().database().reader().value();
    auto publication = publication_of(*lease, town_.town(), 2023);
    EXPECT_TRUE(publication && publication->has_value());
    return drift_of(*lease, town_.town(), **publication).value();
  }
  const Drift* find(const std::vector<Drift>& drifts, const std::string& figure) {
    for (const Drift& each : drifts) {
      if (each.figure == figure) return &each;
    }
    return nullptr;
  }
  void void_record(RecordId record) {
    town_.accepted(
        {{"record", record.number}, {"asks", "void"}, {"reason", "重复"}, {"signer", "s-head"}, {"acts", json::array()}});
  }
  SmallTown town_;
  RecordId first_, second_;
  Publication published_;
};

TEST_F(Publish, NamesTheFrozenFilesInAnEntryThatVerifies) {
  EXPECT_EQ(published_.day, "2024-01-20"_date);
  EXPECT_FALSE(published_.files.empty());
  EXPECT_EQ(town_.verified(), "");
  EXPECT_TRUE(drift().empty());
}

TEST_F(Publish, KeepsTheWordsAsTheyWerePublished) {
  auto lease = town_.ledger().database().reader().value();
  const auto publication = publication_of(*lease, town_.town(), 2023).value();
  ASSERT_TRUE(publication);
  EXPECT_EQ(words_of(*lease, *publication).value(), "全年办结2件。");
  EXPECT_EQ(publication->text, published_.text);
}

TEST_F(Publish, TellsWhichRecordNoLongerCountsAndByWhichEntry) {
  void_record(first_);
  const auto drifts = drift();
  const Drift* matters = find(drifts, "matters");
  ASSERT_NE(matters, nullptr);
  EXPECT_EQ(matters->published, 2);
  EXPECT_EQ(matters->now, 1);
  ASSERT_EQ(matters->changes.size(), 1U);
  EXPECT_EQ(matters->changes[0].record, first_);
  ASSERT_EQ(matters->changes[0].causes.size(), 1U);
  EXPECT_EQ(matters->changes[0].causes[0].type, "void");
  EXPECT_GT(matters->changes[0].causes[0].n, published_.entry);
}

TEST_F(Publish, TellsADayThatMovedInsideTheYearUntilItMovesBack) {
  const auto correct = [&](const char* day) {
    town_.accepted({{"record", first_.number},
                    {"asks", "correct"},
                    {"reason", "查明"},
                    {"signer", "s-head"},
                    {"acts", {{{"values", {{"received_on", day}}}}}}});
  };
  correct("2023-05-09");
  const auto moved = drift();
  const Drift* matters = find(moved, "matters");
  ASSERT_NE(matters, nullptr);
  EXPECT_EQ(matters->published, matters->now) << "the sum is as it was, what stands behind it is not";
  EXPECT_EQ(matters->changes.size(), 1U);
  correct("2023-05-02");
  EXPECT_TRUE(drift().empty());
}

TEST_F(Publish, CountsARecordEnteredForThatYearAfterwards) {
  const RecordId late = town_.create("2023-11-02"_date).record;
  const auto drifts = drift();
  const Drift* matters = find(drifts, "matters");
  ASSERT_NE(matters, nullptr);
  EXPECT_EQ(matters->now, 3);
  ASSERT_EQ(matters->changes.size(), 1U);
  EXPECT_EQ(matters->changes[0].record, late);
  EXPECT_EQ(matters->changes[0].before, 0);
}

TEST_F(Publish, IsRefusedForAYearThatIsNotOver) {
  EXPECT_FALSE(publish(town_.ledger(), town_.id(), 2024, "s-head", ""));
}

TEST_F(Publish, SaysThatAFrozenFileWasChanged) {
  town_.run_sql("UPDATE document SET text=text||'1 0 0 19500 1' WHERE kind='contributions'");
  auto lease = town_.ledger().database().reader().value();
  auto publication = publication_of(*lease, town_.town(), 2023);
  ASSERT_TRUE(publication && publication->has_value());
  EXPECT_FALSE(drift_of(*lease, town_.town(), **publication));
  EXPECT_NE(town_.verified(), "");
}

}  // namespace
}  // namespace zs::ledger
