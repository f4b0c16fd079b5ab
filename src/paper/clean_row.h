// A row of a sheet → what a record says: values by field, rows of details, numbers, state; or why it cannot be taken.
//
// Pure. Pointers lead into rulebook, matcher and directory, which outlive it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "paper/cell_value.h"
#include "paper/columns_match.h"

namespace zs::paper {

/// One cell as it was and as it is read.
struct CleanCell {
  const rulebook::Slot* slot = nullptr;
  std::string raw, text;
};

struct CleanRow {
  int row = 0;
  Fields fields;  ///< unknown: the column is there and the cell is empty
  std::vector<std::pair<std::string, Fields>> rows;
  std::map<std::string, std::string> numbers;
  std::string state;
  std::vector<CleanCell> cells;  ///< of mapped columns with a value, for a reader
  std::vector<Text> problems;    ///< each with the cell's address, what it holds, and what would be right
};

/// Constants by the path of a slot: what all rows have that no column says.
using Constants = std::map<std::string, std::string>;

class RowCleaner {
 public:
  /// Errors: bad_input: a constant that its field cannot hold, or whose path the kind does not have.
  static Result<RowCleaner> create(const rulebook::Rulebook& book, const rulebook::Kind& kind,
                                   const std::vector<rulebook::Slot>& slots, const Directory& directory,
                                   const std::vector<ColumnMatch>& columns, const Constants& constants,
                                   std::optional<int> year);

  /// Whether a mapped column of the row has a value of its own (not from a merged range).
  bool says_something(const SheetRow& row) const;
  CleanRow clean(const SheetRow& row) const;

 private:
  struct Column {
    int number = 0;
    std::string header;
    CellReader reader;
  };
  RowCleaner(const rulebook::Kind& kind, const Directory& directory) : kind_(&kind), directory_(&directory) {}
  void put(const rulebook::Slot& slot, std::vector<Value> values, CleanRow& row,
           std::map<std::string, std::vector<Fields>>& groups) const;

  const rulebook::Kind* kind_;
  const Directory* directory_;
  std::vector<Column> columns_;
  std::vector<std::pair<const rulebook::Slot*, std::vector<Value>>> constants_;
};

}  // namespace zs::paper
