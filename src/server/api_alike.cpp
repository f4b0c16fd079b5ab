// The same person, the same matter: while one types, and beside a record.
#include <nlohmann/json.hpp>

#include "ledger/alike.h"
#include "server/api.h"
#include "server/record_json.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::json;

std::string text_in(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// What looks like a party is one: the form is still being filled, and much is missing or wrong in it.
void add_parties(ledger::Matter& matter, const json& value) {
  if (value.is_object() && value.contains("name")) {
    ledger::add_party(matter, text_in(value, "name"), text_in(value, "id_no"), text_in(value, "phone"));
    return;
  }
  if (!value.is_object() && !value.is_array()) return;
  for (const json& inner : value) add_parties(matter, inner);
}

Result<Response> answer(Context& context, store::Session& session, const ledger::Matter& matter) {
  ZS_TRY(const auto found, ledger::alike(session, context.app.subjects, *context.town, context.person, matter, context.today));
  JsonWriter w;
  w.object([&] {
    w.array("items", [&] {
      for (const ledger::Alike& each : found) {
        w.object([&] {
          write_row(w, context, each.row);
          const rulebook::Kind* kind = context.town->book->find_kind(each.row.kind);
          w("kind_label", kind == nullptr ? each.row.kind : kind->label);
          w("why", ledger::name_of(each.why));
          w("percent", std::int64_t{each.percent});
          w("same", each.same);
        });
      }
    });
  });
  return json_text(w.take());
}

}  // namespace

Result<Response> alike_typed(Context& context) {
  ZS_TRY(const rulebook::Kind* kind, kind_of(context));
  ZS_TRY(const auto body, body_of(context.request));
  ledger::Matter matter;
  matter.kind = kind->key;
  if (const auto values = body->find("values"); values != body->end() && values->is_object()) {
    matter.village = text_in(*values, "village");
    if (!kind->subject.empty()) matter.subject = text_in(*values, kind->subject.c_str());
    add_parties(matter, *values);
  }
  if (const auto rows = body->find("rows"); rows != body->end()) add_parties(matter, *rows);
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  return answer(context, *lease, matter);
}

Result<Response> alike_stored(Context& context) {
  ZS_TRY(const auto page, readable(context));
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  return answer(context, *lease, ledger::matter_of(*context.town, page->view.record));
}

}  // namespace zs::server
