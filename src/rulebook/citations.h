// The rules of a rulebook against a folder of law texts: each cited article is there, and the number stands in it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "rulebook/rulebook.h"

namespace zs::rulebook {

/// The file of a rulebook that keeps, for each rule, the digest of its article as it was read.
inline constexpr std::string_view kReadFile = "read.yaml";

struct CitationCheck {
  int checked = 0;       ///< verified rules whose law lies in the folder
  int without_text = 0;  ///< rules whose law does not: page, memory and seed
  std::map<std::string, std::string> digests;  ///< rule id → SM3 of its article's text, the first 16 digits
};

/// What read.yaml holds: rule id → digest. Empty where the rulebook has none.
std::map<std::string, std::string> digests_read(const Files& files);
/// read.yaml as it is to be written.
std::string read_file_of(const CitationCheck& check);

/// Faults: a verified rule whose law, article or number is not found. Errors: the folder cannot be read.
Result<CitationCheck> check_citations(const Rulebook& book, const std::filesystem::path& laws, Faults& faults);
/// Faults: a rule whose article reads otherwise than when it was read, or was never marked as read.
void check_digests(const Rulebook& book, const CitationCheck& check, Faults& faults);

/// An article's text in a law: from 第三十四条 to the next article; empty if it is not there.
std::string article_text(std::string_view law_text, std::string_view article);

}  // namespace zs::rulebook
