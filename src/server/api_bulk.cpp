// One act on many records: tried first, then carried out on those that it passes; an answer for each row. Every row is
// a change of its own through the ordinary commit path, so one that is refused stops no other.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "ledger/change_json.h"
#include "rules/scope.h"
#include "server/acts.h"
#include "server/api.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t kRowsMax = 200;

// One ticked row; without a page it is not there, or not to be seen.
struct Row {
  std::int64_t id = 0;
  std::shared_ptr<const ledger::RecordPage> page;
};

Result<std::vector<json>> rows_of(json& body) {
  const auto listed = body.find("records");
  if (listed == body.end() || !listed->is_array() || listed->empty() || listed->size() > kRowsMax)
    return bad_input(fmt::format("records 写一列事项，一次最多 {} 件", kRowsMax),
                     fmt::format("records is a list of at most {} records", kRowsMax));
  std::set<std::int64_t> seen;
  for (const json& each : *listed) {
    const bool sound = each.is_object() && each.contains("id") && each["id"].is_number_integer();
    if (!sound) return bad_input("records 里每一件写 id 和 version", "each of records has an id and a version");
    if (!seen.insert(each["id"].get<std::int64_t>()).second)
      return bad_input(fmt::format("第{}号事项写了两次", each["id"].get<std::int64_t>()),
                       "a record stands there twice");
  }
  std::vector<json> rows(listed->begin(), listed->end());
  body.erase("records");
  return rows;
}

std::shared_ptr<const ledger::RecordPage> page_of(Context& context, const rulebook::Kind& kind, std::int64_t id) {
  const auto page = context.app.reading.page(context.town, RecordId{id}, context.today);
  if (!page || (*page)->view.record.kind != kind.key) return nullptr;
  rules::View looked(context.town->in_force(), (*page)->view.record);
  return rules::may_read(looked, context.person) ? *page : nullptr;
}

std::string outcome_of(const rules::Refusal& refusal) {
  const auto all = [&](std::string_view kind) {
    return std::all_of(refusal.reasons.begin(), refusal.reasons.end(),
                       [&](const rules::Reason& reason) { return reason.kind == kind; });
  };
  return all("version") ? "moved" : all("warn") ? "warns" : "refused";
}

void say_refusal(const Context& context, const rules::Refusal& refusal, ordered_json& item) {
  item["outcome"] = outcome_of(refusal);
  item["reasons"] = reasons_json(refusal, *context.town);
}

ordered_json item_of(const Row& row) {
  ordered_json item{{"id", row.id}, {"number", ""}, {"title", ""}, {"outcome", "absent"}, {"says", ""}};
  item["reasons"] = ordered_json::array();
  if (row.page == nullptr) {
    item["says"] = "没有这一件，或者不在您的范围内";
    return item;
  }
  item["number"] = row.page->view.number;
  item["title"] = row.page->view.title;
  return item;
}

struct Judged {
  std::vector<Row> rows;
  std::vector<rules::Change> changes;  ///< of the rows that have a page, in their order
};

Result<Judged> changes_of(Context& context, const rulebook::Kind& kind) {
  ZS_TRY(auto body, body_of(context.request));
  ZS_TRY(const std::vector<json> listed, rows_of(*body));
  json act{{"do", std::string(context.part("action"))}}, whole{{"kind", kind.key}, {"actor", context.person.key}};
  ZS_CHECK(move_keys(*body, act, whole));
  whole["acts"] = json::array({act});
  const std::string key(context.request.header("idempotency-key"));
  if (key.size() > 150) return bad_input("Idempotency-Key 太长", "the Idempotency-Key is too long");
  Judged judged;
  for (const json& each : listed) {
    Row row{each["id"].get<std::int64_t>(), nullptr};
    row.page = page_of(context, kind, row.id);
    judged.rows.push_back(row);
    if (row.page == nullptr) continue;
    whole["record"] = row.id;
    whole["version"] = each.contains("version") ? each["version"] : json();
    if (!key.empty()) whole["key"] = fmt::format("{}/{}", key, row.id);
    ZS_TRY(rules::Change change, ledger::change_from_json(*context.town, whole));
    judged.changes.push_back(std::move(change));
  }
  if (!judged.changes.empty()) ZS_CHECK(check_files(context, judged.changes.front()));
  return judged;
}

Result<std::vector<ordered_json>> tried(Context& context, const Judged& judged) {
  ZS_TRY(const auto answers, context.app.ledger.try_changes(context.town->id, judged.changes));
  std::vector<ordered_json> items;
  std::size_t next = 0;
  for (const Row& row : judged.rows) {
    ordered_json item = item_of(row);
    if (row.page != nullptr) {
      const ledger::Tried& answer = answers[next++];
      if (const auto* refusal = std::get_if<rules::Refusal>(&answer.answer)) {
        say_refusal(context, *refusal, item);
      } else {
        item["outcome"] = "passes";
        item["state_label"] = ledger::view_of(*context.town, *answer.after, context.today).state_label;
      }
    }
    items.push_back(std::move(item));
  }
  return items;
}

Result<std::vector<ordered_json>> carried_out(Context& context, const Judged& judged, const std::string& where) {
  ZS_TRY(const auto answers, context.app.ledger.commit_batch(judged.changes));
  std::vector<ordered_json> items;
  std::size_t next = 0;
  for (const Row& row : judged.rows) {
    ordered_json item = item_of(row);
    if (row.page != nullptr) {
      const auto& answer = answers[next++];
      if (!answer) {
        item["outcome"] = "failed";
        item["says"] = answer.error().text.zh;
      } else if (const auto* refusal = std::get_if<rules::Refusal>(&*answer)) {
        say_refusal(context, *refusal, item);
        ZS_CHECK(note(context, "act", fmt::format("{}/{}", where, row.id), "refused"));
      } else {
        const auto& receipt = std::get<ledger::Receipt>(*answer);
        const rulebook::State* state = context.town->book->find_kind(context.part("kind"))->find_state(receipt.state);
        item["outcome"] = "done";
        item["state_label"] = state == nullptr ? receipt.state : state->label;
        item["version"] = receipt.version;
        item["entry"] = receipt.last.number;
        item["repeated"] = receipt.repeated;
      }
    }
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

Result<Response> bulk(Context& context) {
  ZS_TRY(const rulebook::Kind* kind, kind_of(context));
  const rulebook::Action* action = kind->find_action(context.part("action"));
  if (action == nullptr || action->retired || action->creates())
    return not_found("没有这个办理动作", "there is no such act on a record");
  ZS_TRY(const Judged judged, changes_of(context, *kind));
  const bool dry = context.request.parameter("dry_run") == "yes";
  const std::string where = fmt::format("{}/bulk/{}", kind->key, action->key);
  ZS_TRY(std::vector<ordered_json> items, dry ? tried(context, judged) : carried_out(context, judged, where));
  return json_response({{"items", std::move(items)}});
}

}  // namespace zs::server
