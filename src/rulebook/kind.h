// A kind of record (台账): its fields, states, actions, gates and deadlines as data (design §4.2–§4.7).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rulebook/condition.h"
#include "rulebook/index.h"
#include "rulebook/law.h"

namespace zs::rulebook {

enum class Guard { open, internal, personal, sensitive, secret };

struct Option {
  std::string key;
  std::string label;
  bool retired = false;
};

/// One span that does not count: from a date, until a date, once or once a row.
struct Pause {
  std::string each;  ///< a rows field, or empty
  DateOf from;
  DateOf until;
  ConditionPtr when;
};

struct Computed {
  enum class Kind { holds, date, count, sum, end_of, accrues };
  Kind kind = Kind::holds;
  Place place;
  ConditionPtr holds;
  DateOf date;  ///< of `date`; the start of end_of
  Path path;    ///< of count and sum
  ConditionPtr where;
  RuleRef rule;  ///< of end_of; the rate of accrues
  RuleRef cap;
  Path of;  ///< the amount that accrues
  DateOf from, until;
  std::vector<Pause> pauses;
};

struct Field {
  std::string key;
  Place place;
  std::string label;
  Type type = Type::text;
  Guard guard = Guard::internal;
  std::vector<Option> options;    ///< of choice and choices
  std::vector<std::string> to;    ///< of link and links: kinds, or none for any
  bool owner = false;             ///< the link names the record that this one belongs to
  std::vector<std::string> asks;  ///< of party: the parts asked for
  std::vector<Field> columns;     ///< of rows
  std::shared_ptr<Computed> computed;
  bool retired = false;
  std::size_t at_most = 0;  ///< of text and note: so many characters; 0: no bound of its own

  const Field* find_column(std::string_view column) const;
  const Option* find_option(std::string_view option) const;
};

struct State {
  std::string key;
  std::string label;
  bool is_final = false;
  std::string becomes;  ///< a retired state's successor
  Place place;
};

/// Something asked of an action, perhaps only where a condition holds.
struct Asked {
  std::string field;
  ConditionPtr when;
  Place place;
};

/// What an action writes of itself.
struct Setting {
  std::string field;
  Operand value;
};

struct Opens {
  std::string kind;
  std::string as;  ///< the link field of ours that is filled
  ConditionPtr when;
  std::vector<Setting> with;
  Place place;
};

struct Issues {
  std::string form;
  std::string number;  ///< a number series of the kind, or none
  std::optional<Operand> in_name_of;
  ConditionPtr when;
  Place place;
};

/// Whose act it is in law.
enum class Bearer { office, party, court, superior, other };
std::optional<Bearer> parse_bearer(std::string_view text);

struct Decider {
  std::string post;
  ConditionPtr when;
};

struct Action {
  std::string key;
  Place place;
  std::string label;
  std::vector<std::string> from;  ///< empty: creates, unless from_any
  bool from_any = false;
  std::string to;  ///< empty: the state stays
  std::vector<std::string> by;
  Bearer act_of = Bearer::office;
  std::vector<Decider> decides;         ///< posts; empty where the recorder decides
  std::optional<Path> decided_by_path;  ///< the staff field that names the decider
  bool signed_paper = false;
  std::vector<Asked> needs, asks;
  std::vector<std::string> adds;
  std::vector<std::pair<std::string, std::vector<std::string>>> edits;
  std::vector<std::string> clears;
  std::vector<Setting> sets;
  std::vector<std::pair<std::string, Path>> takes;
  std::vector<std::pair<std::string, Path>> finds;  ///< rows filled with the findings of a linked record
  std::vector<Opens> opens;
  std::vector<std::string> requires_gates;
  std::vector<Issues> issues;
  bool retired = false;

  bool creates() const { return from.empty() && !from_any; }
};

struct Gate {
  std::string key;
  Place place;
  std::string says;
  bool warns = false;
  ConditionPtr when;
  ConditionPtr condition;
  std::vector<RuleRef> rules;
  std::vector<std::string> gates;  ///< a gate that is a list of gates
};

struct RuleChoice {
  ConditionPtr when;
  RuleRef rule;
};

struct Notice {
  std::optional<Period> before;
  bool when_overdue = false;
  std::vector<std::string> to;
  std::optional<Period> then_after;
  std::vector<std::string> then_to;
};

struct Deadline {
  std::string key;
  Place place;
  std::string label;
  std::vector<RuleChoice> rules;
  std::string each;  ///< runs one per row of this field
  std::optional<DateOf> starts, stops, drops, ends, ahead_of, version_on, restarts;
  ConditionPtr restarts_when;
  ConditionPtr when;
  std::vector<Pause> pauses;
  std::optional<RuleRef> extension;
  std::string extension_adds;  ///< the field that holds the count
  std::optional<DateOf> extension_at;
  Bearer bears = Bearer::office;
  bool right = false;  ///< a right of the office: lapses, is never overdue
  std::vector<Notice> notices;
};

struct NumberSeries {
  std::string key;
  Place place;
  std::string label;
  std::string pattern;
  std::string given_by;
  std::string year_of;
  std::string per;
  bool outside = false;
  bool unique = false;
  ConditionPtr when;
};

struct DossierItem {
  std::string form;
  std::string field;
  ConditionPtr when;
  Place place;
};

struct Quick {
  std::string key;
  std::string label;
  std::vector<std::string> does;
  Place place;
};

/// What somebody who stands outside is asked, on a phone: it lands as a draft that the office makes a record of.
struct FieldWork {
  std::string label;
  std::string quick;        ///< the quick form that the office completes; empty: the creating act
  std::vector<Asked> asks;  ///< fields, or `rows.column`: one cell a row; at most kFieldAsksMax
  Place place;
};
/// Who stands in the rain fills in little.
inline constexpr std::size_t kFieldAsksMax = 6;

/// One line of a record as it is typed into the outside system where the case lives.
struct CardLine {
  std::string path;   ///< a field, a number, or `party:part`
  std::string label;  ///< what it is called there; empty: as here
  Place place;
};
struct EntryCard {
  std::string number;           ///< the outside number that the system gives; empty: the first outside one that applies
  std::vector<CardLine> lines;  ///< in the order of that system; empty: the kind's own fields in order
  Place place;
};

struct HiddenFrom {
  ConditionPtr when;
  std::string org_field;
  RuleRef rule;
};

struct Kind {
  std::string key;
  Place place;
  std::string label, part, measure, home;
  std::vector<std::string> title;
  std::string opened, closed;
  std::string subject;  ///< the text field by which two records are told to be of the same matter; or none
  std::vector<std::string> signs;
  std::vector<std::string> use;
  std::optional<HiddenFrom> hidden_from;
  std::vector<State> states;
  std::vector<NumberSeries> numbers;
  std::vector<Field> fields;
  std::vector<Gate> gates;
  std::vector<Action> actions;
  std::vector<Deadline> deadlines;
  std::vector<DossierItem> dossier;
  std::vector<Quick> quick;
  std::optional<FieldWork> field_work;
  EntryCard entry_card;
  std::vector<Notice> notices;
  Index field_index, gate_index;  ///< made when all is loaded; until then names are searched

  const Field* find_field(std::string_view key) const;
  const State* find_state(std::string_view key) const;
  const Action* find_action(std::string_view key) const;
  const Gate* find_gate(std::string_view key) const;
  const Deadline* find_deadline(std::string_view key) const;
  const NumberSeries* find_number(std::string_view key) const;
  const Action* creating_action() const;
};

}  // namespace zs::rulebook
