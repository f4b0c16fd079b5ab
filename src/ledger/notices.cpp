#include "ledger/notices.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "ledger/listing.h"
#include "ledger/told.h"
#include "rules/remind.h"

namespace zs::ledger {
namespace {

using rules::Person;
using store::Session;

constexpr std::string_view kColumns =
    "n.id,n.channel,n.staff,n.key,n.record,n.deadline,n.number,n.due,n.step,n.says,n.urgent,n.at,n.attempts,n.state,"
    "n.error";
constexpr std::string_view kMake =
    "INSERT OR IGNORE INTO notice(town,id,channel,staff,key,record,deadline,number,due,step,says,urgent,at,next,"
    "attempts,state,error) VALUES(?1,(SELECT COALESCE(MAX(id),0)+1 FROM notice WHERE town=?1),?2,?3,?4,?5,?6,?7,?8,?9,"
    "?10,?11,?12,?12,0,'waiting','')";
constexpr std::string_view kKnown = "SELECT 1 FROM notice WHERE town=?1 AND channel=?2 AND staff=?3 AND key=?4";
constexpr std::string_view kTake =
    "UPDATE notice SET attempts=attempts+1,next=?3 WHERE town=?1 AND id=?2 AND state='waiting'";
constexpr std::string_view kSettle = "UPDATE notice SET state=?3,error=?4,next=?5 WHERE town=?1 AND id=?2";
constexpr std::string_view kRunning =
    "SELECT rule FROM deadline WHERE town=?1 AND record=?2 AND name=?3 AND number=?4 AND due=?5 AND settled='running'";
constexpr std::string_view kUnread =
    "SELECT COUNT(*) FROM notice WHERE town=?1 AND channel='desk' AND staff=?2 AND state='waiting'";
constexpr std::string_view kRead =
    "UPDATE notice SET state='sent' WHERE town=?1 AND channel='desk' AND staff=?2 AND state='waiting' AND id<=?3";
constexpr std::string_view kRetry =
    "UPDATE notice SET state='waiting',attempts=0,next=?3 WHERE town=?1 AND id=?2 AND state='dead'";
constexpr std::string_view kFind = "SELECT state FROM notice WHERE town=?1 AND id=?2";

constexpr std::array<std::string_view, 3> kChannels{"desk", "mail", "hook"};
constexpr std::array<std::string_view, 4> kStates{"waiting", "sent", "moot", "dead"};
constexpr std::string_view kDigestStep = "digest";
// How late a reminder may still be told: what was missed over a long holiday, not the past of a town.
constexpr int kEarlyDays = 7, kLateDays = 30, kAheadDays = 120;
constexpr std::int64_t kMinuteMs = 60'000, kLeaseMs = 5 * kMinuteMs;
constexpr std::int64_t kRetryMinutes[kNoticeAttemptsMax] = {1, 5, 30, 120, 360, 720, 1440};

template <class Enum, std::size_t N>
Enum enum_of(const std::array<std::string_view, N>& names, std::string_view text) {
  const auto* const found = std::find(names.begin(), names.end(), text);
  return static_cast<Enum>(found == names.end() ? 0 : found - names.begin());
}

Notice notice_of(const store::ResultRow& row) {
  const auto text = [&](std::size_t column) { return std::get<std::string>(row[column]); };
  const auto number = [&](std::size_t column) { return std::get<std::int64_t>(row[column]); };
  Notice made;
  made.id = number(0);
  made.channel = enum_of<Channel>(kChannels, text(1));
  made.staff = text(2);
  made.key = text(3);
  made.record = RecordId{number(4)};
  made.deadline = text(5);
  made.number = number(6);
  if (std::holds_alternative<std::int64_t>(row[7])) made.due = Date::from_serial(static_cast<int>(number(7)));
  made.step = text(8);
  made.says = text(9);
  made.urgent = number(10) != 0;
  made.at = Instant{number(11)};
  made.attempts = number(12);
  made.state = enum_of<NoticeState>(kStates, text(13));
  made.error = text(14);
  return made;
}

Result<std::vector<Notice>> read(Session& session, const std::string& rest, const std::vector<store::Cell>& values) {
  ZS_TRY(const auto rows, session.read(fmt::format("SELECT {} FROM notice n WHERE {}", kColumns, rest), values));
  std::vector<Notice> notices;
  for (const store::ResultRow& row : rows) notices.push_back(notice_of(row));
  return notices;
}

// The clock of a town: its civil day and minute.
struct Now {
  Instant at;
  Date day;
  int minute = 0;
};
Now now_of(Ledger& ledger, const Town& town) {
  const Instant at = ledger.now();
  const Moment moment = civil(at, town.book->utc_offset);
  return {at, moment.day(), static_cast<int>(moment.minutes - start_of(moment.day()).minutes)};
}

bool has_post(const Person& person, const std::string& post) {
  return std::find(person.posts.begin(), person.posts.end(), post) != person.posts.end();
}

// Whether the person's post records the act that ends the deadline.
bool could_end(const rulebook::Kind& kind, const rulebook::Deadline& deadline, const Person& person) {
  const rulebook::Action* stops = rules::act_that_stops(kind, deadline);
  return stops != nullptr && std::any_of(stops->by.begin(), stops->by.end(),
                                         [&](const std::string& post) { return has_post(person, post); });
}

class Maker {
 public:
  Maker(Session& session, const Town& town, Ways ways, Now now, std::vector<Told> told)
      : session_(session), town_(town), ways_(ways), now_(now), told_(std::move(told)) {}

  Result<> deadlines(std::optional<EntryNumber> since) {
    ZS_TRY(const auto lines,
           running_lines(session_, town_, now_.day, now_.day - kAheadDays, now_.day + kAheadDays, since));
    for (const DueLine& line : lines) ZS_CHECK(of_line(line));
    return {};
  }

  // Who wants the day's summary gets one on each workday, once its hour has come.
  Result<> digests() {
    if (!ways_.mail || !town_.calendar.workday(now_.day)) return {};
    if (rules::in_hours(fmt::format("00:00-{}", town_.in_force().setting("digest_at")), now_.minute)) return {};
    for (const Told& each : told_) {
      if (each.way != Told::Way::daily || !town_.staff.contains(each.staff)) continue;
      Notice made;
      made.channel = Channel::mail;
      made.staff = each.staff;
      made.key = fmt::format("{}.{}", kDigestStep, now_.day.text());
      made.step = kDigestStep;
      ZS_CHECK(put(made));
    }
    return {};
  }

  /// What is not there yet.
  const std::vector<Notice>& made() const { return made_; }

  Result<> put(const Notice& notice) {
    ZS_TRY(const auto known,
           session_.read(kKnown, {town_.id.number, std::string(name_of(notice.channel)), notice.staff, notice.key}));
    if (known.empty()) made_.push_back(notice);
    return {};
  }

  Result<> put_for(const std::string& staff, Notice notice) {
    notice.staff = staff;
    notice.channel = Channel::desk;
    ZS_CHECK(put(notice));
    const auto own = std::find_if(told_.begin(), told_.end(), [&](const Told& each) { return each.staff == staff; });
    if (!ways_.mail || own == told_.end() || own->way != Told::Way::each) return {};
    notice.channel = Channel::mail;
    return put(notice);
  }

 private:
  Result<> of_line(const DueLine& line) {
    const rulebook::Kind* kind = town_.book->find_kind(line.record.kind);
    const rulebook::Deadline* deadline = kind == nullptr ? nullptr : kind->find_deadline(line.deadline);
    if (deadline == nullptr) return {};
    for (const rules::Reminder& reminder :
         rules::reminders_of(rules::notices_of(*town_.book, *kind, *deadline), line.due, town_.calendar)) {
      if (reminder.day > now_.day || reminder.day < now_.day - (reminder.late ? kLateDays : kEarlyDays)) continue;
      // What was to be said before the end is no news after it.
      if (!reminder.late && line.due < now_.day) continue;
      Notice notice;
      notice.record = line.record.id;
      notice.deadline = line.deadline;
      notice.number = line.number;
      notice.due = line.due;
      notice.step = reminder.step;
      notice.urgent = line.by_the_hour;
      notice.key = fmt::format("{}.{}.{}.{}.{}", line.record.id.number, line.deadline, line.number, line.due.text(),
                               reminder.step);
      ZS_TRY(const auto people, recipients(*kind, *deadline, line, reminder));
      for (const std::string& staff : people) ZS_CHECK(put_for(staff, notice));
      notice.channel = Channel::hook;
      if (ways_.hook) ZS_CHECK(put(notice));
    }
    return {};
  }

  // The handler, and holders of the posts named; only who may read the record is told of it. Where there is no handler
  // to tell, those who could do what ends the deadline are.
  Result<std::set<std::string>> recipients(const rulebook::Kind& kind, const rulebook::Deadline& deadline,
                                           const DueLine& line, const rules::Reminder& reminder) {
    std::set<std::string> found;
    const auto add = [&](const Person& person) -> Result<> {
      ZS_TRY(const bool may, may_see(session_, town_, person, line.record));
      if (may) found.insert(person.key);
      return {};
    };
    for (const std::string& to : reminder.to) {
      const auto handler = town_.staff.find(line.record.handler);
      if (to == rules::kHandler && handler != town_.staff.end()) {
        ZS_CHECK(add(handler->second));
        if (found.contains(handler->first)) continue;
      }
      for (const auto& [key, person] : town_.staff) {
        if (to == rules::kHandler ? could_end(kind, deadline, person) : has_post(person, to)) ZS_CHECK(add(person));
      }
    }
    return found;
  }

  Session& session_;
  const Town& town_;
  Ways ways_;
  Now now_;
  std::vector<Told> told_;
  std::vector<Notice> made_;
};

// Made twice, by two rounds at once, it is still one row.
Result<> write_notices(Ledger& ledger, TownId town, Instant at, const std::vector<Notice>& notices) {
  store::WriteBatch rows;
  for (const Notice& notice : notices)
    rows.add(kMake, {town.number, std::string(name_of(notice.channel)), notice.staff, notice.key, notice.record.number,
                     notice.deadline, notice.number,
                     notice.due ? store::Cell(std::int64_t{notice.due->serial()}) : store::Cell(), notice.step,
                     notice.says, std::int64_t{notice.urgent}, at.utc_ms});
  return rows.size() == 0 ? Result<>() : ledger.write_aside(rows);
}

Result<bool> is_moot(Session& session, const Town& town, const Notice& notice) {
  if (notice.deadline.empty()) return false;
  ZS_TRY(const auto rule, rule_while_running(session, town.id, notice));
  return !rule;
}

Result<> put_state(Session& session, TownId town, std::int64_t id, NoticeState state, const std::string& error,
                   Instant next) {
  store::WriteBatch rows;
  rows.add(kSettle, {town.number, id, std::string(name_of(state)), error, next.utc_ms});
  return session.write(rows);
}

}  // namespace

std::string_view name_of(Channel channel) {
  return kChannels[static_cast<std::size_t>(channel)];
}
std::string_view name_of(NoticeState state) {
  return kStates[static_cast<std::size_t>(state)];
}

Result<std::int64_t> make_notices(Ledger& ledger, TownId id, Ways ways, NoticeRound& round) {
  ZS_TRY(const auto town, ledger.snapshot(id));
  ZS_TRY(auto lease, ledger.database().reader());
  ZS_TRY(const std::int64_t head, head_of(*lease, id));
  const Now now = now_of(ledger, *town);
  ZS_TRY(auto people, told(*lease, id));
  Maker maker(*lease, *town, ways, now, std::move(people));
  const bool same_day = round.day == now.day;
  if (!same_day || round.entry.number != head)
    ZS_CHECK(maker.deadlines(same_day ? std::optional(round.entry) : std::nullopt));
  ZS_CHECK(maker.digests());
  ZS_CHECK(write_notices(ledger, id, now.at, maker.made()));
  round = {now.day, EntryNumber{head}};
  return static_cast<std::int64_t>(maker.made().size());
}

Result<> tell(Ledger& ledger, TownId id, const std::string& staff, const std::string& key, RecordId record,
              const std::string& says) {
  ZS_TRY(const auto town, ledger.snapshot(id));
  ZS_TRY(auto lease, ledger.database().reader());
  ZS_TRY(auto people, told(*lease, id));
  const Now now = now_of(ledger, *town);
  // Whether mail goes out is the sender's to know; a row that nobody takes waits.
  Maker maker(*lease, *town, Ways{.mail = true}, now, std::move(people));
  Notice notice;
  notice.key = key;
  notice.record = record;
  notice.says = says;
  ZS_CHECK(maker.put_for(staff, notice));
  return write_notices(ledger, id, now.at, maker.made());
}

Result<std::vector<Notice>> claim_notices(Ledger& ledger, TownId id, Channel channel, int most) {
  ZS_TRY(const auto town, ledger.snapshot(id));
  const Now now = now_of(ledger, *town);
  const bool quiet = channel == Channel::mail &&
                     !rules::may_disturb(town->in_force().setting("quiet_hours"), now.day, now.minute, town->calendar);
  std::vector<Notice> claimed;
  const auto written = ledger.write_aside([&](Session& session) -> Result<> {
    ZS_TRY(auto waiting,
           read(session,
                fmt::format("n.town=?1 AND n.channel=?2 AND n.state='waiting' AND n.next<=?3{} ORDER BY n.next,n.id "
                            "LIMIT ?4",
                            quiet ? " AND n.urgent=1" : ""),
                {id.number, std::string(name_of(channel)), now.at.utc_ms, std::int64_t{most}}));
    for (Notice& notice : waiting) {
      ZS_TRY(const bool moot, is_moot(session, *town, notice));
      if (moot) {
        ZS_CHECK(put_state(session, id, notice.id, NoticeState::moot, "", now.at));
        continue;
      }
      store::WriteBatch rows;
      rows.add(kTake, {id.number, notice.id, now.at.utc_ms + kLeaseMs});
      ZS_CHECK(session.write(rows));
      ++notice.attempts;
      claimed.push_back(std::move(notice));
    }
    return {};
  });
  if (!written) return written.error();
  return claimed;
}

Result<> settle_notice(Ledger& ledger, TownId town, const Notice& notice, const std::optional<std::string>& failure) {
  const Instant now = ledger.now();
  return ledger.write_aside([&](Session& session) -> Result<> {
    if (!failure) return put_state(session, town, notice.id, NoticeState::sent, "", now);
    if (notice.attempts >= kNoticeAttemptsMax)
      return put_state(session, town, notice.id, NoticeState::dead, *failure, now);
    const auto attempt = static_cast<std::size_t>(std::max<std::int64_t>(notice.attempts, 1) - 1);
    return put_state(session, town, notice.id, NoticeState::waiting, *failure,
                     Instant{now.utc_ms + kRetryMinutes[attempt] * kMinuteMs});
  });
}

Result<> skip_notice(Ledger& ledger, TownId town, const Notice& notice) {
  return ledger.write_aside([&](Session& session) -> Result<> {
    return put_state(session, town, notice.id, NoticeState::moot, "", ledger.now());
  });
}

Result<std::optional<std::string>> rule_while_running(Session& session, TownId town, const Notice& notice) {
  if (!notice.due) return std::optional<std::string>();
  ZS_TRY(const auto running, session.read(kRunning, {town.number, notice.record.number, notice.deadline, notice.number,
                                                     std::int64_t{notice.due->serial()}}));
  if (running.empty()) return std::optional<std::string>();
  return std::optional(std::get<std::string>(running.front()[0]));
}

Result<std::vector<Notice>> notices_for(Ledger& ledger, TownId town, const std::string& staff, std::int64_t before,
                                        int limit) {
  ZS_TRY(auto lease, ledger.database().reader());
  return read(*lease, "n.town=?1 AND n.channel='desk' AND n.staff=?2 AND (?3=0 OR n.id<?3) ORDER BY n.id DESC LIMIT ?4",
              {town.number, staff, before, std::int64_t{limit}});
}

Result<std::int64_t> count_unread(Ledger& ledger, TownId town, const std::string& staff) {
  ZS_TRY(auto lease, ledger.database().reader());
  ZS_TRY(const auto rows, lease->read(kUnread, {town.number, staff}));
  return std::get<std::int64_t>(rows.front()[0]);
}

Result<> read_notices(Ledger& ledger, TownId town, const std::string& staff, std::int64_t until) {
  store::WriteBatch rows;
  rows.add(kRead, {town.number, staff, until});
  return ledger.write_aside(rows);
}

Result<std::vector<Notice>> failed_notices(Ledger& ledger, TownId town, int limit) {
  ZS_TRY(auto lease, ledger.database().reader());
  return read(*lease,
              "n.town=?1 AND n.channel<>'desk' AND (n.state='dead' OR n.state='waiting' AND n.error<>'') "
              "ORDER BY n.id DESC LIMIT ?2",
              {town.number, std::int64_t{limit}});
}

Result<> retry_notice(Ledger& ledger, TownId town, std::int64_t id) {
  return ledger.write_aside([&](Session& session) -> Result<> {
    ZS_TRY(const auto found, session.read(kFind, {town.number, id}));
    if (found.empty() || std::get<std::string>(found.front()[0]) != name_of(NoticeState::dead))
      return not_found("没有这一条没有送达的通知", "there is no such notice that was given up");
    store::WriteBatch rows;
    rows.add(kRetry, {town.number, id, ledger.now().utc_ms});
    return session.write(rows);
  });
}

}  // namespace zs::ledger
