// What decide's parts share: one change under judgement. Private to src/rules.
#pragma once

#include "rules/decide.h"
#include "rules/fold.h"
#include "rules/gates.h"

namespace zs::rules {

/// One change under judgement: reasons gather, facts gather, the record moves on act by act.
class Judge {
 public:
  Judge(const Facts& facts, const Change& change, Supplies& supplies);
  Decision run();

 private:
  // --- decide.cpp
  void refuse(Reason reason) { reasons_.push_back(std::move(reason)); }
  void refuse_shape(std::string field, std::string zh, std::string en);
  const Person* person(const std::string& key) const;
  bool may(std::vector<std::string> rulebook::Role::*list) const;

  /// The last serial of a series, to be moved on.
  std::int64_t& last_serial(SeriesKey key);
  void give_back();

  // --- act.cpp
  void judge_act(const ActInput& input);
  const rulebook::Action* find_action(const ActInput& input);
  void check_recorder(const rulebook::Action& action);
  std::string check_decider(const rulebook::Action& action, const ActInput& input, View& after, EntryFacts& entry);
  void check_day(const rulebook::Action& action, Date day, EntryFacts& entry);
  void check_needs(const rulebook::Action& action, View& after);
  void check_gates(const rulebook::Action& action, const ActInput& input, View& after, EntryFacts& entry);
  void take_reason(Reason reason, const rulebook::Action& action, const ActInput& input, EntryFacts& entry,
                   bool unknown = false);
  void say_who_passed(const ActInput& input, EntryFacts& entry) const;
  void open_record(const rulebook::Opens& opens, View& after, Date day);
  std::vector<Fact> opening_facts(const rulebook::Opens& opens, const rulebook::Kind& target, View& after, Date day);
  void name_opened(const std::string& field, const Link& link);
  bool registered() const { return way_ == Way::registered; }

  // --- issue.cpp
  void issue_papers(const rulebook::Action& action, View& after, EntryFacts& entry);
  void issue_paper(const rulebook::Issues& issues, View& after, Date day, EntryFacts& entry);
  void check_papers(const rulebook::Action& action, const ActInput& input, View& after, EntryFacts& entry);
  const Fields* judge_paper();
  void judge_withdraw_paper();
  void judge_replace_paper();

  // --- values.cpp
  void take_values(const rulebook::Action& action, const ActInput& input, EntryFacts& entry);
  void take_rows(const rulebook::Action& action, const ActInput& input, EntryFacts& entry);
  void take_row(const rulebook::Action& action, const RowChange& row, EntryFacts& entry);
  void take_numbers(const ActInput& input, EntryFacts& entry);
  void set_own(const rulebook::Action& action, Date day, EntryFacts& entry);
  bool check_value(const rulebook::Field& field, const Value& value, const std::string& path);
  void take_findings(const rulebook::Action& action, View& view, EntryFacts& entry);
  Value set_value(const rulebook::Operand& operand, View& view, const rulebook::Field* field, Date day);
  void give_numbers(const rulebook::Kind& kind, const rulebook::Action& action, View& after, EntryFacts& entry);
  std::string next_number(const rulebook::Kind& kind, const rulebook::NumberSeries& series, View& after, Date day);
  RowNumber next_row(const std::string& rows, const EntryFacts& entry) const;

  // --- amend.cpp
  void judge_edit();
  bool may_edit_fixed(const Fact& fact) const;
  void judge_correct();
  void judge_void();
  void judge_undo();
  void judge_history();
  void take_given(EntryFacts& entry, bool correcting);
  void find_new_breaches(EntryFacts& entry);
  bool is_of_old_ledger() const;
  void correct_state(EntryFacts& entry);
  EntryFacts begin_entry(std::string type) const;
  void accept(EntryFacts entry);
  void accept_act(EntryFacts entry, std::size_t folded);
  void say_of_entry(EntryFacts& entry, std::string path, const std::string& text) const;

  const Facts& facts_;
  const Change& change_;
  Supplies& supplies_;
  const std::int64_t next_record_before_;                            ///< restored if refused
  std::vector<std::pair<SeriesKey, std::int64_t>> serials_before_;  ///< of the series that were used
  const rulebook::Kind* kind_ = nullptr;
  Way way_ = Way::done;
  Record record_;
  ActContext act_;
  std::vector<Reason> reasons_;
  Outcome outcome_;
};

/// A reason that cites nothing: shape, state, role.
Reason plain_reason(std::string kind, std::string name, std::string zh, std::string en);

}  // namespace zs::rules
