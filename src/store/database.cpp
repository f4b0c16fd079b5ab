// What of the seam does not depend on the database behind it: batches, and the pool of readers.
#include "store/database.h"

#include <condition_variable>
#include <mutex>

namespace zs::store {

void WriteBatch::add(std::string_view sql, std::vector<Cell> parameters) {
  auto found = number_of_text_.find(sql);
  if (found == number_of_text_.end()) {
    texts_.emplace_back(sql);
    found = number_of_text_.emplace(texts_.back(), texts_.size() - 1).first;
  }
  items_.push_back({found->second, std::move(parameters)});
}

void WriteBatch::clear() {
  items_.clear();
  number_of_text_.clear();
  texts_.clear();
}

struct Database::Readers {
  std::size_t readers_max = 0;
  std::mutex mutex;  // guards the two below
  std::condition_variable returned;
  std::vector<std::unique_ptr<Session>> idle;
  std::size_t out = 0;
};

Database::Database(std::filesystem::path file, Mode mode, OpenOptions options, std::unique_ptr<Session> writer)
    : file_(std::move(file)), mode_(mode), writer_(std::move(writer)), readers_(std::make_unique<Readers>()) {
  ZS_ASSERT(options.readers_max > 0);
  readers_->readers_max = options.readers_max;
}

Database::~Database() {
  ZS_ASSERT(readers_->out == 0);
}

Session& Database::writer() {
  return *writer_;
}

Result<ReadLease> Database::reader() {
  {
    std::unique_lock lock(readers_->mutex);
    readers_->returned.wait(lock, [this] { return readers_->out < readers_->readers_max; });
    ++readers_->out;
    if (!readers_->idle.empty()) {
      std::unique_ptr<Session> session = std::move(readers_->idle.back());
      readers_->idle.pop_back();
      return ReadLease(*this, std::move(session));
    }
  }
  // Opening a file takes long: others may come and go meanwhile.
  auto session = connect(file_, mode_, Use::read);
  if (!session) {
    take_back(nullptr);
    return session.error();
  }
  return ReadLease(*this, *std::move(session));
}

void Database::take_back(std::unique_ptr<Session> session) {
  if (session != nullptr) session->rollback();
  const std::scoped_lock lock(readers_->mutex);
  --readers_->out;
  if (session != nullptr) readers_->idle.push_back(std::move(session));
  readers_->returned.notify_one();
}

ReadLease::ReadLease(Database& database, std::unique_ptr<Session> session)
    : database_(&database), session_(std::move(session)) {}

ReadLease::ReadLease(ReadLease&& other) noexcept = default;

ReadLease::~ReadLease() {
  if (session_ != nullptr) database_->take_back(std::move(session_));
}

}  // namespace zs::store
