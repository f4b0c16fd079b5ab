#include "server/letters.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/words.h"

namespace zs::server {
namespace {

using ledger::DueLine;
using ledger::Town;

constexpr int kDigestDays = 7, kDigestLinesMax = 60;

const rulebook::Deadline* deadline_of(const Town& town, const std::string& kind_key, const std::string& name) {
  const rulebook::Kind* kind = town.book->find_kind(kind_key);
  return kind == nullptr ? nullptr : kind->find_deadline(name);
}

std::string day_text(Date day) {
  return fmt::format("{}年{}月{}日（{}）", day.year(), day.month(), day.day(), weekday(day));
}

std::string ending() {
  return "\n这封信由准绳自动发出，不用回复。怎样提醒可以在“我的账号”里改。\n";
}

}  // namespace

std::string delivery_id(const Town& town, const ledger::Notice& notice) {
  return fmt::format("{}.{}.{}@zhunsheng", town.id.number, notice.id, notice.staff.empty() ? "hook" : notice.staff);
}

std::string about_record(const Town& town, const ledger::ListRow& row) {
  const rulebook::Kind* kind = town.book->find_kind(row.kind);
  return fmt::format("{} {}{}{}", kind == nullptr ? row.kind : kind->label, row.number, row.number.empty() ? "" : " ",
                     row.title);
}

std::string deadline_label(const Town& town, const DueLine& line) {
  const rulebook::Deadline* deadline = deadline_of(town, line.record.kind, line.deadline);
  return deadline == nullptr ? line.deadline : deadline->label;
}

std::string link_to(const std::string& desk, const ledger::ListRow& row) {
  return desk.empty() ? std::string() : fmt::format("{}/desk/ledger/{}/{}", desk, row.kind, row.id.number);
}

Result<Said> say(store::Session& session, const Town& town, const ledger::Notice& notice) {
  Said said{notice, {}, notice.says, {}, {}, false};
  if (notice.record.number != 0) {
    ZS_TRY(said.record, ledger::find_row(session, town, notice.record));
    if (said.record) said.about = about_record(town, *said.record);
  }
  if (notice.deadline.empty() || !said.record || !notice.due) return said;
  const rulebook::Deadline* deadline = deadline_of(town, said.record->kind, notice.deadline);
  const bool late = notice.step.starts_with("overdue");
  said.title = fmt::format("{}：{} {}{}", late ? "超期提醒" : "临期提醒",
                           deadline == nullptr ? notice.deadline : deadline->label, day_text(*notice.due),
                           late ? "已到期，还没有办结" : "到期");
  ZS_TRY(const auto rule, ledger::rule_while_running(session, town.id, notice));
  said.settled = !rule;
  if (rule) said.law = citation_of(town, *rule);
  return said;
}

Mail letter_of(const Town& town, const Said& said, const std::string& to, const std::string& desk) {
  Mail mail{delivery_id(town, said.notice), to, fmt::format("〔{}〕{}", town.name, said.title), {}};
  mail.text = said.title + "\n\n";
  if (!said.about.empty()) mail.text += "事项：" + said.about + "\n";
  if (!said.law.empty()) mail.text += "依据：" + said.law + "\n";
  if (said.record && !desk.empty()) mail.text += "打开：" + link_to(desk, *said.record) + "\n";
  mail.text += ending();
  return mail;
}

std::string hook_body_of(const Town& town, const Said& said, const std::string& desk) {
  nlohmann::ordered_json body{{"delivery", delivery_id(town, said.notice)},
                              {"town", {{"id", town.id.number}, {"name", town.name}}},
                              {"step", said.notice.step},
                              {"title", said.title},
                              {"law", said.law}};
  if (said.notice.due) body["due"] = said.notice.due->text();
  if (said.record) {
    body["record"] = {{"kind", said.record->kind},
                      {"id", said.record->id.number},
                      {"number", said.record->number},
                      {"deadline", said.notice.deadline},
                      {"about", said.about}};
    if (!desk.empty()) body["link"] = link_to(desk, *said.record);
  }
  return body.dump();
}

Result<std::vector<DueLine>> own_lines(store::Session& session, const Town& town, const rules::Person& person,
                                       Date today, Date until) {
  constexpr int kLinesMax = 2000;
  ZS_TRY(auto lines, ledger::due_lines(session, town, person, today, {}, until, kLinesMax));
  std::erase_if(lines, [&](const DueLine& line) {
    return line.record.handler != person.key && !(line.record.handler.empty() && waits_for(town, person, line));
  });
  return lines;
}

Result<std::optional<Mail>> digest_of(store::Session& session, const Town& town, const rules::Person& person,
                                      Date today, const std::string& to, const std::string& desk) {
  ZS_TRY(const auto lines, own_lines(session, town, person, today, today + kDigestDays));
  if (lines.empty()) return std::optional<Mail>();
  const auto part = [&](std::string_view heading, auto&& belongs) {
    std::string text;
    int count = 0;
    for (const DueLine& line : lines) {
      if (!belongs(line) || ++count > kDigestLinesMax) continue;
      text += fmt::format("· {}　{}　{}{}{}\n", day_text(line.due), deadline_label(town, line),
                          about_record(town, line.record), desk.empty() ? "" : "\n  ", link_to(desk, line.record));
    }
    return count == 0 ? std::string() : fmt::format("{}（{}件）\n{}\n", heading, count, text);
  };
  const auto over = [&](const DueLine& line) { return line.due < today; };
  const auto now = [&](const DueLine& line) { return line.due == today; };
  const auto soon = [&](const DueLine& line) { return line.due > today; };
  const auto late = std::count_if(lines.begin(), lines.end(), over);
  Mail mail{fmt::format("{}.digest.{}.{}@zhunsheng", town.id.number, today.text(), person.key),
            to,
            fmt::format("〔{}〕今日期限：{}件，其中超期{}件", town.name, lines.size(), late),
            {}};
  mail.text = fmt::format("{}，您好。{}的期限如下。\n\n", person.name, day_text(today)) + part("已经超期", over) +
              part("今天到期", now) + part("七天之内到期", soon) + ending();
  return std::optional(std::move(mail));
}

}  // namespace zs::server
