// What a notice says: a line on the desk, a letter, the body of a webhook. All are made when they are wanted, from the
// record as it then stands, with its open words only: number, title, deadline, article; no party, no note.
#pragma once

#include <optional>
#include <string>

#include "ledger/listing.h"
#include "ledger/notices.h"
#include "server/outbound.h"

namespace zs::server {

/// A notice with what it speaks of.
struct Said {
  ledger::Notice notice;
  std::optional<ledger::ListRow> record;
  std::string title;     ///< 临期提醒：答复期限 3月5日（周三）到期
  std::string about;     ///< 信访事项 信访〔2023〕1号 反映村道积水
  std::string law;       ///< 信访工作条例 第三十四条
  bool settled = false;  ///< the deadline no longer runs to that day
};

Result<Said> say(store::Session& session, const ledger::Town& town, const ledger::Notice& notice);

/// A notice's name at the receiver: the same however often it is sent.
std::string delivery_id(const ledger::Town& town, const ledger::Notice& notice);
/// `desk`: the address of the desk, "https://…"; empty: letters hold no links.
Mail letter_of(const ledger::Town& town, const Said& said, const std::string& to, const std::string& desk);
std::string hook_body_of(const ledger::Town& town, const Said& said, const std::string& desk);
/// The day's summary of what a person has to do: overdue, today, this week. Nothing on a day without any.
Result<std::optional<Mail>> digest_of(store::Session& session, const ledger::Town& town, const rules::Person& person,
                                      Date today, const std::string& to, const std::string& desk);

/// The lines of a person's own: they handle it; or nobody does, and their post ends the deadline.
Result<std::vector<ledger::DueLine>> own_lines(store::Session& session, const ledger::Town& town,
                                               const rules::Person& person, Date today, Date until);
/// 期限、事项: how a line reads outside the desk.
std::string deadline_label(const ledger::Town& town, const ledger::DueLine& line);
std::string about_record(const ledger::Town& town, const ledger::ListRow& row);
/// The address of a record on the desk; empty without `desk`.
std::string link_to(const std::string& desk, const ledger::ListRow& row);

}  // namespace zs::server
