// The seam over SQLite: the one file that knows sqlite3.h.
#include <fmt/format.h>
#include <sqlite3.h>

#include "store/database.h"
#include "store/tables.h"

namespace zs::store {
namespace {

constexpr int kBusyTimeoutMs = 5000;
// Far more than the texts that the program has; a bound, should a caller make texts without end.
constexpr std::size_t kStatementsMax = 512;

// The page size counts only before the first page is written; WAL stays in the file.
constexpr char kMakeFileSql[] =
    "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; BEGIN IMMEDIATE; PRAGMA application_id={}; PRAGMA user_version={};"
    "COMMIT";
// synchronous=FULL: an answer of success means that it is on disk. Negative cache sizes are KiB.
constexpr const char* kCommonSql =
    "PRAGMA foreign_keys=OFF; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=67108864; PRAGMA synchronous=FULL;";
// What is deleted or overwritten is zeroed, so that an erased value is not left in a free page.
constexpr const char* kWriterSql = "PRAGMA cache_size=-32768; PRAGMA secure_delete=ON;";
constexpr const char* kReaderSql = "PRAGMA cache_size=-4096";

template <auto Close>
struct Closer {
  void operator()(auto* handle) const noexcept { Close(handle); }
};
using Handle = std::unique_ptr<sqlite3, Closer<sqlite3_close>>;
using Statement = std::unique_ptr<sqlite3_stmt, Closer<sqlite3_finalize>>;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

struct Prepared {
  Statement statement;
  bool in_use = false;
};

// What to tell the operator for a primary result code.
struct Saying {
  ErrorKind kind;
  const char* zh;
  const char* en;
};

Saying saying_of(int primary_code) {
  switch (primary_code) {
    case SQLITE_NOTADB:
      return {ErrorKind::corrupt, "不是准绳的数据库文件，或文件头已损坏；请核对路径，或从备份恢复",
              "not a database of this program, or its header is damaged; check the path, or restore a backup"};
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
      return {ErrorKind::corrupt, "数据库已损坏；请停止写入，从备份恢复，再运行 verify",
              "the database is damaged; stop writing, restore a backup, then run verify"};
    case SQLITE_FULL:
      return {ErrorKind::io, "磁盘已满，本次更改没有写入；请腾出空间后重试",
              "the disk is full and nothing of this change was written; free some space and try again"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorKind::io, "没有写入权限；请检查文件及其所在文件夹的属主和权限",
              "no permission to write; check owner and permissions of the file and of its folder"};
    case SQLITE_CANTOPEN:
      return {ErrorKind::io, "无法打开；请检查文件夹是否存在、能否写入",
              "cannot be opened; check that the folder exists and may be written"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::io, "正被另一个程序占用；请关闭它或稍后重试",
              "in use by another program; close it, or try again later"};
    case SQLITE_CONSTRAINT:
      return {ErrorKind::conflict, "数据库不接受这一行：与唯一键或列的约束冲突",
              "the database refuses this row: a unique key or a column's constraint is violated"};
    case SQLITE_TOOBIG:
      return {ErrorKind::bad_input, "一个值过大；请缩短或作为附件保存",
              "a value is too large; shorten it, or keep it as a file"};
    case SQLITE_ERROR:
    case SQLITE_SCHEMA:
      return {ErrorKind::corrupt, "数据库的表不是本程序建立的样子；请从备份恢复，或运行 rebuild",
              "the tables are not as this program makes them; restore a backup, or run rebuild"};
    default:
      return {ErrorKind::io, "读写失败；请检查磁盘和文件系统，再重试",
              "reading or writing failed; check the disk and the file system, then try again"};
  }
}

Error error_of(int code, std::string_view detail, const std::string& file) {
  const Saying saying = saying_of(code & 0xff);
  return {saying.kind,
          {fmt::format("{}：{}。（SQLite {}：{}）", file, saying.zh, code, detail),
           fmt::format("{}: {}. (SQLite {}: {})", file, saying.en, code, detail)}};
}

// The bytes are bound as they lie in the caller's cells: they outlive the call that steps, and are bound anew each
// time.
int bind_cell(sqlite3_stmt* statement, int place, const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return sqlite3_bind_int64(statement, place, *number);
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return sqlite3_bind_text64(statement, place, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  if (const auto* blob = std::get_if<Blob>(&cell)) {
    return sqlite3_bind_blob64(statement, place, blob->bytes.data(), blob->bytes.size(), SQLITE_STATIC);
  }
  return sqlite3_bind_null(statement, place);
}

// Keeps the string of the row before, so that streaming does not allocate for each row.
void put_bytes(std::string& to, const void* bytes, int size) {
  if (size == 0)
    to.clear();
  else
    to.assign(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

void read_cell(sqlite3_stmt* statement, int column, Cell& cell) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: cell = std::int64_t{sqlite3_column_int64(statement, column)}; return;
    case SQLITE_NULL: cell = std::monostate{}; return;
    case SQLITE_BLOB: {
      if (!std::holds_alternative<Blob>(cell)) cell = Blob{};
      const void* bytes = sqlite3_column_blob(statement, column);
      put_bytes(std::get<Blob>(cell).bytes, bytes, sqlite3_column_bytes(statement, column));
      return;
    }
    default: {  // Our tables are STRICT and hold no floating numbers; of an expression that gives one, its text.
      if (!std::holds_alternative<std::string>(cell)) cell = std::string{};
      const void* bytes = sqlite3_column_text(statement, column);
      put_bytes(std::get<std::string>(cell), bytes, sqlite3_column_bytes(statement, column));
    }
  }
}

void read_row(sqlite3_stmt* statement, ResultRow& row) {
  for (std::size_t i = 0; i < row.size(); ++i) read_cell(statement, static_cast<int>(i), row[i]);
}

}  // namespace

// ---- Session ----

struct Session::Connection {
  std::string file;
  bool writes = false;
  Trace* trace = nullptr;
  Handle handle;  // before the statements, so that they are finalised first
  std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> statements;

  Error error() const { return error_of(sqlite3_extended_errcode(handle.get()), sqlite3_errmsg(handle.get()), file); }

  Result<> run(const char* sql) {
    if (sqlite3_exec(handle.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error();
    return {};
  }

  Result<Statement> prepare(std::string_view sql) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(handle.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) return error();
    return Statement{raw};
  }

  void forget_idle_statements() {
    std::erase_if(statements, [](const auto& entry) { return !entry.second.in_use; });
  }
};

namespace {

// A statement on loan: put back, reset, at the end of the scope. One that is already running somewhere up the stack
// (a read inside each()) is prepared a second time, for this use only.
class Loan {
 public:
  template <class Connection>
  static Result<Loan> take(Connection& connection, std::string_view sql) {
    auto found = connection.statements.find(sql);
    if (found == connection.statements.end()) {
      if (connection.statements.size() >= kStatementsMax) connection.forget_idle_statements();
      ZS_TRY(Statement statement, connection.prepare(sql));
      found = connection.statements.emplace(std::string(sql), Prepared{std::move(statement)}).first;
    } else if (found->second.in_use) {
      ZS_TRY(Statement statement, connection.prepare(sql));
      return Loan(nullptr, std::move(statement));
    }
    found->second.in_use = true;
    return Loan(&found->second, nullptr);
  }

  Loan(Loan&& other) noexcept : kept_(std::exchange(other.kept_, nullptr)), own_(std::move(other.own_)) {}
  Loan& operator=(Loan&&) = delete;
  ~Loan() {
    if (kept_ == nullptr) return;
    sqlite3_reset(kept_->statement.get());
    kept_->in_use = false;
  }
  sqlite3_stmt* get() const { return kept_ != nullptr ? kept_->statement.get() : own_.get(); }

 private:
  Loan(Prepared* kept, Statement own) : kept_(kept), own_(std::move(own)) {}
  Prepared* kept_;
  Statement own_;
};

int bind_all(sqlite3_stmt* statement, const std::vector<Cell>& parameters) {
  ZS_ASSERT(sqlite3_bind_parameter_count(statement) == static_cast<int>(parameters.size()));
  int code = SQLITE_OK;
  for (std::size_t i = 0; i < parameters.size() && code == SQLITE_OK; ++i) {
    code = bind_cell(statement, static_cast<int>(i) + 1, parameters[i]);
  }
  return code;
}

// Steps a statement that gives no rows of interest.
int run_to_end(sqlite3_stmt* statement) {
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(statement);
  return code;
}

}  // namespace

Session::Session(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Session::~Session() = default;

void Session::trace(Trace* trace) {
  connection_->trace = trace;
}

Result<std::vector<ResultRow>> Session::read(std::string_view sql, const std::vector<Cell>& parameters) {
  if (connection_->trace != nullptr)
    connection_->trace->steps.push_back({Trace::Kind::read, std::string(sql), parameters, nullptr});
  ZS_TRY(const Loan loan, Loan::take(*connection_, sql));
  if (bind_all(loan.get(), parameters) != SQLITE_OK) return connection_->error();
  const auto columns = static_cast<std::size_t>(sqlite3_column_count(loan.get()));
  std::vector<ResultRow> rows;
  int code = SQLITE_OK;
  while ((code = sqlite3_step(loan.get())) == SQLITE_ROW) {
    if (rows.size() == rows.capacity()) rows.reserve(rows.empty() ? 8 : rows.size() * 2);
    read_row(loan.get(), rows.emplace_back(columns));
  }
  if (code != SQLITE_DONE) return connection_->error();
  return rows;
}

Result<> Session::each(std::string_view sql, const std::vector<Cell>& parameters,
                       const std::function<bool(const ResultRow&)>& take) {
  if (connection_->trace != nullptr)
    connection_->trace->steps.push_back({Trace::Kind::read, std::string(sql), parameters, nullptr});
  ZS_TRY(const Loan loan, Loan::take(*connection_, sql));
  if (bind_all(loan.get(), parameters) != SQLITE_OK) return connection_->error();
  ResultRow row(static_cast<std::size_t>(sqlite3_column_count(loan.get())));
  int code = SQLITE_OK;
  while ((code = sqlite3_step(loan.get())) == SQLITE_ROW) {
    read_row(loan.get(), row);
    if (!take(row)) return {};
  }
  if (code != SQLITE_DONE) return connection_->error();
  return {};
}

Result<> Session::write(const WriteBatch& batch) {
  if (connection_->trace != nullptr) {
    auto copy = std::make_shared<WriteBatch>();
    for (const WriteBatch::Item& item : batch.items()) copy->add(batch.texts()[item.text], item.parameters);
    connection_->trace->steps.push_back({Trace::Kind::write, {}, {}, std::move(copy)});
  }
  const bool own_transaction = sqlite3_get_autocommit(connection_->handle.get()) != 0;
  if (own_transaction) ZS_CHECK(begin());
  // Each text is looked up once a batch, not once a row.
  std::vector<Loan> loans;
  loans.reserve(batch.texts().size());
  Result<> done;
  for (const std::string& sql : batch.texts()) {
    auto loan = Loan::take(*connection_, sql);
    if (!loan) {
      done = loan.error();
      break;
    }
    loans.push_back(*std::move(loan));
  }
  for (const WriteBatch::Item& item : batch.items()) {
    if (!done) break;
    sqlite3_stmt* const statement = loans[item.text].get();
    int code = bind_all(statement, item.parameters);
    if (code == SQLITE_OK) code = run_to_end(statement);
    if (code != SQLITE_DONE) done = connection_->error();
    sqlite3_reset(statement);
  }
  loans.clear();  // a statement that still runs would hold up the commit
  if (!own_transaction) return done;
  if (done) return commit();
  rollback();
  return done;
}

Result<> Session::begin() {
  return connection_->run(connection_->writes ? "BEGIN IMMEDIATE" : "BEGIN");
}

Result<> Session::commit() {
  if (connection_->trace != nullptr) connection_->trace->steps.push_back({Trace::Kind::commit, {}, {}, nullptr});
  return connection_->run("COMMIT");
}

void Session::rollback() {
  // A full disk makes SQLite roll back by itself; then there is nothing left to do.
  if (sqlite3_get_autocommit(connection_->handle.get()) != 0) return;
  const auto ended = connection_->run("ROLLBACK");
  ZS_ASSERT(ended || sqlite3_get_autocommit(connection_->handle.get()) != 0);
}

// ---- Database ----

namespace {

std::int64_t number_of(const std::vector<ResultRow>& rows) {
  const auto* number = rows.empty() || rows[0].empty() ? nullptr : std::get_if<std::int64_t>(&rows[0][0]);
  return number == nullptr ? 0 : *number;
}

Error other_version(const std::string& file, std::int64_t found) {
  return {
      ErrorKind::unsupported,
      {fmt::format("{}：数据库版本为 {}，本程序需要版本 {}；请使用与该文件相同版本的程序导出，再用本程序导入。", file,
                   found, kSchemaVersion),
       fmt::format("{}: the database has version {}, this program needs version {}; export it with the program that "
                   "wrote it and import it with this one.",
                   file, found, kSchemaVersion)}};
}

Error not_there(const std::string& file) {
  return not_found(
      fmt::format("{}：没有这个数据库文件；请核对路径，或先运行 zhunsheng init。", file),
      fmt::format("{}: there is no such database file; check the path, or run zhunsheng init first.", file));
}

// An empty file is not ours yet; only Mode::create makes it so. True if its tables were of an older version.
Result<bool> check_version(Session& session, const std::string& file, Mode mode) {
  ZS_TRY(const auto application, session.read("PRAGMA application_id", {}));
  if (number_of(application) != kApplicationId) return error_of(SQLITE_NOTADB, "application_id", file);
  ZS_TRY(const auto version, session.read("PRAGMA user_version", {}));
  if (number_of(version) == kSchemaVersion) return false;
  bool upgraded = false;
  if (mode != Mode::read_only) {
    ZS_TRY(upgraded, upgrade_tables(session, number_of(version)));
  }
  if (!upgraded) return other_version(file, number_of(version));
  return true;
}

}  // namespace

Result<std::unique_ptr<Session>> Database::connect(const std::filesystem::path& file, Mode mode, Use use) {
  auto connection = std::make_unique<Session::Connection>();
  connection->file = file.string();
  connection->writes = use == Use::write && mode != Mode::read_only;
  // No mutex of SQLite's own: a session belongs to one thread at a time.
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= connection->writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (connection->writes && mode == Mode::create) flags |= SQLITE_OPEN_CREATE;
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(connection->file.c_str(), &raw, flags, nullptr);
  connection->handle.reset(raw);
  if (code != SQLITE_OK) return error_of(code, sqlite3_errstr(code), connection->file);
  sqlite3_busy_timeout(raw, kBusyTimeoutMs);
  ZS_CHECK(connection->run(kCommonSql));
  ZS_CHECK(connection->run(connection->writes ? kWriterSql : kReaderSql));
  return std::unique_ptr<Session>(new Session(std::move(connection)));
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, Mode mode, OpenOptions options) {
  const std::string name = file.string();
  std::error_code ignored;
  const bool there = std::filesystem::exists(file, ignored);
  if (!there && mode != Mode::create) return not_there(name);
  const bool fresh = mode == Mode::create && (!there || std::filesystem::file_size(file, ignored) == 0);

  ZS_TRY(std::unique_ptr<Session> writer, connect(file, mode, Use::write));
  Session::Connection& connection = *writer->connection_;
  if (options.pages_max > 0) {
    ZS_CHECK(connection.run(fmt::format("PRAGMA max_page_count={}", options.pages_max).c_str()));
  }
  if (fresh) ZS_CHECK(connection.run(fmt::format(kMakeFileSql, kApplicationId, kSchemaVersion).c_str()));
  ZS_TRY(const bool upgraded, check_version(*writer, name, mode));
  std::unique_ptr<Database> database(new Database(file, mode, options, std::move(writer)));
  database->upgraded_ = upgraded;
  return database;
}

Result<> Database::checkpoint() {
  sqlite3* const handle = writer_->connection_->handle.get();
  const int code = sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) return writer_->connection_->error();
  return {};
}

Result<std::string> Database::integrity() {
  ZS_TRY(const ReadLease lease, reader());
  ZS_TRY(const auto rows, lease->read("PRAGMA quick_check", {}));
  std::string lines;
  for (const ResultRow& row : rows) {
    if (!lines.empty()) lines.push_back('\n');
    lines += std::get<std::string>(row.at(0));
  }
  return lines;
}

}  // namespace zs::store
