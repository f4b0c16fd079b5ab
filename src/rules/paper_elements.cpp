#include "rules/paper_elements.h"

#include <algorithm>

#include "rulebook/field_value.h"

namespace zs::rules {
namespace {

using rulebook::Field;
using rulebook::Form;
using rulebook::Type;

/// A name taken apart: a field or column, and the part or option behind the colon.
struct Name {
  std::string key, rest;
};

Name split(const std::string& name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string::npos) return {name, ""};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

bool filled(const Value& value, const Field* field, const std::string& rest) {
  if (value.absent() || value.unknown()) return false;
  const auto* party = value.as<Party>();
  if (party != nullptr) {
    const auto part = party->find(rest.empty() ? "name" : rest);
    return part != party->end() && !part->second.empty();
  }
  const auto* text = value.as<std::string>();
  const auto* list = value.as<std::vector<std::string>>();
  if (!rest.empty() && field != nullptr && field->find_option(rest) != nullptr) {
    if (text != nullptr) return *text == rest;
    return list != nullptr && std::find(list->begin(), list->end(), rest) != list->end();
  }
  return (text == nullptr || !text->empty()) && (list == nullptr || !list->empty());
}

// Walks the form once: where an element stands in what is printed, it is asked for, and there or answered for.
class Elements {
 public:
  Elements(View& view, const Form& form, const PaperOf& paper) : view_(view), form_(form), paper_(paper) {
    for (const std::string& element : form.elements) {
      const Name name = split(element);
      const Field* field = view_.kind().find_field(name.key);
      wanted_.push_back({name.key, field != nullptr && field->find_option(name.rest) != nullptr});
    }
  }

  std::vector<std::string> empty() {
    std::vector<Section> sections;
    for (const auto& [mark, line] : rulebook::placeholders(form_.text)) {
      const char sign = mark.empty() ? ' ' : mark.front();
      const bool section = sign == '#' || sign == '^' || sign == '/';
      const std::string name = section ? mark.substr(1) : mark;
      if (sign == '/') {
        if (!sections.empty()) sections.pop_back();
        continue;
      }
      const Field* rows = rows_of(sections);
      if (std::all_of(sections.begin(), sections.end(), [](const Section& each) { return each.open; }))
        look_for(name, sign, rows);
      if (!section) continue;
      const bool truth = opens(name, rows);
      sections.push_back({sign == '#' ? truth : !truth, sign == '#' ? rows_named(name) : nullptr});
    }
    std::vector<std::string> found;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (wanted_[i].asked && !wanted_[i].answered) found.push_back(form_.elements[i]);
    }
    return found;
  }

 private:
  struct Section {
    bool open = true;
    const Field* rows = nullptr;
  };
  /// One of the form's elements. `ground:minor` asks that the ground is chosen, whichever it is.
  struct Wanted {
    std::string key;
    bool any_option = false;
    bool asked = false, answered = false;
  };

  void look_for(const std::string& name, char sign, const Field* rows) {
    const std::string_view key = std::string_view(name).substr(0, name.find(':'));
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      Wanted& wanted = wanted_[i];
      const std::string& element = form_.elements[i];
      if (wanted.answered || !(name == element || (wanted.any_option && key == wanted.key))) continue;
      const bool there = holds_element(element, rows);
      wanted.asked = true;
      wanted.answered = sign == '^' ? !there : there;
    }
  }

  bool holds_element(const std::string& element, const Field* rows) {
    const Name name = split(element);
    const Field* field = view_.kind().find_field(name.key);
    if (field != nullptr && field->find_option(name.rest) != nullptr) return filled(view_.value(name.key), field, "");
    if (field != nullptr && field->type == Type::flag) return !view_.value(name.key).absent();
    return opens(element, rows);
  }

  // Whether a name has something to print, and so opens its section.
  bool opens(const std::string& text, const Field* rows) {
    if (text.starts_with(rulebook::kRuleName) || text == "town" || text == "in_name_of" || text == "paper_day")
      return true;
    if (text == "paper_no") return paper_.numbered;
    if (text.starts_with(rulebook::kSettingName))
      return !view_.in_force().setting(text.substr(rulebook::kSettingName.size())).empty();
    const Name name = split(text);
    if (rows != nullptr && rows->find_column(name.key) != nullptr) return any_cell(*rows, name);
    const Field* field = view_.kind().find_field(name.key);
    if (field == nullptr) field = rulebook::find_shared_field(name.key);
    if (field != nullptr && field->type == Type::rows) return any_row(name.key);
    const Value value = view_.value(name.key);
    if (const auto* flag = value.as<bool>()) return *flag;
    return filled(value, field, name.rest);
  }

  bool any_row(const std::string& key) const {
    const auto rows = view_.record().rows.find(key);
    return rows != view_.record().rows.end() && !rows->second.empty();
  }

  bool any_cell(const Field& rows, const Name& name) {
    const auto list = view_.record().rows.find(rows.key);
    if (list == view_.record().rows.end()) return false;
    return std::any_of(list->second.begin(), list->second.end(), [&](const auto& row) {
      return filled(view_.cell(rows, row.first, name.key), rows.find_column(name.key), name.rest);
    });
  }

  const Field* rows_named(const std::string& name) const {
    const Field* field = view_.kind().find_field(name);
    return field != nullptr && field->type == Type::rows ? field : nullptr;
  }

  static const Field* rows_of(const std::vector<Section>& sections) {
    for (auto each = sections.rbegin(); each != sections.rend(); ++each) {
      if (each->rows != nullptr) return each->rows;
    }
    return nullptr;
  }

  View& view_;
  const Form& form_;
  const PaperOf paper_;
  std::vector<Wanted> wanted_;
};

}  // namespace

std::vector<std::string> empty_elements(View& after, const Form& form, const PaperOf& paper) {
  return Elements(after, form, paper).empty();
}

}  // namespace zs::rules
