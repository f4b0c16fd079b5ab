// Totals of an old ledger without its cases: a sheet whose columns are figures, and whose rows are units, villages or
// months, becomes one 汇总件 a number.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/import.h"
#include "paper/clean_row.h"
#include "rulebook/slots.h"

namespace zs::report {

/// A column a figure: fields "figure.KEY" for the base figures of a kind, or of all kinds; and "period".
std::vector<rulebook::Field> figure_fields(const rulebook::Rulebook& book, const std::string& kind);
std::vector<rulebook::Slot> figure_slots(const std::vector<rulebook::Field>& fields);

struct Span {
  Date from, until;
};
/// 2023年, 2023年3月, 三月, 第一季度, 上半年; what has no year has the given one.
std::optional<Span> read_span(std::string_view text, std::optional<int> year);

/// The totals of one row. A row without a period (neither a column, nor a year) has a problem.
std::vector<ledger::ImportRow> totals_of(const rulebook::Rulebook& book, const rulebook::Kind& kind,
                                         const paper::CleanRow& row, std::optional<int> year);

}  // namespace zs::report
