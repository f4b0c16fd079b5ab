// People of the town: staff, posts, accounts, and why somebody may or may not read something.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ledger/people.h"
#include "rules/scope.h"
#include "server/admin.h"
#include "server/api.h"
#include "server/record_json.h"
#include "server/role_words.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using rulebook::Scope;

std::string role_label(const ledger::Town& town, const std::string& key) {
  const rulebook::Role* role = town.book->find_role(key);
  return role == nullptr ? key : role->label;
}

ordered_json posts_json(const ledger::Town& town, const std::vector<std::string>& keys) {
  ordered_json list = ordered_json::array();
  for (const std::string& key : keys) list.push_back({{"key", key}, {"label", role_label(town, key)}});
  return list;
}

ordered_json account_json(Context& context, const ledger::Account& account) {
  const Instant now = context.app.ledger.now();
  const bool locked = now < account.locked_until;
  return {{"account", account.account},
          {"locked_until",
           locked ? ordered_json(civil(account.locked_until, context.town->book->utc_offset).text()) : ordered_json()},
          {"must_change", account.must_change},
          {"sessions", context.app.sessions.of(context.town->id, account.account, now).size()}};
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// What is given takes the place of what stands; `posts` is a list.
Result<ledger::Registration> staff_change(const Context& context, const std::string& key, const json& body) {
  ledger::Registration change{context.town->id, "staff", key, {}, context.person.key, {}};
  const auto known = context.town->staff.find(key);
  if (known != context.town->staff.end()) {
    const rules::Person& person = known->second;
    change.values = {
        {"name", person.name}, {"unit", person.unit}, {"village", person.village}, {"posts", joined(person.posts)}};
  }
  ZS_CHECK(take_texts(body, {"name", "unit", "village"}, {"key", "posts"}, change.values));
  if (const auto posts = body.find("posts"); posts != body.end()) {
    std::vector<std::string> keys;
    for (const json& post : *posts) {
      if (post.is_string()) keys.push_back(post.get<std::string>());
    }
    for (const std::string& key_of_post : keys) {
      if (context.town->book->find_role(key_of_post) == nullptr)
        return bad_input(fmt::format("没有“{}”这个岗位", key_of_post), fmt::format("no such post: {}", key_of_post));
    }
    change.values["posts"] = joined(keys);
  }
  if (change.values["name"].empty()) return bad_input("姓名不能空着", "the name may not be empty");
  for (const char* org : {"unit", "village"}) {
    const std::string& given = change.values[org];
    if (!given.empty() && !context.town->orgs.contains(given))
      return bad_input(fmt::format("机构登记里没有“{}”", given), fmt::format("there is no org \"{}\"", given));
  }
  return change;
}

// Posts are given by one administrator, all else is kept by another.
Result<Response> put_staff(Context& context, const std::string& key, const json& body, int status) {
  const bool posts = body.contains("posts");
  const bool others = body.contains("name") || body.contains("unit") || body.contains("village");
  if (posts && !rules::may_grant(*context.town->book, context.person))
    return refused(context, "staff", key, "岗位由安全管理员授予");
  if ((others || !posts) && !rules::may_manage(*context.town->book, context.person))
    return refused(context, "staff", key, "人员信息由系统管理员维护");
  ZS_TRY(const ledger::Registration change, staff_change(context, key, body));
  ZS_TRY(const EntryNumber n, context.app.ledger.enter(change));
  ZS_CHECK(note(context, "staff", key, "ok", posts ? "posts: " + change.values.at("posts") : std::string()));
  return json_response({{"key", key}, {"entry", n.number}}, status);
}

bool administers(const Context& context) {
  const rulebook::Rulebook& book = *context.town->book;
  return rules::may_manage(book, context.person) || rules::may_grant(book, context.person) ||
         rules::may_audit(book, context.person);
}

// Which post opens the ledger, and how far.
void explain_kind(const ledger::Town& town, const rules::Person& person, const rulebook::Kind& kind,
                  ordered_json& says) {
  for (const std::string& post : person.posts) {
    const rulebook::Role* role = town.book->find_role(post);
    if (role == nullptr) continue;
    const auto reads = role->reads.find(kind.key);
    if (reads != role->reads.end() && reads->second != Scope::none)
      says.push_back(fmt::format("岗位“{}”可看“{}”：{}", role->label, kind.label, scope_label(reads->second)));
  }
  if (says.empty())
    says.push_back(fmt::format("{} 的岗位（{}）都没有写明可看“{}”", person.name,
                               person.posts.empty() ? std::string("无") : [&] {
                                 std::string labels;
                                 for (const std::string& post : person.posts)
                                   labels += (labels.empty() ? "" : "、") + role_label(town, post);
                                 return labels;
                               }(), kind.label));
}

// Why this one record is, or is not, within what the posts open.
void explain_record(const ledger::Town& town, const rules::Person& person, rules::View& record, bool may,
                    ordered_json& says) {
  const auto text = [&](std::string_view field) {
    const Value value = record.value(field);
    const auto* key = value.as<std::string>();
    return key == nullptr ? std::string() : *key;
  };
  const Scope scope = rules::scope_of(*town.book, person, record.kind().key);
  const std::string unit = text("unit"), village = text("village"), handler = text("handler");
  if (scope == Scope::own_unit)
    says.push_back(fmt::format("这一件的承办机构是“{}”，经办人是“{}”；{} 在“{}”", org_name(town, unit),
                               staff_name(town, handler), person.name, org_name(town, person.unit)));
  if (scope == Scope::own_village)
    says.push_back(
        fmt::format("这一件属“{}”；{} 属“{}”", org_name(town, village), person.name, org_name(town, person.village)));
  const auto& hidden = record.kind().hidden_from;
  if (!may && hidden && record.applies(hidden->when))
    says.push_back(fmt::format("检举控告件对被反映的机构不公开（{}）", citation_of(town, hidden->rule.rule)));
}

}  // namespace

Result<Response> staff_list(Context& context) {
  if (!administers(context)) return problem(context.request, 403, {}, "人员名册由三员查看");
  ZS_TRY(const auto accounts, ledger::accounts(context.app.ledger, context.town->id));
  ordered_json items = ordered_json::array();
  for (const auto& [key, person] : context.town->staff) {
    const auto own = std::find_if(accounts.begin(), accounts.end(),
                                  [&, &staff = key](const ledger::Account& each) { return each.staff == staff; });
    items.push_back({{"key", key},
                     {"name", person.name},
                     {"unit", person.unit},
                     {"unit_name", org_name(*context.town, person.unit)},
                     {"village", person.village},
                     {"village_name", org_name(*context.town, person.village)},
                     {"posts", posts_json(*context.town, person.posts)},
                     {"account", own == accounts.end() ? ordered_json() : account_json(context, *own)}});
  }
  return json_response({{"items", std::move(items)}});
}

Result<Response> add_staff(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  ZS_TRY(const std::string key, new_key(*body));
  if (context.town->staff.contains(key)) return conflict("名册里已有这个人员编号", "there is such a person already");
  return put_staff(context, key, *body, 201);
}

Result<Response> change_staff(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  const std::string key(context.part("key"));
  if (!context.town->staff.contains(key)) return not_found("名册里没有这个人", "there is no such person");
  return put_staff(context, key, *body, 200);
}

Result<Response> posts(Context& context) {
  const ledger::Town& town = *context.town;
  ordered_json items = ordered_json::array();
  for (const rulebook::Role& role : town.book->roles) {
    ordered_json reads = ordered_json::array();
    for (const auto& [key, scope] : role.reads) {
      const rulebook::Kind* kind = town.book->find_kind(key);
      reads.push_back({{"kind", key},
                       {"label", kind == nullptr ? key : kind->label},
                       {"scope", scope_name(scope)},
                       {"scope_label", scope_label(scope)}});
    }
    items.push_back({{"key", role.key},
                     {"label", role.label},
                     {"reads", std::move(reads)},
                     {"never_with", posts_json(town, role.never_with)},
                     {"manages", role.manages},
                     {"grants", role.grants},
                     {"audits", role.audits},
                     {"publishes", role.publishes},
                     {"erases", role.erases}});
  }
  return json_response({{"items", std::move(items)}});
}

Result<Response> add_account(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  const std::string account = body->value("account", ""), staff = body->value("staff", "");
  if (!rules::may_manage(*context.town->book, context.person))
    return refused(context, "account", account, "账号由系统管理员开");
  if (account.empty() || account.size() > 100) return bad_input("请填账号名", "the account needs a name");
  ZS_TRY(const auto known, ledger::find_account(context.app.ledger, context.town->id, account));
  if (known) return conflict("已有这个账号", "there is such an account already");
  ZS_CHECK(
      ledger::put_account(context.app.ledger, context.town->id, account, staff, body->value("password", ""), true));
  ZS_CHECK(note(context, "account", account, "ok", "added for " + staff));
  return json_response({{"account", account}}, 201);
}

Result<Response> reset_account(Context& context) {
  const std::string account(context.part("account"));
  if (!rules::may_manage(*context.town->book, context.person))
    return refused(context, "account", account, "密码由系统管理员重设");
  ZS_TRY(const auto body, body_of(context.request));
  ZS_CHECK(ledger::reset_password(context.app.ledger, context.town->id, account, body->value("password", "")));
  context.app.sessions.end_all(context.town->id, account);
  ZS_CHECK(note(context, "account", account, "ok", "password reset"));
  return no_content();
}

Result<Response> unlock(Context& context) {
  const std::string account(context.part("account"));
  if (!rules::may_grant(*context.town->book, context.person))
    return refused(context, "account", account, "账号由安全管理员解锁");
  ZS_CHECK(ledger::unlock_account(context.app.ledger, context.town->id, account));
  ZS_CHECK(note(context, "account", account, "ok", "unlocked"));
  return no_content();
}

Result<Response> remove_account(Context& context) {
  const std::string account(context.part("account"));
  if (!rules::may_manage(*context.town->book, context.person))
    return refused(context, "account", account, "账号由系统管理员停用");
  if (account == context.session.account) return bad_input("不能停用自己的账号", "one's own account stays");
  ZS_CHECK(ledger::remove_account(context.app.ledger, context.town->id, account));
  context.app.sessions.end_all(context.town->id, account);
  ZS_CHECK(note(context, "account", account, "ok", "removed"));
  return no_content();
}

Result<Response> access_why(Context& context) {
  const ledger::Town& town = *context.town;
  const std::string asked(context.request.parameter("person"));
  const std::string key = asked.empty() ? context.person.key : asked;
  const auto person = town.staff.find(key);
  if (person == town.staff.end()) return not_found("名册里没有这个人", "there is no such person");
  const rulebook::Kind* kind = town.book->find_kind(context.request.parameter("kind"));
  if (kind == nullptr) return not_found("没有这个台账", "there is no such kind");
  const std::string_view id = context.request.parameter("id");
  if (key != context.person.key && id.empty() && !administers(context))
    return problem(context.request, 403, {}, "只有三员能问别人的权限");
  ordered_json says = ordered_json::array();
  explain_kind(town, person->second, *kind, says);
  bool may = rules::scope_of(*town.book, person->second, kind->key) != Scope::none;
  if (!id.empty()) {
    // Of a record of which one may not know, one may not ask either.
    context.path["kind"] = kind->key;
    context.path["id"] = id;
    ZS_TRY(const auto page, readable(context));
    rules::View record(town.in_force(), page->view.record);
    may = rules::may_read(record, person->second);
    explain_record(town, person->second, record, may, says);
  }
  ordered_json guards = ordered_json::array();
  constexpr std::pair<rulebook::Guard, std::string_view> kGuards[] = {{rulebook::Guard::personal, "个人信息"},
                                                                      {rulebook::Guard::sensitive, "敏感个人信息"},
                                                                      {rulebook::Guard::secret, "保密内容"}};
  for (const auto& [guard, label] : kGuards)
    guards.push_back(
        {{"key", guard_name(guard)}, {"label", label}, {"may", rules::may_reveal(*town.book, person->second, guard)}});
  return json_response({{"may", may}, {"says", std::move(says)}, {"guards", std::move(guards)}});
}

}  // namespace zs::server
