// What a field can hold, its order, and its canonical JSON (docs/journal-format.md).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/ids.h"
#include "base/moment.h"

namespace zs {

/// It was, and nobody knows which: said by name in history and registered acts only.
struct Unknown {
  auto operator<=>(const Unknown&) const = default;
};

/// A person or an organisation as written in a case: name, id_no, phone, address, birth …
using Party = std::map<std::string, std::string, std::less<>>;

/// One value. Empty (std::monostate) is *absent*: not yet.
///
/// Flags are bool; counts and money (in fen) are integers; texts, notes, choices, staff and org keys, file digests are
/// strings; several choices or files are a list of strings.
class Value : public std::variant<std::monostate, Unknown, bool, std::int64_t, std::string, Date, Moment,
                                  std::vector<std::string>, Link, std::vector<Link>, Party> {
 public:
  using variant::variant;
  bool absent() const { return index() == 0; }
  bool unknown() const { return index() == 1; }
  /// There: neither absent nor unknown.
  bool present() const { return index() > 1; }
  template <class T>
  const T* as() const {
    return std::get_if<T>(static_cast<const variant*>(this));
  }
};

/// Appends the canonical JSON of a value: no blanks, keys sorted, integers only, UTF-8 as it stands.
/// Absent is null, unknown is {"unknown":true}.
void append_json(std::string& out, const Value& value);
/// Appends a JSON string with the escapes that JSON demands and no others.
void append_json_text(std::string& out, std::string_view text);
std::string json_of(const Value& value);

/// A value for a reader: dates as 2023年10月8日 are left to the page; this is plain text, lists joined with “、”.
std::string plain_text(const Value& value);

}  // namespace zs
