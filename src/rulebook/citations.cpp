#include "rulebook/citations.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <map>

#include "base/digest.h"
#include "base/numerals.h"

namespace zs::rulebook {
namespace {

namespace fs = std::filesystem;

// An article's number without 第 and 条, so that 第六十九条之一 is not taken for 第六十九条.
bool starts_article(std::string_view line) {
  if (!line.starts_with("第")) return false;
  const std::size_t end = line.find("条");
  return end != std::string_view::npos && end < 40;
}

// Older texts have no 第…条: they number 一、二、三、. One paragraph.
std::string plain_article_text(std::string_view law, std::string_view article) {
  constexpr std::string_view kBefore = "第", kAfter = "条";
  if (!article.starts_with(kBefore) || !article.ends_with(kAfter)) return {};
  const std::string_view number = article.substr(kBefore.size(), article.size() - kBefore.size() - kAfter.size());
  const std::string heading = fmt::format("\n{}、", number);
  const std::size_t at = law.find(heading);
  return at == std::string_view::npos ? std::string() : std::string(law.substr(at + 1, law.find('\n', at + 1) - at));
}

std::string fullwidth(int number) {
  std::string text;
  for (const char c : std::to_string(number)) text += fmt::format("\xEF\xBC{}", static_cast<char>(0x90 + (c - '0')));
  return text;
}

bool holds_number(const std::string& text, int number) {
  if (number == 0) return true;
  const std::string plain = std::to_string(number);
  for (const std::string& form : {plain, chinese_number(number), fullwidth(number)}) {
    if (text.find(form) != std::string::npos) return true;
  }
  // 两个月, 两年, 两名 beside 二.
  return number == 2 && (text.find("两") != std::string::npos || text.find("二") != std::string::npos);
}

std::vector<int> numbers_of(const Rule& rule) {
  std::vector<int> numbers;
  for (const auto* period : {&rule.within, &rule.extends, &rule.ahead, &rule.floor}) {
    if (period->kind == RulePeriod::Kind::fixed) numbers.push_back(period->period.count);
  }
  for (const auto& [name, period] : rule.within_by) numbers.push_back(period.count);
  if (rule.number && rule.number_unit != "‰")
    numbers.push_back(static_cast<int>(rule.number_unit == "元" ? *rule.number / 100 : *rule.number));
  return numbers;
}

std::string short_digest(std::string_view text) {
  constexpr std::size_t kDigits = 16;
  return hex(bytes(digest(Algorithm::sm3, {text}))).substr(0, kDigits);
}

}  // namespace

std::map<std::string, std::string> digests_read(const Files& files) {
  std::map<std::string, std::string> digests;
  const auto file = files.find(std::string(kReadFile));
  if (file == files.end()) return digests;
  Faults ignored;
  for (const auto& [rule, value] : read_yaml(file->first, file->second, ignored).entries)
    digests[rule.scalar] = value.scalar;
  return digests;
}

std::string read_file_of(const CitationCheck& check) {
  std::string text = "# 每条规则核对时所读条文的摘要（SM3 前 16 位），由 rulebook check --laws DIR --stamp 写，不用手改。\n";
  for (const auto& [rule, digest] : check.digests) text += fmt::format("{}: \"{}\"\n", rule, digest);
  return text;
}

void check_digests(const Rulebook& book, const CitationCheck& check, Faults& faults) {
  const auto read = digests_read(book.files);
  for (const auto& [id, digest] : check.digests) {
    const Rule* rule = book.find_rule(id);
    const auto known = read.find(id);
    if (known == read.end()) {
      faults.add(rule->place, fmt::format("规则“{}”所引的{}没有记下核对过：核对以后加 --stamp 运行", id, rule->citation()),
                 fmt::format("{}: its article was never marked as read; read it, then run with --stamp", id));
    } else if (known->second != digest) {
      faults.add(rule->place,
                 fmt::format("规则“{}”所引的{}和核对时不同：重新核对规则和站在它上面的关口、期限、文书、场景，再加 --stamp 运行",
                             id, rule->citation()),
                 fmt::format("{}: its article reads otherwise than when it was read; read it again, then --stamp", id));
    }
  }
}

std::string article_text(std::string_view law, std::string_view article) {
  std::string found;
  bool inside = false;
  bool any = false;
  std::string_view rest = law;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (starts_article(line)) {
      any = true;
      if (inside) break;
      inside = line.starts_with(article) && !line.substr(article.size()).starts_with("之");
    }
    if (inside) found += std::string(line) + "\n";
  }
  return any ? found : plain_article_text(law, article);
}

Result<CitationCheck> check_citations(const Rulebook& book, const fs::path& laws, Faults& faults) {
  std::error_code error;
  if (!fs::is_directory(laws, error))
    return not_found(fmt::format("没有法条文件夹 {}", laws.string()),
                     fmt::format("no folder of laws {}", laws.string()));
  std::map<std::string, std::string> texts;
  CitationCheck done;
  for (const Rule& rule : book.rules) {
    if (rule.certainty != Certainty::verified) {
      ++done.without_text;
      continue;
    }
    auto& text = texts[rule.law];
    if (text.empty()) {
      std::ifstream stream(laws / (rule.law + ".md"), std::ios::binary);
      text.assign(std::istreambuf_iterator<char>(stream), {});
    }
    if (text.empty()) {
      faults.add(rule.place, fmt::format("规则“{}”：没有《{}》的法条文本", rule.id, rule.law),
                 fmt::format("{}: there is no text of {}", rule.id, rule.law));
      continue;
    }
    const std::string article = article_text(text, rule.article);
    if (article.empty()) {
      faults.add(rule.place, fmt::format("规则“{}”：《{}》没有{}", rule.id, rule.law, rule.article),
                 fmt::format("{}: {} has no {}", rule.id, rule.law, rule.article));
      continue;
    }
    ++done.checked;
    done.digests[rule.id] = short_digest(article);
    for (const int number : numbers_of(rule)) {
      if (holds_number(article, number)) continue;
      faults.add(rule.place, fmt::format("规则“{}”：《{}》{}里没有“{}”", rule.id, rule.law, rule.article, number),
                 fmt::format("{}: {} {} does not hold the number {}", rule.id, rule.law, rule.article, number));
    }
  }
  return done;
}

}  // namespace zs::rulebook
