#include "rulebook/kind.h"

namespace zs::rulebook {
namespace {

template <class List>
const typename List::value_type* find_by_key(const List& list, std::string_view key) {
  for (const auto& item : list) {
    if (item.key == key) return &item;
  }
  return nullptr;
}

}  // namespace

const Field* Field::find_column(std::string_view column) const {
  return find_by_key(columns, column);
}
const Option* Field::find_option(std::string_view option) const {
  return find_by_key(options, option);
}
const Field* Kind::find_field(std::string_view name) const {
  if (field_index.size() != fields.size()) return find_by_key(fields, name);
  const auto found = field_index.find(name);
  return found == field_index.end() ? nullptr : &fields[found->second];
}
const State* Kind::find_state(std::string_view name) const {
  return find_by_key(states, name);
}
const Action* Kind::find_action(std::string_view name) const {
  return find_by_key(actions, name);
}
const Gate* Kind::find_gate(std::string_view name) const {
  if (gate_index.size() != gates.size()) return find_by_key(gates, name);
  const auto found = gate_index.find(name);
  return found == gate_index.end() ? nullptr : &gates[found->second];
}
const Deadline* Kind::find_deadline(std::string_view name) const {
  return find_by_key(deadlines, name);
}
const NumberSeries* Kind::find_number(std::string_view name) const {
  return find_by_key(numbers, name);
}

const Action* Kind::creating_action() const {
  for (const Action& action : actions) {
    if (action.creates() && !action.retired) return &action;
  }
  return nullptr;
}

}  // namespace zs::rulebook
