// The town itself: its units, settings and homes, and the taking into force of rulebooks and calendars.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ledger/registers.h"
#include "rules/clock.h"
#include "rules/scope.h"
#include "server/admin.h"
#include "server/api.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::string_view kOrgTypes = "org_types";  // of lists.yaml

bool dry_run(const Context& context) {
  return context.request.parameter("dry_run") == "yes";
}

bool manages(const Context& context) {
  return rules::may_manage(*context.town->book, context.person);
}

std::string org_type_label(const ledger::Town& town, const std::string& type) {
  const auto list = town.book->lists.find(std::string(kOrgTypes));
  if (list == town.book->lists.end()) return type;
  for (const rulebook::Option& option : list->second) {
    if (option.key == type) return option.label;
  }
  return type;
}

Result<ledger::Registration> org_change(const Context& context, const std::string& key, const json& body) {
  ledger::Registration change{context.town->id, "org", key, {}, context.person.key, {}};
  const auto known = context.town->orgs.find(key);
  if (known != context.town->orgs.end()) {
    const rules::Org& org = known->second;
    change.values = {{"name", org.name}, {"type", org.type}};
    if (org.since) change.values["since"] = org.since->text();
    if (org.until) change.values["until"] = org.until->text();
  }
  ZS_CHECK(take_texts(body, {"name", "type", "since", "until"}, {"key"}, change.values));
  if (change.values["name"].empty()) return bad_input("机构名称不能空着", "the name may not be empty");
  if (org_type_label(*context.town, change.values["type"]) == change.values["type"])
    return bad_input("机构类型要在名单里选", "the type is one of the list");
  for (const char* day : {"since", "until"}) {
    const std::string& given = change.values[day];
    if (!given.empty() && !parse_date(given))
      return bad_input("起止日期写成 2023-01-01", "days are written 2023-01-01");
  }
  return change;
}

Result<Response> put_org(Context& context, const std::string& key, const json& body, int status) {
  if (!manages(context)) return refused(context, "org", key, "机构由系统管理员维护");
  ZS_TRY(const ledger::Registration change, org_change(context, key, body));
  ZS_TRY(const EntryNumber n, context.app.ledger.enter(change));
  ZS_CHECK(note(context, "org", key, "ok"));
  return json_response({{"key", key}, {"entry", n.number}}, status);
}

// "期限 answer/2", "指标 petition_cases/0" → 期限 答复、指标 信访件数
std::string moved_label(const ledger::Town& town, const ledger::Moved& moved) {
  const std::size_t blank = moved.what.find(' ');
  if (blank == std::string::npos) return moved.what;
  const std::string sort = moved.what.substr(0, blank + 1);
  const std::string key = moved.what.substr(blank + 1, moved.what.find('/') - blank - 1);
  const rulebook::Kind* kind = town.book->find_kind(moved.kind);
  if (const rulebook::Deadline* deadline = kind == nullptr ? nullptr : kind->find_deadline(key))
    return sort + deadline->label;
  const rulebook::Figure* figure = town.book->find_figure(key);
  return figure == nullptr ? moved.what : sort + figure->label;
}

// "2023-04-21 met" → 2023-04-21 已按期
std::string moved_text(const std::string& text) {
  const std::size_t blank = text.find(' ');
  const auto outcome = blank == std::string::npos ? std::nullopt : rules::parse_outcome(text.substr(blank + 1));
  return outcome ? fmt::format("{} {}", text.substr(0, blank), rules::chinese_of(*outcome)) : text;
}

ordered_json moved_json(const ledger::Town& town, const std::vector<ledger::Moved>& moved) {
  ordered_json list = ordered_json::array();
  for (const ledger::Moved& each : moved) {
    const rulebook::Kind* kind = town.book->find_kind(each.kind);
    list.push_back({{"kind", each.kind},
                    {"kind_label", kind == nullptr ? each.kind : kind->label},
                    {"id", each.record.number},
                    {"number", each.number},
                    {"what", each.what},
                    {"what_label", moved_label(town, each)},
                    {"before", moved_text(each.before)},
                    {"after", moved_text(each.after)}});
  }
  return list;
}

// The lines of an error that lists faults: "calendar:3:5 …".
Response faults(const Context& context, const Error& error) {
  ordered_json list = ordered_json::array();
  const std::string& text = error.text.zh;
  std::size_t at = text.find('\n');
  while (at != std::string::npos) {
    const std::size_t end = text.find('\n', at + 1);
    std::string line = text.substr(at + 1, end == std::string::npos ? end : end - at - 1);
    line.erase(0, line.find_first_not_of(' '));
    const std::size_t blank = line.find(' ');
    const bool placed = blank != std::string::npos && line.substr(0, blank).find(':') != std::string::npos;
    list.push_back(
        {{"place", placed ? line.substr(0, blank) : std::string()}, {"says", placed ? line.substr(blank + 1) : line}});
    at = end;
  }
  return problem_with(context.request, 422, text.substr(0, text.find('\n')), {{"faults", std::move(list)}});
}

Result<Response> adopted(Context& context, const Result<std::vector<ledger::Moved>>& moved, const std::string& what) {
  if (!moved) {
    if (moved.error().kind != ErrorKind::bad_input) return moved.error();
    ZS_CHECK(note(context, "adopt", what, "refused"));
    return faults(context, moved.error());
  }
  const bool dry = dry_run(context);
  if (!dry) ZS_CHECK(note(context, "adopt", what, "ok"));
  ZS_TRY(const auto town, context.app.ledger.snapshot(context.town->id));
  return json_response({{"moved", moved_json(*town, *moved)}, {"written", !dry}});
}

ordered_json setting_json(const Context& context, const rulebook::LocalSetting& setting,
                          const std::map<std::string, ledger::SettingEntry>& entered) {
  const auto& own = context.town->settings;
  const auto value = own.find(setting.key);
  const auto entry = entered.find(setting.key);
  const std::string& shown = value == own.end() ? setting.value : value->second;
  const auto period = parse_period(shown);
  ordered_json table;
  if (setting.is_table) {
    table = ordered_json::array();
    std::map<std::string, std::string> values = setting.table;
    for (const auto& [key, text] : own) {
      if (key.starts_with(setting.key + ".")) values[key.substr(setting.key.size() + 1)] = text;
    }
    for (const auto& [key, text] : values) table.push_back({{"key", key}, {"value", text}});
  }
  return {{"key", setting.key},
          {"label", setting.label},
          {"value", shown},
          {"text", period           ? period->chinese()
                   : shown == "yes" ? "是"
                   : shown == "no"  ? "否"
                                    : shown},
          {"unit", setting.unit},
          {"source", entry != entered.end() && !entry->second.source.empty() ? entry->second.source : setting.source},
          {"certainty_label", value == own.end() ? certainty_label(setting.certainty) : std::string("本镇所定")},
          {"own", value != own.end()},
          {"default", setting.value},
          {"entry", entry == entered.end() ? ordered_json() : ordered_json(entry->second.n.number)},
          {"set_on", entry == entered.end() ? ordered_json() : ordered_json(entry->second.day.text())},
          {"set_by", entry == entered.end() ? std::string() : staff_name(*context.town, entry->second.actor)},
          {"table", std::move(table)}};
}

std::string home_of(const ledger::Town& town, const rulebook::Kind& kind) {
  const auto own = town.homes.find(kind.key);
  const std::string& home = own == town.homes.end() ? kind.home : own->second;
  return home.empty() ? "here" : home;
}

}  // namespace

Result<Response> org_list(Context& context) {
  ordered_json items = ordered_json::array(), types = ordered_json::array();
  for (const auto& [key, org] : context.town->orgs)
    items.push_back({{"key", key},
                     {"name", org.name},
                     {"type", org.type},
                     {"type_label", org_type_label(*context.town, org.type)},
                     {"since", day_json(org.since)},
                     {"until", day_json(org.until)}});
  const auto list = context.town->book->lists.find(std::string(kOrgTypes));
  if (list != context.town->book->lists.end()) {
    for (const rulebook::Option& option : list->second) types.push_back({{"key", option.key}, {"label", option.label}});
  }
  return json_response({{"items", std::move(items)}, {"types", std::move(types)}});
}

Result<Response> add_org(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  ZS_TRY(const std::string key, new_key(*body));
  if (context.town->orgs.contains(key)) return conflict("机构登记里已有这个编号", "there is such an org already");
  return put_org(context, key, *body, 201);
}

Result<Response> change_org(Context& context) {
  ZS_TRY(const auto body, body_of(context.request));
  const std::string key(context.part("key"));
  if (!context.town->orgs.contains(key)) return not_found("没有这个机构", "there is no such org");
  return put_org(context, key, *body, 200);
}

Result<Response> settings(Context& context) {
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto entered, ledger::settings_entered(*lease, *context.town));
  ordered_json items = ordered_json::array();
  for (const rulebook::LocalSetting& setting : context.town->book->settings)
    items.push_back(setting_json(context, setting, entered));
  return json_response({{"items", std::move(items)}});
}

Result<Response> change_setting(Context& context) {
  const std::string key(context.part("key"));
  if (!manages(context)) return refused(context, "setting", key, "设置由系统管理员改");
  ZS_TRY(const auto body, body_of(context.request));
  ledger::Registration change{context.town->id, "setting", key, {}, context.person.key, {}};
  ZS_CHECK(take_texts(*body, {"value", "source"}, {}, change.values));
  if (change.values["value"].empty() || change.values["source"].empty())
    return bad_input("请写明数值和出处", "a value and its source are needed");
  if (context.town->book->find_setting(key.substr(0, key.find('.'))) == nullptr)
    return not_found("没有这个设置", "there is no such setting");
  const bool dry = dry_run(context);
  ZS_TRY(const ledger::Entered entered, context.app.ledger.enter(change, dry));
  if (!dry) ZS_CHECK(note(context, "setting", key, "ok", change.values["value"]));
  return json_response({{"key", key},
                        {"entry", dry ? ordered_json() : ordered_json(entered.n.number)},
                        {"moved", moved_json(*context.town, entered.moved)}});
}

Result<Response> homes(Context& context) {
  ordered_json items = ordered_json::array();
  for (const rulebook::Kind& kind : context.town->book->kinds) {
    const std::string home = home_of(*context.town, kind);
    items.push_back({{"kind", kind.key},
                     {"label", kind.label},
                     {"home", home},
                     {"default", kind.home.empty() ? std::string("here") : kind.home},
                     {"here", home == "here"}});
  }
  return json_response({{"items", std::move(items)}});
}

Result<Response> change_home(Context& context) {
  const std::string key(context.part("kind"));
  if (!manages(context)) return refused(context, "home", key, "办理地由系统管理员改");
  if (context.town->book->find_kind(key) == nullptr) return not_found("没有这个台账", "there is no such kind");
  ZS_TRY(const auto body, body_of(context.request));
  std::map<std::string, std::string> values;
  ZS_CHECK(take_texts(*body, {"home"}, {}, values));
  if (values["home"].empty()) return bad_input("办理地写 here 或者系统名", "a home is here, or a system's name");
  ZS_TRY(const EntryNumber n,
         context.app.ledger.enter(
             {context.town->id, "setting", "home." + key, {{"value", values["home"]}}, context.person.key, {}}));
  ZS_CHECK(note(context, "home", key, "ok", values["home"]));
  return json_response({{"kind", key}, {"entry", n.number}});
}

Result<Response> adopt_calendar(Context& context) {
  if (!manages(context)) return refused(context, "adopt", "calendar", "日历由系统管理员采用");
  ZS_TRY(const auto body, body_of(context.request));
  const auto yaml = body->find("yaml");
  if (yaml == body->end() || !yaml->is_string()) return bad_input("请给出日历（YAML）", "the calendar is missing");
  const auto moved = context.app.ledger.adopt_calendar(context.town->id, yaml->get<std::string>(), context.person.key,
                                                       dry_run(context));
  return adopted(context, moved, "calendar");
}

Result<Response> adopt_rulebook(Context& context) {
  if (!manages(context)) return refused(context, "adopt", "rulebook", "规则书由系统管理员采用");
  ZS_TRY(const auto body, body_of(context.request));
  rulebook::Files files;
  const auto given = body->find("files");
  if (given == body->end() || !given->is_object()) return bad_input("请给出规则书的文件", "the files are missing");
  for (const auto& [name, text] : given->items()) {
    if (!text.is_string()) return bad_input("文件内容要是文字", "a file's content is a text");
    files[name] = text.get<std::string>();
  }
  const auto moved = context.app.ledger.adopt_rulebook(context.town->id, files, context.person.key, dry_run(context));
  return adopted(context, moved, "rulebook");
}

}  // namespace zs::server
