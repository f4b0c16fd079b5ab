#include "ledger/checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/batch.h"
#include "ledger/shown.h"
#include "ledger/workspace.h"
#include "rules/marks.h"
#include "rules/scope.h"
#include "store/columns.h"

namespace zs::ledger {
namespace {

using rulebook::CheckCell;
using rulebook::CheckSource;
using rulebook::Field;
using rulebook::SelfCheck;
using store::ResultRow;
using store::Session;

constexpr std::string_view kOfKind = "SELECT id FROM record WHERE town=?1 AND kind=?2 AND voided=0 ORDER BY id";
constexpr std::string_view kNames = "SELECT number,title FROM record WHERE town=?1 AND id=?2";
/// So many records are held in memory at once.
constexpr std::size_t kKeptRecords = 200;

class CheckRun {
 public:
  CheckRun(Session& session, const Town& town, const SelfCheck& check, int year, Date today,
           const rules::Person* reader)
      : session_(session), town_(town), check_(check), reader_(reader) {
    sheet_.check = &check;
    sheet_.year = year;
    sheet_.as_of = today;
  }

  Result<CheckSheet> run() {
    for (const CheckSource& source : check_.sources) ZS_CHECK(read_source(source));
    sort_lines();
    return std::move(sheet_);
  }

 private:
  // The day of a line is most often a column of the ledger: then only the year's records are read.
  Result<std::vector<RecordId>> candidates(const CheckSource& source) {
    const rulebook::Kind& kind = *town_.book->find_kind(source.kind);
    const rulebook::DateOf& dated = source.dated;
    const bool plain = dated.kind == rulebook::DateOf::Kind::field && !dated.when && !dated.path.from_element &&
                       dated.path.steps.size() == 1;
    const Field* field = plain ? kind.find_field(dated.path.steps.front().key) : nullptr;
    std::vector<RecordId> ids;
    const auto take = [&](const ResultRow& row) {
      ids.push_back(RecordId{std::get<std::int64_t>(row[0])});
      return true;
    };
    if (field == nullptr || !store::has_column(*field) || field->type != rulebook::Type::date) {
      ZS_CHECK(session_.each(kOfKind, {town_.id.number, source.kind}, take));
      return ids;
    }
    const std::string sql = fmt::format("SELECT id FROM {} WHERE town=?1 AND {} BETWEEN ?2 AND ?3 ORDER BY id",
                                        town_.tables->at(source.kind).name, store::column_name(field->key));
    ZS_CHECK(session_.each(sql,
                           {town_.id.number, std::int64_t{Date(sheet_.year, 1, 1).serial()},
                            std::int64_t{Date(sheet_.year, 12, 31).serial()}},
                           take));
    return ids;
  }

  Result<> read_source(const CheckSource& source) {
    ZS_TRY(const auto ids, candidates(source));
    const Reach reach = reach_of(source);
    const bool asks_acts = std::any_of(source.cells.begin(), source.cells.end(), [](const CheckCell& cell) {
      return cell.kind == CheckCell::Kind::gates || cell.kind == CheckCell::Kind::decided;
    });
    std::optional<Workspace> workspace;
    for (std::size_t i = 0; i < ids.size() && !sheet_.cut; ++i) {
      if (i % kKeptRecords == 0) workspace.emplace(session_, town_);
      ZS_TRY(const rules::Record* record, workspace->record(ids[i]));
      if (record == nullptr || record->voided) continue;
      ZS_TRY(const rules::Neighbours near, workspace->neighbours(record, {}, reach));
      std::vector<rules::PastAct> acts;
      if (asks_acts) {
        ZS_TRY(acts, past_acts(*record));
      }
      ZS_CHECK(read_record_lines(source, *record, near, acts));
    }
    return {};
  }

  // The record's entries, each with the kind as the rulebook of that day declared it.
  Result<std::vector<rules::PastAct>> past_acts(const rules::Record& record) {
    ZS_TRY(RecordHistory history, read_history(session_, town_, record.id));
    std::vector<rules::PastAct> acts;
    for (std::size_t i = 0; i < history.entries.size(); ++i) {
      ZS_TRY(const rulebook::Rulebook* book, book_of(history.metas[i].rulebook));
      acts.push_back({std::move(history.entries[i]), book == nullptr ? nullptr : book->find_kind(record.kind)});
    }
    return acts;
  }

  Result<const rulebook::Rulebook*> book_of(const std::string& digest) {
    if (digest == town_.book->digest) return town_.book.get();
    const auto known = books_.find(digest);
    if (known != books_.end()) return known->second.get();
    ZS_TRY(books_[digest], adopted_book(session_, digest));
    return books_[digest].get();
  }

  Result<> read_record_lines(const CheckSource& source, const rules::Record& record, const rules::Neighbours& near,
                             const std::vector<rules::PastAct>& acts) {
    rules::ActContext context;
    context.day = sheet_.as_of;
    rules::View view(town_.in_force(), record, &near, &context);
    std::vector<rules::CheckLine> lines = rules::check_lines(view, check_, source, acts, sheet_.year, sheet_.as_of);
    if (lines.empty()) return {};
    const bool seen = reader_ == nullptr || rules::may_read(view, *reader_);
    ZS_TRY(const auto names, session_.read(kNames, {town_.id.number, record.id.number}));
    for (rules::CheckLine& line : lines) {
      if (sheet_.lines.size() + static_cast<std::size_t>(sheet_.hidden) >= kCheckLinesMax) {
        sheet_.cut = true;
        return {};
      }
      CheckedLine made;
      made.line = std::move(line);
      made.source = &source;
      made.record = record.id;
      made.kind = record.kind;
      if (!names.empty()) {
        made.number = std::get<std::string>(names.front()[0]);
        made.title = std::get<std::string>(names.front()[1]);
      }
      ZS_CHECK(add_texts(made));
      count(made);
      if (seen)
        sheet_.lines.push_back(std::move(made));
      else
        ++sheet_.hidden;
    }
    return {};
  }

  Result<> add_texts(CheckedLine& line) {
    for (std::size_t i = 0; i < check_.line.columns.size(); ++i) {
      ZS_TRY(std::string text, text_of_value(check_.line.columns[i], line.line.cells[i].value));
      line.texts.push_back(std::move(text));
    }
    return {};
  }

  Result<std::string> text_of_value(const Field& column, const Value& value) {
    std::vector<Link> links;
    if (const auto* link = value.as<Link>()) links.push_back(*link);
    if (const auto* many = value.as<std::vector<Link>>()) links = *many;
    std::string text;
    for (const Link& link : links) {
      ZS_TRY(const auto names, session_.read(kNames, {town_.id.number, link.id.number}));
      const auto name = [&](std::size_t i) { return std::get<std::string>(names.front()[i]); };
      const std::string one = names.empty() ? plain_text(Value(link)) : name(0).empty() ? name(1) : name(0);
      text += (text.empty() ? "" : "、") + one;
    }
    if (!links.empty()) return text;
    const auto* texts = value.as<std::vector<std::string>>();
    if (texts == nullptr) return value.absent() ? std::string() : shown(town_, column, value);
    for (const std::string& one : *texts) text += (text.empty() ? "" : "、") + shown(town_, column, Value(one));
    return text;
  }

  static void add_verdict(CheckTotals& totals, rules::Verdict verdict) {
    ++totals.lines;
    totals.differs += verdict == rules::Verdict::differs;
    totals.unproven += verdict == rules::Verdict::unproven;
    totals.fits += verdict == rules::Verdict::fits;
  }

  void count(const CheckedLine& line) {
    std::vector<CheckTotals*> sums{&sheet_.totals};
    if (!check_.groups.empty()) sums.push_back(&groups_[group_of(line)]);
    for (CheckTotals* totals : sums) {
      add_verdict(*totals, line.line.verdict);
      for (std::size_t i = 0; i < check_.columns.size(); ++i) {
        if (!check_.columns[i].total) continue;
        std::int64_t& sum = totals->sums[check_.line.columns[i].key];
        if (const auto* number = line.line.cells[i].value.as<std::int64_t>()) sum += *number;
      }
    }
  }

  std::string group_of(const CheckedLine& line) const {
    for (std::size_t i = 0; i < check_.line.columns.size(); ++i) {
      if (check_.line.columns[i].key == check_.groups) return line.texts[i];
    }
    return {};
  }

  void sort_lines() {
    std::stable_sort(sheet_.lines.begin(), sheet_.lines.end(), [&](const CheckedLine& a, const CheckedLine& b) {
      const auto key = [&](const CheckedLine& line) {
        return std::tuple(check_.groups.empty() ? std::string() : group_of(line), line.line.verdict, line.line.day);
      };
      return key(a) < key(b);
    });
    sheet_.groups.assign(groups_.begin(), groups_.end());
  }

  Session& session_;
  const Town& town_;
  const SelfCheck& check_;
  const rules::Person* reader_;
  CheckSheet sheet_;
  std::map<std::string, CheckTotals> groups_;
  std::map<std::string, std::shared_ptr<const rulebook::Rulebook>> books_;
};

}  // namespace

Result<CheckSheet> run_check(Session& session, const Town& town, std::string_view key, int year, Date today,
                             const rules::Person* reader) {
  const SelfCheck* check = town.book->find_check(key);
  if (check == nullptr) {
    std::vector<std::string> names;
    for (const SelfCheck& candidate : town.book->checks) names.push_back(candidate.key);
    const std::string near = rulebook::nearest(key, names);
    return not_found(fmt::format("没有“{}”这张自查表{}", key, near.empty() ? "" : fmt::format("。是不是“{}”？", near)),
                     fmt::format("there is no self-check \"{}\"{}", key,
                                 near.empty() ? "" : fmt::format(". Did you mean \"{}\"?", near)));
  }
  return CheckRun(session, town, *check, year, today, reader).run();
}

std::string text_of(const Town& town, const rulebook::Kind& kind, const rules::GateSeen& seen) {
  const rulebook::Action* action = kind.find_action(seen.action);
  const std::string act = action != nullptr ? action->label : "登记";
  if (seen.gate.empty() && seen.held == rulebook::Held::unproven)
    return fmt::format("{} {} 没有核过：旧台账登记的案件，或者当时的规则书没有这些关口", act, seen.day.text());
  if (seen.gate.empty()) return fmt::format("{} {} 核过 {} 项，符合", act, seen.day.text(), seen.gates);
  std::string law;
  for (const std::string& text : seen.rules) {
    const rulebook::Rule* rule = town.book->find_rule(rulebook::parse_rule_ref(text, {}).rule);
    if (rule != nullptr) law += (law.empty() ? "" : "、") + rule->citation();
  }
  const std::string says = rules::says_of_mark(*town.book, kind, seen.gate);
  const std::string tail = seen.held == rulebook::Held::unproven ? "（情况不详，没有核实）"
                           : seen.held == rulebook::Held::warned && !seen.who.empty()
                               ? fmt::format("（{}签批）", staff_name(town, seen.who))
                               : std::string();
  return fmt::format("{} {}：{}{}{}", act, seen.day.text(), says, tail, law.empty() ? "" : "。" + law);
}

std::string_view chinese_of(rules::Verdict verdict) {
  switch (verdict) {
    case rules::Verdict::differs: return "不符";
    case rules::Verdict::unproven: return "没有证明";
    case rules::Verdict::fits: return "相符";
  }
  return "";
}

}  // namespace zs::ledger
