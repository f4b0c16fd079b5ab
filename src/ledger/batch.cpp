#include "ledger/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "rules/decide.h"

namespace zs::ledger {
namespace {

using rules::Change;
using rules::EntryFacts;
using store::Blob;
using store::Cell;
using store::ResultRow;

constexpr std::string_view kKey = "SELECT n,request,entries FROM journal WHERE town=?1 AND actor=?2 AND key=?3";
constexpr std::string_view kEntries = "SELECT header,body FROM journal WHERE town=?1 AND n>=?2 ORDER BY n LIMIT ?3";
constexpr std::string_view kHistory = "SELECT header,body FROM journal WHERE town=?1 AND record=?2 ORDER BY n";
constexpr std::string_view kTaken = "SELECT record FROM number WHERE town=?1 AND kind=?2 AND name=?3 AND text=?4";
constexpr std::string_view kAppend =
    "INSERT INTO journal(town,n,record,at,actor,key,request,entries,header,body,leaf) "
    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)";
constexpr std::string_view kNode = "INSERT INTO node(town,level,number,digest) VALUES(?1,?2,?3,?4)";
constexpr std::string_view kHead = "UPDATE town SET n=?2,head_bytes=?3,at=?4,next_record=?5 WHERE town=?1";
constexpr std::string_view kSeries =
    "INSERT INTO series(town,kind,name,year,per,last) VALUES(?1,?2,?3,?4,?5,?6) "
    "ON CONFLICT(town,kind,name,year,per) DO UPDATE SET last=excluded.last";

// Entries or records that one task takes: enough to be worth handing over, few enough to keep both threads busy.
constexpr std::size_t kShare = 8;

Blob blob(const Digest& digest) {
  return Blob{std::string(bytes(digest))};
}

std::vector<Link> links_of(const rules::Fields& fields) {
  std::vector<Link> links;
  for (const auto& [name, value] : fields) {
    if (const auto* link = value.as<Link>()) links.push_back(*link);
    if (const auto* many = value.as<std::vector<Link>>()) links.insert(links.end(), many->begin(), many->end());
  }
  return links;
}

void append_fields(std::string& text, const rules::Fields& fields) {
  for (const auto& [name, value] : fields) {
    append_json_text(text, name);
    append_json(text, value);
  }
}

Receipt receipt_of(const std::vector<EntryFacts>& entries, EntryNumber first) {
  Receipt receipt;
  receipt.record = entries.front().record;
  receipt.first = first;
  receipt.last = EntryNumber{first.number + static_cast<std::int64_t>(entries.size()) - 1};
  for (const EntryFacts& entry : entries) {
    if (entry.record != receipt.record) {
      receipt.opened.push_back({entry.kind, entry.record});
      continue;
    }
    receipt.version = entry.version;
    if (!entry.state.empty()) receipt.state = entry.state;
    for (const auto& [name, text] : entry.numbers) receipt.numbers[name] = text;
    receipt.warned.insert(receipt.warned.end(), entry.warned.begin(), entry.warned.end());
    receipt.breaches.insert(receipt.breaches.end(), entry.breaches.begin(), entry.breaches.end());
  }
  return receipt;
}

Result<Opened> open_row(const Town& town, const ResultRow& row) {
  ZS_TRY(const auto values, decode_values(town.algorithm, std::get<std::string>(row[1])));
  return open(*town.book, std::get<std::string>(row[0]), values);
}

}  // namespace

rules::Facts facts_of(const Town& town, Instant at) {
  rules::Facts facts;
  facts.in_force = town.in_force();
  facts.staff = &town.staff;
  facts.orgs = &town.orgs;
  facts.homes = &town.homes;
  facts.today = civil(at, town.book->utc_offset).day();
  facts.town_character = town.character;
  return facts;
}

std::vector<Link> links_of(const Change& change) {
  std::vector<Link> links;
  for (const rules::ActInput& act : change.acts) {
    const auto add = [&](const rules::Fields& fields) {
      const auto found = links_of(fields);
      links.insert(links.end(), found.begin(), found.end());
    };
    add(act.values);
    for (const rules::RowChange& row : act.rows) add(row.cells);
  }
  return links;
}

Digest request_digest(Algorithm algorithm, const Change& change) {
  std::string text = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n", rules::name_of(change.way),
                                 rules::name_of(change.asks), change.kind, change.record ? change.record->number : 0,
                                 change.reason, change.signer, change.source, change.state);
  if (change.paper != 0) text += fmt::format("paper {}\n", change.paper);
  for (const rules::ActInput& act : change.acts) {
    text += fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n", act.action, act.day ? act.day->text() : "", act.decider,
                        act.signed_paper, act.pass_reason, act.pass_signer);
    append_fields(text, act.values);
    for (const rules::RowChange& row : act.rows) {
      text += fmt::format("{}/{}\n", row.rows, row.number);
      append_fields(text, row.cells);
    }
    for (const auto& [name, number] : act.numbers) text += name + "=" + number + "\n";
  }
  return digest(algorithm, {text});
}

Result<RecordHistory> read_history(store::Session& session, const Town& town, RecordId record) {
  RecordHistory history;
  ZS_TRY(const auto rows, session.read(kHistory, {town.id.number, record.number}));
  for (const ResultRow& row : rows) {
    ZS_TRY(Opened opened, open_row(town, row));
    history.entries.push_back(std::move(opened.facts));
    history.metas.push_back(std::move(opened.meta));
  }
  return history;
}

Result<std::optional<Receipt>> Batch::repeated(const Change& change, const Digest& request) {
  if (change.key.empty()) return std::optional<Receipt>();
  ZS_TRY(const auto found, session_.read(kKey, {change.town.number, change.actor, change.key}));
  if (found.empty()) return std::optional<Receipt>();
  const ResultRow& row = found.front();
  if (std::get<Blob>(row[1]).bytes != bytes(request)) {
    return conflict("这个幂等键已经用于另一个内容，换一个键",
                    "this idempotency key was used for another body: take another key");
  }
  const EntryNumber first{std::get<std::int64_t>(row[0])};
  ZS_TRY(const auto rows, session_.read(kEntries, {change.town.number, first.number, std::get<std::int64_t>(row[2])}));
  std::vector<EntryFacts> entries;
  for (const ResultRow& entry : rows) {
    ZS_TRY(Opened opened, open_row(town_, entry));
    entries.push_back(std::move(opened.facts));
  }
  Receipt receipt = receipt_of(entries, first);
  receipt.repeated = true;
  return std::optional<Receipt>(std::move(receipt));
}

Result<> Batch::load_history(RecordId record) {
  ZS_TRY(RecordHistory history, read_history(session_, town_, record));
  history_ = std::move(history.entries);
  if (!history.metas.empty()) last_recorded_ = civil(history.metas.back().at, town_.book->utc_offset).day();
  return {};
}

Result<rules::Facts> Batch::load_facts(const Change& change, Instant at) {
  before_ = nullptr;
  history_.clear();
  last_recorded_.reset();
  const rulebook::Kind* kind = town_.book->find_kind(change.kind);
  if (change.record) {
    ZS_TRY(before_, workspace_.record(*change.record));
    if (before_ == nullptr || (kind != nullptr && before_->kind != kind->key)) {
      return not_found(fmt::format("没有这一事项：{}/{}", change.kind, change.record->number),
                       fmt::format("there is no {}/{}", change.kind, change.record->number));
    }
  }
  Reach several;
  const Reach* reach = &several;
  if (kind != nullptr) {
    // Acts look as far as their gates; a correction asks the gates of all past acts again.
    const bool acts = change.asks == rules::Asks::acts;
    for (const rules::ActInput& act : change.acts) {
      const rulebook::Action* action = acts ? kind->find_action(act.action) : nullptr;
      if (acts && action == nullptr) continue;
      auto& known = reaches_[{kind->key, acts ? act.action : std::string()}];
      if (known.nothing()) known = reach_of(*kind, action);
      if (change.acts.size() == 1) {
        reach = &known;
        break;
      }
      several.follows.insert(known.follows.begin(), known.follows.end());
      several.backs.insert(known.backs.begin(), known.backs.end());
    }
  }
  ZS_TRY(neighbours_, workspace_.neighbours(before_, links_of(change), *reach));
  const bool amends =
      change.asks == rules::Asks::edit || change.asks == rules::Asks::correct || change.asks == rules::Asks::undo;
  if (amends && change.record) ZS_CHECK(load_history(*change.record));
  for (const rules::ActInput& act : change.acts) {
    for (const auto& [name, text] : act.numbers) {
      ZS_TRY(const auto rows, session_.read(kTaken, {change.town.number, change.kind, name, text}));
      for (const ResultRow& row : rows) taken_[{change.kind, name, text}] = RecordId{std::get<std::int64_t>(row[0])};
    }
  }
  rules::Facts facts = facts_of(town_, at);
  facts.before = before_;
  facts.neighbours = &neighbours_;
  facts.history = &history_;
  facts.taken = &taken_;
  facts.last_recorded = last_recorded_;
  return facts;
}

void Batch::append_entry(EntryFacts facts, Instant at, Idempotency idempotency, std::vector<PaperToPrint> papers) {
  const EntryMeta meta{town_.id, EntryNumber{town_.n + 1}, at, town_.book ? town_.book->digest : std::string(),
                       town_.calendar_digest};
  town_.n = meta.n.number;
  town_.at = at;
  if (!papers.empty()) printing_.insert(facts.record);
  pending_.push_back({std::move(facts), meta, std::move(idempotency), std::move(papers), {}, {}, {}});
  if (pending_.size() - sealing_ == kShare) begin_sealing();
}

Batch::~Batch() {
  for (const auto& task : tasks_) task->abandon();
}

std::shared_ptr<Aside::Task> Batch::begin(std::function<void()> work) {
  tasks_.push_back(aside_ != nullptr ? aside_->begin(std::move(work)) : std::make_shared<Aside::Task>(std::move(work)));
  return tasks_.back();
}

void Batch::begin_sealing() {
  std::vector<Pending*> share;
  for (; sealing_ < pending_.size(); ++sealing_) share.push_back(&pending_[sealing_]);
  begin([this, share] {
    for (Pending* pending : share) seal_entry(*pending);
  });
}

// What the entry issues is printed before: the digests of its papers are sealed with it.
void Batch::seal_entry(Pending& pending) const {
  if (!pending.papers.empty()) {
    pending.printed = print_papers(*print_, town_, pending.papers, pending.facts);
    if (!pending.printed) return;
  }
  std::uint64_t counter = static_cast<std::uint64_t>(pending.meta.n.number) << 16;
  const auto salt = [&]() {
    return town_.salt_seed.empty() ? random_salt() : derived_salt(town_.algorithm, town_.salt_seed, counter++);
  };
  pending.sealed = seal(town_.algorithm, pending.meta, pending.facts, salt);
  pending.body = encode_values(pending.sealed.values);
}

// Everything accepted so far is printed and sealed; the records name what was printed.
Result<> Batch::finish_sealing() {
  if (sealing_ < pending_.size()) begin_sealing();
  for (const auto& task : tasks_) task->finish();
  for (Pending& entry : pending_) {
    if (std::exchange(entry.papers, {}).empty()) continue;
    ZS_TRY(const auto printed, std::move(entry.printed));
    keep_printed(printed, workspace_.now(entry.facts.record), rows_);
  }
  printing_.clear();
  return {};
}

// The leaves join the tree in order.
void Batch::write_entries() {
  for (Pending& entry : pending_) {
    for (const Node& node : town_.frontier.append(entry.sealed.leaf)) {
      rows_.add(kNode,
                {town_.id.number, std::int64_t{node.level}, static_cast<std::int64_t>(node.index), blob(node.digest)});
    }
    const bool keyed = !entry.idempotency.key.empty();
    rows_.add(kAppend, {town_.id.number, entry.meta.n.number, entry.facts.record.number, entry.meta.at.utc_ms,
                        entry.facts.actor, keyed ? Cell(entry.idempotency.key) : Cell(std::monostate{}),
                        keyed ? Cell(blob(entry.idempotency.request)) : Cell(std::monostate{}),
                        static_cast<std::int64_t>(entry.idempotency.entries), std::move(entry.sealed.header),
                        std::move(entry.body), blob(entry.sealed.leaf)});
    write_marks(town_.id, entry.meta.n, entry.facts, rows_);
  }
}

void Batch::expect(std::span<const Change> changes) {
  if (aside_ == nullptr) return;
  std::set<RecordId> records;
  for (const Change& change : changes) {
    if (change.town == town_.id && change.record) records.insert(*change.record);
  }
  workspace_.fetch(records, [this](std::function<void()> work) { return begin(std::move(work)); });
}

Result<Answer> Batch::judge(const Change& change, Instant at) {
  const Digest request = change.key.empty() ? Digest{} : request_digest(town_.algorithm, change);
  ZS_TRY(std::optional<Receipt> earlier, repeated(change, request));
  if (earlier) return Answer(*std::move(earlier));
  // What the record's papers say must stand in it before it moves on.
  if (change.record && printing_.contains(*change.record)) ZS_CHECK(finish_sealing());
  ZS_TRY(const rules::Facts facts, load_facts(change, at));
  rules::Decision decision = rules::decide(facts, change, town_.supplies);
  if (auto* refusal = std::get_if<rules::Refusal>(&decision)) return Answer(std::move(*refusal));
  auto& outcome = std::get<rules::Outcome>(decision);
  ZS_ASSERT(!outcome.entries.empty());
  const EntryNumber first{town_.n + 1};
  Idempotency idempotency{change.key, request, outcome.entries.size()};
  Receipt receipt = receipt_of(outcome.entries, first);
  for (auto& [id, record] : outcome.after) workspace_.put(std::move(record));
  for (EntryFacts& entry : outcome.entries) {
    keep_numbers(entry);
    if (entry.version == 1) fresh_.insert(entry.record);
    std::vector<PaperToPrint> papers;
    if (print_ != nullptr && *print_) {
      ZS_TRY(papers, papers_to_print(session_, town_, entry, std::as_const(workspace_).now(entry.record)));
    }
    append_entry(std::move(entry), at, std::exchange(idempotency, {}), std::move(papers));
  }
  receipt.missing = std::move(outcome.missing);
  return Answer(std::move(receipt));
}

void Batch::keep_numbers(const EntryFacts& facts) {
  for (const auto& [name, text] : facts.numbers) taken_[{facts.kind, name, text}] = facts.record;
}

Result<EntryNumber> Batch::append(EntryFacts facts, Instant at) {
  std::sort(facts.facts.begin(), facts.facts.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  append_entry(std::move(facts), at, {});
  return EntryNumber{town_.n};
}

void Batch::write_head(store::WriteBatch& rows) {
  for (const auto& [key, last] : town_.supplies.serials) {
    const auto before = serials_before_.find(key);
    if (before != serials_before_.end() && before->second == last) continue;
    const auto& [kind, name, year, per] = key;
    rows.add(kSeries, {town_.id.number, kind, name, std::int64_t{year}, per, last});
  }
  rows.add(kHead,
           {town_.id.number, town_.n, Blob{town_.frontier.bytes()}, town_.at.utc_ms, town_.supplies.next_record});
}

void Batch::begin_share(Share& share) {
  share.task = begin([this, &share] {
    for (std::size_t i = 0; i < share.records.size(); ++i) {
      const Projection made = project(town_.in_force(), *share.records[i]);
      write_projection(town_, *share.records[i], share.stored[i], made, share.rows, share.tallies);
    }
  });
}

// Reads the rows that the projections of the touched records replace; each share is projected as soon as its rows are
// there, or, where papers are issued, when all are printed.
Result<> Batch::begin_projecting() {
  for (const RecordId id : workspace_.touched()) {
    if (shares_.empty() || shares_.back().records.size() == kShare) shares_.emplace_back();
    Share& share = shares_.back();
    share.records.push_back(&std::as_const(workspace_).now(id));
    share.stored.emplace_back();
    if (!fresh_.contains(id)) {
      ZS_TRY(share.stored.back(), read_projection(session_, town_.id, id));
    }
    if (share.records.size() == kShare && printing_.empty()) begin_share(share);
  }
  if (!printing_.empty()) ZS_CHECK(finish_sealing());
  for (Share& share : shares_) {
    if (!share.task) begin_share(share);
  }
  return {};
}

Result<> Batch::write_projections() {
  for (Share& share : shares_) {
    share.task->finish();
    add_to(tallies_, share.tallies);
    ZS_CHECK(session_.write(share.rows));
  }
  return {};
}

// Digests and projections are most of what a change costs beside the database: they are worked out aside, entries while
// later changes are judged, projections while rows are read and entries written.
Result<> Batch::write() {
  if (sealing_ < pending_.size()) begin_sealing();
  const std::vector<std::shared_ptr<Aside::Task>> sealing = tasks_;
  ZS_CHECK(begin_projecting());
  for (const auto& task : sealing) task->finish();
  write_entries();
  ZS_CHECK(session_.write(rows_));
  ZS_CHECK(write_projections());
  store::WriteBatch sums;
  write_tallies(town_.id, tallies_, sums);
  write_head(sums);
  return session_.write(sums);
}

}  // namespace zs::ledger
