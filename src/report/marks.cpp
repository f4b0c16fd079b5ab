#include "report/marks.h"

#include <fmt/format.h>

#include "paper/html.h"

namespace zs::report {

std::string marked(const std::string& key, const std::string& shown) {
  return fmt::format("{}{}{}{}{}", kMarkOpen, key, kMarkMiddle, shown, kMarkClose);
}

bool marks_record(std::string_view key) {
  return key.find('/') != std::string_view::npos;
}

std::string without_marks(std::string text) {
  return with_marks(std::move(text), [](const std::string&, const std::string& shown) { return shown; });
}

std::string fragment_of(const std::string& markdown) {
  return with_marks(paper::html_body(markdown), [](const std::string& key, const std::string& shown) {
    const std::string_view sort = marks_record(key) ? "record" : "figure";
    return fmt::format("<a class=\"{0}\" data-{0}=\"{1}\" href=\"#{1}\">{2}</a>", sort, key, shown);
  });
}

}  // namespace zs::report
