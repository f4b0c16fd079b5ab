// Headers as sheets have them, matched to the whole rulebook.
#include "paper/columns_match.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "paper/cell_value.h"

namespace zs::paper {
namespace {

const rulebook::Rulebook& book() {
  static const auto kBook = rulebook::load_sound(rulebook::read_files(ZS_SOURCE_DIR "/rulebook").value()).value();
  return *kBook;
}

Directory directory() {
  Directory made;
  made.add_person("s-1", "李敏");
  made.add_person("s-2", "王强");
  made.add_person("s-3", "王强");
  made.add_org("v-1", "东坑村", true);
  made.add_org("v-2", "西岭社区", true);
  made.add_org("u-1", "综合行政执法办公室", false);
  return made;
}

SheetHead head_of(const std::vector<std::vector<std::string>>& rows) {
  SheetHead head;
  head.info.name = "表";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SheetRow row;
    row.number = static_cast<int>(i) + 1;
    for (std::size_t c = 0; c < rows[i].size(); ++c) {
      SheetCell cell;
      cell.column = static_cast<int>(c) + 1;
      cell.text = rows[i][c];
      if (!cell.text.empty()) row.cells.push_back(cell);
    }
    head.rows.push_back(std::move(row));
  }
  return head;
}

std::string matched(const std::string& kind, const std::vector<std::vector<std::string>>& rows,
                    const KeptColumns& kept = {}) {
  const Directory people = directory();
  const SheetMatch match = Matcher(book(), *book().find_kind(kind), people).match(head_of(rows), {}, kept);
  std::string all = std::to_string(match.header_row);
  for (const ColumnMatch& column : match.columns)
    all += fmt::format(" {}:{}", column.path.empty() ? "-" : column.path, name_of(column.how));
  return all;
}

struct Sheet {
  const char* kind;
  std::vector<std::string> headers;
  const char* matched;
};

TEST(Matcher, KnowsTheHeadersOfRealSheets) {
  const std::vector<Sheet> sheets{
      {"hotline",
       {"工单编号", "派单时间", "来电人", "联系电话", "工单类型", "诉求内容", "承办单位", "答复内容", "答复时间",
        "是否满意"},
       "1 ticket_no:synonym received_on:name caller.name:synonym caller.phone:synonym ticket_type:synonym "
       "content:synonym unit:synonym reply:synonym "
       "replied_on:name satisfied:synonym"},
      {"litigation",
       {"案件名称", "案由", "原告", "审理法院", "收案日期", "诉讼地位", "裁判结果", "结案日期"},
       "1 -:none cause:name plaintiff.name:name court_name:synonym sued_on:synonym capacity:synonym result:synonym "
       "closed_on:name"},
      {"foi_request",
       {"申请编号", "申请人", "联系方式", "申请日期", "申请公开内容", "申请方式", "答复日期", "答复类型"},
       "1 number:synonym applicant.name:name applicant.phone:synonym submitted_on:synonym info_name:synonym "
       "submit_way:synonym answered_on:synonym answer_type:name"},
      {"penalty",
       {"案号", "当事人", "身份证号", "案由", "立案日期", "处罚决定书文号", "处罚决定日期", "罚款金额（元）",
        "结案日期"},
       "1 case_no:synonym offender.name:name offender.id_no:synonym cause:name filed_on:name decision_no:synonym "
       "decided_on:synonym "
       "penalties.fine.amount:synonym closed_on:name"},
      {"pufa_activity",
       {"活动时间", "活动主题", "活动地点", "活动形式", "牵头单位", "参加人数", "发放资料（份）", "条幅"},
       "1 held_on:synonym topic:synonym held_at:synonym ways:synonym lead_unit:name audience:synonym materials:synonym "
       "banners:synonym"},
      {"mingbairen",
       {"村别", "姓名", "身份证号码", "联系电话", "人员类别", "证书编号", "发证日期"},
       "1 village:synonym person.name:name person.id_no:synonym person.phone:synonym identity:synonym cert_no:synonym "
       "certified_on:synonym"},
      {"collective_study",
       {"学习时间", "学习主题", "学习形式", "授课人", "参加人数", "学时"},
       "1 held_on:synonym topic:synonym study_form:synonym lecturer:synonym signed_count:synonym lesson_hours:name"},
      {"training",
       {"培训时间", "培训内容", "授课老师", "参训人数"},
       "1 held_on:synonym topic:name instructor:synonym signed_count:synonym"},
      {"legal_service",
       {"咨询日期", "咨询人", "联系电话", "咨询类型", "解答情况", "值班律师"},
       "1 served_on:synonym client.name:synonym client.phone:synonym category:synonym advice:synonym provider:synonym"},
  };
  for (const Sheet& sheet : sheets) EXPECT_EQ(matched(sheet.kind, {sheet.headers}), sheet.matched) << sheet.kind;
}

TEST(Matcher, FindsTheHeaderBelowTitlesAndTellsGroupsApart) {
  EXPECT_EQ(matched("mediation", {{"某镇人民调解案件登记表"},
                                  {"2023年"},
                                  {"受理日期", "申请人", "申请人", "被申请人", "被申请人", "纠纷类型"},
                                  {"受理日期", "姓名", "联系电话", "姓名", "联系电话", "纠纷类型"},
                                  {"2023.1.1", "张", "138", "李", "139", "邻里"}}),
            "3 accepted_on:name parties.applicant.who.name:name parties.applicant.who.phone:synonym "
            "parties.opposite.who.name:synonym "
            "parties.opposite.who.phone:synonym dispute_type:name");
}

TEST(Matcher, LooksAtTheContentWhereNoNameTells) {
  EXPECT_EQ(matched("petition",
                    {{"来访日期", "甲", "乙", "丙", "丁", "戊", "己"},
                     {"2023.1.1", "441521199001010011", "13800000000", "东坑村", "李敏", "来信", "综合行政执法办"},
                     {"2023.1.2", "44152119900101002X", "13900000000", "西岭", "李敏", "来访", "综合行政执法办公室"}}),
            "1 received_on:synonym petitioner.id_no:content petitioner.phone:content village:content handler:content "
            "channel:content unit:content");
}

TEST(Matcher, KnowsColumnsWithoutAHeaderByTheirContent) {
  EXPECT_EQ(matched("petition", {{"来访日期", ""}, {"2023.1.1", "13800000000"}, {"2023.1.2", "13900000000", "x"}}),
            "1 received_on:synonym petitioner.phone:content -:none");
}

TEST(Matcher, PrefersWhatWasKept) {
  EXPECT_EQ(matched("petition", {{"来访日期", "来访人", "日期"}}, {{"日期", "closed_on"}, {"来访人", ""}}),
            "1 received_on:synonym -:kept closed_on:kept");
  EXPECT_EQ(matched("petition", {{"来访日期", "来访人"}}, {{"来访人", "a_field_that_was"}}),
            "1 received_on:synonym petitioner.name:synonym")
      << "a mapping to what is no more is forgotten";
}

TEST(Matcher, TellsTotalsAndFootersFromData) {
  const auto sort = [](const std::vector<std::string>& cells) {
    return sort_of(head_of({cells}).rows.front(),
                   {{1, "序号", "", How::none, {}}, {2, "来访人 姓名", "", How::none, {}}});
  };
  EXPECT_EQ(sort({"合计", "", "12"}), RowSort::total);
  EXPECT_EQ(sort({"合 计：", "3"}), RowSort::total);
  EXPECT_EQ(sort({"填表人：张某", "审核人：李某"}), RowSort::footer);
  EXPECT_EQ(sort({"注：以上数据截至年底"}), RowSort::footer);
  EXPECT_EQ(sort({"序号", "姓名"}), RowSort::header_again);
  EXPECT_EQ(sort({"1", "张某"}), RowSort::data);
  EXPECT_EQ(sort({"合计村", "张某"}), RowSort::total) << "a village of that name would have to stand behind its number";
}

TEST(Directory, FindsOrgsWithoutWhatPeopleLeaveOut) {
  const Directory people = directory();
  const auto only = [&](std::string_view name) {
    const auto found = people.orgs(name);
    return found.size() == 1 ? found.front() : std::to_string(found.size());
  };
  for (const char* name : {"东坑村", "东坑", "东坑村委会", "东坑村民委员会", "某镇东坑村", "某镇 东坑村", "v-1"})
    EXPECT_EQ(only(name), "v-1") << name;
  EXPECT_EQ(only("西岭"), "v-2");
  EXPECT_EQ(only("执法办"), "0");
  EXPECT_EQ(people.people("王强").size(), 2u);
  EXPECT_EQ(people.people("李 敏").size(), 1u);
}

// Every slot of every kind reads any text to a value or to what is wrong, and never to both.
TEST(CellReader, ReadsAnythingIntoAnySlot) {
  const Directory people = directory();
  std::vector<CellReader> readers;
  std::vector<std::vector<rulebook::Slot>> slots;
  slots.reserve(book().kinds.size());
  for (const rulebook::Kind& kind : book().kinds) {
    slots.push_back(rulebook::slots_of(kind));
    for (const rulebook::Slot& slot : slots.back())
      readers.emplace_back(book(), kind, slot, people, "金额（万元）", 2023);
  }
  ASSERT_GT(readers.size(), 500u);
  EXPECT_TRUE(rc::check([&] {
    SheetCell cell;
    cell.text = *rc::gen::oneOf(rc::gen::string<std::string>(),
                                rc::gen::elementOf(std::vector<std::string>{"无", "不详", "2023.3.5", "张三、李四",
                                                                            "东坑", "1.2万", "√", "\xFF\xFE"}));
    cell.sort = *rc::gen::element(SheetCell::Sort::text, SheetCell::Sort::number, SheetCell::Sort::flag,
                                  SheetCell::Sort::fault);
    const CellReader& reader = readers[*rc::gen::inRange<std::size_t>(0, readers.size())];
    const auto read = reader.read(cell);
    if (const auto* wrong = std::get_if<Text>(&read)) RC_ASSERT(!wrong->zh.empty());
  }));
}

}  // namespace
}  // namespace zs::paper
