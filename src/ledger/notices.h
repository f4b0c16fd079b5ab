// Notices (提醒): who is told what, by which way; a durable outbox beside the journal. Reminders change no record.
//
// A notice is one row a person and a way, known by its key: made again, it is the same row, so nobody is told twice.
// What waits is taken with claim(), which says when it may be tried again before it is handed out: a server that dies
// while it sends tries again later, under the same name, by which the receiver knows a repeat.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

/// desk: the list on the desk. mail: to a person's address. hook: one webhook of the town, for all.
enum class Channel { desk, mail, hook };
std::string_view name_of(Channel channel);

/// waiting: to be sent (desk: unread). sent (desk: read). moot: what it speaks of was settled before it was sent.
/// dead: given up after kNoticeAttemptsMax.
enum class NoticeState { waiting, sent, moot, dead };
std::string_view name_of(NoticeState state);

inline constexpr std::int64_t kNoticeAttemptsMax = 7;  // over about two days

struct Notice {
  std::int64_t id = 0;
  Channel channel = Channel::desk;
  std::string staff;  ///< empty: of a webhook
  std::string key;
  RecordId record;       ///< 0: of no record
  std::string deadline;  ///< and its row, 0 if it runs on the record
  RowNumber number = 0;
  std::optional<Date> due;
  std::string step;  ///< rules/remind; "digest": the day's summary
  std::string says;  ///< a text of its own, where it speaks of no deadline
  bool urgent = false;
  Instant at;
  std::int64_t attempts = 0;
  NoticeState state = NoticeState::waiting;
  std::string error;
};

/// Which ways this server has beside the desk.
struct Ways {
  bool mail = false, hook = false;
};

/// What the last round of making has seen: the next one of the same day looks only at what has changed since.
struct NoticeRound {
  std::optional<Date> day;
  EntryNumber entry;
};
/// Makes the notices whose day has come, of every running deadline of the town; how many are new. Reads beside the
/// writer, and writes only where something is new. Errors: the database's.
Result<std::int64_t> make_notices(Ledger& ledger, TownId town, Ways ways, NoticeRound& round);
/// One notice to one person, on the desk and by mail: for what is no deadline. Once for a key.
Result<> tell(Ledger& ledger, TownId town, const std::string& staff, const std::string& key, RecordId record,
              const std::string& says);

/// Takes what may be sent now, at most so many. Not in the quiet hours, unless urgent; what has become moot is marked
/// so and left out.
Result<std::vector<Notice>> claim_notices(Ledger& ledger, TownId town, Channel channel, int most);
/// What came of it: sent; or why not, then it is tried again later, and given up in the end.
Result<> settle_notice(Ledger& ledger, TownId town, const Notice& notice, const std::optional<std::string>& failure);
/// There is nothing to be said after all: a summary of an empty day, a person who has left.
Result<> skip_notice(Ledger& ledger, TownId town, const Notice& notice);

/// The rule of the deadline that a notice speaks of, while that still runs to the day it was told of.
Result<std::optional<std::string>> rule_while_running(store::Session& session, TownId town, const Notice& notice);

/// A person's own, the newest first; `before` 0: from the newest on.
Result<std::vector<Notice>> notices_for(Ledger& ledger, TownId town, const std::string& staff, std::int64_t before,
                                        int limit);
Result<std::int64_t> count_unread(Ledger& ledger, TownId town, const std::string& staff);
/// Marks all of a person's as read up to this one.
Result<> read_notices(Ledger& ledger, TownId town, const std::string& staff, std::int64_t until);
/// What was given up or failed at least once, the newest first.
Result<std::vector<Notice>> failed_notices(Ledger& ledger, TownId town, int limit);
/// A notice that was given up is tried again from the beginning. Errors: not_found.
Result<> retry_notice(Ledger& ledger, TownId town, std::int64_t id);

}  // namespace zs::ledger
