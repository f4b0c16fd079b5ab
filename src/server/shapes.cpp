#include "server/shapes.h"

#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "base/result.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

struct Shape {
  std::string_view name, text;
};

constexpr std::array kShapes{
    // Said everywhere.
    Shape{"Named", "{key: text, label: text}"},
    Shape{"Entered", "{key: text, entry: int?, moved?: [Moved]}"},
    Shape{"Moved",
          "{kind: text, kind_label: text, id: int, number: text, what: text, what_label: text, before: text, "
          "after: text}"},
    Shape{"Badge", "{tone: 'over'|'now'|'near'|'calm'|'wait'|'done', text: text, share: number}"},
    Shape{"Reason", "{kind?: text, gate: text, says: text, law: [text], rules?: [text], warns: yes, form?: yes}"},
    Shape{"Problem",
          "{type: text, title: text, status: int, detail?: text, request_id: text, reasons?: [Reason], "
          "version?: int, faults?: [{place: text, says: text}]}"},
    // Who one is.
    Shape{"Me",
          "{town: {id: int, name: text}, account: text, staff: text, name: text, unit: text, unit_name: text, "
          "village: text, village_name: text, posts: [Named], reads: [text], today: day, weekday: text, "
          "workday: yes, rest_reason: text, years: [int], manages: yes, grants: yes, audits: yes, "
          "publishes: yes, erases: yes, imports: [text], must_change: yes, csrf: text}"},
    Shape{"Sessions", "{items: [{id: text, since: moment, last: moment, own: yes}]}"},
    Shape{"Notices",
          "{unread: int, next: int?, items: [{id: int, at: text, title: text, about: text, law: text, due: day?, "
          "late: yes, read: yes, settled: yes, kind?: text, record?: int}]}"},
    Shape{"Unread", "{unread: int}"},
    Shape{"FailedNotices",
          "{items: [{id: int, at: text, channel: 'mail'|'hook', staff_name: text, attempts: int, given_up: yes, "
          "error: text}]}"},
    Shape{"Told",
          "{mail: text, way: 'none'|'daily'|'each', feed: yes, mail_possible: yes, quiet_hours: text, "
          "digest_at: text}"},
    Shape{"FeedAddress", "{address: text}"},
    // The rulebook.
    Shape{"Field",
          "{key: text, label: text, type: text, guard: text, computed: yes, options?: [Named], to?: [text], "
          "asks?: [text], at_most?: int, columns?: [Field]}"},
    Shape{"Ask", "{field: text, conditional: yes}"},
    Shape{"Action",
          "{key: text, label: text, from: [text], any: yes, to: text?, creates: yes, decides: [text], "
          "signed_paper: yes, needs: [Ask], asks: [Ask], adds: [text], edits: {*: [text]}, clears: [text]}"},
    Shape{"Kind",
          "{key: text, label: text, part: text, measure: text, home: text, may_create?: yes, "
          "states: [{key: text, label: text, final: yes}], fields: [Field], actions: [Action], "
          "deadlines: [{key: text, label: text, bears: text, law: text}], "
          "numbers: [{key: text, label: text, outside: yes}], "
          "quick: [{key: text, label: text, does: [text]}], "
          "card: {number: text, lines: [{path: text, label: text}]}}"},
    Shape{"Rulebook",
          "{name: text, version: text, parts: [Named], kinds: [Kind], rules: {*: {law: text, label: text}}, "
          "orgs: [{key: text, name: text, type: text}], "
          "staff: [{key: text, name: text, unit: text, posts: [text]}]}"},
    Shape{"Rule",
          "{id: text, law: text, law_key: text, article: text, label: text, certainty: text, certainty_label: text, "
          "since: day?, until: day?, within?: text, quote?: text, standing?: [Standing]}"},
    Shape{"Standing",
          "{sort: 'form'|'duty'|'check'|'figure'|'setting'|'gate'|'deadline'|'field'|'act'|'dossier'|'other', "
          "label: text, kind: text, where: text, place: text}"},
    Shape{"Laws", "{loaded: yes, items: [{law: text, name: text, title: text, text: yes, articles: int, rules: int}]}"},
    Shape{"Law",
          "{law: text, name: text, title: text, text: yes, opening: text, "
          "articles: [{article: text, heading: text, text: text, rules: int}]}"},
    Shape{"LawArticle",
          "{law: text, name: text, title: text, text: yes, article: text, heading: text, quote: text, rules: [Rule], "
          "records: {records: int, deadlines: int, items: [{kind: text, kind_label: text, id: int, number: text, "
          "title: text, label: text, rule: text, due: day?, handler_name: text, badge: Badge}]}}"},
    Shape{"FoundArticles", "{total: int, items: [{law: text, name: text, article: text, excerpt: text, rules: int}]}"},
    Shape{"KindForReaders",
          "{key: text, label: text, diagram: text, "
          "deadlines: [{key: text, label: text, law: text, within: text, bears_label: text}], "
          "gates: [{key: text, says: text, law: [text], warns: yes}], "
          "forms: [{key: text, label: text, act: text, law: [text]}], "
          "figures: [{key: text, label: text, unit: text, definition: text}], "
          "duties: [{key: text, label: text, law: [text]}], checks: [{key: text, label: text, law: [text]}], "
          "roles: [{key: text, label: text, scope_label: text}], rules: [Rule]}"},
    // Records.
    Shape{"Due", "{deadline: text, label: text, law: text, due: day, badge: Badge}"},
    Shape{"Row",
          "{id: int, kind: text, kind_label: text, number: text, title: text, state: text, state_label: text, "
          "final: yes, unit: text, unit_name: text, village: text, village_name: text, handler: text, "
          "handler_name: text, opened: day?, closed: day?, version: int, due?: Due}"},
    Shape{"ErasableList", "{items: [{path: text, label: text, guard: text, times: int}]}"},
    Shape{"ErasedValues", "{entry: int, files: int}"},
    Shape{"AlikeList",
          "{items: [{id: int, kind: text, kind_label: text, number: text, title: text, state: text, state_label: text, "
          "final: yes, unit: text, unit_name: text, village: text, village_name: text, handler: text, "
          "handler_name: text, opened: day?, closed: day?, version: int, due?: Due, "
          "why: 'person'|'name'|'subject', percent: int, same: yes}]}"},
    Shape{"RecordPage",
          "{items: [Row], next: text?, counts: {open: int, overdue: int, mine: int, closed: int, all: "
          "int}}"},
    Shape{"Counts", "{*: {open: int, overdue: int}}"},
    Shape{"Found", "{kinds: [{kind: text, label: text}], items: [Row]}"},
    Shape{"File", "{digest: text, name: text, type: text, size: int}"},
    Shape{"Cell", "{value: any, text: text, masked: yes, files?: [File]}"},
    Shape{"Deadline",
          "{key: text, row: int, label: text, rule: text, law: text, bears: text, outcome: text, "
          "outcome_label: text, start: text?, due: day?, due_at: text?, stop: text?, estimated: yes, "
          "provisional: yes, weekday: text?, badge: Badge, working: [text]}"},
    Shape{"Near",
          "{id: int, kind: text, kind_label: text, number: text, title: text, state: text, state_label: text, "
          "final: yes, unit: text, unit_name: text, village: text, village_name: text, handler: text, "
          "handler_name: text, opened: day?, closed: day?, version: int, due?: Due, field: text, label: text, "
          "back: yes}"},
    Shape{"Record",
          "{id: int, kind: text, kind_label: text, number: text, numbers: {*: text}, title: text, state: text, "
          "state_label: text, final: yes, version: int, voided: yes, "
          "fields: [{key: text, label: text, type: text, guard: text, value: any, text: text, masked: yes, "
          "parts?: {*: text}, computed: yes, files?: [File]}], "
          "rows: [{key: text, label: text, columns: [{key: text, label: text, type: text}], "
          "rows: [{number: int, cells: {*: Cell}}]}], "
          "deadlines: [Deadline], steps: [{state: text, label: text, day: day, current: yes}], "
          "papers: [{row: int, form: text, label: text, number: text, day: text, text: yes, standing: text, "
          "replaces: text}], "
          "dossier: [{label: text, form: text, there: yes, day: day?, needed: yes}], links: [Near]}"},
    Shape{"Actions", "{items: [{key: text, label: text, open: yes, primary: yes, reasons: [Reason]}]}"},
    Shape{"Mark", "{says: text, law: [text]}"},
    Shape{"History",
          "{items: [{entry: int, at: moment, day: day, actor: text, actor_name: text, decider_name: text?, "
          "action: text, action_label: text, type: text, way: text, way_label: text, late_entry: yes, text: text, "
          "reason: text, "
          "changes: [{label: text, before: text?, after: text?}], breaches: [Mark], warned: [Mark]}]}"},
    Shape{"Proof", "{entry: int, leaf: text, root: text, size: int, path: [text], holds: yes}"},
    Shape{"Written",
          "{kind: text, id: int, version: int, state: text, state_label?: text, numbers: {*: text}, "
          "opened: [{kind: text, id: int}], missing: [text], warned: [any], breaches: [any], entry: int, "
          "repeated?: yes}"},
    Shape{"WouldBe",
          "{state: text, state_label: text, deadlines: [Deadline], papers: [{form: text, label: text, html: text?}]}"},
    Shape{"Revealed", "{value: any, text: text}"},
    Shape{"BulkAnswer",
          "{items: [{id: int, number: text, title: text, outcome: "
          "'passes'|'warns'|'refused'|'moved'|'absent'|'done'|'failed', says: text, reasons: [Reason], "
          "state_label?: text, version?: int, entry?: int, repeated?: yes}]}"},
    // Hand-overs, what was noted outside, what is entered elsewhere.
    Shape{"OpenWork",
          "{giver: text, giver_name: text, hidden: int, items: [{id: int, kind: text, kind_label: text, number: text, "
          "title: text, state: text, state_label: text, final: yes, unit: text, unit_name: text, village: text, "
          "village_name: text, handler: text, handler_name: text, opened: day?, closed: day?, version: int, due?: Due, "
          "offered: yes}], givers: [{key: text, name: text, unit_name: text}]}"},
    Shape{"Offered", "{id: int?, lines: int}"},
    Shape{"HandoverLine",
          "{n: int, kind: text, kind_label: text, id: int, number: text, title: text, record_state: text, seen: yes, "
          "opens: yes, receiver: text, receiver_name: text, until: day, "
          "state: 'offered'|'accepted'|'declined'|'withdrawn'|'moot', state_label: text, late: yes, mine: yes, "
          "actor_name: text, on: day?, says: text}"},
    Shape{"Handover",
          "{id: int, giver: text, giver_name: text, unit_name: text, maker: text, maker_name: text, why: text, "
          "made_on: day, arranges: yes, lines: [HandoverLine]}"},
    Shape{"Handovers", "{items: [Handover]}"},
    Shape{"TakenOver", "{items: [{n: int, outcome: 'accepted'|'refused', says: text, entry?: int}]}"},
    Shape{"FieldForms",
          "{items: [{kind: text, kind_label: text, label: text, asks: [{path: text, rows: text, rows_label: text, "
          "field: Field}]}]}"},
    Shape{"DraftSent", "{id: int, repeated: yes}"},
    Shape{"DraftLine",
          "{id: int, kind: text, kind_label: text, label: text, sender_name: text, unit_name: text, day: day, "
          "sent_at: moment, state: 'waiting'|'accepted'|'declined', state_label: text, summary: text, photos: int, "
          "says: text, actor_name: text, settled_on: day?, record: int?, accepts: yes}"},
    Shape{"Drafts", "{items: [DraftLine]}"},
    Shape{"Draft",
          "{id: int, kind: text, kind_label: text, label: text, sender_name: text, unit_name: text, day: day, "
          "sent_at: moment, state: 'waiting'|'accepted'|'declined', state_label: text, summary: text, photos: int, "
          "says: text, actor_name: text, settled_on: day?, record: int?, accepts: yes, quick: text, "
          "values: {*: any}, rows: {*: [any]}, files: [File]}"},
    Shape{"NotEntered",
          "{kinds: [{kind: text, label: text, home: text, number: text, number_label: text, lacking: int}], "
          "items: [Row], next: text?}"},
    Shape{"Errands", "{take_over: int, escalated: int, drafts: int}"},
    // Old ledgers.
    Shape{"ImportLook",
          "{sheets: [{name: text, hidden: yes, rows: int, header_row: int, headers: [text], kinds: [{kind: "
          "text, label: text, matched: int}]}]}"},
    Shape{"ImportRow",
          "{row: int, group: 'new'|'changed'|'unchanged'|'refused', title: text, id: int?, breaches: int, "
          "cells: [{field: text, label: text, raw: text, text: text}], "
          "changes: [{label: text, before: text, after: text}], reasons: [text]}"},
    Shape{"ImportPreview",
          "{sheet: text, header_row: int, year: int?, "
          "columns: [{letter: text, header: text, field: text, label: text, "
          "how: 'given'|'kept'|'name'|'synonym'|'content'|'none', samples: [text]}], "
          "groups: {new: int, changed: int, unchanged: int, refused: int}, left_out: int, with_breaches: int, "
          "next: int?, rows: [ImportRow], mapping: text, fields: [{field: text, label: text}], states: [Named]}"},
    Shape{"ImportJob", "{job: text}"},
    Shape{"ImportState",
          "{state: 'running'|'done'|'failed', done: int, total: int, result: {new: int, changed: int, unchanged: int, "
          "refused: int, left_out: int, with_breaches: int}?, says: text}"},
    // Work, figures, report.
    Shape{"WorkLine",
          "{id: int, kind: text, kind_label: text, number: text, title: text, state: text, state_label: "
          "text, final: yes, unit: text, unit_name: text, village: text, village_name: text, handler: "
          "text, handler_name: text, opened: day?, closed: day?, version: int, deadline: text, label: "
          "text, law: text, rule: text, due: day, weekday: text, workday: yes, badge: Badge, "
          "act: {key: text, label: text}?}"},
    Shape{"Worklist",
          "{today: day, items: [WorkLine], counts: {all: int, overdue: int, within3: int, week: int, mine: "
          "int}, more: int, later: int, paused: int}"},
    Shape{"Month",
          "{month: text, published: yes, days: [{day: day, weekday: text, workday: yes, reason: text, items: "
          "[WorkLine]}]}"},
    Shape{"Duties",
          "{items: [{key: text, label: text, figure: text, state: text, state_label: text, value: int, "
          "wanted: int, windows: int, reached: int, law: text, warn_by: text, lead: text, behind: [text], "
          "dated: yes, until: day?}]}"},
    Shape{"LoadDuty",
          "{key: text, label: text, law: text, lead: text, state: text, state_label: text, from?: day, until: day, "
          "value: int, wanted: int, dated: yes, warn_by: text}"},
    Shape{"Workload",
          "{today: day, from: day, until: day, most: int, overdue: int, cut: yes, "
          "days: [{day: day, weekday: text, workday: yes, estimated: yes, reason: text, items: [WorkLine], "
          "duties: [LoadDuty], crowded: [{person: text, name: text, items: int}]}], undated: [LoadDuty]}"},
    Shape{"Away",
          "{person: text, name: text, unit_name: text, from: day, until: day, workdays: int, hands_over: yes, "
          "items: [WorkLine]}"},
    Shape{"Figure",
          "{key: text, label: text, unit: text, kind: text, form: text, value: number?, display: text, before: "
          "number?, over: int, under: int, evidence: int, case_by_case: int, definition: text, overlaps: "
          "[text], no_target: yes, proof: text}"},
    Shape{"Figures", "{year: int, as_of: day?, items: [Figure]}"},
    Shape{
        "Evidence",
        "{figure: {key: text, label: text, unit: text, definition: text, proof: text}, total: int, hidden: int, items: "
        "[{kind: text, id: int?, number: text, title: text, state_label: text, day: day?, value: number, "
        "row: int, edge: int, summary: yes, part: text, unit: text, village: text}], next: text?}"},
    Shape{"CheckHead", "{key: text, label: text, definition: text, law: [text]}"},
    Shape{"Checks", "{items: [CheckHead]}"},
    Shape{
        "CheckLine",
        "{verdict: 'differs'|'unproven'|'fits', kind: text, kind_label: text, id: int, row: int, number: text, title: "
        "text, day: day, why: [text], cells: {*: {text: text, value?: text, seen?: [text]}}}"},
    Shape{"CheckGroup", "{text: text, lines: int, differs: int, unproven: int, sums: {*: text}}"},
    Shape{"CheckSheet",
          "{key: text, label: text, definition: text, law: [text], year: int, as_of: day, "
          "columns: [{key: text, label: text, type: text, total: yes}], groups_by: text, signed_by: [text], "
          "totals: {lines: int, differs: int, unproven: int, sums: {*: text}}, groups: [CheckGroup], hidden: int, "
          "cut: yes, lines: [CheckLine]}"},
    Shape{"Months", "{items: [{month: int, value: number?, before: number?}]}"},
    Shape{"Report",
          "{year: int, town: text, title: text, html: text, figures: [{key: text, label: text, value: number?, "
          "unit: text, display: text, definition: text, evidence: int, case_by_case: int, overlaps?: "
          "[text]}], chapters: "
          "[{title: text, text?: text, anchor?: text}], stale: [text], unreadable: [text]}"},
    Shape{"ChapterLine",
          "{chapter: text, title: text, state: text, unit: text, unit_name: text, due: day?, late: yes, who: text, at: "
          "moment?, says: text, version: int, mine: yes, link_until: day?, stale?: [text]}"},
    Shape{"ReportChapters", "{year: int, may_assign: yes, items: [ChapterLine]}"},
    Shape{"ChapterRead", "{html: text, faults: [text], stale: [text], figures: [ChapterFigure]}"},
    Shape{"ChapterPick", "{name: text, label: text, words: text}"},
    Shape{"ChapterFigure", "{key: text, label: text, display: text, unit: text}"},
    Shape{"ReportChapter",
          "{year: int, line: ChapterLine, text: text, source: text, read: ChapterRead, names: [ChapterFigure], "
          "picks: [ChapterPick], may_write: yes, may_settle: yes}"},
    Shape{"LinkedChapter",
          "{town: text, year: int, line: ChapterLine, text: text, source: text, read: ChapterRead, names: "
          "[ChapterFigure], picks: [ChapterPick]}"},
    Shape{"ChapterAddress", "{address: text, until: day}"},
    Shape{"Publication", "{year: int, entry: int, day: day, actor: text, actor_name: text, figures: int, words: yes}"},
    Shape{"Cause", "{entry: int, label: text, actor_name: text, day: day}"},
    Shape{"Drift",
          "{published: Publication?, figures: [{key: text, label: text, unit: text, published: number?, now: "
          "number?, changes: [{kind: text, kind_label: text, id: int?, number: text, title: text, before: "
          "number?, now: number?, causes: [Cause]}]}]}"},
    Shape{"Verdict", "{good: yes, entries: int, records: int, root: text, faults: [text]}"},
    Shape{"Audit",
          "{items: [{n: int, at: moment, account: text, what: text, where: text, outcome: text, detail: "
          "text}], next: text?}"},
    // Administration.
    Shape{"Account", "{account: text, locked_until: moment?, must_change: yes, sessions: int}"},
    Shape{"Staff",
          "{items: [{key: text, name: text, unit: text, unit_name: text, village: text, village_name: text, "
          "posts: [Named], account: Account?}]}"},
    Shape{"Posts",
          "{items: [{key: text, label: text, reads: [{kind: text, label: text, scope: text, scope_label: "
          "text}], never_with: [Named], manages: yes, grants: yes, audits: yes, publishes: yes, erases: yes}]}"},
    Shape{"AccountName", "{account: text}"},
    Shape{"Why", "{may: yes, says: [text], guards: [{key: text, label: text, may: yes}]}"},
    Shape{"Orgs",
          "{items: [{key: text, name: text, type: text, type_label: text, since: day?, until: day?}], types: "
          "[Named]}"},
    Shape{"Settings",
          "{items: [{key: text, label: text, value: text, text: text, unit: text, source: text, "
          "certainty_label: text, own: yes, default: text, entry: int?, set_on: day?, set_by: text, "
          "table: [{key: text, value: text}]?}]}"},
    Shape{"Homes", "{items: [{kind: text, label: text, home: text, default: text, here: yes}]}"},
    Shape{"HomeEntered", "{kind: text, entry: int}"},
    Shape{"Adopted", "{moved: [Moved], written: yes}"},
};

// One reader over one text; the texts are ours, so what cannot be read is a fault of the program.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  ordered_json whole() {
    ordered_json schema = shape();
    ZS_ASSERT(rest_.empty());
    return schema;
  }

 private:
  void skip() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }
  bool take(char c) {
    skip();
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string word() {
    skip();
    std::size_t length = 0;
    const auto part = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '*';
    };
    while (length < rest_.size() && part(rest_[length])) ++length;
    ZS_ASSERT(length > 0);
    std::string made(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return made;
  }

  ordered_json shape() {
    ordered_json made = take('[') ? list() : take('{') ? object() : take('\'') ? texts() : named(word());
    if (!take('?')) return made;
    if (made.contains("type") && made["type"].is_string() && !made.contains("enum")) {
      made["type"] = ordered_json::array({made["type"], "null"});
      return made;
    }
    return {{"anyOf", ordered_json::array({std::move(made), {{"type", "null"}}})}};
  }

  ordered_json list() {
    ordered_json items = shape();
    ZS_ASSERT(take(']'));
    return {{"type", "array"}, {"items", std::move(items)}};
  }

  ordered_json object() {
    ordered_json properties = ordered_json::object(), required = ordered_json::array();
    ordered_json others = false;
    while (!take('}')) {
      const std::string name = word();
      const bool optional = take('?');
      ZS_ASSERT(take(':'));
      ordered_json value = shape();
      take(',');
      if (name == "*") {
        others = std::move(value);
        continue;
      }
      properties[name] = std::move(value);
      if (!optional) required.push_back(name);
    }
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)},
            {"additionalProperties", std::move(others)}};
  }

  ordered_json texts() {
    ordered_json values = ordered_json::array();
    do {
      values.push_back(word());
      ZS_ASSERT(take('\''));
    } while (take('|') && take('\''));
    return {{"type", "string"}, {"enum", std::move(values)}};
  }

  static ordered_json named(const std::string& name) {
    if (name == "text") return {{"type", "string"}};
    if (name == "int") return {{"type", "integer"}};
    if (name == "number") return {{"type", "number"}};
    if (name == "yes") return {{"type", "boolean"}};
    if (name == "day") return {{"type", "string"}, {"format", "date"}};
    if (name == "moment") return {{"type", "string"}, {"pattern", "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}"}};
    if (name == "any") return ordered_json::object();
    return {{"$ref", "#/components/schemas/" + name}};
  }

  std::string_view rest_;
};

}  // namespace

ordered_json schema_of(std::string_view shape) {
  return Reader(shape).whole();
}

ordered_json named_schemas() {
  ordered_json made = ordered_json::object();
  for (const Shape& shape : kShapes) made[std::string(shape.name)] = schema_of(shape.text);
  return made;
}

}  // namespace zs::server
