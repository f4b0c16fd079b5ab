// A file of an old ledger, recognised by its content and not by its name; what cannot be read is refused by name, with
// what to do.
#pragma once

#include <filesystem>
#include <memory>

#include "paper/sheet.h"

namespace zs::paper {

/// Errors: io (not there), bad_input (too large; an old .xls, protected by a password, with macros, damaged, of another
/// program). `name` is what the sheet of a CSV is called.
Result<std::unique_ptr<SheetFile>> open_sheet_file(const std::filesystem::path& file, const std::string& name = "");

}  // namespace zs::paper
