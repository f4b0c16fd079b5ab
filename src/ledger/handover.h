// Hand-overs (交接): a person's open records offered to others, line by line. Beside the journal: what is handed over
// stands in the journal only where somebody took it over, as an ordinary edit of the record's handler.
//
// Kept over a rebuild. All functions that write take part in a transaction of the ledger (Ledger::write_aside,
// commit_batch); who may do what is the caller's to ask.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/listing.h"

namespace zs::ledger {

/// Lines of one hand-over.
inline constexpr std::size_t kHandoverLinesMax = 500;

struct HandoverLine {
  enum class State { offered, accepted, declined, withdrawn };
  std::int64_t n = 0;  ///< from 1
  std::string kind;
  RecordId record;
  std::string receiver;
  Date until;  ///< the last day on which it may be taken over; after it, it is the unit head's to settle
  State state = State::offered;
  std::string actor;  ///< who settled it; empty while it is offered
  Instant at;
  std::string says;  ///< why it was declined
};
std::string_view name_of(HandoverLine::State state);

struct Handover {
  std::int64_t id = 0;
  std::string giver, maker, why;  ///< whose work, who offers it (the giver or their head), and why
  std::string key;                ///< one intended offer, unique per maker
  Instant at;
  std::vector<HandoverLine> lines;
};

/// Writes an offer under the next number and answers it; the same key of the same maker answers the first one.
/// Errors: bad_input (no lines, or more than kHandoverLinesMax).
Result<std::int64_t> offer_handover(Ledger& ledger, TownId town, const Handover& handover);

Result<std::optional<Handover>> find_handover(store::Session& session, TownId town, std::int64_t id);
/// Which hand-overs: those with a line for a receiver, those of a giver or maker, or those with a line that was due
/// before a day and that nobody has taken over or taken back. One of the three.
struct HandoverAsk {
  std::string receiver, by;
  std::optional<Date> open_before;
};
/// The newest first, kHandoversMax at most.
inline constexpr std::int64_t kHandoversMax = 200;
Result<std::vector<Handover>> handovers(store::Session& session, TownId town, const HandoverAsk& ask);

/// Sets how a line was settled. Errors: conflict if it is not in a state of `from` any more.
Result<> settle_line(store::Session& session, TownId town, std::int64_t id, const HandoverLine& line,
                     std::initializer_list<HandoverLine::State> from);

/// The records in somebody's hands that are neither finished nor void, by ledger, the newest first: those that
/// `reader` may read, and how many others there are.
struct OpenWork {
  std::vector<ListRow> rows;
  std::int64_t hidden = 0;
};
Result<OpenWork> open_work_of(store::Session& session, const Town& town, const rules::Person& handler,
                              const rules::Person& reader, Date today);

}  // namespace zs::ledger
