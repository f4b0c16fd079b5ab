#include "house/cpp_text.h"

#include <algorithm>
#include <cctype>
#include <regex>

namespace zs::house {
namespace {

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) { text_.code = source; }

  CppText run() {
    while (at_ < source_.size()) step();
    find_includes();
    return std::move(text_);
  }

 private:
  bool here(std::string_view word) const { return source_.substr(at_).starts_with(word); }

  void step() {
    if (here("//")) return blank(std::min(source_.find('\n', at_), source_.size()));
    if (here("/*")) return blank(after("*/", at_ + 2));
    if (here("R\"") && !is_name_before()) return raw_string();
    if (source_[at_] == '"') return quoted('"');
    if (source_[at_] == '\'' && !is_digit_separator()) return quoted('\'');
    ++at_;
  }

  bool is_name_before() const { return at_ > 0 && (std::isalnum(byte(at_ - 1)) != 0 || source_[at_ - 1] == '_'); }
  bool is_digit_separator() const { return at_ > 0 && std::isxdigit(byte(at_ - 1)) != 0; }
  unsigned char byte(std::size_t place) const { return static_cast<unsigned char>(source_[place]); }

  std::size_t after(std::string_view end, std::size_t from) const {
    const std::size_t found = source_.find(end, from);
    return found == std::string_view::npos ? source_.size() : found + end.size();
  }

  void blank(std::size_t end) {
    for (; at_ < end; ++at_) {
      if (text_.code[at_] != '\n') text_.code[at_] = ' ';
    }
  }

  void quoted(char quote) {
    std::size_t end = at_ + 1;
    while (end < source_.size() && source_[end] != quote && source_[end] != '\n') end += source_[end] == '\\' ? 2 : 1;
    end = std::min(end, source_.size());
    if (quote == '"') keep_literal(at_ + 1, end);
    ++at_;
    blank(end);
    at_ = std::min(end + 1, source_.size());
  }

  void raw_string() {
    const std::size_t open = std::min(source_.find('(', at_), source_.size());
    std::string close = ")";
    close.append(source_.substr(at_ + 2, open - at_ - 2)).append("\"");
    const std::size_t end = std::min(source_.find(close, open), source_.size());
    keep_literal(std::min(open + 1, source_.size()), end);
    at_ += 2;
    blank(std::min(end + close.size() - 1, source_.size()));
    at_ = std::min(at_ + 1, source_.size());
  }

  void keep_literal(std::size_t begin, std::size_t end) {
    text_.literals.push_back({line_at(source_, begin), std::string(source_.substr(begin, end - begin))});
  }

  // From the source and not from the blanked code: the path is a literal for the lexer.
  void find_includes() {
    static const std::regex kInclude(R"(^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"])");
    int line = 1;
    for (std::size_t begin = 0; begin < source_.size(); ++line) {
      const std::size_t end = std::min(source_.find('\n', begin), source_.size());
      const std::string text(source_.substr(begin, end - begin));
      std::smatch match;
      if (std::regex_search(text, match, kInclude)) text_.includes.push_back({line, match[1]});
      begin = end + 1;
    }
  }

  std::string_view source_;
  CppText text_;
  std::size_t at_ = 0;
};

// Does the text before a brace read like the head of a function?
bool is_function_head(std::string head) {
  static const std::regex kOther(R"(^\s*(?:\S+\s+)*?(namespace|class|struct|enum|union)\b[^()]*$)");
  static const std::regex kHead(R"(\)\s*(const|noexcept|override|final|mutable|&+|\s)*(->[^;{}]*)?\s*$)");
  static const std::regex kInitialisers(R"(\)[^;{}]*:\s*\w+.*[)}]\s*$)");
  std::replace(head.begin(), head.end(), '\n', ' ');
  if (std::regex_search(head, kOther)) return false;
  return std::regex_search(head, kHead) || std::regex_search(head, kInitialisers);
}

std::size_t closing_brace(std::string_view code, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < code.size(); ++i) {
    if (code[i] == '{') ++depth;
    if (code[i] == '}' && --depth == 0) return i;
  }
  return code.size();
}

}  // namespace

CppText take_apart(std::string_view source) {
  return Lexer(source).run();
}

std::vector<Function> functions_of(const CppText& text) {
  std::vector<Function> functions;
  std::size_t head = 0;
  for (std::size_t i = 0; i < text.code.size(); ++i) {
    const char c = text.code[i];
    if (c == ';' || c == '}') head = i + 1;
    if (c != '{') continue;
    if (is_function_head(text.code.substr(head, i - head))) {
      const std::size_t end = closing_brace(text.code, i);
      const int line = line_at(text.code, i);
      functions.push_back({line, line_at(text.code, end) - line + 1});
      i = end;
    }
    head = i + 1;
  }
  return functions;
}

int line_at(std::string_view text, std::size_t place) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(place, text.size()));
  return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

}  // namespace zs::house
