#include "base/text.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace zs {
namespace {

icu::UnicodeString utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

std::string utf8(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The program's own data tables are missing if one of these fails: nothing that a caller could mend.
const icu::Normalizer2& normaliser(const icu::Normalizer2* (*instance)(UErrorCode&)) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* const found = instance(code);
  ZS_ASSERT(U_SUCCESS(code));
  return *found;
}

icu::UnicodeString normalised(const icu::Normalizer2& form, const icu::UnicodeString& text) {
  UErrorCode code = U_ZERO_ERROR;
  icu::UnicodeString result = form.normalize(text, code);
  ZS_ASSERT(U_SUCCESS(code));
  return result;
}

std::vector<UChar32> characters(const icu::UnicodeString& text) {
  std::vector<UChar32> result;
  result.reserve(static_cast<std::size_t>(text.length()));
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) result.push_back(text.char32At(i));
  return result;
}

bool is_chinese(UChar32 c) {
  UErrorCode code = U_ZERO_ERROR;
  return uscript_getScript(c, &code) == USCRIPT_HAN;
}

bool is_word_part(UChar32 c) {
  return u_isalnum(c) && !is_chinese(c);
}

// A stretch of a text in which all characters are Chinese, or all are letters and digits.
struct Run {
  bool chinese = false;
  std::vector<UChar32> characters;
};

std::vector<Run> runs_of(std::string_view text) {
  static const icu::Normalizer2& fold = normaliser(&icu::Normalizer2::getNFKCCasefoldInstance);
  std::vector<Run> runs;
  bool open = false;  // does the last run go on?
  for (const UChar32 c : characters(normalised(fold, utf16(text)))) {
    const bool chinese = is_chinese(c);
    if (!chinese && !is_word_part(c)) {
      open = false;
      continue;
    }
    if (!open || runs.back().chinese != chinese) runs.push_back({chinese, {}});
    runs.back().characters.push_back(c);
    open = true;
  }
  return runs;
}

class Words {
 public:
  void add(const UChar32* begin, const UChar32* end) {
    if (!text_.isEmpty()) text_.append(u' ');
    for (; begin != end; ++begin) text_.append(*begin);
  }
  std::string text() const { return utf8(text_); }

 private:
  icu::UnicodeString text_;
};

enum class LastCharacter { alone, left_out };

void add_run(Words& words, const Run& run, LastCharacter last) {
  const UChar32* const begin = run.characters.data();
  const UChar32* const end = begin + run.characters.size();
  if (!run.chinese) return words.add(begin, end);
  for (const UChar32* c = begin; c + 1 < end; ++c) words.add(c, c + 2);
  if (last == LastCharacter::alone || run.characters.size() == 1) words.add(end - 1, end);
}

std::unique_ptr<icu::Transliterator> make_transliterator() {
  UErrorCode code = U_ZERO_ERROR;
  std::unique_ptr<icu::Transliterator> made{
      icu::Transliterator::createInstance("Han-Latin; NFD; Lower", UTRANS_FORWARD, code)};
  ZS_ASSERT(U_SUCCESS(code));
  return made;
}

// Where the first reading of the tables is not the one that people type: 征地, 调解, 曾某.
constexpr std::pair<UChar32, const char16_t*> kReadings[] = {{U'地', u"di"}, {U'调', u"tiao"}, {U'曾', u"zeng"}};

// The syllable of a character, without its tone.
icu::UnicodeString read_syllable(const icu::Transliterator& transliterator, UChar32 character) {
  for (const auto& [known, reading] : kReadings) {
    if (character == static_cast<UChar32>(known)) return reading;
  }
  icu::UnicodeString latin(character);
  transliterator.transliterate(latin);
  constexpr UChar32 kDiaeresis = 0x308;
  icu::UnicodeString plain;
  for (const UChar32 c : characters(latin)) {
    if (c == kDiaeresis && plain.endsWith(u"u")) {
      plain.truncate(plain.length() - 1);
      plain.append(u'v');
    } else if ((U_GET_GC_MASK(c) & U_GC_MN_MASK) == 0) {
      plain.append(c);
    }
  }
  return plain.trim();
}

// Making a transliterator takes 0.1 s, so there is one; ICU does not promise that several threads may use it at once.
// Using it takes 6 µs a character, so each thread keeps what it asked: there are only so many characters.
const icu::UnicodeString& syllable_of(UChar32 character) {
  thread_local std::unordered_map<UChar32, icu::UnicodeString> known;
  const auto found = known.find(character);
  if (found != known.end()) return found->second;
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  static const std::unique_ptr<icu::Transliterator> transliterator = make_transliterator();
  return known.emplace(character, read_syllable(*transliterator, character)).first->second;
}

}  // namespace

bool is_utf8(std::string_view text) {
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    if (c < 0) return false;
  }
  return true;
}

std::string nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  static const icu::Normalizer2& form = normaliser(&icu::Normalizer2::getNFCInstance);
  return utf8(normalised(form, utf16(text)));
}

std::string nfkc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  static const icu::Normalizer2& form = normaliser(&icu::Normalizer2::getNFKCInstance);
  return utf8(normalised(form, utf16(text)));
}

std::optional<std::string> from_gb18030(std::string_view bytes) {
  UErrorCode code = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open("GB18030", &code), &ucnv_close);
  ZS_ASSERT(U_SUCCESS(code));
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &code);
  const icu::UnicodeString read(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(), code);
  if (U_FAILURE(code)) return std::nullopt;
  return utf8(read);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

int display_width(std::string_view text) {
  int columns = 0;
  for (const UChar32 c : characters(utf16(text))) {
    constexpr uint32_t kInvisible = U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK;
    if ((U_GET_GC_MASK(c) & kInvisible) != 0) continue;
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    columns += width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
  }
  return columns;
}

std::string padded(std::string_view text, int columns) {
  const int width = display_width(text);
  return std::string(text).append(static_cast<std::size_t>(std::max(width > 0 ? 1 : 0, columns - width)), ' ');
}

std::string search_words(std::string_view text) {
  Words words;
  for (const Run& run : runs_of(text)) add_run(words, run, LastCharacter::alone);
  return words.text();
}

SearchPhrase search_phrase(std::string_view query) {
  const std::vector<Run> runs = runs_of(query);
  if (runs.empty()) return {};
  // In the text that is sought the last run may go on, so its last character need not stand alone there; an inner run
  // ends in both.
  Words words;
  for (const Run& run : runs)
    add_run(words, run, &run == &runs.back() ? LastCharacter::left_out : LastCharacter::alone);
  return {words.text(), runs.back().chinese && runs.back().characters.size() == 1};
}

std::string pinyin(std::string_view text) {
  icu::UnicodeString result;
  bool after_syllable = false;
  bool after_word = false;
  for (const UChar32 c : characters(utf16(nfc(text)))) {
    const bool chinese = is_chinese(c);
    const bool word = chinese || is_word_part(c);
    if (word && (after_syllable || (chinese && after_word))) result.append(u' ');
    if (chinese)
      result.append(syllable_of(c));
    else
      result.append(u_tolower(c));
    after_syllable = chinese;
    after_word = word;
  }
  return utf8(result);
}

std::string pinyin_initials(std::string_view text) {
  icu::UnicodeString initials;
  bool inside = false;
  for (const UChar32 c : characters(utf16(pinyin(text)))) {
    const bool letter = u_isalnum(c);
    if (letter && !inside) initials.append(c);
    inside = letter;
  }
  return utf8(initials);
}

}  // namespace zs
