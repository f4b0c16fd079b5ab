// A cell of an old ledger → the value of the field that its column fills, by the field's type.
//
// Total: any text gives a value or says what is wrong. Pure, and safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/value.h"
#include "paper/directory.h"
#include "paper/loose_text.h"
#include "paper/sheet.h"
#include "rulebook/slots.h"

namespace zs::paper {

/// Reads the cells of one column.
class CellReader {
 public:
  /// `header` may say a unit (万元); `year` is that of days without one. Both outlive nothing; slot, book and directory
  /// outlive the reader.
  CellReader(const rulebook::Rulebook& book, const rulebook::Kind& kind, const rulebook::Slot& slot,
             const Directory& directory, const std::string& header, std::optional<int> year);

  const rulebook::Slot& slot() const { return *slot_; }

  /// One value; several only where the column fills rows (张三、李四: two mediators). "无" and "/" are absent, "不详"
  /// and
  /// "?" are unknown. Of a number, a part and the state: a text.
  Read<std::vector<Value>> read(const SheetCell& cell) const;
  /// The same of a text, for constants.
  Read<std::vector<Value>> read_text(const std::string& text) const;

  /// Whether the text names an option: for matching by content.
  bool names_option(const std::string& text) const { return find_option(text) != nullptr; }

 private:
  Read<Value> read_one(const SheetCell& cell) const;
  Read<Value> read_day_value(const SheetCell& cell) const;
  Read<Value> read_flag(const std::string& text) const;
  Read<Value> read_option(const std::string& text) const;
  Read<Value> read_options(const std::string& text) const;
  Read<Value> read_person(const std::string& text) const;
  Read<Value> read_org(const std::string& text) const;
  Read<Value> read_part(const SheetCell& cell) const;
  const std::string* find_option(const std::string& text) const;
  bool in_rows() const;

  const rulebook::Slot* slot_;
  const Directory* directory_;
  std::optional<int> year_;
  int places_ = 0;
  std::unordered_map<std::string, std::string> options_;  ///< text_key and option_key → option
  std::string option_labels_;
};

/// The value as the town will read it, for a preview: labels and names for keys, amounts in yuan.
std::string value_text(const Value& value, const rulebook::Kind& kind, const rulebook::Slot& slot,
                       const Directory& directory);

}  // namespace zs::paper
