// Markdown → HTML with the measures of an official paper, ready for print.
#pragma once

#include <string>

namespace zs::paper {

/// The Markdown as HTML, without a page around it. Raw HTML in it is left out.
std::string html_body(const std::string& markdown);

/// A whole HTML page: the Markdown as its body, the title in its head, a style by GB/T 9704 (A4, margins, type).
/// `appendix` is HTML that stands after it.
std::string html_page(const std::string& title, const std::string& markdown, const std::string& appendix);

std::string html_escaped(const std::string& text);

}  // namespace zs::paper
