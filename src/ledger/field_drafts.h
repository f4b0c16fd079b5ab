// What was noted outside (外勤): a draft until the office makes a record of it, or declines it with a reason.
//
// Beside the journal, kept over a rebuild. Once a draft has become a record, its values stand there alone: the copy
// here is emptied in the same transaction, so that erasing them in the record erases them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

struct FieldDraft {
  enum class State { waiting, accepted, declined };
  std::int64_t id = 0;
  std::string kind, sender;
  std::string key;   ///< one sending, unique per sender
  Date day;          ///< on which it happened
  Instant at;        ///< sent
  std::string body;  ///< {"values":{},"rows":{}} as the API takes them; empty once accepted
  State state = State::waiting;
  std::string actor;  ///< who settled it
  Instant settled;
  std::string says;  ///< why it was declined
  RecordId record;   ///< what it became
};
std::string_view name_of(FieldDraft::State state);

/// Keeps a draft and answers its id; the same key of the same sender answers the first one.
struct Sent {
  std::int64_t id = 0;
  bool repeated = false;
};
Result<Sent> send_draft(Ledger& ledger, TownId town, const FieldDraft& draft);

Result<std::optional<FieldDraft>> find_draft(store::Session& session, TownId town, std::int64_t id);
/// Those that wait, the oldest day first; or those of one sender, the newest first. kDraftsMax at most.
inline constexpr std::int64_t kDraftsMax = 500;
Result<std::vector<FieldDraft>> waiting_drafts(store::Session& session, TownId town);
Result<std::vector<FieldDraft>> drafts_of(store::Session& session, TownId town, const std::string& sender);

/// Writes how a draft was settled, inside a transaction of the ledger. Errors: conflict if it does not wait any more.
Result<> settle_draft(store::Session& session, TownId town, const FieldDraft& draft);

}  // namespace zs::ledger
