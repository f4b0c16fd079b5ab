// Change of law replayed: closed cases judged again in memory; nothing is written.
#include "ledger/replay.h"

#include <gtest/gtest.h>

#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

class Replays : public testing::Test {
 protected:
  Replays() {
    act({{"do", "tell"}, {"values", {{"told", true}}}});
    act({{"do", "visit"}, {"rows", {{"visits", {{{"held_on", "2024-03-01"}, {"people", 2}}}}}}});
    act({{"do", "decide"}, {"decider", "s-head"}, {"signed_paper", "签批单"}});
    act({{"do", "close"}});
    open_ = town_.create("2024-03-01"_date);
  }

  void act(const nlohmann::json& doing) {
    town_.accepted({{"kind", "matter"}, {"record", closed_.record.number}, {"acts", {doing}}});
  }

  Replay under(const std::string& file, const std::string& from, const std::string& to, const ReplayAsk& asked = {}) {
    rulebook::Files files = small_rulebook();
    std::string& text = files.at(file);
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    auto lease = town_.ledger().database().reader().value();
    return replay(*lease, town_.town(), rulebook::load_sound(files).value(), asked).value();
  }

  SmallTown town_{"replays"};
  Receipt closed_ = town_.create("2024-03-01"_date);
  Receipt open_;
};

TEST_F(Replays, TheSameRulebookSaysTheSame) {
  const std::string before = town_.projections();
  const Replay same = under("law/base.yaml", "number: 3", "number: 3");
  EXPECT_EQ(same.cases, 1);
  EXPECT_EQ(same.acts, 5);
  EXPECT_EQ(same.difference_count, 0);
  EXPECT_EQ(town_.projections(), before);
}

TEST_F(Replays, AStricterNumberRefusesAnActThatWasAccepted) {
  const Replay stricter = under("law/base.yaml", "number: 3", "number: 1");
  ASSERT_EQ(stricter.difference_count, 1);
  const Replayed& one = stricter.differences.front();
  EXPECT_EQ(one.record, closed_.record);
  EXPECT_EQ(one.action, "走访");
  EXPECT_EQ(one.says, "走访超过三人");
  EXPECT_EQ(one.citation, "《某某条例》第四条");
  EXPECT_TRUE(one.asked_now);
  EXPECT_TRUE(one.refuses);
}

TEST_F(Replays, AFieldThatIsNeededAnewIsNamed) {
  const Replay needed = under("kinds/matter.yaml", "needs: [received_on, topic], asks: [person, remark,",
                              "needs: [received_on, topic, remark], asks: [person,");
  ASSERT_EQ(needed.difference_count, 1);
  EXPECT_EQ(needed.differences.front().name, "needs remark");
}

TEST_F(Replays, OnlyTheYearAndTheKindThatAreAskedFor) {
  ReplayAsk other_year;
  other_year.year = 2023;
  EXPECT_EQ(under("law/base.yaml", "number: 3", "number: 1", other_year).cases, 0);
  ReplayAsk other_kind;
  other_kind.kind = "annex";
  EXPECT_EQ(under("law/base.yaml", "number: 3", "number: 1", other_kind).cases, 0);
}

}  // namespace
}  // namespace zs::ledger
