#include "ledger/publish.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "ledger/batch.h"
#include "ledger/figures.h"

namespace zs::ledger {
namespace {

using store::ResultRow;
using store::Session;

constexpr std::string_view kDocument = "SELECT text FROM document WHERE digest=?1";
constexpr std::string_view kPutDocument = "INSERT OR IGNORE INTO document(digest,kind,text) VALUES(?1,?2,?3)";
constexpr std::string_view kPutSetting = "INSERT OR REPLACE INTO setting(town,key,value) VALUES(?1,?2,?3)";
constexpr std::string_view kRow = "SELECT kind,number,title FROM record WHERE town=?1 AND id=?2";

// What one record, row and end contributes, as it is frozen: "record row edge day value", one a line.
struct Frozen {
  std::int64_t record = 0, row = 0, edge = 0, day = 0, value = 0;
  auto operator<=>(const Frozen&) const = default;
};

std::string text_of(const std::vector<Frozen>& list) {
  std::string text;
  for (const Frozen& each : list)
    text += fmt::format("{} {} {} {} {}\n", each.record, each.row, each.edge, each.day, each.value);
  return text;
}

// A stored file was checked by its digest; what is no number in it reads as nought.
std::vector<Frozen> frozen_of(std::string_view text) {
  std::vector<Frozen> list;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  while (at < end) {
    Frozen each;
    for (std::int64_t* field : {&each.record, &each.row, &each.edge, &each.day, &each.value})
      at = std::min(std::from_chars(at, end, *field).ptr + 1, end);
    list.push_back(each);
  }
  return list;
}

Result<std::vector<Frozen>> contributions(Session& session, const Town& town, const std::string& figure, int year) {
  ZS_TRY(const auto lines, evidence_of_year(session, town, figure, year));
  std::vector<Frozen> list;
  for (const EvidenceLine& line : lines)
    list.push_back({line.record.number, line.row, line.edge, line.day.serial(), line.value});
  std::sort(list.begin(), list.end());
  return list;
}

std::int64_t sum_of(const std::vector<Frozen>& list) {
  std::int64_t sum = 0;
  for (const Frozen& each : list) sum += each.value;
  return sum;
}

std::string digest_text(std::string_view text) {
  return hex(bytes(digest(Algorithm::sm3, {text})));
}

Result<std::string> document(Session& session, const std::string& name) {
  ZS_TRY(const auto rows, session.read(kDocument, {name}));
  std::string text = rows.empty() ? std::string() : std::get<std::string>(rows.front()[0]);
  if (rows.empty() || digest_text(text) != name)
    return corrupt(fmt::format("发布时冻结的文件 {} 不见了或者变了；请从备份恢复", name.substr(0, 16)),
                   fmt::format("the frozen file {} is gone or changed: restore a backup", name.substr(0, 16)));
  return text;
}

Result<std::vector<Cause>> causes_of(Session& session, const Town& town, RecordId record, EntryNumber after) {
  ZS_TRY(const RecordHistory history, read_history(session, town, record));
  std::vector<Cause> causes;
  for (std::size_t i = 0; i < history.entries.size(); ++i) {
    if (history.metas[i].n <= after) continue;
    const rules::EntryFacts& facts = history.entries[i];
    causes.push_back({history.metas[i].n, facts.type, facts.action, facts.actor, facts.on});
  }
  return causes;
}

std::map<std::int64_t, std::int64_t> by_record(const std::vector<Frozen>& list) {
  std::map<std::int64_t, std::int64_t> sums;
  for (const Frozen& each : list) sums[each.record] += each.value;
  return sums;
}

// The records on one side only, or with other lines than published: a day that moved inside the year counts too.
Result<std::vector<Change>> changes_of(Session& session, const Town& town, const Publication& publication,
                                       const std::vector<Frozen>& before, const std::vector<Frozen>& now) {
  std::vector<Frozen> differing;
  std::set_symmetric_difference(before.begin(), before.end(), now.begin(), now.end(), std::back_inserter(differing));
  const auto sums_before = by_record(before);
  const auto sums_now = by_record(now);
  const auto at = [](const auto& sums, std::int64_t record) {
    const auto found = sums.find(record);
    return found == sums.end() ? std::int64_t{0} : found->second;
  };
  std::vector<Change> changes;
  for (const auto& [record, ignored] : by_record(differing)) {
    Change change;
    change.record = RecordId{record};
    change.before = at(sums_before, record);
    change.now = at(sums_now, record);
    ZS_TRY(const auto rows, session.read(kRow, {town.id.number, record}));
    if (!rows.empty()) {
      change.kind = std::get<std::string>(rows.front()[0]);
      change.number = std::get<std::string>(rows.front()[1]);
      change.title = std::get<std::string>(rows.front()[2]);
    }
    ZS_TRY(change.causes, causes_of(session, town, change.record, publication.entry));
    changes.push_back(std::move(change));
  }
  return changes;
}

// "entry 4835\nday 2024-01-20\nactor s-office\ntext 5b…\nfigure petition_cases 1f…\n…"
std::string index_of(const Publication& publication) {
  std::string text =
      fmt::format("entry {}\nday {}\nactor {}\n", publication.entry.number, publication.day.text(), publication.actor);
  if (!publication.text.empty()) text += fmt::format("text {}\n", publication.text);
  for (const auto& [figure, name] : publication.files) text += fmt::format("figure {} {}\n", figure, name);
  return text;
}

Publication publication_from(int year, std::string_view text) {
  Publication made;
  made.year = year;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t blank = line.find(' ');
    const std::string_view word = line.substr(0, blank);
    const std::string rest(line.substr(std::min(blank + 1, line.size())));
    if (word == "entry") made.entry = EntryNumber{std::atoll(rest.c_str())};
    if (word == "day") made.day = parse_date(rest).value_or(Date());
    if (word == "actor") made.actor = rest;
    if (word == "text") made.text = rest;
    if (word == "figure") made.files[rest.substr(0, rest.find(' '))] = rest.substr(rest.find(' ') + 1);
  }
  return made;
}

}  // namespace

Result<Publication> publish(Ledger& ledger, TownId id, int year, const std::string& actor,
                            const std::string& words) {
  ZS_TRY(const auto town, ledger.snapshot(id));
  Publication made;
  made.year = year;
  made.actor = actor;
  made.text = digest_text(words);
  made.day = civil(ledger.now(), town->book->utc_offset).day();
  if (made.day.year() <= year)
    return bad_input(fmt::format("{}年还没有过完，不能发布年度报告", year),
                     fmt::format("the year {} is not over: its report cannot be published", year));
  ZS_CHECK(ledger.append(
      id, [&](Session& session, EntryNumber n, rules::EntryFacts& facts, store::WriteBatch& rows) -> Result<> {
        made.entry = n;
        facts.type = "publish";
        facts.actor = actor;
        facts.on = made.day;
        facts.facts.push_back({"year", std::to_string(year)});
        for (const rulebook::Figure& figure : town->book->figures) {
          if (!figure.base()) continue;
          ZS_TRY(const auto list, contributions(session, *town, figure.key, year));
          const std::string text = text_of(list);
          const std::string name = digest_text(text);
          made.files[figure.key] = name;
          facts.facts.push_back({"figures/" + figure.key, name});
          rows.add(kPutDocument, {name, std::string("contributions"), text});
        }
        facts.facts.push_back({"text", made.text});
        rows.add(kPutDocument, {made.text, std::string("report"), words});
        const std::string index = index_of(made);
        const std::string name = digest_text(index);
        facts.facts.push_back({"digest", name});
        rows.add(kPutDocument, {name, std::string("publication"), index});
        rows.add(kPutSetting, {id.number, published_key(year), name});
        return {};
      }));
  return made;
}

Result<std::optional<Publication>> publication_of(Session& session, const Town& town, int year) {
  const auto known = town.settings.find(published_key(year));
  if (known == town.settings.end()) return std::optional<Publication>();
  ZS_TRY(const std::string index, document(session, known->second));
  return std::optional<Publication>(publication_from(year, index));
}

Result<std::string> words_of(Session& session, const Publication& publication) {
  if (publication.text.empty())
    return not_found("这一次发布还没有冻结正文", "no words were frozen with this publication");
  return document(session, publication.text);
}

Result<std::vector<Drift>> drift_of(Session& session, const Town& town, const Publication& publication) {
  std::vector<Drift> drifts;
  for (const auto& [figure, name] : publication.files) {
    if (town.book->find_figure(figure) == nullptr) continue;
    ZS_TRY(const std::string text, document(session, name));
    ZS_TRY(const auto now, contributions(session, town, figure, publication.year));
    // The same bytes are the same contributions.
    if (text_of(now) == text) continue;
    const auto before = frozen_of(text);
    Drift drift;
    drift.figure = figure;
    drift.published = sum_of(before);
    drift.now = sum_of(now);
    ZS_TRY(drift.changes, changes_of(session, town, publication, before, now));
    drifts.push_back(std::move(drift));
  }
  return drifts;
}

}  // namespace zs::ledger
