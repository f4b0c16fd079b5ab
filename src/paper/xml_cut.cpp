#include "paper/xml_cut.h"

#include <fmt/format.h>

namespace zs::paper {
namespace {

constexpr std::size_t kPrologBytesMax = 64 * 1024;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool ends_name(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '/' || c == '>';
}

}  // namespace

XmlCut::XmlCut(std::string name, std::string part, std::function<Result<bool>(std::string&)> take)
    : name_(std::move(name)), part_(std::move(part)), take_(std::move(take)) {}

Error XmlCut::wrong(std::string_view zh, std::string_view en) const {
  return bad_input(fmt::format("文件的 {} 部分{}", part_, zh), fmt::format("the file's part {} {}", part_, en));
}

// Skips declaration and comments to the root, whose prefix (x:worksheet) the elements share. True once it is found.
Result<bool> XmlCut::find_root() {
  std::size_t at = buffer_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  const std::string_view text = buffer_;
  while (true) {
    at = text.find_first_not_of(" \t\r\n", at);
    if (at == std::string_view::npos || at + 4 > text.size()) break;
    if (text[at] != '<')
      return wrong("不是 UTF-8 的 XML，不读；用 WPS 或者 Excel 另存为 .xlsx 再试",
                   "is no XML in UTF-8: save the file as .xlsx again");
    const bool comment = text.substr(at, 4) == "<!--";
    if (text[at + 1] == '?' || comment) {
      const std::size_t end = text.find(comment ? "-->" : "?>", at);
      if (end == std::string_view::npos) break;
      at = end + (comment ? 3 : 2);
      continue;
    }
    if (text[at + 1] == '!')
      return wrong("带有 DOCTYPE 或者实体定义，正常的表格没有，不读",
                   "has a document type or entities, which no honest sheet has: it is not read");
    const std::size_t end = text.find_first_of(" \t\r\n/>", at + 1);
    if (end == std::string_view::npos) break;
    const std::string_view root = text.substr(at + 1, end - at - 1);
    const std::size_t colon = root.find(':');
    const std::string prefix(colon == std::string_view::npos ? "" : root.substr(0, colon + 1));
    open_ = "<" + prefix + name_;
    close_ = "</" + prefix + name_;
    buffer_.erase(0, end);
    in_root_ = true;
    return true;
  }
  if (buffer_.size() > kPrologBytesMax) return wrong("开头不正常，不读", "begins in no usual way: it is not read");
  return false;
}

// The next element in the buffer from `begin` on.
XmlCut::Found XmlCut::find_element(std::size_t& begin, std::size_t& end) {
  const std::string_view text = buffer_;
  while (true) {
    begin = text.find(open_, begin);
    if (begin == std::string_view::npos) {
      // The last bytes may be the beginning of a tag.
      begin = text.size() > open_.size() ? text.size() - open_.size() : 0;
      return Found::nothing;
    }
    const std::size_t after = begin + open_.size();
    if (after >= text.size()) return Found::partial;
    if (ends_name(text[after])) break;
    begin = after;
  }
  const std::size_t tag_end = text.find('>', begin);
  if (tag_end == std::string_view::npos) return Found::partial;
  end = tag_end + 1;
  if (text[tag_end - 1] == '/') return Found::element;
  const std::size_t closing = text.find(close_, end);
  const std::size_t closed = closing == std::string_view::npos ? closing : text.find('>', closing);
  if (closed == std::string_view::npos) return Found::partial;
  end = closed + 1;
  return Found::element;
}

Result<bool> XmlCut::feed(std::string_view piece) {
  buffer_.append(piece);
  if (!in_root_) {
    ZS_TRY(const bool found, find_root());
    if (!found) return true;
  }
  std::size_t at = 0;
  std::size_t end = 0;
  Found found = Found::nothing;
  while ((found = find_element(at, end)) == Found::element) {
    element_.assign(buffer_, at, end - at);
    at = end;
    ZS_TRY(const bool more, take_(element_));
    if (!more) return false;
  }
  buffer_.erase(0, at);
  inside_ = found == Found::partial;
  if (buffer_.size() > kXmlElementBytesMax)
    return wrong("有一行长得不合常理，不读", "has a row long beyond reason: it is not read");
  return true;
}

Result<> XmlCut::finish() const {
  if (in_root_ && !inside_) return {};
  return wrong("不完整，文件可能没有传完；另存后再试", "ends too early: the file may be incomplete; save it again");
}

}  // namespace zs::paper
