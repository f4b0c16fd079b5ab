// Reading: a ledger's pages, one record with its deadlines and acts, its history and proofs.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "ledger/listing.h"
#include "rulebook/dependencies.h"
#include "rulebook/field_value.h"
#include "rules/marks.h"
#include "rules/scope.h"
#include "server/api.h"
#include "server/record_json.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

// Acts that ask for values are tried without any: what is still missing then is no reason against the act.
bool only_asks(const rules::Reason& reason) {
  return reason.kind == "needs" || reason.kind == "signed_paper" || reason.kind == "decides" || reason.kind == "shape";
}

bool from_here(const rulebook::Kind& kind, const rulebook::Action& action, const rules::Record& record) {
  if (action.retired || action.creates()) return false;
  const rulebook::State* state = kind.find_state(record.state);
  if (action.from_any) return state == nullptr || !state->is_final;
  return std::find(action.from.begin(), action.from.end(), record.state) != action.from.end();
}

// Whether what the act's own form asks can settle the reason: a gate that reads it, an element of the paper it issues.
bool form_settles(const rulebook::Kind& kind, const rulebook::Action& action, const rules::Reason& reason) {
  if (const rulebook::Gate* gate = kind.find_gate(reason.name)) return rulebook::reads_its_form(kind, action, *gate);
  const auto element = rules::paper_element(reason.name);
  return element && rulebook::asks_for(kind, action, {std::string(element->substr(0, element->find(':')))});
}

ordered_json reasons_json(const ledger::Town& town, const rulebook::Kind& kind, const rulebook::Action& action,
                          const rules::Refusal& refusal) {
  ordered_json list = ordered_json::array();
  for (const rules::Reason& reason : refusal.reasons) {
    if (only_asks(reason)) continue;
    ordered_json law = ordered_json::array();
    for (const std::string& id : reason.rules) {
      const std::string citation = citation_of(town, rulebook::parse_rule_ref(id, {}).rule);
      if (!citation.empty()) law.push_back(citation);
    }
    list.push_back({{"kind", reason.kind},
                    {"gate", reason.name},
                    {"says", reason.says.zh},
                    {"law", std::move(law)},
                    {"warns", reason.kind == "warn"},
                    {"form", form_settles(kind, action, reason)}});
  }
  return list;
}

// The open act that stops the most urgent deadline of the office; without one, the first open act of this state: what
// may be done at any time is nobody's next step.
std::optional<std::size_t> primary_of(const rulebook::Kind& kind, const ledger::RecordView& view,
                                      const ordered_json& items) {
  std::vector<const ledger::DeadlineView*> urgent;
  for (const ledger::DeadlineView& deadline : view.deadlines) {
    const bool runs = deadline.outcome == rules::OutcomeOf::running || deadline.outcome == rules::OutcomeOf::overdue;
    if (runs && deadline.due && deadline.bears == rulebook::Bearer::office) urgent.push_back(&deadline);
  }
  std::stable_sort(urgent.begin(), urgent.end(), [](const auto* a, const auto* b) { return *a->due < *b->due; });
  for (const ledger::DeadlineView* deadline : urgent) {
    const rulebook::Action* stops = act_that_stops(kind, *kind.find_deadline(deadline->key));
    for (std::size_t i = 0; stops != nullptr && i < items.size(); ++i) {
      if (items[i]["key"] == stops->key && items[i]["open"] == true) return i;
    }
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const rulebook::Action* action = kind.find_action(items[i]["key"].get_ref<const std::string&>());
    if (items[i]["open"] == true && action != nullptr && !action->from_any) return i;
  }
  return std::nullopt;
}

constexpr std::size_t kWordsMax = 200;
constexpr int kFoundMax = 20;

void write_items(JsonWriter& w, const Context& context, const std::vector<ledger::ListRow>& rows) {
  w.array("items", [&] {
    for (const ledger::ListRow& row : rows) w.object([&] { write_row(w, context, row); });
  });
}

Result<std::string> list_json(store::Session& session, const Context& context, const ledger::ListAsk& ask) {
  ZS_TRY(const auto page, ledger::list_records(session, *context.town, context.person, ask, context.today));
  ZS_TRY(const auto counted, ledger::count_views(session, *context.town, context.person, ask.kind, context.today));
  JsonWriter w;
  w.object([&] {
    write_items(w, context, page.rows);
    page.next.empty() ? w.null("next") : w("next", page.next);
    w.object("counts", [&] {
      w("open", counted.open);
      w("overdue", counted.overdue);
      w("mine", counted.mine);
      w("closed", counted.all - counted.open);
      w("all", counted.all);
    });
  });
  return w.take();
}

// "f.domain=land", "f.received_on.from=2023-01-01", "f.x.until=…", "f.x.there=yes". What is covered for the person
// cannot be asked either: the answers would tell it.
Result<std::vector<ledger::FieldFilter>> filters_of(const Context& context, const rulebook::Kind& kind) {
  std::vector<ledger::FieldFilter> filters;
  for (const auto& [name, text] : context.request.query) {
    if (!name.starts_with("f.") || text.empty()) continue;
    const std::size_t dot = name.find('.', 2);
    const std::string key = name.substr(2, dot == std::string::npos ? dot : dot - 2);
    const std::string how = dot == std::string::npos ? std::string("is") : name.substr(dot + 1);
    const rulebook::Field* field = kind.find_field(key);
    if (field == nullptr) field = rulebook::find_shared_field(key);
    if (field == nullptr || guarded(context, *field))
      return bad_input(fmt::format("不能按“{}”筛选", key), fmt::format("\"{}\" is no field to filter by", key));
    ledger::FieldFilter filter{key, rulebook::Test::is, {}};
    if (how == "there") {
      filter.test = text == "yes" ? rulebook::Test::present : rulebook::Test::absent;
    } else {
      if (how != "is" && how != "from" && how != "until")
        return bad_input(fmt::format("筛选写成 f.{0}=、f.{0}.from=、f.{0}.until= 或者 f.{0}.there=", key),
                         "a filter is f.X, f.X.from, f.X.until or f.X.there");
      if (how == "from") filter.test = rulebook::Test::at_least;
      if (how == "until") filter.test = rulebook::Test::at_most;
      const bool plain = field->type == rulebook::Type::flag || field->type == rulebook::Type::count;
      const auto json = plain ? nlohmann::json::parse(text == "yes"  ? "true"
                                                      : text == "no" ? "false"
                                                                     : text,
                                                      nullptr, false)
                              : nlohmann::json(text);
      ZS_TRY(filter.value, rulebook::value_from_input(*field, json));
    }
    filters.push_back(std::move(filter));
  }
  return filters;
}

// Ledgers by their name: 信访, xf, xinfang.
std::vector<const rulebook::Kind*> kinds_like(const Context& context, const std::string& words) {
  std::vector<const rulebook::Kind*> found;
  if (words.size() < 2) return found;
  for (const rulebook::Kind& kind : context.town->book->kinds) {
    if (rules::scope_of(*context.town->book, context.person, kind.key) == rulebook::Scope::none) continue;
    std::string spoken = pinyin(kind.label);
    std::erase(spoken, ' ');
    const bool like = kind.label.find(words) != std::string::npos || pinyin_initials(kind.label).starts_with(words) ||
                      spoken.starts_with(words);
    if (like) found.push_back(&kind);
  }
  return found;
}

}  // namespace

Result<std::shared_ptr<const ledger::RecordPage>> readable(Context& context) {
  ZS_TRY(const rulebook::Kind* kind, kind_of(context));
  const auto id = context.id();
  const Error none =
      not_found("没有这一件，或者不在您的范围内", "there is no such record, or it is outside your scope");
  if (!id) return none;
  const auto day = parse_date(context.request.parameter("as_of"));
  auto page = day ? context.app.reading.page_on(context.town, *id, *day)
                  : context.app.reading.page(context.town, *id, context.today);
  if (!page) return page.error();
  const rules::Record& record = (*page)->view.record;
  if (record.kind != kind->key) return none;
  rules::View looked(context.town->in_force(), record);
  if (!rules::may_read(looked, context.person)) return none;
  return page;
}

Result<Response> list(Context& context) {
  ZS_TRY(const rulebook::Kind* kind, kind_of(context));
  const Request& request = context.request;
  const auto text = [&](std::string_view name) { return std::string(request.parameter(name)); };
  ledger::ListAsk ask;
  ask.kind = kind->key;
  ask.view = ledger::parse_view(request.parameter("view")).value_or(ledger::ListAsk::View::open);
  const std::string sort = text("sort");
  ask.sort = sort == "due" || (sort.empty() && ask.view != ledger::ListAsk::View::all &&
                               ask.view != ledger::ListAsk::View::closed)
                 ? ledger::ListAsk::Sort::due
                 : ledger::ListAsk::Sort::newest;
  ask.state = text("state");
  ask.unit = text("unit");
  ask.village = text("village");
  ask.handler = text("handler");
  ask.words = text("q");
  if (!request.parameter("year").empty()) ask.year = year_of(context);
  ask.after = text("after");
  ZS_TRY(ask.filters, filters_of(context, *kind));
  ask.limit = static_cast<int>(number_or(request, "limit", 50, 1, ledger::kListMax));
  return kept_json(context, [&](store::Session& session) { return list_json(session, context, ask); });
}

Result<Response> counts(Context& context) {
  return kept_json(context, [&](store::Session& session) -> Result<std::string> {
    ZS_TRY(const auto kinds, ledger::count_kinds(session, *context.town, context.person, context.today));
    JsonWriter w;
    w.object([&] {
      for (const auto& [kind, counted] : kinds)
        w.object(kind, [&, &counts = counted] {
          w("open", counts.open);
          w("overdue", counts.overdue);
        });
    });
    return w.take();
  });
}

Result<Response> search(Context& context) {
  const std::string words(context.request.parameter("q"));
  std::vector<ledger::ListRow> rows;
  if (!words.empty() && words.size() <= kWordsMax) {
    ZS_TRY(auto lease, context.app.ledger.database().reader());
    ZS_TRY(rows, ledger::search_records(*lease, *context.town, context.person, words, context.today, kFoundMax));
  }
  JsonWriter w;
  w.object([&] {
    w.array("kinds", [&] {
      for (const rulebook::Kind* kind : kinds_like(context, words))
        w.object([&] {
          w("kind", kind->key);
          w("label", kind->label);
        });
    });
    write_items(w, context, rows);
  });
  return json_text(w.take());
}

Result<Response> record(Context& context) {
  ZS_TRY(const auto page, readable(context));
  Response response = json_text(record_json(context, *page));
  response.headers.emplace_back("ETag", fmt::format("\"{}\"", page->view.record.version));
  return response;
}

Result<Response> actions(Context& context) {
  ZS_TRY(const auto page, readable(context));
  const ledger::RecordView& view = page->view;
  const rulebook::Kind& kind = *context.town->book->find_kind(view.record.kind);
  std::vector<const rulebook::Action*> asked;
  std::vector<rules::Change> changes;
  for (const rulebook::Action& action : kind.actions) {
    if (!from_here(kind, action, view.record)) continue;
    rules::Change change;
    change.town = context.town->id;
    change.actor = context.person.key;
    change.kind = kind.key;
    change.record = view.record.id;
    change.acts.emplace_back();
    change.acts.back().action = action.key;
    asked.push_back(&action);
    changes.push_back(std::move(change));
  }
  ZS_TRY(const auto tried, context.app.ledger.try_changes(context.town->id, changes));
  ordered_json items = ordered_json::array();
  for (std::size_t i = 0; i < tried.size(); ++i) {
    const auto* refusal = std::get_if<rules::Refusal>(&tried[i].answer);
    ordered_json reasons =
        refusal == nullptr ? ordered_json::array() : reasons_json(*context.town, kind, *asked[i], *refusal);
    // A warning can be passed with a reason and a signer, and what the form asks for can be filled in: neither closes
    // the act.
    const bool open = std::all_of(reasons.begin(), reasons.end(),
                                  [](const auto& reason) { return reason["warns"] == true || reason["form"] == true; });
    items.push_back({{"key", asked[i]->key},
                     {"label", asked[i]->label},
                     {"open", open},
                     {"primary", false},
                     {"reasons", std::move(reasons)}});
  }
  if (const auto first = primary_of(kind, view, items)) items[*first]["primary"] = true;
  return json_response({{"items", std::move(items)}});
}

Result<Response> history(Context& context) {
  ZS_TRY(const auto page, readable(context));
  const ledger::RecordView& view = page->view;
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto lines, ledger::history_of(*lease, *context.town, view.record.id));
  return json_response({{"items", history_json(context, *page, lines)}});
}

Result<Response> proof(Context& context) {
  ZS_TRY(const auto page, readable(context));
  const ledger::RecordView& view = page->view;
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  const std::string_view text = context.part("entry");
  std::int64_t n = 0;
  for (const char c : text) n = c >= '0' && c <= '9' && n < 1'000'000'000'000 ? n * 10 + (c - '0') : -1;
  ZS_TRY(const ledger::EntryProof proof, ledger::prove_entry(*lease, *context.town, view.record.id, EntryNumber{n}));
  ordered_json path = ordered_json::array();
  for (const Digest& digest : proof.path) path.push_back(hex(bytes(digest)));
  return json_response({{"entry", n},
                        {"leaf", hex(bytes(proof.leaf))},
                        {"root", hex(bytes(proof.root))},
                        {"size", proof.size},
                        {"path", std::move(path)},
                        {"holds", proof.holds}});
}

Result<Response> reveal(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  ZS_TRY(const auto page, readable(context));
  const ledger::RecordView& view = page->view;
  const rulebook::Kind& kind = *context.town->book->find_kind(view.record.kind);
  const std::string key = body->value("field", "");
  const std::string reason = body->value("reason", "");
  const rulebook::Field* field = kind.find_field(key);
  const auto value = view.record.fields.find(key);
  if (field == nullptr || value == view.record.fields.end()) return not_found("没有这一项", "there is no such field");
  if (reason.empty()) return bad_input("写明查看的理由；查看会留痕", "give a reason: it is logged");
  const std::string where = fmt::format("{}/{}.{}", kind.key, view.record.id.number, key);
  if (guarded(context, *field)) {
    ZS_CHECK(note(context, "reveal", where, "refused", reason));
    return problem(context.request, 403, {}, "您的岗位不能查看这一项");
  }
  ZS_CHECK(note(context, "reveal", where, "ok", reason));
  return json_response({{"value", raw(value->second)}, {"text", shown(*context.town, *field, value->second)}});
}

}  // namespace zs::server
