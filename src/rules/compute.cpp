// Computed fields: a closed set of forms (design §4.2). Integers only.
#include <algorithm>

#include "rules/view.h"

namespace zs::rules {

using rulebook::Computed;

namespace {

constexpr std::int64_t kPermille = 1000;

bool in_spans(Date day, const std::vector<std::pair<Date, std::optional<Date>>>& spans) {
  return std::any_of(spans.begin(), spans.end(),
                     [day](const auto& span) { return span.first < day && (!span.second || day <= *span.second); });
}

std::optional<Date> day_of(const Value& value) {
  if (const auto* day = value.as<Date>()) return *day;
  if (const auto* moment = value.as<Moment>()) return moment->day();
  return std::nullopt;
}

}  // namespace

Value View::compute(const Computed& computed, const Element* element) {
  switch (computed.kind) {
    case Computed::Kind::holds: {
      const Truth truth = holds(*computed.holds, element);
      if (truth == Truth::unknown) return Unknown{};
      return truth == Truth::yes;
    }
    case Computed::Kind::date: return date(computed.date, element);
    case Computed::Kind::count:
    case Computed::Kind::sum: return compute_count(computed);
    case Computed::Kind::end_of: return compute_end(computed, element);
    case Computed::Kind::accrues: return {};  // still growing: read as of a day, never stored
  }
  return {};
}

Value View::compute_count(const Computed& computed) {
  std::int64_t total = 0;
  bool any_row = false;
  for (const Element& at : elements(computed.path, nullptr)) {
    const Truth counted = computed.where ? holds(*computed.where, &at) : Truth::yes;
    if (counted == Truth::unknown) return Unknown{};
    if (counted == Truth::no) continue;
    if (computed.kind == Computed::Kind::count) {
      ++total;
      continue;
    }
    const Value value = read(at, computed.path.steps.back().key);
    if (value.unknown()) return Unknown{};
    if (const auto* number = value.as<std::int64_t>()) {
      any_row = true;
      total += *number;
    }
  }
  // A sum over no rows is absent; a count of none is nought (design §4.2).
  if (computed.kind == Computed::Kind::sum && !any_row) return {};
  return total;
}

Value View::compute_end(const Computed& computed, const Element* element) {
  const Value from = date(computed.date, element);
  if (from.unknown()) return Unknown{};
  const auto start = day_of(from);
  const rulebook::Rule* rule = in_force_.book->find_rule(computed.rule.rule);
  if (!start || rule == nullptr) return {};
  auto period = within_of(*rule, computed.rule.number, in_force_);
  if (!period) period = period_of(rule->floor, in_force_);
  if (!period) return {};
  TermInput input;
  input.start = start_of(*start);
  input.period = *period;
  input.last_day = rule->roll == rulebook::Roll::yes ? LastDay::rolls : LastDay::stays;
  input.first_day_counts = rule->first_day_counts;
  const auto term = end_of(input, *in_force_.calendar);
  if (!term || !term->due) return {};
  return *term->due;
}

// The surcharge: each day after `from` that is not paused adds its permille, until paid or the cap (行政处罚法 as cited
// by the rule).
std::optional<std::int64_t> View::accrued(const Computed& computed, Date as_of) {
  const auto amounts = values(computed.of);
  const auto* amount = amounts.empty() ? nullptr : amounts.front().as<std::int64_t>();
  const auto from = day_of(date(computed.from));
  const rulebook::Rule* rate = in_force_.book->find_rule(computed.rule.rule);
  const rulebook::Rule* cap = in_force_.book->find_rule(computed.cap.rule);
  if (amount == nullptr || !from || rate == nullptr || cap == nullptr) return std::nullopt;
  const auto rate_number = number_of(*rate, computed.rule.number, in_force_);
  const auto cap_number = number_of(*cap, computed.cap.number, in_force_);
  if (!rate_number || !cap_number) return std::nullopt;
  const auto until = day_of(date(computed.until));
  const Date last = until ? std::min(*until, as_of) : as_of;
  std::vector<std::pair<Date, std::optional<Date>>> spans;
  for (const rulebook::Pause& pause : computed.pauses) {
    for (const auto& [begin, end] : spans_of(pause))
      spans.emplace_back(begin.day(), end ? std::optional(end->day()) : std::nullopt);
  }
  const std::int64_t ceiling = *amount * *cap_number / kPermille;
  std::int64_t total = 0;
  for (Date day = *from + 1; day <= last && total < ceiling; day = day + 1) {
    if (!in_spans(day, spans)) total += *amount * *rate_number / kPermille;
  }
  return std::min(total, ceiling);
}

std::optional<Period> period_of(const rulebook::RulePeriod& period, const InForce& in_force) {
  switch (period.kind) {
    case rulebook::RulePeriod::Kind::fixed: return period.period;
    case rulebook::RulePeriod::Kind::setting: return parse_period(in_force.setting(period.setting));
    case rulebook::RulePeriod::Kind::none:
    case rulebook::RulePeriod::Kind::paper: break;
  }
  return std::nullopt;
}

std::optional<Period> within_of(const rulebook::Rule& rule, std::string_view number, const InForce& in_force) {
  for (const auto& [name, period] : rule.within_by) {
    if (number.empty() || name == number) return period;
  }
  return period_of(rule.within, in_force);
}

std::optional<std::int64_t> number_of(const rulebook::Rule& rule, std::string_view number, const InForce& in_force) {
  for (const auto& [name, value] : rule.number_by) {
    if (number.empty() || name == number) return value;
  }
  if (!rule.number_setting.empty()) {
    const std::string text = in_force.setting(rule.number_setting);
    const bool digits = !text.empty() && text.size() < 10 &&
                        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits ? std::optional<std::int64_t>(std::stoll(text)) : std::nullopt;
  }
  return rule.number;
}

}  // namespace zs::rules
