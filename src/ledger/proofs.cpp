#include "ledger/proofs.h"

#include <fmt/format.h>

#include "ledger/workspace.h"
#include "rules/scope.h"

namespace zs::ledger {
namespace {

using store::ResultRow;
using store::Session;

constexpr std::string_view kLinks =
    "SELECT kind,field,to_record,0 FROM link WHERE town=?1 AND record=?2 UNION ALL "
    "SELECT kind,field,record,1 FROM link WHERE town=?1 AND to_record=?2 LIMIT 200";
constexpr std::string_view kRow =
    "SELECT kind,number,title,state,unit,village,handler,closed_state,version FROM record WHERE town=?1 AND id=?2 AND "
    "voided=0";
constexpr std::string_view kHead = "SELECT n,head_bytes FROM town WHERE town=?1";
constexpr std::string_view kLeaf = "SELECT leaf FROM journal WHERE town=?1 AND n=?2 AND record=?3";
constexpr std::string_view kLeaves = "SELECT leaf FROM journal WHERE town=?1 AND n>?2 ORDER BY n LIMIT ?3";
constexpr std::string_view kNodes =
    "SELECT digest FROM node WHERE town=?1 AND level=?2 AND number>=?3 ORDER BY number LIMIT ?4";
constexpr unsigned kHighestLevel = 56;

Result<Digest> digest_in(const store::Cell& cell) {
  const auto* blob = std::get_if<store::Blob>(&cell);
  const auto found = blob == nullptr ? std::nullopt : digest_of_bytes(blob->bytes);
  if (!found)
    return corrupt("存证日志里有一个摘要已损坏；请运行 verify", "a digest of the journal is damaged: run verify");
  return *found;
}

}  // namespace

Result<std::vector<Near>> links_of(Session& session, const Town& town, const rules::Record& record) {
  ZS_TRY(const auto links, session.read(kLinks, {town.id.number, record.id.number}));
  std::vector<Near> found;
  for (const ResultRow& link : links) {
    Near near;
    near.from_kind = std::get<std::string>(link[0]);
    near.field = std::get<std::string>(link[1]);
    near.row.id = RecordId{std::get<std::int64_t>(link[2])};
    near.back = std::get<std::int64_t>(link[3]) != 0;
    ZS_TRY(auto other, read_record(session, town, near.row.id));
    if (!other) continue;
    near.record = *std::move(other);
    ZS_TRY(const auto rows, session.read(kRow, {town.id.number, near.row.id.number}));
    if (rows.empty()) continue;
    const ResultRow& row = rows.front();
    const auto text = [&](std::size_t column) { return std::get<std::string>(row[column]); };
    near.row.kind = text(0);
    near.row.number = text(1);
    near.row.title = text(2);
    near.row.state = text(3);
    near.row.unit = text(4);
    near.row.village = text(5);
    near.row.handler = text(6);
    near.row.closed_state = std::get<std::int64_t>(row[7]) != 0;
    near.row.version = std::get<std::int64_t>(row[8]);
    found.push_back(std::move(near));
  }
  return found;
}

Result<EntryProof> prove_entry(Session& session, const Town& town, RecordId record, EntryNumber n) {
  ZS_TRY(const auto rows, session.read(kLeaf, {town.id.number, n.number, record.number}));
  if (rows.empty())
    return not_found(fmt::format("这一件没有第 {} 条存证", n.number),
                     fmt::format("this record has no entry {}", n.number));
  EntryProof proof;
  ZS_TRY(proof.leaf, digest_in(rows.front()[0]));
  ZS_TRY(const auto head, session.read(kHead, {town.id.number}));
  proof.size = std::get<std::int64_t>(head.front()[0]);
  ZS_TRY(const Frontier frontier, Frontier::parse(town.algorithm, std::get<store::Blob>(head.front()[1]).bytes));
  proof.root = frontier.root();
  const auto read = [&](unsigned level, std::uint64_t first, std::uint64_t count) -> Result<std::vector<Digest>> {
    const auto from = static_cast<std::int64_t>(first);
    const auto limit = static_cast<std::int64_t>(count);
    auto found = level == 0 ? session.read(kLeaves, {town.id.number, from, limit})
                            : session.read(kNodes, {town.id.number, std::int64_t{level}, from, limit});
    if (!found) return found.error();
    std::vector<Digest> digests;
    for (const ResultRow& row : *found) {
      ZS_TRY(const Digest digest, digest_in(row[0]));
      digests.push_back(digest);
    }
    return digests;
  };
  const auto index = static_cast<std::uint64_t>(n.number - 1);
  const auto size = static_cast<std::uint64_t>(proof.size);
  ZS_TRY(proof.path, prove_inclusion(town.algorithm, index, size, stored_nodes(town.algorithm, read, kHighestLevel)));
  proof.holds = verify_inclusion(town.algorithm, proof.leaf, index, size, proof.path, proof.root);
  return proof;
}

}  // namespace zs::ledger
