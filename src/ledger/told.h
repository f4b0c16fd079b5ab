// How people of a town want to be told beside the desk: their address, and the secret of their calendar's.
//
// Beside the journal, and theirs to change: an address is no fact of the town.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

struct Told {
  enum class Way { none, daily, each };
  std::string staff;
  std::string mail;
  Way way = Way::none;
  bool feed = false;  ///< has a calendar address
};
std::string_view name_of(Told::Way way);
std::optional<Told::Way> parse_way(std::string_view text);

/// Of one person; who has said nothing is told on the desk alone.
Result<Told> told(Ledger& ledger, TownId town, const std::string& staff);
/// Of all who have said something, by key.
Result<std::vector<Told>> told(store::Session& session, TownId town);
/// Errors: bad_input (a way by mail without an address, or a text that is none).
Result<> change_told(Ledger& ledger, TownId town, const std::string& staff, const std::string& mail, Told::Way way);

/// A new secret for the address of a person's calendar; the one before opens nothing any more.
Result<std::string> new_feed(Ledger& ledger, TownId town, const std::string& staff);
Result<> end_feed(Ledger& ledger, TownId town, const std::string& staff);
/// Whose calendar a secret opens.
Result<std::optional<std::string>> staff_of_feed(Ledger& ledger, TownId town, const std::string& secret);

}  // namespace zs::ledger
