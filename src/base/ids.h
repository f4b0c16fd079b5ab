// Identities: small strong types, so that a record's number is never taken for an entry's.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace zs {

/// One town (乡镇、街道) of a database; permanent.
struct TownId {
  std::int64_t number = 0;
  auto operator<=>(const TownId&) const = default;
};

/// One record of a town, of whatever kind; never reused.
struct RecordId {
  std::int64_t number = 0;
  auto operator<=>(const RecordId&) const = default;
};

/// The position of an entry in a town's journal, counted from 1.
struct EntryNumber {
  std::int64_t number = 0;
  auto operator<=>(const EntryNumber&) const = default;
};

/// A row's number inside its record, counted from 1 for each rows field; for life.
using RowNumber = std::int64_t;

/// A reference from one record to another of the same town: "petition/12".
struct Link {
  std::string kind;
  RecordId id;
  auto operator<=>(const Link&) const = default;
};

}  // namespace zs
