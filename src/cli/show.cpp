#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "base/money.h"
#include "base/text.h"
#include "cli/commands.h"
#include "ledger/records.h"

namespace zs::cli {
namespace {

struct ShowArguments {
  std::int64_t town = 1;
  std::string kind, why, as_of;
  std::int64_t id = 0;
  bool history = false;
};

std::string shown(const rulebook::Field* field, const Value& value) {
  const auto* text = value.as<std::string>();
  if (field != nullptr && text != nullptr) {
    if (const rulebook::Option* option = field->find_option(*text)) return option->label;
  }
  if (const auto* keys = value.as<std::vector<std::string>>(); keys != nullptr && field != nullptr) {
    std::string labels;
    for (const std::string& key : *keys)
      labels +=
          (labels.empty() ? "" : "、") + (field->find_option(key) == nullptr ? key : field->find_option(key)->label);
    return labels;
  }
  const auto* number = value.as<std::int64_t>();
  if (field != nullptr && number != nullptr && field->type == rulebook::Type::money) return Fen{*number}.text() + "元";
  return plain_text(value);
}

void print_values(const ledger::Town& town, const ledger::RecordView& view) {
  const rulebook::Kind& kind = *town.book->find_kind(view.record.kind);
  std::cout << fmt::format("{} {}（{}/{}，第{}版）  {}{}\n", view.kind_label, view.number, view.record.kind,
                           view.record.id.number, view.record.version, view.state_label,
                           view.record.voided ? "（已作废）" : "");
  if (!view.title.empty()) std::cout << view.title << "\n";
  for (const rulebook::Field& field : kind.fields) {
    const auto given = view.record.fields.find(field.key);
    const auto computed = view.computed.find(field.key);
    const Value value = given != view.record.fields.end() ? given->second
                        : computed != view.computed.end() ? computed->second
                                                          : Value();
    if (!value.absent()) std::cout << fmt::format("  {}{}\n", padded(field.label, 24), shown(&field, value));
    const auto rows = view.record.rows.find(field.key);
    if (rows == view.record.rows.end()) continue;
    std::cout << fmt::format("  {}\n", field.label);
    for (const auto& [number, cells] : rows->second) {
      std::string line;
      for (const auto& [column, cell] : cells)
        line += fmt::format("{}{}={}", line.empty() ? "" : "，",
                            field.find_column(column) == nullptr ? column : field.find_column(column)->label,
                            shown(field.find_column(column), cell));
      std::cout << fmt::format("    {}. {}\n", number, line);
    }
  }
}

void print_deadlines(const ledger::RecordView& view, const std::string& why) {
  bool heading = false;
  for (const ledger::DeadlineView& line : view.deadlines) {
    if (!why.empty() && line.key != why) continue;
    if (line.outcome == rules::OutcomeOf::none && why.empty()) continue;
    if (!heading) std::cout << "期限\n";
    heading = true;
    std::cout << fmt::format("  {}{}{}{}\n",
                             padded(line.label + (line.row == 0 ? "" : fmt::format(" {}", line.row)), 24),
                             padded(line.due ? line.due->text() : "—", 14),
                             padded(std::string(rules::chinese_of(line.outcome)), 10), line.citation);
    if (why.empty()) continue;
    for (const std::string& step : line.working) std::cout << "    " << step << "\n";
  }
}

void print_history(const std::vector<ledger::HistoryLine>& lines) {
  std::cout << "经过\n";
  for (const ledger::HistoryLine& line : lines) {
    std::cout << fmt::format("  第{}条 {} 录入，{} {} {}{}\n", line.n.number, line.at.text(), line.facts.on.text(),
                             line.facts.action.empty() ? line.facts.type : line.facts.action, line.facts.actor,
                             line.late_entry ? "（补录）" : "");
    for (const rules::Mark& mark : line.facts.breaches)
      std::cout << fmt::format("    违规点 {}（{}）\n", mark.gate, fmt::join(mark.rules, "、"));
    for (const rules::Mark& mark : line.facts.warned)
      std::cout << fmt::format("    提醒 {}（{}）\n", mark.gate, fmt::join(mark.rules, "、"));
    for (const rules::Fact& fact : line.facts.facts)
      std::cout << fmt::format("    {} = {}\n", fact.path, fact.value.absent() ? "（清除）" : plain_text(fact.value));
  }
}

nlohmann::ordered_json json_of_view(const ledger::RecordView& view) {
  nlohmann::ordered_json json{{"record", fmt::format("{}/{}", view.record.kind, view.record.id.number)},
                              {"number", view.number},
                              {"numbers", view.record.numbers},
                              {"version", view.record.version},
                              {"state", view.record.state},
                              {"voided", view.record.voided}};
  for (const auto& [key, value] : view.record.fields)
    json["values"][key] = nlohmann::ordered_json::parse(json_of(value));
  for (const auto& [key, value] : view.computed) {
    if (!value.absent()) json["computed"][key] = nlohmann::ordered_json::parse(json_of(value));
  }
  for (const auto& [rows, list] : view.record.rows) {
    for (const auto& [number, cells] : list) {
      for (const auto& [column, value] : cells)
        json["rows"][rows][std::to_string(number)][column] = nlohmann::ordered_json::parse(json_of(value));
    }
  }
  for (const ledger::DeadlineView& line : view.deadlines) {
    nlohmann::ordered_json deadline{
        {"key", line.key},
        {"outcome", rules::name_of(line.outcome)},
        {"due", line.due ? nlohmann::ordered_json(line.due->text()) : nlohmann::ordered_json()},
        {"rule", line.rule},
        {"law", line.citation},
        {"working", line.working}};
    if (line.row != 0) deadline["row"] = line.row;
    json["deadlines"].push_back(std::move(deadline));
  }
  return json;
}

int show(Options options, const ShowArguments& arguments) {
  options.town = arguments.town;
  const auto day = parse_date(arguments.as_of);
  if (!arguments.as_of.empty() && !day)
    return fail(options, bad_input("--as-of 要写日期（2023-06-30）", "--as-of takes a date (2023-06-30)"));
  return with_town(options, store::Mode::read_only, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    auto lease = ledger.database().reader();
    if (!lease) return fail(options, lease.error());
    const RecordId id{arguments.id};
    auto view = day ? ledger::view_record_on(**lease, town, id, *day)
                    : ledger::view_record(**lease, town, id, today(ledger, town));
    if (!view) return fail(options, view.error());
    if (view->record.kind != arguments.kind) {
      return fail(options,
                  not_found(fmt::format("第{}号是“{}”，不是“{}”", id.number, view->record.kind, arguments.kind),
                            fmt::format("record {} is a {}, not a {}", id.number, view->record.kind, arguments.kind)));
    }
    if (options.json()) {
      std::cout << json_of_view(*view).dump(2) << "\n";
      return static_cast<int>(kDone);
    }
    if (arguments.why.empty()) print_values(town, *view);
    print_deadlines(*view, arguments.why);
    if (!arguments.history) return static_cast<int>(kDone);
    auto lines = ledger::history_of(**lease, town, id);
    if (!lines) return fail(options, lines.error());
    print_history(*lines);
    return static_cast<int>(kDone);
  });
}

int worklist(const Options& options, int limit) {
  return with_town(options, store::Mode::read_only, [&](ledger::Ledger& ledger, const ledger::Town& town) {
    auto lease = ledger.database().reader();
    if (!lease) return fail(options, lease.error());
    auto lines = ledger::worklist(**lease, town, today(ledger, town), limit);
    if (!lines) return fail(options, lines.error());
    if (options.json()) {
      auto list = nlohmann::ordered_json::array();
      for (const auto& line : *lines)
        list.push_back({{"record", fmt::format("{}/{}", line.kind, line.record.number)},
                        {"number", line.number},
                        {"title", line.title},
                        {"deadline", line.deadline},
                        {"rule", line.rule},
                        {"due", line.due.text()},
                        {"overdue", line.overdue},
                        {"unit", line.unit},
                        {"handler", line.handler}});
      std::cout << list.dump(2) << "\n";
      return static_cast<int>(kDone);
    }
    std::cout << fmt::format("待办期限 {} 项（{}）\n", lines->size(), today(ledger, town).text());
    for (const auto& line : *lines) {
      const rulebook::Kind* kind = town.book->find_kind(line.kind);
      const rulebook::Deadline* deadline = kind->find_deadline(line.deadline);
      std::cout << fmt::format("  {} {}{}{}{}  {}\n", line.due.text(), padded(line.overdue ? "已逾期" : "", 8),
                               padded(deadline == nullptr ? line.deadline : deadline->label, 24),
                               padded(kind->label, 16), padded(line.number, 22), line.title);
    }
    return static_cast<int>(kDone);
  });
}

}  // namespace

void add_show(CLI::App& app, Options& options, Run& run) {
  auto* command =
      app.add_subcommand("show", tr("看一个事项：内容、期限底稿、经过、某日的样子",
                                    "one record: values, deadlines with their working, history, as it stood"));
  auto arguments = std::make_shared<ShowArguments>();
  command->add_option("where", arguments->town, tr("镇的编号", "the town's number"))->required();
  command->add_option("kind", arguments->kind, tr("台账", "the kind"))->required();
  command->add_option("id", arguments->id, tr("事项号", "the record's number"))->required();
  command->add_flag("--history", arguments->history, tr("列出经过", "list its history"));
  command->add_option("--why", arguments->why, tr("一个期限的底稿", "the working of one deadline"));
  command->add_option("--as-of", arguments->as_of, tr("那一天的样子", "as it stood on that day"));
  command->callback([&options, &run, arguments] { run = [&options, arguments] { return show(options, *arguments); }; });
}

void add_worklist(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand("worklist", tr("待办期限，最急的在前", "open deadlines, the most urgent first"));
  auto limit = std::make_shared<int>(50);
  command->add_option("--limit", *limit, tr("最多几项", "at most so many"));
  command->callback([&options, &run, limit] { run = [&options, limit] { return worklist(options, *limit); }; });
}

}  // namespace zs::cli
