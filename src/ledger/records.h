// One record for a reader: its values, its deadlines with their working, its history, and as it stood on a day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/batch.h"
#include "rules/badge.h"
#include "rules/clock.h"

namespace zs::ledger {

struct DeadlineView {
  std::string key, label;
  RowNumber row = 0;
  rules::OutcomeOf outcome = rules::OutcomeOf::none;
  std::optional<Date> due;
  std::string rule, citation;
  std::vector<std::string> working;
  rulebook::Bearer bears = rulebook::Bearer::office;
  std::optional<Moment> start, stop, due_at;
  bool estimated = false, provisional = false;
  rules::Badge badge;
};

struct HistoryLine {
  EntryNumber n;
  Moment at;
  rules::EntryFacts facts;
  bool late_entry = false;  ///< 补录: recorded long after the act
};

struct RecordView {
  rules::Record record;
  std::string kind_label, state_label, title, number;
  std::map<std::string, Value> computed;
  std::vector<DeadlineView> deadlines;
};

/// A record at hand (one that a change would make), its deadlines as of `today`.
RecordView view_of(const Town& town, rules::Record record, Date today);
/// The record now, its deadlines as of `today`. Errors: not_found.
Result<RecordView> view_record(store::Session& session, const Town& town, RecordId id, Date today);
/// The record as its entries of that day and before made it.
Result<RecordView> view_record_on(store::Session& session, const Town& town, RecordId id, Date day);
Result<std::vector<HistoryLine>> history_of(store::Session& session, const Town& town, RecordId id);

/// One open deadline of the worklist: all kinds in one query, the most urgent first.
struct WorklistLine {
  RecordId record;
  std::string kind, number, title, state, unit, village, handler, deadline, rule;
  Date due;
  bool overdue = false;
};
Result<std::vector<WorklistLine>> worklist(store::Session& session, const Town& town, Date today, int limit);

/// What the ledger knows went wrong in a year: for the shortcomings chapter.
struct YearTrouble {
  std::int64_t late = 0, overdue = 0, breaches = 0, warned = 0, late_entries = 0;
  std::vector<std::pair<std::string, std::int64_t>> late_by_deadline;  ///< kind.deadline → count
  std::vector<std::pair<std::string, std::int64_t>> breaches_by_gate;  ///< kind.gate → count
};
Result<YearTrouble> trouble_of_year(store::Session& session, const Town& town, int year, Date as_of);

}  // namespace zs::ledger
