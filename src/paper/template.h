// Mustache over Markdown: {{name}} is a value, escaped for Markdown; {{#name}}…{{/name}} a section.
//
// Unknown names are faults by line. Refused in our templates: {{{, {{&, {{!, {{=, {{> (stack.md).
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rulebook/form.h"

namespace zs::paper {

/// What a template may name: texts, and lists of items that again have texts.
struct Data {
  std::map<std::string, std::string> texts;  ///< "petition_cases" → "64"
  std::map<std::string, bool> flags;         ///< sections that are there or not
  std::map<std::string, std::vector<std::map<std::string, std::string>>> lists;
  std::set<std::string> of_items;  ///< what the items of lists have: an empty list does not tell
};

/// Errors: bad_input naming each unknown or refused placeholder with its line.
Result<std::string> render(std::string_view name, const std::string& text, const Data& data);
/// The same where the text was taken apart before: `names` are its placeholders.
Result<std::string> render(std::string_view name, const std::string& text,
                           std::span<const rulebook::Placeholder> names, const Data& data);

}  // namespace zs::paper
