// A C++ source taken apart for the rules of the house: code without comments, string literals, includes.
//
// Not a compiler: it knows comments, literals, raw strings and braces, which is all that the rules ask for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zs::house {

struct Piece {
  int line = 0;
  std::string text;
};

struct CppText {
  std::string code;             ///< comments and the insides of literals as blanks; the lines stay where they are
  std::vector<Piece> literals;  ///< what stands between the quotes, escapes as written
  std::vector<Piece> includes;  ///< what is included, without quotes or brackets
};

struct Function {
  int line = 0;   ///< where its body begins
  int lines = 0;  ///< of the body, both braces included
};

CppText take_apart(std::string_view source);

/// The outermost functions, by their braces.
std::vector<Function> functions_of(const CppText& text);

int line_at(std::string_view text, std::size_t place);

}  // namespace zs::house
