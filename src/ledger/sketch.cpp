#include "ledger/sketch.h"

#include <algorithm>
#include <bit>

#include "base/text.h"

namespace zs::ledger {
namespace {

constexpr std::size_t kBits = 256, kWordBits = 64, kWordBytes = 8;

// The first so many characters, whole.
std::string_view beginning(std::string_view text) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && characters++ == kSubjectCharactersMax) return text.substr(0, at);
  }
  return text;
}

// One Chinese character alone says too little; letters and digits are words.
bool is_lone(std::string_view word) {
  const auto first = static_cast<unsigned char>(word.front());
  return first >= 0xE0 && word.size() <= 4;
}

// FNV-1a: which bit a pair sets is written to disk, so it may not change.
std::uint64_t number_of(std::string_view pair) {
  std::uint64_t number = 14695981039346656037ULL;
  for (const char c : pair) number = (number ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return number ^ (number >> 32U);
}

}  // namespace

std::set<std::string> pairs_of(std::string_view subject) {
  const std::string words = search_words(beginning(subject));
  std::set<std::string> pairs;
  for (std::size_t from = 0; from < words.size();) {
    const std::size_t end = std::min(words.find(' ', from), words.size());
    const std::string_view word = std::string_view(words).substr(from, end - from);
    if (!word.empty() && !is_lone(word)) pairs.emplace(word);
    from = end + 1;
  }
  return pairs;
}

Sketch sketch_of(const std::set<std::string>& pairs) {
  Sketch sketch{};
  for (const std::string& pair : pairs) {
    const std::uint64_t bit = number_of(pair) % kBits;
    sketch[bit / kWordBits] |= std::uint64_t{1} << (bit % kWordBits);
  }
  return sketch;
}

int shared_bits(const Sketch& left, const Sketch& right) {
  int count = 0;
  for (std::size_t word = 0; word < left.size(); ++word) count += std::popcount(left[word] & right[word]);
  return count;
}

store::Blob bytes_of(const Sketch& sketch) {
  store::Blob blob;
  for (const std::uint64_t word : sketch) {
    for (std::size_t byte = kWordBytes; byte-- > 0;)
      blob.bytes.push_back(static_cast<char>((word >> (8 * byte)) & 0xFFU));
  }
  return blob;
}

Sketch sketch_of(const store::Blob& blob) {
  Sketch sketch{};
  for (std::size_t at = 0; at < blob.bytes.size() && at < sketch.size() * kWordBytes; ++at)
    sketch[at / kWordBytes] = (sketch[at / kWordBytes] << 8U) | static_cast<unsigned char>(blob.bytes[at]);
  return sketch;
}

int share_of(const std::set<std::string>& pairs, const std::set<std::string>& others) {
  if (pairs.empty()) return 0;
  const auto shared =
      std::count_if(pairs.begin(), pairs.end(), [&](const std::string& pair) { return others.contains(pair); });
  return static_cast<int>(100 * shared / static_cast<std::int64_t>(pairs.size()));
}

std::vector<store::ResultRow> subject_rows(const rules::Record& record, const std::string& field,
                                           const store::Cell& opened) {
  const auto found = field.empty() ? record.fields.end() : record.fields.find(field);
  const std::string* text = found == record.fields.end() ? nullptr : found->second.as<std::string>();
  if (text == nullptr || record.voided || !std::holds_alternative<std::int64_t>(opened)) return {};
  const auto pairs = pairs_of(*text);
  if (pairs.empty()) return {};
  return {{record.id.number, record.kind, opened, bytes_of(sketch_of(pairs))}};
}

}  // namespace zs::ledger
