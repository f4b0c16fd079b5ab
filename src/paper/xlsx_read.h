// XLSX → sheets of cells (ECMA-376, as Excel, WPS and LibreOffice write it). Values only: of a formula what was last
// worked out, of a date its day.
//
// Memory: one row, and the texts that the file shares. Bounds: paper/sheet, paper/zip_read.
#pragma once

#include <filesystem>
#include <memory>

#include "paper/sheet.h"

namespace zs::paper {

/// Errors: bad_input (no workbook, damaged, with macros, protected, beyond a bound), each with how to mend it.
Result<std::unique_ptr<SheetFile>> open_xlsx(const std::filesystem::path& file);

}  // namespace zs::paper
