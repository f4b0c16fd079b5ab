#include "paper/html.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <fmt/format.h>

#include <cstdlib>
#include <memory>

namespace zs::paper {
namespace {

struct FreeNode {
  void operator()(cmark_node* node) const noexcept { cmark_node_free(node); }
};
struct FreeParser {
  void operator()(cmark_parser* parser) const noexcept { cmark_parser_free(parser); }
};
struct FreeText {
  void operator()(char* text) const noexcept { std::free(text); }
};

// GB/T 9704: A4, 37 mm above, 28 mm at the left, type area 156 × 225 mm; title 2号, body 3号 (16 pt), 28 pt a line.
constexpr std::string_view kStyle = R"(
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { max-width: 156mm; margin: 12mm auto; padding: 0 6mm; color: #1a1a1a; background: #fff;
  font: 16pt/28pt "FangSong", "仿宋", "Noto Serif CJK SC", serif; }
h1 { font: 700 22pt/36pt "FZXiaoBiaoSong", "方正小标宋", "Noto Serif CJK SC", serif; text-align: center; margin: 0 0 28pt; }
h2 { font: 16pt/28pt "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; margin: 14pt 0 0; text-indent: 2em; }
h3 { font: 16pt/28pt "KaiTi", "楷体", "Noto Serif CJK SC", serif; margin: 0; text-indent: 2em; }
p { margin: 0; text-indent: 2em; text-align: justify; }
li { margin-left: 1em; }
a.figure { color: #8c1d18; text-decoration: none; border-bottom: 1px dotted #8c1d18; }
a.figure.part { border-bottom-style: solid; }
.appendix { font: 10.5pt/16pt "Noto Sans CJK SC", sans-serif; margin-top: 40pt; border-top: 2px solid #8c1d18; }
.appendix h2 { font-weight: 700; text-indent: 0; }
.appendix details { margin: 6pt 0; }
.appendix summary { cursor: pointer; }
.appendix table { border-collapse: collapse; width: 100%; margin: 6pt 0 12pt; }
.appendix th, .appendix td { border-bottom: 1px solid #ddd; padding: 3pt 6pt; text-align: left; vertical-align: top; }
.appendix td.number { text-align: right; font-variant-numeric: tabular-nums; }
.appendix p { text-indent: 0; }
h6 { font: 16pt/28pt "FangSong", "仿宋", "Noto Serif CJK SC", serif; text-align: center; margin: 0 0 28pt; }
p.to { text-indent: 0; }
section.part { break-before: page; margin-top: 40pt; }
table.contents td:last-child { color: #8c1d18; }
blockquote { margin: 28pt 4em 0 0; text-align: right; }
blockquote p { text-align: right; text-indent: 0; }
table { border-collapse: collapse; width: 100%; margin: 8pt 0; font-size: 14pt; line-height: 22pt; }
th, td { border: 1px solid #333; padding: 4pt 6pt; text-align: left; font-weight: 400; }
footer.check { margin-top: 40pt; font: 10.5pt/16pt "Noto Sans CJK SC", sans-serif; color: #555; }
@media print { footer.check { position: fixed; bottom: 0; } }
p.taken-back { position: absolute; top: 0; right: 0; text-indent: 0; padding: 2pt 10pt; border: 2px solid #8c1d18; color: #8c1d18;
  background: #fff; font: 12pt/20pt "Noto Sans CJK SC", sans-serif; }
footer.draft { color: #8c1d18; }
.sign { text-align: right; }
@media print { .appendix { break-before: page; } a.figure { color: inherit; border: 0; } }
)";

// GB/T 9704: whom a paper is addressed to stands at the left edge. It is what follows the title or the number and ends
// with a colon; a second such line is another of them if it is no sentence.
std::string with_addressees(std::string html) {
  constexpr std::string_view kBegin = "<p>", kEnd = "：</p>\n", kMarked = "<p class=\"to\">";
  for (const std::string_view head : {"</h6>\n", "</h1>\n"}) {
    std::size_t at = html.find(head);
    if (at == std::string::npos) continue;
    at += head.size();
    for (bool first = true; std::string_view(html).substr(at).starts_with(kBegin); first = false) {
      const std::size_t line = html.find('\n', at);
      if (line == std::string::npos) break;
      const std::string_view text = std::string_view(html).substr(at, line + 1 - at);
      if (!text.ends_with(kEnd) || (!first && text.find("，") != std::string_view::npos)) break;
      html.replace(at, kBegin.size(), kMarked);
      at = line + 1 + kMarked.size() - kBegin.size();
    }
  }
  return html;
}

}  // namespace

std::string html_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out.push_back(c);
    }
  }
  return out;
}

std::string html_body(const std::string& markdown) {
  cmark_gfm_core_extensions_ensure_registered();
  const std::unique_ptr<cmark_parser, FreeParser> parser(cmark_parser_new(CMARK_OPT_VALIDATE_UTF8));
  if (cmark_syntax_extension* table = cmark_find_syntax_extension("table"))
    cmark_parser_attach_syntax_extension(parser.get(), table);
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  const std::unique_ptr<cmark_node, FreeNode> document(cmark_parser_finish(parser.get()));
  const std::unique_ptr<char, FreeText> body(
      cmark_render_html(document.get(), CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser.get())));
  return with_addressees(body.get());
}

std::string html_page(const std::string& title, const std::string& markdown, const std::string& appendix) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}{}</body>\n</html>\n",
      html_escaped(title), kStyle, html_body(markdown), appendix);
}

}  // namespace zs::paper
