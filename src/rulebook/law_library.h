// Law texts of a folder, article by article: what a citation opens, and where words stand. No rule needs them.
//
// One Markdown file a law, named as rules cite it: 信访工作条例.md, 信访条例@2005-01-10.md for an old version. Articles
// begin a line with 第三十四条; the oldest texts number 一、二、. Immutable once loaded: safe to read from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zs::rulebook {

struct Article {
  std::string name;  ///< 第三十四条, also where the text itself only says 三十四、
  std::string heading;  ///< the chapter and section that it stands under: 第三章 信访事项的处理 第一节 一般规定
  std::string text;  ///< its paragraphs, one a line, the name included
};

struct LawText {
  std::string name;     ///< the file's: what rules cite as their law
  std::string title;    ///< what the text calls itself
  std::string opening;  ///< what stands before the first article: who passed it, when
  std::vector<Article> articles;
  const Article* find_article(std::string_view article) const;
};

/// What articles are in order by: 34 of 第三十四条 and of 第三十四条之一; 0 of what has no number.
std::int64_t article_number(std::string_view article);

/// What a law is called in a citation: 《信访工作条例》, 《信访条例（2005-01-10版）》, 国办发〔2024〕54号.
std::string law_name(std::string_view law);

/// Reads one text; any text is some law, if only one without articles.
LawText read_law(std::string name, std::string_view text);

/// One article that holds the words.
struct LawHit {
  const LawText* law = nullptr;
  const Article* article = nullptr;
  std::string excerpt;  ///< of the article, around the first word: at most about 80 characters
};

class LawLibrary {
 public:
  /// Reads the .md files of a folder. Errors: not_found (no such folder), bad_input (more than kLawsMax files, a file
  /// over kLawBytesMax, or one that is not UTF-8), io.
  static Result<LawLibrary> load(const std::filesystem::path& folder);
  static constexpr std::size_t kLawsMax = 2000, kLawBytesMax = 4'000'000;

  const std::vector<LawText>& laws() const { return laws_; }  ///< by name
  const LawText* find(std::string_view name) const;

  struct Found {
    std::vector<LawHit> hits;  ///< the first of them
    std::size_t total = 0;
  };
  /// The articles that hold all words (they stand with blanks between); a word may also be the law's title. At least
  /// one word must stand in the article itself, unless it is all of a title. Nothing is found by no word.
  Found search(std::string_view words, std::size_t limit) const;

 private:
  std::vector<LawText> laws_;
};

}  // namespace zs::rulebook
