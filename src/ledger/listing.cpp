#include "ledger/listing.h"

#include <fmt/format.h>

#include <array>

#include "ledger/workspace.h"
#include "rules/scope.h"

namespace zs::ledger {
namespace {

using rulebook::Scope;
using rules::Person;
using store::Cell;
using store::ResultRow;
using store::Session;

// The columns of a row, the same in every list; `r` is the record.
constexpr std::string_view kColumns =
    "r.id,r.kind,r.number,r.title,r.state,r.unit,r.village,r.handler,r.closed_state,r.version,r.opened,r.closed";
constexpr std::size_t kColumnsCount = 12;
constexpr std::string_view kNext =
    "SELECT name,rule,due,start,estimated FROM deadline WHERE town=?1 AND record=?2 AND settled='running' AND office=1 "
    "AND "
    "due IS NOT NULL ORDER BY due LIMIT 1";
constexpr std::string_view kOverdue =
    "r.id IN (SELECT d.record FROM deadline d WHERE d.town=?1 AND d.settled='running' AND d.office=1 AND d.due<{})";
constexpr std::string_view kPaused =
    "SELECT COUNT(*) FROM deadline d JOIN record r ON r.town=d.town AND r.id=d.record WHERE d.town=?1 AND "
    "d.settled='paused' AND d.office=1 AND ";
constexpr std::array<std::string_view, 5> kViews{"open", "overdue", "mine", "closed", "all"};

// A WHERE that grows, with its parameters. All its texts are ours; what users give is bound.
class Where {
 public:
  explicit Where(TownId town) : parameters_{town.number} {}
  std::string bind(Cell value) {
    parameters_.push_back(std::move(value));
    return fmt::format("?{}", parameters_.size());
  }
  void add(std::string condition) { text_ += (text_.empty() ? "" : " AND ") + std::move(condition); }
  void equal(std::string_view column, const std::string& value) {
    if (!value.empty()) add(fmt::format("{}={}", column, bind(value)));
  }
  const std::string& text() const { return text_; }
  const std::vector<Cell>& parameters() const { return parameters_; }

 private:
  std::string text_;
  std::vector<Cell> parameters_;
};

// What the person may read of a kind, as SQL (rules/scope says the same of one record).
std::string scope_sql(Scope scope, const Person& person, Where& where) {
  switch (scope) {
    case Scope::none: break;
    case Scope::own_village:
      return person.village.empty() ? "0" : fmt::format("r.village={}", where.bind(person.village));
    case Scope::own_unit: {
      const std::string mine = fmt::format("r.handler={}", where.bind(person.key));
      return person.unit.empty() ? mine : fmt::format("({} OR r.unit={})", mine, where.bind(person.unit));
    }
    case Scope::town: return "1";
  }
  return "0";
}

// All kinds that the person may read, each within its scope.
std::string scopes_sql(const Town& town, const Person& person, Where& where) {
  std::string any;
  for (const rulebook::Kind& kind : town.book->kinds) {
    const Scope scope = rules::scope_of(*town.book, person, kind.key);
    if (scope == Scope::none) continue;
    any += fmt::format("{}(r.kind={} AND {})", any.empty() ? "" : " OR ", where.bind(kind.key),
                       scope_sql(scope, person, where));
  }
  return any.empty() ? "0" : "(" + any + ")";
}

std::optional<Date> day_of(const Cell& cell) {
  const auto* serial = std::get_if<std::int64_t>(&cell);
  return serial == nullptr ? std::nullopt : std::optional(Date::from_serial(static_cast<int>(*serial)));
}

ListRow row_of(const ResultRow& row) {
  const auto text = [&](std::size_t column) { return std::get<std::string>(row[column]); };
  ListRow made;
  made.id = RecordId{std::get<std::int64_t>(row[0])};
  made.kind = text(1);
  made.number = text(2);
  made.title = text(3);
  made.state = text(4);
  made.unit = text(5);
  made.village = text(6);
  made.handler = text(7);
  made.closed_state = std::get<std::int64_t>(row[8]) != 0;
  made.version = std::get<std::int64_t>(row[9]);
  made.opened = day_of(row[10]);
  made.closed = day_of(row[11]);
  return made;
}

rules::Badge badge_of_row(const Town& town, const std::string& rule_id, std::optional<Date> start, Date due,
                          bool estimated, Date today) {
  rules::BadgeInput input{rules::OutcomeOf::running, start, due, Unit::day, 0, estimated};
  if (const rulebook::Rule* rule = town.book->find_rule(rule_id)) {
    auto period = rules::within_of(*rule, "", town.in_force());
    if (!period) period = rules::period_of(rule->ahead, town.in_force());
    if (period) input.unit = period->unit;
  }
  return rules::badge_of(input, today, town.calendar);
}

Result<> add_next(Session& session, const Town& town, ListRow& row, Date today) {
  ZS_TRY(const auto found, session.read(kNext, {town.id.number, row.id.number}));
  if (found.empty()) return {};
  const ResultRow& next = found.front();
  const Date due = *day_of(next[2]);
  row.next = NextDeadline{std::get<std::string>(next[0]), std::get<std::string>(next[1]), due,
                          badge_of_row(town, std::get<std::string>(next[1]), day_of(next[3]), due,
                                       std::get<std::int64_t>(next[4]) != 0, today)};
  return {};
}

// Whistle-blowers: of a kind that hides, each record is looked at.
Result<bool> visible(Session& session, const Town& town, const Person& person, const ListRow& row) {
  const rulebook::Kind* kind = town.book->find_kind(row.kind);
  if (kind == nullptr) return false;
  if (!kind->hidden_from) return true;
  ZS_TRY(const auto record, read_record(session, town, row.id));
  if (!record) return false;
  rules::View view(town.in_force(), *record);
  return rules::may_read(view, person);
}

Result<std::vector<ListRow>> rows_of(Session& session, const Town& town, const Person& person, const std::string& sql,
                                     const std::vector<Cell>& parameters, Date today) {
  ZS_TRY(const auto found, session.read(sql, parameters));
  std::vector<ListRow> rows;
  for (const ResultRow& each : found) {
    ListRow row = row_of(each);
    ZS_TRY(const bool seen, visible(session, town, person, row));
    if (!seen) continue;
    ZS_CHECK(add_next(session, town, row, today));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string like_of(const std::string& words) {
  std::string pattern = "%";
  for (const char c : words) {
    if (c == '%' || c == '_' || c == '\\') pattern.push_back('\\');
    pattern.push_back(c);
  }
  return pattern + "%";
}

void add_words(Where& where, const std::string& words) {
  if (words.empty()) return;
  const std::string like = where.bind(like_of(words));
  where.add(fmt::format("(r.number LIKE {0} ESCAPE '\\' OR r.title LIKE {0} ESCAPE '\\')", like));
}

void add_view(Where& where, ListAsk::View view, const Person& person, Date today) {
  switch (view) {
    case ListAsk::View::open: where.add("r.closed_state=0"); return;
    case ListAsk::View::overdue: where.add(fmt::format(kOverdue, where.bind(std::int64_t{today.serial()}))); return;
    case ListAsk::View::mine:
      where.add("r.closed_state=0");
      where.equal("r.handler", person.key);
      return;
    case ListAsk::View::closed: where.add("r.closed_state=1"); return;
    case ListAsk::View::all: return;
  }
}

Result<std::int64_t> count(Session& session, const std::string& from, const Where& where) {
  ZS_TRY(const auto rows, session.read(from + where.text(), where.parameters()));
  return std::get<std::int64_t>(rows.front()[0]);
}

}  // namespace

std::optional<ListAsk::View> parse_view(std::string_view text) {
  for (std::size_t i = 0; i < kViews.size(); ++i) {
    if (kViews[i] == text) return static_cast<ListAsk::View>(i);
  }
  return std::nullopt;
}

Result<std::vector<ListRow>> list_records(Session& session, const Town& town, const Person& person, const ListAsk& ask,
                                          Date today) {
  Where where(town.id);
  where.add("r.town=?1 AND r.voided=0");
  where.equal("r.kind", ask.kind);
  where.add(scope_sql(rules::scope_of(*town.book, person, ask.kind), person, where));
  add_view(where, ask.view, person, today);
  where.equal("r.state", ask.state);
  where.equal("r.unit", ask.unit);
  where.equal("r.village", ask.village);
  where.equal("r.handler", ask.handler);
  if (ask.year) {
    const std::string from = where.bind(std::int64_t{Date(*ask.year, 1, 1).serial()});
    where.add(
        fmt::format("r.opened BETWEEN {} AND {}", from, where.bind(std::int64_t{Date(*ask.year, 12, 31).serial()})));
  }
  add_words(where, ask.words);
  constexpr std::string_view kDue =
      "(SELECT MIN(d.due) FROM deadline d WHERE d.town=r.town AND d.record=r.id AND d.settled='running' AND "
      "d.office=1)";
  const std::string order =
      ask.sort == ListAsk::Sort::due ? fmt::format("{0} IS NULL,{0},r.id DESC", kDue) : std::string("r.id DESC");
  const std::string limit = where.bind(std::int64_t{std::min(ask.limit, kListMax)});
  const std::string sql = fmt::format("SELECT {} FROM record r WHERE {} ORDER BY {} LIMIT {} OFFSET {}", kColumns,
                                      where.text(), order, limit, where.bind(std::int64_t{ask.offset}));
  return rows_of(session, town, person, sql, where.parameters(), today);
}

Result<ViewCounts> count_views(Session& session, const Town& town, const Person& person, const std::string& kind,
                               Date today) {
  ViewCounts counts;
  const auto of_view = [&](ListAsk::View view) -> Result<std::int64_t> {
    Where where(town.id);
    where.add("r.town=?1 AND r.voided=0");
    where.equal("r.kind", kind);
    where.add(scope_sql(rules::scope_of(*town.book, person, kind), person, where));
    add_view(where, view, person, today);
    return count(session, "SELECT COUNT(*) FROM record r WHERE ", where);
  };
  ZS_TRY(counts.open, of_view(ListAsk::View::open));
  ZS_TRY(counts.overdue, of_view(ListAsk::View::overdue));
  ZS_TRY(counts.mine, of_view(ListAsk::View::mine));
  ZS_TRY(counts.all, of_view(ListAsk::View::all));
  return counts;
}

Result<std::map<std::string, ViewCounts>> count_kinds(Session& session, const Town& town, const Person& person,
                                                      Date today) {
  std::map<std::string, ViewCounts> counts;
  Where open(town.id);
  open.add("r.town=?1 AND r.voided=0 AND r.closed_state=0");
  open.add(scopes_sql(town, person, open));
  ZS_CHECK(session.each("SELECT r.kind,COUNT(*) FROM record r WHERE " + open.text() + " GROUP BY r.kind",
                        open.parameters(), [&](const ResultRow& row) {
                          counts[std::get<std::string>(row[0])].open = std::get<std::int64_t>(row[1]);
                          return true;
                        }));
  Where overdue(town.id);
  overdue.add("r.town=?1 AND r.voided=0");
  overdue.add(fmt::format(kOverdue, overdue.bind(std::int64_t{today.serial()})));
  overdue.add(scopes_sql(town, person, overdue));
  ZS_CHECK(session.each("SELECT r.kind,COUNT(*) FROM record r WHERE " + overdue.text() + " GROUP BY r.kind",
                        overdue.parameters(), [&](const ResultRow& row) {
                          counts[std::get<std::string>(row[0])].overdue = std::get<std::int64_t>(row[1]);
                          return true;
                        }));
  return counts;
}

Result<std::vector<ListRow>> search_records(Session& session, const Town& town, const Person& person,
                                            const std::string& words, Date today, int limit) {
  Where where(town.id);
  where.add("r.town=?1 AND r.voided=0");
  where.add(scopes_sql(town, person, where));
  add_words(where, words);
  const std::string sql = fmt::format("SELECT {} FROM record r WHERE {} ORDER BY r.id DESC LIMIT {}", kColumns,
                                      where.text(), where.bind(std::int64_t{std::min(limit, kListMax)}));
  return rows_of(session, town, person, sql, where.parameters(), today);
}

Result<std::vector<DueLine>> due_lines(Session& session, const Town& town, const Person& person, Date today,
                                       std::optional<Date> from, Date until, int limit) {
  Where where(town.id);
  where.add("d.town=?1 AND d.settled='running' AND d.office=1");
  if (from) where.add(fmt::format("d.due>={}", where.bind(std::int64_t{from->serial()})));
  where.add(fmt::format("d.due<={}", where.bind(std::int64_t{until.serial()})));
  where.add(scopes_sql(town, person, where));
  const std::string sql = fmt::format(
      "SELECT {},d.name,d.rule,d.due,d.start,d.estimated FROM deadline d JOIN record r ON r.town=d.town AND "
      "r.id=d.record "
      "WHERE {} ORDER BY d.due,d.record LIMIT {}",
      kColumns, where.text(), where.bind(std::int64_t{limit}));
  ZS_TRY(const auto found, session.read(sql, where.parameters()));
  std::vector<DueLine> lines;
  for (const ResultRow& row : found) {
    DueLine line{row_of(row),
                 std::get<std::string>(row[kColumnsCount]),
                 std::get<std::string>(row[kColumnsCount + 1]),
                 *day_of(row[kColumnsCount + 2]),
                 {}};
    ZS_TRY(const bool seen, visible(session, town, person, line.record));
    if (!seen) continue;
    line.badge = badge_of_row(town, line.rule, day_of(row[kColumnsCount + 3]), line.due,
                              std::get<std::int64_t>(row[kColumnsCount + 4]) != 0, today);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::int64_t count_paused(Session& session, const Town& town, const Person& person) {
  Where where(town.id);
  where.add(scopes_sql(town, person, where));
  const auto counted = count(session, std::string(kPaused), where);
  return counted ? *counted : 0;
}

}  // namespace zs::ledger
