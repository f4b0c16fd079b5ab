#include "unit/paper/make_xlsx.h"

#include <fmt/format.h>
#include <zip.h>

#include <stdexcept>

#include "paper/sheet.h"

namespace zs::paper {
namespace {

constexpr const char* kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr const char* kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '>' ? "&gt;" : std::string(1, c);
  return out;
}

}  // namespace

Parts workbook(const std::vector<std::pair<std::string, std::string>>& sheets, const std::string& shared,
               const std::string& styles) {
  Parts parts;
  std::string list;
  std::string relations;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    // "名!" is a hidden sheet.
    const bool hidden = sheets[i].first.ends_with('!');
    const std::string name = hidden ? sheets[i].first.substr(0, sheets[i].first.size() - 1) : sheets[i].first;
    list += fmt::format(R"(<sheet name="{}" sheetId="{}" {}r:id="s{}"/>)", name, i + 1,
                        hidden ? R"(state="hidden" )" : "", i + 1);
    relations += fmt::format(R"(<Relationship Id="s{0}" Type="{1}/worksheet" Target="worksheets/sheet{0}.xml"/>)",
                             i + 1, kRelations);
    parts[fmt::format("xl/worksheets/sheet{}.xml", i + 1)] = sheets[i].second;
  }
  relations += fmt::format(R"(<Relationship Id="r1" Type="{0}/styles" Target="/xl/styles.xml"/>)"
                           R"(<Relationship Id="r2" Type="{0}/sharedStrings" Target="sharedStrings.xml"/>)",
                           kRelations);
  parts["[Content_Types].xml"] = R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)";
  parts["xl/workbook.xml"] =
      fmt::format(R"(<workbook xmlns="{}" xmlns:r="{}"><sheets>{}</sheets></workbook>)", kMain, kRelations, list);
  parts["xl/_rels/workbook.xml.rels"] = fmt::format("<Relationships>{}</Relationships>", relations);
  parts["xl/sharedStrings.xml"] = fmt::format(R"(<sst xmlns="{}">{}</sst>)", kMain, shared);
  parts["xl/styles.xml"] =
      !styles.empty()
          ? styles
          : fmt::format(
                R"(<styleSheet xmlns="{}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>)",
                kMain);
  return parts;
}

std::string sheet_xml(const std::string& rows, const std::string& behind) {
  return fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{}"><sheetData>{}</sheetData>{}</worksheet>)", kMain,
      rows, behind);
}

std::string rows_xml(const std::vector<std::vector<std::string>>& rows, int first) {
  std::string xml;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int number = first + static_cast<int>(i);
    xml += fmt::format(R"(<row r="{}">)", number);
    for (std::size_t c = 0; c < rows[i].size(); ++c) {
      std::string text = rows[i][c];
      if (text.empty()) continue;
      const std::string place = column_letters(static_cast<int>(c) + 1) + std::to_string(number);
      const bool is_number = text.starts_with('=');
      const bool day = is_number && text.ends_with('d');
      if (is_number)
        xml += fmt::format(R"(<c r="{}" s="{}"><v>{}</v></c>)", place, day ? 1 : 0,
                           text.substr(1, text.size() - (day ? 2 : 1)));
      else
        xml += fmt::format(R"(<c r="{}" t="inlineStr"><is><t>{}</t></is></c>)", place, escaped(text));
    }
    xml += "</row>";
  }
  return xml;
}

std::string merges_xml(const std::vector<std::string>& ranges) {
  std::string xml = "<mergeCells>";
  for (const std::string& range : ranges) xml += fmt::format(R"(<mergeCell ref="{}"/>)", range);
  return xml + "</mergeCells>";
}

void write_zip(const std::filesystem::path& file, const Parts& parts) {
  int code = 0;
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  if (archive == nullptr) throw std::runtime_error("no zip");
  for (const auto& [name, bytes] : parts) {
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    if (zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE) < 0)
      throw std::runtime_error("no part");
  }
  if (zip_close(archive) != 0) throw std::runtime_error("not written");
}

}  // namespace zs::paper
