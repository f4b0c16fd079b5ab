// The seam to the database: rows read, batches written, one transaction at a time. No SQLite in it.
//
// A Session is one connection and belongs to one thread at a time. The writer's session is guarded by its caller (one
// writer thread); readers take a ReadLease each and never wait for the writer. SQL texts stand with those who use them
// (store, ledger) as named constants; values are always bound, never written into the text.
#pragma once

#include <compare>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/result.h"

namespace zs::store {

/// The version of the fixed tables. A file of another version is refused, never guessed at.
inline constexpr int kSchemaVersion = 3;
/// "ZSRL": tells our files from those of other programs.
inline constexpr std::int64_t kApplicationId = 0x5A53524C;

struct Blob {
  std::string bytes;
  auto operator<=>(const Blob&) const = default;
};

/// One value of a row: NULL, a whole number, a text (UTF-8, may hold NUL bytes) or bytes. There are no floating
/// numbers.
using Cell = std::variant<std::monostate, std::int64_t, std::string, Blob>;
using ResultRow = std::vector<Cell>;

/// Statements that are written together. Keeps its own copy of each different SQL text.
class WriteBatch {
 public:
  WriteBatch() = default;
  WriteBatch(WriteBatch&&) = default;
  WriteBatch& operator=(WriteBatch&&) = default;
  // A copy would point into the texts of the other.
  WriteBatch(const WriteBatch&) = delete;
  WriteBatch& operator=(const WriteBatch&) = delete;

  /// `sql` is one statement with ?1, ?2 …, as many as there are parameters.
  void add(std::string_view sql, std::vector<Cell> parameters);
  /// How many statements.
  std::size_t size() const { return items_.size(); }
  void clear();

  struct Item {
    std::size_t text = 0;  ///< which of texts()
    std::vector<Cell> parameters;
  };
  const std::vector<Item>& items() const { return items_; }
  /// The different SQL texts, in the order in which they first came.
  const std::deque<std::string>& texts() const { return texts_; }

 private:
  std::vector<Item> items_;
  std::deque<std::string> texts_;  // a deque, so that the keys below stay where they are
  std::unordered_map<std::string_view, std::size_t> number_of_text_;
};

/// What a session did, in order: the benchmark replays it by hand, to know what judging costs beside reading and
/// writing.
struct Trace {
  enum class Kind { read, write, commit };
  struct Step {
    Kind kind = Kind::read;
    std::string sql;               ///< of a read
    std::vector<Cell> parameters;  ///< of a read
    std::shared_ptr<WriteBatch> batch;
  };
  std::vector<Step> steps;
};

/// One connection with its prepared statements.
///
/// Errors of all its functions: io (disk full, no permission, locked), corrupt (a damaged file, or tables that are not
/// ours), conflict (a unique key or another constraint says no).
class Session {
 public:
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Result<std::vector<ResultRow>> read(std::string_view sql, const std::vector<Cell>& parameters);
  /// Gives row after row, in one buffer that the next row overwrites; stops when `take` answers false.
  Result<> each(std::string_view sql, const std::vector<Cell>& parameters,
                const std::function<bool(const ResultRow&)>& take);

  /// Writes all or nothing when no transaction is open. Inside one, after an error the caller rolls back.
  Result<> write(const WriteBatch& batch);

  /// On the writer: takes the write lock at once. On a reader: all reads until rollback() see one moment.
  Result<> begin();
  /// On disk when it answers.
  Result<> commit();
  /// From now on each read, write and commit is noted there; null ends it. The trace must outlive its use.
  void trace(Trace* trace);
  /// Nothing of the transaction remains. Without a transaction it does nothing.
  void rollback();

 private:
  friend class Database;
  struct Connection;
  explicit Session(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};

enum class Mode {
  create,    ///< makes the file where there is none
  existing,  ///< the file must be there
  read_only  ///< the same, and nothing may be written
};

struct OpenOptions {
  std::int64_t pages_max = 0;    ///< the file never grows beyond; 0 is no bound. Lets a test fill the disk.
  std::size_t readers_max = 16;  ///< how many leases there are at once; who comes later waits
};

class Database;

/// A reading session for as long as it lives; a transaction left open ends with it.
class ReadLease {
 public:
  ReadLease(ReadLease&& other) noexcept;
  ReadLease& operator=(ReadLease&&) = delete;
  ~ReadLease();
  Session* operator->() const { return session_.get(); }
  Session& operator*() const { return *session_; }

 private:
  friend class Database;
  ReadLease(Database& database, std::unique_ptr<Session> session);
  Database* database_;
  std::unique_ptr<Session> session_;
};

/// One database file with its writer and its readers. reader() may be called from any thread.
class Database {
 public:
  /// Errors: not_found (no such file), io (no such folder, no permission, disk full), corrupt (not a database of ours,
  /// or damaged), unsupported (another schema version).
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Mode mode, OpenOptions options = {});
  ~Database();

  /// Whether opening brought the tables of an older version up to this one: its projections must be made again.
  bool upgraded() const { return upgraded_; }
  /// The one session that writes; the caller sees to it that one thread uses it.
  Session& writer();
  /// Waits while all leases are out. Errors: as Session.
  Result<ReadLease> reader();
  /// Moves the write-ahead log into the file and empties it. Errors: io while readers stay for longer than 5 seconds.
  Result<> checkpoint();
  /// "ok", or what is damaged, a line each.
  Result<std::string> integrity();

 private:
  friend class ReadLease;
  struct Readers;
  enum class Use { read, write };
  static Result<std::unique_ptr<Session>> connect(const std::filesystem::path& file, Mode mode, Use use);
  Database(std::filesystem::path file, Mode mode, OpenOptions options, std::unique_ptr<Session> writer);
  void take_back(std::unique_ptr<Session> session);

  std::filesystem::path file_;
  Mode mode_;
  std::unique_ptr<Session> writer_;
  std::unique_ptr<Readers> readers_;
  bool upgraded_ = false;
};

}  // namespace zs::store
