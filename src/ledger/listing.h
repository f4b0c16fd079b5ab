// Lists of records as a person may see them: a ledger's pages, what is open in each, and finding by number or words.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "rules/badge.h"

namespace zs::ledger {

inline constexpr int kListMax = 200;

/// A question to one of the record's own fields: only those that a table has a column for.
struct FieldFilter {
  std::string field;
  rulebook::Test test = rulebook::Test::is;  ///< is, at_least, at_most, present, absent
  Value value;
};

/// Which records of a kind. Empty texts ask nothing.
struct ListAsk {
  enum class View { open, overdue, mine, closed, all };
  enum class Sort { due, newest };
  std::string kind;
  View view = View::open;
  Sort sort = Sort::due;
  std::string state, unit, village, handler, words;
  std::optional<int> year;  ///< opened in it
  std::vector<FieldFilter> filters;
  const rulebook::NumberSeries* lacks = nullptr;  ///< a number that should be there (by its `when`) and is not
  std::string after;                              ///< ListPage::next of the page before
  int limit = 50;
};
std::optional<ListAsk::View> parse_view(std::string_view text);

/// The nearest open deadline of a record, ready to be shown.
struct NextDeadline {
  std::string name, rule;
  Date due;
  rules::Badge badge;
};

struct ListRow {
  RecordId id;
  std::string kind, number, title, state, unit, village, handler;
  bool closed_state = false;
  std::int64_t version = 0;
  std::optional<Date> opened, closed;
  std::optional<NextDeadline> next;
};

struct ListPage {
  std::vector<ListRow> rows;
  std::string next;  ///< where the next page begins; empty: there is none
};

/// The rows that the person may read (rules/scope). By due day only what is open; by words always the newest first.
Result<ListPage> list_records(store::Session& session, const Town& town, const rules::Person& person,
                              const ListAsk& ask, Date today);
/// How many records of a kind there are in each view, within the person's scope.
struct ViewCounts {
  std::int64_t open = 0, overdue = 0, mine = 0, all = 0;
};
Result<ViewCounts> count_views(store::Session& session, const Town& town, const rules::Person& person,
                               const std::string& kind, Date today);
/// How many records of a kind lack a number that they should have, within the person's scope.
Result<std::int64_t> count_lacking(store::Session& session, const Town& town, const rules::Person& person,
                                   const rulebook::Kind& kind, const rulebook::NumberSeries& series);
/// Open and overdue by kind, of all kinds that the person may read.
Result<std::map<std::string, ViewCounts>> count_kinds(store::Session& session, const Town& town,
                                                      const rules::Person& person, Date today);
/// Records of all kinds by number, title or party, also by sound (ledger/finding), the newest first; those of a whole
/// identity or phone number before them, for whom personal values are shown.
Result<std::vector<ListRow>> search_records(store::Session& session, const Town& town, const rules::Person& person,
                                            const std::string& words, Date today, int limit);

/// One open deadline of the office, with its record.
struct DueLine {
  ListRow record;
  std::string deadline, rule;
  Date due;
  rules::Badge badge;
  RowNumber number = 0;      ///< the row it runs on; 0: the record
  bool by_the_hour = false;  ///< due at a minute of that day
};
/// Open deadlines within the person's scope up to a day, the most urgent first.
Result<std::vector<DueLine>> due_lines(store::Session& session, const Town& town, const rules::Person& person,
                                       Date today, std::optional<Date> from, Date until, int limit);
/// The same of the whole town, whoever may see it: for reminders. With `since`, only of records that entries after that
/// one are about.
Result<std::vector<DueLine>> running_lines(store::Session& session, const Town& town, Date today, Date from, Date until,
                                           std::optional<EntryNumber> since);
/// Whether the person may read this record: by scope, and not hidden from them.
Result<bool> may_see(store::Session& session, const Town& town, const rules::Person& person, const ListRow& row);
/// One record as a list shows it; nothing if there is none.
Result<std::optional<ListRow>> find_row(store::Session& session, const Town& town, RecordId id);
std::int64_t count_paused(store::Session& session, const Town& town, const rules::Person& person);

}  // namespace zs::ledger
