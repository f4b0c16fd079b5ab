// What the loader's parts share: the rulebook under construction, where faults go, and how names resolve.
// Private to src/rulebook.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rulebook/rulebook.h"

namespace zs::rulebook {

/// A rulebook under construction. Kinds get their fields first, then all that names fields.
struct Loading {
  Rulebook& book;
  Faults& faults;
  std::map<std::string, Node> kind_nodes;  ///< by key
  std::map<std::string, Node> group_nodes;

  Kind* find_kind(std::string_view key);
};

/// Where a name stands: the kind, and inside `where:` and `each:` the rows or the records that are looked at.
struct NameScope {
  Loading& loading;
  const Kind* kind = nullptr;
  const Field* rows = nullptr;    ///< elements are rows of this field
  const Kind* element = nullptr;  ///< elements are records of this kind (null with over_any: any kind)
  bool over_any = false;
  bool beyond = false;       ///< may look over links and back
  bool of_deadline = false;  ///< a figure's `where:` over deadlines: outcome, due

  bool has_element() const { return rows != nullptr || element != nullptr || over_any; }
};

/// A path with what stands at its end, for typing constants and scopes of quantifiers.
struct Resolved {
  Path path;
  const Field* field = nullptr;  ///< the field or column at the end, if any
  const Kind* kind = nullptr;    ///< the kind of the records at the end, if it ends on records
  bool to_any = false;
  bool good = false;
};

// --- names.cpp
Resolved resolve_path(const NameScope& scope, const Node& node);
/// Reads a constant as the type of the left side; a fault if it is no such value.
Value typed_constant(const NameScope& scope, const Node& node, const Resolved& left);

// --- load_condition.cpp
ConditionPtr read_condition(const NameScope& scope, const Node& node);
/// The condition that remains of a gate or quantifier after its own keys.
ConditionPtr read_condition_without(const NameScope& scope, const Node& node,
                                    std::initializer_list<std::string_view> own_keys);
ConditionPtr read_when(const NameScope& scope, const Node& map);
Operand read_operand(const NameScope& scope, const Node& node, const Resolved& left);

// --- load_date.cpp
std::optional<DateOf> read_date(const NameScope& scope, const Node& node);

// --- load_law.cpp
void load_law(Loading& loading, const std::string& section, const Node& root);
void load_settings(Loading& loading, const Node& root);
RuleRef read_rule_ref(Loading& loading, const Node& node);

// --- load_fields.cpp
void load_lists(Loading& loading, const Node& root);
void load_kind_fields(Loading& loading, Kind& kind, const Node& root);
std::shared_ptr<Computed> read_computed(const NameScope& scope, const Field& field, const Node& node);
std::vector<Pause> read_pauses(const NameScope& scope, const Node& node);
NameScope row_scope(const NameScope& scope, const Node& place, const std::string& rows);

// --- load_kind.cpp
void load_kind_body(Loading& loading, Kind& kind, const Node& root);
void load_gates(const NameScope& scope, Kind& kind, const Node& root);

// --- load_outside.cpp: what is asked outside, and what is typed into an outside system
void load_outside(const NameScope& scope, Kind& kind, const Node& root);
/// After all kinds: whether the acts take what is asked, and the card names what there is.
void check_outside(Loading& loading, const Kind& kind);

// --- load_action.cpp
void load_actions(const NameScope& scope, Kind& kind, const Node& root);

// --- load_deadline.cpp
void load_deadlines(const NameScope& scope, Kind& kind, const Node& root);
std::vector<Notice> read_notices(Loading& loading, const Node& node);

// --- load_figures.cpp
void load_figures(Loading& loading, const Node& root);
void load_duties(Loading& loading, const Node& root);
void load_roles(Loading& loading, const Node& root);

// --- load_checks.cpp
/// After all kinds, before the figures that name them.
void load_checks(Loading& loading, const Node& root);
/// The gates that a name stands for, groups opened; none: there is no such gate.
std::vector<std::string> open_gates(const Kind& kind, const std::string& name);
void unknown_gate(Loading& loading, const Node& node, const Kind& kind, const std::string& name);

// --- load_forms.cpp
/// After all kinds: it checks each form against those that issue it.
void load_forms(Loading& loading, const Files& files);

// --- load_report_lists.cpp
/// After the figures: a list stands on one.
void load_report_lists(Loading& loading, const Node& root);

// --- load_synonyms.cpp
void load_synonyms(Loading& loading, const Node& root);

// --- check.cpp
void check(Loading& loading);

// --- helpers, in names.cpp
void expect_keys(Loading& loading, const Node& map, std::initializer_list<std::string_view> keys);
std::string scalar_of(Loading& loading, const Node& node, std::string_view what_zh, std::string_view what_en);
std::string required(Loading& loading, const Node& map, std::string_view key);
bool flag_of(Loading& loading, const Node& node);
/// A scalar, or a list of scalars.
std::vector<std::string> words_of(Loading& loading, const Node& node);
void unknown_name(Loading& loading, const Place& place, std::string_view sort_zh, std::string_view sort_en,
                  std::string_view name, const std::vector<std::string>& candidates);
bool reserved(std::string_view word);

}  // namespace zs::rulebook
