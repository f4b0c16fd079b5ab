// What a text of this year still says of an earlier one: a phrase that the wording bank has replaced, a year that is over.
#pragma once

#include <string>
#include <vector>

#include "rulebook/rulebook.h"

namespace zs::report {

/// "第2行第5字：“党的十九大精神”是往年的提法，2023年用“党的二十大精神”", by line and character (from 1).
///
/// An earlier year's number (2022年) counts, but not inside {{#lookback}}…{{/lookback}}, where it is meant; nor does a
/// phrase there. A phrase that stands inside this year's own is none.
std::vector<std::string> stale_in(const std::string& text, const rulebook::Rulebook& book, int year);

}  // namespace zs::report
