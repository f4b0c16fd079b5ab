#include "ledger/audit.h"

#include <fmt/format.h>

#include "base/value.h"

namespace zs::ledger {
namespace {

using store::ResultRow;

constexpr std::string_view kLast = "SELECT n,leaf FROM audit WHERE town=?1 ORDER BY n DESC LIMIT 1";
constexpr std::string_view kAppend =
    "INSERT INTO audit(town,n,at,account,what,place,outcome,detail,leaf) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)";
constexpr std::string_view kLines =
    "SELECT n,at,account,what,place,outcome,detail FROM audit WHERE town=?1 AND n<?2 ORDER BY n DESC LIMIT ?3";
constexpr std::string_view kAll =
    "SELECT n,at,account,what,place,outcome,detail,leaf FROM audit WHERE town=?1 ORDER BY n";

AuditLine line_of(const ResultRow& row) {
  const auto text = [&](std::size_t column) { return std::get<std::string>(row[column]); };
  return {std::get<std::int64_t>(row[0]),
          Instant{std::get<std::int64_t>(row[1])},
          text(2),
          text(3),
          text(4),
          text(5),
          text(6)};
}

std::string bytes_of(const AuditLine& line) {
  std::string out = fmt::format("[{},{}", line.n, line.at.utc_ms);
  for (const std::string* part : {&line.account, &line.what, &line.where, &line.outcome, &line.detail}) {
    out.push_back(',');
    append_json_text(out, *part);
  }
  return out + "]";
}

std::string chained(Algorithm algorithm, const std::string& before, const AuditLine& line) {
  return std::string(bytes(digest(algorithm, {before, bytes_of(line)})));
}

}  // namespace

Result<> audit(Ledger& ledger, TownId town, AuditLine line) {
  ZS_TRY(const auto known, ledger.snapshot(town));
  return ledger.write_aside([&](store::Session& session) -> Result<> {
    ZS_TRY(const auto last, session.read(kLast, {town.number}));
    std::string before;
    if (!last.empty()) {
      line.n = std::get<std::int64_t>(last.front()[0]);
      before = std::get<store::Blob>(last.front()[1]).bytes;
    }
    ++line.n;
    line.at = ledger.now();
    store::WriteBatch rows;
    rows.add(kAppend, {town.number, line.n, line.at.utc_ms, line.account, line.what, line.where, line.outcome,
                       line.detail, store::Blob{chained(known->algorithm, before, line)}});
    return session.write(rows);
  });
}

Result<std::vector<AuditLine>> audit_lines(Ledger& ledger, TownId town, std::int64_t before, int limit) {
  ZS_TRY(auto lease, ledger.database().reader());
  const std::int64_t below = before > 0 ? before : std::int64_t{1} << 62;
  ZS_TRY(const auto rows, lease->read(kLines, {town.number, below, std::int64_t{limit}}));
  std::vector<AuditLine> lines;
  for (const ResultRow& row : rows) lines.push_back(line_of(row));
  return lines;
}

Result<std::optional<std::int64_t>> audit_break(Ledger& ledger, TownId town) {
  ZS_TRY(const auto known, ledger.snapshot(town));
  ZS_TRY(auto lease, ledger.database().reader());
  std::string before;
  std::int64_t expected = 1;
  std::optional<std::int64_t> broken;
  ZS_CHECK(lease->each(kAll, {town.number}, [&](const ResultRow& row) {
    const AuditLine line = line_of(row);
    const std::string& leaf = std::get<store::Blob>(row[7]).bytes;
    if (line.n != expected++ || leaf != chained(known->algorithm, before, line)) broken = line.n;
    before = leaf;
    return !broken;
  }));
  return broken;
}

}  // namespace zs::ledger
