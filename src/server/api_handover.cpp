// Hand-overs (交接): offered line by line, taken over line by line as ordinary edits of the handler, and what nobody
// takes over in time stands with the head of the unit.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/handover.h"
#include "ledger/notices.h"
#include "server/api.h"
#include "server/handover_json.h"
#include "server/words.h"

namespace zs::server {
namespace {

using ledger::Handover;
using ledger::HandoverLine;
using nlohmann::json;
using nlohmann::ordered_json;
using State = HandoverLine::State;

constexpr std::size_t kWhyMax = 1000;

Result<const rules::Person*> person_of(const Context& context, const std::string& key, std::string_view what) {
  const auto found = context.town->staff.find(key);
  if (found != context.town->staff.end()) return &found->second;
  return bad_input(fmt::format("{}：人员名册里没有“{}”", what, key), fmt::format("\"{}\" is not on the register", key));
}

std::string text_of(const json& object, const char* key, const std::string& otherwise = {}) {
  const auto found = object.find(key);
  return found == object.end() || !found->is_string() ? otherwise : found->get<std::string>();
}

Result<Date> day_of(const Context& context, const std::string& text) {
  const auto day = parse_date(text);
  if (!day) return bad_input("最迟接收日写成 2024-10-08", "until is written 2024-10-08");
  if (*day < context.today) return bad_input("最迟接收日不能早于今天", "until may not lie in the past");
  return *day;
}

// One line of an offer as it is asked for; what cannot be offered says why, and what to do.
Result<HandoverLine> line_of(Context& context, const json& each, const json& body, const rules::Person& giver,
                             ordered_json& reasons) {
  HandoverLine line;
  if (!each.is_object() || !each.contains("id") || !each["id"].is_number_integer())
    return bad_input("lines 里每一行写 kind 和 id", "each of lines has a kind and an id");
  line.kind = text_of(each, "kind");
  line.record = RecordId{each["id"].get<std::int64_t>()};
  ZS_TRY(const rules::Person* receiver,
         person_of(context, text_of(each, "receiver", text_of(body, "receiver")), "接收人"));
  line.receiver = receiver->key;
  ZS_TRY(line.until, day_of(context, text_of(each, "until", text_of(body, "until"))));
  const auto refusal = why_not_given(context, line, giver, *receiver);
  if (refusal) reasons.push_back(*refusal);
  return line;
}

// What several lines of a hand-over are asked for: their numbers, each once.
Result<std::vector<HandoverLine>> chosen(const Handover& handover, const json& body) {
  const auto listed = body.find("lines");
  if (listed == body.end() || !listed->is_array() || listed->empty())
    return bad_input("lines 写要处理的行号", "lines is a list of line numbers");
  std::vector<HandoverLine> lines;
  for (const json& each : *listed) {
    const auto found = std::find_if(handover.lines.begin(), handover.lines.end(), [&](const HandoverLine& line) {
      return each.is_number_integer() && line.n == each.get<std::int64_t>();
    });
    if (found == handover.lines.end()) return bad_input("没有这一行", "there is no such line");
    const bool twice = std::any_of(lines.begin(), lines.end(), [&](const auto& line) { return line.n == found->n; });
    if (!twice) lines.push_back(*found);
  }
  return lines;
}

Result<Handover> of_path(Context& context) {
  const Error none = not_found("没有这份交接单，或者与您无关", "there is no such hand-over, or it is not yours");
  const std::string_view text = context.part("handover");
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string_view::npos) return none;
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(auto found, ledger::find_handover(*lease, context.town->id, std::stoll(std::string(text))));
  if (!found || !concerns(context, *found)) return none;
  return *std::move(found);
}

// The giver, whoever made the offer, and the giver's heads arrange it; a receiver only answers.
Result<Handover> to_arrange(Context& context) {
  ZS_TRY(Handover handover, of_path(context));
  if (may_arrange(context, handover)) return handover;
  return not_found("没有这份交接单，或者不由您安排", "there is no such hand-over, or it is not yours to arrange");
}

// Takes over one line: the edit and the line are one transaction.
Result<> take_over(Context& context, const Handover& handover, HandoverLine line, ordered_json& item) {
  if (line.receiver != context.person.key) {
    item["says"] = "这一行不是交给您的";
    return {};
  }
  // Asked again, it is taken over all the same.
  if (line.state == State::accepted && line.actor == context.person.key) {
    item["outcome"] = "accepted";
    return {};
  }
  if (const auto refusal = why_not_taken(context, handover, line)) {
    item["says"] = *refusal;
    return {};
  }
  ZS_TRY(const auto page, context.app.reading.page(context.town, line.record, context.today));
  rules::Change change;
  change.town = context.town->id;
  change.key = fmt::format("handover/{}/{}", handover.id, line.n);
  change.actor = context.person.key;
  change.asks = rules::Asks::edit;
  change.kind = line.kind;
  change.record = line.record;
  change.version = page->view.record.version;
  change.reason = fmt::format("接收第{}号交接单（{}移交：{}）", handover.id, staff_name(*context.town, handover.giver),
                              handover.why);
  change.acts.emplace_back();
  change.acts.back().values["handler"] = context.person.key;
  line.state = State::accepted;
  line.actor = context.person.key;
  line.at = context.app.ledger.now();
  const auto settle = [&](std::span<const Result<ledger::Answer>>, store::Session& session) {
    return ledger::settle_line(session, context.town->id, handover.id, line, {State::offered});
  };
  ZS_TRY(const auto answers, context.app.ledger.commit_batch({&change, 1}, settle));
  const auto& answer = answers.front();
  if (!answer) {
    item["says"] = answer.error().text.zh;
  } else if (const auto* refusal = std::get_if<rules::Refusal>(&*answer)) {
    item["says"] = refusal->reasons.front().says.zh;
  } else {
    item["outcome"] = "accepted";
    item["entry"] = std::get<ledger::Receipt>(*answer).last.number;
  }
  return {};
}

// Each receiver is told once of what waits for them; `round` tells one offer of the same lines from the next.
Result<> tell_receivers(Context& context, const Handover& handover, const std::vector<HandoverLine>& lines,
                        const std::string& round) {
  std::map<std::string, std::pair<std::int64_t, Date>> waiting;
  for (const HandoverLine& line : lines) {
    auto& [n, until] = waiting[line.receiver];
    until = n == 0 || line.until < until ? line.until : until;
    ++n;
  }
  for (const auto& [receiver, told] : waiting)
    ZS_CHECK(ledger::tell(
        context.app.ledger, context.town->id, receiver, fmt::format("handover/{}/{}", handover.id, round), RecordId{},
        fmt::format("{}把 {} 件事交给您（{}），最迟 {} 接收；在“交接”里逐件接收或者退回",
                    staff_name(*context.town, handover.giver), told.first, handover.why, told.second.text())));
  return {};
}

// Sets the chosen lines, all or none of them; `change` says what becomes of one, or why it cannot be.
Result<Response> arrange(Context& context, const Handover& handover, const std::vector<HandoverLine>& lines,
                         std::initializer_list<State> from, const std::string& what,
                         const std::function<void(HandoverLine&)>& change) {
  const auto set = context.app.ledger.write_aside([&](store::Session& session) -> Result<> {
    for (HandoverLine line : lines) {
      line.actor = context.person.key;
      line.at = context.app.ledger.now();
      change(line);
      ZS_CHECK(ledger::settle_line(session, context.town->id, handover.id, line, from));
    }
    return {};
  });
  if (!set) return set.error();
  ZS_CHECK(note(context, "handover", fmt::format("{}/{}", handover.id, what), "ok"));
  ZS_TRY(const Handover now, of_path(context));
  return json_response(handover_json(context, now));
}

}  // namespace

Result<Response> open_work(Context& context) {
  const std::string given(context.request.parameter("giver"));
  ZS_TRY(const rules::Person* giver, person_of(context, given.empty() ? context.person.key : given, "移交人"));
  if (giver->key != context.person.key && !heads(context, giver->key))
    return problem(context.request, 403, {}, "只能交接自己的事项，或者由本机构负责人代为交接");
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto work, ledger::open_work_of(*lease, *context.town, *giver, context.person, context.today));
  ZS_TRY(const auto offered, ledger::handovers(*lease, context.town->id, {{}, giver->key, {}}));
  JsonWriter w;
  w.object([&] {
    w("giver", giver->key);
    w("giver_name", giver->name);
    w("hidden", work.hidden);
    w.array("items", [&] {
      for (const ledger::ListRow& row : work.rows)
        w.object([&] {
          write_row(w, context, row);
          w("offered", is_offered(offered, row.id));
        });
    });
    w.array("givers", [&] {
      for (const auto& [key, person] : context.town->staff) {
        if (key != context.person.key && !heads(context, key)) continue;
        w.object([&] {
          w("key", key);
          w("name", person.name);
          w("unit_name", org_name(*context.town, person.unit));
        });
      }
    });
  });
  return json_text(w.take());
}

Result<Response> offer(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  Handover handover;
  ZS_TRY(const rules::Person* giver, person_of(context, text_of(*body, "giver", context.person.key), "移交人"));
  handover.giver = giver->key;
  handover.maker = context.person.key;
  handover.why = text_of(*body, "why");
  handover.at = context.app.ledger.now();
  handover.key = std::string(context.request.header("idempotency-key"));
  if (giver->key != context.person.key && !heads(context, giver->key))
    return problem(context.request, 403, {}, "只能交接自己的事项，或者由本机构负责人代为交接");
  if (handover.why.empty() || handover.why.size() > kWhyMax)
    return bad_input("写明交接的原因，例如“调离”“产假”", "say why the work is handed over");
  const auto listed = body->find("lines");
  if (listed == body->end() || !listed->is_array() || listed->size() > ledger::kHandoverLinesMax)
    return bad_input(fmt::format("lines 写要交的事项，最多 {} 件", ledger::kHandoverLinesMax),
                     "lines: what to hand over");
  ordered_json reasons = ordered_json::array();
  for (const json& each : *listed) {
    ZS_TRY(HandoverLine line, line_of(context, each, *body, *giver, reasons));
    handover.lines.push_back(std::move(line));
  }
  const bool dry = context.request.parameter("dry_run") == "yes";
  if (!reasons.empty())
    return problem_with(context.request, 422, fmt::format("有 {} 件不能这样交", reasons.size()),
                        {{"reasons", std::move(reasons)}});
  if (dry) return json_response({{"id", nullptr}, {"lines", handover.lines.size()}});
  if (handover.key.empty() || handover.key.size() > 200)
    return bad_input("缺少 Idempotency-Key，或者太长", "an Idempotency-Key is needed");
  ZS_TRY(const std::int64_t id, ledger::offer_handover(context.app.ledger, context.town->id, handover));
  handover.id = id;
  ZS_CHECK(tell_receivers(context, handover, handover.lines, "offer"));
  ZS_CHECK(note(context, "handover", fmt::format("{}/offer", id), "ok", giver->key));
  return json_response({{"id", id}, {"lines", handover.lines.size()}}, 201);
}

Result<Response> handover_list(Context& context) {
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto items, handovers_of(*lease, context, context.request.parameter("view")));
  ordered_json list = ordered_json::array();
  for (const Handover& handover : items) list.push_back(handover_json(context, handover));
  return json_response({{"items", std::move(list)}});
}

Result<Response> handover(Context& context) {
  ZS_TRY(const Handover found, of_path(context));
  return json_response(handover_json(context, found));
}

Result<Response> accept_handover(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  ZS_TRY(const Handover found, of_path(context));
  ZS_TRY(const auto lines, chosen(found, *body));
  ordered_json items = ordered_json::array();
  for (const HandoverLine& line : lines) {
    ordered_json item{{"n", line.n}, {"outcome", "refused"}, {"says", ""}};
    const auto taken = take_over(context, found, line, item);
    // Somebody else was quicker with this line; the others go on.
    if (!taken && taken.error().kind != ErrorKind::conflict) return taken.error();
    if (!taken) item["says"] = taken.error().text.zh;
    items.push_back(std::move(item));
  }
  return json_response({{"items", std::move(items)}});
}

Result<Response> decline_handover(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  ZS_TRY(const Handover found, of_path(context));
  ZS_TRY(const auto lines, chosen(found, *body));
  const std::string says = text_of(*body, "says");
  if (says.empty() || says.size() > kWhyMax) return bad_input("写明不接的理由", "say why they are declined");
  const bool mine =
      std::all_of(lines.begin(), lines.end(), [&](const auto& line) { return line.receiver == context.person.key; });
  if (!mine) return problem(context.request, 403, {}, "只能退回交给自己的事项");
  ZS_TRY(Response answer, arrange(context, found, lines, {State::offered}, "decline", [&](HandoverLine& line) {
           line.state = State::declined;
           line.says = says;
         }));
  ZS_CHECK(ledger::tell(
      context.app.ledger, context.town->id, found.giver,
      fmt::format("handover/{}/decline/{}", found.id, lines.front().n), RecordId{},
      fmt::format("{}退回您交的 {} 件事：{}；在“交接”里改交别人或者撤回", context.person.name, lines.size(), says)));
  return answer;
}

Result<Response> pass_on(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  ZS_TRY(const Handover found, to_arrange(context));
  ZS_TRY(const auto lines, chosen(found, *body));
  ZS_TRY(const rules::Person* receiver, person_of(context, text_of(*body, "receiver"), "接收人"));
  ZS_TRY(const rules::Person* giver, person_of(context, found.giver, "移交人"));
  ZS_TRY(const Date until, day_of(context, text_of(*body, "until")));
  ordered_json reasons = ordered_json::array();
  for (const HandoverLine& line : lines) {
    if (auto refusal = why_not_given(context, line, *giver, *receiver)) reasons.push_back(*std::move(refusal));
  }
  if (!reasons.empty())
    return problem_with(context.request, 422, fmt::format("有 {} 件不能这样交", reasons.size()),
                        {{"reasons", std::move(reasons)}});
  const auto passed = [&](HandoverLine& line) {
    line.state = State::offered;
    line.receiver = receiver->key;
    line.until = until;
    line.actor.clear();
    line.says.clear();
  };
  ZS_TRY(Response answer, arrange(context, found, lines, {State::offered, State::declined}, "pass_on", passed));
  std::vector<HandoverLine> now = lines;
  for (HandoverLine& line : now) passed(line);
  const std::string round = fmt::format("pass/{}/{}/{}", lines.front().n, receiver->key, until.text());
  ZS_CHECK(tell_receivers(context, found, now, round));
  return answer;
}

Result<Response> withdraw_handover(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  ZS_TRY(const Handover found, to_arrange(context));
  ZS_TRY(const auto lines, chosen(found, *body));
  return arrange(context, found, lines, {State::offered, State::declined}, "withdraw",
                 [](HandoverLine& line) { line.state = State::withdrawn; });
}

}  // namespace zs::server
