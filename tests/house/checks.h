// The rules of the house, each a function from a source to its faults. house.md and style.md say why.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "house/cpp_text.h"

namespace zs::house {

/// A file of src/, its path relative to src/.
struct Source {
  std::string path;
  CppText text;
};

/// Reads as "src/rules/term.cpp:12: …".
struct Fault {
  std::string path;
  int line = 0;
  std::string text;
  std::string message() const;
};

using Faults = std::vector<Fault>;

/// No include that goes up the floors, or across them.
Faults check_floors(const Source& source);
/// Each library's header only in the file that wraps it.
Faults check_libraries(const Source& source);
/// SQL only in store and ledger.
Faults check_sql(const Source& source);
/// No kind of the rulebook is named: neither in an identifier nor in a string.
Faults check_kinds(const Source& source, const std::vector<std::string>& kinds);
/// Days are counted in base/date and rules/term only.
Faults check_day_arithmetic(const Source& source);

/// The kinds of a rulebook whose key is long enough to be no everyday word of a program.
std::vector<std::string> kinds_of(const std::filesystem::path& rulebook);
std::vector<Source> sources_below(const std::filesystem::path& folder);

/// A line each: files over 400 lines and functions over 50.
std::vector<std::string> longest(const std::vector<Source>& sources);

}  // namespace zs::house
