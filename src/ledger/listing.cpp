#include "ledger/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/list_rows.h"
#include "ledger/project.h"
#include "ledger/where.h"

namespace zs::ledger {
namespace {

using rules::Person;
using store::Cell;
using store::ResultRow;
using store::Session;

constexpr std::int64_t kRecordMax = (std::int64_t{1} << 40) - 1;
constexpr std::array<std::string_view, 5> kViews{"open", "overdue", "mine", "closed", "all"};

// `found` is told how many rows there were, with those that stay hidden; `last` where the last of them stands.
Result<std::vector<ListRow>> rows_of(Session& session, const Town& town, const Person& person, const std::string& sql,
                                     const std::vector<Cell>& parameters, Date today, std::size_t* found = nullptr,
                                     std::string* last = nullptr) {
  ZS_TRY(const auto read, session.read(sql, parameters));
  std::vector<ListRow> rows;
  for (const ResultRow& each : read) {
    ListRow row = row_of(each);
    const std::int64_t due = std::get<std::int64_t>(each[kDueColumn]);
    if (last != nullptr) *last = fmt::format("{}.{}", due, row.id.number);
    ZS_TRY(const bool seen, visible(session, town, person, row));
    if (!seen) continue;
    if (due != kNoDue) ZS_CHECK(add_next(session, town, row, today));
    rows.push_back(std::move(row));
  }
  if (found != nullptr) *found = read.size();
  return rows;
}

// From the index of words, the newest first; the record is looked at only for what it says itself.
std::string words_sql(Where& where, const Town& town, const std::string& match, std::optional<std::int64_t> before,
                      int limit) {
  const std::int64_t base = words_row(town.id, RecordId{0});
  const std::string from = where.bind(base);
  const std::string query = where.bind(match);
  const std::string until = where.bind(words_row(town.id, RecordId{before.value_or(kRecordMax)}));
  return fmt::format(
      "SELECT {0} FROM record_text t CROSS JOIN record r ON r.id=t.rowid-{1} WHERE t.record_text MATCH {2} AND "
      "t.rowid>{1} AND t.rowid<{3} AND {4} ORDER BY t.rowid DESC LIMIT {5}",
      kListColumns, from, query, until, where.text(), where.bind(std::int64_t{limit}));
}

// What the index of urgent records holds; said in the same words wherever that index is to serve.
constexpr std::string_view kUrgent = "r.voided=0 AND (r.closed_state=0 OR r.due<9999999)";

void add_view(Where& where, ListAsk::View view, const Person& person, Date today) {
  switch (view) {
    case ListAsk::View::open: where.add("r.closed_state=0"); return;
    case ListAsk::View::overdue: where.add(fmt::format("r.due<{}", where.bind(std::int64_t{today.serial()}))); return;
    case ListAsk::View::mine:
      where.add("r.closed_state=0");
      where.equal("r.handler", person.key);
      return;
    case ListAsk::View::closed: where.add("r.closed_state=1"); return;
    case ListAsk::View::all: return;
  }
}

void add_filters(Where& where, const Town& town, const Person& person, const ListAsk& ask, Date today) {
  where.equal("r.kind", ask.kind);
  where.add(scope_sql(rules::scope_of(*town.book, person, ask.kind), person, where));
  add_view(where, ask.view, person, today);
  where.equal("r.state", ask.state);
  where.equal("r.unit", ask.unit);
  where.equal("r.village", ask.village);
  where.equal("r.handler", ask.handler);
  if (!ask.year) return;
  const std::string from = where.bind(std::int64_t{Date(*ask.year, 1, 1).serial()});
  where.add(
      fmt::format("r.opened BETWEEN {} AND {}", from, where.bind(std::int64_t{Date(*ask.year, 12, 31).serial()})));
}

rulebook::Condition condition_of(const FieldFilter& filter) {
  rulebook::Condition condition;
  condition.kind = rulebook::Condition::Kind::compare;
  condition.left.kind = rulebook::Operand::Kind::path;
  condition.left.path.steps.push_back({rulebook::Step::Kind::field, filter.field, {}});
  condition.comparison.test = filter.test;
  if (!filter.value.absent()) {
    rulebook::Operand right;
    right.constant = filter.value;
    condition.comparison.right.push_back(std::move(right));
  }
  return condition;
}

Result<> add_field_filters(Where& where, const Town& town, const ListAsk& ask) {
  const rulebook::Kind* kind = town.book->find_kind(ask.kind);
  for (const FieldFilter& filter : ask.filters) {
    if (kind != nullptr && add_fields(where, town, *kind, condition_of(filter))) continue;
    return bad_input(fmt::format("不能按“{}”筛选", filter.field),
                     fmt::format("\"{}\" is no field to filter by", filter.field));
  }
  return {};
}

// A condition that SQL cannot say asks nothing: the list is then longer, never shorter.
void add_lacking(Where& where, const Town& town, const rulebook::Kind& kind, const rulebook::NumberSeries& series) {
  where.add(fmt::format(
      "NOT EXISTS(SELECT 1 FROM number x WHERE x.town=r.town AND x.record=r.id AND x.kind={} AND x.name={})",
      where.bind(kind.key), where.bind(series.key)));
  if (series.when) add_fields(where, town, kind, *series.when);
}

bool by_due(const ListAsk& ask) {
  const bool open = ask.view != ListAsk::View::closed && ask.view != ListAsk::View::all;
  return open && ask.sort == ListAsk::Sort::due && ask.words.empty();
}

// "DAY.ID" or "ID": where the page before ended.
struct Cursor {
  std::int64_t day = 0, id = 0;
};
std::optional<Cursor> parse_cursor(std::string_view text) {
  Cursor cursor;
  bool second = false;
  for (const char c : text) {
    if (c == '.' && !second) {
      second = true;
      cursor.day = std::exchange(cursor.id, 0);
    } else if (c >= '0' && c <= '9' && cursor.id < 1'000'000'000'000) {
      cursor.id = cursor.id * 10 + (c - '0');
    } else {
      return std::nullopt;
    }
  }
  return text.empty() ? std::nullopt : std::optional(cursor);
}

Result<std::int64_t> count(Session& session, const std::string& from, const Where& where) {
  ZS_TRY(const auto rows, session.read(from + where.text(), where.parameters()));
  return std::get<std::int64_t>(rows.front()[0]);
}

std::string urgent_sql(Where& where, const std::optional<Cursor>& after, int limit) {
  where.add(std::string(kUrgent));
  if (after) {
    const std::string day = where.bind(after->day);
    where.add(fmt::format("(r.due>{0} OR (r.due={0} AND r.id>{1}))", day, where.bind(after->id)));
  }
  return fmt::format("SELECT {} FROM record r INDEXED BY record_urgent WHERE {} ORDER BY r.due,r.id LIMIT {}",
                     kListColumns, where.text(), where.bind(std::int64_t{limit}));
}

std::string newest_sql(Where& where, const std::optional<Cursor>& after, int limit) {
  where.add("r.voided=0");
  if (after) where.add(fmt::format("r.id<{}", where.bind(after->id)));
  return fmt::format("SELECT {} FROM record r INDEXED BY record_newest WHERE {} ORDER BY r.id DESC LIMIT {}",
                     kListColumns, where.text(), where.bind(std::int64_t{limit}));
}

}  // namespace

std::optional<ListAsk::View> parse_view(std::string_view text) {
  for (std::size_t i = 0; i < kViews.size(); ++i) {
    if (kViews[i] == text) return static_cast<ListAsk::View>(i);
  }
  return std::nullopt;
}

Result<ListPage> list_records(Session& session, const Town& town, const Person& person, const ListAsk& ask,
                              Date today) {
  Where where(town.id);
  where.add("r.town=?1");
  add_filters(where, town, person, ask, today);
  ZS_CHECK(add_field_filters(where, town, ask));
  const rulebook::Kind* kind = town.book->find_kind(ask.kind);
  if (ask.lacks != nullptr && kind != nullptr) add_lacking(where, town, *kind, *ask.lacks);
  const auto after = parse_cursor(ask.after);
  const int limit = std::clamp(ask.limit, 1, kListMax);
  const bool urgent = by_due(ask);
  std::string sql;
  if (!ask.words.empty()) {
    const std::string match = match_of(town, person, ask.kind, ask.words, Ending::open);
    if (match.empty()) return ListPage{};
    where.add("r.voided=0");
    sql = words_sql(where, town, match, after ? std::optional(after->id) : std::nullopt, limit);
  } else {
    sql = urgent ? urgent_sql(where, after, limit) : newest_sql(where, after, limit);
  }
  ListPage page;
  std::size_t found = 0;
  ZS_TRY(page.rows, rows_of(session, town, person, sql, where.parameters(), today, &found, &page.next));
  if (found < static_cast<std::size_t>(limit)) page.next.clear();
  if (!urgent && !page.next.empty()) page.next = page.next.substr(page.next.find('.') + 1);
  return page;
}

Result<ViewCounts> count_views(Session& session, const Town& town, const Person& person, const std::string& kind,
                               Date today) {
  ViewCounts counts;
  const rulebook::Scope scope = rules::scope_of(*town.book, person, kind);
  Where urgent(town.id);
  const std::string day = urgent.bind(std::int64_t{today.serial()});
  const std::string me = urgent.bind(person.key);
  urgent.add(fmt::format("r.town=?1 AND r.kind={} AND {}", urgent.bind(kind), kUrgent));
  urgent.add(scope_sql(scope, person, urgent));
  ZS_TRY(const auto open,
         session.read(fmt::format("SELECT COALESCE(SUM(r.closed_state=0),0),COALESCE(SUM(r.due<{}),0),"
                                  "COALESCE(SUM(r.closed_state=0 AND r.handler={}),0) FROM record r INDEXED BY "
                                  "record_urgent WHERE {}",
                                  day, me, urgent.text()),
                      urgent.parameters()));
  counts.open = std::get<std::int64_t>(open.front()[0]);
  counts.overdue = std::get<std::int64_t>(open.front()[1]);
  counts.mine = std::get<std::int64_t>(open.front()[2]);
  Where all(town.id);
  all.add("r.town=?1 AND r.voided=0");
  all.equal("r.kind", kind);
  all.add(scope_sql(scope, person, all));
  ZS_TRY(counts.all, count(session, "SELECT COUNT(*) FROM record r INDEXED BY record_newest WHERE ", all));
  return counts;
}

Result<std::int64_t> count_lacking(Session& session, const Town& town, const Person& person, const rulebook::Kind& kind,
                                   const rulebook::NumberSeries& series) {
  Where where(town.id);
  where.add("r.town=?1 AND r.voided=0");
  where.equal("r.kind", kind.key);
  where.add(scope_sql(rules::scope_of(*town.book, person, kind.key), person, where));
  add_lacking(where, town, kind, series);
  return count(session, "SELECT COUNT(*) FROM record r INDEXED BY record_newest WHERE ", where);
}

Result<std::map<std::string, ViewCounts>> count_kinds(Session& session, const Town& town, const Person& person,
                                                      Date today) {
  std::map<std::string, ViewCounts> counts;
  for (const rulebook::Kind& kind : town.book->kinds) {
    const rulebook::Scope scope = rules::scope_of(*town.book, person, kind.key);
    if (scope == rulebook::Scope::none) continue;
    Where where(town.id);
    const std::string day = where.bind(std::int64_t{today.serial()});
    where.add(fmt::format("r.town=?1 AND r.kind={} AND {}", where.bind(kind.key), kUrgent));
    where.add(scope_sql(scope, person, where));
    ZS_TRY(const auto rows, session.read(fmt::format("SELECT COALESCE(SUM(r.closed_state=0),0),"
                                                     "COALESCE(SUM(r.due<{}),0) FROM record r INDEXED BY record_urgent "
                                                     "WHERE {}",
                                                     day, where.text()),
                                         where.parameters()));
    ViewCounts& made = counts[kind.key];
    made.open = std::get<std::int64_t>(rows.front()[0]);
    made.overdue = std::get<std::int64_t>(rows.front()[1]);
  }
  return counts;
}

Result<std::vector<ListRow>> search_records(Session& session, const Town& town, const Person& person,
                                            const std::string& words, Date today, int limit) {
  std::vector<ListRow> found;
  if (rules::may_reveal(*town.book, person, rulebook::Guard::personal)) {
    for (const std::string& number : persons_in(words)) {
      Where where(town.id);
      where.add("r.town=?1 AND r.voided=0");
      where.add(scopes_sql(town, person, where));
      where.add(fmt::format("r.id IN (SELECT record FROM person WHERE town=?1 AND digest={})",
                            where.bind(person_digest(town, number))));
      const std::string sql = fmt::format("SELECT {} FROM record r WHERE {} ORDER BY r.id DESC LIMIT {}", kListColumns,
                                          where.text(), where.bind(std::int64_t{limit}));
      ZS_TRY(auto rows, rows_of(session, town, person, sql, where.parameters(), today));
      found.insert(found.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    }
  }
  // Whole words first: where they fill the page, nobody waits for the beginnings of others.
  std::vector<ListRow> rows;
  for (const Ending ending : {Ending::whole, Ending::open}) {
    const std::string match = match_of(town, person, {}, words, ending);
    if (match.empty() || static_cast<int>(rows.size()) >= limit) break;
    Where where(town.id);
    where.add("r.town=?1 AND r.voided=0");
    where.add(scopes_sql(town, person, where));
    const std::string sql = words_sql(where, town, match, {}, limit);
    ZS_TRY(rows, rows_of(session, town, person, sql, where.parameters(), today));
  }
  for (ListRow& row : rows) {
    const auto same = [&](const ListRow& other) { return other.id == row.id; };
    if (std::none_of(found.begin(), found.end(), same)) found.push_back(std::move(row));
  }
  return found;
}

}  // namespace zs::ledger
