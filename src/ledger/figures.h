// Figures of a town as of a day: sums of tallies; ratios and coverages as pairs; what stands behind each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zs::ledger {

struct FigureValue {
  const rulebook::Figure* figure = nullptr;
  std::int64_t value = 0;            ///< of a base figure or a shown setting; in fen for money
  std::int64_t over = 0, under = 0;  ///< of a ratio or coverage
  bool known = true;                 ///< a shown setting may have no value yet
  std::int64_t evidence = 0;         ///< contributions
  std::int64_t summary = 0;          ///< the part of the value that stands by summary
  std::int64_t support_base = 0;     ///< the value that the share is of
  bool pair() const {
    return figure->form == rulebook::Figure::Form::ratio || figure->form == rulebook::Figure::Form::coverage;
  }
  /// 支撑率, in percent, rounded down: how much stands case by case. 100 when nothing stands by summary.
  int case_by_case() const;
};

/// One contribution with its record, for a reader.
struct EvidenceLine {
  RecordId record;
  std::string kind, number, title, state;
  RowNumber row = 0;
  int edge = 0;
  Date day;
  std::string unit, village;
  std::int64_t value = 0;
  bool summary = false;
  std::string part;  ///< of a ratio: which of its two figures
};

/// All figures of a year, as of a day in it (default: its last). One read transaction.
Result<std::vector<FigureValue>> figures_of_year(store::Session& session, const Town& town, int year,
                                                 std::optional<Date> as_of = {});
/// The contributions behind a figure of a year; of a ratio: of both its figures; of a coverage: of its stock.
/// Errors: not_found with "did you mean".
Result<std::vector<EvidenceLine>> evidence_of_year(store::Session& session, const Town& town, std::string_view figure,
                                                   int year, std::optional<Date> as_of = {});

/// The years in which anything counts.
Result<std::vector<int>> years_with_figures(store::Session& session, const Town& town);
/// A flow's value in each month of a year, January first; of a stock: what came and went.
Result<std::vector<std::int64_t>> months_of_figure(store::Session& session, const Town& town, std::string_view figure,
                                                   int year);

/// The records of a figure's kind that would count but lack their date: listed, never counted.
struct Uncounted {
  RecordId record;
  std::string kind, number, figures;
};
Result<std::vector<Uncounted>> uncounted(store::Session& session, const Town& town);

}  // namespace zs::ledger
