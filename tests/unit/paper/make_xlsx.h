// Workbooks for tests, made part by part from texts: no file of another program is needed.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace zs::paper {

/// The parts of a zipped file by name.
using Parts = std::map<std::string, std::string>;

/// A workbook of these sheets (name → the XML inside <sheetData>…, may hold <mergeCells> behind it).
Parts workbook(const std::vector<std::pair<std::string, std::string>>& sheets, const std::string& shared = "",
               const std::string& styles = "");
/// The whole sheet: `rows` inside <sheetData>, `behind` after it.
std::string sheet_xml(const std::string& rows, const std::string& behind = "");
/// Rows of inline texts from row `first` on; an empty text is no cell. A text like "=45000" is a number, "=45000d" a
/// number shown as a day (style 1).
std::string rows_xml(const std::vector<std::vector<std::string>>& rows, int first = 1);
/// <mergeCells> of these ranges.
std::string merges_xml(const std::vector<std::string>& ranges);

void write_zip(const std::filesystem::path& file, const Parts& parts);

}  // namespace zs::paper
