#include "server/routes.h"

#include <fmt/format.h>

#include <array>

#include "server/api.h"
#include "server/openapi.h"

namespace zs::server {
namespace {

constexpr std::string_view kApi = "/api/v1";
constexpr std::string_view kDesk = "/desk";
constexpr std::string_view kChapterLink = "/chapter/";  // behind it the secret of one chapter of the report
constexpr std::string_view kFiles = "/api/v1/files";  // whose bodies go to disk as they come

const std::array kRoutes{
    Route{"POST", "/logout", logout, "退出登录"},
    Route{"GET", "/me", me, "我是谁、能看哪些台账", "Me"},
    Route{"POST", "/password", password, "改密码"},
    Route{"GET", "/sessions", sessions, "我的登录", "Sessions"},
    Route{"DELETE", "/sessions/{session}", end_session, "结束一个登录"},

    Route{"GET", "/rulebook", rulebook_of_town, "画出各台账所需的规则书", "Rulebook"},
    Route{"GET", "/rules/{rule}", rule, "一条规则的出处", "Rule"},
    Route{"GET", "/laws", laws, "规则书引用的、法条文件夹里有的各部法", "Laws"},
    Route{"GET", "/laws/{law}", law, "一部法，逐条列出，各有几条规则", "Law"},
    Route{"GET", "/laws/{law}/{article}", article, "一条：条文、站在它上面的规则和在办事项", "LawArticle"},
    Route{"GET", "/articles", articles, "在装入的法条里找", "FoundArticles", "q"},

    Route{"GET", "/counts", counts, "各台账的在办数和超期数", "Counts"},
    Route{"GET", "/search", search, "按编号、标题找", "Found", "q"},
    Route{"GET", "/records/{kind}", list, "一本台账的一页", "RecordPage",
          "view state unit village handler year q sort after limit"},
    Route{"POST", "/records/{kind}", create, "登记一件", "Written", "dry_run"},
    Route{"POST", "/records/{kind}/alike", alike_typed, "正在登记的，和哪些是同一人、同一件", "AlikeList"},
    Route{"GET", "/records/{kind}/{id}/alike", alike_stored, "这一件，和哪些是同一人、同一件", "AlikeList"},
    Route{"POST", "/records/{kind}/quick/{quick}", quick, "一张表办几步", "Written", "dry_run"},
    Route{"GET", "/records/{kind}/{id}", record, "一件", "Record", "as_of"},
    Route{"GET", "/records/{kind}/{id}/actions", actions, "现在能办什么，不能办的差什么", "Actions"},
    Route{"POST", "/records/{kind}/{id}/actions/{action}", act, "办一步，或者试算", "Written", "dry_run"},
    Route{"POST", "/records/{kind}/bulk/{action}", bulk, "一个动作办多件，或者逐件试算", "BulkAnswer", "dry_run"},
    Route{"GET", "/records/{kind}/{id}/history", history, "经过", "History"},
    Route{"GET", "/records/{kind}/{id}/entries/{entry}/proof", proof, "一条存证的证明", "Proof"},
    Route{"POST", "/records/{kind}/{id}/edit", edit, "修改", "Written", "dry_run"},
    Route{"POST", "/records/{kind}/{id}/correct", correct, "更正", "Written", "dry_run"},
    Route{"POST", "/records/{kind}/{id}/void", void_record, "作废", "Written", "dry_run"},
    Route{"POST", "/records/{kind}/{id}/undo", undo, "撤回上一步", "Written", "dry_run"},
    Route{"POST", "/records/{kind}/{id}/reveal", reveal, "查看遮住的一项，写明理由", "Revealed"},
    Route{"GET", "/records/{kind}/{id}/erasable", erasable, "可以删除的个人信息", "ErasableList"},
    Route{"POST", "/records/{kind}/{id}/erase", erase, "删除个人信息：只留摘要，不能还原", "ErasedValues"},
    Route{"GET", "/records/{kind}/{id}/erasures/{entry}", erasure_certificate, "删除凭证，可打印的网页"},

    Route{"POST", "/files", take_file, "上传一个附件，正文就是文件", "File", "name"},
    Route{"GET", "/records/{kind}/{id}/dossier", case_file, "卷宗：卷内目录和各件材料，可打印的网页"},
    Route{"GET", "/records/{kind}/{id}/papers/{row}", paper, "一件出具的文书，可打印的网页"},
    Route{"POST", "/records/{kind}/{id}/papers/{row}/withdraw", withdraw_paper, "撤回一件文书，写明理由和签批人",
          "Written", "dry_run"},
    Route{"POST", "/records/{kind}/{id}/papers/{row}/replace", replace_paper,
          "换发一件文书：照事项现在的样子重出，旧的撤回", "Written", "dry_run"},
    Route{"GET", "/records/{kind}/{id}/files/{digest}", give_file, "一件的附件", "", "view"},
    Route{"POST", "/records/{kind}/history", history_in, "登记旧台账的一件", "Written", "dry_run"},
    Route{"POST", "/summaries", summary_in, "登记一个没有台账的数（汇总件）", "Written", "dry_run"},

    Route{"GET", "/handovers/open", open_work, "一个人手上没有办结的事项", "OpenWork", "giver"},
    Route{"POST", "/handovers", offer, "提出交接，或者先看哪些不能交", "Offered", "dry_run"},
    Route{"GET", "/handovers", handover_list, "交给我的、我交出的、到期没人接的", "Handovers", "view"},
    Route{"GET", "/handovers/{handover}", handover, "一份交接单", "Handover"},
    Route{"POST", "/handovers/{handover}/accept", accept_handover, "接收几行", "TakenOver"},
    Route{"POST", "/handovers/{handover}/decline", decline_handover, "退回几行，写明理由", "Handover"},
    Route{"POST", "/handovers/{handover}/pass_on", pass_on, "几行改交别人", "Handover"},
    Route{"POST", "/handovers/{handover}/withdraw", withdraw_handover, "撤回几行", "Handover"},

    Route{"GET", "/field/forms", field_forms, "外勤可以填的表", "FieldForms"},
    Route{"POST", "/field/drafts", send_field_draft, "从外面发回一份草稿", "DraftSent"},
    Route{"GET", "/field/drafts", field_drafts, "待登记的外勤草稿，或者我发的", "Drafts", "view"},
    Route{"GET", "/field/drafts/{draft}", field_draft, "一份外勤草稿", "Draft"},
    Route{"GET", "/field/drafts/{draft}/files/{digest}", give_draft_file, "一份草稿的照片", "", "view"},
    Route{"POST", "/field/drafts/{draft}/accept", accept_field_draft, "补全一份草稿，登记成事项", "Written", "dry_run"},
    Route{"POST", "/field/drafts/{draft}/decline", decline_field_draft, "退回一份草稿，写明理由"},

    Route{"GET", "/outside", not_entered, "尚未录入外部系统的事项", "NotEntered", "kind after"},
    Route{"GET", "/errands", errands, "等我处理的交接和草稿各有几件", "Errands"},

    Route{"POST", "/import/look", import_look, "旧台账文件里有什么，像哪本台账", "ImportLook"},
    Route{"POST", "/import/preview", import_preview, "旧台账导入以后会怎样，分四组", "ImportPreview", "group after"},
    Route{"POST", "/import", import_start, "导入旧台账，作为一个任务", "ImportJob"},
    Route{"GET", "/import/jobs/{job}", import_job, "导入到了哪里", "ImportState"},

    Route{"GET", "/notices", notices, "给我的提醒，新的在前", "Notices", "before limit"},
    Route{"GET", "/notices/unread", unread, "没有看过的提醒有几条", "Unread"},
    Route{"POST", "/notices/read", read_notices, "看过了，到这一条为止"},
    Route{"GET", "/notices/failed", failed_notices, "没有送达的邮件和推送", "FailedNotices"},
    Route{"POST", "/notices/{id}/retry", retry_notice, "没有送达的再发一次"},
    Route{"GET", "/told", how_told, "怎样提醒我", "Told"},
    Route{"POST", "/told", change_told, "改怎样提醒我", "Told"},
    Route{"POST", "/told/feed", new_feed, "要一个日历订阅地址，旧的作废", "FeedAddress"},
    Route{"DELETE", "/told/feed", end_feed, "停用日历订阅地址"},

    Route{"GET", "/worklist", worklist, "待办期限，最急的在前", "Worklist", "scope within limit"},
    Route{"GET", "/calendar", calendar, "一个月的工作日和期限", "Month", "month"},
    Route{"GET", "/load", workload, "今后六十天每天届满什么，哪几天撞在一起", "Workload", "from days unit person most"},
    Route{"GET", "/load/away", away, "一个人离岗的一段时间里，他的哪些期限会届满", "Away", "person from until"},
    Route{"GET", "/duties", duties, "年度任务", "Duties", "year"},
    Route{"GET", "/figures", figures, "一年的指标", "Figures", "year as_of"},
    Route{"GET", "/figures/{figure}/evidence", evidence, "一个指标背后的每一件", "Evidence", "year as_of after limit"},
    Route{"GET", "/figures/{figure}/months", months, "一个指标的各月", "Months", "year"},
    Route{"GET", "/checks", checks, "有哪些自查表", "Checks"},
    Route{"GET", "/checks/{check}", check_sheet, "一张自查表，逐件取数，先列不符的", "CheckSheet", "year"},
    Route{"GET", "/report", report, "年度报告，现在的或者发布时的（edition=published）", "Report", "year edition"},
    Route{"GET", "/report/file", report_file, "年度报告文件", "", "year format edition"},
    Route{"POST", "/report/publish", publish, "发布年度报告，冻结佐证", "Publication", "year"},
    Route{"GET", "/report/chapters", report_chapters, "年度报告各章由谁写、写到哪里", "ReportChapters", "year"},
    Route{"GET", "/report/chapters/{chapter}", report_chapter, "一章的文本和它的数", "ReportChapter", "year"},
    Route{"POST", "/report/chapters/{chapter}/preview", preview_chapter, "一章的文本读起来怎样，错在哪里", "ChapterRead",
          "year"},
    Route{"POST", "/report/chapters/{chapter}/assign", assign_chapter, "把一章分给一个部门，定交稿日", "ReportChapter",
          "year"},
    Route{"POST", "/report/chapters/{chapter}/text", write_chapter, "保存一章的文本，或者交稿", "ReportChapter", "year"},
    Route{"POST", "/report/chapters/{chapter}/adopt", adopt_chapter, "采用交来的一章", "ReportChapter", "year"},
    Route{"POST", "/report/chapters/{chapter}/send_back", send_back_chapter, "退回一章，写明理由", "ReportChapter",
          "year"},
    Route{"POST", "/report/chapters/{chapter}/link", link_chapter, "要一个只开这一章的地址，旧的作废", "ChapterAddress",
          "year"},
    Route{"DELETE", "/report/chapters/{chapter}/link", unlink_chapter, "收回这个地址", "", "year"},
    Route{"GET", "/drift", drift, "发布之后的变动和原因", "Drift", "year"},
    Route{"GET", "/verify", verify, "核验整本存证日志", "Verdict"},
    Route{"GET", "/audit", audit_log, "审计日志", "Audit", "after"},

    Route{"GET", "/rulebook/kinds/{kind}", kind_for_readers, "一本台账的状态图、期限、关口和所依据的条文",
          "KindForReaders"},
    Route{"GET", "/staff", staff_list, "人员名册和账号", "Staff"},
    Route{"POST", "/staff", add_staff, "登记一个人员", "Entered"},
    Route{"POST", "/staff/{key}", change_staff, "改人员信息，或者授予岗位", "Entered"},
    Route{"GET", "/posts", posts, "岗位和各自能看什么", "Posts"},
    Route{"POST", "/accounts", add_account, "开账号", "AccountName"},
    Route{"POST", "/accounts/{account}/password", reset_account, "重设密码"},
    Route{"POST", "/accounts/{account}/unlock", unlock, "解锁账号"},
    Route{"DELETE", "/accounts/{account}", remove_account, "停用账号"},
    Route{"GET", "/access/why", access_why, "为什么能看、不能看", "Why", "person kind id"},
    Route{"GET", "/orgs", org_list, "机构和村社", "Orgs"},
    Route{"POST", "/orgs", add_org, "登记一个机构", "Entered"},
    Route{"POST", "/orgs/{key}", change_org, "改机构信息", "Entered"},
    Route{"GET", "/settings", settings, "本镇的设置和各自的出处", "Settings"},
    Route{"POST", "/settings/{key}", change_setting, "改一项设置", "Entered", "dry_run"},
    Route{"GET", "/homes", homes, "各台账在哪里办", "Homes"},
    Route{"POST", "/homes/{kind}", change_home, "改一本台账在哪里办", "HomeEntered"},
    Route{"POST", "/adopt/calendar", adopt_calendar, "采用一年的日历，或者先看会变动什么", "Adopted", "dry_run"},
    Route{"POST", "/adopt/rulebook", adopt_rulebook, "采用规则书，或者先看会变动什么", "Adopted", "dry_run"},
};

// Matches step by step; what stood for a name goes into `found`.
bool matches(std::string_view pattern, std::string_view path, std::map<std::string, std::string, std::less<>>& found) {
  found.clear();
  while (!pattern.empty() && !path.empty()) {
    pattern.remove_prefix(1);
    path.remove_prefix(1);
    const std::string_view expected = pattern.substr(0, pattern.find('/'));
    const std::string_view given = path.substr(0, path.find('/'));
    if (expected.starts_with('{')) {
      if (given.empty()) return false;
      found.emplace(std::string(expected.substr(1, expected.size() - 2)), std::string(given));
    } else if (expected != given) {
      return false;
    }
    pattern.remove_prefix(expected.size());
    path.remove_prefix(given.size());
  }
  return pattern.empty() && path.empty();
}

// What is answered to somebody without a session, or to a page that is not ours.
std::optional<Response> turned_away(const Request& request, const std::optional<Session>& session) {
  if (!session) return problem(request, 401, {}, "没有登录，或者登录已经过期");
  if (request.method != "GET" && request.header("x-csrf-token") != session->csrf)
    return problem(request, 403, {}, "请求缺少防伪标记；刷新页面再试");
  return std::nullopt;
}

Response signed_in(App& app, const Request& request, const Route& route,
                   std::map<std::string, std::string, std::less<>> path) {
  const auto session = app.sessions.find(request.cookie("zs_session"), app.ledger.now());
  if (auto away = turned_away(request, session)) return *std::move(away);
  auto town = app.ledger.snapshot(session->town);
  if (!town) return problem(request, town.error());
  const auto person = (*town)->staff.find(session->staff);
  if (person == (*town)->staff.end()) return problem(request, 401, {}, "这个账号的人员已不在名册里");
  const bool own = route.answer == me || route.answer == password || route.answer == logout;
  if (session->must_change && !own) return problem(request, 403, "请先改密码", "第一次登录，先把密码改成自己的");
  Context context{app,
                  request,
                  std::move(path),
                  *session,
                  *town,
                  person->second,
                  civil(app.ledger.now(), (*town)->book->utc_offset).day()};
  auto answered = route.answer(context);
  return answered ? *std::move(answered) : problem(request, answered.error());
}

Response api(App& app, const Request& request) {
  const std::string_view path = std::string_view(request.path).substr(kApi.size());
  if (path == "/openapi.json") {
    auto town = app.ledger.snapshot(app.town);
    return town ? openapi(**town) : problem(request, town.error());
  }
  if (path == "/login") {
    if (request.method != "POST") return problem(request, 405);
    return login(app, request);
  }
  if (path.starts_with(kChapterLink)) return chapter_by_link(app, request, path.substr(kChapterLink.size()));
  std::map<std::string, std::string, std::less<>> found;
  bool other_method = false;
  for (const Route& route : kRoutes) {
    if (!matches(route.pattern, path, found)) continue;
    if (route.method == request.method) return signed_in(app, request, route, std::move(found));
    other_method = true;
  }
  return problem(request, other_method ? 405 : 404);
}

Response plain(int status, std::string body) {
  Response response;
  response.status = status;
  response.type = "text/plain; charset=utf-8";
  response.body = std::move(body);
  return response;
}

Response redirect(std::string_view to) {
  Response response = plain(302, "");
  response.headers.emplace_back("Location", to);
  return response;
}

Response dispatch(App& app, const Request& request) {
  const std::string_view path = request.path;
  if (path.starts_with(kApi) && (path.size() == kApi.size() || path[kApi.size()] == '/')) return api(app, request);
  if (request.method != "GET") return problem(request, 405);
  if (path == "/healthz") return plain(200, "ok\n");
  if (path == "/readyz") return app.ledger.snapshot(app.town) ? plain(200, "ok\n") : plain(503, "no town\n");
  if (path == "/metrics") return plain(200, app.metrics.text());
  if (path == "/check" || path.starts_with("/check/")) return check_paper(app, request);
  if (path.starts_with("/calendar/")) return calendar_feed(app, request);
  if (path == "/" || path == kDesk) return redirect("/desk/");
  if (path.starts_with("/desk/")) return app.assets.answer(request, path.substr(kDesk.size() + 1));
  return problem(request, 404);
}

}  // namespace

bool streamed(const Request& request) {
  return request.method == "POST" && request.path == kFiles;
}

std::optional<Response> admit(App& app, const Request& request) {
  return turned_away(request, app.sessions.find(request.cookie("zs_session"), app.ledger.now()));
}

std::span<const Route> routes() {
  return kRoutes;
}

Response handle(App& app, const Request& request) {
  const auto began = std::chrono::steady_clock::now();
  Response response = dispatch(app, request);
  app.metrics.answered(response.status,
                       std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began));
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("X-Frame-Options", "DENY");
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                                "frame-ancestors 'none'; base-uri 'self'; form-action 'self'");
  return response;
}

}  // namespace zs::server
