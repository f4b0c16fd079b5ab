// The report frozen, and what has changed since.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ledger/publish.h"
#include "report/annual.h"
#include "rules/scope.h"
#include "server/api.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

ordered_json publication_json(const ledger::Town& town, const ledger::Publication& publication) {
  return {{"year", publication.year},
          {"entry", publication.entry.number},
          {"day", publication.day.text()},
          {"actor", publication.actor},
          {"actor_name", staff_name(town, publication.actor)},
          {"figures", publication.files.size()},
          {"words", !publication.text.empty()}};
}

ordered_json change_json(const Context& context, const ledger::Change& change, bool money) {
  const ledger::Town& town = *context.town;
  const rulebook::Kind* kind = town.book->find_kind(change.kind);
  const bool seen =
      kind != nullptr && rules::scope_of(*town.book, context.person, change.kind) != rulebook::Scope::none;
  ordered_json causes = ordered_json::array();
  for (const ledger::Cause& cause : change.causes) {
    const rulebook::Action* action = kind == nullptr ? nullptr : kind->find_action(cause.action);
    causes.push_back({{"entry", cause.n.number},
                      {"label", action != nullptr ? action->label : act_name(cause.type)},
                      {"actor_name", staff_name(town, cause.actor)},
                      {"day", cause.day.text()}});
  }
  const auto number = [&](std::int64_t value) {
    return money ? ordered_json(static_cast<double>(value) / 100.0) : ordered_json(value);
  };
  return {{"kind", change.kind},
          {"kind_label", kind == nullptr ? change.kind : kind->label},
          {"id", seen ? ordered_json(change.record.number) : ordered_json()},
          {"number", change.number},
          {"title", seen ? change.title : std::string()},
          {"before", number(change.before)},
          {"now", number(change.now)},
          {"causes", std::move(causes)}};
}

}  // namespace

Result<Response> publish(Context& context) {
  if (!rules::may_publish(*context.town->book, context.person))
    return problem(context.request, 403, {}, "您的岗位不能发布年度报告");
  const int year = year_of(context);
  ZS_TRY(const std::string words, report::words_to_publish(context.app.ledger, context.town->id, year));
  ZS_TRY(const ledger::Publication made,
         ledger::publish(context.app.ledger, context.town->id, year, context.person.key, words));
  ZS_CHECK(note(context, "publish", std::to_string(year), "ok"));
  return json_response(publication_json(*context.town, made), 201);
}

Result<Response> drift(Context& context) {
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto publication, ledger::publication_of(*lease, *context.town, year_of(context)));
  ordered_json json{{"published", nullptr}, {"figures", ordered_json::array()}};
  if (!publication) return json_response(json);
  json["published"] = publication_json(*context.town, *publication);
  ZS_TRY(const auto drifts, ledger::drift_of(*lease, *context.town, *publication));
  for (const ledger::Drift& drift : drifts) {
    const rulebook::Figure& figure = *context.town->book->find_figure(drift.figure);
    ordered_json changes = ordered_json::array();
    for (const ledger::Change& change : drift.changes) changes.push_back(change_json(context, change, figure.money));
    const auto number = [&](std::int64_t value) {
      return figure.money ? ordered_json(static_cast<double>(value) / 100.0) : ordered_json(value);
    };
    json["figures"].push_back({{"key", figure.key},
                               {"label", figure.label},
                               {"unit", figure.unit},
                               {"published", number(drift.published)},
                               {"now", number(drift.now)},
                               {"changes", std::move(changes)}});
  }
  return json_response(json);
}

}  // namespace zs::server
