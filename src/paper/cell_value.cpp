#include "paper/cell_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/money.h"
#include "base/text.h"
#include "paper/text_key.h"
#include "rulebook/field_value.h"

namespace zs::paper {
namespace {

using rulebook::Slot;
using rulebook::Type;

constexpr std::array<std::string_view, 9> kNone{"无", "/", "\\", "-", "—", "--", "——", "暂无", "没有"};
constexpr std::array<std::string_view, 8> kUnknown{"不详", "不清", "不明", "未知", "?", "？", "??", "不清楚"};
constexpr std::array<std::string_view, 11> kYes{"是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "1"};
constexpr std::array<std::string_view, 12> kNo{"否", "无", "没有", "不是", "未",    "×",
                                               "✗",  "✘",  "n",    "no",   "false", "0"};
/// Excel keeps fifteen digits of a number; a longer one has lost its end.
constexpr std::size_t kNumberDigitsMax = 15;

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& words, std::string_view text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

Text problem(std::string zh, std::string en) {
  return {std::move(zh), std::move(en)};
}

// 张 三 is 张三; a name in Latin letters keeps its blanks.
std::string person_name(std::string_view text) {
  std::string name;
  const auto characters = characters_of(text);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const bool blank = characters[i] == " " || characters[i] == "\u3000";
    const bool latin = i > 0 && characters[i - 1].size() == 1;
    if (!blank || latin) name += characters[i] == "\u3000" ? " " : characters[i];
  }
  return name;
}

std::string compact(std::string_view text) {
  std::string out;
  for (const char c : nfkc(text)) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\'') out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  return out;
}

template <class T>
Read<Value> as_value(Read<T> read) {
  if (auto* wrong = std::get_if<Text>(&read)) return std::move(*wrong);
  return Value(std::get<T>(std::move(read)));
}

}  // namespace

CellReader::CellReader(const rulebook::Rulebook& book, const rulebook::Kind& kind, const Slot& slot,
                       const Directory& directory, const std::string& header, std::optional<int> year)
    : slot_(&slot), directory_(&directory), year_(year) {
  if (nfkc(header).find("万") != std::string::npos) places_ = 4;
  for (const auto& [name, option] : rulebook::option_names(book, kind, slot)) {
    options_.emplace(text_key(name), option);
    options_.emplace(option_key(name), option);
    if (name != option && options_.size() < 40 && option_labels_.find(name) == std::string::npos)
      option_labels_ += (option_labels_.empty() ? "" : "、") + name;
  }
}

bool CellReader::in_rows() const {
  return slot_->rows != nullptr;
}

const std::string* CellReader::find_option(const std::string& text) const {
  auto found = options_.find(text_key(text));
  if (found == options_.end()) found = options_.find(option_key(text));
  return found == options_.end() ? nullptr : &found->second;
}

Read<std::vector<Value>> CellReader::read_text(const std::string& text) const {
  SheetCell cell;
  cell.text = text;
  return read(cell);
}

Read<std::vector<Value>> CellReader::read(const SheetCell& cell) const {
  if (cell.sort == SheetCell::Sort::fault)
    return problem(fmt::format("单元格是错误值“{}”；在原表里改好再导入", cell.text),
                   fmt::format("the cell holds the error \"{}\": mend it in the sheet", cell.text));
  // Names and laws in one cell are several rows; days and amounts are one.
  const bool splits = in_rows() && slot_->field != nullptr &&
                      (slot_->field->type == Type::staff || slot_->field->type == Type::text ||
                       slot_->field->type == Type::org || (slot_->field->type == Type::party && slot_->part == "name"));
  if (!splits) {
    auto one = read_one(cell);
    if (auto* wrong = std::get_if<Text>(&one)) return std::move(*wrong);
    return std::vector<Value>{std::get<Value>(std::move(one))};
  }
  std::vector<Value> values;
  for (const std::string& part : split_list(cell.text)) {
    SheetCell each;
    each.text = part;
    auto one = read_one(each);
    if (auto* wrong = std::get_if<Text>(&one)) return std::move(*wrong);
    values.push_back(std::get<Value>(std::move(one)));
  }
  return values;
}

Read<Value> CellReader::read_one(const SheetCell& cell) const {
  const std::string text = cleaned(cell.text);
  if (text.size() > rulebook::kTextBytesMax)
    return problem(fmt::format("文字超过{}字节；缩短，或者另存为附件", rulebook::kTextBytesMax),
                   "the text is too long");
  const bool choice =
      slot_->sort == Slot::Sort::state ||
      (slot_->field != nullptr &&
       (slot_->field->type == Type::choice || slot_->field->type == Type::choices || slot_->field->type == Type::flag));
  if (text.empty()) return Value();
  if (!(choice && find_option(text) != nullptr)) {
    if (is_among(kUnknown, text)) return slot_->sort == Slot::Sort::field ? Value(Unknown{}) : Value();
    const bool flag = slot_->field != nullptr && slot_->field->type == Type::flag;
    if (!flag && is_among(kNone, text)) return Value();
  }
  if (slot_->sort == Slot::Sort::number) return Value(compact(text));
  if (slot_->sort == Slot::Sort::state) return read_option(text);
  if (slot_->sort == Slot::Sort::part) return read_part(cell);
  switch (slot_->field->type) {
    case Type::date:
    case Type::moment: return read_day_value(cell);
    case Type::count: return as_value(read_count(text, places_));
    case Type::money: return as_value(read_money(text, places_));
    case Type::flag: return read_flag(text);
    case Type::choice: return read_option(text);
    case Type::choices: return read_options(text);
    case Type::staff: return read_person(text);
    case Type::org: return read_org(text);
    case Type::text:
    case Type::note:
    case Type::place:
    case Type::party:
    case Type::link:
    case Type::links:
    case Type::files:
    case Type::rows: break;
  }
  return Value(text);
}

Read<Value> CellReader::read_day_value(const SheetCell& cell) const {
  const bool moment = slot_->field->type == Type::moment;
  if (cell.sort == SheetCell::Sort::date && !moment) return Value(cell.day);
  if (cell.sort == SheetCell::Sort::moment)
    return moment ? Value(Moment{start_of(cell.day).minutes + cell.minute}) : Value(cell.day);
  // 3.10 kept as a number reads 3.1: the tenth and the first cannot be told apart.
  if (cell.sort == SheetCell::Sort::number && cell.text.find('.') != std::string::npos)
    return problem(
        fmt::format("“{}”在表里是数字，分不清是哪一天（3.10 会变成 3.1）；在原表里改成日期或者文字", cell.text),
        fmt::format("\"{}\" is a number in the sheet, no day: make it a date or a text", cell.text));
  auto read = read_day(cell.text, year_);
  if (auto* wrong = std::get_if<Text>(&read)) return std::move(*wrong);
  const auto& found = std::get<LooseMoment>(read);
  if (!moment) return Value(found.day);
  if (!found.minute)
    return problem(fmt::format("“{}”没有写时刻；写成 2023-03-05 10:30", shown(cell.text)),
                   fmt::format("\"{}\" has no time; write 2023-03-05 10:30", shown(cell.text)));
  return Value(Moment{start_of(found.day).minutes + *found.minute});
}

Read<Value> CellReader::read_flag(const std::string& text) const {
  const std::string* option = find_option(text);
  if (option != nullptr) return Value(*option == "yes");
  std::string word = nfkc(text);
  std::transform(word.begin(), word.end(), word.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (is_among(kYes, word) || is_among(kYes, text)) return Value(true);
  if (is_among(kNo, word) || is_among(kNo, text) || is_among(kNone, text)) return Value(false);
  return problem(fmt::format("“{}”看不出是或者否；写“是”、“否”、√或者×", shown(text)),
                 fmt::format("\"{}\" is neither yes nor no: write 是, 否, √ or ×", shown(text)));
}

Read<Value> CellReader::read_option(const std::string& text) const {
  const std::string* option = find_option(text);
  if (option != nullptr) return Value(*option);
  return problem(fmt::format("没有“{}”这个选项；可以写：{}", shown(text), option_labels_),
                 fmt::format("there is no option \"{}\"; these are: {}", shown(text), option_labels_));
}

Read<Value> CellReader::read_options(const std::string& text) const {
  if (const std::string* option = find_option(text)) return Value(std::vector<std::string>{*option});
  std::vector<std::string> list;
  for (const std::string& part : split_list(text)) {
    auto one = read_option(part);
    if (auto* wrong = std::get_if<Text>(&one)) return std::move(*wrong);
    const std::string& key = *std::get<Value>(one).as<std::string>();
    if (std::find(list.begin(), list.end(), key) == list.end()) list.push_back(key);
  }
  return list.empty() ? Value() : Value(std::move(list));
}

Read<Value> CellReader::read_person(const std::string& text) const {
  const auto found = directory_->people(text);
  if (found.size() == 1) return Value(found.front());
  if (found.empty())
    return problem(fmt::format("人员名册里没有“{}”；先登记人员，或者不导入这一列", shown(text)),
                   fmt::format("nobody named \"{}\" is on the staff register", shown(text)));
  return problem(
      fmt::format("人员名册里有{}个“{}”，写工号：{}", found.size(), shown(text), fmt::join(found, "、")),
      fmt::format("{} people are named \"{}\"; write the key: {}", found.size(), shown(text), fmt::join(found, ", ")));
}

Read<Value> CellReader::read_org(const std::string& text) const {
  const auto found = directory_->orgs(text);
  if (found.size() == 1) return Value(found.front());
  if (found.empty())
    return problem(fmt::format("机构名册里没有“{}”；先登记机构，或者不导入这一列", shown(text)),
                   fmt::format("no org named \"{}\" is on the register", shown(text)));
  std::vector<std::string> names;
  for (const std::string& key : found) names.push_back(directory_->name_of(key));
  return problem(
      fmt::format("“{}”可能是几个机构：{}；写全名", shown(text), fmt::join(names, "、")),
      fmt::format("\"{}\" may be several orgs: {}; write the whole name", shown(text), fmt::join(names, ", ")));
}

// A part of a party is a text; digits come plain, a birth as a day.
Read<Value> CellReader::read_part(const SheetCell& cell) const {
  const std::string text = cleaned(cell.text);
  const bool digits = slot_->part == "id_no" || slot_->part == "phone";
  if (digits && cell.sort == SheetCell::Sort::number && text.size() > kNumberDigitsMax)
    return problem(fmt::format("“{}”在表里是数字，后几位已经丢了；在原表里把这一列改成文字，补全再导入", text),
                   fmt::format("\"{}\" is a number in the sheet and has lost its last digits: make it a text", text));
  if (slot_->part == "id_no") return Value(compact(text));
  if (slot_->part == "phone") return Value(nfkc(text));
  if (slot_->part == "birth") {
    if (cell.sort == SheetCell::Sort::date) return Value(cell.day.text());
    auto read = read_day(text, {});
    if (auto* wrong = std::get_if<Text>(&read)) return std::move(*wrong);
    return Value(std::get<LooseMoment>(read).day.text());
  }
  if (slot_->part == "name") return Value(person_name(text));
  return Value(text);
}

std::string value_text(const Value& value, const rulebook::Kind& kind, const Slot& slot, const Directory& directory) {
  if (value.unknown()) return "不详";
  const auto label = [&](const std::string& key) {
    if (slot.sort == Slot::Sort::state) {
      const rulebook::State* state = kind.find_state(key);
      return state == nullptr ? key : state->label;
    }
    const rulebook::Option* option = slot.field == nullptr ? nullptr : slot.field->find_option(key);
    return option == nullptr ? directory.name_of(key) : option->label;
  };
  const bool keys =
      slot.sort == Slot::Sort::state || (slot.sort == Slot::Sort::field && slot.field != nullptr &&
                                         (slot.field->type == Type::choice || slot.field->type == Type::choices ||
                                          slot.field->type == Type::staff || slot.field->type == Type::org));
  if (const auto* flag = value.as<bool>()) return *flag ? "是" : "否";
  if (const auto* text = value.as<std::string>()) return keys ? label(*text) : *text;
  if (const auto* list = value.as<std::vector<std::string>>()) {
    std::string out;
    for (const std::string& each : *list) out += (out.empty() ? "" : "、") + (keys ? label(each) : each);
    return out;
  }
  const auto* number = value.as<std::int64_t>();
  if (number != nullptr && slot.field != nullptr && slot.field->type == Type::money) return Fen{*number}.text() + "元";
  return plain_text(value);
}

}  // namespace zs::paper
