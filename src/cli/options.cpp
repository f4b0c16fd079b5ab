#include "cli/options.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include "report/issued_paper.h"

namespace zs::cli {

namespace fs = std::filesystem;

namespace {
bool english_spoken = false;
}  // namespace

void speak_english(bool english) {
  english_spoken = english;
}
std::string tr(std::string_view zh, std::string_view en) {
  return std::string(english_spoken ? en : zh);
}

int fail(const Options& options, const Error& error) {
  std::cerr << options.say(error.text) << "\n";
  return kBadInput;
}

fs::path own_file(std::string_view name) {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (const fs::path& base : {program.parent_path(), program.parent_path() / "../share/zhunsheng",
                               program.parent_path() / "../..", fs::path(".")}) {
    if (fs::exists(base / name, error)) return fs::weakly_canonical(base / name, error);
  }
  return fs::path(name);
}

Result<std::unique_ptr<ledger::Ledger>> open_ledger(const Options& options, store::Mode mode) {
  ledger::OpenLedger open;
  open.mode = mode;
  open.print = report::paper_markdown;
  return ledger::Ledger::open(options.data, std::move(open));
}

Date today(const ledger::Ledger& ledger, const ledger::Town& town) {
  return civil(ledger.now(), town.book->utc_offset).day();
}

Result<std::string> read_text(const fs::path& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream stream(path, std::ios::binary);
  if (!stream)
    return io_error(fmt::format("读不了文件 {}", path.string()), fmt::format("cannot read {}", path.string()));
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

Progress::Progress(std::string what) : what_(std::move(what)), terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (shown_) std::cerr << "\r\033[K";
}

void Progress::operator()(std::int64_t done, std::int64_t total) {
  if (!terminal_ || (done % 50 != 0 && done != total)) return;
  shown_ = true;
  std::cerr << fmt::format("\r{} {}/{}", what_, done, total) << std::flush;
}

}  // namespace zs::cli
