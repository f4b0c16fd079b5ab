#include "rulebook/law_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

#include "base/numerals.h"
#include "base/text.h"

namespace zs::rulebook {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kArticleBefore = "第", kArticleAfter = "条", kAlso = "之", kListed = "、";
constexpr std::size_t kExcerptBefore = 60, kExcerptAfter = 180;  // bytes: three a character

// A blank, or the end of the line: 第十条规定的 in the middle of a text begins no article.
bool ends_name(std::string_view rest) {
  return rest.empty() || rest.front() == ' ' || rest.front() == '\t' || rest.starts_with("　");
}

// The name of the article that a line begins; empty if it begins none.
std::string article_begun(std::string_view line) {
  if (!line.starts_with(kArticleBefore)) return {};
  const std::string_view number = leading_numerals(line.substr(kArticleBefore.size()));
  std::size_t length = kArticleBefore.size() + number.size();
  if (number.empty() || !line.substr(length).starts_with(kArticleAfter)) return {};
  length += kArticleAfter.size();
  if (line.substr(length).starts_with(kAlso)) {
    const std::string_view also = leading_numerals(line.substr(length + kAlso.size()));
    if (!also.empty()) length += kAlso.size() + also.size();
  }
  return ends_name(line.substr(length)) ? std::string(line.substr(0, length)) : std::string();
}

// 三、… of a text that has no 第三条.
std::string item_begun(std::string_view line) {
  const std::string_view number = leading_numerals(line);
  if (number.empty() || !line.substr(number.size()).starts_with(kListed)) return {};
  return fmt::format("{}{}{}", kArticleBefore, number, kArticleAfter);
}

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t')) line.remove_suffix(1);
  while (line.starts_with("　") || line.starts_with(' ')) line.remove_prefix(line.front() == ' ' ? 1 : 3);
  return line;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    if (!line.empty() && !line.starts_with("<!--")) lines.push_back(line);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

// The headings that hold at a place: # is the title, ## a chapter, ### a section of it.
class Headings {
 public:
  // Whether the line is a heading.
  bool take(std::string_view line, LawText& law) {
    std::size_t depth = 0;
    while (depth < line.size() && line[depth] == '#') ++depth;
    if (depth == 0) return false;
    const std::string said(trimmed(line.substr(depth)));
    if (depth == 1 && law.articles.empty()) {
      law.title += (law.title.empty() ? "" : " ") + said;
      return true;
    }
    levels_.resize(std::min(levels_.size(), depth - 1));
    levels_.resize(depth, {});
    levels_.back() = said;
    return true;
  }
  std::string text() const {
    std::string joined;
    for (const std::string& each : levels_) joined += (joined.empty() || each.empty() ? "" : " ") + each;
    return joined;
  }

 private:
  std::vector<std::string> levels_;
};

void add_line(std::string& text, std::string_view line) {
  text += (text.empty() ? "" : "\n") + std::string(line);
}

// As typed: texts of law are compared as they stand, full-width signs and all.
std::vector<std::string> words_of(std::string_view text) {
  constexpr std::string_view kWideBlank = "　";
  std::vector<std::string> words;
  std::string plain(text);
  std::size_t at = 0;
  while ((at = plain.find(kWideBlank, at)) != std::string::npos) plain.replace(at, kWideBlank.size(), " ");
  at = 0;
  while (at < plain.size()) {
    const std::size_t end = std::min(plain.find_first_of(" \t\n", at), plain.size());
    if (end > at) words.push_back(plain.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Around a place, cut between characters, on one line.
std::string excerpt_around(const std::string& text, std::size_t at) {
  // The head of an article is not cut off for a few characters.
  std::size_t from = at > 2 * kExcerptBefore ? at - kExcerptBefore : 0;
  std::size_t until = std::min(text.size(), at + kExcerptAfter);
  while (from > 0 && continues(text[from])) --from;
  while (until < text.size() && continues(text[until])) ++until;
  std::string made = (from > 0 ? "…" : "") + text.substr(from, until - from) + (until < text.size() ? "…" : "");
  std::replace(made.begin(), made.end(), '\n', ' ');
  return made;
}

// The excerpt of an article that holds all words; nothing if it does not.
std::optional<std::string> held(const LawText& law, const Article& article, const std::vector<std::string>& words) {
  std::optional<std::size_t> first;
  bool whole_title = true;
  for (const std::string& word : words) {
    // 第三条 asked for is that article, not each that speaks of it or is called 第三条之一.
    const std::size_t at =
        article_begun(word) == word ? (article.name == word ? 0 : std::string::npos) : article.text.find(word);
    const bool in_title = law.title.find(word) != std::string::npos || law.name.find(word) != std::string::npos;
    if (at == std::string::npos && !in_title) return std::nullopt;
    if (at != std::string::npos && !first) first = at;
    whole_title = whole_title && (word == law.title || word == law.name);
  }
  if (!first && !whole_title) return std::nullopt;
  return excerpt_around(article.text, first.value_or(0));
}

}  // namespace

std::int64_t article_number(std::string_view article) {
  if (article.starts_with(kArticleBefore)) article.remove_prefix(kArticleBefore.size());
  return numerals_value(leading_numerals(article)).value_or(0);
}

const Article* LawText::find_article(std::string_view article) const {
  const auto found =
      std::find_if(articles.begin(), articles.end(), [&](const auto& each) { return each.name == article; });
  return found == articles.end() ? nullptr : &*found;
}

std::string law_name(std::string_view law) {
  // An old version of a law is named by its date: 信访条例@2005-01-10.
  const std::size_t version = law.find('@');
  const std::string name = version == std::string_view::npos
                               ? std::string(law)
                               : fmt::format("{}（{}版）", law.substr(0, version), law.substr(version + 1));
  const bool numbered = name.find("〔") != std::string::npos;
  return numbered ? name : fmt::format("《{}》", name);
}

LawText read_law(std::string name, std::string_view text) {
  LawText law{std::move(name), {}, {}, {}};
  const std::vector<std::string_view> lines = lines_of(text);
  const bool named = std::any_of(lines.begin(), lines.end(), [](auto line) { return !article_begun(line).empty(); });
  Headings headings;
  for (const std::string_view line : lines) {
    if (headings.take(line, law)) continue;
    std::string begun = named ? article_begun(line) : item_begun(line);
    if (!begun.empty()) law.articles.push_back({std::move(begun), headings.text(), {}});
    add_line(law.articles.empty() ? law.opening : law.articles.back().text, line);
  }
  if (law.title.empty()) law.title = law.name;
  return law;
}

Result<LawLibrary> LawLibrary::load(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return not_found(fmt::format("没有法条文件夹 {}", folder.string()),
                     fmt::format("no folder of laws {}", folder.string()));
  LawLibrary made;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".md" || !entry.is_regular_file(error)) continue;
    const std::string shown = entry.path().string();
    if (made.laws_.size() == kLawsMax)
      return bad_input(fmt::format("法条文件夹 {} 里超过 {} 部", folder.string(), kLawsMax),
                       fmt::format("more than {} laws in {}", kLawsMax, folder.string()));
    if (entry.file_size(error) > kLawBytesMax)
      return bad_input(fmt::format("{} 超过 {} MB，不像一部法", shown, kLawBytesMax / 1'000'000),
                       fmt::format("{} is larger than {} MB", shown, kLawBytesMax / 1'000'000));
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) return io_error(fmt::format("读不了 {}", shown), fmt::format("cannot read {}", shown));
    if (!is_utf8(text))
      return bad_input(fmt::format("{} 不是 UTF-8 编码，请另存为 UTF-8", shown), fmt::format("{} is not UTF-8", shown));
    made.laws_.push_back(read_law(entry.path().stem().string(), text));
  }
  std::sort(made.laws_.begin(), made.laws_.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return made;
}

const LawText* LawLibrary::find(std::string_view name) const {
  const auto found =
      std::lower_bound(laws_.begin(), laws_.end(), name, [](const auto& a, auto b) { return a.name < b; });
  return found == laws_.end() || found->name != name ? nullptr : &*found;
}

LawLibrary::Found LawLibrary::search(std::string_view words, std::size_t limit) const {
  Found found;
  const std::vector<std::string> asked = words_of(words);
  if (asked.empty()) return found;
  for (const LawText& law : laws_) {
    for (const Article& article : law.articles) {
      auto excerpt = held(law, article, asked);
      if (!excerpt) continue;
      ++found.total;
      if (found.hits.size() < limit) found.hits.push_back({&law, &article, *std::move(excerpt)});
    }
  }
  return found;
}

}  // namespace zs::rulebook
