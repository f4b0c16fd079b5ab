// JSON → the value of a field: canonical JSON read back (docs/journal-format.md), and what people and programs give.
//
// Pure, safe from any thread. Whatever the JSON, the answer is a value or an error; texts come out in NFC.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string_view>

#include "base/result.h"
#include "base/value.h"
#include "rulebook/kind.h"

namespace zs::rulebook {

inline constexpr std::size_t kTextBytesMax = 20'000;
inline constexpr std::size_t kListItemsMax = 500;
inline constexpr std::size_t kPartyPartsMax = 20;
/// Of a count that is given, either way.
inline constexpr std::int64_t kCountMax = 999'999'999'999;

/// The canonical JSON of a value, read back by its type: null is absent, {"unknown":true} is unknown, money is in fen,
/// dates and moments are ISO texts, a link is "kind/12". Rows are not one value.
/// Errors: bad_input if the JSON holds no value of that type, or one beyond the bounds above.
Result<Value> value_from_json(Type type, const nlohmann::json& json);

/// What is given for a field. As value_from_json(), but:
/// - money may also be a text in yuan ("5000.00"); a whole number is fen;
/// - a choice must be an option that is there and not retired; what is chosen twice counts once;
/// - the parts of a party must be known ones, `birth` a date; a link must lead to a kind that the field allows;
/// - NUL and control characters other than newline and tab are refused;
/// - a text must not be longer than its field's at_most;
/// - an empty or blank text, an empty list and a party without a filled part are absent: nothing was given.
/// Errors: bad_input, naming the field's label, what was given, and how to mend it.
Result<Value> value_from_input(const Field& field, const nlohmann::json& json);

/// The parts of a party, each with its Chinese name, in the order of a form.
struct PartyPart {
  std::string_view key, label;
};
std::span<const PartyPart> party_parts();

/// Whether a value of the type is one text: text, note, choice, staff, org, place.
bool is_text(Type type);

/// The type of the value at a fact's path: `field`, `rows/3/column`, `papers/2/day`; `@since` is a date, `@opened_by` a
/// link, other `@…` are texts. A path that the kind does not know is a text.
Type type_at(const Kind& kind, std::string_view fact_path);

}  // namespace zs::rulebook
