#include "server/handover_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "rules/heads.h"
#include "rules/scope.h"
#include "server/words.h"

namespace zs::server {
namespace {

using ledger::Handover;
using ledger::HandoverLine;
using nlohmann::ordered_json;
using State = HandoverLine::State;
using PagePtr = std::shared_ptr<const ledger::RecordPage>;

PagePtr page_of(Context& context, const HandoverLine& line) {
  const auto page = context.app.reading.page(context.town, line.record, context.today);
  return page && (*page)->view.record.kind == line.kind ? *page : nullptr;
}

std::string handler_of(const rules::Record& record) {
  const auto found = record.fields.find("handler");
  const auto* handler = found == record.fields.end() ? nullptr : found->second.as<std::string>();
  return handler == nullptr ? std::string() : *handler;
}

// Whether the person could read the record once they handle it.
bool could_read(const Context& context, const rules::Record& record, const rules::Person& person) {
  rules::Record taken = record;
  taken.fields["handler"] = person.key;
  rules::View looked(context.town->in_force(), taken);
  return rules::may_read(looked, person);
}

bool reads(const Context& context, const rules::Record& record) {
  rules::View looked(context.town->in_force(), record);
  return rules::may_read(looked, context.person);
}

bool over(const Context& context, const rules::Record& record) {
  const rulebook::State* state = context.town->book->find_kind(record.kind)->find_state(record.state);
  return record.voided || (state != nullptr && state->is_final);
}

// Nobody need take over what is finished, or what somebody else has in hand by now.
bool moot(const Context& context, const Handover& handover, const HandoverLine& line, const PagePtr& page) {
  if (line.state != State::offered && line.state != State::declined) return false;
  return page == nullptr || over(context, page->view.record) || handler_of(page->view.record) != handover.giver;
}

// Why somebody could not even read it, and what helps.
std::string why_unread(const Context& context, const rulebook::Kind& kind, const rules::Person& receiver) {
  switch (rules::scope_of(*context.town->book, receiver, kind.key)) {
    case rulebook::Scope::none:
      return fmt::format("{}的岗位看不到“{}”，接了也打不开；请安全管理员授予能看这本台账的岗位，或者交给别人",
                         receiver.name, kind.label);
    case rulebook::Scope::own_village:
      return fmt::format("{}只能看本村（社区）的“{}”，这一件不是；请交给能看全镇的人", receiver.name, kind.label);
    case rulebook::Scope::own_unit:
    case rulebook::Scope::town: break;
  }
  return fmt::format("这一件反映的是{}所在的单位，依规定不能让他看到；请交给别的机构的人", receiver.name);
}

ordered_json reason(const HandoverLine& line, const std::string& number, const std::string& says) {
  return {{"gate", fmt::format("{}/{}", line.kind, line.record.number)},
          {"says", number.empty() ? says : number + "：" + says},
          {"law", ordered_json::array()},
          {"warns", false}};
}

std::string_view label_of(State state) {
  constexpr std::string_view kLabels[] = {"待接收", "已接收", "已退回", "已撤回"};
  return kLabels[static_cast<std::size_t>(state)];
}

ordered_json line_json(Context& context, const Handover& handover, const HandoverLine& line) {
  const PagePtr page = page_of(context, line);
  const rulebook::Kind* kind = context.town->book->find_kind(line.kind);
  const bool mine = line.receiver == context.person.key;
  const bool seen = page != nullptr && (reads(context, page->view.record) ||
                                        (mine && could_read(context, page->view.record, context.person)));
  const bool gone = moot(context, handover, line, page);
  const bool waits = !gone && (line.state == State::offered || line.state == State::declined);
  const bool settled = line.state != State::offered;
  return {{"n", line.n},
          {"kind", line.kind},
          {"kind_label", kind == nullptr ? line.kind : kind->label},
          {"id", line.record.number},
          {"number", seen ? page->view.number : ""},
          {"title", seen ? page->view.title : ""},
          {"record_state", seen ? page->view.state_label : ""},
          {"seen", seen},
          {"opens", page != nullptr && reads(context, page->view.record)},
          {"receiver", line.receiver},
          {"receiver_name", staff_name(*context.town, line.receiver)},
          {"until", line.until.text()},
          {"state", gone ? "moot" : name_of(line.state)},
          {"state_label", gone ? "不用再交" : label_of(line.state)},
          {"late", waits && line.until < context.today},
          {"mine", mine},
          {"actor_name", staff_name(*context.town, line.actor)},
          {"on", settled && !gone ? ordered_json(civil(line.at, context.town->book->utc_offset).day().text())
                                  : ordered_json()},
          {"says", line.says}};
}

bool has_late(const ordered_json& made) {
  return std::any_of(made["lines"].begin(), made["lines"].end(), [](const auto& line) { return line["late"] == true; });
}

}  // namespace

bool heads(const Context& context, const std::string& whose) {
  const auto person = context.town->staff.find(whose);
  if (person == context.town->staff.end()) return false;
  const auto all = rules::heads_of(*context.town->book, context.town->staff, person->second);
  return std::find(all.begin(), all.end(), context.person.key) != all.end();
}

bool may_arrange(const Context& context, const Handover& handover) {
  const std::string& me = context.person.key;
  return me == handover.giver || me == handover.maker || heads(context, handover.giver);
}

bool concerns(const Context& context, const Handover& handover) {
  return may_arrange(context, handover) ||
         std::any_of(handover.lines.begin(), handover.lines.end(),
                     [&](const HandoverLine& line) { return line.receiver == context.person.key; });
}

bool is_offered(const std::vector<Handover>& handovers, RecordId record) {
  return std::any_of(handovers.begin(), handovers.end(), [&](const Handover& handover) {
    return std::any_of(handover.lines.begin(), handover.lines.end(), [&](const HandoverLine& line) {
      return line.record == record && (line.state == State::offered || line.state == State::declined);
    });
  });
}

std::optional<ordered_json> why_not_given(Context& context, const HandoverLine& line, const rules::Person& giver,
                                          const rules::Person& receiver) {
  const PagePtr page = page_of(context, line);
  if (page == nullptr || !reads(context, page->view.record))
    return reason(line, {}, "没有这一件，或者不在您的范围内；由能看到它的负责人来交");
  const std::string& number = page->view.number;
  if (receiver.key == giver.key) return reason(line, number, "接收人就是移交人；换一个接收人");
  if (over(context, page->view.record)) return reason(line, number, "已经办结或者作废，不用再交");
  if (handler_of(page->view.record) != giver.key)
    return reason(line, number, fmt::format("承办人不是{}，不由他移交", giver.name));
  if (!could_read(context, page->view.record, receiver))
    return reason(line, number, why_unread(context, *context.town->book->find_kind(line.kind), receiver));
  return std::nullopt;
}

std::optional<std::string> why_not_taken(Context& context, const Handover& handover, const HandoverLine& line) {
  const PagePtr page = page_of(context, line);
  if (line.state != State::offered) return fmt::format("这一行{}，不能再接", label_of(line.state));
  if (moot(context, handover, line, page)) return "已经办结、作废或者换了承办人，不用再接";
  if (!could_read(context, page->view.record, context.person))
    return why_unread(context, *context.town->book->find_kind(line.kind), context.person);
  return std::nullopt;
}

Result<std::vector<Handover>> handovers_of(store::Session& session, Context& context, std::string_view view) {
  ledger::HandoverAsk ask;
  if (view == "escalated")
    ask.open_before = context.today;
  else if (view == "offered")
    ask.by = context.person.key;
  else
    ask.receiver = context.person.key;
  ZS_TRY(auto found, ledger::handovers(session, context.town->id, ask));
  if (view == "escalated")
    std::erase_if(found, [&](const Handover& each) {
      return !heads(context, each.giver) || !has_late(handover_json(context, each));
    });
  return found;
}

ordered_json handover_json(Context& context, const Handover& handover) {
  ordered_json lines = ordered_json::array();
  const auto giver = context.town->staff.find(handover.giver);
  for (const HandoverLine& line : handover.lines) lines.push_back(line_json(context, handover, line));
  return {{"id", handover.id},
          {"giver", handover.giver},
          {"giver_name", staff_name(*context.town, handover.giver)},
          {"unit_name", giver == context.town->staff.end() ? "" : org_name(*context.town, giver->second.unit)},
          {"maker", handover.maker},
          {"maker_name", staff_name(*context.town, handover.maker)},
          {"why", handover.why},
          {"made_on", civil(handover.at, context.town->book->utc_offset).day().text()},
          {"arranges", may_arrange(context, handover)},
          {"lines", std::move(lines)}};
}

}  // namespace zs::server
