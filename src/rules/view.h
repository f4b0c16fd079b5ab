// A record as rules read it: given and computed values, conditions, deadlines. One View per judgement or projection.
//
// Lazy and remembering: a computed field or deadline is worked out once. Pure; not shared between threads.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "rules/clock.h"
#include "rules/facts.h"

namespace zs::rules {

/// Kleene's three values: unknown is neither.
enum class Truth { no, yes, unknown };
Truth operator!(Truth truth);

/// What a path or quantifier stands on: a record, or one row of it.
struct Element {
  const Record* record = nullptr;
  const rulebook::Kind* kind = nullptr;
  const rulebook::Field* rows = nullptr;  ///< set for a row
  RowNumber row = 0;
  const Fields* cells = nullptr;
};

class View {
 public:
  /// `neighbours` and `act` may be null: then paths beyond the record are absent, and act_day too.
  View(const InForce& in_force, const Record& record, const Neighbours* neighbours = nullptr,
       const ActContext* act = nullptr);
  ~View();
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  const Record& record() const { return record_; }
  const rulebook::Kind& kind() const { return kind_; }
  const InForce& in_force() const { return in_force_; }
  /// The day of the act on hand; nothing where no act is judged.
  std::optional<Date> act_day() const { return act_ == nullptr ? std::nullopt : std::optional(act_->day); }

  /// A field or number of the record, given or computed.
  Value value(std::string_view field);
  /// The same without a copy: what is not stored is put into `scratch`. Good until the record changes.
  const Value& look(std::string_view field, Value& scratch);
  /// A cell of a row, given or computed.
  Value cell(const rulebook::Field& rows, RowNumber row, std::string_view column);
  /// Whether a condition holds; `element` is what a bare name in `where:` reads.
  Truth holds(const rulebook::Condition& condition, const Element* element = nullptr);
  /// True if there is no condition or it holds.
  bool applies(const rulebook::ConditionPtr& when, const Element* element = nullptr);
  /// The values at the end of a path; absent ones are left out.
  std::vector<Value> values(const rulebook::Path& path, const Element* element = nullptr);
  /// A date of the record: Date, Moment, unknown or absent.
  Value date(const rulebook::DateOf& date, const Element* element = nullptr);
  /// The value that an operand stands for (several for a list or a path over many).
  std::vector<Value> operand(const rulebook::Operand& operand, const Element* element = nullptr);
  /// The deadlines of that name: one, or one per row.
  const std::vector<Clock>& clocks(const std::string& deadline);
  /// A computed value that is no field of the record: a column of a self-check.
  Value compute(const rulebook::Computed& computed, const Element* element);
  /// What is still growing (a surcharge), read as of a day; in fen.
  std::optional<std::int64_t> accrued(const rulebook::Computed& computed, Date as_of);
  /// The spans of a pause that have begun; sets `unknown` if one of their dates is.
  std::vector<std::pair<Moment, std::optional<Moment>>> spans_of(const rulebook::Pause& pause, bool* unknown = nullptr);
  /// Whether the pause that began at `from` ends, for now, only by another deadline's due day.
  bool provisional_end(const rulebook::Pause& pause, Moment from);
  Element self() const;
  /// Settings whose certainty is low and on which an answer so far rested (gates warn then).
  const std::set<std::string>& settings_read() const { return settings_read_; }
  void forget_settings_read() { settings_read_.clear(); }

 private:
  struct Memory;
  Value compute_count(const rulebook::Computed& computed);
  Value compute_end(const rulebook::Computed& computed, const Element* element);
  Value extreme(const rulebook::DateOf& date, const Element* element);
  std::vector<Value> setting(const rulebook::Operand& operand, const Element* element);
  /// The records or rows that a path stands on; with `follow_last` a links field at its end is followed too.
  std::vector<Element> elements(const rulebook::Path& path, const Element* element, bool follow_last = true);
  Value read(const Element& from, const std::string& key);
  const Value& look(const rulebook::Field* field, std::string_view name, Value& scratch);
  const Value& look_computed(const rulebook::Field& field);
  const Value& look(const rulebook::Path& path, const Element* element, Value& scratch);
  Truth compare(const rulebook::Condition& condition, const Element* element);
  const Value& left_of(const rulebook::Condition& condition, const Element* element, Value& scratch);
  void each_value(const rulebook::Operand& side, const Element* element, const auto& visit);
  const Value* first_value(std::span<const rulebook::Operand> sides, const Element* element, Value& scratch);
  Truth among(const Value& left, std::span<const rulebook::Operand> sides, const Element* element);
  Truth between(const Value& left, std::span<const rulebook::Operand> ends, const Element* element);
  Truth contains(rulebook::Test test, const Value& left, std::span<const rulebook::Operand> right,
                 const Element* element);
  Truth quantified(const rulebook::Condition& condition, const Element* element);
  Truth deadline_is(const rulebook::Condition& condition, const Element* element);
  Truth dossier_complete();
  Truth breached(const std::vector<std::string>& gates);
  Truth identifies(const rulebook::Condition& condition, const Element* element);
  View& view_of(const Record& other);

  const InForce in_force_;
  const Record& record_;
  const rulebook::Kind& kind_;
  const Neighbours* neighbours_;
  const ActContext* act_;
  std::unique_ptr<Memory> memory_;
  std::set<std::string> settings_read_;
};

/// The period that a rule gives now: fixed, of a setting, or none (given by a paper).
std::optional<Period> period_of(const rulebook::RulePeriod& period, const InForce& in_force);
/// The period of a rule, or of one of its named periods.
std::optional<Period> within_of(const rulebook::Rule& rule, std::string_view number, const InForce& in_force);
/// A number of a rule: plain, named, or of a setting.
std::optional<std::int64_t> number_of(const rulebook::Rule& rule, std::string_view number, const InForce& in_force);

/// Compares two values of one type; unknown if either is.
Truth equal(const Value& left, const Value& right);
/// −1, 0, 1 for values that have an order (numbers, dates, moments); nothing otherwise.
std::optional<int> order(const Value& left, const Value& right);

}  // namespace zs::rules
