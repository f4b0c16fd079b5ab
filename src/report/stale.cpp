#include "report/stale.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/numerals.h"
#include "rulebook/wording_bank.h"

namespace zs::report {
namespace {

constexpr std::string_view kOpens = "{{#lookback}}", kCloses = "{{/lookback}}", kYear = "年";
constexpr std::size_t kDigits = 4;

struct Found {
  std::size_t at = 0;
  std::string says;
};

// Blanks what is a look-back, byte for byte, so that places stay places.
std::string without_lookbacks(std::string text) {
  for (std::size_t at = text.find(kOpens); at != std::string::npos; at = text.find(kOpens, at + 1)) {
    const std::size_t close = std::min(text.find(kCloses, at), text.size());
    for (std::size_t i = at; i < close; ++i) {
      // Lines and characters are still counted by what remains of them.
      if (text[i] != '\n' && (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) text[i] = ' ';
    }
  }
  return text;
}

std::string place_of(const std::string& text, std::size_t at) {
  const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
  const std::size_t begins = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  const auto character =
      std::count_if(text.begin() + static_cast<std::ptrdiff_t>(begins), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return fmt::format("第{}行第{}字", line, character + 1);
}

// One digit that ends at `end`: 2, or 二 as a document writes years. Its length in bytes, none: 0.
std::size_t digit_before(const std::string& text, std::size_t end, int& digit) {
  std::size_t begin = end;
  while (begin > 0 && (static_cast<unsigned char>(text[--begin]) & 0xC0U) == 0x80U) {
  }
  const std::string_view last = std::string_view(text).substr(begin, end - begin);
  digit = last.size() == 1 && last[0] >= '0' && last[0] <= '9' ? last[0] - '0' : numeral_of(last);
  return digit < 0 ? 0 : last.size();
}

// The four digits before a 年; what has more of them is no year.
std::optional<std::pair<std::size_t, int>> year_before(const std::string& text, std::size_t end) {
  int year = 0;
  int place = 1;
  for (std::size_t i = 0; i < kDigits; ++i, place *= 10) {
    int digit = 0;
    const std::size_t length = digit_before(text, end, digit);
    if (length == 0) return std::nullopt;
    year += digit * place;
    end -= length;
  }
  int more = 0;
  if (digit_before(text, end, more) > 0) return std::nullopt;
  return std::pair(end, year);
}

void find_years(const std::string& text, int year, std::vector<Found>& found) {
  for (std::size_t at = text.find(kYear); at != std::string::npos; at = text.find(kYear, at + 1)) {
    const auto number = year_before(text, at);
    if (!number || number->second >= year) continue;
    found.push_back({number->first, fmt::format("“{}年”是往年；确实要说往年的，放进{}…{}",
                                                text.substr(number->first, at - number->first), kOpens, kCloses)});
  }
}

void find_phrases(const std::string& text, const rulebook::Wording& wording, int year, std::vector<Found>& found) {
  const std::string* now = rulebook::phrase_of(wording, year);
  for (const auto& [since, phrase] : wording.by_year) {
    if (since >= year || now == nullptr || phrase == *now || now->find(phrase) != std::string::npos) continue;
    for (std::size_t at = text.find(phrase); at != std::string::npos; at = text.find(phrase, at + 1))
      found.push_back({at, fmt::format("“{}”是往年的提法，{}年用“{}”", phrase, year, *now)});
  }
}

}  // namespace

std::vector<std::string> stale_in(const std::string& text, const rulebook::Rulebook& book, int year) {
  const std::string read = without_lookbacks(text);
  rulebook::Faults ignored;  // the file was checked when the rulebook was loaded
  std::vector<Found> found;
  find_years(read, year, found);
  for (const rulebook::Wording& wording : rulebook::wording_bank(book.files, ignored))
    find_phrases(read, wording, year, found);
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.at < b.at; });
  std::vector<std::string> lines;
  for (const Found& each : found) lines.push_back(place_of(read, each.at) + "：" + each.says);
  return lines;
}

}  // namespace zs::report
