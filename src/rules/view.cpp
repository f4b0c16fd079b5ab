// Reading a record: values, paths, dates. Conditions are in evaluate.cpp, computed fields in compute.cpp.
#include "rules/view.h"

#include <algorithm>

#include "rules/view_memory.h"

namespace zs::rules {

using rulebook::DateOf;
using rulebook::Field;
using rulebook::Operand;
using rulebook::Path;
using rulebook::Step;
using rulebook::Type;

namespace {

constexpr std::size_t kLinkedMax = 500;

const rulebook::Kind& kind_of(const InForce& in_force, const Record& record) {
  const rulebook::Kind* kind = in_force.book->find_kind(record.kind);
  ZS_ASSERT(kind != nullptr);
  return *kind;
}

// A date as a moment, so that dates and moments compare.
std::optional<Moment> as_moment(const Value& value) {
  if (const auto* day = value.as<Date>()) return start_of(*day);
  if (const auto* moment = value.as<Moment>()) return *moment;
  return std::nullopt;
}

}  // namespace

View::View(const InForce& in_force, const Record& record, const Neighbours* neighbours, const ActContext* act)
    : in_force_(in_force),
      record_(record),
      kind_(kind_of(in_force, record)),
      neighbours_(neighbours),
      act_(act),
      memory_(std::make_unique<Memory>()) {}

View::~View() = default;

Element View::self() const {
  return {&record_, &kind_, nullptr, 0, nullptr};
}

const Value& View::look_computed(const Field& field) {
  for (const auto& [known, value] : memory_->computed) {
    if (known == &field) return *value;
  }
  // A circle reads absent; the checker refuses circles.
  Value& kept = *memory_->computed.emplace_back(&field, std::make_unique<Value>()).second;
  kept = compute(*field.computed, nullptr);
  return kept;
}

const Value& View::look(std::string_view name, Value& scratch) {
  return look(kind_.find_field(name), name, scratch);
}

const Value& View::look(const Field* field, std::string_view name, Value& scratch) {
  if (field != nullptr && field->computed) return look_computed(*field);
  const auto given = record_.fields.find(name);
  if (given != record_.fields.end()) return given->second;
  scratch = Value{};
  if (field == nullptr) {
    const auto number = record_.numbers.find(name);
    if (number != record_.numbers.end()) {
      scratch = number->second;
    } else if (name == "state") {
      scratch = record_.state;
    }
  }
  return scratch;
}

Value View::value(std::string_view name) {
  Value scratch;
  const Value& found = look(name, scratch);
  return &found == &scratch ? std::move(scratch) : found;
}

// Most paths are one field of the record or one column of the row: nothing to walk, nothing to copy.
const Value& View::look(const Path& path, const Element* element, Value& scratch) {
  if (path.steps.size() == 1 && path.steps.front().step == Step::Kind::field) {
    const auto& [step, key, kind, place] = path.steps.front();
    if (!path.from_element || element == nullptr) {
      const bool placed = place < kind_.fields.size() && kind_.fields[place].key == key;
      return look(placed ? &kind_.fields[place] : kind_.find_field(key), key, scratch);
    }
    const Field* column = element->rows == nullptr ? nullptr : element->rows->find_column(key);
    if (column == nullptr) return view_of(*element->record).look(key, scratch);
    if (!column->computed && element->cells != nullptr) {
      const auto cell = element->cells->find(key);
      return cell == element->cells->end() ? scratch = Value{} : cell->second;
    }
  }
  auto found = values(path, element);
  scratch = found.empty() ? Value{} : std::move(found.front());
  return scratch;
}

Value View::cell(const Field& rows, RowNumber row, std::string_view column) {
  const Field* declared = rows.find_column(column);
  const auto list = record_.rows.find(rows.key);
  if (list == record_.rows.end()) return {};
  const auto found = list->second.find(row);
  if (found == list->second.end()) return {};
  if (declared != nullptr && declared->computed) {
    const Element element{&record_, &kind_, &rows, row, &found->second};
    return compute(*declared->computed, &element);
  }
  const auto value = found->second.find(column);
  return value == found->second.end() ? Value{} : value->second;
}

View& View::view_of(const Record& other) {
  if (&other == &record_) return *this;
  auto& view = memory_->others[&other];
  if (!view) view = std::make_unique<View>(in_force_, other, neighbours_, act_);
  return *view;
}

Value View::read(const Element& from, const std::string& key) {
  View& view = view_of(*from.record);
  if (from.rows != nullptr) {
    const Field* column = from.rows->find_column(key);
    if (column != nullptr && !column->computed && from.cells != nullptr) {
      // A line of a self-check is a row that no record holds.
      const auto cell = from.cells->find(key);
      return cell == from.cells->end() ? Value{} : cell->second;
    }
    if (column != nullptr) return view.cell(*from.rows, from.row, key);
    return view.value(key);
  }
  return view.value(key);
}

// Follows a path up to its last reading step; what is reached are records and rows.
std::vector<Element> View::elements(const Path& path, const Element* element, bool follow_last) {
  std::vector<Element> here{path.from_element && element != nullptr ? *element : self()};
  for (const Step& step : path.steps) {
    std::vector<Element> next;
    for (const Element& at : here) {
      if (step.step == Step::Kind::rows) {
        const Field* rows = at.kind == nullptr ? nullptr : at.kind->find_field(step.key);
        const auto list = at.record->rows.find(step.key);
        if (rows == nullptr || list == at.record->rows.end()) continue;
        for (const auto& [number, cells] : list->second) next.push_back({at.record, at.kind, rows, number, &cells});
      } else if (step.step == Step::Kind::back) {
        if (neighbours_ == nullptr) continue;
        for (const Record* other : neighbours_->pointing(step.kind, step.key, {at.record->kind, at.record->id})) {
          next.push_back({other, in_force_.book->find_kind(other->kind), nullptr, 0, nullptr});
        }
      } else if (step.step == Step::Kind::follow ||
                 (follow_last && &step == &path.steps.back() && path.type == Type::links)) {
        const Value link = read(at, step.key);
        std::vector<Link> links;
        if (const auto* one = link.as<Link>()) links.push_back(*one);
        if (const auto* many = link.as<std::vector<Link>>()) links = *many;
        for (const Link& target : links) {
          const Record* other = neighbours_ == nullptr ? nullptr : neighbours_->find(target);
          if (other != nullptr && next.size() < kLinkedMax) {
            next.push_back({other, in_force_.book->find_kind(other->kind), nullptr, 0, nullptr});
          }
        }
      } else {
        return here;
      }
    }
    here = std::move(next);
  }
  return here;
}

std::vector<Value> View::values(const Path& path, const Element* element) {
  std::vector<Value> found;
  if (path.steps.empty()) return found;
  const Step& last = path.steps.back();
  if (last.step != Step::Kind::field && last.step != Step::Kind::part) return found;
  const bool part = last.step == Step::Kind::part;
  if (path.steps.size() == 1) {
    // Most paths are one field of the record or one column of the row: nothing to walk.
    Value value = path.from_element && element != nullptr ? read(*element, last.key) : this->value(last.key);
    if (!value.absent()) found.push_back(std::move(value));
    return found;
  }
  for (const Element& at : elements(path, element, false)) {
    const std::string& key = part ? path.steps[path.steps.size() - 2].key : last.key;
    Value value = read(at, key);
    if (part) {
      const auto* party = value.as<Party>();
      const auto text = party == nullptr ? Party::const_iterator{} : party->find(last.key);
      if (party == nullptr || text == party->end()) continue;
      if (path.type == Type::date) {
        const auto day = parse_date(text->second);
        value = day ? Value(*day) : Value();
      } else {
        value = text->second;
      }
    }
    if (!value.absent()) found.push_back(std::move(value));
  }
  return found;
}

Value View::date(const DateOf& date, const Element* element) {
  if (date.when) {
    const Truth truth = holds(*date.when, element);
    if (truth == Truth::unknown) return Unknown{};
    if (truth == Truth::no) return {};
  }
  switch (date.kind) {
    case DateOf::Kind::field: {
      Value scratch;
      const Value& found = look(date.path, element, scratch);
      return &found == &scratch ? std::move(scratch) : found;
    }
    case DateOf::Kind::due: {
      const auto& found = clocks(date.deadline);
      for (const Clock& clock : found) {
        if (clock.row != 0 && (element == nullptr || element->row != clock.row)) continue;
        if (clock.settled == OutcomeOf::unknown) return Unknown{};
        if (clock.due) return *clock.due;
      }
      return {};
    }
    case DateOf::Kind::first:
      for (const DateOf& part : date.parts) {
        Value value = this->date(part, element);
        if (!value.absent()) return value;
      }
      return {};
    case DateOf::Kind::earliest:
    case DateOf::Kind::latest: return extreme(date, element);
  }
  return {};
}

// earliest ignores what is absent; latest is absent while one is absent (design §4.2).
Value View::extreme(const DateOf& date, const Element* element) {
  Value best;
  bool one_absent = false;
  const bool latest = date.kind == DateOf::Kind::latest;
  const auto take = [&](const Value& value) {
    if (value.absent()) {
      one_absent = true;
    } else if (best.absent() || value.unknown()) {
      best = value;
    } else if (const auto compared = order(value, best); compared && (latest ? *compared > 0 : *compared < 0)) {
      best = value;
    }
  };
  for (const DateOf& part : date.parts) {
    const bool over_rows = part.kind == DateOf::Kind::field && part.path.many;
    if (!over_rows) {
      take(this->date(part, element));
      continue;
    }
    Path rows = part.path;
    for (const Element& at : elements(rows, element)) {
      if (date.where) {
        const Truth truth = holds(*date.where, &at);
        if (truth == Truth::unknown) return Unknown{};
        if (truth == Truth::no) continue;
      }
      take(read(at, part.path.steps.back().key));
    }
  }
  if (latest && one_absent) return {};
  return best;
}

std::vector<Value> View::operand(const Operand& operand, const Element* element) {
  switch (operand.kind) {
    case Operand::Kind::constant:
      if (operand.constant.absent()) return {};
      return {operand.constant};
    case Operand::Kind::path: {
      auto found = values(operand.path, element);
      std::vector<Value> flat;
      for (Value& value : found) {
        if (const auto* texts = value.as<std::vector<std::string>>()) {
          for (const std::string& text : *texts) flat.emplace_back(text);
        } else {
          flat.push_back(std::move(value));
        }
      }
      return flat;
    }
    case Operand::Kind::setting: return setting(operand, element);
    case Operand::Kind::rule: {
      const rulebook::Rule* rule = in_force_.book->find_rule(operand.scalar);
      if (rule == nullptr) return {};
      if (!rule->number_setting.empty()) settings_read_.insert(rule->number_setting);
      if (const auto number = number_of(*rule, operand.number, in_force_)) return {Value(*number)};
      for (const auto* period : {&rule->extends, &rule->within, &rule->ahead, &rule->floor}) {
        if (period->kind == rulebook::RulePeriod::Kind::setting) settings_read_.insert(period->setting);
        if (const auto found = period_of(*period, in_force_)) return {Value(std::int64_t{found->count})};
      }
      return {};
    }
    case Operand::Kind::act_day: return act_ == nullptr ? std::vector<Value>{} : std::vector<Value>{act_->day};
    case Operand::Kind::self: return {Link{record_.kind, record_.id}};
    case Operand::Kind::actor: return act_ == nullptr ? std::vector<Value>{} : std::vector<Value>{act_->actor};
    case Operand::Kind::town: return {std::string("town")};
  }
  return {};
}

std::vector<Value> View::setting(const Operand& operand, const Element* element) {
  settings_read_.insert(operand.scalar);
  std::string text;
  if (operand.has_of) {
    const auto option = values(operand.path, element);
    const auto* key = option.empty() ? nullptr : option.front().as<std::string>();
    if (key == nullptr) return {};
    text = in_force_.setting(operand.scalar + "." + *key);
    const rulebook::LocalSetting* declared = in_force_.book->find_setting(operand.scalar);
    if (text.empty() && declared != nullptr) {
      const auto found = declared->table.find(*key);
      if (found != declared->table.end()) text = found->second;
    }
  } else {
    text = in_force_.setting(operand.scalar);
  }
  if (text.empty()) return {};
  if (text == "yes" || text == "no") return {Value(text == "yes")};
  if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) && text.size() < 16) {
    // An amount of money is written in yuan and compared in fen.
    const rulebook::LocalSetting* declared = in_force_.book->find_setting(operand.scalar);
    const bool money = declared != nullptr && declared->unit == "元";
    return {Value(std::int64_t{std::stoll(text)} * (money ? 100 : 1))};
  }
  if (const auto period = parse_period(text)) return {Value(std::int64_t{period->count})};
  return {Value(text)};
}

Truth operator!(Truth truth) {
  return truth == Truth::unknown ? Truth::unknown : truth == Truth::yes ? Truth::no : Truth::yes;
}

Truth equal(const Value& left, const Value& right) {
  if (left.unknown() || right.unknown()) return Truth::unknown;
  if (left.index() == right.index()) return left == right ? Truth::yes : Truth::no;
  const auto a = as_moment(left);
  const auto b = as_moment(right);
  // A date against a moment: the moment's day.
  if (a && b) return a->day() == b->day() ? Truth::yes : Truth::no;
  return Truth::no;
}

std::optional<int> order(const Value& left, const Value& right) {
  const auto sign = [](auto a, auto b) { return a < b ? -1 : a > b ? 1 : 0; };
  const auto* a = left.as<std::int64_t>();
  const auto* b = right.as<std::int64_t>();
  if (a != nullptr && b != nullptr) return sign(*a, *b);
  auto first = as_moment(left);
  auto second = as_moment(right);
  if (!first || !second) return std::nullopt;
  if (left.index() != right.index()) return sign(first->day().serial(), second->day().serial());
  return sign(first->minutes, second->minutes);
}

}  // namespace zs::rules
