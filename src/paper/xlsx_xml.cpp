#include "paper/xlsx_xml.h"

#include <charconv>
#include <pugixml.hpp>

namespace zs::paper {
namespace {

// No declaration, no document type, no processing instruction becomes a node; entities are the five of XML.
constexpr unsigned kFlags = pugi::parse_escapes | pugi::parse_cdata | pugi::parse_ws_pcdata_single;
constexpr std::string_view kWorksheet = "worksheet";

// Some programs write x:row for row.
std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& each : node.attributes()) {
    const std::string_view full = each.name();
    if (full == name || (full.ends_with(name) && full[full.size() - name.size() - 1] == ':')) return each.value();
  }
  return {};
}

int number_of(std::string_view text, int otherwise) {
  int value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool yes(std::string_view text) {
  return text == "1" || text == "true";
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& each : node.children()) {
    if (local_name(each) == name) return each;
  }
  return {};
}

// Programs write what XML cannot hold as _x000D_.
std::string without_escapes(std::string text) {
  for (std::size_t at = text.find("_x00"); at != std::string::npos; at = text.find("_x00", at)) {
    const std::string_view code = std::string_view(text).substr(at, 7);
    if (code == "_x000D_")
      text.erase(at, 7);
    else if (code == "_x000A_")
      text.replace(at, 7, "\n");
    else
      ++at;
  }
  return text;
}

// <t>, and the <t> of each run <r>; <rPh> (how a name is spoken) is no part of the text.
std::string text_of(const pugi::xml_node& item) {
  std::string text;
  for (const pugi::xml_node& each : item.children()) {
    const std::string_view name = local_name(each);
    if (name == "t")
      text += each.child_value();
    else if (name == "r")
      text += child(each, "t").child_value();
  }
  return without_escapes(std::move(text));
}

bool load(pugi::xml_document& document, const std::string& xml) {
  return static_cast<bool>(document.load_buffer(xml.data(), xml.size(), kFlags, pugi::encoding_utf8));
}

}  // namespace

struct RowReader::Document {
  pugi::xml_document xml;
  bool load(std::string& element) {
    return static_cast<bool>(xml.load_buffer_inplace(element.data(), element.size(), kFlags, pugi::encoding_utf8));
  }
};

RowReader::RowReader() : document_(std::make_unique<Document>()) {}
RowReader::~RowReader() = default;

const RawRow* RowReader::read(std::string& element) {
  if (!document_->load(element)) return nullptr;
  const pugi::xml_node row = document_->xml.document_element();
  row_.number = attribute(row, "r");
  row_.cells.clear();
  for (const pugi::xml_node& each : row.children()) {
    if (local_name(each) != "c") continue;
    RawCell& cell = row_.cells.emplace_back();
    for (const pugi::xml_attribute& a : each.attributes()) {
      const std::string_view name = a.name();
      if (name == "r")
        cell.reference = a.value();
      else if (name == "t")
        cell.type = a.value();
      else if (name == "s")
        cell.style = a.value();
    }
    for (const pugi::xml_node& part : each.children()) {
      const std::string_view name = local_name(part);
      if (name == "v") {
        cell.value = part.child_value();
        cell.has_value = true;
      } else if (name == "f") {
        cell.has_formula = true;
      } else if (name == "is") {
        cell.inline_text = text_of(part);
        cell.has_inline = true;
      }
    }
  }
  return &row_;
}

std::optional<std::string> RowReader::read_string(std::string& element) {
  if (!document_->load(element)) return std::nullopt;
  return text_of(document_->xml.document_element());
}

std::optional<WorkbookPart> read_workbook(const std::string& xml) {
  pugi::xml_document document;
  if (!load(document, xml)) return std::nullopt;
  WorkbookPart workbook;
  for (const pugi::xml_node& part : document.document_element().children()) {
    if (local_name(part) == "workbookPr") workbook.base_1904 = yes(attribute(part, "date1904"));
    if (local_name(part) != "sheets") continue;
    for (const pugi::xml_node& sheet : part.children()) {
      const std::string_view state = attribute(sheet, "state");
      workbook.sheets.push_back({{std::string(attribute(sheet, "name")), state == "hidden" || state == "veryHidden"},
                                 std::string(attribute(sheet, "id"))});
    }
  }
  return workbook;
}

std::optional<std::map<std::string, std::string>> read_relations(const std::string& xml) {
  pugi::xml_document document;
  if (!load(document, xml)) return std::nullopt;
  std::map<std::string, std::string> targets;
  for (const pugi::xml_node& each : document.document_element().children()) {
    const std::string_view type = attribute(each, "Type");
    const std::string_view sort = type.substr(type.rfind('/') + 1);
    targets[std::string(sort == kWorksheet ? attribute(each, "Id") : sort)] = attribute(each, "Target");
  }
  return targets;
}

std::optional<std::vector<NumberFormat>> read_styles(const std::string& xml) {
  pugi::xml_document document;
  if (!load(document, xml)) return std::nullopt;
  const pugi::xml_node root = document.document_element();
  std::map<int, NumberFormat> own;
  for (const pugi::xml_node& each : child(root, "numFmts").children())
    own[number_of(attribute(each, "numFmtId"), -1)] = format_of(attribute(each, "formatCode"));
  std::vector<NumberFormat> formats;
  for (const pugi::xml_node& each : child(root, "cellXfs").children()) {
    const int id = number_of(attribute(each, "numFmtId"), 0);
    const auto found = own.find(id);
    formats.push_back(found == own.end() ? builtin_format(id) : found->second);
  }
  return formats;
}

std::string merge_reference(std::string& element) {
  pugi::xml_document document;
  if (!document.load_buffer_inplace(element.data(), element.size(), kFlags, pugi::encoding_utf8)) return {};
  return std::string(attribute(document.document_element(), "ref"));
}

}  // namespace zs::paper
