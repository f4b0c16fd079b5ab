#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "rules/count_rule.h"

namespace zs::cli {
namespace {

struct TermArguments {
  std::string rule, from, event, extend, granted, bears;
  std::vector<std::string> pauses;
};

std::optional<Moment> parse_when(const std::string& text) {
  if (const auto day = parse_date(text)) return start_of(*day);
  return parse_moment(text);
}

Error wrong(std::string_view what) {
  return bad_input(fmt::format("{} 写日期（2024-10-08）或者时刻（2024-10-08T15:30）", what),
                   fmt::format("{} takes a date (2024-10-08) or a moment (2024-10-08T15:30)", what));
}

Result<std::vector<rules::Span>> read_pauses(const std::vector<std::string>& texts) {
  std::vector<rules::Span> pauses;
  for (const std::string& text : texts) {
    const std::size_t dots = text.find("..");
    const auto from = parse_when(text.substr(0, dots));
    const std::string until = dots == std::string::npos ? std::string() : text.substr(dots + 2);
    const auto end = parse_when(until);
    if (!from || dots == std::string::npos || (!until.empty() && !end))
      return bad_input("--pause 写 2024-10-16..2024-10-25", "--pause takes 2024-10-16..2024-10-25");
    pauses.push_back({*from, end, false});
  }
  return pauses;
}

Result<rules::CountedRule> count(const rulebook::Rulebook& book, const TermArguments& arguments) {
  rules::RuleQuestion question;
  question.rule = arguments.rule;
  question.bears = rulebook::parse_bearer(arguments.bears);
  if (!arguments.bears.empty() && !question.bears)
    return bad_input("--bears 写 office、party、court、superior 或者 other",
                     "--bears is office, party, court, superior or other");
  if (!arguments.event.empty()) {
    question.event = parse_date(arguments.event);
    if (!question.event) return wrong("--event");
  }
  if (!arguments.from.empty()) {
    question.from = parse_when(arguments.from);
    if (!question.from) return wrong("--from");
  }
  ZS_TRY(question.pauses, read_pauses(arguments.pauses));
  if (!arguments.extend.empty()) {
    question.extension = parse_period(arguments.extend);
    if (!question.extension) return bad_input("--extend 写 30d 或者 20wd", "--extend takes 30d or 20wd");
  }
  if (!arguments.granted.empty()) {
    question.granted = parse_when(arguments.granted);
    if (!question.granted) return wrong("--granted");
  }
  rulebook::Calendar calendar;
  for (const rulebook::CalendarYear& year : book.calendar) calendar.set(year);
  return rules::count_rule({&book, &calendar, nullptr}, question);
}

void print_json(const rules::CountedRule& counted, const TermArguments& arguments) {
  const rules::Clock& clock = counted.clock;
  nlohmann::ordered_json json{{"rule", arguments.rule}};
  json[clock.backward ? "event" : "from"] = clock.backward ? arguments.event : arguments.from;
  json["due"] = clock.due_at ? nlohmann::ordered_json(clock.due_at->text())
                : clock.due  ? nlohmann::ordered_json(clock.due->text())
                             : nlohmann::ordered_json();
  json["period"] = clock.period->text();
  auto skipped = nlohmann::ordered_json::array();
  for (const rules::Skipped& each : clock.term.skipped)
    skipped.push_back({{"day", each.day.text()}, {"why", each.why}});
  json["skipped"] = std::move(skipped);
  json["estimated"] = clock.term.estimated;
  if (!clock.due) json["left"] = clock.term.left;
  json["law"] = clock.rule->citation();
  json["working"] = rules::working_of(clock);
  std::cout << json.dump(2) << "\n";
}

int term(const Options& options, const TermArguments& arguments) {
  if (arguments.from.empty() == arguments.event.empty())
    return fail(options, bad_input("要写 --from 或者 --event 其中一个", "give either --from or --event"));
  auto files = rulebook::read_files(options.rulebook);
  if (!files) return fail(options, files.error());
  auto book = rulebook::load_sound(*files);
  if (!book) return fail(options, book.error());
  auto counted = count(**book, arguments);
  if (!counted) return fail(options, counted.error());
  if (options.json()) {
    print_json(*counted, arguments);
    return kDone;
  }
  for (const std::string& line : rules::working_of(counted->clock)) std::cout << line << "\n";
  return kDone;
}

}  // namespace

void add_term(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand("term", tr("算一个期限，给出底稿", "work out a term, with its working"));
  auto arguments = std::make_shared<TermArguments>();
  command
      ->add_option("rule", arguments->rule,
                   tr("规则（xf-decide-60d、pun-limit-2y.grave）", "the rule (xf-decide-60d, pun-limit-2y.grave)"))
      ->required();
  command->add_option("--from", arguments->from, tr("起算的日期或者时刻", "the day or moment from which it runs"));
  command->add_option("--event", arguments->event,
                      tr("倒数期限的活动日", "the event that a backward term counts from"));
  command->add_option(
      "--pause", arguments->pauses,
      tr("不计入的一段：A..B（A 之次日至 B）", "a span that does not count: A..B (the day after A to B)"));
  command->add_option("--extend", arguments->extend, tr("延长：30d、20wd", "extension: 30d, 20wd"));
  command->add_option("--granted", arguments->granted,
                      tr("批准延长的日期（默认起算日）", "the day on which it was granted (default: the start)"));
  command->add_option(
      "--bears", arguments->bears,
      tr("义务人：office、party、court、superior、other", "who bears it: office, party, court, superior, other"));
  command->callback([&options, &run, arguments] { run = [&options, arguments] { return term(options, *arguments); }; });
}

}  // namespace zs::cli
