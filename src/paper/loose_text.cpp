#include "paper/loose_text.h"

#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "base/numerals.h"
#include "base/text.h"
#include "paper/decimal.h"
#include "paper/text_key.h"

namespace zs::paper {
namespace {

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2199;
constexpr std::int64_t kCountMax = 1'000'000'000;
constexpr std::int64_t kFenMaxHere = 99'999'999'999'999;

// Widths folded, Chinese numerals as digits, no blanks; between two numbers a blank becomes T: a time follows a day.
std::string with_digits(std::string_view text) {
  const std::string folded = nfkc(text);
  std::string out;
  std::string run;
  bool blank = false;
  const auto put = [&](std::string_view part) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (blank && !out.empty() && digit(out.back()) && digit(part.front())) out += 'T';
    blank = false;
    out += part;
  };
  const auto flush = [&] {
    if (run.empty()) return;
    const auto value = numerals_value(run);
    const std::string part = value ? std::to_string(*value) : run;
    run.clear();
    put(part);
  };
  for (const std::string_view c : characters_of(folded)) {
    if (numeral_of(c) >= 0 || numeral_place(c) != 0) {
      run += c;
      continue;
    }
    flush();
    if (c == " " || c == "\t" || c == "\u3000" || c == "\n")
      blank = true;
    else
      put(c);
  }
  flush();
  return out;
}

// A text taken apart: numbers, and what stands between them.
struct Parts {
  std::vector<std::string> numbers, between;  ///< between[i] stands after numbers[i]
  std::string before;
};
Parts take_apart(std::string_view text) {
  Parts parts;
  std::string* rest = &parts.before;
  bool in_number = false;
  for (const std::string_view c : characters_of(text)) {
    const bool digit = c.size() == 1 && c.front() >= '0' && c.front() <= '9';
    if (digit && !in_number) {
      parts.numbers.emplace_back();
      parts.between.emplace_back();
      rest = &parts.between.back();
    }
    in_number = digit;
    if (digit)
      parts.numbers.back() += c;
    else
      *rest += c;
  }
  return parts;
}

int number_of(const std::string& digits) {
  int value = -1;
  if (digits.size() <= 8) std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

Text no_day(std::string_view text) {
  return {fmt::format("“{}”读不成日期；写成 2023-03-05", shown(text)),
          fmt::format("\"{}\" is no day; write 2023-03-05", shown(text))};
}

Read<LooseMoment> day_from(std::string_view text, int year, int month, int day) {
  if (year >= 0 && year < 100) year += year <= 50 ? 2000 : 1900;
  const auto found = parse_date(fmt::format("{:04}-{:02}-{:02}", year, month, day));
  if (!found)
    return Text{fmt::format("“{}”：没有{}年{}月{}日这一天", shown(text), year, month, day),
                fmt::format("\"{}\": there is no day {}-{}-{}", shown(text), year, month, day)};
  return LooseMoment{*found, {}};
}

Text no_year(std::string_view text) {
  return {fmt::format("“{}”没有写年份，表名和标题里也看不出；用 --year 说明，或者在表里补上", shown(text)),
          fmt::format("\"{}\" has no year, nor has the title: give --year, or write it in the sheet", shown(text))};
}

Text only_month(std::string_view text) {
  return {fmt::format("“{}”只有年月，没有日；查到后补上，查不到的写“不详”", shown(text)),
          fmt::format("\"{}\" is a month without a day; complete it, or write 不详 (unknown)", shown(text))};
}

bool is_joint(std::string_view c) {
  return c == "." || c == "/" || c == "-" || c == "、" || c == "\\" || c == "," || c == "。";
}
bool is_day_end(std::string_view c) {
  return c.empty() || c == "日" || c == "号" || c == "." || c == "。" || c == "日T" || c == "T";
}

// A span: two days, or from … until.
bool is_span(std::string_view text) {
  for (const std::string_view sign : {"至", "到", "~", "—", "–", "--", "起"}) {
    if (text.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

// 10:30, 10:30:15, 10时30分, 10点 behind a day; empty if there is none; -1 if it is none that can be read.
std::optional<int> minute_of(const Parts& parts, std::size_t from) {
  const std::size_t count = parts.numbers.size() - from;
  if (count == 0) return std::nullopt;
  const std::string& after = parts.between[from];
  if (count > 3 || !(after == ":" || after == "时" || after == "点" || after == "点整")) return -1;
  int hour = number_of(parts.numbers[from]);
  const bool later = parts.between[from - 1].find("下午") != std::string::npos ||
                     parts.between[from - 1].find("晚") != std::string::npos;
  if (later && hour > 0 && hour < 12) hour += 12;
  const int minute = count > 1 ? number_of(parts.numbers[from + 1]) : 0;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return -1;
  return hour * 60 + minute;
}

Read<LooseMoment> with_time(std::string_view text, Read<LooseMoment> day, const Parts& parts, std::size_t from) {
  auto* found = std::get_if<LooseMoment>(&day);
  if (found == nullptr) return day;
  found->minute = minute_of(parts, from);
  if (found->minute == -1) return no_day(text);
  return day;
}

// 20230305 and 202303.
Read<LooseMoment> from_run(std::string_view text, const Parts& parts) {
  const std::string& digits = parts.numbers[0];
  if (digits.size() == 6 || digits.size() == 4) return only_month(text);
  const auto cut = [&](std::size_t from, std::size_t count) { return number_of(digits.substr(from, count)); };
  return with_time(text, day_from(text, cut(0, 4), cut(4, 2), cut(6, 2)), parts, 1);
}

// Without weekday in brackets or behind, 上午 and 下午 left for the times that people write with them.
std::string without_weekday(std::string text) {
  for (const std::string_view mark : {"星期", "周"}) {
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) continue;
    const std::size_t begin = at > 0 && text[at - 1] == '(' ? at - 1 : at;
    std::size_t end = at + mark.size();
    const auto next = characters_of(std::string_view(text).substr(end));
    if (!next.empty()) end += next.front().size();
    if (end < text.size() && text[end] == ')') ++end;
    text.erase(begin, end - begin);
  }
  return text;
}

}  // namespace

Read<LooseMoment> read_day(std::string_view text, std::optional<int> year) {
  const std::string plain = with_digits(without_weekday(nfkc(text)));
  if (plain.size() > 60) return no_day(text);
  if (is_span(plain))
    return Text{fmt::format("“{}”是一段时间，这里要一个日子", shown(text)),
                fmt::format("\"{}\" is a span of days; one day is wanted", shown(text))};
  const Parts parts = take_apart(plain);
  const std::size_t count = parts.numbers.size();
  if (count == 0 || !(parts.before.empty() || parts.before == "'")) return no_day(text);
  const std::string& first = parts.between[0];
  if (parts.numbers[0].size() == 8 && is_day_end(first)) return from_run(text, parts);
  if (count == 1 && (parts.numbers[0].size() == 6 || parts.numbers[0].size() == 4) && (first.empty() || first == "年"))
    return only_month(text);
  const int a = number_of(parts.numbers[0]);
  const bool year_first = first == "年" || parts.numbers[0].size() == 4;
  if (count >= 2 && year_first && (is_joint(first) || first == "年")) {
    const int month = number_of(parts.numbers[1]);
    const std::string& second = parts.between[1];
    if (count == 2)
      return second.empty() || second == "月" || second == "月份" ? Read<LooseMoment>(only_month(text)) : no_day(text);
    if ((second != "月" && !is_joint(second)) || !(is_day_end(parts.between[2]) || count > 3)) return no_day(text);
    return with_time(text, day_from(text, a, month, number_of(parts.numbers[2])), parts, 3);
  }
  if (count >= 2 && (first == "月" || is_joint(first))) {
    const int b = number_of(parts.numbers[1]);
    const bool two_digit_year = count >= 3 && is_joint(first) && is_joint(parts.between[1]);
    if (two_digit_year) return with_time(text, day_from(text, a, b, number_of(parts.numbers[2])), parts, 3);
    if (!is_day_end(parts.between[1])) return no_day(text);
    if (!year) return no_year(text);
    return with_time(text, day_from(text, *year, a, b), parts, 2);
  }
  return no_day(text);
}

namespace {

// A number with what stands around it: signs of money and separators taken off, 万 and 亿 as places.
struct Amount {
  std::string plain;  ///< of plain_decimal
  int places = 0;     ///< by 万 and 亿
  std::string unit;   ///< what stands behind
};
std::optional<Amount> amount_of(std::string_view text) {
  std::string plain = nfkc(text);
  for (const std::string_view sign : {" ", ",", "¥", "￥", "人民币", "RMB", "\u3000", "，"}) {
    for (std::size_t at = plain.find(sign); at != std::string::npos; at = plain.find(sign))
      plain.erase(at, sign.size());
  }
  std::size_t end = plain.starts_with('-') || plain.starts_with('+') ? 1 : 0;
  while (end < plain.size() && ((plain[end] >= '0' && plain[end] <= '9') || plain[end] == '.')) ++end;
  const auto number = plain_decimal(std::string_view(plain).substr(0, end));
  if (!number) return std::nullopt;
  Amount amount{*number, 0, plain.substr(end)};
  for (const auto& [word, places] : {std::pair<std::string_view, int>{"万", 4}, {"亿", 8}, {"千", 3}, {"百", 2}}) {
    if (!amount.unit.starts_with(word)) continue;
    amount.places = places;
    amount.unit.erase(0, word.size());
    break;
  }
  return amount;
}

// 壹万贰仟叁佰元伍角整 → fen; nothing if it is none.
std::optional<std::int64_t> capital_fen(std::string_view text) {
  std::int64_t fen = 0;
  std::int64_t yuan = 0;
  std::string run;
  bool yuan_said = false;
  for (const std::string_view c : characters_of(text)) {
    if (numeral_of(c) >= 0 || numeral_place(c) != 0) {
      run += c;
      continue;
    }
    const std::int64_t value = numerals_value(run).value_or(kFenMaxHere);
    if (c == "亿" || c == "万") {
      if (run.empty() || value > 9999) return std::nullopt;
      yuan = c == "亿" ? (yuan + value) * 100'000'000 : yuan + value * 10'000;
    } else if (c == "元" || c == "圆") {
      yuan += value;
      yuan_said = true;
    } else if (c == "角" || c == "分") {
      if (value > 9) return std::nullopt;
      fen += c == "角" ? value * 10 : value;
    } else if (c != "整" && c != "正") {
      return std::nullopt;
    }
    if (yuan > kFenMaxHere / 100 || yuan < 0) return std::nullopt;
    run.clear();
  }
  if (!run.empty() || (!yuan_said && fen == 0)) return std::nullopt;
  return yuan * 100 + fen;
}

bool is_about(std::string_view text) {
  for (const std::string_view word : {"约", "近", "余", "多", "左右", "以上", "至", "~"}) {
    if (text.find(word) != std::string_view::npos) return true;
  }
  return false;
}

Text about(std::string_view text) {
  return {fmt::format("“{}”是约数，这里要确数", shown(text)),
          fmt::format("\"{}\" is about so many; an exact number is wanted", shown(text))};
}

}  // namespace

Read<std::int64_t> read_money(std::string_view text, int places) {
  const Text wrong{fmt::format("“{}”读不成金额；写成 12000 或者 1.2万元", shown(text)),
                   fmt::format("\"{}\" is no amount; write 12000 or 1.2万元", shown(text))};
  if (is_about(text)) return about(text);
  const std::string folded = cleaned(text);
  std::string_view words = folded;
  if (words.starts_with("人民币")) words.remove_prefix(std::string_view("人民币").size());
  if (const auto fen = capital_fen(words)) return *fen;
  const auto amount = amount_of(text);
  if (!amount) return wrong;
  const bool yuan = amount->unit == "元" || amount->unit == "元整" || amount->unit == "圆";
  if (!yuan && !amount->unit.empty()) return wrong;
  const int shift = amount->places != 0 || yuan ? amount->places : places;
  const auto fen = scaled_integer(amount->plain, shift + 2);
  if (!fen)
    return Text{fmt::format("“{}”不是整分的金额", shown(text)),
                fmt::format("\"{}\" is no whole number of fen", shown(text))};
  if (*fen > kFenMaxHere || *fen < -kFenMaxHere) return wrong;
  return *fen;
}

Read<std::int64_t> read_count(std::string_view text, int places) {
  const Text wrong{fmt::format("“{}”读不成数；写成 3", shown(text)),
                   fmt::format("\"{}\" is no count; write 3", shown(text))};
  if (is_about(text)) return about(text);
  auto amount = amount_of(text);
  if (!amount) amount = amount_of(with_digits(text));
  // Behind the number a measure may stand: 人, 人次, 工作日.
  if (!amount || characters_of(amount->unit).size() > 4 || take_apart(amount->unit).numbers.size() > 0) return wrong;
  const auto count = scaled_integer(amount->plain, amount->places != 0 ? amount->places : places);
  if (!count)
    return Text{fmt::format("“{}”不是整数", shown(text)), fmt::format("\"{}\" is no whole number", shown(text))};
  if (*count > kCountMax || *count < -kCountMax) return wrong;
  return *count;
}

std::optional<int> year_in(std::string_view text) {
  const Parts parts = take_apart(with_digits(text));
  std::optional<int> found;
  for (std::size_t i = 0; i < parts.numbers.size(); ++i) {
    const int year = number_of(parts.numbers[i]);
    if (parts.numbers[i].size() != 4 || year < kYearMin || year > kYearMax) continue;
    if (found && *found != year) return std::nullopt;
    found = year;
  }
  return found;
}

}  // namespace zs::paper
