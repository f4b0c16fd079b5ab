#include "rules/scope.h"

#include <algorithm>
#include <array>

namespace zs::rules {

using rulebook::Scope;

namespace {

constexpr std::array<std::string_view, 5> kGuards{"open", "internal", "personal", "sensitive", "secret"};

bool is(const Value& value, const std::string& key) {
  const auto* text = value.as<std::string>();
  return text != nullptr && !key.empty() && *text == key;
}

bool has_role(const rulebook::Rulebook& book, const Person& person, auto says) {
  return std::any_of(person.posts.begin(), person.posts.end(), [&](const std::string& post) {
    const rulebook::Role* role = book.find_role(post);
    return role != nullptr && says(*role);
  });
}

bool hidden_from(View& record, const Person& person) {
  const auto& hidden = record.kind().hidden_from;
  if (!hidden || !record.applies(hidden->when)) return false;
  const Value org = record.value(hidden->org_field);
  return is(org, person.unit) || is(org, person.village);
}

}  // namespace

Scope scope_of(const rulebook::Rulebook& book, const Person& person, std::string_view kind) {
  Scope widest = Scope::none;
  for (const std::string& post : person.posts) {
    const rulebook::Role* role = book.find_role(post);
    if (role == nullptr) continue;
    const auto reads = role->reads.find(kind);
    if (reads != role->reads.end()) widest = std::max(widest, reads->second);
  }
  return widest;
}

bool may_read(View& record, const Person& person) {
  if (hidden_from(record, person)) return false;
  switch (scope_of(*record.in_force().book, person, record.kind().key)) {
    case Scope::none: return false;
    case Scope::own_village: return is(record.value("village"), person.village);
    case Scope::own_unit: return is(record.value("unit"), person.unit) || is(record.value("handler"), person.key);
    case Scope::town: return true;
  }
  return false;
}

bool may_reveal(const rulebook::Rulebook& book, const Person& person, rulebook::Guard guard) {
  if (guard == rulebook::Guard::open || guard == rulebook::Guard::internal) return true;
  const std::string_view name = kGuards[static_cast<std::size_t>(guard)];
  return has_role(book, person, [&](const rulebook::Role& role) {
    return std::find(role.reveals.begin(), role.reveals.end(), name) != role.reveals.end();
  });
}

bool may_audit(const rulebook::Rulebook& book, const Person& person) {
  return has_role(book, person, [](const rulebook::Role& role) { return role.audits; });
}

bool may_manage(const rulebook::Rulebook& book, const Person& person) {
  return has_role(book, person, [](const rulebook::Role& role) { return role.manages; });
}

bool may_grant(const rulebook::Rulebook& book, const Person& person) {
  return has_role(book, person, [](const rulebook::Role& role) { return role.grants; });
}

bool may_publish(const rulebook::Rulebook& book, const Person& person) {
  return has_role(book, person, [](const rulebook::Role& role) { return role.publishes; });
}

bool may_erase(const rulebook::Rulebook& book, const Person& person) {
  return has_role(book, person, [](const rulebook::Role& role) { return role.erases; });
}

bool may_record_history(const rulebook::Rulebook& book, const Person& person, std::string_view kind) {
  return has_role(book, person, [&](const rulebook::Role& role) {
    return std::any_of(role.records_history.begin(), role.records_history.end(),
                       [&](const std::string& each) { return each == "all" || each == kind; });
  });
}

}  // namespace zs::rules
