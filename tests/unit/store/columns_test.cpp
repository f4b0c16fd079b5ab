#include "store/columns.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace zs::store {
namespace {

namespace fs = std::filesystem;
using rulebook::Guard;
using rulebook::Type;

rulebook::Field field(std::string key, Type type, Guard guard = Guard::internal) {
  rulebook::Field made;
  made.key = std::move(key);
  made.type = type;
  made.guard = guard;
  return made;
}

rulebook::Kind kind() {
  rulebook::Kind made;
  made.key = "matter";
  made.label = "事项";
  made.fields = {field("joint", Type::flag),
                 field("people", Type::count),
                 field("fee", Type::money),
                 field("received_on", Type::date),
                 field("heard_at", Type::moment),
                 field("subject", Type::text),
                 field("channel", Type::choice),
                 field("cause", Type::link),
                 field("related", Type::links),
                 field("topics", Type::choices),
                 field("papers_kept", Type::files),
                 field("office", Type::party, Guard::open),
                 field("person", Type::party, Guard::personal),
                 field("story", Type::note, Guard::sensitive),
                 field("born_on", Type::date, Guard::secret),
                 field("visits", Type::rows),
                 field("days", Type::count)};
  made.fields.back().computed = std::make_shared<rulebook::Computed>();
  made.fields[15].columns = {field("on", Type::date), field("said", Type::note, Guard::personal),
                             field("seen", Type::flag)};
  return made;
}

FieldValues all_fields() {
  return {{"joint", false},
          {"people", std::int64_t{0}},
          {"fee", std::int64_t{-50}},
          {"received_on", Date(1969, 12, 31)},
          {"heard_at", *parse_moment("2024-03-03T15:30")},
          {"subject", std::string("路灯\n\"不亮\"")},
          {"channel", Unknown{}},
          {"cause", Link{"matter", RecordId{7}}},
          {"related", std::vector<Link>{{"matter", RecordId{8}}}},
          {"topics", std::vector<std::string>{"b", "a"}},
          {"papers_kept", std::vector<std::string>{}},
          {"office", Party{{"name", "水务所"}}},
          {"person", Party{{"name", "张三"}}},
          {"story", std::string(30'000, 'x')},
          {"born_on", Unknown{}},
          {"unit", std::string("judicial")},
          {"archive_no", std::string("A-1")}};
}

RowValues all_rows() {
  return {{"visits", {{2, {{"on", Date(2024, 3, 1)}, {"seen", true}}}, {10, {{"said", Unknown{}}}}, {11, {}}}},
          {"papers", {{1, {{"form", std::string("notice")}, {"day", Date(2024, 3, 2)}}}}}};
}

class Columns : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("zs-columns-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    database_ = Database::open(folder_ / "town.db", Mode::create).value();
  }
  void TearDown() override {
    database_.reset();
    fs::remove_all(folder_);
  }

  void write(const std::string& sql, std::vector<Cell> parameters = {}) {
    WriteBatch batch;
    batch.add(sql, std::move(parameters));
    const auto written = database_->writer().write(batch);
    if (!written) ADD_FAILURE() << sql << ": " << written.error().text.en;
  }

  void save(const KindTable& table, RecordId id, const FieldValues& fields, const RowValues& rows) {
    write(table.upsert_sql, cells_of(table, TownId{1}, id, fields, rows));
  }

  ResultRow row(const KindTable& table, RecordId id) {
    return database_->writer().read(table.select_sql, {std::int64_t{1}, id.number}).value().at(0);
  }

  std::vector<std::string> names_in(const std::string& table) {
    std::vector<std::string> names;
    for (const ResultRow& each : database_->writer().read("SELECT name FROM pragma_table_info(?1)", {table}).value()) {
      names.push_back(std::get<std::string>(each[0]));
    }
    return names;
  }

  fs::path folder_;
  std::unique_ptr<Database> database_;
};

TEST_F(Columns, GiveBackAllValuesOfARecord) {
  const rulebook::Kind rules = kind();
  const KindTable table = table_of(rules);
  write(table.create_sql);
  save(table, RecordId{12}, {{"subject", std::string("old")}}, {});
  save(table, RecordId{12}, all_fields(), all_rows());
  FieldValues fields;
  RowValues rows;
  const auto read = fields_of(rules, table, row(table, RecordId{12}), fields, rows);
  ASSERT_TRUE(read) << read.error().text.en;
  EXPECT_EQ(fields, all_fields());
  EXPECT_EQ(rows, all_rows());
}

TEST_F(Columns, AreEmptyForARecordWithoutValues) {
  const rulebook::Kind rules = kind();
  const KindTable table = table_of(rules);
  write(table.create_sql);
  save(table, RecordId{12}, all_fields(), all_rows());
  save(table, RecordId{12}, {}, {});
  for (const Cell& cell : row(table, RecordId{12})) EXPECT_EQ(cell, Cell());
  FieldValues fields = all_fields();
  RowValues rows = all_rows();
  ASSERT_TRUE(fields_of(rules, table, row(table, RecordId{12}), fields, rows));
  EXPECT_TRUE(fields.empty());
  EXPECT_TRUE(rows.empty());
}

TEST_F(Columns, KeepGuardedFieldsInSealedAloneAndComputedOnesNowhere) {
  const KindTable table = table_of(kind());
  for (const char* guarded : {"person", "story", "born_on", "days", "visits"}) {
    EXPECT_EQ(table.create_sql.find("f_" + std::string(guarded)), std::string::npos) << guarded;
  }
  const auto cells =
      cells_of(table, TownId{1}, RecordId{12}, {{"person", Party{{"name", "张三"}}}, {"born_on", Unknown{}}}, {});
  EXPECT_EQ(cells.at(cells.size() - 2), Cell(std::string(R"({"born_on":{"unknown":true},"person":{"name":"张三"}})")));
  EXPECT_EQ(cells.back(), Cell());
}

TEST_F(Columns, WriteRowsAndUnknownsAsTheHeaderSays) {
  const KindTable table = table_of(kind());
  const auto cells = cells_of(table, TownId{1}, RecordId{12}, {{"channel", Unknown{}}, {"fee", Unknown{}}},
                              {{"visits", {{3, {{"on", Date(2024, 3, 1)}}}}}});
  EXPECT_EQ(cells.at(cells.size() - 3), Cell(std::string(R"({"visits":{"3":{"on":"2024-03-01"}}})")));
  EXPECT_EQ(cells.back(), Cell(std::string(R"(["channel","fee"])")));
}

TEST_F(Columns, OnlyGrow) {
  rulebook::Kind rules = kind();
  const KindTable before = table_of(rules);
  EXPECT_EQ(migrations(before, {}), std::vector<std::string>{before.create_sql});
  write(before.create_sql);
  EXPECT_TRUE(migrations(before, names_in("k_matter")).empty());
  save(before, RecordId{12}, all_fields(), all_rows());

  rules.fields.push_back(field("added_on", Type::date));
  rules.fields.erase(rules.fields.begin());  // a column that the rulebook no longer has stays
  const KindTable after = table_of(rules);
  EXPECT_EQ(migrations(after, names_in("k_matter")),
            std::vector<std::string>{R"(ALTER TABLE "k_matter" ADD COLUMN "f_added_on" INTEGER)"});
  for (const std::string& sql : migrations(after, names_in("k_matter"))) write(sql);
  FieldValues fields;
  RowValues rows;
  ASSERT_TRUE(fields_of(rules, after, row(after, RecordId{12}), fields, rows));
  FieldValues expected = all_fields();
  expected.erase("joint");
  EXPECT_EQ(fields, expected);
}

TEST_F(Columns, SayWhichCellIsDamaged) {
  const rulebook::Kind rules = kind();
  const KindTable table = table_of(rules);
  FieldValues fields;
  RowValues rows;
  const ResultRow good(table.columns.size() + 3);
  ASSERT_TRUE(fields_of(rules, table, good, fields, rows));
  const auto fault = [&](std::size_t index, Cell cell) {
    ResultRow bad = good;
    bad.at(index) = std::move(cell);
    const auto read = fields_of(rules, table, bad, fields, rows);
    EXPECT_FALSE(read);
    return read ? std::string() : read.error().text.en;
  };
  const auto index_of = [&table](std::string_view key) {
    const auto found =
        std::find_if(table.columns.begin(), table.columns.end(), [key](const auto& c) { return c.key == key; });
    return static_cast<std::size_t>(found - table.columns.begin());
  };
  EXPECT_NE(fault(index_of("joint"), std::int64_t{2}).find("\"joint\" of the kind \"matter\""), std::string::npos);
  EXPECT_NE(fault(index_of("received_on"), std::int64_t{1} << 40).find("received_on"), std::string::npos);
  EXPECT_NE(fault(index_of("topics"), std::string("[")).find("topics"), std::string::npos);
  EXPECT_NE(fault(index_of("cause"), std::string("matter")).find("cause"), std::string::npos);
  EXPECT_NE(fault(good.size() - 3, std::string(R"({"visits":{"x":{}}})")).find("rows"), std::string::npos);
  EXPECT_NE(fault(good.size() - 2, std::string(R"({"born_on":"1980"})")).find("sealed"), std::string::npos);
  EXPECT_NE(fault(good.size() - 1, std::string("{}")).find("unknowns"), std::string::npos);
}

}  // namespace
}  // namespace zs::store
