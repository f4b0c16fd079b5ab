// Values by name, in order of the names: what a record, a row or a change holds.
//
// One piece of memory: there are a hundred at most, they are read far more often than written, and copied whole. A
// reference to a value holds until a name comes or goes.
#pragma once

#include <boost/container/flat_map.hpp>
#include <functional>
#include <string>

#include "base/value.h"

namespace zs {

using Fields = boost::container::flat_map<std::string, Value, std::less<>>;

}  // namespace zs
