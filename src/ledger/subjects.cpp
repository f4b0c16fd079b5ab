#include "ledger/subjects.h"

#include <algorithm>

namespace zs::ledger {
namespace {

constexpr std::string_view kAll = "SELECT kind,record,opened,sketch FROM subject WHERE town=?1 ORDER BY record";
constexpr std::string_view kOne = "SELECT kind,opened,sketch FROM subject WHERE town=?1 AND record=?2";
constexpr std::string_view kChanged = "SELECT DISTINCT record FROM journal WHERE town=?1 AND n>?2 AND record>0";
constexpr std::string_view kKind = "SELECT kind FROM record WHERE town=?1 AND id=?2";

std::int64_t number(const store::Cell& cell) {
  return std::get<std::int64_t>(cell);
}

}  // namespace

Result<> SubjectIndex::load(store::Session& session, const Town& town, OfTown& all) {
  all.kinds.clear();
  return session.each(kAll, {town.id.number}, [&](const store::ResultRow& row) {
    all.kinds[std::get<std::string>(row[0])].push_back(
        {number(row[1]), static_cast<std::int32_t>(number(row[2])), sketch_of(std::get<store::Blob>(row[3]))});
    return true;
  });
}

Result<> SubjectIndex::follow(store::Session& session, const Town& town, OfTown& all) {
  ZS_TRY(const auto changed, session.read(kChanged, {town.id.number, all.n}));
  for (const store::ResultRow& row : changed) {
    const std::int64_t record = number(row[0]);
    ZS_TRY(const auto kind, session.read(kKind, {town.id.number, record}));
    if (kind.empty()) continue;
    ZS_TRY(const auto now, session.read(kOne, {town.id.number, record}));
    Subjects& subjects = all.kinds[std::get<std::string>(kind.front()[0])];
    auto at = std::lower_bound(subjects.begin(), subjects.end(), record,
                               [](const Subject& each, std::int64_t id) { return each.record < id; });
    const bool known = at != subjects.end() && at->record == record;
    if (now.empty()) {
      if (known) subjects.erase(at);
      continue;
    }
    const Subject subject{record, static_cast<std::int32_t>(number(now.front()[1])),
                          sketch_of(std::get<store::Blob>(now.front()[2]))};
    if (known)
      *at = subject;
    else
      subjects.insert(at, subject);
  }
  return {};
}

Result<> SubjectIndex::refresh(store::Session& session, const Town& town) {
  OfTown& all = towns_[town.id];
  ZS_TRY(const std::int64_t head, head_of(session, town.id));
  if (all.book != town.book) {
    ZS_CHECK(load(session, town, all));
    all.book = town.book;
  } else if (all.n != head) {
    ZS_CHECK(follow(session, town, all));
  }
  // What was written since the head was read is followed again the next time.
  all.n = head;
  return {};
}

Result<std::vector<SubjectIndex::Found>> SubjectIndex::find(store::Session& session, const Town& town,
                                                            const std::string& kind, const Sketch& sketch,
                                                            int bits_least, Date from, Date until, std::size_t most) {
  const std::lock_guard lock(mutex_);
  ZS_CHECK(refresh(session, town));
  std::vector<Found> found;
  const OfTown& all = towns_[town.id];
  const auto subjects = all.kinds.find(kind);
  if (subjects == all.kinds.end()) return found;
  const std::int32_t first = from.serial(), last = until.serial();
  for (const Subject& each : subjects->second) {
    if (each.opened < first || each.opened > last) continue;
    const int bits = shared_bits(sketch, each.sketch);
    if (bits >= bits_least) found.push_back({RecordId{each.record}, bits});
  }
  // Of those that are as much alike, the newest.
  const auto better = [](const Found& left, const Found& right) {
    return left.bits != right.bits ? left.bits > right.bits : left.id > right.id;
  };
  const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(most, found.size()));
  std::partial_sort(found.begin(), end, found.end(), better);
  found.erase(end, found.end());
  return found;
}

}  // namespace zs::ledger
