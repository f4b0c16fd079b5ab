#include "ledger/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ledger/workspace.h"
#include "rules/fold.h"
#include "rules/scope.h"

namespace zs::ledger {
namespace {

using rules::Change;
using rules::Fact;
using store::Blob;
using store::Cell;
using store::ResultRow;

constexpr std::string_view kFind = "SELECT record,cells FROM import_row WHERE town=?1 AND kind=?2 AND identity=?3";
// A row that another import has entered meanwhile is a conflict of keys: the whole chunk is taken back.
constexpr std::string_view kPut = "INSERT INTO import_row(town,kind,identity,record,cells) VALUES(?1,?2,?3,?4,?5)";
constexpr std::string_view kRenew =
    "UPDATE import_row SET cells=?5 WHERE town=?1 AND kind=?2 AND identity=?3 AND record=?4";
constexpr std::string_view kColumns = "SELECT header,path FROM import_column WHERE town=?1 AND kind=?2";
constexpr std::string_view kPutColumn =
    "INSERT INTO import_column(town,kind,header,path) VALUES(?1,?2,?3,?4) "
    "ON CONFLICT(town,kind,header) DO UPDATE SET path=excluded.path";

// Of an identity sixteen bytes are kept; of a cell four of its path and eight of its value: enough to see a change, too
// little to prove a value by once it is erased.
constexpr std::size_t kIdentityBytes = 16;
constexpr std::size_t kPathBytes = 4;
constexpr std::size_t kValueBytes = 8;
constexpr std::size_t kCellBytes = kPathBytes + kValueBytes;
constexpr std::string_view kState = "@state";

std::string short_digest(std::initializer_list<std::string_view> parts, std::size_t size) {
  const Digest whole = digest(Algorithm::sm3, parts);
  return std::string(bytes(whole).substr(0, size));
}

// All that a row says, by the paths that the record will have. Rows of details are numbered as a new record numbers
// them.
std::vector<Fact> facts_of(const ImportRow& row) {
  std::vector<Fact> facts;
  for (const auto& [name, value] : row.values) facts.push_back({name, value});
  std::map<std::string, RowNumber> last;
  for (const rules::RowChange& each : row.rows) {
    const RowNumber number = ++last[each.rows];
    for (const auto& [column, value] : each.cells)
      facts.push_back({rules::cell_path(each.rows, number, column), value});
  }
  if (!row.state.empty()) facts.push_back({std::string(kState), row.state});
  return facts;
}

// The path's own digest is worked out once for each path: there are few, and many cells.
const std::string& path_digest(const std::string& path) {
  thread_local std::unordered_map<std::string, std::string> known;
  auto& digest = known[path];
  if (digest.empty()) digest = short_digest({path}, kPathBytes);
  return digest;
}

std::string cell_digest(const std::string& identity, const Fact& fact) {
  return path_digest(fact.path) + short_digest({identity, fact.path, json_of(fact.value)}, kValueBytes);
}

std::string cells_of(const std::string& identity, const std::vector<Fact>& facts) {
  std::string cells;
  cells.reserve(facts.size() * kCellBytes);
  for (const Fact& fact : facts) cells += cell_digest(identity, fact);
  return cells;
}

bool holds(const std::string& cells, const std::string& cell) {
  for (std::size_t at = 0; at + kCellBytes <= cells.size(); at += kCellBytes) {
    if (cells.compare(at, kCellBytes, cell) == 0) return true;
  }
  return false;
}

// What the record will hold if the newer sheet is followed: parts of a party that no column fills stay.
Value merged(const Value& before, const Value& after) {
  const auto* old_party = before.as<Party>();
  const auto* new_party = after.as<Party>();
  if (old_party == nullptr || new_party == nullptr) return after;
  Party both = *old_party;
  for (const auto& [part, text] : *new_party) both[part] = text;
  return both;
}

Text text_of(const rules::Reason& reason) {
  if (reason.citation.empty()) return reason.says;
  return {fmt::format("{}（{}）", reason.says.zh, reason.citation),
          fmt::format("{} ({})", reason.says.en, reason.citation)};
}

}  // namespace

std::string_view name_of(RowGroup group) {
  static constexpr std::array<std::string_view, 4> kNames{"new", "changed", "unchanged", "refused"};
  return kNames[static_cast<std::size_t>(group)];
}

Result<Import> Import::begin(Ledger& ledger, ImportOrder order) {
  Import import(ledger, std::move(order));
  const ImportOrder& asked = import.order_;
  ZS_TRY(import.town_, ledger.snapshot(asked.town));
  const rulebook::Kind* kind = import.town_->book->find_kind(asked.kind);
  if (kind == nullptr)
    return bad_input(fmt::format("没有“{}”这个台账", asked.kind), fmt::format("there is no kind \"{}\"", asked.kind));
  const auto person = import.town_->staff.find(asked.actor);
  if (person == import.town_->staff.end())
    return bad_input(fmt::format("人员名册里没有“{}”；用 --actor 说明谁导入", asked.actor),
                     fmt::format("\"{}\" is not on the staff register; say who imports with --actor", asked.actor));
  if (!rules::may_record_history(*import.town_->book, person->second, asked.kind))
    return bad_input(fmt::format("{}的岗位不能登记“{}”的历史事项", person->second.name, kind->label),
                     fmt::format("the posts of {} do not record histories of {}", person->second.name, kind->key));
  if (import.order_.signer.empty()) import.order_.signer = asked.actor;
  return import;
}

// False: the row is refused for it.
bool Import::identify(const ImportRow& row, Asked& asked) {
  const bool numbered = !row.numbered.empty();
  const std::string text = numbered ? fmt::format("n\n{}", fmt::join(row.numbered, "\n"))
                                    : fmt::format("t\n{}", fmt::join(row.telling, "\n"));
  std::string identity = short_digest({order_.kind, "\n", text}, kIdentityBytes);
  Seen& seen = seen_[identity];
  if (++seen.count == 1) {
    seen.first_row = row.row;
  } else if (numbered) {
    asked.plan.reasons.push_back({fmt::format("编号和第{}行的相同", seen.first_row),
                                  fmt::format("the number is that of row {}", seen.first_row)});
    return false;
  } else {
    // Two visits of one person on one day: told apart by their order.
    identity = short_digest({identity, std::to_string(seen.count)}, kIdentityBytes);
  }
  asked.identity = std::move(identity);
  return true;
}

Change Import::change_of(const ImportRow& row) const {
  Change change;
  change.town = order_.town;
  change.actor = order_.actor;
  change.kind = order_.kind;
  change.way = order_.way;
  change.source = fmt::format("{}“{}”第{}行（{}）", order_.name, order_.sheet, row.row, order_.file.substr(0, 16));
  rules::ActInput act;
  act.day = row.day;
  for (const auto& [name, value] : row.values) {
    if (!value.absent()) act.values.emplace_hint(act.values.end(), name, value);
  }
  act.rows = row.rows;
  act.numbers = row.numbers;
  if (order_.way == rules::Way::history) {
    change.asks = rules::Asks::history;
    change.state = row.state;
  } else {
    const rulebook::Action* create = town_->book->find_kind(order_.kind)->creating_action();
    change.signer = order_.signer;
    act.action = create == nullptr ? std::string() : create->key;
    act.day.reset();
  }
  change.acts.push_back(std::move(act));
  return change;
}

// A known row of which a cell differs from what the last file said. A cell that the town has changed since, and the
// sheet has not, stays as the town has it.
Result<> Import::plan_change(store::Session& session, const ImportRow& row, RecordId id, const std::string& known,
                             Asked& asked) {
  const std::vector<Fact> facts = facts_of(row);
  asked.cells = cells_of(asked.identity, facts);
  asked.plan.record = id;
  asked.plan.group = RowGroup::unchanged;
  if (asked.cells == known) return {};
  ZS_TRY(const auto record, read_record(session, *town_, id));
  if (!record)
    return corrupt(fmt::format("导入过的第{}号事项不见了", id.number), fmt::format("record {} is gone", id.number));
  Change change = change_of(row);
  change.asks = rules::Asks::correct;
  change.record = id;
  change.reason = fmt::format("旧台账有了新的版本：{}", order_.name);
  change.signer = order_.signer;
  change.state.clear();
  rules::ActInput& act = change.acts.front();
  act = {};
  for (const Fact& fact : facts) {
    if (holds(known, cell_digest(asked.identity, fact))) continue;
    if (fact.path == kState) {
      if (record->state == row.state) continue;
      change.state = row.state;
      asked.plan.changes.push_back({fact.path, record->state, row.state});
      continue;
    }
    const Value before = rules::value_at(*record, fact.path);
    const Value after = merged(before, fact.value);
    // An empty cell takes nothing away.
    if (before == after || after.absent() || (after.unknown() && before.present())) continue;
    asked.plan.changes.push_back({fact.path, before, after});
    const rules::FactPath path = rules::parse_fact_path(fact.path);
    if (path.row == 0)
      act.values[fact.path] = after;
    else
      act.rows.push_back({path.field, path.row, {{path.column, after}}});
  }
  if (asked.plan.changes.empty()) return {};
  asked.plan.group = RowGroup::changed;
  asked.change = std::move(change);
  return {};
}

Result<> Import::plan_row(store::Session& session, const ImportRow& row, Asked& asked) {
  asked.plan.row = row.row;
  asked.plan.reasons = row.problems;
  const bool known = identify(row, asked);
  if (!row.problems.empty() || !known) {
    asked.plan.group = RowGroup::refused;
    return {};
  }
  ZS_TRY(const auto found, session.read(kFind, {order_.town.number, order_.kind, Blob{asked.identity}}));
  if (!found.empty()) {
    const ResultRow& kept = found.front();
    return plan_change(session, row, RecordId{std::get<std::int64_t>(kept[0])}, std::get<Blob>(kept[1]).bytes, asked);
  }
  asked.cells = cells_of(asked.identity, facts_of(row));
  asked.change = change_of(row);
  return {};
}

Result<std::vector<Import::Asked>> Import::plan(std::span<const ImportRow> rows) {
  ZS_TRY(auto lease, ledger_->database().reader());
  std::vector<Asked> asked(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) ZS_CHECK(plan_row(*lease, rows[i], asked[i]));
  return asked;
}

void Import::judge(Asked& asked, const Answer& answer) const {
  if (const auto* refusal = std::get_if<rules::Refusal>(&answer)) {
    asked.plan.group = RowGroup::refused;
    for (const rules::Reason& reason : refusal->reasons) asked.plan.reasons.push_back(text_of(reason));
    return;
  }
  const Receipt& receipt = std::get<Receipt>(answer);
  asked.plan.record = receipt.record;
  asked.plan.breaches = static_cast<int>(receipt.breaches.size());
}

// The changes of the rows that have one, and of which row each is.
std::pair<std::vector<Change>, std::vector<std::size_t>> Import::take_changes(std::vector<Asked>& asked) {
  std::pair<std::vector<Change>, std::vector<std::size_t>> taken;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!asked[i].change) continue;
    taken.first.push_back(*std::move(asked[i].change));
    taken.second.push_back(i);
  }
  return taken;
}

Result<std::vector<RowPlan>> Import::preview(std::span<const ImportRow> rows) {
  ZS_TRY(auto asked, plan(rows));
  auto [changes, of] = take_changes(asked);
  ZS_TRY(const auto tried, ledger_->try_changes(order_.town, changes));
  for (std::size_t i = 0; i < of.size(); ++i) judge(asked[of[i]], tried[i].answer);
  std::vector<RowPlan> plans;
  for (Asked& each : asked) plans.push_back(std::move(each.plan));
  return plans;
}

Result<std::vector<RowPlan>> Import::enter(std::span<const ImportRow> rows) {
  ZS_TRY(auto asked, plan(rows));
  auto [changes, of] = take_changes(asked);
  const auto remember = [&](const auto& answers, store::Session& session) -> Result<> {
    store::WriteBatch batch;
    for (std::size_t i = 0; i < of.size(); ++i) {
      const auto* receipt = answers[i] ? std::get_if<Receipt>(&*answers[i]) : nullptr;
      const Asked& row = asked[of[i]];
      if (receipt == nullptr) continue;
      batch.add(row.plan.group == RowGroup::changed ? kRenew : kPut,
                {order_.town.number, order_.kind, Blob{row.identity}, receipt->record.number, Blob{row.cells}});
    }
    return session.write(batch);
  };
  if (!changes.empty()) {
    ZS_TRY(const auto answers, ledger_->commit_batch(changes, remember));
    for (std::size_t i = 0; i < of.size(); ++i) {
      if (!answers[i]) return answers[i].error();
      judge(asked[of[i]], *answers[i]);
    }
  }
  std::vector<RowPlan> plans;
  for (Asked& each : asked) plans.push_back(std::move(each.plan));
  return plans;
}

Result<std::map<std::string, std::string>> kept_columns(store::Session& session, TownId town, const std::string& kind) {
  std::map<std::string, std::string> columns;
  ZS_TRY(const auto rows, session.read(kColumns, {town.number, kind}));
  for (const ResultRow& row : rows) columns[std::get<std::string>(row[0])] = std::get<std::string>(row[1]);
  return columns;
}

Result<> keep_columns(Ledger& ledger, TownId town, const std::string& kind,
                      const std::map<std::string, std::string>& columns) {
  store::WriteBatch batch;
  for (const auto& [header, path] : columns) batch.add(kPutColumn, {town.number, kind, header, path});
  return batch.size() == 0 ? Result<>{} : ledger.write_aside(batch);
}

}  // namespace zs::ledger
