#include "ledger/ledger.h"

#include <fmt/format.h>

#include <chrono>

#include "ledger/adoption.h"
#include "ledger/batch.h"
#include "ledger/queue.h"
#include "store/tables.h"

namespace zs::ledger {
namespace {

namespace fs = std::filesystem;
using rules::Change;
using store::Cell;

constexpr std::string_view kFile = "zhunsheng.db";
constexpr std::string_view kTowns = "SELECT town FROM town ORDER BY town";
constexpr std::string_view kNextTown = "SELECT COALESCE(MAX(town),0)+1 FROM town";
constexpr std::string_view kNewTown =
    "INSERT INTO town(town,name,character,division,algorithm,salt_seed,n,head_bytes,at,next_record) "
    "VALUES(?1,?2,?3,?4,?5,?6,0,?7,0,1)";
constexpr std::string_view kPersonKey = "INSERT OR IGNORE INTO secret(town,name,bytes) VALUES(?1,'person',?2)";
constexpr std::string_view kDocument = "INSERT OR IGNORE INTO document(digest,kind,text) VALUES(?1,?2,?3)";
constexpr std::string_view kSetting = "INSERT OR REPLACE INTO setting(town,key,value) VALUES(?1,?2,?3)";
constexpr std::string_view kColumnsOf = "SELECT name FROM pragma_table_info(?1)";

/// Below this many changes a second thread costs more than it brings.
constexpr std::size_t kAsideMin = 4;

Instant system_now() {
  return Instant{
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count()};
}

// Known to this file alone; of the demo's seed it comes out the same each time.
std::string person_key(const TownSetup& setup) {
  const auto half = [&](std::uint64_t counter) {
    return setup.salt_seed.empty() ? random_salt()
                                   : derived_salt(setup.algorithm, setup.salt_seed + " person", counter);
  };
  return std::string(bytes(half(0))) + std::string(bytes(half(1)));
}

}  // namespace

Ledger::Ledger(std::unique_ptr<store::Database> database) : database_(std::move(database)) {}
Ledger::~Ledger() = default;

Result<std::unique_ptr<Ledger>> Ledger::open(const fs::path& folder, OpenLedger options) {
  std::error_code error;
  if (options.mode == store::Mode::create) {
    fs::create_directories(folder, error);
    if (error)
      return io_error(fmt::format("建不了文件夹 {}：{}", folder.string(), error.message()),
                      fmt::format("cannot make {}: {}", folder.string(), error.message()));
  }
  ZS_TRY(auto database, store::Database::open(folder / kFile, options.mode, options.database));
  std::unique_ptr<Ledger> ledger(new Ledger(std::move(database)));
  ledger->clock_ = options.clock ? options.clock : system_now;
  ledger->print_ = options.print;
  // Of an older program some tables may be missing.
  if (options.mode != store::Mode::read_only) ZS_CHECK(store::create_tables(ledger->database_->writer()));
  if (options.mode != store::Mode::read_only) {
    ledger->queue_ = std::make_unique<Queue>(
        [raw = ledger.get()](std::span<const Change> changes) { return raw->commit_batch(changes); });
  }
  if (ledger->database_->upgraded()) {
    ZS_TRY(const auto towns, ledger->towns());
    for (const TownId town : towns) {
      store::WriteBatch key;
      key.add(kPersonKey, {town.number, store::Blob{person_key({})}});
      ZS_CHECK(ledger->write_aside(key));
      ZS_CHECK(ledger->rebuild(town));
    }
  }
  return ledger;
}

Result<std::vector<TownId>> Ledger::towns() {
  std::vector<TownId> found;
  ZS_TRY(auto lease, database_->reader());
  ZS_CHECK(lease->each(kTowns, {}, [&](const store::ResultRow& row) {
    found.push_back(TownId{std::get<std::int64_t>(row[0])});
    return true;
  }));
  return found;
}

Result<Town*> Ledger::writing(TownId id) {
  const auto known = towns_.find(id);
  if (known != towns_.end()) {
    ZS_TRY(const std::int64_t n, head_of(database_->writer(), id));
    if (known->second.n == n) return &known->second;
    forget(id);
  }
  ZS_TRY(Town loaded, load_town(database_->writer(), id, books_));
  return &towns_.insert_or_assign(id, std::move(loaded)).first->second;
}

Result<const Town*> Ledger::town(TownId id) {
  const std::lock_guard lock(writer_mutex_);
  ZS_TRY(Town * found, writing(id));
  return static_cast<const Town*>(found);
}

Result<> Ledger::prepare_tables(const store::KindTables& tables) {
  store::Session& session = database_->writer();
  for (const auto& [key, table] : tables) {
    std::vector<std::string> existing;
    ZS_CHECK(session.each(kColumnsOf, {"k_" + key}, [&](const store::ResultRow& row) {
      existing.push_back(std::get<std::string>(row[0]));
      return true;
    }));
    store::WriteBatch batch;
    if (existing.empty()) {
      batch.add(table.create_sql, {});
    } else {
      for (const std::string& sql : store::migrations(table, existing)) batch.add(sql, {});
    }
    if (batch.size() > 0) ZS_CHECK(session.write(batch));
  }
  return {};
}

Result<TownId> Ledger::init(const TownSetup& setup, const rulebook::Files& files, std::optional<Instant> at) {
  const std::lock_guard lock(writer_mutex_);
  ZS_TRY(const auto book, rulebook::load_sound(files));
  store::Session& session = database_->writer();
  const auto tables = std::make_shared<store::KindTables>(store::tables_of(book->kinds));
  ZS_CHECK(prepare_tables(*tables));
  ZS_CHECK(session.begin());
  const auto write = [&]() -> Result<TownId> {
    ZS_TRY(const auto next, session.read(kNextTown, {}));
    const TownId id{std::get<std::int64_t>(next.front()[0])};
    Town town;
    town.id = id;
    town.character = setup.character;
    town.algorithm = setup.algorithm;
    town.salt_seed = setup.salt_seed;
    town.frontier = Frontier(setup.algorithm);
    town.book = book;
    town.tables = tables;
    Batch batch(session, town);
    batch.rows().add(
        kNewTown,
        {id.number, setup.name, setup.character, setup.division, std::string(name_of(setup.algorithm)),
         setup.salt_seed.empty() ? Cell(std::monostate{}) : Cell(setup.salt_seed), store::Blob{town.frontier.bytes()}});
    batch.rows().add(kPersonKey, {id.number, store::Blob{person_key(setup)}});
    batch.rows().add(kDocument, {book->digest, std::string("rulebook"), bundle_of(files)});
    batch.rows().add(kSetting, {id.number, std::string(kRulebookSetting), book->digest});
    const Instant instant = at.value_or(clock_());
    ZS_CHECK(batch.append(adoption_entry(*book, "", civil(instant, book->utc_offset).day()), instant));
    ZS_CHECK(batch.write());
    ZS_CHECK(session.commit());
    return id;
  };
  auto written = write();
  if (!written) session.rollback();
  return written;
}

Result<Answer> Ledger::commit(Change change) {
  if (!queue_) return io_error("数据库是只读打开的", "the database is open for reading only");
  return queue_->write(std::move(change));
}

Result<std::vector<Result<Answer>>> Ledger::commit_batch(std::span<const Change> changes, const Beside& beside) {
  const std::lock_guard lock(writer_mutex_);
  store::Session& session = database_->writer();
  ZS_CHECK(session.begin());
  std::vector<Result<Answer>> answers;
  std::map<TownId, std::shared_ptr<Batch>> batches;
  const auto write = [&]() -> Result<> {
    std::map<TownId, std::int64_t> heads;
    for (const Change& change : changes) {
      auto& batch = batches[change.town];
      if (!batch) {
        auto town = writing(change.town);
        if (!town) {
          batches.erase(change.town);
          answers.emplace_back(town.error());
          continue;
        }
        // A few changes are not worth a second thread.
        batch = std::make_shared<Batch>(session, **town, changes.size() >= kAsideMin ? &aside_ : nullptr);
        batch->prints(print_);
        batch->expect(changes);
        heads[change.town] = (*town)->n;
      }
      Town& town = towns_.at(change.town);
      const auto at = instant_for(town, change.at, clock_());
      answers.push_back(at ? batch->judge(change, *at) : Result<Answer>(at.error()));
    }
    bool wrote = false;
    for (auto& [id, batch] : batches) {
      if (towns_.at(id).n == heads[id]) continue;  // refusals write nothing
      ZS_CHECK(batch->write());
      wrote = true;
    }
    if (!wrote) {
      session.rollback();
      return {};
    }
    if (beside) ZS_CHECK(beside(answers, session));
    return session.commit();
  };
  const auto written = write();
  // To take apart what a large batch held costs as much as some of its changes: not while the next one waits. One that
  // failed may still have tasks under way that read its town.
  if (written && changes.size() >= kAsideMin) aside_.begin([kept = std::exchange(batches, {})] {});
  if (!written) {
    batches.clear();
    session.rollback();
    towns_.clear();
    return written.error();
  }
  return answers;
}

}  // namespace zs::ledger
