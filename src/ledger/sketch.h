// The sketch of a subject: 256 bits, one for each pair of neighbouring characters, by which two texts are told to be
// alike without reading them. Part of a record's projection. Private to src/ledger.
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/facts.h"
#include "store/database.h"

namespace zs::ledger {

/// What is looked at of a subject, in characters: what follows is detail.
inline constexpr std::size_t kSubjectCharactersMax = 120;

/// The pairs of neighbouring characters of a text, folded as search words are; words of letters and digits whole.
std::set<std::string> pairs_of(std::string_view subject);

using Sketch = std::array<std::uint64_t, 4>;
Sketch sketch_of(const std::set<std::string>& pairs);
/// How many bits two sketches share.
int shared_bits(const Sketch& left, const Sketch& right);
/// The sketch as it is stored, 32 bytes, the first word first and its highest byte first.
store::Blob bytes_of(const Sketch& sketch);
Sketch sketch_of(const store::Blob& bytes);

/// How many of the first's pairs the second has, in percent.
int share_of(const std::set<std::string>& pairs, const std::set<std::string>& others);

/// The row of a record in the table `subject`: none without a subject, a day or if it is void. `field`: of its kind.
std::vector<store::ResultRow> subject_rows(const rules::Record& record, const std::string& field,
                                           const store::Cell& opened);

}  // namespace zs::ledger
