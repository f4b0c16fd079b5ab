// Marks: what the acts of a record did not meet, kept with the record so that conditions and figures can read it.
//
// A row of the undeclared rows "marks" each: sort, gate, rules, action, state, day, version (of the entry), unknown,
// signer. Made by fold from an entry's header; rows are added for what is broken, passed with a signature, or never
// asked, and so most records have none.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/change.h"

namespace zs::rules {

inline constexpr std::string_view kMarks = "marks";

/// breach: closed in an act that had already happened. warned: passed with reason and signer. unasked: a finished case
/// of an old ledger, whose acts were held to no gate when they were made.
enum class MarkSort { breach, warned, unasked };

struct PastMark {
  MarkSort sort = MarkSort::breach;
  std::string gate, action, signer;
  std::string state;  ///< of unasked: in which the case came in; it was held to what leads there
  std::vector<std::string> rules;
  Date day;
  bool unknown = false;
};

/// Adds what an entry says was not met; an undone act takes its marks with it.
void keep_marks(Record& record, const EntryFacts& entry);
/// Reads a row that keep_marks() made.
PastMark past_mark(const Fields& cells);

/// What a mark's gate means to a reader: the gate's own words; of what is no gate of the kind (whose act it is, the
/// order of days, an element of a paper) in words of ours.
std::string says_of_mark(const rulebook::Rulebook& book, const rulebook::Kind& kind, const std::string& gate);

/// How a mark names an element that a paper lacks: "paper/penalty-decision/law_penalty".
std::string paper_mark(std::string_view form, std::string_view element);
/// The element of such a name; nothing if it is none.
std::optional<std::string_view> paper_element(std::string_view mark);
/// What an element is called: the field, "当事人姓名", a number.
std::string element_label(const rulebook::Kind& kind, std::string_view element);

}  // namespace zs::rules
