#include "server/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "ledger/figures.h"
#include "rules/scope.h"
#include "rules/view.h"

namespace zs::server {

using nlohmann::ordered_json;
using rulebook::Field;
using rulebook::Type;

namespace {

constexpr std::array<std::string_view, 16> kTypes{"text",   "note",  "choice", "choices", "flag",  "date",
                                                  "moment", "count", "money",  "party",   "staff", "org",
                                                  "place",  "link",  "links",  "files"};
constexpr std::array<std::string_view, 5> kGuards{"open", "internal", "personal", "sensitive", "secret"};
constexpr std::array<std::string_view, 5> kBearers{"office", "party", "court", "superior", "other"};
constexpr std::array<std::string_view, 8> kWeekdays{"", "周一", "周二", "周三", "周四", "周五", "周六", "周日"};

}  // namespace

std::string_view type_name(Type type) {
  const auto index = static_cast<std::size_t>(type);
  return index < kTypes.size() ? kTypes[index] : std::string_view("rows");
}

std::string_view guard_name(rulebook::Guard guard) {
  return kGuards[static_cast<std::size_t>(guard)];
}

std::string certainty_label(rulebook::Certainty certainty) {
  switch (certainty) {
    case rulebook::Certainty::verified: return "已核原文";
    case rulebook::Certainty::page: return "见于公开页面";
    case rulebook::Certainty::seed: return "据年度报告";
    case rulebook::Certainty::memory: return "待核";
  }
  return {};
}

std::string_view bearer_label(rulebook::Bearer bearer) {
  constexpr std::array<std::string_view, 5> kLabels{"本机关", "当事人", "法院", "上级机关", "其他单位"};
  return kLabels[static_cast<std::size_t>(bearer)];
}

std::string_view bearer_name(rulebook::Bearer bearer) {
  return kBearers[static_cast<std::size_t>(bearer)];
}

std::string weekday(Date day) {
  return std::string(kWeekdays.at(static_cast<std::size_t>(day.iso_weekday())));
}

std::vector<int> years_of_town(Context& context) {
  std::set<int, std::greater<>> years{context.today.year()};
  auto lease = context.app.ledger.database().reader();
  if (!lease) return {context.today.year()};
  if (const auto found = ledger::years_with_figures(**lease, *context.town)) years.insert(found->begin(), found->end());
  return {years.begin(), years.end()};
}

ordered_json raw(const Value& value) {
  return ordered_json::parse(json_of(value));
}

std::string link_name(const Context& context, const ledger::RecordPage& page, const Link& link) {
  for (const ledger::Near& near : page.near) {
    if (near.back || near.row.id != link.id || near.row.kind != link.kind) continue;
    rules::View other(context.town->in_force(), near.record);
    if (!rules::may_read(other, context.person)) break;
    return near.row.number + (near.row.number.empty() || near.row.title.empty() ? "" : " ") + near.row.title;
  }
  const rulebook::Kind* kind = context.town->book->find_kind(link.kind);
  return fmt::format("{}（第{}件）", kind == nullptr ? link.kind : kind->label, link.id.number);
}

std::string link_names(const Context& context, const ledger::RecordPage& page, const Value& value) {
  if (const auto* link = value.as<Link>()) return link_name(context, page, *link);
  std::string names;
  if (const auto* links = value.as<std::vector<Link>>()) {
    for (const Link& link : *links) names += (names.empty() ? "" : "、") + link_name(context, page, link);
  }
  return value.unknown() ? "不详" : names;
}

std::string masked(std::string_view text) {
  std::vector<std::string> characters;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 1;
    while (i + length < text.size() && (static_cast<unsigned char>(text[i + length]) & 0xC0) == 0x80) ++length;
    characters.emplace_back(text.substr(i, length));
    i += length;
  }
  const std::size_t count = characters.size();
  const std::size_t head = count >= 11 ? 3 : count >= 2 ? 1 : 0;
  const std::size_t tail = count >= 11 ? 4 : 0;
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += i < head || i >= count - tail ? characters[i] : "*";
  return out;
}

bool guarded(const Context& context, const Field& field) {
  return !rules::may_reveal(*context.town->book, context.person, field.guard);
}

void write_badge(JsonWriter& w, const rules::Badge& badge) {
  w.object("badge", [&] {
    w("tone", rules::name_of(badge.tone));
    w("text", badge.text.zh);
    w.raw("share", fmt::format("{:.2f}", badge.share / 100.0));
  });
}

ordered_json day_json(const std::optional<Date>& day) {
  return day ? ordered_json(day->text()) : ordered_json();
}

std::string citation_of(const ledger::Town& town, const std::string& rule) {
  const rulebook::Rule* found = town.book->find_rule(rule);
  return found == nullptr ? std::string() : found->citation();
}

void write_row(JsonWriter& w, const Context& context, const ledger::ListRow& row) {
  const ledger::Town& town = *context.town;
  const rulebook::Kind* kind = town.book->find_kind(row.kind);
  const rulebook::State* state = kind == nullptr ? nullptr : kind->find_state(row.state);
  w("id", row.id.number);
  w("kind", row.kind);
  w("kind_label", kind == nullptr ? row.kind : kind->label);
  w("number", row.number);
  w("title", row.title);
  w("state", row.state);
  w("state_label", state == nullptr ? row.state : state->label);
  w("final", row.closed_state);
  w("unit", row.unit);
  w("unit_name", org_name(town, row.unit));
  w("village", row.village);
  w("village_name", org_name(town, row.village));
  w("handler", row.handler);
  w("handler_name", staff_name(town, row.handler));
  w("opened", row.opened);
  w("closed", row.closed);
  w("version", row.version);
  if (!row.next) return;
  const rulebook::Deadline* deadline = kind == nullptr ? nullptr : kind->find_deadline(row.next->name);
  w.object("due", [&] {
    w("deadline", row.next->name);
    w("label", deadline == nullptr ? row.next->name : deadline->label);
    w("law", citation_of(town, row.next->rule));
    w("due", row.next->due);
    write_badge(w, row.next->badge);
  });
}

std::string act_name(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kActs{{{"edit", "修改"},
                                                                                {"correct", "更正"},
                                                                                {"void", "作废"},
                                                                                {"undo", "撤回上一步"},
                                                                                {"history", "补录旧件"},
                                                                                {"open", "自动立项"},
                                                                                {"withdraw", "撤回文书"},
                                                                                {"replace", "换发文书"}}};
  for (const auto& [key, label] : kActs) {
    if (type == key) return std::string(label);
  }
  return std::string(type);
}

bool waits_for(const ledger::Town& town, const rules::Person& person, const ledger::DueLine& line) {
  const rulebook::Kind* kind = town.book->find_kind(line.record.kind);
  const rulebook::Deadline* deadline = kind == nullptr ? nullptr : kind->find_deadline(line.deadline);
  const rulebook::Action* stops = deadline == nullptr ? nullptr : act_that_stops(*kind, *deadline);
  if (stops == nullptr) return false;
  const auto held = [&](const std::string& post) {
    return std::find(person.posts.begin(), person.posts.end(), post) != person.posts.end();
  };
  return std::any_of(stops->by.begin(), stops->by.end(), held) ||
         std::any_of(stops->decides.begin(), stops->decides.end(),
                     [&](const rulebook::Decider& decider) { return held(decider.post); });
}

Result<const rulebook::Kind*> kind_of(const Context& context) {
  const rulebook::Kind* kind = context.town->book->find_kind(context.part("kind"));
  // What one may not read is as if it were not there.
  if (kind == nullptr || rules::scope_of(*context.town->book, context.person, kind->key) == rulebook::Scope::none)
    return not_found("没有这个台账，或者不在您的范围内", "there is no such kind, or it is outside your scope");
  return kind;
}

std::int64_t number_or(const Request& request, std::string_view name, std::int64_t otherwise, std::int64_t least,
                       std::int64_t most) {
  const std::string_view text = request.parameter(name);
  if (text.empty() || text.size() > 12 ||
      !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return otherwise;
  return std::clamp<std::int64_t>(std::stoll(std::string(text)), least, most);
}

int year_of(const Context& context) {
  return static_cast<int>(number_or(context.request, "year", context.today.year(), 1949, 2199));
}

}  // namespace zs::server
