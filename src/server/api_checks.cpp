// Self-checks (自查表): which there are, and one filled from the records of a year.
#include <algorithm>
#include <set>

#include "ledger/checks.h"
#include "server/api.h"
#include "server/words.h"

namespace zs::server {
namespace {

using ledger::CheckedLine;
using ledger::CheckSheet;
using ledger::CheckTotals;
using rulebook::SelfCheck;

void write_head(JsonWriter& w, const Context& context, const SelfCheck& check) {
  w("key", check.key);
  w("label", check.label);
  w("definition", check.definition);
  w.array("law", [&] {
    std::set<std::string> said;
    for (const rulebook::RuleRef& rule : check.rules) {
      const std::string citation = citation_of(*context.town, rule.rule);
      if (!citation.empty() && said.insert(citation).second) w.element(citation);
    }
  });
}

std::string_view sort_name(const SelfCheck& check, std::size_t column) {
  switch (check.columns[column].sort) {
    case rulebook::CheckColumn::Sort::outcome: return "outcome";
    case rulebook::CheckColumn::Sort::gates: return "gates";
    case rulebook::CheckColumn::Sort::plain: break;
  }
  return type_name(check.line.columns[column].type);
}

void write_columns(JsonWriter& w, const SelfCheck& check) {
  w.array("columns", [&] {
    for (std::size_t i = 0; i < check.columns.size(); ++i)
      w.object([&] {
        w("key", check.line.columns[i].key);
        w("label", check.line.columns[i].label);
        w("type", sort_name(check, i));
        w("total", check.columns[i].total);
      });
  });
}

void write_totals(JsonWriter& w, const ledger::Town& town, const SelfCheck& check, const CheckTotals& totals) {
  w("lines", totals.lines);
  w("differs", totals.differs);
  w("unproven", totals.unproven);
  w.object("sums", [&] {
    for (const auto& [column, sum] : totals.sums)
      w(column, ledger::shown(town, *check.line.find_column(column), Value(sum)));
  });
}

// A text that names somebody is covered from those who may not see whom a case concerns.
void write_cells(JsonWriter& w, const Context& context, const SelfCheck& check, const CheckedLine& line) {
  w.object("cells", [&] {
    for (std::size_t i = 0; i < check.columns.size(); ++i) {
      const rulebook::Field& column = check.line.columns[i];
      const rules::CheckValue& cell = line.line.cells[i];
      if (cell.value.absent()) continue;
      const bool covers = guarded(context, column);
      w.object(column.key, [&] {
        w("text", covers ? masked(line.texts[i]) : line.texts[i]);
        const auto* key = cell.value.as<std::string>();
        if (check.columns[i].sort != rulebook::CheckColumn::Sort::plain && key != nullptr) w("value", *key);
        if (cell.seen.empty()) return;
        const rulebook::Kind& kind = *context.town->book->find_kind(line.kind);
        w.array("seen", [&] {
          for (const rules::GateSeen& seen : cell.seen) w.element(ledger::text_of(*context.town, kind, seen));
        });
      });
    }
  });
}

void write_line(JsonWriter& w, const Context& context, const SelfCheck& check, const CheckedLine& line) {
  const rulebook::Kind* kind = context.town->book->find_kind(line.kind);
  w.object([&] {
    w("verdict", rules::name_of(line.line.verdict));
    w("kind", line.kind);
    w("kind_label", kind == nullptr ? line.kind : kind->label);
    w("id", line.record.number);
    w("row", line.line.row);
    w("number", line.number);
    w("title", line.title);
    w("day", line.line.day);
    w.array("why", [&] {
      for (const std::string& why : line.line.why) w.element(why);
    });
    write_cells(w, context, check, line);
  });
}

std::string sheet_json(const Context& context, const CheckSheet& sheet) {
  const SelfCheck& check = *sheet.check;
  JsonWriter w;
  w.object([&] {
    write_head(w, context, check);
    w("year", sheet.year);
    w("as_of", sheet.as_of);
    write_columns(w, check);
    w("groups_by", check.groups);
    w.array("signed_by", [&] {
      for (const std::string& who : check.signed_by) w.element(who);
    });
    w.object("totals", [&] { write_totals(w, *context.town, check, sheet.totals); });
    w.array("groups", [&] {
      for (const auto& [text, totals] : sheet.groups)
        w.object([&, &name = text, &sums = totals] {
          w("text", name);
          write_totals(w, *context.town, check, sums);
        });
    });
    w("hidden", sheet.hidden);
    w("cut", sheet.cut);
    w.array("lines", [&] {
      for (const CheckedLine& line : sheet.lines) write_line(w, context, check, line);
    });
  });
  return w.take();
}

}  // namespace

Result<Response> checks(Context& context) {
  JsonWriter w;
  w.object([&] {
    w.array("items", [&] {
      for (const SelfCheck& check : context.town->book->checks) w.object([&] { write_head(w, context, check); });
    });
  });
  return json_text(w.take());
}

// Who may read none of its ledgers has nothing to check.
Result<Response> check_sheet(Context& context) {
  const std::string key(context.part("check"));
  const int year = year_of(context);
  return kept_json(context, [&context, key, year](store::Session& session) -> Result<std::string> {
    ZS_TRY(const CheckSheet sheet,
           ledger::run_check(session, *context.town, key, year, context.today, &context.person));
    return sheet_json(context, sheet);
  });
}

}  // namespace zs::server
