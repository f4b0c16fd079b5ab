// Figures, what stands behind them, and the yearly report.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "ledger/audit.h"
#include "ledger/figures.h"
#include "ledger/verify.h"
#include "ledger/publish.h"
#include "report/annual.h"
#include "report/wording.h"
#include "rules/scope.h"
#include "server/api.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;
using rulebook::Figure;

constexpr std::array<std::string_view, 7> kForms{"counts", "sums", "stock", "ratio", "coverage", "shows", "total"};

ordered_json number_json(const ledger::FigureValue& value) {
  const std::string text = report::plain_value(value);
  return text.empty() ? ordered_json() : ordered_json::parse(text);
}

// The same day a year earlier; the 29th of February has none, so the 28th.
Date year_before(Date day) {
  const bool leap_day = day.month() == 2 && day.day() == 29;
  return Date(day.year() - 1, day.month(), leap_day ? 28 : day.day());
}

std::optional<Date> as_of(const Context& context, int year) {
  if (const auto given = parse_date(context.request.parameter("as_of"))) return given;
  return year == context.today.year() ? std::optional(context.today) : std::nullopt;
}

// As it reads now, or (edition=published) with the words that were frozen when it was published.
Result<report::YearReport> report_asked(store::Session& session, const Context& context) {
  const int year = year_of(context);
  if (context.request.parameter("edition") != "published")
    return report::annual(session, *context.town, year, context.today);
  ZS_TRY(const auto publication, ledger::publication_of(session, *context.town, year));
  if (!publication) return not_found("这一年的报告还没有发布", "the report of that year is not published");
  ZS_TRY(std::string words, ledger::words_of(session, *publication));
  ZS_TRY(auto figures, ledger::figures_of_year(session, *context.town, year));
  return report::as_published(*context.town, year, std::move(figures), std::move(words));
}

}  // namespace

Result<Response> figures(Context& context) {
  const int year = year_of(context);
  const auto day = as_of(context, year);
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto values, ledger::figures_of_year(*lease, *context.town, year, day));
  const auto day_before = day ? std::optional(year_before(*day)) : std::nullopt;
  ZS_TRY(const auto before, ledger::figures_of_year(*lease, *context.town, year - 1, day_before));
  ordered_json items = ordered_json::array();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Figure& figure = *values[i].figure;
    const bool had = before[i].evidence > 0;
    items.push_back({{"key", figure.key},
                     {"label", figure.label},
                     {"unit", figure.unit},
                     {"kind", figure.kind},
                     {"form", kForms[static_cast<std::size_t>(figure.form)]},
                     {"value", number_json(values[i])},
                     {"display", report::display(values[i])},
                     {"before", had ? number_json(before[i]) : ordered_json()},
                     {"over", values[i].over},
                     {"under", values[i].under},
                     {"evidence", values[i].evidence},
                     {"case_by_case", values[i].case_by_case()},
                     {"definition", figure.definition},
                     {"overlaps", figure.overlaps},
                     {"no_target", figure.no_target},
                     {"proof", figure.proof}});
  }
  return json_response({{"year", year}, {"as_of", day_json(day)}, {"items", std::move(items)}});
}

// A figure is for everybody; the records behind it only for those who may read them. The others are counted.
Result<Response> evidence(Context& context) {
  const int year = year_of(context);
  const std::string key(context.part("figure"));
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto lines, ledger::evidence_of_year(*lease, *context.town, key, year, as_of(context, year)));
  const Figure& figure = *context.town->book->find_figure(key);
  const std::int64_t after = number_or(context.request, "after", 0, 0, 100'000'000);
  const std::int64_t limit = number_or(context.request, "limit", 100, 1, 1000);
  const auto total = static_cast<std::int64_t>(lines.size());
  ordered_json items = ordered_json::array();
  std::int64_t hidden = 0;
  for (std::int64_t i = after; i < std::min(total, after + limit); ++i) {
    const ledger::EvidenceLine& line = lines[static_cast<std::size_t>(i)];
    const rulebook::Kind* kind = context.town->book->find_kind(line.kind);
    const bool seen =
        kind != nullptr && rules::scope_of(*context.town->book, context.person, line.kind) != rulebook::Scope::none;
    hidden += !seen;
    const rulebook::State* state = kind == nullptr ? nullptr : kind->find_state(line.state);
    items.push_back(
        {{"kind", line.kind},
         {"id", seen ? ordered_json(line.record.number) : ordered_json()},
         {"number", line.number},
         {"title", seen ? line.title : std::string()},
         {"state_label", state == nullptr ? line.state : state->label},
         {"day", line.day.text()},
         {"value", figure.money ? ordered_json(static_cast<double>(line.value) / 100.0) : ordered_json(line.value)},
         {"row", line.row},
         {"edge", line.edge},
         {"summary", line.summary},
         {"part", line.part},
         {"unit", org_name(*context.town, line.unit)},
         {"village", org_name(*context.town, line.village)}});
  }
  return json_response(
      {{"figure",
        {{"key", figure.key},
         {"label", figure.label},
         {"unit", figure.unit},
         {"definition", figure.definition},
         {"proof", figure.proof}}},
       {"total", total},
       {"hidden", hidden},
       {"items", std::move(items)},
       {"next", after + limit < total ? ordered_json(std::to_string(after + limit)) : ordered_json()}});
}

Result<Response> months(Context& context) {
  const std::string key(context.part("figure"));
  const Figure* figure = context.town->book->find_figure(key);
  if (figure == nullptr) return not_found("没有这个指标", "there is no such figure");
  const int year = year_of(context);
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto now, ledger::months_of_figure(*lease, *context.town, key, year));
  ZS_TRY(const auto before, ledger::months_of_figure(*lease, *context.town, key, year - 1));
  const auto number = [&](std::int64_t value) {
    return figure->money ? ordered_json(static_cast<double>(value) / 100.0) : ordered_json(value);
  };
  ordered_json items = ordered_json::array();
  for (std::size_t i = 0; i < now.size(); ++i)
    items.push_back({{"month", i + 1}, {"value", number(now[i])}, {"before", number(before[i])}});
  return json_response({{"items", std::move(items)}});
}

Result<Response> report(Context& context) {
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const report::YearReport made, report_asked(*lease, context));
  ordered_json json = ordered_json::parse(report::as_json(made));
  json["html"] = report::as_fragment(made);
  json["stale"] = made.stale;
  json["unreadable"] = made.unreadable;
  return json_response(json);
}

Result<Response> report_file(Context& context) {
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const report::YearReport made, report_asked(*lease, context));
  const std::string_view format = context.request.parameter("format");
  Response response;
  response.headers.emplace_back("Cache-Control", "no-store");
  std::string_view ending = "html";
  if (format == "text") {
    ending = "txt";
    response.type = "text/plain; charset=utf-8";
    response.body = report::as_text(made);
  } else if (format == "json") {
    ending = "json";
    response.body = report::as_json(made);
  } else {
    response.type = "text/html; charset=utf-8";
    ZS_TRY(response.body, report::as_html(*lease, *context.town, made));
  }
  response.headers.emplace_back("Content-Disposition",
                                fmt::format("attachment; filename=\"report-{}.{}\"", made.year, ending));
  return response;
}

Result<Response> verify(Context& context) {
  ZS_TRY(const ledger::Verified verified, ledger::verify(context.app.ledger, context.town->id));
  ZS_TRY(const auto broken, ledger::audit_break(context.app.ledger, context.town->id));
  ordered_json faults = ordered_json::array();
  for (const ledger::Difference& difference : verified.differences) faults.push_back(difference.what.zh);
  if (broken) faults.push_back(fmt::format("审计日志第{}行接不上前一行", *broken));
  return json_response({{"good", verified.good() && !broken},
                        {"entries", verified.entries},
                        {"records", verified.records},
                        {"root", verified.root},
                        {"faults", std::move(faults)}});
}

Result<Response> audit_log(Context& context) {
  if (!rules::may_audit(*context.town->book, context.person))
    return problem(context.request, 403, {}, "只有审计岗位能看审计日志");
  const std::int64_t before = number_or(context.request, "after", 0, 0, std::int64_t{1} << 40);
  ZS_TRY(const auto lines, ledger::audit_lines(context.app.ledger, context.town->id, before, 100));
  ordered_json items = ordered_json::array();
  for (const ledger::AuditLine& line : lines)
    items.push_back({{"n", line.n},
                     {"at", civil(line.at, context.town->book->utc_offset).text()},
                     {"account", line.account},
                     {"what", line.what},
                     {"where", line.where},
                     {"outcome", line.outcome},
                     {"detail", line.detail}});
  const bool more = lines.size() == 100;
  return json_response(
      {{"items", std::move(items)}, {"next", more ? ordered_json(std::to_string(lines.back().n)) : ordered_json()}});
}

}  // namespace zs::server
