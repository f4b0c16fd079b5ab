#include "ledger/alike.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ledger/finding.h"
#include "ledger/list_rows.h"
#include "ledger/sketch.h"
#include "ledger/where.h"
#include "ledger/workspace.h"

namespace zs::ledger {
namespace {

using rules::Person;
using store::Session;

constexpr std::array<std::string_view, 3> kLikenesses{"person", "name", "subject"};
// Fewer pairs than this are a beginning, and alike to everything.
constexpr std::size_t kPairsMin = 4;
// What is looked at closely, at most: the sketch is right nearly always.
constexpr std::size_t kCloseMax = 60;
constexpr std::int64_t kByNameMax = 40;
constexpr std::string_view kSaid =
    "SELECT to_record,field FROM link WHERE town=?1 AND record=?2 AND field IN ('same_as','not_same_as') UNION ALL "
    "SELECT record,field FROM link WHERE town=?1 AND to_record=?2 AND field IN ('same_as','not_same_as')";

std::string part_of(const Party& party, const char* part) {
  const auto found = party.find(part);
  return found == party.end() ? std::string() : found->second;
}

class Search {
 public:
  Search(Session& session, SubjectIndex& subjects, const Town& town, const Person& person, const Matter& matter,
         Date today)
      : session_(session), subjects_(subjects), town_(town), person_(person), matter_(matter), today_(today) {}

  Result<std::vector<Alike>> run() {
    ZS_CHECK(read_said());
    if (rules::may_reveal(*town_.book, person_, rulebook::Guard::personal)) {
      ZS_CHECK(by_person());
      ZS_CHECK(by_name());
    }
    ZS_CHECK(by_subject());
    return std::move(found_);
  }

 private:
  bool full() const { return found_.size() >= kAlikeMax; }

  Result<> read_said() {
    if (!matter_.self) return {};
    ZS_TRY(const auto rows, session_.read(kSaid, {town_.id.number, matter_.self->number}));
    for (const store::ResultRow& row : rows) {
      const RecordId other{std::get<std::int64_t>(row[0])};
      (std::get<std::string>(row[1]) == "same_as" ? same_ : other_).insert(other);
    }
    return {};
  }

  Result<> add(RecordId id, Likeness why, int percent) {
    const bool known = std::any_of(found_.begin(), found_.end(), [&](const Alike& each) { return each.row.id == id; });
    if (known || full() || id == matter_.self || other_.contains(id)) return {};
    ZS_TRY(auto row, find_row(session_, town_, id));
    if (!row) return {};
    ZS_TRY(const bool may, may_see(session_, town_, person_, *row));
    if (!may) return {};
    ZS_CHECK(add_next(session_, town_, *row, today_));
    found_.push_back({*std::move(row), why, percent, same_.contains(id)});
    return {};
  }

  Result<> by_person() {
    for (const std::string& number : matter_.persons) {
      Where where(town_.id);
      where.add("r.town=?1 AND r.voided=0");
      where.add(scopes_sql(town_, person_, where));
      where.add(fmt::format("r.id IN (SELECT record FROM person WHERE town=?1 AND digest={})",
                            where.bind(person_digest(town_, number))));
      // One more than there is room for: the record itself may be among them.
      const std::string sql = fmt::format("SELECT r.id FROM record r WHERE {} ORDER BY r.id DESC LIMIT {}",
                                          where.text(), where.bind(std::int64_t{kAlikeMax + 1}));
      ZS_TRY(const auto rows, session_.read(sql, where.parameters()));
      for (const store::ResultRow& row : rows)
        ZS_CHECK(add(RecordId{std::get<std::int64_t>(row[0])}, Likeness::person, 0));
    }
    return {};
  }

  // The index holds names as pairs: which record has the whole name is seen in the record.
  Result<> by_name() {
    const std::string scope = scope_match(town_, person_, {});
    if (matter_.village.empty() || scope.empty()) return {};
    for (const std::string& name : matter_.names) {
      const std::string words = search_words(name);
      if (words.empty() || full()) continue;
      const std::string match =
          fmt::format("names : (\"{}\") AND scope : (\"v_{}\") AND scope : ({})", words, matter_.village, scope);
      ZS_TRY(const auto rows,
             session_.read("SELECT t.rowid-?1 FROM record_text t CROSS JOIN record r ON r.id=t.rowid-?1 WHERE "
                           "t.record_text MATCH ?2 AND t.rowid>?1 AND t.rowid<?3 AND r.town=?4 AND r.voided=0 ORDER BY "
                           "t.rowid DESC LIMIT ?5",
                           {words_row(town_.id, RecordId{0}), match,
                            words_row(TownId{town_.id.number + 1}, RecordId{0}), town_.id.number, kByNameMax}));
      for (const store::ResultRow& row : rows) {
        const RecordId id{std::get<std::int64_t>(row[0])};
        ZS_TRY(const auto record, read_record(session_, town_, id));
        bool whole = false;
        for (const Party* party : record ? parties_of(*record) : std::vector<const Party*>())
          whole = whole || part_of(*party, "name") == name;
        if (whole) ZS_CHECK(add(id, Likeness::name, 0));
      }
    }
    return {};
  }

  struct Near {
    RecordId id;
    int share = 0;
  };

  Result<> by_subject() {
    const auto pairs = pairs_of(matter_.subject);
    if (pairs.size() < kPairsMin || full()) return {};
    ZS_TRY(auto near, sketched(pairs));
    const rulebook::Kind* kind = town_.book->find_kind(matter_.kind);
    for (Near& each : near) {
      ZS_TRY(const auto record, read_record(session_, town_, each.id));
      const auto text = record ? record->fields.find(kind->subject) : decltype(record->fields.end()){};
      const std::string* subject = record && text != record->fields.end() ? text->second.as<std::string>() : nullptr;
      each.share = subject == nullptr ? 0 : share_of(pairs, pairs_of(*subject));
    }
    std::stable_sort(near.begin(), near.end(), [](const Near& a, const Near& b) { return a.share > b.share; });
    for (const Near& each : near) {
      if (each.share >= kAlikePercent) ZS_CHECK(add(each.id, Likeness::subject, each.share));
    }
    return {};
  }

  // Those whose sketch could be alike, the most alike first.
  Result<std::vector<Near>> sketched(const std::set<std::string>& pairs) {
    const Sketch own = sketch_of(pairs);
    const int bits = shared_bits(own, own), count = static_cast<int>(pairs.size());
    // Pairs that fall on one bit are counted once: so many bits fewer may be shared by texts that are alike.
    const int least = (count * kAlikePercent + 99) / 100 - (count - bits);
    ZS_TRY(const auto found,
           subjects_.find(session_, town_, matter_.kind, own, least, today_ - kAlikeDays, today_, kCloseMax));
    std::vector<Near> near;
    for (const SubjectIndex::Found& each : found) near.push_back({each.id, 0});
    return near;
  }

  Session& session_;
  SubjectIndex& subjects_;
  const Town& town_;
  const Person& person_;
  const Matter& matter_;
  Date today_;
  std::vector<Alike> found_;
  std::set<RecordId> same_, other_;
};

}  // namespace

std::string_view name_of(Likeness why) {
  return kLikenesses[static_cast<std::size_t>(why)];
}

void add_party(Matter& matter, const std::string& name, const std::string& id_no, const std::string& phone) {
  if (!name.empty()) matter.names.push_back(name);
  add_persons(matter.persons, id_no, phone);
}

Matter matter_of(const Town& town, const rules::Record& record) {
  Matter matter;
  matter.kind = record.kind;
  matter.self = record.id;
  for (const Party* party : parties_of(record))
    add_party(matter, part_of(*party, "name"), part_of(*party, "id_no"), part_of(*party, "phone"));
  const auto text = [&](const std::string& field) {
    const auto found = record.fields.find(field);
    const std::string* held = found == record.fields.end() ? nullptr : found->second.as<std::string>();
    return held == nullptr ? std::string() : *held;
  };
  matter.village = text("village");
  const rulebook::Kind* kind = town.book->find_kind(record.kind);
  if (kind != nullptr && !kind->subject.empty()) matter.subject = text(kind->subject);
  return matter;
}

Result<std::vector<Alike>> alike(Session& session, SubjectIndex& subjects, const Town& town, const Person& person,
                                 const Matter& matter, Date today) {
  return Search(session, subjects, town, person, matter, today).run();
}

}  // namespace zs::ledger
