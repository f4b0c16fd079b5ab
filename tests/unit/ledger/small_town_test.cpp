#include "unit/ledger/small_town.h"

#include <gtest/gtest.h>

namespace zs::ledger {
namespace {

TEST(SmallTown, HasASoundRulebookInBothVersions) {
  EXPECT_TRUE(rulebook::load_sound(small_rulebook())) << rulebook::load_sound(small_rulebook()).error().text.en;
  EXPECT_TRUE(rulebook::load_sound(small_rulebook("15 workdays", true)))
      << rulebook::load_sound(small_rulebook("15 workdays", true)).error().text.en;
}

TEST(SmallTown, TakesAMatterThroughItsLife) {
  SmallTown town("small-life");
  const Receipt made = town.create("2024-02-01"_date, {{"amount", "500.00"}, {"topic", "water"}});
  EXPECT_EQ(made.numbers.at("number"), "事〔2024〕1号");
  const auto record = made.record.number;
  town.accepted({{"record", record},
                 {"acts", {{{"do", "visit"}, {"rows", {{"visits", {{{"held_on", "2024-02-20"}, {"people", 2}}}}}}}}}});
  const Receipt decided = town.accepted(
      {{"record", record}, {"acts", {{{"do", "decide"}, {"decider", "s-head"}, {"signed_paper", "签批件"}}}}});
  EXPECT_EQ(decided.opened.size(), 1U);
  EXPECT_EQ(decided.missing, (std::vector<std::string>{"annex.sort"}));
  town.accepted({{"record", record}, {"acts", {{{"do", "pay"}}}}});
  town.accepted({{"record", record}, {"acts", {{{"do", "close"}}}}});
  EXPECT_EQ(town.verified(), "");
  EXPECT_EQ(town.figure("amounts", 2024), 50'000);
  EXPECT_EQ(town.figure("visitors", 2024), 2);
}

}  // namespace
}  // namespace zs::ledger
