#include "ledger/handover.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/scope.h"

namespace zs::ledger {
namespace {

using store::ResultRow;

constexpr std::string_view kByKey = "SELECT id FROM handover WHERE town=?1 AND maker=?2 AND key=?3";
constexpr std::string_view kNextId = "SELECT COALESCE(MAX(id),0)+1 FROM handover WHERE town=?1";
constexpr std::string_view kPut = "INSERT INTO handover(town,id,giver,maker,key,why,at) VALUES(?1,?2,?3,?4,?5,?6,?7)";
constexpr std::string_view kPutLine =
    "INSERT OR REPLACE INTO handover_line(town,handover,n,kind,record,receiver,until,state,actor,at,says) "
    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)";
constexpr std::string_view kOne = "SELECT id,giver,maker,why,key,at FROM handover WHERE town=?1 AND id=?2";
constexpr std::string_view kFor =
    "SELECT id,giver,maker,why,key,at FROM handover WHERE town=?1 AND id IN (SELECT handover FROM handover_line WHERE "
    "town=?1 AND receiver=?2) ORDER BY id DESC LIMIT ?3";
constexpr std::string_view kBy =
    "SELECT id,giver,maker,why,key,at FROM handover WHERE town=?1 AND (giver=?2 OR maker=?2) ORDER BY id DESC LIMIT ?3";
constexpr std::string_view kLeft =
    "SELECT id,giver,maker,why,key,at FROM handover WHERE town=?1 AND id IN (SELECT handover FROM handover_line WHERE "
    "town=?1 AND state IN ('offered','declined') AND until<?2) ORDER BY id DESC LIMIT ?3";
constexpr std::string_view kLines =
    "SELECT n,kind,record,receiver,until,state,actor,at,says FROM handover_line WHERE town=?1 AND handover=?2 ORDER BY "
    "n";
constexpr std::string_view kState = "SELECT state FROM handover_line WHERE town=?1 AND handover=?2 AND n=?3";
constexpr std::string_view kHeld =
    "SELECT COUNT(*) FROM record WHERE town=?1 AND handler=?2 AND voided=0 AND closed_state=0";

constexpr std::array<std::string_view, 4> kStates{"offered", "accepted", "declined", "withdrawn"};

HandoverLine::State state_of(std::string_view name) {
  const auto found = std::find(kStates.begin(), kStates.end(), name);
  ZS_ASSERT(found != kStates.end());
  return static_cast<HandoverLine::State>(found - kStates.begin());
}

std::string text(const ResultRow& row, std::size_t column) {
  return std::get<std::string>(row[column]);
}
std::int64_t number(const ResultRow& row, std::size_t column) {
  return std::get<std::int64_t>(row[column]);
}

Result<Handover> with_lines(store::Session& session, TownId town, const ResultRow& row) {
  Handover made{number(row, 0), text(row, 1), text(row, 2), text(row, 3), text(row, 4), Instant{number(row, 5)}, {}};
  ZS_CHECK(session.each(kLines, {town.number, made.id}, [&](const ResultRow& line) {
    made.lines.push_back({number(line, 0), text(line, 1), RecordId{number(line, 2)}, text(line, 3),
                          Date::from_serial(static_cast<int>(number(line, 4))), state_of(text(line, 5)), text(line, 6),
                          Instant{number(line, 7)}, text(line, 8)});
    return true;
  }));
  return made;
}

void put_line(TownId town, std::int64_t id, const HandoverLine& line, store::WriteBatch& rows) {
  rows.add(kPutLine,
           {town.number, id, line.n, line.kind, line.record.number, line.receiver, std::int64_t{line.until.serial()},
            std::string(name_of(line.state)), line.actor, line.at.utc_ms, line.says});
}

}  // namespace

std::string_view name_of(HandoverLine::State state) {
  return kStates[static_cast<std::size_t>(state)];
}

Result<std::int64_t> offer_handover(Ledger& ledger, TownId town, const Handover& handover) {
  if (handover.lines.empty() || handover.lines.size() > kHandoverLinesMax)
    return bad_input(fmt::format("一次交接至少一件，最多 {} 件", kHandoverLinesMax),
                     fmt::format("a hand-over has one line at least, {} at most", kHandoverLinesMax));
  std::int64_t id = 0;
  ZS_CHECK(ledger.write_aside([&](store::Session& session) -> Result<> {
    ZS_TRY(const auto known, session.read(kByKey, {town.number, handover.maker, handover.key}));
    if (!known.empty()) {
      id = number(known.front(), 0);
      return {};
    }
    ZS_TRY(const auto next, session.read(kNextId, {town.number}));
    id = number(next.front(), 0);
    store::WriteBatch rows;
    rows.add(kPut, {town.number, id, handover.giver, handover.maker, handover.key, handover.why, handover.at.utc_ms});
    std::int64_t n = 0;
    for (HandoverLine line : handover.lines) {
      line.n = ++n;
      put_line(town, id, line, rows);
    }
    return session.write(rows);
  }));
  return id;
}

Result<std::optional<Handover>> find_handover(store::Session& session, TownId town, std::int64_t id) {
  ZS_TRY(const auto rows, session.read(kOne, {town.number, id}));
  if (rows.empty()) return std::optional<Handover>();
  ZS_TRY(Handover found, with_lines(session, town, rows.front()));
  return std::optional(std::move(found));
}

Result<std::vector<Handover>> handovers(store::Session& session, TownId town, const HandoverAsk& ask) {
  const store::Cell whose = ask.open_before        ? store::Cell(std::int64_t{ask.open_before->serial()})
                            : ask.receiver.empty() ? store::Cell(ask.by)
                                                   : store::Cell(ask.receiver);
  const std::string_view sql = ask.open_before ? kLeft : ask.receiver.empty() ? kBy : kFor;
  ZS_TRY(const auto rows, session.read(sql, {town.number, whose, kHandoversMax}));
  std::vector<Handover> found;
  for (const ResultRow& row : rows) {
    ZS_TRY(Handover each, with_lines(session, town, row));
    found.push_back(std::move(each));
  }
  return found;
}

Result<> settle_line(store::Session& session, TownId town, std::int64_t id, const HandoverLine& line,
                     std::initializer_list<HandoverLine::State> from) {
  ZS_TRY(const auto rows, session.read(kState, {town.number, id, line.n}));
  const bool still =
      !rows.empty() && std::find(from.begin(), from.end(), state_of(text(rows.front(), 0))) != from.end();
  if (!still)
    return Error{ErrorKind::conflict,
                 {fmt::format("第{}行已经有人处理过；刷新看最新的情况", line.n),
                  fmt::format("line {} has been settled meanwhile", line.n)}};
  store::WriteBatch put;
  put_line(town, id, line, put);
  return session.write(put);
}

Result<OpenWork> open_work_of(store::Session& session, const Town& town, const rules::Person& handler,
                              const rules::Person& reader, Date today) {
  OpenWork work;
  ZS_TRY(const auto held, session.read(kHeld, {town.id.number, handler.key}));
  for (const rulebook::Kind& kind : town.book->kinds) {
    if (rules::scope_of(*town.book, reader, kind.key) == rulebook::Scope::none) continue;
    ListAsk ask;
    ask.kind = kind.key;
    ask.view = ListAsk::View::open;
    ask.sort = ListAsk::Sort::newest;
    ask.handler = handler.key;
    ask.limit = kListMax;
    do {
      ZS_TRY(ListPage page, list_records(session, town, reader, ask, today));
      std::move(page.rows.begin(), page.rows.end(), std::back_inserter(work.rows));
      ask.after = page.next;
    } while (!ask.after.empty() && work.rows.size() < kHandoverLinesMax);
  }
  work.hidden = std::max<std::int64_t>(0, number(held.front(), 0) - static_cast<std::int64_t>(work.rows.size()));
  return work;
}

}  // namespace zs::ledger
