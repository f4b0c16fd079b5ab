// The handlers of the API, one a route. Each answers what docs/api.md says.
#pragma once

#include "server/app.h"

namespace zs::server {

Response login(App& app, const Request& request);

Result<Response> logout(Context& context);
Result<Response> me(Context& context);
Result<Response> password(Context& context);
Result<Response> sessions(Context& context);
Result<Response> end_session(Context& context);

Result<Response> rulebook_of_town(Context& context);
Result<Response> rule(Context& context);
Result<Response> laws(Context& context);
Result<Response> law(Context& context);
Result<Response> article(Context& context);
Result<Response> articles(Context& context);

Result<Response> list(Context& context);
Result<Response> counts(Context& context);
Result<Response> search(Context& context);
Result<Response> record(Context& context);
Result<Response> history(Context& context);
Result<Response> alike_typed(Context& context);
Result<Response> alike_stored(Context& context);
Result<Response> proof(Context& context);
Result<Response> actions(Context& context);
Result<Response> reveal(Context& context);
Result<Response> erasable(Context& context);
Result<Response> erase(Context& context);
Result<Response> erasure_certificate(Context& context);
Result<Response> take_file(Context& context);
Result<Response> give_file(Context& context);
Result<Response> paper(Context& context);
Result<Response> case_file(Context& context);
Result<Response> withdraw_paper(Context& context);
Result<Response> replace_paper(Context& context);
/// {row} of the path; one that no record has, if it is no number.
RowNumber row_of(const Context& context);
/// Asked by anybody, without a session: /check and /check/CODE.
Response check_paper(App& app, const Request& request);
Result<Response> history_in(Context& context);
Result<Response> summary_in(Context& context);

Result<Response> create(Context& context);
Result<Response> quick(Context& context);
Result<Response> act(Context& context);
Result<Response> bulk(Context& context);
Result<Response> edit(Context& context);
Result<Response> correct(Context& context);
Result<Response> void_record(Context& context);
Result<Response> undo(Context& context);

Result<Response> open_work(Context& context);
Result<Response> offer(Context& context);
Result<Response> handover_list(Context& context);
Result<Response> handover(Context& context);
Result<Response> accept_handover(Context& context);
Result<Response> decline_handover(Context& context);
Result<Response> pass_on(Context& context);
Result<Response> withdraw_handover(Context& context);

Result<Response> field_forms(Context& context);
Result<Response> send_field_draft(Context& context);
Result<Response> field_drafts(Context& context);
Result<Response> field_draft(Context& context);
Result<Response> give_draft_file(Context& context);
Result<Response> accept_field_draft(Context& context);
Result<Response> decline_field_draft(Context& context);

Result<Response> not_entered(Context& context);
Result<Response> errands(Context& context);

Result<Response> import_look(Context& context);
Result<Response> import_preview(Context& context);
Result<Response> import_start(Context& context);
Result<Response> import_job(Context& context);

Result<Response> notices(Context& context);
Result<Response> unread(Context& context);
Result<Response> read_notices(Context& context);
Result<Response> how_told(Context& context);
Result<Response> change_told(Context& context);
Result<Response> new_feed(Context& context);
Result<Response> end_feed(Context& context);
Result<Response> failed_notices(Context& context);
Result<Response> retry_notice(Context& context);
/// Asked by calendar programs, without a session: /calendar/SECRET.ics.
Response calendar_feed(App& app, const Request& request);

Result<Response> worklist(Context& context);
Result<Response> calendar(Context& context);
Result<Response> duties(Context& context);
Result<Response> workload(Context& context);
Result<Response> away(Context& context);
Result<Response> figures(Context& context);
Result<Response> evidence(Context& context);
Result<Response> months(Context& context);
Result<Response> checks(Context& context);
Result<Response> check_sheet(Context& context);
Result<Response> report(Context& context);
Result<Response> report_file(Context& context);
Result<Response> publish(Context& context);
Result<Response> drift(Context& context);
Result<Response> report_chapters(Context& context);
Result<Response> report_chapter(Context& context);
Result<Response> preview_chapter(Context& context);
Result<Response> assign_chapter(Context& context);
Result<Response> write_chapter(Context& context);
Result<Response> adopt_chapter(Context& context);
Result<Response> send_back_chapter(Context& context);
Result<Response> link_chapter(Context& context);
Result<Response> unlink_chapter(Context& context);
/// Asked by a writer without an account: /chapter/SECRET (GET reads, POST writes) and /chapter/SECRET/preview.
Response chapter_by_link(App& app, const Request& request, std::string_view rest);
Result<Response> verify(Context& context);
Result<Response> audit_log(Context& context);

Result<Response> kind_for_readers(Context& context);
Result<Response> staff_list(Context& context);
Result<Response> add_staff(Context& context);
Result<Response> change_staff(Context& context);
Result<Response> posts(Context& context);
Result<Response> add_account(Context& context);
Result<Response> reset_account(Context& context);
Result<Response> unlock(Context& context);
Result<Response> remove_account(Context& context);
Result<Response> access_why(Context& context);
Result<Response> org_list(Context& context);
Result<Response> add_org(Context& context);
Result<Response> change_org(Context& context);
Result<Response> settings(Context& context);
Result<Response> change_setting(Context& context);
Result<Response> homes(Context& context);
Result<Response> change_home(Context& context);
Result<Response> adopt_calendar(Context& context);
Result<Response> adopt_rulebook(Context& context);

}  // namespace zs::server
