#include "base/sounds.h"

#include <algorithm>
#include <set>

namespace zs {
namespace {

constexpr std::size_t kQueryMax = 60;
constexpr std::size_t kSyllableMax = 6;  // zhuang

using Syllables = std::vector<std::string>;

// Runs of syllables; what is neither letter nor digit ends a run.
std::vector<Syllables> runs_of(std::string_view text) {
  std::vector<Syllables> runs(1);
  bool inside = false;
  for (const char c : pinyin(text)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter) {
      if (!inside) runs.back().emplace_back();
      runs.back().back().push_back(c);
    } else if (c != ' ' && !runs.back().empty()) {
      runs.emplace_back();
    }
    inside = letter;
  }
  return runs;
}

void add_word(std::string& words, std::string_view first, std::string_view second) {
  if (!words.empty()) words.push_back(' ');
  words.append(first).append(second);
}

// All syllables that a character has. Read once from the transliterator: some 0.1 s.
const std::set<std::string, std::less<>>& all_syllables() {
  static const std::set<std::string, std::less<>> kAll = [] {
    std::set<std::string, std::less<>> all;
    constexpr int kFirst = 0x4E00, kLast = 0x9FA5;
    for (int c = kFirst; c <= kLast; ++c) {
      const char utf8[] = {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3F)),
                           static_cast<char>(0x80 | (c & 0x3F))};
      std::string syllable = pinyin({utf8, 3});
      if (std::all_of(syllable.begin(), syllable.end(), [](char l) { return l >= 'a' && l <= 'z'; }))
        all.insert(std::move(syllable));
    }
    return all;
  }();
  return kAll;
}

bool begins_syllable(std::string_view text) {
  const auto at = all_syllables().lower_bound(text);
  return at != all_syllables().end() && at->starts_with(text);
}

// Into the fewest syllables, of which the last may be unfinished; empty if there is no way.
Syllables syllables_of(std::string_view letters) {
  std::vector<std::size_t> count(letters.size() + 1, letters.size() + 1), from(letters.size() + 1, 0);
  count[0] = 0;
  for (std::size_t end = 1; end <= letters.size(); ++end) {
    for (std::size_t begin = end - std::min(end, kSyllableMax); begin < end; ++begin) {
      const std::string_view part = letters.substr(begin, end - begin);
      const bool fits = all_syllables().contains(part) || (end == letters.size() && begins_syllable(part));
      if (!fits || count[begin] + 1 >= count[end]) continue;
      count[end] = count[begin] + 1;
      from[end] = begin;
    }
  }
  Syllables found;
  if (count[letters.size()] > letters.size()) return found;
  for (std::size_t end = letters.size(); end > 0; end = from[end])
    found.emplace_back(letters.substr(from[end], end - from[end]));
  std::reverse(found.begin(), found.end());
  return found;
}

}  // namespace

std::string sound_words(std::string_view text) {
  std::string words;
  for (const Syllables& run : runs_of(text)) {
    for (std::size_t i = 0; i < run.size(); ++i)
      add_word(words, run[i].substr(0, 1), i + 1 < run.size() ? run[i + 1].substr(0, 1) : std::string());
    for (std::size_t i = 0; i < run.size(); ++i)
      add_word(words, run[i], i + 1 < run.size() ? run[i + 1] : std::string());
  }
  return words;
}

std::vector<SearchPhrase> sound_phrases(std::string_view query) {
  std::string letters;
  for (const char c : query) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (small >= 'a' && small <= 'z')
      letters.push_back(small);
    else if (c != ' ' && c != '\'')
      return {};
  }
  if (letters.size() < 2 || letters.size() > kQueryMax) return {};
  std::vector<SearchPhrase> phrases(1);
  for (std::size_t i = 0; i + 1 < letters.size(); ++i) add_word(phrases[0].words, letters.substr(i, 2), {});
  const Syllables syllables = syllables_of(letters);
  if (syllables.empty()) return phrases;
  SearchPhrase spoken{syllables.size() == 1 ? syllables[0] : std::string(), true};
  for (std::size_t i = 0; i + 1 < syllables.size(); ++i) add_word(spoken.words, syllables[i], syllables[i + 1]);
  phrases.push_back(std::move(spoken));
  return phrases;
}

}  // namespace zs
