#include "ledger/where.h"

#include <fmt/format.h>

#include "base/sounds.h"
#include "store/where.h"

namespace zs::ledger {
namespace {

using rulebook::Scope;
using rules::Person;

std::string in_quotes(std::string_view words) {
  std::string out = "\"";
  for (const char c : words) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out + "\"";
}

std::string phrase(const SearchPhrase& asked, bool prefix) {
  return in_quotes(asked.words) + (prefix ? " *" : "");
}

bool ends_in_latin(std::string_view words) {
  return !words.empty() && static_cast<unsigned char>(words.back()) < 0x80;
}

// Each word of the query must stand somewhere; a number or a name in Latin letters may be unfinished.
std::string words_query(std::string_view query, Ending ending) {
  std::string all;
  while (!query.empty()) {
    const std::size_t blank = query.find(' ');
    const SearchPhrase asked = search_phrase(query.substr(0, blank));
    query = blank == std::string_view::npos ? std::string_view() : query.substr(blank + 1);
    if (asked.words.empty()) continue;
    all += (all.empty() ? "" : " AND ") +
           phrase(asked, ending == Ending::open && (asked.last_is_prefix || ends_in_latin(asked.words)));
  }
  return all;
}

std::string scope_query(Scope scope, const Person& person, const std::string& kind) {
  const std::string of_kind = in_quotes("k_" + kind);
  switch (scope) {
    case Scope::none: break;
    case Scope::town: return of_kind;
    case Scope::own_village:
      if (person.village.empty()) return {};
      return fmt::format("({} AND {})", of_kind, in_quotes("v_" + person.village));
    case Scope::own_unit:
      if (person.unit.empty()) return fmt::format("({} AND {})", of_kind, in_quotes("h_" + person.key));
      return fmt::format("({} AND ({} OR {}))", of_kind, in_quotes("u_" + person.unit), in_quotes("h_" + person.key));
  }
  return {};
}

}  // namespace

std::string Where::bind(store::Cell value) {
  parameters_.push_back(std::move(value));
  return fmt::format("?{}", parameters_.size());
}

void Where::equal(std::string_view column, const std::string& value) {
  if (!value.empty()) add(fmt::format("{}={}", column, bind(value)));
}

bool add_fields(Where& where, const Town& town, const rulebook::Kind& kind, const rulebook::Condition& condition) {
  auto made = store::where_of(condition, kind, where.parameters().size() + 1);
  if (!made) return false;
  for (store::Cell& parameter : made->parameters) where.bind(std::move(parameter));
  where.add(fmt::format("EXISTS(SELECT 1 FROM {} WHERE town=?1 AND id=r.id AND {})", town.tables->at(kind.key).name,
                        made->sql));
  return true;
}

std::string scope_sql(Scope scope, const Person& person, Where& where) {
  switch (scope) {
    case Scope::none: break;
    case Scope::own_village:
      return person.village.empty() ? "0" : fmt::format("r.village={}", where.bind(person.village));
    case Scope::own_unit: {
      const std::string mine = fmt::format("r.handler={}", where.bind(person.key));
      return person.unit.empty() ? mine : fmt::format("({} OR r.unit={})", mine, where.bind(person.unit));
    }
    case Scope::town: return "1";
  }
  return "0";
}

std::string scopes_sql(const Town& town, const Person& person, Where& where) {
  std::string any;
  for (const rulebook::Kind& kind : town.book->kinds) {
    const Scope scope = rules::scope_of(*town.book, person, kind.key);
    if (scope == Scope::none) continue;
    any += fmt::format("{}(r.kind={} AND {})", any.empty() ? "" : " OR ", where.bind(kind.key),
                       scope_sql(scope, person, where));
  }
  return any.empty() ? "0" : "(" + any + ")";
}

std::string scope_match(const Town& town, const Person& person, std::string_view kind) {
  std::string scope;
  for (const rulebook::Kind& each : town.book->kinds) {
    if (!kind.empty() && each.key != kind) continue;
    const std::string part = scope_query(rules::scope_of(*town.book, person, each.key), person, each.key);
    if (!part.empty()) scope += (scope.empty() ? "" : " OR ") + part;
  }
  return scope;
}

std::string match_of(const Town& town, const Person& person, std::string_view kind, std::string_view query,
                     Ending ending) {
  const bool personal = rules::may_reveal(*town.book, person, rulebook::Guard::personal);
  std::string found;
  const std::string words = words_query(query, ending);
  if (!words.empty()) found = fmt::format("{{words{}}} : ({})", personal ? " names" : "", words);
  for (const SearchPhrase& sound : sound_phrases(query))
    found += fmt::format("{}sounds : ({})", found.empty() ? "" : " OR ",
                         phrase(sound, ending == Ending::open && sound.last_is_prefix));
  const std::string scope = scope_match(town, person, kind);
  if (found.empty() || scope.empty()) return {};
  return fmt::format("({}) AND scope : ({})", found, scope);
}

}  // namespace zs::ledger
