#include "server/openapi.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "server/routes.h"
#include "server/shapes.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;
using rulebook::Field;
using rulebook::Type;

constexpr std::string_view kPrefix = "/api/v1";

// What the first step of an address speaks of.
constexpr std::array<std::pair<std::string_view, std::string_view>, 34> kTags{
    {{"login", "登录"}, {"chapter", "链接打开的一章"},        {"logout", "退出"},        {"me", "我"},         {"password", "密码"},
     {"sessions", "我的登录"}, {"rulebook", "规则书"},    {"rules", "规则"},    {"counts", "各台账的数"},
     {"search", "查找"},       {"records", "台账和事项"}, {"files", "附件"},    {"summaries", "汇总件"},
     {"worklist", "待办"},     {"calendar", "日历"},      {"duties", "任务"},   {"figures", "指标和佐证"},
     {"report", "年度报告"},   {"drift", "发布后的变动"}, {"verify", "核验"},   {"audit", "审计日志"},
     {"staff", "人员"},        {"posts", "岗位"},         {"accounts", "账号"}, {"access", "权限"},
     {"orgs", "机构和村社"},   {"settings", "设置"},      {"homes", "办理地"},  {"adopt", "采用规则书和日历"},
     {"import", "旧台账导入"}, {"handovers", "交接"},     {"field", "外勤"},    {"outside", "外部系统"},
     {"errands", "待处理"}}};

std::string_view tag_label(std::string_view tag) {
  for (const auto& [key, label] : kTags) {
    if (key == tag) return label;
  }
  return tag;
}

ordered_json reference(const std::string& schema) {
  return {{"$ref", "#/components/schemas/" + schema}};
}

ordered_json text_schema(const char* format = nullptr) {
  ordered_json schema{{"type", "string"}};
  if (format != nullptr) schema["format"] = format;
  return schema;
}

ordered_json choice_schema(const Field& field) {
  ordered_json keys = ordered_json::array();
  for (const rulebook::Option& option : field.options) {
    if (!option.retired) keys.push_back(option.key);
  }
  ordered_json schema = text_schema();
  if (!keys.empty()) schema["enum"] = std::move(keys);
  return schema;
}

ordered_json value_schema(const Field& field) {
  switch (field.type) {
    case Type::flag: return {{"type", "boolean"}};
    case Type::count: return {{"type", "integer"}};
    case Type::money:
      return {{"type", ordered_json::array({"integer", "string"})}, {"description", "分；或者写成元的文字"}};
    case Type::date: return text_schema("date");
    case Type::moment: return {{"type", "string"}, {"pattern", "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$"}};
    case Type::choice: return choice_schema(field);
    case Type::choices: return {{"type", "array"}, {"items", choice_schema(field)}};
    case Type::link: return {{"type", "string"}, {"pattern", "^[a-z_]+/\\d+$"}};
    case Type::links: return {{"type", "array"}, {"items", {{"type", "string"}}}};
    case Type::files: return {{"type", "array"}, {"items", {{"type", "string"}}}};
    case Type::party: return {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
    case Type::text:
    case Type::note:
    case Type::staff:
    case Type::org:
    case Type::place:
    case Type::rows: break;
  }
  ordered_json schema = text_schema();
  if (field.at_most > 0) schema["maxLength"] = field.at_most;
  return schema;
}

// What may be given for a kind: its values, and the columns of its rows.
ordered_json kind_schema(const rulebook::Kind& kind) {
  ordered_json values = ordered_json::object();
  ordered_json rows = ordered_json::object();
  for (const Field& field : kind.fields) {
    if (field.retired || field.computed) continue;
    if (field.type != Type::rows) {
      ordered_json schema = value_schema(field);
      schema["title"] = field.label;
      values[field.key] = std::move(schema);
      continue;
    }
    ordered_json columns = ordered_json::object();
    for (const Field& column : field.columns) {
      columns[column.key] = value_schema(column);
      columns[column.key]["title"] = column.label;
    }
    rows[field.key] = {
        {"type", "array"}, {"title", field.label}, {"items", {{"type", "object"}, {"properties", std::move(columns)}}}};
  }
  return {{"title", kind.label},
          {"type", "object"},
          {"properties",
           {{"values", {{"type", "object"}, {"properties", std::move(values)}}},
            {"rows", {{"type", "object"}, {"properties", std::move(rows)}}},
            {"day", text_schema("date")},
            {"decider", text_schema()},
            {"signed_paper", text_schema()},
            {"way", {{"type", "string"}, {"enum", {"done", "registered", "history"}}}},
            {"source", text_schema()},
            {"reason", text_schema()},
            {"signer", text_schema()}}}};
}

ordered_json schemas(const ledger::Town& town) {
  ordered_json made = ordered_json::object();
  ordered_json inputs = ordered_json::array();
  for (const rulebook::Kind& kind : town.book->kinds) {
    made["input_" + kind.key] = kind_schema(kind);
    inputs.push_back(reference("input_" + kind.key));
  }
  made["Input"] = {{"anyOf", std::move(inputs)}};
  made.update(named_schemas());
  made["Object"] = {{"type", "object"}};
  return made;
}

ordered_json parameters_of(const Route& route) {
  ordered_json list = ordered_json::array();
  std::string_view rest = route.pattern;
  for (std::size_t at = rest.find('{'); at != std::string_view::npos; at = rest.find('{')) {
    rest.remove_prefix(at + 1);
    const std::string name(rest.substr(0, rest.find('}')));
    const bool number = name == "id" || name == "entry";
    list.push_back(
        {{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", number ? "integer" : "string"}}}});
  }
  rest = route.query;
  while (!rest.empty()) {
    const std::string_view name = rest.substr(0, rest.find(' '));
    list.push_back({{"name", name}, {"in", "query"}, {"required", false}, {"schema", {{"type", "string"}}}});
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
  }
  if (route.method == "POST") {
    list.push_back({{"name", "X-CSRF-Token"}, {"in", "header"}, {"required", true}, {"schema", {{"type", "string"}}}});
    if (route.pattern.starts_with("/records")) {
      list.push_back({{"name", "If-Match"}, {"in", "header"}, {"required", false}, {"schema", {{"type", "string"}}}});
      list.push_back(
          {{"name", "Idempotency-Key"}, {"in", "header"}, {"required", false}, {"schema", {{"type", "string"}}}});
    }
  }
  return list;
}

std::string operation_of(const Route& route) {
  std::string name(route.method == "GET" ? "get" : route.method == "POST" ? "post" : "delete");
  bool capital = true;
  for (const char c : route.pattern) {
    if (c == '/' || c == '{' || c == '}') {
      capital = true;
    } else {
      name.push_back(capital && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
      capital = false;
    }
  }
  return name;
}

ordered_json problem_answer(const char* says) {
  return {{"description", says}, {"content", {{"application/problem+json", {{"schema", reference("Problem")}}}}}};
}

// A tried change answers what would be.
ordered_json good_answer(const Route& route) {
  if (route.answers.empty()) return {{"description", "办成"}};
  ordered_json schema = schema_of(route.answers);
  if (route.answers == "Written") schema = {{"anyOf", ordered_json::array({std::move(schema), schema_of("WouldBe")})}};
  return {{"description", "办成"}, {"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
}

ordered_json operation(const Route& route) {
  const bool writes = route.method == "POST";
  const bool record = writes && route.pattern.starts_with("/records");
  ordered_json made{{"operationId", operation_of(route)},
                    {"summary", route.says},
                    {"tags", {std::string(route.pattern.substr(1, route.pattern.find('/', 1) - 1))}}};
  ordered_json parameters = parameters_of(route);
  if (!parameters.empty()) made["parameters"] = std::move(parameters);
  if (writes)
    made["requestBody"] = {{"content", {{"application/json", {{"schema", reference(record ? "Input" : "Object")}}}}}};
  ordered_json answers = ordered_json::object();
  if (route.method == "GET" || !route.answers.empty()) answers["200"] = good_answer(route);
  if (writes && !route.answers.empty()) answers["201"] = answers["200"];
  // A job is accepted and not yet done.
  if (route.answers == "ImportJob") answers = {{"202", good_answer(route)}};
  if (route.method != "GET" && route.answers.empty()) answers["204"] = {{"description", "办成，没有内容"}};
  answers["400"] = problem_answer("内容有误");
  answers["401"] = problem_answer("没有登录");
  answers["403"] = problem_answer("不允许");
  answers["404"] = problem_answer("没有，或者不在范围内");
  if (writes) answers["409"] = problem_answer("已被改动，或者已有");
  if (writes) answers["413"] = problem_answer("内容太大");
  if (writes) answers["415"] = problem_answer("不收这种文件");
  if (writes) answers["422"] = problem_answer("不予通过，列出全部理由和条款");
  made["responses"] = std::move(answers);
  return made;
}

// The secret in the address is all that opens these: they ask for no session.
void put_chapter_link(ordered_json& paths) {
  const auto put = [&](const Route& route) {
    ordered_json made = operation(route);
    made["security"] = ordered_json::array();
    auto& parameters = made["parameters"];
    std::erase_if(parameters.get_ref<ordered_json::array_t&>(),
                  [](const ordered_json& each) { return each["in"] == "header"; });
    const std::string method = route.method == "GET" ? "get" : "post";
    paths[std::string(kPrefix) + std::string(route.pattern)][method] = std::move(made);
  };
  put({"GET", "/chapter/{secret}", nullptr, "链接打开的一章，不用登录", "LinkedChapter"});
  put({"POST", "/chapter/{secret}", nullptr, "保存或者交上链接打开的一章", "LinkedChapter"});
  put({"POST", "/chapter/{secret}/preview", nullptr, "链接打开的一章读起来怎样", "ChapterRead"});
}

}  // namespace

Response openapi(const ledger::Town& town) {
  ordered_json paths = ordered_json::object();
  for (const Route& route : routes()) {
    std::string method(route.method);
    for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
    paths[std::string(kPrefix) + std::string(route.pattern)][method] = operation(route);
  }
  ordered_json login{
      {"operationId", "postLogin"}, {"summary", "登录"}, {"tags", {"login"}}, {"security", ordered_json::array()}};
  login["requestBody"] = {{"content", {{"application/json", {{"schema", reference("Object")}}}}}};
  login["responses"] = {
      {"200", {{"description", "办成"}, {"content", {{"application/json", {{"schema", reference("Me")}}}}}}},
      {"400", problem_answer("内容有误")},
      {"401", problem_answer("账号或密码不对")},
      {"429", problem_answer("密码错得太多")}};
  paths[std::string(kPrefix) + "/login"]["post"] = std::move(login);
  put_chapter_link(paths);
  ordered_json tags = ordered_json::array();
  std::vector<std::string> known{"login", "chapter"};
  for (const Route& route : routes()) {
    const std::string tag(route.pattern.substr(1, route.pattern.find('/', 1) - 1));
    if (std::find(known.begin(), known.end(), tag) == known.end()) known.push_back(tag);
  }
  for (const std::string& tag : known) tags.push_back({{"name", tag}, {"description", tag_label(tag)}});
  const ordered_json document{
      {"openapi", "3.1.0"},
      {"info", {{"title", "准绳 API"}, {"version", "1"}, {"description", town.book->name + " " + town.book->version}}},
      {"servers", {{{"url", "/"}}}},
      {"tags", std::move(tags)},
      {"security", {{{"session", ordered_json::array()}}}},
      {"paths", std::move(paths)},
      {"components",
       {{"schemas", schemas(town)},
        {"securitySchemes", {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "zs_session"}}}}}}}};
  return json_response(document);
}

}  // namespace zs::server
