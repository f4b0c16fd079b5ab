// A town as the writer knows it: head of the journal, rules in force, registers. Made from the database, kept in memory
// while no other program has written.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "ledger/merkle.h"
#include "rules/decide.h"
#include "store/columns.h"
#include "store/database.h"

namespace zs::ledger {

struct Town {
  TownId id;
  std::string name, character, division;
  Algorithm algorithm = Algorithm::sm3;
  std::string person_key;  ///< for the digests of people's numbers (ledger/finding)
  std::string salt_seed;   ///< demo and tests: salts come from it; empty: from the system's random source
  std::int64_t n = 0;      ///< entries so far
  Frontier frontier{Algorithm::sm3};
  Instant at;  ///< of the last entry
  rules::Supplies supplies;
  std::shared_ptr<const rulebook::Rulebook> book;
  std::shared_ptr<const store::KindTables> tables;
  rulebook::Calendar calendar;
  std::string calendar_digest;
  rules::Settings settings;  ///< town's own, over those of the rulebook; homes as "home.<kind>"
  std::map<std::string, std::string> homes;
  std::map<std::string, rules::Person> staff;
  std::map<std::string, rules::Org> orgs;

  rules::InForce in_force() const { return {book.get(), &calendar, &settings}; }
};

/// A loaded rulebook with the tables of its kinds.
struct Book {
  std::shared_ptr<const rulebook::Rulebook> book;
  std::shared_ptr<const store::KindTables> tables;
};
/// Loaded rulebooks by digest, shared by towns.
using Books = std::map<std::string, Book>;

/// A rulebook that some town adopted once, by its digest; null if this program can no longer read it. Errors: corrupt
/// (its text is gone).
Result<std::shared_ptr<const rulebook::Rulebook>> adopted_book(store::Session& session, const std::string& digest);

/// The head numbers of all towns: to see whether another program has written.
Result<std::int64_t> head_of(store::Session& session, TownId town);
Result<Town> load_town(store::Session& session, TownId id, Books& books);

/// The settings that name the adopted texts: the rulebook's digest, the last calendar's, and for each year that the
/// town adopted by itself the digest of its calendar. A later adoption that holds a year takes the place of an earlier
/// one.
inline constexpr std::string_view kRulebookSetting = "@rulebook";
inline constexpr std::string_view kCalendarSetting = "@calendar";
std::string calendar_key(int year);
/// The setting that names the index of what was published for a year.
std::string published_key(int year);
/// "2024 2025": how an entry names the years that it takes into force.
std::string years_of(const std::vector<rulebook::CalendarYear>& calendar);
/// The calendar in force by the settings: the years of the rulebook, and over them those adopted by themselves.
Result<> load_calendar(store::Session& session, Town& town);

/// The instant of the town's next entry: `at` never decreases. A small unevenness of the clock is smoothed.
/// Errors: conflict (the clock is set back).
Result<Instant> instant_for(const Town& town, std::optional<Instant> given, Instant now);

/// A rulebook kept in the database as one text, and back.
std::string bundle_of(const rulebook::Files& files);
Result<rulebook::Files> unbundle(std::string_view text);

}  // namespace zs::ledger
