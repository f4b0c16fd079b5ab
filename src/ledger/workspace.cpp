#include "ledger/workspace.h"

#include <fmt/format.h>

#include "store/columns.h"

namespace zs::ledger {
namespace {

using rules::Record;
using store::Cell;
using store::ResultRow;

constexpr std::string_view kRecord = "SELECT kind,version,state,state_since,voided FROM record WHERE town=?1 AND id=?2";
constexpr std::string_view kNumbers = "SELECT name,text FROM number WHERE town=?1 AND record=?2";
constexpr std::string_view kBack =
    "SELECT DISTINCT record FROM link WHERE town=?1 AND to_record=?2 AND kind=?3 AND field=?4 ORDER BY record LIMIT "
    "500";
constexpr std::size_t kNearMax = 2000;
/// Records that one task takes apart.
constexpr std::size_t kFetchShare = 8;

std::vector<Link> links_of(const Value& value) {
  if (const auto* link = value.as<Link>()) return {*link};
  if (const auto* links = value.as<std::vector<Link>>()) return *links;
  return {};
}

template <class Visit>
Result<> each_link(const Record& record, const std::set<std::string>& names, Visit visit) {
  for (const std::string& name : names) {
    const auto field = record.fields.find(name);
    if (field != record.fields.end()) {
      for (const Link& link : links_of(field->second)) ZS_CHECK(visit(link));
    }
    for (const auto& [rows, list] : record.rows) {
      for (const auto& [number, cells] : list) {
        const auto cell = cells.find(name);
        if (cell == cells.end()) continue;
        for (const Link& link : links_of(cell->second)) ZS_CHECK(visit(link));
      }
    }
  }
  return {};
}

bool points_at(const Record& record, const std::string& field, RecordId target) {
  const auto found = record.fields.find(field);
  if (found == record.fields.end()) return false;
  for (const Link& link : links_of(found->second)) {
    if (link.id == target) return true;
  }
  return false;
}

}  // namespace

Result<std::optional<RawRecord>> read_raw(store::Session& session, const Town& town, RecordId id) {
  ZS_TRY(const auto found, session.read(kRecord, {town.id.number, id.number}));
  if (found.empty()) return std::optional<RawRecord>();
  const ResultRow& row = found.front();
  RawRecord raw;
  Record& record = raw.record;
  record.town = town.id;
  record.id = id;
  record.kind = std::get<std::string>(row[0]);
  record.version = std::get<std::int64_t>(row[1]);
  record.state = std::get<std::string>(row[2]);
  record.state_since = Date::from_serial(static_cast<int>(std::get<std::int64_t>(row[3])));
  record.voided = std::get<std::int64_t>(row[4]) != 0;
  raw.kind = town.book->find_kind(record.kind);
  if (raw.kind == nullptr)
    return corrupt(fmt::format("规则书里没有“{}”这个台账", record.kind),
                   fmt::format("the rulebook has no kind \"{}\"", record.kind));
  raw.table = &town.tables->at(record.kind);
  ZS_TRY(auto values, session.read(raw.table->select_sql, {town.id.number, id.number}));
  if (values.empty())
    return corrupt(fmt::format("第{}号事项没有内容", id.number), fmt::format("record {} has no values", id.number));
  raw.values = std::move(values.front());
  ZS_CHECK(session.each(kNumbers, {town.id.number, id.number}, [&](const ResultRow& number) {
    record.numbers[std::get<std::string>(number[0])] = std::get<std::string>(number[1]);
    return true;
  }));
  return std::optional<RawRecord>(std::move(raw));
}

Result<> RawRecord::take_apart() {
  return store::fields_of(*kind, *table, values, record.fields, record.rows);
}

Result<std::optional<Record>> read_record(store::Session& session, const Town& town, RecordId id) {
  ZS_TRY(auto raw, read_raw(session, town, id));
  if (!raw) return std::optional<Record>();
  ZS_CHECK(raw->take_apart());
  return std::optional<Record>(std::move(raw->record));
}

void Workspace::fetch(const std::set<RecordId>& ids, const Begin& begin) {
  const auto hand_over = [&](Fetched& some) {
    some.apart.resize(some.raw.size());
    some.task = begin([&some] {
      for (std::size_t i = 0; i < some.raw.size(); ++i) some.apart[i] = some.raw[i].take_apart();
    });
  };
  for (const RecordId id : ids) {
    auto raw = read_raw(session_, town_, id);
    if (!raw || !*raw) continue;
    if (fetched_.empty() || fetched_.back().task) fetched_.emplace_back();
    Fetched& some = fetched_.back();
    ahead_[id] = {&some, some.raw.size()};
    some.raw.push_back(*std::move(*raw));
    if (some.raw.size() == kFetchShare) hand_over(some);
  }
  if (!fetched_.empty() && !fetched_.back().task) hand_over(fetched_.back());
}

Result<std::optional<Record>> Workspace::load(RecordId id) {
  const auto ahead = ahead_.find(id);
  if (ahead == ahead_.end()) return read_record(session_, town_, id);
  const auto [some, place] = ahead->second;
  ahead_.erase(ahead);
  some->task->finish();
  ZS_CHECK(some->apart[place]);
  return std::optional<Record>(std::move(some->raw[place].record));
}

Result<const Record*> Workspace::record(RecordId id) {
  const auto known = records_.find(id);
  if (known != records_.end()) return static_cast<const Record*>(known->second.get());
  ZS_TRY(auto loaded, load(id));
  auto& kept = records_[id];
  if (loaded) kept = std::make_unique<Record>(*std::move(loaded));
  return static_cast<const Record*>(kept.get());
}

void Workspace::put(Record record) {
  const RecordId id = record.id;
  touched_.insert(id);
  auto& kept = records_[id];
  // Keep the address: neighbours found earlier in this batch point at it.
  if (kept)
    *kept = std::move(record);
  else
    kept = std::make_unique<Record>(std::move(record));
}

Result<> Workspace::add_link(const Link& link, rules::Neighbours& found, std::vector<const Record*>* next) {
  if (found.records.contains(link) || found.records.size() >= kNearMax) return {};
  ZS_TRY(const Record* target, record(link.id));
  if (target == nullptr || target->kind != link.kind) return {};
  found.records[link] = target;
  if (next != nullptr) next->push_back(target);
  return {};
}

Result<> Workspace::step(const Record& from, const Reach& reach, rules::Neighbours& found,
                         std::vector<const Record*>& next) {
  ZS_CHECK(each_link(from, reach.follows, [&](const Link& link) { return add_link(link, found, &next); }));
  for (const auto& [kind, field] : reach.backs) {
    auto& list = found.back[{kind, field, Link{from.kind, from.id}}];
    if (!list.empty()) continue;
    std::set<RecordId> ids;
    ZS_CHECK(session_.each(kBack, {town_.id.number, from.id.number, kind, field}, [&](const ResultRow& row) {
      ids.insert(RecordId{std::get<std::int64_t>(row[0])});
      return true;
    }));
    for (const RecordId id : touched_) {
      if (now(id).kind == kind) ids.insert(id);
    }
    for (const RecordId id : ids) {
      ZS_TRY(const Record* other, record(id));
      if (other == nullptr || other->voided || !points_at(*other, field, from.id)) continue;
      list.push_back(other);
      next.push_back(other);
    }
  }
  return {};
}

Result<rules::Neighbours> Workspace::neighbours(const Record* record, const std::vector<Link>& given,
                                                const Reach& reach) {
  rules::Neighbours found;
  std::vector<const Record*> first;
  for (const Link& link : given) ZS_CHECK(add_link(link, found, &first));
  if (reach.nothing()) return found;
  if (record != nullptr) ZS_CHECK(step(*record, reach, found, first));
  std::vector<const Record*> second;
  for (const Record* near : first) ZS_CHECK(step(*near, reach, found, second));
  return found;
}

}  // namespace zs::ledger
