#include "rulebook/wording_bank.h"

#include <charconv>

namespace zs::rulebook {
namespace {

constexpr int kFirstYear = 1900, kLastYear = 2999;

int year_in(const std::string& text) {
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && year >= kFirstYear && year <= kLastYear ? year : 0;
}

void read_wording(const Node& key, const Node& map, std::vector<Wording>& bank, Faults& faults) {
  Wording made{key.scalar, map["label"].scalar, {}};
  if (made.label.empty()) faults.add(map.place, "没有写 label（这是什么的提法）", "label is missing");
  for (const auto& [word, value] : map.entries) {
    if (word.scalar != "label" && word.scalar != "by_year")
      faults.add(word.place, "这里只写 label 和 by_year", "only label and by_year stand here");
  }
  for (const auto& [year, phrase] : map["by_year"].entries) {
    const int number = year_in(year.scalar);
    if (number == 0 || phrase.scalar.empty()) {
      faults.add(year.place, "写成“年份: 提法”，如 2022: 党的二十大精神", "write a year and its phrase");
      continue;
    }
    made.by_year[number] = phrase.scalar;
  }
  if (made.by_year.empty()) faults.add(map.place, "没有写 by_year（哪一年起用哪一句）", "by_year is missing");
  bank.push_back(std::move(made));
}

}  // namespace

std::vector<Wording> wording_bank(const Files& files, Faults& faults) {
  std::vector<Wording> bank;
  const auto file = files.find(std::string(kWordingFile));
  if (file == files.end()) return bank;
  const Node root = read_yaml(file->first, file->second, faults);
  for (const auto& [key, map] : root.entries) read_wording(key, map, bank, faults);
  return bank;
}

const std::string* phrase_of(const Wording& wording, int year) {
  const auto after = wording.by_year.upper_bound(year);
  return after == wording.by_year.begin() ? nullptr : &std::prev(after)->second;
}

}  // namespace zs::rulebook
