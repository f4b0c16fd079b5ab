#include "report/case_file.h"

#include <fmt/format.h>

#include "ledger/papers.h"
#include "ledger/shown.h"
#include "paper/html.h"
#include "rules/view.h"

namespace zs::report {
namespace {

using ledger::DossierLine;
using ledger::RecordPage;
using ledger::Town;
using paper::html_escaped;
using rulebook::Field;

class CaseFile {
 public:
  CaseFile(store::Session& session, const RecordPage& page, const ledger::NameLink& name)
      : session_(session),
        page_(page),
        name_(name),
        town_(*page.town),
        record_(page.view.record),
        kind_(*town_.book->find_kind(record_.kind)),
        view_(town_.in_force(), record_) {}

  Result<std::string> write() {
    std::string parts;
    int number = 0;
    for (const DossierLine& line : page_.dossier) {
      ++number;
      add_contents(number, line);
      if (!line.there) continue;
      ZS_TRY(const std::string part,
             line.form.empty() ? Result<std::string>(of_field(line.field)) : of_form(line.form));
      parts += fmt::format("<section class=\"part\" id=\"part-{}\">{}</section>\n", number, part);
    }
    return "<h2>卷内目录</h2><table class=\"contents\"><thead><tr><th>序号</th><th>材料</th><th>文号</th><th>日期</th>"
           "<th>备注</th></tr></thead><tbody>" +
           contents_ + "</tbody></table>\n" + parts;
  }

 private:
  static std::string text_of(const rules::Fields& cells, const char* column) {
    const auto found = cells.find(column);
    return found == cells.end() ? std::string() : plain_text(found->second);
  }

  // The papers of a form, in order.
  std::vector<RowNumber> papers_of(const std::string& form) const {
    std::vector<RowNumber> papers;
    const auto list = record_.rows.find("papers");
    if (list == record_.rows.end()) return papers;
    for (const auto& [row, cells] : list->second) {
      if (text_of(cells, "form") == form && !cells.contains("withdrawn_on")) papers.push_back(row);
    }
    return papers;
  }

  void add_contents(int number, const DossierLine& line) {
    std::string numbers;
    for (const RowNumber paper : papers_of(line.form)) {
      const std::string text = text_of(record_.rows.at("papers").at(paper), "number");
      if (!text.empty()) numbers += (numbers.empty() ? "" : "、") + text;
    }
    contents_ += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", number,
                             html_escaped(line.label), html_escaped(numbers), line.day ? line.day->chinese() : "",
                             line.there ? "" : "缺");
  }

  Result<std::string> of_form(const std::string& form) {
    std::string out;
    for (const RowNumber paper : papers_of(form)) {
      ZS_TRY(const ledger::IssuedPaper issued, ledger::issued_paper(session_, record_, paper));
      if (issued.markdown)
        out += paper::html_body(*issued.markdown);
      else
        out += fmt::format("<h3>{}</h3><p>{}</p>", html_escaped(form),
                           issued.erased ? "内容已依法删除" : "原件另存，只登记了文号和日期。");
    }
    return out;
  }

  std::string of_field(const std::string& key) {
    const Field* field = kind_.find_field(key);
    if (field == nullptr) return {};
    std::string out = fmt::format("<h3>{}</h3>", html_escaped(field->label));
    if (field->type != rulebook::Type::rows) return out + "<p>" + shown(*field, view_.value(key)) + "</p>";
    out += "<table><thead><tr><th></th>";
    for (const Field& column : field->columns) out += "<th>" + html_escaped(column.label) + "</th>";
    out += "</tr></thead><tbody>";
    for (const auto& [row, cells] : record_.rows.at(key)) {
      out += fmt::format("<tr><td>{}</td>", row);
      for (const Field& column : field->columns)
        out += "<td>" + shown(column, view_.cell(*field, row, column.key)) + "</td>";
      out += "</tr>";
    }
    return out + "</tbody></table>";
  }

  // Files by their names: their bytes are opened from the record.
  std::string shown(const Field& field, const Value& value) {
    if (value.absent()) return {};
    if (const auto* link = value.as<Link>()) return html_escaped(name_(*link));
    if (const auto* links = value.as<std::vector<Link>>()) {
      std::string names;
      for (const Link& link : *links) names += (names.empty() ? "" : "；") + name_(link);
      return html_escaped(names);
    }
    const auto* files = value.as<std::vector<std::string>>();
    if (field.type != rulebook::Type::files || files == nullptr)
      return html_escaped(ledger::shown(town_, field, value));
    std::string names;
    for (const std::string& digest : *files) {
      const auto file = page_.files.find(digest);
      names += (names.empty() ? "" : "；") + (file == page_.files.end() ? digest : file->second.name);
    }
    return html_escaped(names);
  }

  store::Session& session_;
  const RecordPage& page_;
  const ledger::NameLink& name_;
  const Town& town_;
  const rules::Record& record_;
  const rulebook::Kind& kind_;
  rules::View view_;
  std::string contents_;
};

}  // namespace

Result<std::string> case_file_page(store::Session& session, const RecordPage& page, const ledger::NameLink& name) {
  ZS_TRY(const std::string file, CaseFile(session, page, name).write());
  const std::string title = page.view.kind_label + "卷宗";
  const std::string head = fmt::format("<h1>{}</h1><h6>{}　{}</h6>", html_escaped(title),
                                       html_escaped(page.view.number), html_escaped(page.view.title));
  return paper::html_page(title, "", head + file);
}

}  // namespace zs::report
