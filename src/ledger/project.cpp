#include "ledger/project.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/sketch.h"
#include "rules/clock.h"

namespace zs::ledger {
namespace {

using rules::Record;
using rules::View;
using store::Cell;
using store::ResultRow;

Cell day_cell(const Value& value) {
  if (const auto* day = value.as<Date>()) return std::int64_t{day->serial()};
  if (const auto* moment = value.as<Moment>()) return std::int64_t{moment->day().serial()};
  return std::monostate{};
}

Cell day_cell(const std::optional<Date>& day) {
  return day ? Cell(std::int64_t{day->serial()}) : Cell(std::monostate{});
}
Cell moment_cell(const std::optional<Moment>& moment) {
  return moment ? Cell(moment->minutes) : Cell(std::monostate{});
}

std::string text_of(View& view, std::string_view field) {
  Value scratch;
  const auto* text = view.look(field, scratch).as<std::string>();
  return text == nullptr ? std::string() : *text;
}

// What a reader sees as a value: options by their label.
std::string label_of(const rulebook::Kind& kind, const std::string& field, const Value& value) {
  const rulebook::Field* declared = kind.find_field(field);
  const auto label = [&](const std::string& key) {
    const rulebook::Option* option = declared == nullptr ? nullptr : declared->find_option(key);
    return option == nullptr ? key : option->label;
  };
  if (const auto* key = value.as<std::string>()) return label(*key);
  const auto* keys = value.as<std::vector<std::string>>();
  if (keys == nullptr) return plain_text(value);
  std::string text;
  for (const std::string& key : *keys) text += (text.empty() ? "" : "、") + label(key);
  return text;
}

std::string title_of(View& view) {
  std::string title;
  for (const std::string& field : view.kind().title) {
    const std::string text = label_of(view.kind(), field, view.value(field));
    if (!text.empty()) title += (title.empty() ? "" : " · ") + text;
  }
  return title;
}

// The first of the kind's own numbers that the record has; else an outside one.
std::string number_of(const rulebook::Kind& kind, const Record& record) {
  std::string outside;
  for (const rulebook::NumberSeries& series : kind.numbers) {
    const auto found = record.numbers.find(series.key);
    if (found == record.numbers.end()) continue;
    if (!series.outside) return found->second;
    if (outside.empty()) outside = found->second;
  }
  return outside;
}

ResultRow record_row(View& view, const std::vector<std::string>& figures, Words& words) {
  const Record& record = view.record();
  const rulebook::Kind& kind = view.kind();
  const rulebook::State* state = kind.find_state(record.state);
  // A retired state says what it becomes; the journal keeps what was written.
  if (state != nullptr && !state->becomes.empty()) state = kind.find_state(state->becomes);
  std::string uncounted;
  for (const std::string& figure : figures) uncounted += (uncounted.empty() ? "" : " ") + figure;
  const std::string title = title_of(view);
  words = words_of(record, title);
  words.scope = scope_words(record.kind, text_of(view, "unit"), text_of(view, "village"), text_of(view, "handler"));
  return {record.id.number,
          record.kind,
          number_of(kind, record),
          state == nullptr ? record.state : state->key,
          std::int64_t{state != nullptr && state->is_final},
          record.version,
          text_of(view, "unit"),
          text_of(view, "village"),
          text_of(view, "handler"),
          kind.opened.empty() ? Cell(std::monostate{}) : day_cell(view.value(kind.opened)),
          kind.closed.empty() ? Cell(std::monostate{}) : day_cell(view.value(kind.closed)),
          title,
          std::int64_t{record.voided},
          std::int64_t{record.state_since.serial()},
          words.words,
          uncounted,
          std::int64_t{kNoDue},
          words.names,
          words.sounds};
}

void add_links(std::vector<ResultRow>& rows, const Record& record, const std::string& path, const std::string& field,
               const Value& value) {
  const auto add = [&](const Link& link) {
    rows.push_back({record.id.number, path, record.kind, field, link.kind, link.id.number});
  };
  if (const auto* link = value.as<Link>()) add(*link);
  if (const auto* links = value.as<std::vector<Link>>()) {
    for (const Link& link : *links) add(link);
  }
}

std::vector<ResultRow> link_rows(const Record& record) {
  std::vector<ResultRow> rows;
  for (const auto& [field, value] : record.fields) add_links(rows, record, field, field, value);
  for (const auto& [field, list] : record.rows) {
    for (const auto& [number, cells] : list) {
      for (const auto& [column, value] : cells)
        add_links(rows, record, fmt::format("{}/{}/{}", field, number, column), field + "." + column, value);
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

constexpr std::string_view kBearers[] = {"office", "party", "court", "superior", "other"};

std::vector<ResultRow> deadline_rows(View& view) {
  std::vector<ResultRow> rows;
  if (view.record().voided) return rows;
  for (const rulebook::Deadline& deadline : view.kind().deadlines) {
    for (const rules::Clock& clock : view.clocks(deadline.key)) {
      if (clock.settled == rules::OutcomeOf::none) continue;
      const bool office = deadline.bears == rulebook::Bearer::office && !deadline.right;
      rows.push_back(
          {view.record().id.number, deadline.key, clock.row, clock.rule == nullptr ? std::string() : clock.rule->id,
           std::string(kBearers[static_cast<std::size_t>(deadline.bears)]), std::string(rules::name_of(clock.settled)),
           clock.start ? Cell(std::int64_t{clock.start->day().serial()}) : Cell(std::monostate{}), day_cell(clock.due),
           moment_cell(clock.due_at),
           clock.stop ? Cell(std::int64_t{clock.stop->day().serial()}) : Cell(std::monostate{}),
           clock.settled == rules::OutcomeOf::paused ? Cell(std::int64_t{clock.term.left}) : Cell(std::monostate{}),
           std::int64_t{clock.term.estimated}, std::int64_t{clock.term.provisional}, std::int64_t{office}});
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

// The nearest due day of the office's running deadlines.
constexpr std::size_t kDueColumn = 16, kOpenedColumn = 9;
void note_due(Cell& nearest, const ResultRow& deadline) {
  const auto* due = std::get_if<std::int64_t>(&deadline[7]);
  const bool running = std::get<std::string>(deadline[5]) == rules::name_of(rules::OutcomeOf::running);
  if (due == nullptr || !running || std::get<std::int64_t>(deadline[13]) == 0) return;
  nearest = std::min(std::get<std::int64_t>(nearest), *due);
}

}  // namespace

Projection project(const rules::InForce& in_force, const rules::Record& record) {
  View view(in_force, record);
  Projection made;
  const rules::Evidence evidence = rules::evidence_of(view);
  made.record = record_row(view, evidence.uncounted, made.words);
  made.persons = persons_of(record);
  made.subject = subject_rows(record, view.kind().subject, made.record[kOpenedColumn]);
  for (const auto& [name, text] : record.numbers) made.numbers.push_back({record.kind, name, text, record.id.number});
  made.links = link_rows(record);
  made.deadlines = deadline_rows(view);
  for (const ResultRow& row : made.deadlines) note_due(made.record[kDueColumn], row);
  for (const rules::Contribution& each : evidence.counted) {
    made.evidence.push_back({record.id.number, each.figure, each.row, std::int64_t{each.edge},
                             std::int64_t{each.day.serial()}, each.unit, each.village, each.value,
                             std::int64_t{each.summary}});
  }
  std::sort(made.evidence.begin(), made.evidence.end());
  return made;
}

void add_to(Tallies& tallies, const store::ResultRow& row, int sign) {
  const Date day = Date::from_serial(static_cast<int>(std::get<std::int64_t>(row[4])));
  TallyKey key{std::get<std::string>(row[1]), day.year(), day.year() * 100 + static_cast<int>(day.month()),
               std::get<std::string>(row[5]), std::get<std::string>(row[6])};
  TallySum& sum = tallies[std::move(key)];
  const std::int64_t value = std::get<std::int64_t>(row[7]);
  sum.value += sign * value;
  sum.n += sign;
  if (std::get<std::int64_t>(row[8]) != 0) sum.summary += sign * value;
}

void add_to(Tallies& tallies, const Tallies& more) {
  for (const auto& [key, added] : more) {
    TallySum& sum = tallies[key];
    sum.value += added.value;
    sum.n += added.n;
    sum.summary += added.summary;
  }
}

}  // namespace zs::ledger
