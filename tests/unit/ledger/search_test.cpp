#include <gtest/gtest.h>

#include <fstream>

#include "ledger/attachments.h"
#include "ledger/listing.h"
#include "ledger/reading.h"
#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

// The small rulebook with free words for a title.
rulebook::Files titled_by_remark() {
  rulebook::Files files = small_rulebook();
  const auto change = [](std::string& text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    if (at != std::string::npos) text.replace(at, from.size(), to);
  };
  files["roles.yaml"] +=
      "keeper: {label: 系统管理员, manages: yes, reads: {}}\ngiver: {label: 安全管理员, grants: yes, reads: {}}\n"
      "watcher: {label: 审计员, audits: yes, reads: {}, never_with: [clerk]}\n";
  for (auto& [name, text] : files) {
    change(text, "title: [topic]", "title: [remark]");
    change(text, "remark: {label: 备注, type: note}", "remark: {label: 备注, type: text}");
  }
  return files;
}

class Search : public testing::Test {
 protected:
  Search() : town_("search", titled_by_remark()) {
    first_ = town_
                 .create("2024-03-01"_date,
                         {{"remark", "河边路灯不亮"}, {"person", {{"name", "王建国"}, {"phone", "138-0000 1234"}}}})
                 .record;
    second_ =
        town_.create("2024-03-01"_date, {{"remark", "梅河小学门口积水"}, {"person", {{"name", "李秀英"}}}}).record;
  }
  std::vector<std::int64_t> found(const std::string& words) {
    auto lease = town_.ledger().database().reader().value();
    const Town& town = town_.town();
    std::vector<std::int64_t> ids;
    for (const ListRow& row : search_records(*lease, town, town.staff.at("s-clerk"), words, town_.today(), 20).value())
      ids.push_back(row.id.number);
    return ids;
  }
  using Ids = std::vector<std::int64_t>;
  SmallTown town_;
  RecordId first_, second_;
};

TEST_F(Search, FindsByAnyPartOfATitleTheNewestFirst) {
  EXPECT_EQ(found("路灯"), Ids{first_.number});
  EXPECT_EQ(found("门口积水"), Ids{second_.number});
  EXPECT_EQ(found("河"), (Ids{second_.number, first_.number}));
  EXPECT_EQ(found("小学 积水"), Ids{second_.number});
  EXPECT_EQ(found("小学 路灯"), Ids{});
  EXPECT_EQ(found("河小"), Ids{second_.number});
}

TEST_F(Search, FindsBySound) {
  EXPECT_EQ(found("ld"), Ids{first_.number});
  EXPECT_EQ(found("ludeng"), Ids{first_.number});
  EXPECT_EQ(found("jishui"), Ids{second_.number});
}

TEST_F(Search, ForgetsWhatARecordNoLongerSays) {
  town_.accepted({{"kind", "matter"},
                  {"record", first_.number},
                  {"asks", "correct"},
                  {"reason", "写错了"},
                  {"signer", "s-clerk"},
                  {"acts", {{{"values", {{"remark", "桥下垃圾"}}}}}}});
  EXPECT_EQ(found("路灯"), Ids{});
  EXPECT_EQ(found("ludeng"), Ids{});
  EXPECT_EQ(found("垃圾"), Ids{first_.number});
  town_.accepted({{"kind", "matter"},
                  {"record", first_.number},
                  {"asks", "void"},
                  {"reason", "重复"},
                  {"signer", "s-clerk"},
                  {"acts", {{{"values", nlohmann::json::object()}}}}});
  EXPECT_EQ(found("垃圾"), Ids{});
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Search, IsTheSameAfterARebuild) {
  ASSERT_TRUE(town_.ledger().rebuild(town_.id()));
  EXPECT_EQ(found("河"), (Ids{second_.number, first_.number}));
  EXPECT_EQ(found("ludeng"), Ids{first_.number});
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Search, TakesNothingThatIsTypedForALanguage) {
  for (const char* query :
       {"\"", "*", "a OR b", "NEAR(", "scope : x", "words:路灯", "-", "'; DROP TABLE record; --", "\xff\xfe", "河\""})
    found(query);
  EXPECT_EQ(found("路灯 OR 小学"), Ids{});
}

TEST_F(Search, KeepsPeoplesNumbersAsDigestsOnly) {
  ASSERT_EQ(town_.number("SELECT COUNT(*) FROM person"), 1);
  EXPECT_EQ(town_.number("SELECT COUNT(*) FROM record WHERE names LIKE '%138%' OR words LIKE '%138%'"), 0);
}

TEST_F(Search, OfAFileOfTheFirstVersionIsMadeByOpeningIt) {
  for (const char* sql :
       {"DROP INDEX record_newest", "DROP INDEX record_urgent", "DROP TABLE record_text", "DROP TABLE person",
        "DROP TABLE secret", "DROP TABLE file", "ALTER TABLE record DROP COLUMN due",
        "ALTER TABLE record DROP COLUMN names", "ALTER TABLE record DROP COLUMN sounds",
        "CREATE INDEX record_kind ON record(town, kind, id)", "PRAGMA user_version=1"})
    town_.run_sql(sql);
  town_.reopen();
  EXPECT_EQ(town_.number("PRAGMA user_version"), store::kSchemaVersion);
  EXPECT_EQ(found("ludeng"), Ids{first_.number});
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Search, APageOfALedgerFollowsTheOneBefore) {
  for (int i = 0; i < 7; ++i) town_.create("2024-03-01"_date);
  auto lease = town_.ledger().database().reader().value();
  const Town& town = town_.town();
  for (const auto sort : {ListAsk::Sort::due, ListAsk::Sort::newest}) {
    ListAsk ask;
    ask.kind = "matter";
    ask.sort = sort;
    ask.limit = 4;
    std::set<std::int64_t> seen;
    std::size_t pages = 0;
    do {
      const ListPage page = list_records(*lease, town, town.staff.at("s-clerk"), ask, town_.today()).value();
      for (const ListRow& row : page.rows) EXPECT_TRUE(seen.insert(row.id.number).second) << row.id.number;
      ask.after = page.next;
      ++pages;
    } while (!ask.after.empty() && pages < 9);
    EXPECT_EQ(seen.size(), 9u);
    EXPECT_EQ(pages, 3u);
  }
}

TEST_F(Search, WhatIsKeptForReadingIsMadeAnewOnceTheTownMovesOn) {
  Reading reading(town_.ledger());
  const TownPtr town = town_.ledger().snapshot(town_.id()).value();
  const auto before = reading.page(town, first_, town_.today()).value();
  EXPECT_EQ(reading.page(town, first_, town_.today()).value(), before) << "the same page, not another";
  town_.accepted({{"kind", "matter"},
                  {"record", first_.number},
                  {"asks", "edit"},
                  {"acts", {{{"values", {{"archive_no", "档1"}}}}}}});
  const auto after = reading.page(town, first_, town_.today()).value();
  EXPECT_NE(after, before);
  EXPECT_EQ(after->view.record.version, before->view.record.version + 1);
  EXPECT_NE(reading.page(town, first_, town_.today() + 1).value(), after) << "another day, another badge";
}

TEST_F(Search, FilesAreKeptOnceAndTakenOnlyIfTheyArePapers) {
  Attachments files(town_.ledger(), town_.folder());
  const auto put = [&](const std::string& name, const std::string& content) {
    const auto path = files.spool().value() / "incoming";
    std::ofstream(path, std::ios::binary) << content;
    return files.take(town_.id(), path, name, "clerk");
  };
  const auto first = put("笔录.pdf", "%PDF-1.4\n1 0 obj<<>>endobj\n");
  ASSERT_TRUE(first) << first.error().text.en;
  EXPECT_EQ(first->type, "application/pdf");
  EXPECT_EQ(put("别名.pdf", "%PDF-1.4\n1 0 obj<<>>endobj\n")->name, "笔录.pdf");
  EXPECT_TRUE(files.find(first->digest));
  EXPECT_FALSE(files.find("../../etc/passwd"));
  EXPECT_FALSE(files.find(std::string(64, 'f')));
  const auto program = put("a.pdf", std::string("\x7f"
                                                "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0",
                                                20) +
                                        std::string(100, '\0'));
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().kind, ErrorKind::unsupported);
}

TEST_F(Search, NobodyHoldsPostsThatExcludeEachOther) {
  const auto enter = [&](const std::string& posts) {
    return town_.ledger()
        .enter({town_.id(), "staff", "s-x", {{"name", "x"}, {"posts", posts}}, "s-clerk", {}})
        .has_value();
  };
  EXPECT_TRUE(enter("clerk keeper"));
  EXPECT_FALSE(enter("keeper giver")) << "two of the three administrators";
  EXPECT_FALSE(enter("keeper watcher"));
  EXPECT_FALSE(enter("watcher clerk")) << "a post names what it is never held with";
  EXPECT_TRUE(enter("watcher"));
}

}  // namespace
}  // namespace zs::ledger
