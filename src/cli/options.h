// What all commands share: where the data is, which town, which language and format, and how errors end.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "ledger/ledger.h"

namespace zs::cli {

/// 0 done, 1 refused or not verified, 2 wrong usage or bad input.
enum Exit : int { kDone = 0, kRefused = 1, kBadInput = 2 };

struct Options {
  std::filesystem::path data = "data";
  std::filesystem::path rulebook;  ///< empty: the program's own
  std::int64_t town = 1;
  std::string format = "text";
  std::string language = "zh";
  bool english() const { return language == "en"; }
  bool json() const { return format == "json"; }
  const std::string& say(const Text& text) const { return english() ? text.en : text.zh; }
};

/// The language of help and messages: set once, before the commands are made.
void speak_english(bool english);
/// The text in the language of this run.
std::string tr(std::string_view zh, std::string_view en);

/// Prints the error to stderr; the exit code that goes with it.
int fail(const Options& options, const Error& error);

/// The folder of the rulebook (or another file that comes with the program): beside the program, in its share folder,
/// or where the sources lie.
std::filesystem::path own_file(std::string_view name);

Result<std::unique_ptr<ledger::Ledger>> open_ledger(const Options& options, store::Mode mode);

/// Today by the town's civil clock.
Date today(const ledger::Ledger& ledger, const ledger::Town& town);

/// Reads a whole file, or standard input for "-".
Result<std::string> read_text(const std::filesystem::path& path);

/// Shows progress on a terminal; silent elsewhere.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  void operator()(std::int64_t done, std::int64_t total);

 private:
  std::string what_;
  bool shown_ = false;
  bool terminal_ = false;
};

}  // namespace zs::cli
