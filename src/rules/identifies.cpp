// Whether a text tells whose case it was: it is asked before a text goes out without names.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "rules/view.h"

namespace zs::rules {
namespace {

constexpr std::array<std::string_view, 5> kTelling{"name", "id_no", "phone", "address", "org"};
/// What is shorter stands in texts by chance.
constexpr std::size_t kTellingMin = 2;

// A name that was struck out already (张某、李**) tells nothing.
bool struck_out(std::string_view part) {
  return part.find("某") != std::string_view::npos || part.find('*') != std::string_view::npos ||
         part.find("×") != std::string_view::npos;
}

bool names(std::string_view text, const Value& value) {
  const auto* party = value.as<Party>();
  return party != nullptr && std::any_of(kTelling.begin(), kTelling.end(), [&](std::string_view key) {
           const auto part = party->find(key);
           return part != party->end() && characters(part->second) >= kTellingMin && !struck_out(part->second) &&
                  text.find(part->second) != std::string_view::npos;
         });
}

bool names_somebody(std::string_view text, const Record& record) {
  const auto told = [text](const auto& each) { return names(text, each.second); };
  if (std::any_of(record.fields.begin(), record.fields.end(), told)) return true;
  return std::any_of(record.rows.begin(), record.rows.end(), [&](const auto& list) {
    return std::any_of(list.second.begin(), list.second.end(),
                       [&](const auto& row) { return std::any_of(row.second.begin(), row.second.end(), told); });
  });
}

}  // namespace

Truth View::identifies(const rulebook::Condition& condition, const Element* element) {
  Value scratch;
  const auto* text = left_of(condition, element, scratch).as<std::string>();
  if (text == nullptr || neighbours_ == nullptr) return Truth::no;
  for (const Value& value : values(condition.over, element)) {
    std::vector<Link> links;
    if (const auto* one = value.as<Link>()) links.push_back(*one);
    if (const auto* many = value.as<std::vector<Link>>()) links = *many;
    for (const Link& link : links) {
      const Record* other = neighbours_->find(link);
      if (other != nullptr && names_somebody(*text, *other)) return Truth::yes;
    }
  }
  return Truth::no;
}

}  // namespace zs::rules
