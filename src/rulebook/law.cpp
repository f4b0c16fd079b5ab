#include "rulebook/law.h"

#include "rulebook/law_library.h"

namespace zs::rulebook {

std::string Rule::citation() const {
  std::string text = law_name(law);
  if (!article.empty() && article != "—") text += article;
  return text;
}

bool Rule::in_force_on(Date day_asked) const {
  return (!since || *since <= day_asked) && (!until || day_asked <= *until);
}

bool Rule::has_number() const {
  return within.kind != RulePeriod::Kind::none || !within_by.empty() || extends.kind != RulePeriod::Kind::none ||
         ahead.kind != RulePeriod::Kind::none || floor.kind != RulePeriod::Kind::none || number.has_value() ||
         !number_by.empty() || !number_setting.empty() || frequency.has_value() || !day.empty() || !until_day.empty() ||
         !counts.empty();
}

RuleRef parse_rule_ref(const std::string& text, const Place& place) {
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos) return {text, "", place};
  return {text.substr(0, dot), text.substr(dot + 1), place};
}

}  // namespace zs::rulebook
