// The wording bank (report/wording.yaml): phrases that name a meeting, a plan or a year, by the year from which reports
// use them. A file of the rulebook: a phrase comes with a document from above, is adopted like a rule, and stands for
// all years in one place.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rulebook/rulebook.h"

namespace zs::rulebook {

inline constexpr std::string_view kWordingFile = "report/wording.yaml";

struct Wording {
  std::string key, label;
  std::map<int, std::string> by_year;  ///< from that year's report on, until the next
};

/// Every fault of the file is in `faults`; a rulebook without the file has no phrases.
std::vector<Wording> wording_bank(const Files& files, Faults& faults);
/// The phrase of a year; null before the first.
const std::string* phrase_of(const Wording& wording, int year);

}  // namespace zs::rulebook
