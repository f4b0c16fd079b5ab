// The stage of one scenario: the record as it stands, the records around it, who is on the registers, and the act.
//
// A scenario is a map of tests/scenarios/*.yaml. Whatever it says that the stage cannot read is a fault of the
// scenario.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/town.h"
#include "rules/change.h"

namespace zs::rules::scenarios {

using rulebook::Node;

/// The act of `when`, as far as it could be read.
struct Staged {
  std::optional<Change> change;    ///< none: only the record as it stands is asked about
  std::vector<std::string> shape;  ///< fields of the act whose value the change JSON refuses
  Date today;
};

class Stage {
 public:
  Stage(std::shared_ptr<const rulebook::Rulebook> book, const Node& scenario);

  /// Sets up everything; what is wrong with the scenario itself is in faults().
  void build();
  const std::vector<std::string>& faults() const { return faults_; }

  const ledger::Town& town() const { return town_; }
  const rulebook::Kind* kind() const { return kind_; }
  /// The record of `given`; null where the act creates it.
  const Record* given() const { return given_; }
  const Staged& staged() const { return staged_; }
  /// All records that the ledger would have to show to a rule that looks as far as it likes.
  const Neighbours& neighbours() const { return neighbours_; }
  /// Facts for decide; `near` is what the rules may see around the record.
  Facts facts(const Neighbours& near) const;
  RecordId next_record() const { return RecordId{next_id_}; }
  /// A value of a field as the scenario writes it, as change JSON.
  nlohmann::json json_of(const rulebook::Field& field, const Node& node);
  void fault(const Node& at, const std::string& text);

 private:
  struct Named {
    const Node* node = nullptr;
    std::string kind;
    std::vector<Record*> records;
  };

  void only_keys(const Node& node, std::initializer_list<std::string_view> keys);
  void name_records();
  Record* reserve(const std::string& kind);
  void fill(Record& record, const Node& node);
  void fill_links();
  void fill_back();
  std::vector<Record*> named(const std::string& name) const;
  nlohmann::json values_of(const rulebook::Kind& kind, const Node& node);
  nlohmann::json rows_of(const rulebook::Kind& kind, const Node& node, bool edits);
  nlohmann::json act_of(const Node& act);
  std::optional<Change> read_change(const nlohmann::json& json, const Node& at);
  void build_when();
  void find_bad_fields(const nlohmann::json& change, std::size_t acts);
  void find_neighbours();
  void register_values(const rulebook::Kind& kind, const Fields& fields);
  void register_rows(const rulebook::Kind& kind, const Record& record);
  void register_all();
  void hire(const std::string& key, const std::vector<std::string>& posts = {});
  std::string hire_named(const Node& node, const std::vector<std::string>& posts);
  void choose_home(const std::vector<const Node*>& acts);
  void cast_people(const std::vector<const Node*>& acts);
  void cast_decider(const rulebook::Action& action, const Node& act, ActInput& input);
  std::string decider_by_path(const rulebook::Action& action, const ActInput& input) const;

  std::shared_ptr<const rulebook::Rulebook> book_;
  const Node& scenario_;
  std::vector<std::string> faults_;
  ledger::Town town_;
  const rulebook::Kind* kind_ = nullptr;
  std::deque<Record> records_;  // a deque: addresses stay
  Record* given_ = nullptr;
  std::map<std::string, Named> linked_;
  std::set<std::string> referred_;  // names said as {record: name}
  std::int64_t next_id_ = 1;
  Staged staged_;
  Neighbours neighbours_;
  std::map<std::tuple<std::string, std::string, std::string>, RecordId> taken_;
  std::vector<EntryFacts> history_;
  std::map<std::string, std::string> homes_;
};

}  // namespace zs::rules::scenarios
