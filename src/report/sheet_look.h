// What is in a file that somebody has just handed in, and which ledgers its sheets look like.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ledger/town.h"
#include "paper/directory.h"

namespace zs::report {

/// The people and orgs of a town, by name.
paper::Directory directory_of(const ledger::Town& town);

/// A sheet for somebody who has just handed in the file.
struct SheetLook {
  std::string name;
  bool hidden = false;
  std::int64_t rows = 0;  ///< behind the header, with something in them
  int header_row = 0;
  std::vector<std::string> headers;
  struct Guess {
    std::string kind, label;
    int matched = 0;
  };
  std::vector<Guess> kinds;  ///< the ledgers that it looks like, the likeliest first
};
/// Errors: those of the file.
Result<std::vector<SheetLook>> look_at(const std::filesystem::path& file, const std::string& name,
                                       const ledger::Town& town);

}  // namespace zs::report
