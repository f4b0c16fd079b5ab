// A form (文书样式): Markdown with {{placeholders}} for what an action issues, and the elements that the law asks of
// it.
//
//   ---
//   label: 信访事项处理意见书
//   rule: xf-opinion-elements
//   elements: [petitioner:name, claim, facts, conclusion, basis]
//   ---
//   # 信访事项处理意见书
//
// A placeholder is a field of the kind that issues the form, a part of a party (`petitioner:name`), an option
// (`{{#conclusion:support}}` … `{{/…}}`), rows with their columns, a number series, a rule's period (`rule:ID`: a form
// holds no number of the law), or one of the built-in names.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rulebook/law.h"

namespace zs::rulebook {

struct Kind;

/// One {{…}} of a template, taken apart: `{{#conclusion:support}}` has the sign #, the key conclusion, the rest support.
struct Placeholder {
  std::string name;  ///< without the sign
  char sign = 0;     ///< # ^ / of a section; { & ! = > are refused; 0 of a value
  int line = 1;
  std::string key, rest;  ///< before and behind the colon
  bool section() const { return sign == '#' || sign == '^' || sign == '/'; }
  bool refused() const { return sign != 0 && !section(); }
};
/// All placeholders of a template, in order.
std::vector<Placeholder> placeholders(std::string_view text);

struct Form {
  std::string key;  ///< of the file: forms/KEY.md
  Place place;
  std::string label;
  std::vector<RuleRef> rules;         ///< which ask for its elements
  std::vector<std::string> elements;  ///< placeholders that must stand in it
  std::string text;                   ///< Markdown
  std::vector<Placeholder> names;     ///< of the text, taken apart when it was loaded
};

/// {{rule:xf-decide-60d}} is the period of a rule: 60日.
inline constexpr std::string_view kRuleName = "rule:";
/// {{setting:first_court}} is what the town has set: the name of a court.
inline constexpr std::string_view kSettingName = "setting:";
/// What every form may name beside the fields of its kind, each with what it is.
const std::vector<std::pair<std::string_view, std::string_view>>& form_names();
/// All names that a form of this kind may use; columns of rows too.
std::vector<std::string> names_for_forms(const Kind& kind);

}  // namespace zs::rulebook
