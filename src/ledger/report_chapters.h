// The yearly report while it is written by many (分章编写): who writes which chapter by when, the words so far, and how
// they were received. Beside the journal: what is published of them is frozen by `publish`.
//
// Kept over a rebuild. Who may do what is the caller's to ask. A chapter may be opened to a writer without an account by
// a secret, of which only the digest is kept; it opens one chapter until it is taken back, a day has passed, or the
// chapter is adopted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

/// Bytes of one chapter's text: some twenty thousand characters.
inline constexpr std::size_t kChapterTextMax = 60'000;

struct ReportChapter {
  /// 待交 · 已交 · 退回 · 采用
  enum class State { open, handed_in, sent_back, adopted };
  int year = 0;
  std::string chapter;  ///< its key in report/annual.md
  std::string unit;     ///< whose members write it
  Date due;
  State state = State::open;
  std::string text;    ///< as written: Markdown with placeholders; empty: nothing yet
  std::string actor;   ///< who did the last step; empty: somebody without an account
  std::string writer;  ///< who handed the text in, or who they said they were behind a link
  Instant at;          ///< of the last step
  std::string says;    ///< why it was sent back
  std::int64_t version = 0;
  std::optional<Date> link_until;  ///< the last day on which its link opens; absent: there is no link
};
std::string_view name_of(ReportChapter::State state);

/// By key. A town file that no server has opened since the table came has none.
Result<std::vector<ReportChapter>> chapters_of_year(store::Session& session, TownId town, int year);
Result<std::optional<ReportChapter>> find_chapter(store::Session& session, TownId town, int year,
                                                  const std::string& chapter);

/// Keeps a chapter as given, its version raised by one; its link stays, but ends with adoption.
/// Errors: conflict if somebody else changed it since `chapter.version` was read (0: it was not there);
/// bad_input if its text is too long.
Result<> keep_chapter(Ledger& ledger, TownId town, const ReportChapter& chapter);

/// A new secret that opens a chapter up to and with a day; the one before opens nothing any more.
/// Errors: not_found (the chapter is nobody's yet), conflict (it is adopted).
Result<std::string> new_chapter_link(Ledger& ledger, TownId town, int year, const std::string& chapter, Date until);
Result<> end_chapter_link(Ledger& ledger, TownId town, int year, const std::string& chapter);
/// The chapter that a secret opens on a day.
Result<std::optional<ReportChapter>> chapter_of_link(store::Session& session, TownId town, const std::string& secret,
                                                     Date today);

}  // namespace zs::ledger
