#include "ledger/erasure.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "ledger/entry.h"
#include "ledger/records.h"
#include "ledger/workspace.h"

namespace zs::ledger {
namespace {

using store::ResultRow;

constexpr std::string_view kBodies = "SELECT body FROM journal WHERE town=?1 AND record=?2 ORDER BY n";
constexpr std::string_view kNamed = "SELECT 1 FROM journal WHERE town=?1 AND instr(body,?2)>0 LIMIT 1";
constexpr std::string_view kFileGone = "DELETE FROM file WHERE town=?1 AND digest=?2";
constexpr std::size_t kDigestLetters = 64;

Result<std::vector<SealedValue>> values_of(store::Session& session, const Town& town, RecordId record) {
  std::vector<SealedValue> all;
  ZS_TRY(const auto rows, session.read(kBodies, {town.id.number, record.number}));
  for (const ResultRow& row : rows) {
    ZS_TRY(auto values, decode_values(town.algorithm, std::get<std::string>(row[0])));
    std::move(values.begin(), values.end(), std::back_inserter(all));
  }
  return all;
}

bool is_guarded(const Erasable& value) {
  return value.field == nullptr ||
         (value.field->guard != rulebook::Guard::open && value.field->guard != rulebook::Guard::internal);
}

const rulebook::Field* field_of(const rulebook::Kind& kind, std::string_view key) {
  const rulebook::Field* own = kind.find_field(key);
  return own != nullptr ? own : rulebook::find_shared_field(key);
}

// Texts in a value that look like a digest.
std::set<std::string> digests_in(const std::string& json) {
  std::set<std::string> found;
  std::size_t run = 0;
  for (std::size_t at = 0; at <= json.size(); ++at) {
    const bool hex = at < json.size() && ((json[at] >= '0' && json[at] <= '9') || (json[at] >= 'a' && json[at] <= 'f'));
    if (hex) {
      ++run;
      continue;
    }
    if (run == kDigestLetters) found.insert(json.substr(at - run, run));
    run = 0;
  }
  return found;
}

}  // namespace

// "inquiries/1/of_whom": the column of a row.
Erasable described(const rulebook::Kind& kind, const std::string& path) {
  Erasable made{path, nullptr, nullptr, 0, 0};
  const std::size_t first = path.find('/'), second = path.find('/', first + 1);
  if (first == std::string::npos) {
    made.field = field_of(kind, path);
  } else if (second != std::string::npos) {
    made.table = field_of(kind, path.substr(0, first));
    std::from_chars(path.data() + first + 1, path.data() + second, made.row);
    const std::string column = path.substr(second + 1);
    if (made.table != nullptr) made.field = made.table->find_column(column);
  }
  return made;
}

Result<std::vector<Erasable>> erasable(store::Session& session, const Town& town, const rules::Record& record) {
  const rulebook::Kind* kind = town.book->find_kind(record.kind);
  ZS_TRY(const auto values, values_of(session, town, record.id));
  std::map<std::string, Erasable> found;
  for (const SealedValue& value : values) {
    if (value.erased() || value.path.empty() || value.path.front() == '@' || value.json == "null") continue;
    const auto at = found.try_emplace(value.path, kind == nullptr ? Erasable{} : described(*kind, value.path)).first;
    ++at->second.times;
  }
  std::vector<Erasable> list;
  for (auto& [path, value] : found) {
    // Who was given a number, which rows were added and which papers issued is no personal value.
    if (value.field != nullptr) list.push_back(std::move(value));
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const Erasable& left, const Erasable& right) { return is_guarded(left) && !is_guarded(right); });
  return list;
}

Result<Erased> erase(Ledger& ledger, const Attachments& attachments, TownId id, const Erasure& erasure) {
  std::set<std::string> digests;
  {
    ZS_TRY(const auto town, ledger.snapshot(id));
    ZS_TRY(auto lease, ledger.database().reader());
    ZS_TRY(const auto values, values_of(*lease, *town, erasure.record));
    for (const SealedValue& value : values) {
      if (std::find(erasure.paths.begin(), erasure.paths.end(), value.path) != erasure.paths.end())
        digests.merge(digests_in(value.json));
    }
  }
  Erased done;
  ZS_TRY(done.n, ledger.erase(id, erasure));
  for (const std::string& digest : digests) {
    ZS_TRY(auto lease, ledger.database().reader());
    ZS_TRY(const auto known, find_file(*lease, id, digest));
    ZS_TRY(const auto named, lease->read(kNamed, {id.number, digest}));
    if (!known || !named.empty()) continue;
    store::WriteBatch rows;
    rows.add(kFileGone, {id.number, digest});
    ZS_CHECK(ledger.write_aside(rows));
    ZS_CHECK(attachments.remove(digest));
    ++done.files;
  }
  return done;
}

Result<std::optional<Certificate>> certificate_of(store::Session& session, const Town& town, RecordId record,
                                                  EntryNumber n) {
  ZS_TRY(const auto history, history_of(session, town, record));
  for (const HistoryLine& line : history) {
    if (line.n != n || line.facts.type != "erase") continue;
    Certificate made{n, line.at, record, line.facts.actor, line.facts.decider, {}, {}, 0};
    for (const auto& fact : line.facts.facts) {
      const auto* text = fact.value.as<std::string>();
      if (text == nullptr) continue;
      if (fact.path == "@reason") made.reason = *text;
      if (fact.path == "@values") made.values = std::atoll(text->c_str());
      for (std::size_t from = 0; fact.path == "@erased" && from < text->size();) {
        const std::size_t end = std::min(text->find(' ', from), text->size());
        made.paths.push_back(text->substr(from, end - from));
        from = end + 1;
      }
    }
    return std::optional(std::move(made));
  }
  return std::optional<Certificate>();
}

}  // namespace zs::ledger
