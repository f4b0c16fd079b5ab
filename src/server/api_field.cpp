// Outside (外勤): what is asked there, what was sent, and what the office makes of it.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/change_json.h"
#include "ledger/field_drafts.h"
#include "ledger/notices.h"
#include "rulebook/field_value.h"
#include "server/acts.h"
#include "server/api.h"
#include "server/words.h"

namespace zs::server {
namespace {

using ledger::FieldDraft;
using nlohmann::json;
using nlohmann::ordered_json;
using rulebook::Field;

constexpr std::size_t kBodyMax = 64 * 1024, kWhyMax = 1000, kSummaryMax = 200;

const Field* field_of(const rulebook::Kind& kind, std::string_view key) {
  const Field* field = kind.find_field(key);
  return field != nullptr ? field : rulebook::find_shared_field(key);
}

// "x" or "rows.column": what is filled in, and whether there may be several of it.
struct AskedField {
  const Field* field = nullptr;
  std::string rows;  ///< of a column
};
AskedField asked_of(const rulebook::Kind& kind, const std::string& path) {
  const std::size_t dot = path.find('.');
  const Field* field = field_of(kind, path.substr(0, dot));
  if (dot == std::string::npos || field == nullptr) return {field, {}};
  return {field->find_column(path.substr(dot + 1)), field->key};
}

bool is_asked(const rulebook::Kind& kind, const std::string& path) {
  const auto& asks = kind.field_work->asks;
  return path == "attachments" ||
         std::any_of(asks.begin(), asks.end(), [&](const auto& each) { return each.field == path; });
}

// Only what the form asks for: the rest is the office's to fill in.
Result<> only_asked(const rulebook::Kind& kind, const json& body) {
  const auto other = [](const std::string& path) {
    return bad_input(fmt::format("这张外勤表不问“{}”", path), fmt::format("\"{}\" is not asked outside", path));
  };
  for (const auto& [key, value] : body["values"].items()) {
    if (!is_asked(kind, key)) return other(key);
  }
  for (const auto& [rows, list] : body["rows"].items()) {
    if (!list.is_array()) return bad_input("rows 要写一列行", "rows take a list");
    for (const json& row : list) {
      for (const auto& [column, value] : row.items()) {
        if (!is_asked(kind, rows + "." + column)) return other(rows + "." + column);
      }
    }
  }
  if (body["values"].empty() && body["rows"].empty()) return bad_input("什么都没有填", "nothing is filled in");
  return {};
}

// Types are looked at here, so that nobody's note fails only in the office; gates are the office's.
Result<> check_values(Context& context, const rulebook::Kind& kind, const json& body) {
  const json change{
      {"kind", kind.key},
      {"actor", context.person.key},
      {"acts", {{{"do", kind.creating_action()->key}, {"values", body["values"]}, {"rows", body["rows"]}}}}};
  ZS_TRY(const rules::Change read, ledger::change_from_json(*context.town, change));
  return check_files(context, read);
}

std::string text_of(const json& body, const char* key) {
  const auto found = body.find(key);
  return found == body.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

Result<FieldDraft> of_path(Context& context) {
  const Error none = not_found("没有这份外勤草稿，或者不在您的范围内", "there is no such draft, or it is not yours");
  const std::string_view text = context.part("draft");
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string_view::npos) return none;
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(auto found, ledger::find_draft(*lease, context.town->id, std::stoll(std::string(text))));
  const rulebook::Kind* kind = found ? context.town->book->find_kind(found->kind) : nullptr;
  if (kind == nullptr || (found->sender != context.person.key && !may_create(context, kind->key))) return none;
  return *std::move(found);
}

// One that waits, and that the person may make a record of.
Result<FieldDraft> to_settle(Context& context) {
  ZS_TRY(FieldDraft draft, of_path(context));
  if (!may_create(context, draft.kind))
    return not_found("没有这份外勤草稿，或者不由您登记", "there is no such draft, or it is not yours to settle");
  if (draft.state != FieldDraft::State::waiting)
    return Error{ErrorKind::conflict, {"这份草稿已经有人处理过", "the draft has been settled meanwhile"}};
  draft.actor = context.person.key;
  draft.settled = context.app.ledger.now();
  return draft;
}

json parsed(const FieldDraft& draft) {
  json body = json::parse(draft.body.empty() ? "{}" : draft.body, nullptr, false);
  if (!body.is_object()) body = json::object();
  for (const char* part : {"values", "rows"}) {
    if (!body.contains(part)) body[part] = json::object();
  }
  return body;
}

// What tells one draft from another, without what is personal.
std::string summary_of(const Context& context, const rulebook::Kind& kind, const json& body) {
  std::string text;
  for (const rulebook::Asked& asked : kind.field_work->asks) {
    const AskedField at = asked_of(kind, asked.field);
    const auto given = body["values"].find(asked.field);
    if (at.field == nullptr || !at.rows.empty() || given == body["values"].end() || text.size() > kSummaryMax) continue;
    if (at.field->guard != rulebook::Guard::open && at.field->guard != rulebook::Guard::internal) continue;
    const auto value = rulebook::value_from_input(*at.field, *given);
    if (value) text += (text.empty() ? "" : " · ") + shown(*context.town, *at.field, *value);
  }
  return text;
}

std::string_view label_of(FieldDraft::State state) {
  constexpr std::string_view kLabels[] = {"待登记", "已登记", "已退回"};
  return kLabels[static_cast<std::size_t>(state)];
}

ordered_json draft_json(const Context& context, const FieldDraft& draft) {
  const rulebook::Kind* kind = context.town->book->find_kind(draft.kind);
  const auto sender = context.town->staff.find(draft.sender);
  const UtcOffset offset = context.town->book->utc_offset;
  const bool waits = draft.state == FieldDraft::State::waiting;
  const bool known = kind != nullptr && kind->field_work.has_value();
  return {
      {"id", draft.id},
      {"kind", draft.kind},
      {"kind_label", kind == nullptr ? draft.kind : kind->label},
      {"label", known ? kind->field_work->label : draft.kind},
      {"sender_name", staff_name(*context.town, draft.sender)},
      {"unit_name", sender == context.town->staff.end() ? "" : org_name(*context.town, sender->second.unit)},
      {"day", draft.day.text()},
      {"sent_at", civil(draft.at, offset).text()},
      {"state", name_of(draft.state)},
      {"state_label", label_of(draft.state)},
      {"summary", known ? summary_of(context, *kind, parsed(draft)) : ""},
      {"photos",
       known && parsed(draft)["values"].contains("attachments") ? parsed(draft)["values"]["attachments"].size() : 0},
      {"says", draft.says},
      {"actor_name", staff_name(*context.town, draft.actor)},
      {"settled_on", waits ? ordered_json() : ordered_json(civil(draft.settled, offset).day().text())},
      {"record", draft.record.number == 0 ? ordered_json() : ordered_json(draft.record.number)},
      {"accepts", waits && kind != nullptr && may_create(context, kind->key)}};
}

bool takes(const rulebook::Action& action, const std::string& field) {
  const auto named = [&](const rulebook::Asked& asked) { return asked.field == field; };
  return std::any_of(action.needs.begin(), action.needs.end(), named) ||
         std::any_of(action.asks.begin(), action.asks.end(), named);
}

}  // namespace

Result<Response> field_forms(Context& context) {
  ordered_json items = ordered_json::array();
  for (const rulebook::Kind& kind : context.town->book->kinds) {
    if (!kind.field_work) continue;
    ordered_json asks = ordered_json::array();
    for (const rulebook::Asked& asked : kind.field_work->asks) {
      const AskedField at = asked_of(kind, asked.field);
      if (at.field != nullptr)
        asks.push_back({{"path", asked.field},
                        {"rows", at.rows},
                        {"rows_label", at.rows.empty() ? "" : field_of(kind, at.rows)->label},
                        {"field", field_json(*at.field)}});
    }
    items.push_back(
        {{"kind", kind.key}, {"kind_label", kind.label}, {"label", kind.field_work->label}, {"asks", std::move(asks)}});
  }
  return json_response({{"items", std::move(items)}});
}

Result<Response> send_field_draft(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  const rulebook::Kind* kind = context.town->book->find_kind(text_of(*body, "kind"));
  if (kind == nullptr || !kind->field_work) return not_found("没有这张外勤表", "there is no such form");
  for (const char* part : {"values", "rows"}) {
    if (!body->contains(part)) (*body)[part] = json::object();
    if (!(*body)[part].is_object()) return bad_input("values、rows 要写对象", "values and rows are objects");
  }
  ZS_CHECK(only_asked(*kind, *body));
  ZS_CHECK(check_values(context, *kind, *body));
  const std::string day = text_of(*body, "day");
  FieldDraft draft;
  const auto given = day.empty() ? std::optional(context.today) : parse_date(day);
  if (!given) return bad_input("day 写成 2024-10-08", "day is written 2024-10-08");
  if (*given > context.today) return bad_input("发生的日子不能晚于今天", "day may not lie in the future");
  draft.day = *given;
  draft.kind = kind->key;
  draft.sender = context.person.key;
  draft.key = std::string(context.request.header("idempotency-key"));
  if (draft.key.empty() || draft.key.size() > 200)
    return bad_input("缺少 Idempotency-Key，或者太长", "an Idempotency-Key is needed");
  draft.at = context.app.ledger.now();
  draft.body = json{{"values", (*body)["values"]}, {"rows", (*body)["rows"]}}.dump(-1, ' ', false,
                                                                                   json::error_handler_t::replace);
  if (draft.body.size() > kBodyMax) return bad_input("内容太长", "the draft is too long");
  ZS_TRY(const ledger::Sent sent, ledger::send_draft(context.app.ledger, context.town->id, draft));
  if (!sent.repeated) ZS_CHECK(note(context, "draft", fmt::format("{}/{}", kind->key, sent.id), "ok"));
  return json_response({{"id", sent.id}, {"repeated", sent.repeated}}, sent.repeated ? 200 : 201);
}

Result<Response> field_drafts(Context& context) {
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  const bool own = context.request.parameter("view") == "mine";
  ZS_TRY(const auto drafts, own ? ledger::drafts_of(*lease, context.town->id, context.person.key)
                                : ledger::waiting_drafts(*lease, context.town->id));
  ordered_json items = ordered_json::array();
  for (const FieldDraft& draft : drafts) {
    const rulebook::Kind* kind = context.town->book->find_kind(draft.kind);
    if (own || (kind != nullptr && may_create(context, kind->key))) items.push_back(draft_json(context, draft));
  }
  return json_response({{"items", std::move(items)}});
}

Result<Response> field_draft(Context& context) {
  ZS_TRY(const FieldDraft draft, of_path(context));
  const rulebook::Kind& kind = *context.town->book->find_kind(draft.kind);
  json body = parsed(draft);
  // The day on which it happened is what the ledger is dated by, where the creating act asks for that day.
  const rulebook::Action* create = kind.creating_action();
  const bool waits = draft.state == FieldDraft::State::waiting;
  if (waits && create != nullptr && takes(*create, kind.opened) && !body["values"].contains(kind.opened))
    body["values"][kind.opened] = draft.day.text();
  ordered_json files = ordered_json::array();
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  for (const json& digest : body["values"].value("attachments", json::array())) {
    ZS_TRY(const auto file,
           ledger::find_file(*lease, context.town->id, digest.is_string() ? digest.get<std::string>() : ""));
    if (file)
      files.push_back({{"digest", file->digest}, {"name", file->name}, {"type", file->type}, {"size", file->size}});
  }
  ordered_json made = draft_json(context, draft);
  made["quick"] = kind.field_work ? kind.field_work->quick : std::string();
  made["values"] = body["values"];
  made["rows"] = body["rows"];
  made["files"] = std::move(files);
  ZS_CHECK(note(context, "draft", fmt::format("{}/{}", draft.kind, draft.id), "opened"));
  return json_response(made);
}

Result<Response> give_draft_file(Context& context) {
  ZS_TRY(const FieldDraft draft, of_path(context));
  const std::string digest(context.part("digest"));
  const json held = parsed(draft)["values"].value("attachments", json::array());
  const bool named = std::find(held.begin(), held.end(), json(digest)) != held.end();
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto file, ledger::find_file(*lease, context.town->id, digest));
  const auto path = context.app.attachments.find(digest);
  if (!named || !file || !path) return not_found("没有这张照片", "there is no such file");
  return file_answer(*file, *path, context.request.parameter("view") == "yes");
}

// The ordinary way of making a record; it and the draft's end are one transaction.
Result<Response> accept_field_draft(Context& context) {
  ZS_TRY(FieldDraft draft, to_settle(context));
  ZS_TRY(const auto body, body_of(context.request));
  const rulebook::Kind& kind = *context.town->book->find_kind(draft.kind);
  (*body)["way"] = "registered";
  if (text_of(*body, "day").empty()) (*body)["day"] = draft.day.text();
  if (text_of(*body, "source").empty())
    (*body)["source"] =
        fmt::format("外勤第{}号（{}，{}）", draft.id, staff_name(*context.town, draft.sender), draft.day.text());
  context.path["kind"] = draft.kind;
  const auto settle = [&](std::span<const Result<ledger::Answer>> answers, store::Session& session) -> Result<> {
    draft.state = FieldDraft::State::accepted;
    draft.record = std::get<ledger::Receipt>(*answers.front()).record;
    draft.body.clear();
    return ledger::settle_draft(session, context.town->id, draft);
  };
  return create_from(context, kind.field_work ? kind.field_work->quick : std::string(), std::move(*body), settle);
}

Result<Response> decline_field_draft(Context& context) {
  ZS_TRY(FieldDraft draft, to_settle(context));
  ZS_TRY(const auto body, body_of(context.request));
  draft.says = text_of(*body, "says");
  if (draft.says.empty() || draft.says.size() > kWhyMax)
    return bad_input("写明退回的理由，发的人看得到", "say why it is declined: its sender reads it");
  draft.state = FieldDraft::State::declined;
  ZS_CHECK(context.app.ledger.write_aside(
      [&](store::Session& session) { return ledger::settle_draft(session, context.town->id, draft); }));
  const rulebook::Kind& kind = *context.town->book->find_kind(draft.kind);
  ZS_CHECK(
      ledger::tell(context.app.ledger, context.town->id, draft.sender, fmt::format("draft/{}", draft.id), RecordId{},
                   fmt::format("{}退回您发的外勤“{}”（{}）：{}；在“外勤”里改好再发", context.person.name,
                               kind.field_work ? kind.field_work->label : kind.label, draft.day.text(), draft.says)));
  ZS_CHECK(note(context, "draft", fmt::format("{}/{}", draft.kind, draft.id), "declined"));
  return no_content();
}

}  // namespace zs::server
