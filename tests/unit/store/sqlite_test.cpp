#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "store/database.h"

namespace zs::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMakeTableSql =
    "CREATE TABLE t (town INTEGER, key INTEGER, text TEXT, bytes BLOB, PRIMARY KEY (town, key)) STRICT";
constexpr std::string_view kAddSql = "INSERT INTO t VALUES (1, ?1, ?2, ?3)";
constexpr std::string_view kAllSql = "SELECT key, text, bytes FROM t WHERE town = 1 ORDER BY key";
constexpr std::string_view kCountSql = "SELECT count(*) FROM t";

class Sqlite : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("zs-sqlite-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    file_ = folder_ / "town.db";
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<Database> open(Mode mode, OpenOptions options = {}) {
    auto opened = Database::open(file_, mode, options);
    if (!opened) ADD_FAILURE() << opened.error().text.en;
    return opened ? *std::move(opened) : nullptr;
  }

  std::unique_ptr<Database> with_table(OpenOptions options = {}) {
    auto database = open(Mode::create, options);
    WriteBatch batch;
    batch.add(kMakeTableSql, {});
    EXPECT_TRUE(database->writer().write(batch));
    return database;
  }

  // The error of an opening that must fail.
  Error refusal(Mode mode) {
    const auto opened = Database::open(file_, mode);
    if (!opened) return opened.error();
    ADD_FAILURE() << "the file was opened";
    return {};
  }

  static std::int64_t count(Session& session) {
    return std::get<std::int64_t>(session.read(kCountSql, {}).value()[0][0]);
  }

  fs::path folder_;
  fs::path file_;
};

WriteBatch rows(std::int64_t from, std::int64_t to, std::size_t text_size = 8) {
  WriteBatch batch;
  for (std::int64_t key = from; key < to; ++key) batch.add(kAddSql, {key, std::string(text_size, 'x'), Blob{"b"}});
  return batch;
}

void expect_names_file(const Error& error, const fs::path& file) {
  EXPECT_NE(error.text.zh.find(file.string()), std::string::npos) << error.text.zh;
  EXPECT_NE(error.text.en.find(file.string()), std::string::npos) << error.text.en;
}

TEST_F(Sqlite, GivesBackTextsAndBytesWithNulInsideAndNumbersAtTheirBounds) {
  const auto database = with_table();
  const std::string text{"信\0访", 7};
  const Blob bytes{std::string{"\0\xff\0", 3}};
  WriteBatch batch;
  batch.add(kAddSql, {std::int64_t{INT64_MIN}, text, bytes});
  batch.add(kAddSql, {std::int64_t{INT64_MAX}, std::string{}, Blob{}});
  batch.add(kAddSql, {std::int64_t{0}, std::monostate{}, std::monostate{}});
  ASSERT_TRUE(database->writer().write(batch));
  const auto found = (*database->reader())->read(kAllSql, {}).value();
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0], (ResultRow{std::int64_t{INT64_MIN}, text, bytes}));
  EXPECT_EQ(found[1], (ResultRow{std::int64_t{0}, std::monostate{}, std::monostate{}}));
  EXPECT_EQ(found[2], (ResultRow{std::int64_t{INT64_MAX}, std::string{}, Blob{}}));
}

TEST_F(Sqlite, LeavesNothingOfATransactionThatIsRolledBack) {
  const auto database = with_table();
  Session& writer = database->writer();
  ASSERT_TRUE(writer.begin());
  ASSERT_TRUE(writer.write(rows(0, 10)));
  EXPECT_EQ(count(writer), 10);
  writer.rollback();
  EXPECT_EQ(count(writer), 0);
  writer.rollback();
}

TEST_F(Sqlite, LeavesNothingOfABatchWhoseLastStatementIsRejected) {
  const auto database = with_table();
  WriteBatch batch = rows(0, 5);
  batch.add(kAddSql, {std::int64_t{4}, std::string{"twice"}, Blob{}});
  const auto written = database->writer().write(batch);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::conflict);
  EXPECT_EQ(count(database->writer()), 0);
}

TEST_F(Sqlite, RejectsATextInAColumnOfNumbers) {
  const auto database = with_table();
  WriteBatch batch;
  batch.add(kAddSql, {std::string{"not a number"}, std::string{}, Blob{}});
  EXPECT_EQ(database->writer().write(batch).error().kind, ErrorKind::conflict);
}

TEST_F(Sqlite, ShowsReadersWhatIsCommittedAndOnlyThat) {
  const auto database = with_table();
  ASSERT_TRUE(database->writer().begin());
  ASSERT_TRUE(database->writer().write(rows(0, 3)));
  const ReadLease lease = *database->reader();
  EXPECT_EQ(count(*lease), 0);
  ASSERT_TRUE(database->writer().commit());
  EXPECT_EQ(count(*lease), 3);
}

TEST_F(Sqlite, LetsAReaderSeeOneMomentInATransaction) {
  const auto database = with_table();
  {
    const ReadLease lease = *database->reader();
    ASSERT_TRUE(lease->begin());
    EXPECT_EQ(count(*lease), 0);
    ASSERT_TRUE(database->writer().write(rows(0, 3)));
    EXPECT_EQ(count(*lease), 0);
  }
  EXPECT_EQ(count(**database->reader()), 3) << "the transaction ends with the lease";
}

TEST_F(Sqlite, RefusesToWriteThroughAReader) {
  const auto database = with_table();
  EXPECT_EQ((*database->reader())->write(rows(0, 1)).error().kind, ErrorKind::io);
}

TEST_F(Sqlite, StreamsRowsAndStopsWhenAsked) {
  const auto database = with_table();
  ASSERT_TRUE(database->writer().write(rows(0, 1000)));
  std::vector<std::int64_t> keys;
  ASSERT_TRUE(database->writer().each(kAllSql, {}, [&keys](const ResultRow& row) {
    keys.push_back(std::get<std::int64_t>(row[0]));
    return keys.size() < 3;
  }));
  EXPECT_EQ(keys, (std::vector<std::int64_t>{0, 1, 2}));
}

TEST_F(Sqlite, RunsTheSameTextInsideItsOwnStream) {
  const auto database = with_table();
  ASSERT_TRUE(database->writer().write(rows(0, 3)));
  std::size_t seen = 0;
  ASSERT_TRUE(database->writer().each(kAllSql, {}, [&](const ResultRow&) {
    seen += database->writer().read(kAllSql, {}).value().size();
    return true;
  }));
  EXPECT_EQ(seen, 9u);
}

TEST_F(Sqlite, KeepsWhatWasWrittenAcrossClosingAndOpening) {
  ASSERT_TRUE(with_table()->writer().write(rows(0, 5)));
  EXPECT_EQ(count(open(Mode::existing)->writer()), 5);
  EXPECT_EQ(count(open(Mode::create)->writer()), 5);
  const auto read_only = open(Mode::read_only);
  EXPECT_EQ(count(read_only->writer()), 5);
  EXPECT_EQ(read_only->writer().write(rows(5, 6)).error().kind, ErrorKind::io);
}

TEST_F(Sqlite, UsesAWriteAheadLogPagesOf8KiBAndFullSync) {
  const auto database = with_table();
  Session& writer = database->writer();
  EXPECT_EQ(writer.read("PRAGMA journal_mode", {}).value()[0][0], Cell{std::string{"wal"}});
  EXPECT_EQ(writer.read("PRAGMA page_size", {}).value()[0][0], Cell{std::int64_t{8192}});
  EXPECT_EQ(writer.read("PRAGMA synchronous", {}).value()[0][0], Cell{std::int64_t{2}});
}

TEST_F(Sqlite, RefusesAFileOfAnotherVersionAndNamesBoth) {
  WriteBatch batch;
  batch.add("PRAGMA user_version=7", {});
  ASSERT_TRUE(with_table()->writer().write(batch));
  const Error error = refusal(Mode::existing);
  EXPECT_EQ(error.kind, ErrorKind::unsupported);
  EXPECT_NE(error.text.en.find("has version 7, this program needs version 3"), std::string::npos) << error.text.en;
  EXPECT_NE(error.text.zh.find("数据库版本为 7，本程序需要版本 3"), std::string::npos) << error.text.zh;
  expect_names_file(error, file_);
}

TEST_F(Sqlite, RefusesADatabaseOfAnotherProgram) {
  WriteBatch batch;
  batch.add("PRAGMA application_id=1", {});
  ASSERT_TRUE(with_table()->writer().write(batch));
  EXPECT_EQ(refusal(Mode::existing).kind, ErrorKind::corrupt);
}

TEST_F(Sqlite, RefusesAFileThatIsNoDatabase) {
  std::ofstream(file_) << std::string(20000, 'g');
  for (const Mode mode : {Mode::create, Mode::existing, Mode::read_only}) {
    const Error error = refusal(mode);
    EXPECT_EQ(error.kind, ErrorKind::corrupt);
    expect_names_file(error, file_);
  }
  std::ofstream(file_, std::ios::trunc).flush();
  EXPECT_EQ(refusal(Mode::existing).kind, ErrorKind::corrupt) << "an empty file";
}

TEST_F(Sqlite, SaysThatAPageIsDamaged) {
  {
    const auto database = with_table();
    ASSERT_TRUE(database->writer().write(rows(0, 2000, 100)));
    ASSERT_TRUE(database->checkpoint());
    EXPECT_EQ(database->integrity().value(), "ok");
  }
  {
    std::fstream damage(file_, std::ios::in | std::ios::out | std::ios::binary);
    damage.seekp(8192 * 3);
    damage << std::string(8192 * 8, '\xee');
  }
  const auto database = open(Mode::existing);
  const auto found = database->writer().read(kAllSql, {});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::corrupt);
  const auto integrity = database->integrity();
  EXPECT_TRUE(!integrity || *integrity != "ok");
}

TEST_F(Sqlite, NamesAFileThatIsNotThere) {
  const Error error = refusal(Mode::existing);
  EXPECT_EQ(error.kind, ErrorKind::not_found);
  expect_names_file(error, file_);
}

TEST_F(Sqlite, NamesAPlaceWhereNoFileCanBeMade) {
  // Under a plain file nobody can make a file, the superuser neither.
  std::ofstream(folder_ / "plain") << "text";
  file_ = folder_ / "plain" / "town.db";
  const Error error = refusal(Mode::create);
  EXPECT_EQ(error.kind, ErrorKind::io);
  expect_names_file(error, file_);
  if (::geteuid() == 0) return;
  const fs::path locked = folder_ / "locked";
  fs::create_directory(locked);
  fs::permissions(locked, fs::perms::owner_read | fs::perms::owner_exec);
  file_ = locked / "town.db";
  EXPECT_EQ(refusal(Mode::create).kind, ErrorKind::io);
}

TEST_F(Sqlite, WritesNothingOfABatchThatFillsTheDiskAndGoesOnAfterwards) {
  const auto database = with_table({.pages_max = 16});
  ASSERT_TRUE(database->writer().write(rows(0, 5)));
  const auto full = database->writer().write(rows(5, 1000, 4000));
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().kind, ErrorKind::io);
  EXPECT_NE(full.error().text.zh.find("磁盘已满"), std::string::npos) << full.error().text.zh;
  EXPECT_EQ(count(database->writer()), 5);
  ASSERT_TRUE(database->writer().begin());
  EXPECT_FALSE(database->writer().write(rows(5, 1000, 4000)));
  database->writer().rollback();
  EXPECT_TRUE(database->writer().write(rows(5, 6)));
  EXPECT_EQ(count(database->writer()), 6);
}

TEST_F(Sqlite, LetsNoMoreReadersInThanThereAreLeases) {
  const auto database = with_table({.readers_max = 2});
  ASSERT_TRUE(database->writer().write(rows(0, 100)));
  std::atomic<int> inside{0};
  std::atomic<int> most{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        const ReadLease lease = *database->reader();
        const int now = ++inside;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
        }
        EXPECT_EQ(count(*lease), 100);
        --inside;
      }
    });
  }
  threads.clear();
  EXPECT_LE(most, 2);
}

TEST(WriteBatch, KeepsEachTextOnceThoughTheCallersTextIsGone) {
  WriteBatch batch;
  for (int i = 0; i < 3; ++i) batch.add(std::string("SELECT 1"), {});
  batch.add(std::string("SELECT 2"), {});
  EXPECT_EQ(batch.size(), 4u);
  EXPECT_EQ(batch.texts().size(), 2u);
  EXPECT_EQ(batch.items()[3].text, 1u);
  batch.clear();
  EXPECT_EQ(batch.size(), 0u);
}

}  // namespace
}  // namespace zs::store
