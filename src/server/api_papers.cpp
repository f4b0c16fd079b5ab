// Papers: opened from their record, and checked by anybody who holds one.
#include <fmt/format.h>

#include "ledger/papers.h"
#include "paper/html.h"
#include "report/case_file.h"
#include "report/issued_paper.h"
#include "rules/scope.h"
#include "server/api.h"
#include "server/record_json.h"
#include "server/words.h"

namespace zs::server {
namespace {

struct Verdict {
  std::string title, text;
};

Verdict verdict_of(const ledger::PaperVerdict& checked) {
  const auto day = parse_date(checked.day);
  const std::string by = (day ? day->chinese() + "出具的" : std::string()) +
                         (checked.number.empty() ? "另一件同名文书" : checked.number + "文书");
  switch (checked.state) {
    case ledger::PaperState::genuine: return {"真实有效", "这件文书由本机关出具，存证的内容没有改动。"};
    case ledger::PaperState::withdrawn: return {"已经撤回", "这件文书由本机关出具过，已经撤回，或者所属事项已经作废。"};
    case ledger::PaperState::replaced:
      return {"已经换发", fmt::format("这件文书由本机关出具过，已经撤回，以{}为准。", by)};
    case ledger::PaperState::erased: return {"内容已依法删除", "这件文书由本机关出具过，其中的个人信息已经依法删除。"};
    case ledger::PaperState::unknown: break;
  }
  return {"查不到", "没有这个查验码。请核对文书末页的十六位查验码；仍然查不到的，请向出具机关核实。"};
}

constexpr std::string_view kPage = R"(<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>文书查验</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 34rem; margin: 12vh auto; padding: 0 1.25rem; font: 16px/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #1d2733; background: #fff; }}
h1 {{ font-size: 22px; }} h2 {{ font-size: 20px; margin: 2rem 0 .25rem; }}
label {{ display: block; margin-bottom: .25rem; }}
input {{ font: inherit; width: 100%; box-sizing: border-box; padding: .5rem .75rem; border: 1px solid #5b6b7c; border-radius: 4px; letter-spacing: .06em; }}
button {{ font: inherit; margin-top: .75rem; padding: .5rem 1.5rem; border: 0; border-radius: 4px; background: #1f4e79; color: #fff; }}
@media (prefers-color-scheme: dark) {{ body {{ color: #e6ebf0; background: #161b21; }} input {{ background: #10151a; color: inherit; }} }}
</style></head><body><main><h1>{0}　文书查验</h1>
<form action="/check" method="get"><label for="code">文书末页的查验码</label><input id="code" name="code" value="{1}" placeholder="7Q2K-0G1M-X4T8-9RVB" autocomplete="off"><button>查验</button></form>
{2}</main></body></html>
)";

// Who may not read what is personal may not open a paper or the case file: they name people in full. Who opens one
// stands in the audit log.
Result<std::optional<Response>> turned_away(Context& context, const std::string& place) {
  const bool may = rules::may_reveal(*context.town->book, context.person, rulebook::Guard::personal);
  ZS_CHECK(note(context, "paper", place, may ? "done" : "refused"));
  if (may) return std::optional<Response>();
  return std::optional(problem(context.request, 403, {}, "文书里有个人信息，您的岗位不能打开"));
}

}  // namespace

RowNumber row_of(const Context& context) {
  RowNumber row = 0;
  for (const char c : context.part("row")) row = c >= '0' && c <= '9' && row < 10'000 ? row * 10 + (c - '0') : 10'000;
  return row;
}

Result<Response> paper(Context& context) {
  ZS_TRY(const auto page, readable(context));
  const rules::Record& record = page->view.record;
  const RowNumber row = row_of(context);
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const ledger::IssuedPaper issued, ledger::issued_paper(*lease, record, row));
  ZS_TRY(auto away, turned_away(context, fmt::format("{}/{}/papers/{}", record.kind, record.id.number, row)));
  if (away) return *std::move(away);
  const auto taken_back = ledger::paper_standing(record, row);
  if (issued.erased) return problem(context.request, 410, "内容已依法删除", "这件文书里的个人信息已经依法删除");
  if (!issued.markdown) return not_found("这件文书只登记了文号和日期，没有文本", "this paper has no text");
  const rulebook::Form* form = context.town->book->find_form(issued.form);
  return html_response(report::paper_page(form == nullptr ? issued.form : form->label, *issued.markdown,
                                 ledger::check_code(*context.town, record.id, row, issued.digest), taken_back));
}

Result<Response> case_file(Context& context) {
  ZS_TRY(const auto page, readable(context));
  const rules::Record& record = page->view.record;
  if (page->dossier.empty()) return not_found("这本台账没有规定卷宗", "this kind has no case file");
  ZS_TRY(auto away, turned_away(context, fmt::format("{}/{}/dossier", record.kind, record.id.number)));
  if (away) return *std::move(away);
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  const ledger::NameLink name = [&](const Link& link) { return link_name(context, *page, link); };
  ZS_TRY(std::string file, report::case_file_page(*lease, *page, name));
  return html_response(std::move(file));
}

Response check_paper(App& app, const Request& request) {
  constexpr std::string_view kPath = "/check/";
  auto town = app.ledger.snapshot(app.town);
  if (!town) return problem(request, town.error());
  std::string code(request.parameter("code"));
  if (code.empty() && request.path.starts_with(kPath)) code = request.path.substr(kPath.size());
  std::string said;
  if (!code.empty()) {
    auto lease = app.ledger.database().reader();
    if (!lease) return problem(request, lease.error());
    const auto checked = ledger::check_paper(**lease, **town, code);
    // Changed in the database: to whoever asks it is not genuine; the office sees why by verify.
    const Verdict verdict = verdict_of(checked ? *checked : ledger::PaperVerdict{});
    said = fmt::format("<section role=\"status\"><h2>{}</h2><p>{}</p></section>", verdict.title,
                       paper::html_escaped(verdict.text));
  }
  return html_response(fmt::format(kPage, paper::html_escaped((*town)->name), paper::html_escaped(code), said));
}

}  // namespace zs::server
