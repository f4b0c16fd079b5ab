#include "report/old_ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "paper/sheet_file.h"
#include "paper/text_key.h"
#include "report/old_totals.h"
#include "report/sheet_look.h"
#include "rules/fold.h"

namespace zs::report {
namespace {

using ledger::ImportRow;
using ledger::RowGroup;
using paper::CleanRow;
using rulebook::Slot;

constexpr std::size_t kChunkRows = 500;
constexpr std::size_t kTellingMin = 2;

Error no_sheet(const std::string& name, const std::vector<paper::SheetInfo>& sheets) {
  std::vector<std::string> names;
  for (const paper::SheetInfo& sheet : sheets) names.push_back(sheet.name);
  return bad_input(fmt::format("没有工作表“{}”；有：{}", name, fmt::join(names, "、")),
                   fmt::format("there is no sheet \"{}\"; these are: {}", name, fmt::join(names, ", ")));
}

// The state of a finished case: of the final ones that which can be reached from the most others.
const rulebook::State* usual_end(const rulebook::Kind& kind) {
  const rulebook::State* best = nullptr;
  std::size_t most = 0;
  for (const rulebook::State& state : kind.states) {
    if (!state.is_final) continue;
    std::set<std::string> before;
    std::vector<std::string> open{state.key};
    while (!open.empty()) {
      const std::string now = std::move(open.back());
      open.pop_back();
      for (const rulebook::Action& action : kind.actions) {
        if (action.to != now) continue;
        for (const std::string& from : action.from) {
          if (before.insert(from).second) open.push_back(from);
        }
      }
    }
    if (best == nullptr || before.size() > most) best = &state;
    most = std::max(most, before.size());
  }
  return best;
}

std::optional<Date> day_of(const CleanRow& row, const std::string& field) {
  const auto found = row.fields.find(field);
  const auto* day = found == row.fields.end() ? nullptr : found->second.as<Date>();
  return day == nullptr ? std::nullopt : std::optional(*day);
}

void add_party(std::vector<std::string>& telling, const Value& value) {
  const auto* party = value.as<Party>();
  if (party == nullptr) return;
  for (const std::string_view part : {"name", "id_no"}) {
    const auto found = party->find(part);
    if (found != party->end()) telling.push_back(found->second);
  }
}

// What says which case a row is, where it has no number: when it began, who, where, and what it is about in a word.
std::vector<std::string> telling_of(const rulebook::Kind& kind, const CleanRow& row) {
  std::vector<std::string> telling;
  for (const auto& [key, value] : row.fields) {
    const rulebook::Field* field = kind.find_field(key);
    const bool names = field != nullptr && field->type == rulebook::Type::text;
    if (key == kind.opened || key == "village" || names)
      telling.push_back(plain_text(value));
    else
      add_party(telling, value);
  }
  for (const auto& [rows, cells] : row.rows) {
    for (const auto& [column, value] : cells) add_party(telling, value);
  }
  std::erase_if(telling, [](const std::string& text) { return text.empty(); });
  if (telling.size() >= kTellingMin) return telling;
  for (const auto& [key, value] : row.fields) telling.push_back(key + "=" + json_of(value));
  return telling;
}

// Its own number before those of others.
std::vector<std::string> number_of(const rulebook::Kind& kind, const CleanRow& row) {
  for (const bool outside : {false, true}) {
    for (const rulebook::NumberSeries& series : kind.numbers) {
      const auto found = row.numbers.find(series.key);
      if (series.outside == outside && (!outside || series.unique) && found != row.numbers.end())
        return {series.key, found->second};
    }
  }
  return {};
}

}  // namespace

OldLedger::~OldLedger() = default;

Result<std::unique_ptr<OldLedger>> OldLedger::open(ledger::Ledger& ledger, OldLedgerAsk ask) {
  std::unique_ptr<OldLedger> old(new OldLedger(ledger, std::move(ask)));
  ZS_TRY(old->town_, ledger.snapshot(old->ask_.town));
  old->today_ = civil(ledger.now(), old->town_->book->utc_offset).day();
  old->kind_ = old->town_->book->find_kind(old->kind_key());
  const bool known = old->ask_.kind.empty() || old->town_->book->find_kind(old->ask_.kind) != nullptr;
  if (old->kind_ == nullptr || !known)
    return bad_input(fmt::format("没有“{}”这个台账", old->ask_.kind),
                     fmt::format("there is no kind \"{}\"", old->ask_.kind));
  old->directory_ = directory_of(*old->town_);
  ZS_CHECK(old->open_sheet());
  ZS_CHECK(old->match_columns());
  return old;
}

const std::string& OldLedger::kind_key() const {
  static const std::string kSummary(rulebook::kSummaryKind);
  return ask_.summary ? kSummary : ask_.kind;
}

const std::string& OldLedger::sheet() const {
  return file_->sheets()[sheet_].name;
}

Result<> OldLedger::open_sheet() {
  ZS_TRY(file_, paper::open_sheet_file(ask_.file, ask_.name));
  const auto& sheets = file_->sheets();
  if (!ask_.sheet.empty()) {
    const auto found =
        std::find_if(sheets.begin(), sheets.end(), [&](const auto& sheet) { return sheet.name == ask_.sheet; });
    if (found == sheets.end()) return no_sheet(ask_.sheet, sheets);
    sheet_ = static_cast<std::size_t>(found - sheets.begin());
    return {};
  }
  const auto seen = std::count_if(sheets.begin(), sheets.end(), [](const auto& sheet) { return !sheet.hidden; });
  if (seen != 1 && sheets.size() != 1)
    return bad_input("文件有几个工作表，用 --sheet 指定一个", "name one sheet with --sheet");
  const auto only = std::find_if(sheets.begin(), sheets.end(), [](const auto& sheet) { return !sheet.hidden; });
  sheet_ = only == sheets.end() ? 0 : static_cast<std::size_t>(only - sheets.begin());
  return {};
}

Result<> OldLedger::match_columns() {
  if (ask_.summary) figure_fields_ = figure_fields(*town_->book, ask_.kind);
  matcher_ = std::make_unique<paper::Matcher>(*town_->book, *kind_, directory_, figure_slots(figure_fields_));
  ZS_TRY(const paper::SheetHead head, paper::read_head(*file_, sheet_));
  ZS_TRY(auto lease, ledger_.database().reader());
  ZS_TRY(const auto kept, ledger::kept_columns(*lease, ask_.town, kind_key()));
  match_ = matcher_->match(head, ask_.header_row, kept);
  if (match_.header_row == 0)
    return bad_input(fmt::format("工作表“{}”里找不到表头；用 --header-row 指定第几行", sheet()),
                     fmt::format("sheet \"{}\": no header is found; give --header-row", sheet()));
  if (ask_.columns) {
    for (const auto& [letter, path] : *ask_.columns) {
      const int number = paper::column_number(letter);
      auto column = std::find_if(match_.columns.begin(), match_.columns.end(),
                                 [&](const paper::ColumnMatch& each) { return each.column == number; });
      const bool known = path.empty() || rulebook::find_slot(matcher_->slots(), path) != nullptr;
      if (column == match_.columns.end() || !known)
        return bad_input(column == match_.columns.end() ? fmt::format("没有“{}”列", letter)
                                                        : fmt::format("“{}”没有“{}”这个字段", kind_->label, path),
                         fmt::format("no column {} or no field \"{}\"", letter, path));
      for (paper::ColumnMatch& other : match_.columns) {
        if (!path.empty() && other.path == path && other.column != number) {
          other.path.clear();
          other.how = paper::How::none;
        }
      }
      column->path = path;
      column->how = paper::How::given;
    }
  }
  if (std::all_of(match_.columns.begin(), match_.columns.end(), [](const auto& column) { return column.path.empty(); }))
    return bad_input("没有一列认得出是哪个字段；用 --columns 指定，例如 --columns B=字段",
                     "no column matches a field; give --columns B=field");
  if (!ask_.state.empty() && kind_->find_state(ask_.state) == nullptr)
    return bad_input(fmt::format("“{}”没有“{}”这个状态", kind_->label, ask_.state),
                     fmt::format("{} has no state \"{}\"", kind_->key, ask_.state));
  year_ = ask_.year;
  for (const std::string& text : {match_.title, sheet(), ask_.name}) {
    if (!year_) year_ = paper::year_in(text);
  }
  ZS_TRY(auto cleaner, paper::RowCleaner::create(*town_->book, *kind_, matcher_->slots(), directory_, match_.columns,
                                                 ask_.constants, year_));
  cleaner_ = std::make_unique<paper::RowCleaner>(std::move(cleaner));
  return {};
}

std::string OldLedger::label_of(const std::string& path) const {
  const Slot* slot = rulebook::find_slot(matcher_->slots(), path);
  return slot == nullptr ? path : slot->label;
}

std::string OldLedger::mapping() const {
  std::string text = ask_.digest + "\n" + sheet() + "\n" + kind_key() + "\n";
  for (const paper::ColumnMatch& column : match_.columns)
    text += fmt::format("{}={}\n", paper::column_letters(column.column), column.path);
  return hex(bytes(digest(Algorithm::sm3, {text}))).substr(0, 32);
}

namespace {

// "parties/1/who" is of the column who.
const rulebook::Field* field_at(const rulebook::Kind& kind, const std::string& fact_path) {
  const rules::FactPath path = rules::parse_fact_path(fact_path);
  const rulebook::Field* field = kind.find_field(path.field);
  if (field == nullptr) field = rulebook::find_shared_field(path.field);
  return field != nullptr && path.row != 0 ? field->find_column(path.column) : field;
}

}  // namespace

std::string OldLedger::label_of_fact(const std::string& fact_path) const {
  if (fact_path.starts_with('@')) return "状态";
  const rulebook::Field* field = field_at(*kind_, fact_path);
  return field == nullptr ? fact_path : field->label;
}

rulebook::Guard OldLedger::guard_of_fact(const std::string& fact_path) const {
  const rulebook::Field* field = fact_path.starts_with('@') ? nullptr : field_at(*kind_, fact_path);
  return field == nullptr ? rulebook::Guard::internal : field->guard;
}

std::string OldLedger::text_of(const std::string& fact_path, const Value& value) const {
  Slot slot;
  slot.field = field_at(*kind_, fact_path);
  if (fact_path.starts_with('@')) slot.sort = Slot::Sort::state;
  return paper::value_text(value, *kind_, slot, directory_);
}

// Finished cases lie behind us; a date to come is a slip of the pen.
void OldLedger::check_days(const CleanRow& row, ImportRow& made) const {
  for (const std::string& field : {kind_->opened, kind_->closed}) {
    const auto day = day_of(row, field);
    if (day && *day > today_)
      made.problems.push_back({fmt::format("“{}”{}在今天以后", label_of(field), day->text()),
                               fmt::format("{} {} lies in the future", field, day->text())});
  }
  const auto opened = day_of(row, kind_->opened);
  const auto closed = day_of(row, kind_->closed);
  if (opened && closed && *closed < *opened)
    made.problems.push_back(
        {fmt::format("“{}”{}早于“{}”{}", label_of(kind_->closed), closed->text(), label_of(kind_->opened),
                     opened->text()),
         fmt::format("{} {} is before {} {}", kind_->closed, closed->text(), kind_->opened, opened->text())});
}

void OldLedger::take_state(const CleanRow& row, ImportRow& made) const {
  made.state = !row.state.empty() ? row.state : ask_.state;
  if (!made.state.empty()) return;
  const rulebook::State* end = usual_end(*kind_);
  if (end != nullptr && day_of(row, kind_->closed)) {
    made.state = end->key;
    return;
  }
  made.problems.push_back(
      {fmt::format("看不出办到哪一步：没有状态，也没有{}；用 --state 说明，例如 {}（{}）", label_of(kind_->closed),
                   end == nullptr ? "" : end->key, end == nullptr ? "" : end->label),
       fmt::format("no state and no {}: give --state", kind_->closed)});
}

ImportRow OldLedger::case_of(const CleanRow& row) const {
  ImportRow made;
  made.row = row.row;
  made.values.insert(row.fields.begin(), row.fields.end());
  for (const auto& [rows, cells] : row.rows) {
    rules::RowChange change;
    change.rows = rows;
    change.cells.insert(cells.begin(), cells.end());
    made.rows.push_back(std::move(change));
  }
  made.numbers = row.numbers;
  made.problems = row.problems;
  take_state(row, made);
  check_days(row, made);
  made.day = day_of(row, kind_->closed);
  if (!made.day) made.day = day_of(row, kind_->opened);
  made.numbered = number_of(*kind_, row);
  if (made.numbered.empty()) made.telling = telling_of(*kind_, row);
  return made;
}

namespace {

void count(Totals& totals, const ledger::RowPlan& plan) {
  switch (plan.group) {
    case RowGroup::fresh: ++totals.fresh; break;
    case RowGroup::changed: ++totals.changed; break;
    case RowGroup::unchanged: ++totals.unchanged; break;
    case RowGroup::refused: ++totals.refused; break;
  }
  if (plan.breaches > 0 && plan.group == RowGroup::fresh) ++totals.with_breaches;
}

}  // namespace

// Cleaned rows, and what is asked for each (of totals several a row).
struct OldLedger::Chunk {
  std::vector<CleanRow> rows;
  std::vector<ImportRow> made;
  std::vector<std::size_t> of;  ///< the cleaned row of each

  void add(ImportRow row) {
    made.push_back(std::move(row));
    of.push_back(rows.size() - 1);
  }
};

// False: the row is no data.
bool OldLedger::gather(const paper::SheetRow& row, Chunk& chunk) const {
  if (paper::sort_of(row, match_.columns) != paper::RowSort::data || !cleaner_->says_something(row)) return false;
  chunk.rows.push_back(cleaner_->clean(row));
  const CleanRow& clean = chunk.rows.back();
  if (!ask_.summary) {
    chunk.add(case_of(clean));
  } else {
    for (ImportRow& made : totals_of(*town_->book, *kind_, clean, year_)) chunk.add(std::move(made));
  }
  return true;
}

Result<ledger::Import> OldLedger::begin_import() {
  ledger::ImportOrder order;
  order.town = ask_.town;
  order.kind = kind_key();
  order.way = ask_.summary ? rules::Way::summary : rules::Way::history;
  order.actor = ask_.actor;
  order.signer = ask_.signer;
  order.file = ask_.digest;
  order.name = ask_.name;
  order.sheet = sheet();
  return ledger::Import::begin(ledger_, std::move(order));
}

Result<Totals> OldLedger::run(Mode mode, const SeeRow& see, const SeeProgress& progress) {
  ZS_TRY(ledger::Import import, begin_import());
  Totals totals;
  std::int64_t done = 0;
  std::int64_t total = 0;
  const auto count_row = [&](const paper::SheetRow&) -> Result<bool> {
    ++total;
    return true;
  };
  if (progress) ZS_CHECK(file_->each_row(sheet_, count_row));
  Chunk chunk;
  const auto finish = [&]() -> Result<> {
    ZS_TRY(const auto plans, mode == Mode::enter ? import.enter(chunk.made) : import.preview(chunk.made));
    for (std::size_t i = 0; i < plans.size(); ++i) {
      count(totals, plans[i]);
      if (see) see({chunk.rows[chunk.of[i]], plans[i]});
    }
    chunk = {};
    if (progress && !progress(done, total))
      return io_error("导入停下了；再导入一次，会从停下的地方接着做",
                      "the import was stopped: the same again does the rest");
    return {};
  };
  const auto take = [&](const paper::SheetRow& row) -> Result<bool> {
    ++done;
    if (row.number < match_.data_row) return true;
    if (!gather(row, chunk)) ++totals.left_out;
    if (chunk.made.size() >= kChunkRows) ZS_CHECK(finish());
    return true;
  };
  ZS_CHECK(file_->each_row(sheet_, take));
  ZS_CHECK(finish());
  return totals;
}

Result<Totals> OldLedger::preview(const SeeRow& see, const SeeProgress& progress) {
  return run(Mode::preview, see, progress);
}

Result<Totals> OldLedger::enter(const SeeRow& see, const SeeProgress& progress) {
  ZS_TRY(const Totals totals, run(Mode::enter, see, progress));
  std::map<std::string, std::string> columns;
  for (const paper::ColumnMatch& column : match_.columns) {
    const std::string key = paper::header_key(column.header);
    if (!key.empty() && column.how != paper::How::none) columns[key] = column.path;
  }
  ZS_CHECK(ledger::keep_columns(ledger_, ask_.town, kind_key(), columns));
  return totals;
}

}  // namespace zs::report
