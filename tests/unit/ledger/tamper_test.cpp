// Whatever is changed behind the program's back, verify says so.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <set>

#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

using nlohmann::json;
using store::Blob;
using store::Cell;

const std::set<std::string> kKept{"town", "document", "series", "org", "staff", "setting"};

// A town in which every table but the stored nodes has rows: links, rows, papers, marks, a summary.
void fill(SmallTown& town) {
  town.enter("setting", "target", {{"value", "2"}});
  const Receipt first = town.create("2024-02-01"_date, {{"amount", "500.00"},
                                                        {"topic", "water"},
                                                        {"remark", "水管漏水"},
                                                        {"person", {{"name", "张某"}, {"phone", "13800001234"}}}});
  const json record = first.record.number;
  town.accepted({{"record", record},
                 {"acts", {{{"do", "visit"}, {"rows", {{"visits", {{{"held_on", "2024-02-20"}, {"people", 2}}}}}}}}}});
  town.accepted(
      {{"record", record}, {"acts", {{{"do", "decide"}, {"decider", "s-head"}, {"signed_paper", "签批件"}}}}});
  town.accepted(
      {{"record", record}, {"acts", {{{"do", "close"}, {"pass", {{"reason", "已协商"}, {"signer", "s-head"}}}}}}});
  town.create("2024-02-02"_date, {{"related", {"matter/1"}}});
  town.accepted(
      {{"kind", "summary"},
       {"way", "summary"},
       {"source", "统计表"},
       {"signer", "s-head"},
       {"acts",
        {{{"do", "create"},
          {"values",
           {{"figure", "visitors"}, {"value", 30}, {"from_on", "2024-01-01"}, {"until_on", "2024-02-29"}}}}}}});
  ASSERT_EQ(town.verified(), "");
}

// More than 256 entries: the tree has a stored node.
void fill_node(SmallTown& town) {
  std::vector<rules::Change> changes;
  for (int i = 0; i < 250; ++i)
    changes.push_back(
        town.change({{"acts", {{{"do", "create"}, {"values", {{"received_on", "2024-02-03"}, {"topic", "road"}}}}}}})
            .value());
  ASSERT_TRUE(town.ledger().commit_batch(changes));
  ASSERT_EQ(town.verified(), "");
}

// The cell with one bit changed; a number, with one added.
std::vector<Cell> tampered(const Cell& cell) {
  const auto flipped = [](std::string text, std::size_t at) {
    text[at] = static_cast<char>(text[at] ^ 1);
    return text;
  };
  std::vector<Cell> made;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) made.push_back(*number + 1);
  if (const auto* text = std::get_if<std::string>(&cell)) {
    if (text->empty()) return {std::string("x")};
    for (const std::size_t at : std::set<std::size_t>{0, text->size() / 2, text->size() - 1})
      made.emplace_back(flipped(*text, at));
    made.emplace_back(*text + " ");
  }
  if (const auto* blob = std::get_if<Blob>(&cell)) {
    if (blob->bytes.empty()) return {Blob{"x"}};
    for (const std::size_t at : std::set<std::size_t>{0, blob->bytes.size() / 2, blob->bytes.size() - 1})
      made.emplace_back(Blob{flipped(blob->bytes, at)});
    made.emplace_back(Blob{blob->bytes.substr(1)});
  }
  return made;
}

std::vector<std::string> names(SmallTown& town, const std::string& sql, const std::string& parameter) {
  std::vector<std::string> found;
  for (const auto& row : town.rows(sql, parameter.empty() ? std::vector<Cell>{} : std::vector<Cell>{parameter}))
    found.push_back(std::get<std::string>(row.front()));
  return found;
}

std::vector<std::string> columns_of(SmallTown& town, const std::string& table) {
  return names(town, "SELECT name FROM pragma_table_info(?1)", table);
}
std::vector<std::string> key_of(SmallTown& town, const std::string& table) {
  return names(town, "SELECT name FROM pragma_table_info(?1) WHERE pk>0 ORDER BY pk", table);
}

// Tampers with one column of some rows, one cell at a time, and puts it back; notes the columns where verify missed it.
void tamper(SmallTown& town, const std::string& table, const std::string& column, const std::string& which,
            std::vector<std::string>& unnoticed) {
  const std::vector<std::string> key = key_of(town, table);
  std::string listed = fmt::format("\"{}\"", column), where;
  std::int64_t parameter = 2;
  for (const std::string& part : key) {
    listed += fmt::format(",\"{}\"", part);
    where += fmt::format("{}\"{}\"=?{}", where.empty() ? "" : " AND ", part, parameter++);
  }
  for (const auto& row : town.rows(fmt::format("SELECT {} FROM \"{}\" {} LIMIT 2", listed, table, which))) {
    for (const Cell& changed : tampered(row.front())) {
      // A changed key names the row afterwards.
      const auto set = [&](const Cell& value, bool back) {
        std::vector<Cell> parameters{value};
        for (std::size_t i = 0; i < key.size(); ++i)
          parameters.push_back(back && key[i] == column ? changed : row[i + 1]);
        town.run_sql(fmt::format("UPDATE \"{}\" SET \"{}\"=?1 WHERE {}", table, column, where), parameters);
      };
      set(changed, false);
      // The writer keeps the town in memory while nobody else writes: what it was made from is read again.
      if (kKept.contains(table)) town.reopen();
      if (town.verified().empty()) unnoticed.push_back(table + "." + column);
      set(row.front(), true);
      if (kKept.contains(table)) town.reopen();
    }
  }
}

class Tamper : public testing::Test {
 protected:
  Tamper() : town_("tamper") {}
  void SetUp() override { fill(town_); }
  void TearDown() override {
    town_.reopen();
    EXPECT_EQ(town_.verified(), "") << "what was changed was put back";
  }
  SmallTown town_;
};

TEST_F(Tamper, IsSeenInEachColumnOfTheJournal) {
  std::vector<std::string> unnoticed;
  // `n` cannot become another entry's: the key forbids it; a missing entry is looked for below.
  for (const char* column : {"record", "at", "actor", "header", "body", "leaf"}) {
    for (const char* which : {"ORDER BY n", "WHERE record=1 ORDER BY n", "ORDER BY n DESC"})
      tamper(town_, "journal", column, which, unnoticed);
  }
  EXPECT_EQ(fmt::format("{}", fmt::join(unnoticed, " ")), "");
}

TEST_F(Tamper, IsSeenInEveryColumnOfEveryOtherTable) {
  // What no entry holds: the town's name as it was set up; documents are named by their own digest. A record's number
  // cannot become another's: the key forbids it.
  const std::set<std::string> kNotInTheJournal{"town.name",      "town.character", "town.division",
                                               "town.salt_seed", "document.kind",  "record.id"};
  std::vector<std::string> unnoticed;
  for (const std::string& table : names(town_,
                                        "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE "
                                        "'sqlite_%' AND name NOT LIKE 'record_text%' AND name<>'journal' ORDER BY name",
                                        "")) {
    // Accounts, files and the key of people's numbers are not of the journal, and the audit log has a chain of its own
    // (people_test). The index of words has no contents of its own: what it is made from stands in `record`. What an
    // import remembers of its sheets is no evidence: without it a sheet is new again, and its numbers are taken. What
    // people arrange at the desk becomes evidence only where it ends in an entry.
    const std::set<std::string> kAside{"node",          "account",     "audit",         "file",
                                       "secret",        "import_row",  "import_column", "handover",
                                       "handover_line", "field_draft", "notice",        "told",
                                       "report_chapter"};
    if (kAside.contains(table)) continue;
    ASSERT_GT(town_.number(fmt::format("SELECT COUNT(*) FROM \"{}\"", table)), 0) << table << " is empty: fill it";
    for (const std::string& column : columns_of(town_, table)) {
      if (kNotInTheJournal.contains(table + "." + column) || column == "town") continue;
      tamper(town_, table, column, "", unnoticed);
    }
  }
  EXPECT_EQ(fmt::format("{}", fmt::join(std::set<std::string>(unnoticed.begin(), unnoticed.end()), " ")), "");
}

TEST_F(Tamper, IsSeenInTheStoredNodesOfTheTree) {
  fill_node(town_);
  std::vector<std::string> unnoticed;
  ASSERT_GT(town_.number("SELECT COUNT(*) FROM node"), 0);
  for (const std::string& column : columns_of(town_, "node")) tamper(town_, "node", column, "", unnoticed);
  EXPECT_EQ(fmt::format("{}", fmt::join(unnoticed, " ")), "");
}

TEST_F(Tamper, IsSeenWhenARowIsTakenAwayOrAdded) {
  for (const std::string& table :
       names(town_,
             "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE "
             "'sqlite_%' AND name NOT LIKE 'record_text%' AND name NOT IN "
             "('town','document','node','account','audit','file','secret','import_row','import_column','handover',"
             "'handover_line','field_draft','notice','told','report_chapter') ORDER BY name",
             "")) {
    const auto columns = columns_of(town_, table);
    const std::string list = fmt::format("\"{}\"", fmt::join(columns, "\",\""));
    const std::vector<std::string> key = key_of(town_, table);
    const auto row = town_.rows(fmt::format("SELECT {} FROM \"{}\" LIMIT 1", list, table)).front();
    std::string where;
    std::vector<Cell> named;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (std::find(key.begin(), key.end(), columns[i]) == key.end()) continue;
      named.push_back(row[i]);
      where += fmt::format("{}\"{}\"=?{}", where.empty() ? "" : " AND ", columns[i], named.size());
    }
    town_.run_sql(fmt::format("DELETE FROM \"{}\" WHERE {}", table, where), named);
    if (kKept.contains(table)) town_.reopen();
    EXPECT_NE(town_.verified(), "") << table;
    std::string places;
    for (std::size_t i = 0; i < columns.size(); ++i) places += fmt::format("{}?{}", i == 0 ? "" : ",", i + 1);
    town_.run_sql(fmt::format("INSERT INTO \"{}\"({}) VALUES({})", table, list, places), row);
    if (kKept.contains(table)) town_.reopen();
  }
}

}  // namespace
}  // namespace zs::ledger
