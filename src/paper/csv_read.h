// CSV → one sheet: UTF-8 (with or without byte order mark) or GB 18030, comma, semicolon or tab, quotes as in RFC 4180.
#pragma once

#include <memory>
#include <string>

#include "paper/sheet.h"

namespace zs::paper {

/// `name` is what the one sheet is called. Errors: bad_input (neither encoding, a quote that never ends, too many
/// rows or columns).
Result<std::unique_ptr<SheetFile>> read_csv(std::string bytes, std::string name);

}  // namespace zs::paper
