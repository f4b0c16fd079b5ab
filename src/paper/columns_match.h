// Which row of a sheet is its header, and which column fills which field of a kind.
//
// Pure, and safe from any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "paper/directory.h"
#include "paper/sheet.h"
#include "rulebook/slots.h"

namespace zs::paper {

/// So many rows from the top are looked at for the header and for samples.
inline constexpr int kHeadRowsMax = 60;

/// The top of a sheet.
struct SheetHead {
  SheetInfo info;
  std::vector<SheetRow> rows;
};
Result<SheetHead> read_head(SheetFile& file, std::size_t sheet);

/// How a column found its field: as it was mapped before, by its name, by another name, by what it holds, or not.
enum class How { given, kept, name, synonym, content, none };
std::string_view name_of(How how);

struct ColumnMatch {
  int column = 0;
  std::string header;  ///< of two rows: "信访人 姓名"
  std::string path;    ///< of a slot; empty: not imported
  How how = How::none;
  std::vector<std::string> samples;
};

struct SheetMatch {
  int header_row = 0, data_row = 0;  ///< the first row of the header, and the first behind it; 0: none was found
  std::string title;                 ///< what stands above the header
  std::vector<ColumnMatch> columns;  ///< by column
  int matched = 0;                   ///< by name and synonym
};

/// Headers by their key → path, as an earlier import had them; an empty path: deliberately left out.
using KeptColumns = std::map<std::string, std::string>;

/// Matches sheets to one kind.
class Matcher {
 public:
  /// `more`: places beside those of the kind, each found by its label.
  Matcher(const rulebook::Rulebook& book, const rulebook::Kind& kind, const Directory& directory,
          std::vector<rulebook::Slot> more = {});

  const std::vector<rulebook::Slot>& slots() const { return slots_; }
  /// `header_row`: if it is known. Without a name that matches, the first row that looks like a header is it.
  SheetMatch match(const SheetHead& head, std::optional<int> header_row, const KeptColumns& kept) const;

 private:
  struct Named {
    std::size_t slot = 0;
    How how = How::name;
  };
  struct Header {
    int column = 0;
    std::string text;
    std::vector<std::string> candidates;  ///< from the most to the least telling
  };
  void name(const std::string& text, Named named);
  const Named* find(const std::string& text) const;
  std::vector<Header> headers_of(const SheetRow& top, const SheetRow* below) const;
  int count_matches(const std::vector<Header>& headers) const;
  void find_header(const SheetHead& head, std::optional<int> wanted, SheetMatch& match,
                   std::vector<Header>& headers) const;
  void match_names(const std::vector<Header>& headers, const KeptColumns& kept, SheetMatch& match) const;
  void match_content(const SheetHead& head, SheetMatch& match) const;
  void take(SheetMatch& match, ColumnMatch& column, std::string_view path) const;

  const rulebook::Rulebook* book_;
  const rulebook::Kind* kind_;
  const Directory* directory_;
  std::vector<rulebook::Slot> slots_;
  std::unordered_map<std::string, Named> names_, day_names_;
};

/// What a row behind the header is.
enum class RowSort { data, total, footer, header_again };
/// Told by the row alone: 合计 and the like; 填表人：… below a table; the header printed again.
RowSort sort_of(const SheetRow& row, const std::vector<ColumnMatch>& columns);

}  // namespace zs::paper
