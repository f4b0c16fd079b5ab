// Moments: an instant of the server (UTC), and the civil minute of an act at the jurisdiction's fixed offset.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace zs {

/// An instant: milliseconds since 1970-01-01T00:00Z.
struct Instant {
  std::int64_t utc_ms = 0;
  auto operator<=>(const Instant&) const = default;
};

/// A civil minute, without a zone: 2023-09-29T15:30. Minutes since 1970-01-01T00:00 of the civil clock.
struct Moment {
  std::int64_t minutes = 0;
  auto operator<=>(const Moment&) const = default;
  Date day() const;
  std::string text() const;
};

/// Reads 2023-09-29T15:30.
std::optional<Moment> parse_moment(std::string_view text);
/// The first minute of a day.
Moment start_of(Date day);

/// A fixed offset from UTC, in minutes; +08:00 is 480.
struct UtcOffset {
  int minutes = 0;
};
std::optional<UtcOffset> parse_offset(std::string_view text);
/// The civil minute of an instant.
Moment civil(Instant instant, UtcOffset offset);
/// The instant at which a civil day begins.
Instant instant_of(Moment moment, UtcOffset offset);

}  // namespace zs
