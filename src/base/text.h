// Texts in Chinese: normal form, width on a terminal, words for searching, pinyin.
//
// Pure, and safe from any thread. All texts are UTF-8; bytes that are not become U+FFFD. The words of an index and of a
// query are a format: an index made by one version is read by the next, so it changes only together with a rebuild.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zs {

bool is_utf8(std::string_view text);

/// Unicode normalisation form C: the form in which a text is kept, compared and digested.
std::string nfc(std::string_view text);

/// Compatibility form: full-width letters, digits and signs become the plain ones, ① becomes 1. For comparing and for
/// reading numbers; never for what is kept.
std::string nfkc(std::string_view text);

/// A text in the encoding of old Chinese spreadsheets (GB 18030, which holds GBK and GB 2312) as UTF-8; nothing if it
/// is none.
std::optional<std::string> from_gb18030(std::string_view bytes);

/// How many characters (code points) there are.
std::size_t characters(std::string_view text);

/// Columns on a terminal: two for a Chinese character and full-width punctuation, none for what combines or is
/// invisible. Characters of ambiguous width (“ ” — ·) count one.
int display_width(std::string_view text);
/// The text with blanks behind it up to that width; one blank behind a text that fills it, so that columns stay apart.
std::string padded(std::string_view text, int columns);

/// The words under which a text is found, with a space between: each run of Chinese characters as its pairs of
/// neighbours and its last character alone, each run of letters and digits whole. Full-width forms and capitals are
/// folded. "信访件A12" gives "信访 访件 件 a12".
std::string search_words(std::string_view text);

/// What a query asks of the words of an index.
struct SearchPhrase {
  std::string words;            ///< must stand in the index one after the other; empty if the query has none
  bool last_is_prefix = false;  ///< the last word is one character: it also begins a pair
};

/// A query as a phrase over search_words(): finds every text that holds the query, wherever its words begin and end.
/// "信访件" gives "信访 访件"; "件" gives "件" as a prefix.
SearchPhrase search_phrase(std::string_view query);

/// Pinyin without tones, in small letters, a space between syllables; ü is v, as it is typed: "信访" gives "xin fang".
/// What is not Chinese stays. A character of several readings has its most frequent one, whatever the word.
std::string pinyin(std::string_view text);
/// The first letter of each syllable: "信访" gives "xf".
std::string pinyin_initials(std::string_view text);

}  // namespace zs
