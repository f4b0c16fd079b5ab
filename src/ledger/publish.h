// A report is published: its contributions are frozen, figure by figure; later they are compared with those of now
// (变动), and each difference is explained by the entries that made it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

/// What was published for a year. The last publication counts.
struct Publication {
  int year = 0;
  EntryNumber entry;
  Date day;
  std::string actor;
  std::map<std::string, std::string> files;  ///< base figure → digest of its frozen contributions
  std::string text;  ///< digest of the report's words as they were published; empty: published before words were kept
};

/// An entry that explains a difference.
struct Cause {
  EntryNumber n;
  std::string type, action, actor;
  Date day;
};

/// One record whose contribution to a figure is no longer as published; money in fen.
struct Change {
  RecordId record;
  std::string kind, number, title;
  std::int64_t before = 0, now = 0;
  std::vector<Cause> causes;  ///< entries after the publication; none: an adoption or a setting moved it
};

struct Drift {
  std::string figure;
  std::int64_t published = 0, now = 0;
  std::vector<Change> changes;
};

/// Freezes the year: the report's words (marked Markdown, report/annual), and one file of contributions a base figure,
/// each named by its digest in a `publish` entry.
/// Errors: bad_input if the year is not over by the town's clock.
Result<Publication> publish(Ledger& ledger, TownId town, int year, const std::string& actor, const std::string& words);
/// The words of a publication. Errors: not_found (none were kept), corrupt.
Result<std::string> words_of(store::Session& session, const Publication& publication);
/// Nothing if the year was never published.
Result<std::optional<Publication>> publication_of(store::Session& session, const Town& town, int year);
/// The base figures that differ from what was published.
Result<std::vector<Drift>> drift_of(store::Session& session, const Town& town, const Publication& publication);

}  // namespace zs::ledger
