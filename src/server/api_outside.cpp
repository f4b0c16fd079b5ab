// What must still be typed into an outside system, and the small things that wait for somebody.
#include <nlohmann/json.hpp>

#include "ledger/field_drafts.h"
#include "rulebook/outside.h"
#include "rules/scope.h"
#include "server/acts.h"
#include "server/api.h"
#include "server/handover_json.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

constexpr int kPage = 50;

// A ledger whose cases live elsewhere, and the number that they get there.
struct Outside {
  const rulebook::Kind* kind = nullptr;
  const rulebook::NumberSeries* number = nullptr;
  std::string home;
  std::int64_t lacking = 0;
};

Result<std::vector<Outside>> outside_kinds(store::Session& session, const Context& context) {
  std::vector<Outside> found;
  for (const rulebook::Kind& kind : context.town->book->kinds) {
    Outside each{&kind, rulebook::home_number(kind), outside_home(*context.town, kind), 0};
    if (each.home.empty() || each.number == nullptr) continue;
    if (rules::scope_of(*context.town->book, context.person, kind.key) == rulebook::Scope::none) continue;
    ZS_TRY(each.lacking, ledger::count_lacking(session, *context.town, context.person, kind, *each.number));
    found.push_back(std::move(each));
  }
  return found;
}

Result<std::string> outside_json(store::Session& session, const Context& context) {
  ZS_TRY(const auto kinds, outside_kinds(session, context));
  const std::string only(context.request.parameter("kind"));
  std::vector<ledger::ListRow> rows;
  std::string next;
  for (const Outside& each : kinds) {
    if (!only.empty() && each.kind->key != only) continue;
    ledger::ListAsk ask;
    ask.kind = each.kind->key;
    ask.view = ledger::ListAsk::View::all;
    ask.sort = ledger::ListAsk::Sort::newest;
    ask.lacks = each.number;
    ask.limit = kPage;
    if (!only.empty()) ask.after = std::string(context.request.parameter("after"));
    ZS_TRY(ledger::ListPage page, ledger::list_records(session, *context.town, context.person, ask, context.today));
    std::move(page.rows.begin(), page.rows.end(), std::back_inserter(rows));
    if (!only.empty()) next = page.next;
  }
  JsonWriter w;
  w.object([&] {
    w.array("kinds", [&] {
      for (const Outside& each : kinds)
        w.object([&] {
          w("kind", each.kind->key);
          w("label", each.kind->label);
          w("home", each.home);
          w("number", each.number->key);
          w("number_label", each.number->label);
          w("lacking", each.lacking);
        });
    });
    w.array("items", [&] {
      for (const ledger::ListRow& row : rows) w.object([&] { write_row(w, context, row); });
    });
    next.empty() ? w.null("next") : w("next", next);
  });
  return w.take();
}

std::int64_t lines_that(const ordered_json& handover, const char* key) {
  std::int64_t n = 0;
  for (const auto& line : handover["lines"]) {
    const bool waits = line["state"] == "offered" || line["state"] == "declined";
    n += waits && line[key] == true && (std::string_view(key) != "mine" || line["state"] == "offered");
  }
  return n;
}

}  // namespace

Result<Response> not_entered(Context& context) {
  return kept_json(context, [&](store::Session& session) { return outside_json(session, context); });
}

Result<Response> errands(Context& context) {
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto mine, handovers_of(*lease, context, "mine"));
  ZS_TRY(const auto escalated, handovers_of(*lease, context, "escalated"));
  ZS_TRY(const auto waiting, ledger::waiting_drafts(*lease, context.town->id));
  std::int64_t to_take = 0, late = 0, drafts = 0;
  for (const auto& each : mine) to_take += lines_that(handover_json(context, each), "mine");
  for (const auto& each : escalated) late += lines_that(handover_json(context, each), "late");
  for (const auto& each : waiting) drafts += may_create(context, each.kind);
  return json_response({{"take_over", to_take}, {"escalated", late}, {"drafts", drafts}});
}

}  // namespace zs::server
