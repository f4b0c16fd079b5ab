// The benchmarks of the trunk: ratios within one run, never absolute promises.
//
//   zs_bench [records]      (default 1,000,000; the small size beside it is 1,000)
#include "bench/town.h"
#include "ledger/alike.h"
#include "ledger/figures.h"
#include "ledger/records.h"
#include "ledger/verify.h"
#include "report/issued_paper.h"

namespace {

using namespace zs;
using namespace zs::bench;

// Commits acts on so many records from the from-th on with so many producers; the seconds it took.
double commit_seconds(Bench& bench, std::int64_t from, std::int64_t count, int producers) {
  const auto begin = Clock::now();
  std::vector<std::thread> threads;
  for (int t = 0; t < producers; ++t) {
    threads.emplace_back([&, t] {
      for (std::int64_t i = t; i < count; i += producers) {
        rules::Change change = bench.act;
        change.record = RecordId{bench.first + from + i};
        Bench::accept(must(bench.ledger->commit(std::move(change))));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return seconds_since(begin);
}

// The same reads and the same batches, without a judge; the seconds it took.
double replay_seconds(store::Session& session, const store::Trace& trace) {
  const auto begin = Clock::now();
  bool open = false;
  for (const store::Trace::Step& step : trace.steps) {
    if (!open) must(session.begin());
    open = true;
    switch (step.kind) {
      case store::Trace::Kind::read: must(session.read(step.sql, step.parameters)); break;
      case store::Trace::Kind::write: must(session.write(*step.batch)); break;
      case store::Trace::Kind::commit:
        must(session.commit());
        open = false;
        break;
    }
  }
  return seconds_since(begin);
}

// Slices of commits and of their replay take turns, so that whatever else the machine does falls on both.
struct Commits {
  std::string what, script;
  int producers = 1;
  std::int64_t count = 0;
  std::string floor;
};

void bench_commit(const fs::path& root, const Commits& commits_of) {
  const auto& [what, script, producers, count, floor] = commits_of;
  constexpr std::int64_t kSlices = 10;
  const std::int64_t slice = count / kSlices;
  Bench traced(root / "traced", script, report::paper_markdown);
  traced.fill(count);
  traced.copy_to(root / "replay");
  std::vector<store::Trace> traces(kSlices);
  for (std::int64_t i = 0; i < kSlices; ++i) {
    traced.ledger->database().writer().trace(&traces[static_cast<std::size_t>(i)]);
    commit_seconds(traced, i * slice, slice, producers);
  }
  traced.ledger->database().writer().trace(nullptr);
  Bench plain(root / "plain", script, report::paper_markdown);
  plain.fill(count);
  must(plain.ledger->database().checkpoint());
  auto database = must(store::Database::open(root / "replay" / "zhunsheng.db", store::Mode::existing));
  double commits = 0;
  double replays = 0;
  for (std::int64_t i = 0; i < kSlices; ++i) {
    commits += commit_seconds(plain, i * slice, slice, producers);
    replays += replay_seconds(database->writer(), traces[static_cast<std::size_t>(i)]);
  }
  const auto done = static_cast<double>(slice * kSlices);
  std::cout << fmt::format(
      "{}, {} producers: {:.0f}/s; the same reads and batches by hand: {:.0f}/s; ratio {:.2f} (floor {})\n", what,
      producers, done / commits, done / replays, replays / commits, floor);
}

// The same acts under all kinds and under three of them, in turns: what the others cost.
void bench_kinds(const fs::path& root) {
  constexpr std::int64_t kSlices = 10, kSlice = 1'000;
  Bench all(root / "all", "bench.json", report::paper_markdown);
  Bench three(root / "three", "bench.json", report::paper_markdown, {"petition", "reception", "backlog_case"});
  double of_all = 0, of_three = 0;
  for (Bench* bench : {&all, &three}) bench->fill(kSlices * kSlice);
  for (std::int64_t i = 0; i < kSlices; ++i) {
    of_all += commit_seconds(all, i * kSlice, kSlice, 64);
    of_three += commit_seconds(three, i * kSlice, kSlice, 64);
  }
  const auto kinds = [](Bench& bench) { return must(bench.ledger->town(bench.town))->book->kinds.size() - 1; };
  std::cout << fmt::format("commit with {} kinds against {}: ratio {:.2f} (floor 0.90)\n", kinds(all), kinds(three),
                           of_three / of_all);
  const auto files = must(rulebook::read_files(fs::path(ZS_SOURCE_DIR) / "rulebook"));
  const auto begin = Clock::now();
  must(rulebook::load_sound(files));
  std::cout << fmt::format("the whole rulebook loaded and checked: {:.3f} s (limit 0.5)\n", seconds_since(begin));
}

template <class Work>
double milliseconds(int times, Work work) {
  work();
  const auto begin = Clock::now();
  for (int i = 0; i < times; ++i) work();
  return seconds_since(begin) * 1000 / times;
}

struct Reads {
  double figures = 0, record = 0;
};

Reads read_times(ledger::Ledger& ledger, TownId id) {
  const ledger::Town* town = must(ledger.town(id));
  auto lease = must(ledger.database().reader());
  const Date today = civil(ledger.now(), town->book->utc_offset).day();
  Reads reads;
  reads.figures = milliseconds(200, [&] { must(ledger::figures_of_year(*lease, *town, today.year())); });
  std::int64_t n = 0;
  reads.record =
      milliseconds(500, [&] { must(ledger::view_record(*lease, *town, RecordId{1 + (n++ * 7919) % 1000}, today)); });
  return reads;
}

// A matter as it is being typed, against all others: the first time the sketches are read.
std::pair<double, double> alike_times(ledger::Ledger& ledger, TownId id, const std::string& kind) {
  const ledger::Town* town = must(ledger.town(id));
  auto lease = must(ledger.database().reader());
  const Date today = civil(ledger.now(), town->book->utc_offset).day();
  ledger::SubjectIndex subjects;
  ledger::Matter matter;
  matter.kind = kind;
  matter.subject = subject_of(123'457);
  matter.village = "v1";
  ledger::add_party(matter, "王建国", "", "13800123457");
  const auto ask = [&] { must(ledger::alike(*lease, subjects, *town, town->staff.at("clerk"), matter, today)); };
  const auto begin = Clock::now();
  ask();
  const double first = seconds_since(begin) * 1000;
  return {first, milliseconds(20, ask)};
}

}  // namespace

int main(int argc, char** argv) {
  std::cout << std::unitbuf;
  const std::int64_t records = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
  const fs::path root = fs::temp_directory_path() / "zs_bench";
  fs::remove_all(root);
  bench_commit(root, {"commit", "bench.json", 64, 20'000, "0.60"});
  bench_commit(root, {"commit", "bench.json", 1, 3'000, "0.60"});
  bench_commit(root, {"the heaviest act", "heavy.json", 64, 12'000, "0.50"});
  bench_kinds(root);

  Bench small(root / "small");
  small.fill(1000);
  const Reads few = read_times(*small.ledger, small.town);

  const fs::path large_folder = root / "large";
  TownId town;
  std::string kind;
  {
    Bench large(large_folder);
    const auto begin = Clock::now();
    large.fill(records);
    std::cout << fmt::format("filled {} records in {:.0f} s\n", records, seconds_since(begin));
    town = large.town;
    kind = large.create_kind();
    must(large.ledger->database().checkpoint());
  }
  malloc_trim(0);
  const auto begin = Clock::now();
  ledger::OpenLedger options;
  auto ledger = must(ledger::Ledger::open(large_folder, std::move(options)));
  must(ledger->town(town));
  const double start = seconds_since(begin);
  std::cout << fmt::format("start with {} records: {:.3f} s (limit 0.5), resident {} MB (limit 200)\n", records, start,
                           resident_kb() / 1024);
  const Reads many = read_times(*ledger, town);
  std::cout << fmt::format(
      "all figures of a year: {:.3f} ms at 1000 records, {:.3f} ms at {} (limit 1); ratio {:.2f} (limit 1.5)\n",
      few.figures, many.figures, records, many.figures / few.figures);
  const auto [first, next] = alike_times(*ledger, town, kind);
  std::cout << fmt::format("what is alike while one types: {:.1f} ms at {} (limit 30); the first time {:.0f} ms\n",
                           next, records, first);
  std::cout << fmt::format("one record with its working: {:.3f} ms at {} (limit 1)\n", many.record, records);

  const auto verify_begin = Clock::now();
  const auto verified = must(ledger::verify(*ledger, town));
  const double verify_rate = static_cast<double>(verified.entries) / seconds_since(verify_begin);
  std::cout << fmt::format("verify: {:.0f} entries/s (floor 20000), {}\n", verify_rate,
                           verified.good() ? "good" : "NOT GOOD");
  const auto rebuild_begin = Clock::now();
  const std::int64_t entries = must(ledger->rebuild(town));
  std::cout << fmt::format("rebuild: {:.0f} entries/s (floor 20000)\n",
                           static_cast<double>(entries) / seconds_since(rebuild_begin));
  fs::remove_all(root);
  return 0;
}
