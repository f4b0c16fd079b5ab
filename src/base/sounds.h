// Chinese by its sound: what an index holds of a text, and what a query in Latin letters asks of it.
//
// Pure, and safe from any thread. Like search_words (base/text), both are a format: they change only with a rebuild.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace zs {

/// Each run of syllables as pairs of first letters and as pairs of syllables, the last also alone:
/// "信访件" gives "xf fj j xinfang fangjian jian".
std::string sound_words(std::string_view text);

/// What a query of Latin letters may mean: first letters ("xfj" is "xf fj"), or syllables, of which the last may be
/// unfinished ("xinfa" is "xinfa" as a prefix). Empty if it is not letters alone.
std::vector<SearchPhrase> sound_phrases(std::string_view query);

}  // namespace zs
