#include "ledger/alike.h"

#include <gtest/gtest.h>

#include "ledger/sketch.h"
#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

class AlikeRecords : public testing::Test {
 protected:
  AlikeRecords() : town_("alike") {}

  RecordId matter(const std::string& name, const std::string& phone, const std::string& remark,
                  const std::string& village = "v-1", Date received = "2024-03-01"_date) {
    return town_
        .create(received, {{"person", {{"name", name}, {"phone", phone}}}, {"remark", remark}, {"village", village}})
        .record;
  }
  std::vector<Alike> of(const Matter& matter, const std::string& staff = "s-clerk") {
    auto lease = town_.ledger().database().reader();
    auto found = alike(**lease, subjects_, town_.town(), town_.town().staff.at(staff), matter, town_.today());
    EXPECT_TRUE(found) << (found ? "" : found.error().text.en);
    return *found;
  }
  static Matter typed(const std::string& subject) {
    Matter matter;
    matter.kind = "matter";
    matter.subject = subject;
    return matter;
  }
  SmallTown town_;
  SubjectIndex subjects_;
};

TEST_F(AlikeRecords, TheSamePhoneIsTheSamePersonWhateverTheMatter) {
  const RecordId first = matter("张三", "138 0000 0001", "村口路灯不亮请求维修");
  Matter now;
  now.kind = "matter";
  add_party(now, "李四", "", "13800000001");
  const auto found = of(now);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().row.id, first);
  EXPECT_EQ(found.front().why, Likeness::person);
}

TEST_F(AlikeRecords, TheSameNameCountsOnlyInTheSameVillageAndOnlyWhole) {
  const RecordId here = matter("张三", "", "", "v-1");
  matter("张三", "", "", "v-2");
  matter("张三丰", "", "", "v-1");
  matter("小张三", "", "", "v-1");
  Matter now;
  now.kind = "matter";
  now.village = "v-1";
  add_party(now, "张三", "", "");
  const auto found = of(now);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().row.id, here);
  EXPECT_EQ(found.front().why, Likeness::name);
}

TEST_F(AlikeRecords, SixTenthsOfTheSubjectsPairsMakeTheSameMatter) {
  // 村口 口路 路灯 灯不 不亮: five pairs. Three of them are 60 %, two are 40 %.
  const RecordId three = matter("甲", "", "村口路灯坏了");
  matter("乙", "", "村口路面积水");
  const auto found = of(typed("村口路灯不亮"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().row.id, three);
  EXPECT_EQ(found.front().percent, 60);
  EXPECT_TRUE(of(typed("村口路")).empty()) << "a beginning is alike to everything";
}

TEST_F(AlikeRecords, SubjectsOlderThanAYearAreLeftOut) {
  matter("甲", "", "村口路灯不亮", "v-1", "2024-03-01"_date);
  town_.set_day("2025-03-01"_date);
  EXPECT_EQ(of(typed("村口路灯不亮")).size(), 1U);
  town_.set_day("2025-03-02"_date);
  EXPECT_TRUE(of(typed("村口路灯不亮")).empty());
}

TEST_F(AlikeRecords, AtMostTenAreShownTheSurestFirst) {
  for (int i = 0; i < 12; ++i) matter("甲", "", "村口路灯不亮" + std::to_string(i));
  const RecordId person = matter("乙", "13900000009", "完全是另一件事情");
  Matter now = typed("村口路灯不亮了好久");
  add_party(now, "", "", "13900000009");
  const auto found = of(now);
  ASSERT_EQ(found.size(), kAlikeMax);
  EXPECT_EQ(found.front().row.id, person);
}

TEST_F(AlikeRecords, WhatSomebodySaidIsKeptAndEachKeepsItsOwnClock) {
  const RecordId first = matter("甲", "", "村口路灯不亮"), second = matter("乙", "", "村口路灯不亮");
  const auto self = [&] {
    Matter made = typed("村口路灯不亮");
    made.self = second;
    return made;
  }();
  ASSERT_EQ(of(self).size(), 1U);
  EXPECT_FALSE(of(self).front().same);
  const std::string link = "matter/" + std::to_string(first.number);
  town_.accepted({{"record", second.number}, {"asks", "edit"}, {"acts", {{{"values", {{"same_as", {link}}}}}}}});
  EXPECT_TRUE(of(self).front().same);
  EXPECT_EQ(town_.number("SELECT COUNT(*) FROM deadline WHERE name='answer' AND settled='running'"), 2);
  const RecordId third = matter("丙", "", "村口路灯不亮");
  const std::string other = "matter/" + std::to_string(second.number);
  town_.accepted({{"record", third.number}, {"asks", "edit"}, {"acts", {{{"values", {{"not_same_as", {other}}}}}}}});
  ASSERT_EQ(of(self).size(), 1U) << "said from the other side";
  EXPECT_EQ(of(self).front().row.id, first);
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(AlikeRecords, NobodySeesWhatIsOutsideTheirScope) {
  matter("甲", "13800000001", "村口路灯不亮");
  Matter now = typed("村口路灯不亮");
  add_party(now, "甲", "", "13800000001");
  EXPECT_TRUE(of(now, "s-other").empty());
}

TEST_F(AlikeRecords, AVoidOneIsNoLongerAlike) {
  const RecordId id = matter("甲", "", "村口路灯不亮");
  town_.accepted({{"record", id.number}, {"asks", "void"}, {"reason", "登记错了"}, {"signer", "s-head"}});
  EXPECT_TRUE(of(typed("村口路灯不亮")).empty());
}

TEST(SketchOfSubject, NeverMissesATextThatIsAlike) {
  // Whatever the text, all its pairs are in the sketch of a longer text that begins with it.
  const std::string text = "关于村口道路路灯长期不亮影响群众夜间出行安全的情况反映";
  std::string longer = text;
  for (const char* more : {"并要求尽快安排人员维修", "，2023年以来多次反映", "；附照片3张"}) {
    longer += more;
    const Sketch own = sketch_of(pairs_of(text));
    EXPECT_EQ(shared_bits(own, sketch_of(pairs_of(longer))), shared_bits(own, own)) << longer;
    EXPECT_EQ(share_of(pairs_of(text), pairs_of(longer)), 100);
  }
  EXPECT_EQ(sketch_of(bytes_of(sketch_of(pairs_of(text)))), sketch_of(pairs_of(text)));
}

}  // namespace
}  // namespace zs::ledger
