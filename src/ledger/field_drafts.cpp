#include "ledger/field_drafts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace zs::ledger {
namespace {

using store::ResultRow;

constexpr std::string_view kByKey = "SELECT id FROM field_draft WHERE town=?1 AND sender=?2 AND key=?3";
constexpr std::string_view kNextId = "SELECT COALESCE(MAX(id),0)+1 FROM field_draft WHERE town=?1";
constexpr std::string_view kPut =
    "INSERT OR REPLACE INTO field_draft(town,id,kind,sender,key,day,at,body,state,actor,settled,says,record) "
    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)";
constexpr std::string_view kOne =
    "SELECT id,kind,sender,key,day,at,body,state,actor,settled,says,record FROM field_draft WHERE town=?1 AND id=?2";
constexpr std::string_view kWaiting =
    "SELECT id,kind,sender,key,day,at,body,state,actor,settled,says,record FROM field_draft WHERE town=?1 AND "
    "state='waiting' ORDER BY day,id LIMIT ?2";
constexpr std::string_view kOfSender =
    "SELECT id,kind,sender,key,day,at,body,state,actor,settled,says,record FROM field_draft WHERE town=?1 AND "
    "sender=?2 ORDER BY id DESC LIMIT ?3";

constexpr std::array<std::string_view, 3> kStates{"waiting", "accepted", "declined"};

FieldDraft draft_of(const ResultRow& row) {
  const auto text = [&](std::size_t column) { return std::get<std::string>(row[column]); };
  const auto number = [&](std::size_t column) { return std::get<std::int64_t>(row[column]); };
  const auto state = std::find(kStates.begin(), kStates.end(), text(7));
  ZS_ASSERT(state != kStates.end());
  return {number(0),
          text(1),
          text(2),
          text(3),
          Date::from_serial(static_cast<int>(number(4))),
          Instant{number(5)},
          text(6),
          static_cast<FieldDraft::State>(state - kStates.begin()),
          text(8),
          Instant{number(9)},
          text(10),
          RecordId{number(11)}};
}

void put(TownId town, const FieldDraft& draft, store::WriteBatch& rows) {
  rows.add(kPut, {town.number, draft.id, draft.kind, draft.sender, draft.key, std::int64_t{draft.day.serial()},
                  draft.at.utc_ms, draft.body, std::string(name_of(draft.state)), draft.actor, draft.settled.utc_ms,
                  draft.says, draft.record.number});
}

Result<std::vector<FieldDraft>> all(store::Session& session, std::string_view sql,
                                    const std::vector<store::Cell>& parameters) {
  std::vector<FieldDraft> found;
  ZS_CHECK(session.each(sql, parameters, [&](const ResultRow& row) {
    found.push_back(draft_of(row));
    return true;
  }));
  return found;
}

}  // namespace

std::string_view name_of(FieldDraft::State state) {
  return kStates[static_cast<std::size_t>(state)];
}

Result<Sent> send_draft(Ledger& ledger, TownId town, const FieldDraft& draft) {
  Sent sent;
  ZS_CHECK(ledger.write_aside([&](store::Session& session) -> Result<> {
    ZS_TRY(const auto known, session.read(kByKey, {town.number, draft.sender, draft.key}));
    if (!known.empty()) {
      sent = {std::get<std::int64_t>(known.front()[0]), true};
      return {};
    }
    ZS_TRY(const auto next, session.read(kNextId, {town.number}));
    FieldDraft kept = draft;
    kept.id = sent.id = std::get<std::int64_t>(next.front()[0]);
    store::WriteBatch rows;
    put(town, kept, rows);
    return session.write(rows);
  }));
  return sent;
}

Result<std::optional<FieldDraft>> find_draft(store::Session& session, TownId town, std::int64_t id) {
  ZS_TRY(auto found, all(session, kOne, {town.number, id}));
  if (found.empty()) return std::optional<FieldDraft>();
  return std::optional(std::move(found.front()));
}

Result<std::vector<FieldDraft>> waiting_drafts(store::Session& session, TownId town) {
  return all(session, kWaiting, {town.number, kDraftsMax});
}

Result<std::vector<FieldDraft>> drafts_of(store::Session& session, TownId town, const std::string& sender) {
  return all(session, kOfSender, {town.number, sender, kDraftsMax});
}

Result<> settle_draft(store::Session& session, TownId town, const FieldDraft& draft) {
  ZS_TRY(const auto now, find_draft(session, town, draft.id));
  if (!now || now->state != FieldDraft::State::waiting)
    return Error{ErrorKind::conflict,
                 {fmt::format("第{}号草稿已经有人处理过；刷新看最新的情况", draft.id),
                  fmt::format("draft {} has been settled meanwhile", draft.id)}};
  store::WriteBatch rows;
  put(town, draft, rows);
  return session.write(rows);
}

}  // namespace zs::ledger
