#include "ledger/verify.h"

#include <fmt/format.h>

#include <atomic>
#include <future>

#include "ledger/range.h"
#include "ledger/registers.h"

namespace zs::ledger {
namespace {

using store::Blob;
using store::Cell;
using store::ResultRow;
using store::Session;

constexpr std::string_view kJournal = "SELECT n,header,body,leaf,record,at,actor FROM journal WHERE town=?1 ORDER BY n";
constexpr std::string_view kNodes = "SELECT level,number,digest FROM node WHERE town=?1 ORDER BY level,number";
constexpr std::string_view kLast = "SELECT COALESCE(MAX(record),0) FROM journal WHERE town=?1";
constexpr std::string_view kTally =
    "SELECT figure,month,unit,village,value,n,summary FROM tally WHERE town=?1 ORDER BY figure,month,unit,village";
constexpr std::string_view kYear =
    "SELECT year,figure,unit,village,value,n,summary FROM tally_year WHERE town=?1 ORDER BY year,figure,unit,village";
constexpr std::string_view kHead = "SELECT at,next_record FROM town WHERE town=?1";
constexpr std::string_view kSeries = "SELECT kind,name,year,per,last FROM series WHERE town=?1";
constexpr std::string_view kBeyond = "SELECT COUNT(*) FROM record WHERE town=?1 AND id>?2";

class Checker {
 public:
  Checker(Ledger& ledger, const Town& town, const Progress& progress)
      : ledger_(ledger), town_(town), progress_(progress) {}

  void differ(std::string zh, std::string en) {
    const std::lock_guard lock(mutex_);
    ++found_.difference_count;
    if (found_.differences.size() < kDifferencesMax) found_.differences.push_back({{std::move(zh), std::move(en)}});
  }

  Result<Verified> run() {
    // The chain of digests and the projections are two readings of the journal: one on each core; who is done with the
    // chain helps with the projections.
    auto chain = std::async(std::launch::async, [this]() -> Result<> {
      ZS_CHECK(check_chain());
      return check_ranges();
    });
    const auto ranges = check_ranges();
    const auto chained = chain.get();
    if (!chained) return chained.error();
    if (!ranges) return ranges.error();
    ZS_CHECK(check_sums());
    return std::move(found_);
  }

 private:
  // Every value digest, every leaf, the tree above them, the stored nodes, the head.
  Result<> check_chain() {
    ZS_TRY(auto lease, ledger_.database().reader());
    ZS_CHECK(lease->begin());
    Frontier frontier(town_.algorithm);
    std::map<std::pair<std::int64_t, std::int64_t>, std::string> nodes;
    std::int64_t expected = 0;
    std::int64_t last_at = 0;
    ZS_CHECK(lease->each(kJournal, {town_.id.number}, [&](const ResultRow& row) {
      check_row(row, ++expected, last_at);
      const auto leaf = digest_of_bytes(std::get<Blob>(row[3]).bytes);
      for (const Node& node : frontier.append(leaf.value_or(Digest{})))
        nodes[{node.level, static_cast<std::int64_t>(node.index)}] = bytes(node.digest);
      if (progress_ && expected % 5000 == 0) progress_(expected, town_.n);
      return true;
    }));
    ZS_CHECK(lease->each(kNodes, {town_.id.number}, [&](const ResultRow& row) {
      const auto made = nodes.find({std::get<std::int64_t>(row[0]), std::get<std::int64_t>(row[1])});
      if (made == nodes.end() || made->second != std::get<Blob>(row[2]).bytes)
        differ("哈希树的节点不符", "a node of the tree differs");
      else
        nodes.erase(made);
      return true;
    }));
    if (!nodes.empty()) differ("哈希树缺节点", "nodes of the tree are missing");
    if (expected != town_.n || frontier.root() != town_.frontier.root()) {
      differ(fmt::format("存证日志共{}条，首部记{}条，或者树根不符", expected, town_.n),
             fmt::format("the journal has {} entries, the head says {}, or the roots differ", expected, town_.n));
    }
    ZS_CHECK(check_registers(*lease, last_at));
    found_.entries = expected;
    found_.root = hex(bytes(frontier.root()));
    return {};
  }

  void check_row(const ResultRow& row, std::int64_t expected, std::int64_t& last_at) {
    const std::int64_t n = std::get<std::int64_t>(row[0]);
    if (n != expected) differ(fmt::format("缺第{}条", expected), fmt::format("entry {} is missing", expected));
    const auto values = decode_values(town_.algorithm, std::get<std::string>(row[2]));
    const auto leaf = digest_of_bytes(std::get<Blob>(row[3]).bytes);
    const std::string& header = std::get<std::string>(row[1]);
    const auto good = !values ? Result<>(values.error())
                      : leaf  ? check_decoded(town_.algorithm, header, *values, *leaf)
                              : Result<>(corrupt("叶子摘要长度不对", "the leaf has the wrong length"));
    if (!good)
      differ(fmt::format("第{}条：{}", n, good.error().text.zh), fmt::format("entry {}: {}", n, good.error().text.en));
    // What the row says beside the header must be what the header says.
    const bool same = header.find(fmt::format("\"n\":{},", n)) != std::string::npos &&
                      header.find(fmt::format("\"at\":{},", std::get<std::int64_t>(row[5]))) != std::string::npos;
    const std::int64_t record = std::get<std::int64_t>(row[4]);
    std::string actor = "\"actor\":";
    append_json_text(actor, std::get<std::string>(row[6]));
    const bool names_actor = std::get<std::string>(row[6]).empty() ? header.find("\"actor\":") == std::string::npos
                                                                   : header.find(actor) != std::string::npos;
    const bool names_record = record == 0 || header.find(fmt::format("\"record\":{},", record)) != std::string::npos;
    if (!same || !names_record || !names_actor)
      differ(fmt::format("第{}条：行和首部不符", n), fmt::format("entry {}: the row does not match its header", n));
    if (good && record == 0) {
      const auto opened = open_unchecked(*town_.book, header, *values);
      if (opened) apply(registers_, opened->facts);
    }
    const std::int64_t at = std::get<std::int64_t>(row[5]);
    if (at < last_at) differ(fmt::format("第{}条：时间倒退", n), fmt::format("entry {}: time runs backward", n));
    last_at = at;
  }

  Result<> check_registers(Session& session, std::int64_t last_at) {
    ZS_TRY(const std::vector<Text> differing, differences(session, town_, registers_));
    for (const Text& text : differing) differ(text.zh, text.en);
    ZS_TRY(const auto head, session.read(kHead, {town_.id.number}));
    ZS_TRY(const auto last, session.read(kLast, {town_.id.number}));
    const bool same = std::get<std::int64_t>(head.front()[0]) == last_at &&
                      std::get<std::int64_t>(head.front()[1]) == std::get<std::int64_t>(last.front()[0]) + 1;
    if (!same)
      differ("镇的首部（时间或者下一个事项号）和存证日志不符",
             "the town's head (time or next record) does not match the journal");
    return {};
  }

  // Of each series of the town the last serial is the highest that an entry gave.
  Result<> check_series(Session& session) {
    rules::Serials stored;
    ZS_CHECK(session.each(kSeries, {town_.id.number}, [&](const ResultRow& row) {
      const std::string& per = std::get<std::string>(row[3]);
      if (per.empty())
        stored[{std::get<std::string>(row[0]), std::get<std::string>(row[1]),
                static_cast<int>(std::get<std::int64_t>(row[2])), per}] = std::get<std::int64_t>(row[4]);
      return true;
    }));
    if (stored != serials_) differ("编号的序列和存证日志不符", "the series of numbers do not match the journal");
    return {};
  }

  // Takes range after range of records, until none is left.
  Result<> check_ranges() {
    ZS_TRY(auto lease, ledger_.database().reader());
    ZS_CHECK(lease->begin());
    ZS_TRY(const auto last_row, lease->read(kLast, {town_.id.number}));
    const std::int64_t last = std::get<std::int64_t>(last_row.front()[0]);
    while (true) {
      const std::int64_t from = next_.fetch_add(kRangeRecords);
      if (from > last) return {};
      const std::int64_t until = from + kRangeRecords - 1;
      auto made = project_range(*lease, town_, from, until);
      if (!made) {
        differ(made.error().text.zh, made.error().text.en);
        continue;
      }
      sort_rows(*made);
      ZS_TRY(const RangeRows stored, stored_range(*lease, town_, from, until));
      compare(*made, stored);
      const std::lock_guard lock(mutex_);
      for (const ResultRow& row : made->evidence) add_to(tallies_, row, 1);
      for (const auto& [key, serial] : made->serials) serials_[key] = std::max(serials_[key], serial);
      found_.records += static_cast<std::int64_t>(made->records.size());
    }
  }

  Result<> check_sums() {
    ZS_TRY(auto lease, ledger_.database().reader());
    ZS_CHECK(check_tallies(*lease, tallies_));
    ZS_CHECK(check_series(*lease));
    ZS_TRY(const auto last_row, lease->read(kLast, {town_.id.number}));
    ZS_TRY(const auto beyond, lease->read(kBeyond, {town_.id.number, std::get<std::int64_t>(last_row.front()[0])}));
    if (std::get<std::int64_t>(beyond.front()[0]) != 0) differ("有的事项没有存证", "there are records without entries");
    return {};
  }

  void compare(const RangeRows& made, const RangeRows& stored) {
    compare_list("事项", "records", made.records, stored.records);
    compare_list("编号", "numbers", made.numbers, stored.numbers);
    compare_list("关联", "links", made.links, stored.links);
    compare_list("期限", "deadlines", made.deadlines, stored.deadlines);
    compare_list("佐证", "evidence", made.evidence, stored.evidence);
    compare_list("当事人索引", "persons", made.persons, stored.persons);
    compare_list("事由索引", "subjects", made.subjects, stored.subjects);
    compare_list("违规点和提醒", "marks", made.marks, stored.marks);
    for (const auto& [kind, rows] : made.kinds) {
      const auto other = stored.kinds.find(kind);
      static const std::vector<ResultRow> kNone;
      compare_list(kind, kind, rows, other == stored.kinds.end() ? kNone : other->second);
    }
  }

  void compare_list(std::string_view zh, std::string_view en, const std::vector<ResultRow>& made,
                    const std::vector<ResultRow>& stored) {
    if (made == stored) return;
    std::size_t i = 0;
    while (i < made.size() && i < stored.size() && made[i] == stored[i]) ++i;
    const ResultRow& row = i < made.size() ? made[i] : stored[i];
    std::string first;
    for (std::size_t c = 0; c < row.size() && c < 3; ++c) {
      if (const auto* number = std::get_if<std::int64_t>(&row[c])) first += fmt::format(" {}", *number);
      if (const auto* text = std::get_if<std::string>(&row[c])) first += " " + text->substr(0, 60);
    }
    differ(fmt::format("{}的表和存证日志不符，自：{}", zh, first),
           fmt::format("the table of {} does not match the journal, from:{}", en, first));
  }

  // For every figure, unit, village and month: the sum of the evidence is the tally.
  Result<> check_tallies(Session& session, const Tallies& tallies) {
    std::vector<ResultRow> months;
    std::map<std::tuple<std::int64_t, std::string, std::string, std::string>, TallySum> years;
    for (const auto& [key, sum] : tallies) {
      auto& year = years[{key.year, key.figure, key.unit, key.village}];
      year.value += sum.value;
      year.n += sum.n;
      year.summary += sum.summary;
      months.push_back({key.figure, key.month, key.unit, key.village, sum.value, sum.n, sum.summary});
    }
    std::vector<ResultRow> year_rows;
    for (const auto& [key, sum] : years) {
      year_rows.push_back(
          {std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), sum.value, sum.n, sum.summary});
    }
    ZS_TRY(auto stored_months, session.read(kTally, {town_.id.number}));
    ZS_TRY(auto stored_years, session.read(kYear, {town_.id.number}));
    for (auto* list : {&months, &year_rows, &stored_months, &stored_years}) std::sort(list->begin(), list->end());
    compare_list("月汇总", "monthly tallies", months, stored_months);
    compare_list("年汇总", "yearly tallies", year_rows, stored_years);
    return {};
  }

  Ledger& ledger_;
  const Town& town_;
  const Progress& progress_;
  std::mutex mutex_;
  Verified found_;
  Tallies tallies_;
  rules::Serials serials_;
  Registers registers_;
  std::atomic<std::int64_t> next_ = 1;
};

}  // namespace

Result<Verified> verify(Ledger& ledger, TownId id, const Progress& progress) {
  ZS_TRY(const Town* town, ledger.town(id));
  return Checker(ledger, *town, progress).run();
}

}  // namespace zs::ledger
