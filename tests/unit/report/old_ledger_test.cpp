// Old ledgers as towns keep them: a messy sheet goes in, again, and in a newer version.
#include "report/old_ledger.h"

#include <gtest/gtest.h>

#include "paper/text_key.h"
#include "report/old_totals.h"
#include "report/sheet_look.h"
#include "unit/report/old_town.h"

namespace zs::report {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Title, subtitle, a header of two rows, merged villages, days of all spellings, full-width digits, totals, a footer.
Rows messy() {
  return {
      {"某镇2023年度信访工作台账"},
      {"填报单位：某镇信访办公室", "", "", "", "", "", "单位：人"},
      {"序号", "登记编号", "来访日期", "来访人", "", "所在村", "信访形式", "反映的主要问题", "问题类别", "人次",
       "办理情况", "办结时间"},
      {"", "", "", "姓名", "联系电话"},
      {"=1", "信访〔2023〕7号", "2023.3.5", "张 某某", "１３８００００００００", "东坑村", "走访", "反映征地补偿不到位",
       "征地拆迁", "３人", "已办结", "2023年4月2日"},
      {"=2", "信访〔2023〕8号", "三月八日", "李某某", "", "", "12345热线", "反映工资拖欠", "欠薪", "=1", "办结",
       "二〇二三年四月十日"},
      {"=3", "信访〔2023〕9号", "=45000d", "王某某", "13900000000", "西岭村委会", "来信", "反映环境污染", "环保", "",
       "办理中", ""},
      {"=4", "信访〔2023〕10号", "2023.13.40", "赵某某", "", "西岭村", "来信", "反映村务", "村务公开", "1", "已办结",
       "2023.5.1"},
      {"小计", "", "", "", "", "", "", "", "", "=6"},
      {"=5", "信访〔2023〕11号", "2023.6.1", "钱某某", "", "南山村", "飞鸽传书", "反映建房", "宅基地", "约3人",
       "已办结", "2023.5.1"},
      {"=6", "", "", "", "", "", "", "", "", "", "", ""},
      {"合计", "", "", "", "", "", "", "", "", "=9"},
      {"填表人：孙某", "", "", "", "", "", "审核人：周某"},
  };
}
const std::vector<std::string> kMerges{"A1:L1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4",
                                       "H3:H4", "I3:I4", "J3:J4", "K3:K4", "L3:L4", "F5:F6"};

TEST(OldLedger, MatchesTheColumnsOfAMessySheet) {
  OldTown town("old-columns");
  town.write_sheet("Sheet1", messy(), kMerges);
  EXPECT_EQ(town.columns(town.ask("petition")),
            "A=(none) B=number(synonym) C=received_on(synonym) D=petitioner.name(synonym) E=petitioner.phone(synonym) "
            "F=village(synonym) G=channel(synonym) H=content(synonym) I=domain(synonym) J=group_size(synonym) "
            "K=state(synonym) L=closed_on(name)");
}

TEST(OldLedger, EntersWhatCanBeReadAndSaysOfTheRestWhy) {
  OldTown town("old-enter");
  town.write_sheet("Sheet1", messy(), kMerges);
  const std::int64_t before = town.entries();
  const std::string reasons =
      "\n8 C8“来访日期”：“2023.13.40”：没有2023年13月40日这一天"
      "\n10 F10“所在村”：机构名册里没有“南山村”；先登记机构，或者不导入这一列"
      "\n10 G10“信访形式”：没有“飞鸽传书”这个选项；可以写：";
  const std::string previewed = town.preview(town.ask("petition"));
  EXPECT_TRUE(previewed.starts_with("new 3, changed 0, unchanged 0, refused 2, left out 4" + reasons)) << previewed;
  EXPECT_NE(previewed.find("10 J10“人次”：“约3人”是约数"), std::string::npos);
  EXPECT_NE(previewed.find("10 “办结日”2023-05-01早于“收到日”2023-06-01"), std::string::npos);
  EXPECT_EQ(town.entries(), before) << "a preview writes nothing";

  EXPECT_EQ(town.enter(town.ask("petition")), previewed);
  EXPECT_EQ(town.entries(), before + 3);
  EXPECT_EQ(
      town.facts(1),
      R"(@closed #number=信访〔2023〕7号 channel="visit" closed_on="2023-04-02" content="反映征地补偿不到位" domain="land" )"
      R"(group_size=3 petitioner={"name":"张某某","phone":"13800000000"} received_on="2023-03-05" village="v-1")");
  EXPECT_EQ(
      town.facts(2),
      R"(@closed #number=信访〔2023〕8号 channel="hotline" closed_on="2023-04-10" content="反映工资拖欠" domain="labour" )"
      R"(group_size=1 petitioner={"name":"李某某"} received_on="2023-03-08" village="v-1")");
  EXPECT_EQ(
      town.facts(3),
      R"(@investigating #number=信访〔2023〕9号 channel="letter" closed_on={"unknown":true} content="反映环境污染" )"
      R"(domain="environment" group_size={"unknown":true} petitioner={"name":"王某某","phone":"13900000000"} )"
      R"(received_on="2023-03-15" village="v-2")");
  EXPECT_EQ(town.verified(), "");
}

TEST(OldLedger, MovesTheSeriesPastTheHighestNumber) {
  OldTown town("old-series");
  town.write_sheet("Sheet1", messy(), kMerges);
  town.enter(town.ask("petition"));
  const auto& serials = town.ledger().town(town.id()).value()->supplies.serials;
  EXPECT_EQ(serials.at({"petition", "number", 2023, ""}), 9);
}

TEST(OldLedger, WritesNothingWhenTheSameFileComesAgain) {
  OldTown town("old-again");
  town.write_sheet("Sheet1", messy(), kMerges);
  town.enter(town.ask("petition"));
  const std::int64_t entries = town.entries();
  EXPECT_TRUE(town.enter(town.ask("petition")).starts_with("new 0, changed 0, unchanged 3, refused 2, left out 4"));
  // Another order of rows and columns says the same.
  Rows rows = messy();
  std::swap(rows[4], rows[6]);
  rows[4][5] = "西岭村";
  rows[6][5] = "东坑村";
  rows[5][5] = "东坑村";
  town.write_sheet("别的名字", rows, {"D3:E3"});
  EXPECT_TRUE(town.enter(town.ask("petition")).starts_with("new 0, changed 0, unchanged 3, refused 2"));
  EXPECT_EQ(town.entries(), entries);
}

TEST(OldLedger, TakesFromANewerFileWhatHasChangedAndLeavesTheRest) {
  OldTown town("old-newer");
  town.write_sheet("Sheet1", messy(), kMerges);
  town.enter(town.ask("petition"));
  // The town itself corrects a content, which the newer file still has as it was.
  rules::Change own;
  own.town = town.id();
  own.key = "own";
  own.actor = "s-clerk";
  own.kind = "petition";
  own.record = RecordId{2};
  own.asks = rules::Asks::correct;
  own.reason = "录错";
  own.signer = "s-head";
  own.acts.emplace_back();
  own.acts[0].values["content"] = std::string("反映工程款拖欠");
  const auto corrected = town.ledger().commit(own);
  ASSERT_TRUE(corrected);
  ASSERT_TRUE(std::holds_alternative<ledger::Receipt>(*corrected));

  Rows rows = messy();
  rows[5][4] = "13700000000";  // a telephone that was not there
  rows[6][10] = "已办结";      // and a case that has ended
  rows[6][11] = "2023.7.1";
  rows.insert(rows.begin() + 8, {"=7", "信访〔2023〕12号", "2023.6.9", "周某某", "", "东坑村", "来电", "反映其他",
                                 "其他", "1", "已办结", "2023.8.1"});
  town.write_sheet("Sheet1", rows, kMerges);
  const std::string said = town.enter(town.ask("petition"));
  EXPECT_TRUE(said.starts_with("new 1, changed 2, unchanged 1, refused 2, left out 4")) << said;
  EXPECT_NE(said.find("\n7 状态: 调查核实中 → 已办结"), std::string::npos) << said;
  EXPECT_NE(said.find("\n7 办结日: 不详 → 2023-07-01"), std::string::npos) << said;
  EXPECT_EQ(
      town.facts(2),
      R"(@closed #number=信访〔2023〕8号 channel="hotline" closed_on="2023-04-10" content="反映工程款拖欠" domain="labour" )"
      R"(group_size=1 petitioner={"name":"李某某","phone":"13700000000"} received_on="2023-03-08" village="v-1")");
  EXPECT_EQ(town.record(3).state, "closed");
  EXPECT_EQ(town.verified(), "");
  EXPECT_TRUE(town.enter(town.ask("petition")).starts_with("new 0, changed 0, unchanged 4"));
}

TEST(OldLedger, GoesOnWhereItWasStopped) {
  OldTown town("old-stopped");
  Rows rows{{"登记编号", "来访日期", "来访人", "反映内容", "办结日期"}};
  for (int i = 1; i <= 1200; ++i)
    rows.push_back({"信访〔2023〕" + std::to_string(i) + "号", "2023.3.5", "张某", "一", "2023.4.1"});
  town.write_sheet("信访", rows);
  const std::int64_t before = town.entries();
  auto old = OldLedger::open(town.ledger(), town.ask("petition"));
  ASSERT_TRUE(old);
  const auto stopped = (*old)->enter({}, [](std::int64_t, std::int64_t) { return false; });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(town.entries(), before + 500) << "a whole chunk";
  EXPECT_EQ(town.enter(town.ask("petition")), "new 700, changed 0, unchanged 500, refused 0, left out 0");
  EXPECT_EQ(town.entries(), before + 1200);
  EXPECT_EQ(town.verified(), "");
}

TEST(OldLedger, LeavesTheStateOfWhatIsWorkedOnHereToItsActs) {
  OldTown town("old-worked-on");
  rules::Change create;
  create.town = town.id();
  create.actor = "s-clerk";
  create.kind = "petition";
  create.acts.emplace_back();
  create.acts[0].action = "create";
  create.acts[0].values = {{"received_on", "2024-02-01"_date}, {"channel", std::string("visit")},
                           {"way_in", std::string("direct")},  {"content", std::string("一")},
                           {"domain", std::string("land")},    {"petitioner", Party{{"name", "张某"}}}};
  const auto made = town.ledger().commit(create);
  ASSERT_TRUE(made && std::holds_alternative<ledger::Receipt>(*made));
  rules::Change correct;
  correct.town = town.id();
  correct.actor = "s-clerk";
  correct.kind = "petition";
  correct.record = std::get<ledger::Receipt>(*made).record;
  correct.asks = rules::Asks::correct;
  correct.reason = "录错";
  correct.signer = "s-head";
  correct.state = "closed";
  correct.acts.emplace_back();
  correct.acts[0].values["content"] = std::string("二");
  const auto answer = town.ledger().commit(correct);
  ASSERT_TRUE(answer);
  const auto* refused = std::get_if<rules::Refusal>(&*answer);
  ASSERT_NE(refused, nullptr);
  EXPECT_EQ(refused->reasons.front().name, "state");
}

TEST(OldLedger, RefusesANumberThatStandsTwice) {
  OldTown town("old-twice");
  Rows rows = messy();
  rows[5][1] = rows[4][1];
  town.write_sheet("Sheet1", rows, kMerges);
  const std::string said = town.enter(town.ask("petition"));
  EXPECT_TRUE(said.starts_with("new 2")) << said;
  EXPECT_NE(said.find("\n6 编号和第5行的相同"), std::string::npos) << said;
}

TEST(OldLedger, TellsRowsWithoutANumberByWhoAndWhen) {
  OldTown town("old-unnumbered");
  const Rows rows{{"来访日期", "来访人", "反映内容", "办结日期"},
                  {"2023.3.5", "张某", "一", "2023.4.1"},
                  {"2023.3.5", "张某", "二", "2023.4.1"},
                  {"2023.3.6", "李某", "三", "2023.4.1"}};
  town.write_sheet("信访", rows);
  EXPECT_EQ(town.enter(town.ask("petition")), "new 3, changed 0, unchanged 0, refused 0, left out 0");
  Rows newer = rows;
  newer[3][2] = "三（补充）";
  town.write_sheet("信访", newer);
  EXPECT_EQ(town.enter(town.ask("petition")),
            "new 0, changed 1, unchanged 2, refused 0, left out 0\n4 信访请求: 三 → 三（补充）");
}

TEST(OldLedger, AsksForAStateWhereNoneCanBeTold) {
  OldTown town("old-state");
  town.write_sheet("信访", {{"来访日期", "来访人", "反映内容"}, {"2023.3.5", "张某", "一"}});
  EXPECT_NE(town.enter(town.ask("petition")).find("refused 1, left out 0\n2 看不出办到哪一步"), std::string::npos);
  OldLedgerAsk ask = town.ask("petition");
  ask.state = "closed";
  ask.constants = {{"unit", "信访办"}};
  EXPECT_EQ(town.enter(ask), "new 1, changed 0, unchanged 0, refused 0, left out 0");
  EXPECT_EQ(town.facts(1), R"(@closed content="一" petitioner={"name":"张某"} received_on="2023-03-05" unit="u-1")");
}

TEST(OldLedger, KeepsWhatWasMappedByHand) {
  OldTown town("old-kept");
  town.write_sheet("信访", {{"来访日期", "某甲", "反映内容", "办结日期"}, {"2023.3.5", "张某", "一", "2023.4.1"}});
  OldLedgerAsk ask = town.ask("petition");
  ask.columns = {{{"B", "petitioner.name"}, {"C", ""}}};
  EXPECT_EQ(town.columns(ask), "A=received_on(synonym) B=petitioner.name(given) C=(given) D=closed_on(name)");
  EXPECT_TRUE(town.enter(ask).starts_with("new 1"));
  EXPECT_EQ(town.columns(town.ask("petition")),
            "A=received_on(kept) B=petitioner.name(kept) C=(kept) D=closed_on(kept)");
}

TEST(OldLedger, LetsOnlyThoseInWhoRecordHistories) {
  OldTown town("old-who");
  town.write_sheet("Sheet1", messy(), kMerges);
  OldLedgerAsk ask = town.ask("petition");
  ask.actor = "s-clerk";
  EXPECT_EQ(town.preview(ask), "error: 李敏的岗位不能登记“信访事项”的历史事项");
  ask.actor = "nobody";
  EXPECT_NE(town.preview(ask).find("人员名册里没有“nobody”"), std::string::npos);
}

TEST(OldLedger, FillsTheRowsOfBothPartiesAndOfSeveralMediators) {
  OldTown town("old-mediation");
  town.write_sheet("调解", {{"案号", "受理时间", "申请人", "被申请人", "被申请人电话", "纠纷类型", "调解员",
                             "涉及金额（万元）", "调解结果", "归档日期"},
                            {"人调字〔2023〕第3号", "2023-03-05", "张某", "李某", "13800000000", "邻里纠纷",
                             "陈调解、林调解", "=1.2", "一次付清", "2023-04-01"}});
  EXPECT_EQ(town.enter(town.ask("mediation")), "new 1, changed 0, unchanged 0, refused 0, left out 0");
  EXPECT_EQ(
      town.facts(1),
      R"(@closed #case_no=人调字〔2023〕第3号 accepted_on="2023-03-05" amount=1200000 closed_on="2023-04-01" content="一次付清" )"
      R"(dispute_type="neighbour" mediators/1/who="s-med" mediators/2/who="s-med2" parties/1/side="applicant" )"
      R"(parties/1/who={"name":"张某"} parties/2/side="opposite" parties/2/who={"name":"李某","phone":"13800000000"})");
}

TEST(OldLedger, EntersTotalsWithoutCasesAsSummaries) {
  OldTown town("old-totals");
  town.write_sheet("2023年各村统计表", {{"村（社区）", "处理信访诉求", "人民调解"},
                                        {"东坑村", "=12", "8起"},
                                        {"西岭村", "=3", ""},
                                        {"合计", "=15", "=8"}});
  OldLedgerAsk ask = town.ask("");
  ask.summary = true;
  const std::string said = town.enter(ask);
  EXPECT_TRUE(said.starts_with("new 2") || said.starts_with("new 3")) << said << "\n" << town.columns(ask);
  const std::string first = town.facts(1);
  EXPECT_NE(first.find(R"(from_on="2023-01-01" until_on="2023-12-31")"), std::string::npos) << first;
  EXPECT_NE(first.find(R"(village="v-1")"), std::string::npos) << first;
  EXPECT_TRUE(town.enter(ask).starts_with("new 0, changed 0"));
  town.write_sheet("2023年各村统计表", {{"村（社区）", "处理信访诉求"}, {"东坑村", "=14"}, {"西岭村", "=3"}});
  const std::string newer = town.enter(ask);
  EXPECT_TRUE(newer.starts_with("new 0, changed 1, unchanged 1, refused 0")) << newer;
  EXPECT_EQ(town.verified(), "");
}

TEST(OldLedger, LooksLikeWhatItIs) {
  OldTown town("old-look");
  town.write_sheet("Sheet1", messy(), kMerges);
  const auto looks = look_at(town.ask("").file, "x.xlsx", *town.ledger().town(town.id()).value());
  ASSERT_TRUE(looks);
  ASSERT_EQ(looks->size(), 1u);
  EXPECT_EQ(looks->front().header_row, 3);
  EXPECT_EQ(looks->front().rows, 10);
  ASSERT_FALSE(looks->front().kinds.empty());
  EXPECT_EQ(looks->front().kinds.front().kind, "petition");
  EXPECT_EQ(looks->front().kinds.front().matched, 11);
}

TEST(OldTotals, ReadsPeriodsInTheirSpellings) {
  const auto text = [](std::string_view span, std::optional<int> year) {
    const auto read = read_span(span, year);
    return read ? read->from.text() + "/" + read->until.text() : std::string("?");
  };
  EXPECT_EQ(text("2023年", {}), "2023-01-01/2023-12-31");
  EXPECT_EQ(text("2023年度", {}), "2023-01-01/2023-12-31");
  EXPECT_EQ(text("2024年2月", {}), "2024-02-01/2024-02-29");
  EXPECT_EQ(text("三月", 2023), "2023-03-01/2023-03-31");
  EXPECT_EQ(text("12月", 2023), "2023-12-01/2023-12-31");
  EXPECT_EQ(text("第一季度", 2023), "2023-01-01/2023-03-31");
  EXPECT_EQ(text("2023年第四季度", {}), "2023-10-01/2023-12-31");
  EXPECT_EQ(text("上半年", 2023), "2023-01-01/2023-06-30");
  EXPECT_EQ(text("2023年下半年", {}), "2023-07-01/2023-12-31");
  EXPECT_EQ(text("三月", {}), "?");
  EXPECT_EQ(text("去年", 2023), "?");
}

}  // namespace
}  // namespace zs::report
