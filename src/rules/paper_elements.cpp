#include "rules/paper_elements.h"

#include <algorithm>

#include "rulebook/field_value.h"

namespace zs::rules {
namespace {

using rulebook::Field;
using rulebook::Form;
using rulebook::Placeholder;
using rulebook::Type;

// `ground:minor` → ground and minor.
std::pair<std::string_view, std::string_view> split(std::string_view name) {
  const std::size_t colon = name.find(':');
  return {name.substr(0, colon), colon == std::string_view::npos ? std::string_view() : name.substr(colon + 1)};
}

bool filled(const Value& value, const Field* field, std::string_view rest) {
  if (value.absent() || value.unknown()) return false;
  const auto* party = value.as<Party>();
  if (party != nullptr) {
    const auto part = party->find(std::string(rest.empty() ? "name" : rest));
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
      const auto [key, rest] = split(element);
      const Field* field = view_.kind().find_field(key);
      wanted_.push_back({key, rest, field, field != nullptr && field->find_option(rest) != nullptr});
    }
  }

  std::vector<std::string> empty() {
    std::vector<Section> sections;
    for (const Placeholder& mark : form_.names) {
      if (mark.sign == '/') {
        if (!sections.empty()) sections.pop_back();
        continue;
      }
      const Field* rows = rows_of(sections);
      if (std::all_of(sections.begin(), sections.end(), [](const Section& each) { return each.open; }))
        look_for(mark, rows);
      if (!mark.section()) continue;
      const bool truth = opens(mark.name, mark.key, mark.rest, rows);
      sections.push_back({mark.sign == '#' ? truth : !truth, mark.sign == '#' ? rows_named(mark.name) : nullptr});
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
    std::string_view key, rest;
    const Field* field = nullptr;
    bool any_option = false;
    bool asked = false, answered = false;
  };

  void look_for(const Placeholder& mark, const Field* rows) {
    for (Wanted& wanted : wanted_) {
      if (wanted.answered || mark.key != wanted.key || (mark.rest != wanted.rest && !wanted.any_option)) continue;
      const bool there = holds_element(wanted, mark, rows);
      wanted.asked = true;
      wanted.answered = mark.sign == '^' ? !there : there;
    }
  }

  bool holds_element(const Wanted& wanted, const Placeholder& mark, const Field* rows) {
    if (wanted.any_option) return filled(look(wanted.key), wanted.field, "");
    if (wanted.field != nullptr && wanted.field->type == Type::flag) return !look(wanted.key).absent();
    return opens(mark.name, wanted.key, wanted.rest, rows);
  }

  const Value& look(std::string_view key) { return view_.look(key, scratch_); }

  // Whether a name has something to print, and so opens its section.
  bool opens(std::string_view text, std::string_view key, std::string_view rest, const Field* rows) {
    if (text.starts_with(rulebook::kRuleName) || text == "town" || text == "in_name_of" || text == "paper_day")
      return true;
    if (text == "paper_no") return paper_.numbered;
    if (text.starts_with(rulebook::kSettingName))
      return !view_.in_force().setting(std::string(text.substr(rulebook::kSettingName.size()))).empty();
    if (rows != nullptr && rows->find_column(key) != nullptr) return any_cell(*rows, key, rest);
    const Field* field = view_.kind().find_field(key);
    if (field == nullptr) field = rulebook::find_shared_field(key);
    if (field != nullptr && field->type == Type::rows) return any_row(field->key);
    const Value& value = look(key);
    if (const auto* flag = value.as<bool>()) return *flag;
    return filled(value, field, rest);
  }

  bool any_row(const std::string& key) const {
    const auto rows = view_.record().rows.find(key);
    return rows != view_.record().rows.end() && !rows->second.empty();
  }

  bool any_cell(const Field& rows, std::string_view key, std::string_view rest) {
    const auto list = view_.record().rows.find(rows.key);
    if (list == view_.record().rows.end()) return false;
    return std::any_of(list->second.begin(), list->second.end(), [&](const auto& row) {
      return filled(view_.cell(rows, row.first, key), rows.find_column(key), rest);
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
  Value scratch_;
};

}  // namespace

std::vector<std::string> empty_elements(View& after, const Form& form, const PaperOf& paper) {
  return Elements(after, form, paper).empty();
}

}  // namespace zs::rules
