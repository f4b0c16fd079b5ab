// Old ledgers over HTTP: a file looked at, a sheet previewed, then entered as a job.
#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "report/old_ledger.h"
#include "report/sheet_look.h"
#include "rules/scope.h"
#include "server/api.h"
#include "server/import_jobs.h"

namespace zs::server {
namespace {

using ledger::RowGroup;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t kRowsShown = 50;

std::string text_in(const json& body, const char* key) {
  const auto found = body.find(key);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Result<std::map<std::string, std::string>> texts_in(const json& body, const char* key) {
  std::map<std::string, std::string> texts;
  const auto found = body.find(key);
  if (found == body.end() || found->is_null()) return texts;
  bool good = found->is_object();
  if (good) {
    for (const auto& [name, value] : found->items()) {
      good = good && (value.is_string() || value.is_null());
      if (good) texts[name] = value.is_string() ? value.get<std::string>() : std::string();
    }
  }
  if (!good)
    return bad_input(fmt::format("“{}”写成 {{\"名\":\"值\"}}", key), fmt::format("\"{}\" is an object of texts", key));
  return texts;
}

std::optional<int> number_in(const json& body, const char* key) {
  const auto found = body.find(key);
  const bool fits = found != body.end() && found->is_number_integer() && found->get<std::int64_t>() > 0 &&
                    found->get<std::int64_t>() <= paper::kSheetRowsMax;
  return fits ? std::optional(static_cast<int>(found->get<std::int64_t>())) : std::nullopt;
}

// The file that was handed in: where it lies and what it is called.
struct Handed {
  std::filesystem::path path;
  std::string digest, name;
};
Result<Handed> handed_in(Context& context, const json& body) {
  Handed handed{{}, text_in(body, "file"), {}};
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto file, ledger::find_file(*lease, context.town->id, handed.digest));
  const auto path = context.app.attachments.find(handed.digest);
  if (!file || !path) return not_found("没有这个文件；先上传", "there is no such file: hand it in first");
  handed.path = *path;
  handed.name = file->name;
  return handed;
}

Result<report::OldLedgerAsk> ask_of(Context& context, const json& body) {
  ZS_TRY(const Handed handed, handed_in(context, body));
  report::OldLedgerAsk ask;
  ask.town = context.town->id;
  ask.file = handed.path;
  ask.digest = handed.digest;
  ask.name = handed.name;
  ask.sheet = text_in(body, "sheet");
  ask.kind = text_in(body, "kind");
  ask.summary = text_in(body, "as") == "summary";
  ask.header_row = number_in(body, "header_row");
  ask.year = number_in(body, "year");
  if (const auto columns = body.find("columns"); columns != body.end() && !columns->is_null()) {
    ZS_TRY(ask.columns, texts_in(body, "columns"));
  }
  ZS_TRY(ask.constants, texts_in(body, "constants"));
  ask.state = text_in(body, "state");
  ask.actor = context.person.key;
  ask.signer = text_in(body, "signer");
  return ask;
}

bool may_import(const Context& context, std::string_view kind) {
  return rules::may_record_history(*context.town->book, context.person, kind);
}

// What is wrong with a file or a mapping is for its owner to mend: 422.
Response unprocessable(const Context& context, const Error& error) {
  if (error.kind != ErrorKind::bad_input) return problem(context.request, error);
  return problem(context.request, 422, "读不了这个文件", error.text.zh);
}

// The kind whose histories are to be recorded.
std::string kind_in(const json& body) {
  return text_in(body, "as") == "summary" ? std::string(rulebook::kSummaryKind) : text_in(body, "kind");
}

Response forbidden(const Context& context) {
  return problem(context.request, 403, {}, "您的岗位不能登记这个台账的历史事项");
}

ordered_json groups_json(const report::Totals& totals) {
  return {
      {"new", totals.fresh}, {"changed", totals.changed}, {"unchanged", totals.unchanged}, {"refused", totals.refused}};
}

ordered_json columns_json(const report::OldLedger& old) {
  ordered_json columns = ordered_json::array();
  for (const paper::ColumnMatch& column : old.match().columns) {
    columns.push_back({{"letter", paper::column_letters(column.column)},
                       {"header", column.header},
                       {"field", column.path},
                       {"label", column.path.empty() ? std::string() : old.label_of(column.path)},
                       {"how", paper::name_of(column.how)},
                       {"samples", column.samples}});
  }
  return columns;
}

// The number, who it is about, or the first thing that the row says.
std::string title_of(const paper::CleanRow& row) {
  if (!row.numbers.empty()) return row.numbers.begin()->second;
  for (const paper::CleanCell& cell : row.cells) {
    if (cell.slot->part == "name" && !cell.text.empty()) return cell.text;
  }
  return row.cells.empty() ? std::string() : row.cells.front().raw;
}

// A value of a record that the person may not see otherwise is not shown here either.
std::string text_before(const Context& context, const report::OldLedger& old, const ledger::CellChange& change) {
  const bool seen = rules::may_reveal(*context.town->book, context.person, old.guard_of_fact(change.path));
  return seen ? old.text_of(change.path, change.before) : "（您的岗位不能查看）";
}

ordered_json row_json(const Context& context, const report::OldLedger& old, const report::RowReport& row) {
  ordered_json cells = ordered_json::array();
  for (const paper::CleanCell& cell : row.row.cells)
    cells.push_back({{"field", cell.slot->path}, {"label", cell.slot->label}, {"raw", cell.raw}, {"text", cell.text}});
  ordered_json changes = ordered_json::array();
  for (const ledger::CellChange& change : row.plan.changes)
    changes.push_back({{"label", old.label_of_fact(change.path)},
                       {"before", text_before(context, old, change)},
                       {"after", old.text_of(change.path, change.after)}});
  ordered_json reasons = ordered_json::array();
  for (const Text& reason : row.plan.reasons) reasons.push_back(reason.zh);
  return {
      {"row", row.plan.row},           {"group", ledger::name_of(row.plan.group)},
      {"title", title_of(row.row)},    {"id", row.plan.record ? ordered_json(row.plan.record->number) : ordered_json()},
      {"breaches", row.plan.breaches}, {"cells", std::move(cells)},
      {"changes", std::move(changes)}, {"reasons", std::move(reasons)}};
}

ordered_json choices_json(const report::OldLedger& old) {
  ordered_json fields = ordered_json::array();
  for (const rulebook::Slot& slot : old.slots()) fields.push_back({{"field", slot.path}, {"label", slot.label}});
  ordered_json states = ordered_json::array();
  for (const rulebook::State& state : old.kind().states) states.push_back({{"key", state.key}, {"label", state.label}});
  return {{"fields", std::move(fields)}, {"states", std::move(states)}};
}

}  // namespace

Result<Response> import_look(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  bool any = false;
  for (const rulebook::Kind& kind : context.town->book->kinds) any = any || may_import(context, kind.key);
  if (!any) return forbidden(context);
  ZS_TRY(const Handed handed, handed_in(context, *body));
  const auto looks = report::look_at(handed.path, handed.name, *context.town);
  if (!looks) return unprocessable(context, looks.error());
  ordered_json sheets = ordered_json::array();
  for (const report::SheetLook& look : *looks) {
    ordered_json kinds = ordered_json::array();
    for (const auto& guess : look.kinds)
      kinds.push_back({{"kind", guess.kind}, {"label", guess.label}, {"matched", guess.matched}});
    sheets.push_back({{"name", look.name},
                      {"hidden", look.hidden},
                      {"rows", look.rows},
                      {"header_row", look.header_row},
                      {"headers", look.headers},
                      {"kinds", std::move(kinds)}});
  }
  return json_response({{"sheets", std::move(sheets)}});
}

Result<Response> import_preview(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  if (!may_import(context, kind_in(*body))) return forbidden(context);
  ZS_TRY(auto ask, ask_of(context, *body));
  const auto old = report::OldLedger::open(context.app.ledger, std::move(ask));
  if (!old) return unprocessable(context, old.error());
  const std::string_view group = context.request.parameter("group");
  const std::string_view after_text = context.request.parameter("after");
  int after = 0;
  std::from_chars(after_text.data(), after_text.data() + after_text.size(), after);
  ordered_json rows = ordered_json::array();
  bool more = false;
  const auto see = [&](const report::RowReport& row) {
    if (row.plan.row <= after || (!group.empty() && ledger::name_of(row.plan.group) != group)) return;
    more = rows.size() >= kRowsShown;
    if (!more) rows.push_back(row_json(context, **old, row));
  };
  const auto totals = (*old)->preview(see);
  if (!totals) return unprocessable(context, totals.error());
  ordered_json answer{{"sheet", (*old)->sheet()},
                      {"header_row", (*old)->match().header_row},
                      {"year", (*old)->year() ? ordered_json(*(*old)->year()) : ordered_json()},
                      {"columns", columns_json(**old)},
                      {"groups", groups_json(*totals)},
                      {"left_out", totals->left_out},
                      {"with_breaches", totals->with_breaches},
                      {"next", more ? ordered_json(rows.back()["row"]) : ordered_json()},
                      {"rows", std::move(rows)},
                      {"mapping", (*old)->mapping()}};
  answer.update(choices_json(**old));
  return json_response(answer);
}

Result<Response> import_start(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  const std::string kind = kind_in(*body);
  if (!may_import(context, kind)) return forbidden(context);
  ZS_TRY(auto ask, ask_of(context, *body));
  const std::string digest = ask.digest;
  auto old = report::OldLedger::open(context.app.ledger, std::move(ask));
  if (!old) return unprocessable(context, old.error());
  // The job may outlive the request: it owns what it works on.
  const auto shared = std::shared_ptr<report::OldLedger>(*std::move(old));
  ZS_TRY(const std::string job, context.app.imports.start(context.person.key, [shared](const report::SeeProgress& see) {
    return shared->enter({}, see);
  }));
  ZS_CHECK(note(context, "import", kind, "ok", digest.substr(0, 16)));
  return json_response({{"job", job}}, 202);
}

Result<Response> import_job(Context& context) {
  const auto state = context.app.imports.find(std::string(context.part("job")));
  if (!state || state->staff != context.person.key) return not_found("没有这个导入", "there is no such import");
  static constexpr std::string_view kStages[] = {"running", "done", "failed"};
  ordered_json result;
  if (state->result) {
    result = groups_json(*state->result);
    result["left_out"] = state->result->left_out;
    result["with_breaches"] = state->result->with_breaches;
  }
  return json_response({{"state", kStages[static_cast<std::size_t>(state->stage)]},
                        {"done", state->done},
                        {"total", state->total},
                        {"result", std::move(result)},
                        {"says", state->says}});
}

}  // namespace zs::server
