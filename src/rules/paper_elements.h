// Whether a paper that an act issues would hold the elements that the law asks of its form.
//
// Pure. An element is asked for where its form would print it: inside a section that stays closed it is not, and where
// the form itself says what is written without it ({{^x}}…{{/x}}) it may be absent.
#pragma once

#include <string>
#include <vector>

#include "rules/view.h"

namespace zs::rules {

/// What the paper alone knows: everything else stands in the record.
struct PaperOf {
  bool numbered = false;  ///< it is given a number of its own
};

/// The elements of the form that would come out empty, in its order.
std::vector<std::string> empty_elements(View& after, const rulebook::Form& form, const PaperOf& paper);

}  // namespace zs::rules
