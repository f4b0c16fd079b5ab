// What someone asks to be written, and what comes of it: a Change, and the Decision on it (design §1.2, §4.4, §4.6).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/moment.h"
#include "base/result.h"
#include "rules/facts.h"

namespace zs::rules {

/// How an act comes in: made here now; made outside before; a finished case of an old ledger; a number without one.
enum class Way { done, registered, history, summary };
std::string_view name_of(Way way);
std::optional<Way> parse_way(std::string_view text);

/// What is asked: acts of the kind, or one of the acts that every kind has, or a finished case.
enum class Asks { acts, edit, correct, void_record, undo, history, withdraw_paper, replace_paper };
std::string_view name_of(Asks asks);
std::optional<Asks> parse_asks(std::string_view text);

/// Cells for one row; number 0 adds a row.
struct RowChange {
  std::string rows;
  RowNumber number = 0;
  Fields cells;
};

/// One act, or the values of an edit, a correction or a finished case.
struct ActInput {
  std::string action;
  std::optional<Date> day;  ///< the act's day; default: today
  Fields values;
  std::vector<RowChange> rows;
  std::map<std::string, std::string> numbers;  ///< outside numbers, and the town's own in history
  std::string decider;                         ///< staff key; default: the recorder, where the post is theirs
  std::string signed_paper;                    ///< the paper on which the decider signed
  std::string pass_reason, pass_signer;        ///< to pass warnings
};

struct Change {
  TownId town;
  std::string key;    ///< idempotency key, unique per actor
  std::string actor;  ///< staff key
  Way way = Way::done;
  Asks asks = Asks::acts;
  std::string kind;
  std::optional<RecordId> record;       ///< absent: creates
  std::optional<std::int64_t> version;  ///< refused if the record has moved on
  std::vector<ActInput> acts;
  std::string reason, signer, source;
  std::string state;          ///< of history: the final state
  RowNumber paper = 0;        ///< of withdraw_paper and replace_paper: which
  std::optional<Instant> at;  ///< demo and tests only: into a town whose journal is not younger
};

/// One reason for a refusal, or one breach or warning of an accepted act.
struct Reason {
  std::string kind;  ///< gate, warn, needs, state, by, decides, signed_paper, shape, order, day, version
  std::string name;  ///< the gate or the field
  Text says;
  std::vector<std::string> rules;
  std::string citation;
};

/// One value of an entry by its path: field, rows/3/column; absent clears; paths with @ speak of the entry itself.
struct Fact {
  std::string path;
  Value value;
};

/// A closed gate that was passed (warned), noted, or broken (breach).
struct Mark {
  std::string gate;
  std::vector<std::string> rules;
  bool unknown = false;  ///< nobody knows whether it was closed: it rests on a value of an old ledger that is not there
};

/// What one accepted act wrote: facts only. Header and values of a journal entry (docs/journal-format.md).
struct EntryFacts {
  std::string type;  ///< act, open, edit, correct, void, undo, history, withdraw, replace
  std::string way;
  std::string actor, decider, role;
  Date on;
  std::string kind;
  RecordId record;
  std::int64_t version = 0;
  std::string action;
  std::string state;  ///< the state after; empty: unchanged
  std::map<std::string, std::string> numbers;
  std::vector<Mark> warned, notes, breaches;
  std::vector<Fact> facts;
};

/// Accepted: the entries in order, and the records as they then stand.
struct Outcome {
  std::vector<EntryFacts> entries;
  std::map<RecordId, Record> after;
  std::vector<std::string> missing;  ///< what an opened record still needs: "KIND.FIELD"
};

/// Not accepted: all reasons at once; nothing is written.
struct Refusal {
  std::vector<Reason> reasons;
};

using Decision = std::variant<Outcome, Refusal>;

}  // namespace zs::rules
