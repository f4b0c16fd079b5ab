// 依据: the laws that the rulebook cites, article by article; the rules on each article, what stands on each rule, and
// the open records whose deadlines run under it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "ledger/by_rule.h"
#include "rulebook/law_library.h"
#include "rules/term.h"
#include "server/api.h"
#include "server/rule_json.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kHitsMax = 50, kWordsBytesMax = 200, kRecordsShown = 20;

// The rules of a law, or of one of its articles; empty article: of all.
std::vector<const rulebook::Rule*> rules_on(const ledger::Town& town, std::string_view law, std::string_view article) {
  std::vector<const rulebook::Rule*> found;
  for (const rulebook::Rule& rule : town.book->rules) {
    if (rule.law == law && (article.empty() || rule.article == article)) found.push_back(&rule);
  }
  return found;
}

// The law of the path; an error if neither a text nor a rule knows it.
Result<const rulebook::LawText*> law_of(Context& context) {
  const rulebook::LawText* text = context.app.laws.texts().find(context.part("law"));
  if (text == nullptr && rules_on(*context.town, context.part("law"), {}).empty())
    return not_found("没有这部法：规则书没有引用，法条文件夹里也没有",
                     "no such law: neither cited by the rulebook nor in the folder of texts");
  return text;
}

// What stands before the articles, for every answer about a law.
ordered_json head_of(const rulebook::LawText* text, std::string_view law) {
  return {{"law", law},
          {"name", rulebook::law_name(law)},
          {"title", text == nullptr ? rulebook::law_name(law) : text->title},
          {"text", text != nullptr}};
}

ordered_json items_of(const Context& context, const ledger::RuleLines& found) {
  ordered_json items = ordered_json::array();
  for (const ledger::RuleLine& line : found.lines) {
    const rulebook::Kind* kind = context.town->book->find_kind(line.record.kind);
    const rulebook::Deadline* deadline = kind == nullptr ? nullptr : kind->find_deadline(line.deadline);
    items.push_back(
        {{"kind", line.record.kind},
         {"kind_label", kind == nullptr ? line.record.kind : kind->label},
         {"id", line.record.id.number},
         {"number", line.record.number},
         {"title", line.record.title},
         {"label", deadline == nullptr ? line.deadline : deadline->label},
         {"rule", line.rule},
         {"due", day_json(line.due)},
         {"handler_name", staff_name(*context.town, line.record.handler)},
         {"badge",
          {{"tone", rules::name_of(line.badge.tone)}, {"text", line.badge.text.zh}, {"share", line.badge.share}}}});
  }
  return items;
}

}  // namespace

Result<Response> laws(Context& context) {
  const rulebook::LawLibrary& texts = context.app.laws.texts();
  std::map<std::string, std::int64_t> rules;
  for (const rulebook::Rule& rule : context.town->book->rules) ++rules[rule.law];
  for (const rulebook::LawText& law : texts.laws()) rules.try_emplace(law.name, 0);
  ordered_json items = ordered_json::array();
  for (const auto& [law, count] : rules) {
    const rulebook::LawText* text = texts.find(law);
    ordered_json item = head_of(text, law);
    item["articles"] = text == nullptr ? 0 : text->articles.size();
    item["rules"] = count;
    items.push_back(std::move(item));
  }
  return json_response({{"loaded", !context.app.laws.empty()}, {"items", std::move(items)}});
}

Result<Response> articles(Context& context) {
  const std::string_view words = context.request.parameter("q");
  if (words.size() > kWordsBytesMax)
    return bad_input("要找的话太长：最多六十来个字", "what is looked for is too long: 200 bytes at most");
  const auto found = context.app.laws.texts().search(words, kHitsMax);
  ordered_json items = ordered_json::array();
  for (const rulebook::LawHit& hit : found.hits)
    items.push_back({{"law", hit.law->name},
                     {"name", rulebook::law_name(hit.law->name)},
                     {"article", hit.article->name},
                     {"excerpt", hit.excerpt},
                     {"rules", rules_on(*context.town, hit.law->name, hit.article->name).size()}});
  return json_response({{"total", found.total}, {"items", std::move(items)}});
}

Result<Response> law(Context& context) {
  ZS_TRY(const rulebook::LawText* text, law_of(context));
  ordered_json json = head_of(text, context.part("law"));
  json["opening"] = text == nullptr ? std::string() : text->opening;
  json["articles"] = ordered_json::array();
  std::map<std::string, std::int64_t> counted;
  std::vector<std::string> order;
  for (const rulebook::Rule* rule : rules_on(*context.town, context.part("law"), {})) {
    if (counted[rule->article]++ == 0) order.push_back(rule->article);
  }
  if (text != nullptr) {
    for (const rulebook::Article& each : text->articles) {
      const auto rules = counted.find(each.name);
      json["articles"].push_back({{"article", each.name},
                                  {"heading", each.heading},
                                  {"text", each.text},
                                  {"rules", rules == counted.end() ? 0 : rules->second}});
    }
  }
  std::stable_sort(order.begin(), order.end(), [](const std::string& a, const std::string& b) {
    return rulebook::article_number(a) < rulebook::article_number(b);
  });
  // What rules cite and no text holds: of a law whose text is not here, and 二（四） or — of what has no articles.
  for (const std::string& each : order) {
    if (text == nullptr || text->find_article(each) == nullptr)
      json["articles"].push_back({{"article", each}, {"heading", ""}, {"text", ""}, {"rules", counted[each]}});
  }
  return json_response(json);
}

Result<Response> article(Context& context) {
  ZS_TRY(const rulebook::LawText* text, law_of(context));
  const rulebook::Article* found = text == nullptr ? nullptr : text->find_article(context.part("article"));
  const auto rules = rules_on(*context.town, context.part("law"), context.part("article"));
  if (found == nullptr && rules.empty()) return not_found("这部法没有这一条", "the law has no such article");
  std::vector<std::string> ids;
  ordered_json listed = ordered_json::array();
  for (const rulebook::Rule* rule : rules) {
    ids.push_back(rule->id);
    ordered_json each = rule_json(context, *rule);
    each["standing"] = standing_json(context, rule->id);
    listed.push_back(std::move(each));
  }
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto under,
         ledger::lines_under(*lease, *context.town, context.person, context.today, ids, kRecordsShown));
  ordered_json json = head_of(text, context.part("law"));
  json["article"] = context.part("article");
  json["heading"] = found == nullptr ? std::string() : found->heading;
  json["quote"] = found == nullptr ? std::string() : found->text;
  json["rules"] = std::move(listed);
  json["records"] = {{"records", under.records}, {"deadlines", under.deadlines}, {"items", items_of(context, under)}};
  return json_response(json);
}

}  // namespace zs::server
