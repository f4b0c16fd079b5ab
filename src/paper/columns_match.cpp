#include "paper/columns_match.h"

#include <algorithm>
#include <array>
#include <set>

#include "paper/text_key.h"

namespace zs::paper {
namespace {

using rulebook::Slot;
using rulebook::Type;

constexpr int kHeaderWithin = 25;
constexpr std::size_t kHeaderBytesMax = 120;
constexpr std::size_t kSamplesShown = 3;

bool is_text_row(const SheetRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const SheetCell& cell) {
    return cell.sort == SheetCell::Sort::text && cell.text.size() <= kHeaderBytesMax;
  });
}

// Texts of a row, a merged range once.
std::set<std::string> distinct_texts(const SheetRow& row) {
  std::set<std::string> texts;
  for (const SheetCell& cell : row.cells) texts.insert(text_key(cell.text));
  return texts;
}

std::string cell_text(const SheetRow* row, int column) {
  const SheetCell* cell = row == nullptr ? nullptr : row->find(column);
  return cell == nullptr ? std::string() : cleaned(cell->text);
}

}  // namespace

std::string_view name_of(How how) {
  static constexpr std::array<std::string_view, 6> kNames{"given", "kept", "name", "synonym", "content", "none"};
  return kNames[static_cast<std::size_t>(how)];
}

namespace {

// Columns that hold something and have no header: they can still be told by their content, or by hand.
void add_nameless(const SheetHead& head, SheetMatch& match) {
  std::set<int> columns;
  for (const SheetRow& row : head.rows) {
    if (match.header_row == 0 || row.number < match.data_row || sort_of(row, match.columns) != RowSort::data) continue;
    for (const SheetCell& cell : row.cells) columns.insert(cell.column);
  }
  for (const ColumnMatch& column : match.columns) columns.erase(column.column);
  for (const int column : columns) match.columns.push_back({column, {}, {}, How::none, {}});
  std::sort(match.columns.begin(), match.columns.end(),
            [](const ColumnMatch& a, const ColumnMatch& b) { return a.column < b.column; });
}

}  // namespace

Result<SheetHead> read_head(SheetFile& file, std::size_t sheet) {
  SheetHead head;
  head.info = file.sheets()[sheet];
  ZS_CHECK(file.each_row(sheet, [&](const SheetRow& row) -> Result<bool> {
    head.rows.push_back(row);
    return static_cast<int>(head.rows.size()) < kHeadRowsMax;
  }));
  return head;
}

Matcher::Matcher(const rulebook::Rulebook& book, const rulebook::Kind& kind, const Directory& directory,
                 std::vector<Slot> more)
    : book_(&book), kind_(&kind), directory_(&directory), slots_(rulebook::slots_of(kind)) {
  slots_.insert(slots_.end(), more.begin(), more.end());
  std::vector<rulebook::SlotNames> all;
  for (const Slot& slot : slots_) all.push_back(rulebook::names_of(book, kind, slot));
  // All labels before any synonym: a field's own name is never another's.
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    for (const std::string& label : all[i].labels) name(label, {i, How::name});
  }
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    for (const std::string& synonym : all[i].synonyms) name(synonym, {i, How::synonym});
  }
}

void Matcher::name(const std::string& text, Named named) {
  names_.emplace(header_key(text), named);
  const rulebook::Field* field = slots_[named.slot].field;
  if (field != nullptr && (field->type == Type::date || field->type == Type::moment))
    day_names_.emplace(day_key(text), named);
}

const Matcher::Named* Matcher::find(const std::string& text) const {
  const std::string key = header_key(text);
  if (key.empty()) return nullptr;
  auto found = names_.find(key);
  if (found == names_.end() || found->second.how == How::synonym) {
    // 收到日期 is the label 收到日; that is nearer than another field's synonym.
    const auto day = day_names_.find(day_key(text));
    if (day != day_names_.end() && (found == names_.end() || day->second.how == How::name)) return &day->second;
  }
  return found == names_.end() ? nullptr : &found->second;
}

// The header of each column: the lower row's text, told apart by what stands above it.
std::vector<Matcher::Header> Matcher::headers_of(const SheetRow& top, const SheetRow* below) const {
  std::set<int> columns;
  for (const SheetCell& cell : top.cells) columns.insert(cell.column);
  if (below != nullptr) {
    for (const SheetCell& cell : below->cells) columns.insert(cell.column);
  }
  std::vector<Header> headers;
  for (const int column : columns) {
    const std::string upper = cell_text(&top, column);
    const std::string lower = cell_text(below, column);
    Header header{column, {}, {}};
    if (lower.empty() || lower == upper) {
      header.text = upper;
      header.candidates = {upper};
    } else if (upper.empty()) {
      header.text = lower;
      header.candidates = {lower};
    } else {
      header.text = upper + " " + lower;
      header.candidates = {upper + lower, lower};
    }
    headers.push_back(std::move(header));
  }
  return headers;
}

int Matcher::count_matches(const std::vector<Header>& headers) const {
  std::set<std::size_t> slots;
  for (const Header& header : headers) {
    for (const std::string& candidate : header.candidates) {
      const Named* found = find(candidate);
      if (found == nullptr || !slots.insert(found->slot).second) continue;
      break;
    }
  }
  return static_cast<int>(slots.size());
}

void Matcher::find_header(const SheetHead& head, std::optional<int> wanted, SheetMatch& match,
                          std::vector<Header>& headers) const {
  int best = 0;
  const SheetRow* fallback = nullptr;
  const auto& rows = head.rows;
  for (std::size_t i = 0; i < rows.size() && i < static_cast<std::size_t>(kHeaderWithin); ++i) {
    if (wanted && rows[i].number != *wanted) continue;
    if (!wanted && !is_text_row(rows[i])) continue;
    if (fallback == nullptr && (wanted || distinct_texts(rows[i]).size() >= 3)) fallback = &rows[i];
    auto single = headers_of(rows[i], nullptr);
    const int alone = count_matches(single);
    const auto keep = [&](int count, std::vector<Header> found, std::size_t last) {
      best = count;
      headers = std::move(found);
      match.header_row = rows[i].number;
      match.data_row = rows[last].number + 1;
    };
    if (alone > best) keep(alone, std::move(single), i);
    const bool two = i + 1 < rows.size() && rows[i + 1].number == rows[i].number + 1 && is_text_row(rows[i + 1]);
    if (!two) continue;
    auto both = headers_of(rows[i], &rows[i + 1]);
    const int together = count_matches(both);
    // A second row that is data would fill no more names; and a title above the header is no part of it.
    if (together > best && together > alone && distinct_texts(rows[i]).size() > 1)
      keep(together, std::move(both), i + 1);
  }
  if (best > 0 || fallback == nullptr) return;
  headers = headers_of(*fallback, nullptr);
  match.header_row = fallback->number;
  match.data_row = fallback->number + 1;
}

SheetMatch Matcher::match(const SheetHead& head, std::optional<int> header_row, const KeptColumns& kept) const {
  SheetMatch match;
  std::vector<Header> headers;
  find_header(head, header_row, match, headers);
  for (const SheetRow& row : head.rows) {
    if (row.number >= match.header_row) break;
    for (const std::string& text : distinct_texts(row)) match.title += (match.title.empty() ? "" : " ") + text;
  }
  match_names(headers, kept, match);
  add_nameless(head, match);
  for (ColumnMatch& column : match.columns) {
    for (const SheetRow& row : head.rows) {
      if (row.number < match.data_row || column.samples.size() >= kSamplesShown) continue;
      const std::string text = shown(cell_text(&row, column.column));
      if (text.empty() || sort_of(row, match.columns) != RowSort::data) continue;
      if (std::find(column.samples.begin(), column.samples.end(), text) == column.samples.end())
        column.samples.push_back(text);
    }
  }
  match_content(head, match);
  return match;
}

void Matcher::match_names(const std::vector<Header>& headers, const KeptColumns& kept, SheetMatch& match) const {
  std::set<std::string> taken;
  for (const Header& header : headers) match.columns.push_back({header.column, header.text, {}, How::none, {}});
  const auto settle = [&](How how, const auto& path_of) {
    for (std::size_t i = 0; i < headers.size(); ++i) {
      ColumnMatch& column = match.columns[i];
      if (column.how != How::none) continue;
      const std::optional<std::string> path = path_of(headers[i]);
      if (!path || (!path->empty() && !taken.insert(*path).second)) continue;
      column.path = *path;
      column.how = how;
      if (how == How::name || how == How::synonym) ++match.matched;
    }
  };
  settle(How::kept, [&](const Header& header) -> std::optional<std::string> {
    const auto found = kept.find(header_key(header.text));
    const bool known =
        found != kept.end() && (found->second.empty() || rulebook::find_slot(slots_, found->second) != nullptr);
    return known ? std::optional(found->second) : std::nullopt;
  });
  for (const How how : {How::name, How::synonym}) {
    settle(how, [&](const Header& header) -> std::optional<std::string> {
      for (const std::string& candidate : header.candidates) {
        const Named* found = find(candidate);
        if (found != nullptr && found->how == how && !taken.contains(slots_[found->slot].path))
          return slots_[found->slot].path;
      }
      return std::nullopt;
    });
  }
}

namespace {

constexpr std::size_t kHeaderRowShareMin = 2;

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.starts_with(word); });
}

}  // namespace

RowSort sort_of(const SheetRow& row, const std::vector<ColumnMatch>& columns) {
  const auto first =
      std::find_if(row.cells.begin(), row.cells.end(), [](const SheetCell& cell) { return !cell.merged; });
  if (first == row.cells.end()) return RowSort::footer;
  const std::string key = text_key(first->text);
  if (first->sort == SheetCell::Sort::text) {
    if (starts_with_any(key, {"合计", "小计", "总计", "累计", "共计", "本页合计"}) && key.size() <= 24)
      return RowSort::total;
    if (distinct_texts(row).size() <= 4 &&
        starts_with_any(key,
                        {"填表", "制表", "审核人", "填报", "注", "备注", "说明", "单位负责人", "经办人", "负责人"}) &&
        (distinct_texts(row).size() <= 1 || first->text.find("：") != std::string::npos ||
         first->text.find(':') != std::string::npos))
      return RowSort::footer;
  }
  std::size_t same = 0;
  for (const ColumnMatch& column : columns) {
    const std::string text = cell_text(&row, column.column);
    if (!text.empty() && (text == column.header || column.header.ends_with(" " + text))) ++same;
  }
  return same >= kHeaderRowShareMin && same * 2 >= row.cells.size() ? RowSort::header_again : RowSort::data;
}

}  // namespace zs::paper
