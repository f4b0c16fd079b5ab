// Writing: creating a record, an act on it, and the four acts that every kind has. One way in for all: the change as
// JSON, judged by the ledger.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <nlohmann/json.hpp>

#include "ledger/change_json.h"
#include "ledger/papers.h"
#include "report/issued_paper.h"
#include "rules/marks.h"
#include "rules/scope.h"
#include "server/acts.h"
#include "server/api.h"
#include "server/record_json.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// What of the body belongs to the act, and what to the change around it.
constexpr std::array<const char*, 8> kOfAct{"values", "rows",    "edits",        "numbers",
                                            "day",    "decider", "signed_paper", "pass"};
constexpr std::array<const char*, 5> kOfChange{"way", "source", "reason", "signer", "state"};

}  // namespace

Result<> move_keys(json& from, json& act, json& change) {
  for (const char* key : kOfAct) {
    if (from.contains(key)) act[key] = std::move(from[key]);
    from.erase(key);
  }
  for (const char* key : kOfChange) {
    if (from.contains(key)) change[key] = std::move(from[key]);
    from.erase(key);
  }
  if (from.empty()) return {};
  const std::string other = from.begin().key();
  return bad_input(fmt::format("没有“{}”这个键", other), fmt::format("there is no key \"{}\"", other));
}

Result<> read_headers(const Request& request, json& change) {
  const std::string_view key = request.header("idempotency-key");
  if (key.size() > 200) return bad_input("Idempotency-Key 太长", "the Idempotency-Key is too long");
  if (!key.empty()) change["key"] = std::string(key);
  std::string_view version = request.header("if-match");
  if (version.empty() || version == "*") return {};
  if (version.starts_with('"') && version.ends_with('"') && version.size() > 2)
    version = version.substr(1, version.size() - 2);
  std::int64_t number = 0;
  for (const char c : version) {
    if (c < '0' || c > '9' || number > 1'000'000'000)
      return bad_input("If-Match 要写版本号", "If-Match takes a version");
    number = number * 10 + (c - '0');
  }
  change["version"] = number;
  return {};
}

// A file is there before a change names it.
Result<> check_files(Context& context, const rules::Change& change) {
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto unknown, ledger::unknown_files(*lease, *context.town, change));
  if (unknown.empty()) return {};
  return bad_input(fmt::format("没有收到过附件 {}；请先上传", unknown.front().substr(0, 64)),
                   fmt::format("there is no file {}: send it first", unknown.front().substr(0, 64)));
}

// A new record belongs to whoever makes it, unless it says otherwise: without a unit nobody of that unit could read it.
void own_new_record(const Context& context, json& body) {
  json& values = body["values"];
  if (!values.is_null() && !values.is_object()) return;
  const auto give = [&](const char* field, const std::string& own) {
    if (!own.empty() && !values.contains(field)) values[field] = own;
  };
  give("unit", context.person.unit);
  give("village", context.person.village);
}

namespace {

ordered_json receipt_json(const ledger::Town& town, const rulebook::Kind& kind, const ledger::Receipt& receipt) {
  ordered_json opened = ordered_json::array();
  for (const Link& link : receipt.opened) opened.push_back({{"kind", link.kind}, {"id", link.id.number}});
  const auto gates = [&](const std::vector<rules::Mark>& marks) {
    ordered_json list = ordered_json::array();
    for (const rules::Mark& mark : marks) {
      list.push_back({{"gate", mark.gate}, {"says", rules::says_of_mark(*town.book, kind, mark.gate)}});
    }
    return list;
  };
  return {{"kind", kind.key},
          {"id", receipt.record.number},
          {"version", receipt.version},
          {"state", receipt.state},
          {"numbers", receipt.numbers},
          {"opened", std::move(opened)},
          {"missing", receipt.missing},
          {"warned", gates(receipt.warned)},
          {"breaches", gates(receipt.breaches)},
          {"entry", receipt.last.number},
          {"repeated", receipt.repeated}};
}

Result<Response> refused(Context& context, const rules::Refusal& refusal, const std::string& where) {
  std::string gates;
  for (const rules::Reason& reason : refusal.reasons)
    gates += (gates.empty() ? "" : " ") + reason.kind + ":" + reason.name;
  ZS_CHECK(note(context, "act", where, "refused", gates));
  return problem(context.request, refusal, *context.town);
}

// A paper as the act would issue it.
struct Draft {
  const rulebook::Form* form = nullptr;
  std::string html;  ///< empty: it names people whom the person may not see
};

// What was not there before has no text yet.
Result<std::vector<Draft>> drafts_of(Context& context, const rules::Record& record) {
  std::vector<Draft> drafts;
  const auto papers = record.rows.find("papers");
  if (papers == record.rows.end()) return drafts;
  const bool may = rules::may_reveal(*context.town->book, context.person, rulebook::Guard::personal);
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  const ledger::NameLink name = ledger::link_namer(*lease, *context.town);
  ZS_TRY(const auto before, ledger::read_papers(*lease, *context.town, record.id));
  for (const auto& [row, cells] : papers->second) {
    if (before.contains(row)) continue;
    const auto form = cells.find("form");
    Draft draft{context.town->book->find_form(form == cells.end() ? "" : plain_text(form->second)), {}};
    if (draft.form == nullptr) continue;
    if (may) {
      ZS_TRY(const auto markdown, report::paper_markdown(*context.town, record, row, name));
      if (markdown) draft.html = report::draft_page(draft.form->label, *markdown);
    }
    drafts.push_back(std::move(draft));
  }
  return drafts;
}

Result<Response> dry_run(Context& context, const rules::Change& change, const std::string& where) {
  ZS_TRY(const auto tried, context.app.ledger.try_changes(context.town->id, {&change, 1}));
  if (const auto* refusal = std::get_if<rules::Refusal>(&tried.front().answer))
    return refused(context, *refusal, where);
  const ledger::RecordView view = ledger::view_of(*context.town, *tried.front().after, context.today);
  ZS_TRY(const auto drafts, drafts_of(context, view.record));
  JsonWriter w;
  w.object([&] {
    w("state", view.record.state);
    w("state_label", view.state_label);
    write_deadlines(w, view.deadlines);
    w.array("papers", [&] {
      for (const Draft& draft : drafts)
        w.object([&] {
          w("form", draft.form->key);
          w("label", draft.form->label);
          if (draft.html.empty())
            w.null("html");
          else
            w("html", draft.html);
        });
    });
  });
  return json_text(w.take());
}

Result<ledger::Answer> written(Context& context, rules::Change change, const ledger::Ledger::Beside& beside) {
  if (!beside) return context.app.ledger.commit(std::move(change));
  ZS_TRY(auto answers, context.app.ledger.commit_batch({&change, 1}, beside));
  return std::move(answers.front());
}

// Who may not read a record may not act on it; who may act at all is judged by the ledger.
Result<Response> commit(Context& context, const json& object, const std::string& where,
                        const ledger::Ledger::Beside& beside = {}) {
  const rulebook::Kind& kind = *context.town->book->find_kind(context.part("kind"));
  ZS_TRY(rules::Change change, ledger::change_from_json(*context.town, object));
  ZS_CHECK(check_files(context, change));
  if (context.request.parameter("dry_run") == "yes") return dry_run(context, change, where);
  const bool creates = !change.record;
  ZS_TRY(const ledger::Answer answer, written(context, std::move(change), beside));
  if (const auto* refusal = std::get_if<rules::Refusal>(&answer)) return refused(context, *refusal, where);
  const ledger::Receipt& receipt = std::get<ledger::Receipt>(answer);
  Response response = json_response(receipt_json(*context.town, kind, receipt), creates ? 201 : 200);
  response.headers.emplace_back("ETag", fmt::format("\"{}\"", receipt.version));
  return response;
}

// A change of the record of the path (or of a new one), without its acts.
Result<> begin(Context& context, json& change) {
  ZS_TRY(const rulebook::Kind* kind, kind_of(context));
  change["kind"] = kind->key;
  change["actor"] = context.person.key;
  ZS_CHECK(read_headers(context.request, change));
  if (context.part("id").empty()) return {};
  ZS_TRY(const auto page, readable(context));
  change["record"] = page->view.record.id.number;
  return {};
}

Result<Response> one_act(Context& context, const std::string& action) {
  json change;
  ZS_CHECK(begin(context, change));
  ZS_TRY(const auto body, body_of(context.request));
  json act{{"do", action}};
  ZS_CHECK(move_keys(*body, act, change));
  change["acts"] = json::array({std::move(act)});
  return commit(context, change, fmt::format("{}/{}/{}", context.part("kind"), context.part("id"), action));
}

// Moves those members of `from` that are wanted.
void move_wanted(json& from, const char* part, json& to, const std::function<bool(const std::string&)>& wanted) {
  if (!from.contains(part) || !from[part].is_object()) return;
  json& source = from[part];
  for (auto at = source.begin(); at != source.end();) {
    if (!wanted(at.key())) {
      ++at;
      continue;
    }
    to[part][at.key()] = std::move(at.value());
    at = source.erase(at);
  }
}

// One step of a form that does several: of all that was given, what the step needs, asks for, adds or edits.
json step_of(const rulebook::Action& action, json& whole) {
  json act{{"do", action.key}, {"values", json::object()}};
  const auto asked = [&](const std::string& key) {
    const auto named = [&](const rulebook::Asked& each) { return each.field == key; };
    return std::any_of(action.needs.begin(), action.needs.end(), named) ||
           std::any_of(action.asks.begin(), action.asks.end(), named);
  };
  move_wanted(whole, "values", act, asked);
  move_wanted(whole, "numbers", act, asked);
  move_wanted(whole, "rows", act, [&](const std::string& rows) {
    return asked(rows) || std::find(action.adds.begin(), action.adds.end(), rows) != action.adds.end();
  });
  move_wanted(whole, "edits", act, [&](const std::string& rows) {
    return std::any_of(action.edits.begin(), action.edits.end(), [&](const auto& each) { return each.first == rows; });
  });
  for (const char* said : {"day", "pass"}) {
    if (whole.contains(said)) act[said] = whole[said];
  }
  if (!action.decides.empty()) {
    for (const char* said : {"decider", "signed_paper"}) {
      if (whole.contains(said)) act[said] = whole[said];
    }
  }
  return act;
}

// The values of all steps come together: each step takes those that it needs or asks for; the first takes the rest.
json steps_of(const rulebook::Kind& kind, const rulebook::Quick& form, json& whole) {
  json acts = json::array();
  for (const std::string& name : form.does) acts.push_back(step_of(*kind.find_action(name), whole));
  // What no step asks for by name goes to the first, which says so if it does not take it.
  if (!acts.empty()) {
    for (const char* rest : {"values", "rows", "numbers", "edits"}) {
      if (whole.contains(rest) && !whole[rest].empty()) acts.front()[rest].update(whole[rest]);
    }
  }
  return acts;
}

// edit, correct, void, undo: `asks` says which.
Result<Response> built_in(Context& context, const char* asks, bool has_values) {
  json change;
  ZS_CHECK(begin(context, change));
  ZS_TRY(const auto body, body_of(context.request));
  json act = json::object();
  // Rows that are there already are named by their numbers.
  if (body->contains("rows")) {
    (*body)["edits"] = std::move((*body)["rows"]);
    body->erase("rows");
  }
  ZS_CHECK(move_keys(*body, act, change));
  change["asks"] = asks;
  if (!context.part("row").empty()) change["paper"] = row_of(context);
  if (has_values) change["acts"] = json::array({std::move(act)});
  return commit(context, change, fmt::format("{}/{}/{}", context.part("kind"), context.part("id"), asks));
}

}  // namespace

bool may_create(const Context& context, std::string_view key) {
  const rulebook::Kind* kind = context.town->book->find_kind(key);
  const rulebook::Action* create = kind == nullptr ? nullptr : kind->creating_action();
  const auto& posts = context.person.posts;
  return create != nullptr && std::any_of(create->by.begin(), create->by.end(), [&](const std::string& post) {
           return std::find(posts.begin(), posts.end(), post) != posts.end();
         });
}

Result<Response> create_from(Context& context, const std::string& quick, json body,
                             const ledger::Ledger::Beside& beside) {
  ZS_TRY(const rulebook::Kind* kind, kind_of(context));
  const rulebook::Action* action = kind->creating_action();
  if (action == nullptr) return bad_input("这个台账不能直接登记", "records of this kind are not made by hand");
  const auto form =
      std::find_if(kind->quick.begin(), kind->quick.end(), [&](const auto& each) { return each.key == quick; });
  if (!quick.empty() && form == kind->quick.end()) return not_found("没有这张表", "there is no such form");
  json change;
  ZS_CHECK(begin(context, change));
  own_new_record(context, body);
  json whole{{"values", json::object()}};
  ZS_CHECK(move_keys(body, whole, change));
  if (quick.empty()) {
    whole["do"] = action->key;
    change["acts"] = json::array({std::move(whole)});
    return commit(context, change, fmt::format("{}//{}", kind->key, action->key), beside);
  }
  change["acts"] = steps_of(*kind, *form, whole);
  change["quick"] = quick;
  return commit(context, change, fmt::format("{}/{}", kind->key, quick), beside);
}

Result<Response> create(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  return create_from(context, {}, std::move(*body));
}

Result<Response> history_in(Context& context) {
  json change;
  ZS_CHECK(begin(context, change));
  ZS_TRY(const auto body, body_of(context.request));
  json act = json::object();
  ZS_CHECK(move_keys(*body, act, change));
  change["asks"] = "history";
  change["way"] = "history";
  change["acts"] = json::array({std::move(act)});
  return commit(context, change, fmt::format("{}/history", context.part("kind")));
}

// A number without a ledger: the one kind that every rulebook has.
Result<Response> summary_in(Context& context) {
  context.path["kind"] = rulebook::kSummaryKind;
  json change{{"kind", rulebook::kSummaryKind}, {"actor", context.person.key}};
  ZS_CHECK(read_headers(context.request, change));
  ZS_TRY(const auto body, body_of(context.request));
  const rulebook::Kind& kind = *context.town->book->find_kind(rulebook::kSummaryKind);
  json act{{"do", kind.creating_action()->key}};
  ZS_CHECK(move_keys(*body, act, change));
  change["way"] = "summary";
  change["acts"] = json::array({std::move(act)});
  return commit(context, change, "summary");
}

Result<Response> act(Context& context) {
  return one_act(context, std::string(context.part("action")));
}

Result<Response> quick(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  return create_from(context, std::string(context.part("quick")), std::move(*body));
}

Result<Response> withdraw_paper(Context& context) {
  return built_in(context, "withdraw_paper", false);
}
Result<Response> replace_paper(Context& context) {
  return built_in(context, "replace_paper", false);
}
Result<Response> edit(Context& context) {
  return built_in(context, "edit", true);
}
Result<Response> correct(Context& context) {
  return built_in(context, "correct", true);
}
Result<Response> void_record(Context& context) {
  return built_in(context, "void", false);
}
Result<Response> undo(Context& context) {
  return built_in(context, "undo", false);
}

}  // namespace zs::server
