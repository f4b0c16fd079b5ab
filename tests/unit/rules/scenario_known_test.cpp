// What the scenarios of a file start from may be said once, by name.
#include <gtest/gtest.h>

#include "unit/rules/scenario.h"

namespace zs::rules::scenarios {
namespace {

using rulebook::Node;

std::vector<Node> read(const std::string& yaml) {
  rulebook::Faults faults;
  auto scenarios = scenarios_of(rulebook::read_yaml("known.yaml", yaml, faults));
  EXPECT_TRUE(faults.none());
  return scenarios;
}

constexpr const char* kKnown = R"(- known:
    证甲: {kind: officer_cert, state: active, numbers: {cert_no: 证1}, values: {person: s-1, valid_until: 2027-02-28}}
    证乙: {like: 证甲, numbers: {cert_no: 证2}, values: {person: s-2}}
    两证: [证甲, 证乙]
)";

TEST(KnownRecords, StandWhereAScenarioNamesThem) {
  const auto scenarios =
      read(std::string(kKnown) + "- {title: 一, given: 证乙, linked: {officers: 两证, one: 证甲}}\n");
  ASSERT_EQ(scenarios.size(), 1U);
  const Node& given = scenarios[0]["given"];
  EXPECT_EQ(given["values"]["person"].scalar, "s-2");
  EXPECT_EQ(given["values"]["valid_until"].scalar, "2027-02-28");
  EXPECT_EQ(given["numbers"]["cert_no"].scalar, "证2");
  const Node& officers = scenarios[0]["linked"]["officers"];
  ASSERT_EQ(officers.items.size(), 2U);
  EXPECT_EQ(officers.items[0]["values"]["person"].scalar, "s-1");
  EXPECT_EQ(officers.items[1]["values"]["person"].scalar, "s-2");
  EXPECT_EQ(scenarios[0]["linked"]["one"]["kind"].scalar, "officer_cert");
}

TEST(KnownRecords, AreChangedOnlyWhereAScenarioSaysSo) {
  const auto scenarios = read(std::string(kKnown) +
                              "- {title: 一, given: {like: 证甲, state: expired, values: {valid_until: 2023-03-01}}}\n"
                              "- {title: 二, given: 证甲}\n");
  EXPECT_EQ(scenarios[0]["given"]["state"].scalar, "expired");
  EXPECT_EQ(scenarios[0]["given"]["values"]["valid_until"].scalar, "2023-03-01");
  EXPECT_EQ(scenarios[0]["given"]["values"]["person"].scalar, "s-1");
  EXPECT_FALSE(scenarios[0]["given"].has("like"));
  EXPECT_EQ(scenarios[1]["given"]["values"]["valid_until"].scalar, "2027-02-28");
}

TEST(KnownRecords, AreNotGuessed) {
  const auto scenarios = read(std::string(kKnown) + "- {title: 一, given: 证丙}\n- {title: 二, given: {like: 证丙}}\n");
  EXPECT_EQ(scenarios[0]["given"].scalar, "证丙");
  EXPECT_TRUE(scenarios[1]["given"].has("like"));
}

}  // namespace
}  // namespace zs::rules::scenarios
