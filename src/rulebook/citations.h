// The rules of a rulebook against a folder of law texts: each cited article is there, and the number stands in it.
#pragma once

#include <filesystem>

#include "rulebook/rulebook.h"

namespace zs::rulebook {

struct CitationCheck {
  int checked = 0;       ///< verified rules whose law lies in the folder
  int without_text = 0;  ///< rules whose law does not: page, memory and seed
};

/// Faults: a verified rule whose law, article or number is not found. Errors: the folder cannot be read.
Result<CitationCheck> check_citations(const Rulebook& book, const std::filesystem::path& laws, Faults& faults);

/// An article's text in a law: from 第三十四条 to the next article; empty if it is not there.
std::string article_text(std::string_view law_text, std::string_view article);

/// A number as laws write it: 60 → 六十; 15 → 十五.
std::string chinese_number(int number);

}  // namespace zs::rulebook
