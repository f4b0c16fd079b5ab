// One kind for whoever reads the rulebook: its course, its law, and what counts, prints and reads it. No records.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "rulebook/diagram.h"
#include "rules/term.h"
#include "server/api.h"
#include "server/role_words.h"
#include "server/rule_json.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;
using Cited = std::set<std::string>;

ordered_json citations_of(const ledger::Town& town, const std::vector<rulebook::RuleRef>& refs, Cited& cited) {
  ordered_json law = ordered_json::array();
  for (const rulebook::RuleRef& ref : refs) {
    cited.insert(ref.rule);
    law.push_back(citation_of(town, ref.rule));
  }
  return law;
}

ordered_json deadlines_of(const ledger::Town& town, const rulebook::Kind& kind, Cited& cited) {
  ordered_json deadlines = ordered_json::array();
  for (const rulebook::Deadline& deadline : kind.deadlines) {
    for (const rulebook::RuleChoice& choice : deadline.rules) {
      const rulebook::Rule* rule = town.book->find_rule(choice.rule.rule);
      if (rule == nullptr) continue;
      cited.insert(rule->id);
      const auto period = rules::within_of(*rule, choice.rule.number, town.in_force());
      deadlines.push_back({{"key", deadline.key},
                           {"label", deadline.label},
                           {"law", rule->citation()},
                           {"within", period ? period->chinese() : std::string()},
                           {"bears_label", bearer_label(deadline.bears)}});
    }
  }
  return deadlines;
}

ordered_json gates_of(const ledger::Town& town, const rulebook::Kind& kind, Cited& cited) {
  ordered_json gates = ordered_json::array();
  for (const rulebook::Gate& gate : kind.gates)
    gates.push_back({{"key", gate.key},
                     {"says", gate.says},
                     {"law", citations_of(town, gate.rules, cited)},
                     {"warns", gate.warns}});
  return gates;
}

// The papers that its acts issue, each once.
ordered_json forms_of(const ledger::Town& town, const rulebook::Kind& kind, Cited& cited) {
  ordered_json forms = ordered_json::array();
  std::set<std::string> seen;
  for (const rulebook::Action& action : kind.actions) {
    for (const rulebook::Issues& issues : action.issues) {
      const rulebook::Form* form = town.book->find_form(issues.form);
      if (form == nullptr || !seen.insert(form->key).second) continue;
      forms.push_back({{"key", form->key},
                       {"label", form->label},
                       {"act", action.label},
                       {"law", citations_of(town, form->rules, cited)}});
    }
  }
  return forms;
}

// What counts its records, and the duties that must reach such a figure.
void add_figures(const ledger::Town& town, const rulebook::Kind& kind, Cited& cited, ordered_json& json) {
  json["figures"] = json["duties"] = ordered_json::array();
  for (const rulebook::Figure* figure : town.book->figures_of(kind.key)) {
    json["figures"].push_back(
        {{"key", figure->key}, {"label", figure->label}, {"unit", figure->unit}, {"definition", figure->definition}});
    for (const rulebook::Duty& duty : town.book->duties) {
      if (duty.figure == figure->key)
        json["duties"].push_back(
            {{"key", duty.key}, {"label", duty.label}, {"law", citations_of(town, {duty.rule}, cited)}});
    }
  }
}

ordered_json checks_of(const ledger::Town& town, const rulebook::Kind& kind, Cited& cited) {
  ordered_json checks = ordered_json::array();
  for (const rulebook::SelfCheck& check : town.book->checks) {
    const auto of_kind = [&](const rulebook::CheckSource& source) { return source.kind == kind.key; };
    if (std::any_of(check.sources.begin(), check.sources.end(), of_kind))
      checks.push_back({{"key", check.key}, {"label", check.label}, {"law", citations_of(town, check.rules, cited)}});
  }
  return checks;
}

ordered_json readers_of(const ledger::Town& town, const rulebook::Kind& kind) {
  ordered_json roles = ordered_json::array();
  for (const rulebook::Role& role : town.book->roles) {
    const auto reads = role.reads.find(kind.key);
    if (reads != role.reads.end() && reads->second != rulebook::Scope::none)
      roles.push_back({{"key", role.key}, {"label", role.label}, {"scope_label", scope_label(reads->second)}});
  }
  return roles;
}

}  // namespace

Result<Response> kind_for_readers(Context& context) {
  const ledger::Town& town = *context.town;
  const rulebook::Kind* kind = town.book->find_kind(context.part("kind"));
  if (kind == nullptr) return not_found("没有这个台账", "there is no such kind");
  Cited cited;
  ordered_json json{{"key", kind->key}, {"label", kind->label}, {"diagram", rulebook::diagram(*kind)}};
  json["deadlines"] = deadlines_of(town, *kind, cited);
  json["gates"] = gates_of(town, *kind, cited);
  json["forms"] = forms_of(town, *kind, cited);
  add_figures(town, *kind, cited, json);
  json["checks"] = checks_of(town, *kind, cited);
  json["roles"] = readers_of(town, *kind);
  json["rules"] = ordered_json::array();
  for (const std::string& id : cited) {
    if (const rulebook::Rule* rule = town.book->find_rule(id)) json["rules"].push_back(rule_json(context, *rule));
  }
  return json_response(json);
}

}  // namespace zs::server
