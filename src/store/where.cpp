#include "store/where.h"

#include <fmt/format.h>

#include <algorithm>

#include "rulebook/rulebook.h"
#include "store/columns.h"

namespace zs::store {
namespace {

using rulebook::Comparison;
using rulebook::Condition;
using rulebook::Field;
using rulebook::Kind;
using rulebook::Operand;
using rulebook::Step;
using rulebook::Test;
using rulebook::Type;

bool is_list(Type type) {
  return type == Type::choices || type == Type::links || type == Type::files || type == Type::party;
}

// The field on the left, if it is a column of the record's own with one value.
const Field* find_column(const Operand& left, const Kind& kind) {
  const rulebook::Path& path = left.path;
  if (left.kind != Operand::Kind::path || path.from_element || path.itself || path.beyond || path.steps.size() != 1) {
    return nullptr;
  }
  const Step& step = path.steps.front();
  if (step.step != Step::Kind::field) return nullptr;
  const Field* field = kind.find_field(step.key);
  if (field == nullptr) field = rulebook::find_shared_field(step.key);
  return field != nullptr && has_column(*field) && !is_list(field->type) ? field : nullptr;
}

bool is_constant(const Operand& operand) {
  return operand.kind == Operand::Kind::constant && !operand.constant.unknown();
}

bool flat_compare(const Condition& condition, const Kind& kind) {
  const Comparison& comparison = condition.comparison;
  if (find_column(condition.left, kind) == nullptr) return false;
  if (comparison.test == Test::between && comparison.right.size() != 2) return false;
  return std::all_of(comparison.right.begin(), comparison.right.end(), is_constant);
}

// Does a place of the condition count towards the whole as it stands, or turned round by a `not`?
enum class Sense { plain, negated };

Sense turned(Sense sense) {
  return sense == Sense::plain ? Sense::negated : Sense::plain;
}

constexpr std::string_view kNever = "FALSE";
constexpr std::string_view kAlways = "TRUE";

// SQL's three values are Kleene's: NULL stands for unknown.
class Writer {
 public:
  Writer(const Kind& kind, std::size_t first_parameter) : kind_(kind), first_(first_parameter) {}

  std::string write(const Condition& condition, Sense sense) {
    switch (condition.kind) {
      case Condition::Kind::all: return joined(condition, " AND ", kAlways, sense);
      case Condition::Kind::any: return joined(condition, " OR ", kNever, sense);
      case Condition::Kind::negation:
        if (condition.parts.empty()) return std::string(kAlways);
        return fmt::format("NOT ({})", write(condition.parts.front(), turned(sense)));
      case Condition::Kind::compare: return compare(condition, sense);
      case Condition::Kind::quantified:
      case Condition::Kind::deadline:
      case Condition::Kind::dossier:
      case Condition::Kind::identifies:
      case Condition::Kind::breached: break;
    }
    ZS_ASSERT(flat(condition, kind_));
    return {};
  }

  std::vector<Cell> parameters() && { return std::move(parameters_); }

 private:
  std::string joined(const Condition& condition, std::string_view word, std::string_view none, Sense sense) {
    std::string sql;
    for (const Condition& part : condition.parts) sql += (sql.empty() ? "(" : std::string(word)) + write(part, sense);
    return sql.empty() ? std::string(none) : sql + ")";
  }

  std::string parameter(Cell cell) {
    parameters_.push_back(std::move(cell));
    return fmt::format("?{}", first_ + parameters_.size() - 1);
  }

  std::string compare(const Condition& condition, Sense sense) {
    const Field& field = *find_column(condition.left, kind_);
    const std::string column = column_name(field.key);
    const Comparison& comparison = condition.comparison;
    // Unknown is not absent.
    if (comparison.test == Test::present) return fmt::format("({} IS NOT NULL OR {})", column, is_unknown(field));
    if (comparison.test == Test::absent) return fmt::format("({} IS NULL AND NOT {})", column, is_unknown(field));

    std::vector<Value> right;
    for (const Operand& operand : comparison.right) {
      if (!operand.constant.absent()) right.push_back(operand.constant);
    }
    if (field.type == Type::flag) {
      const std::string test = test_of(comparison, field.type, fmt::format("coalesce({}, 0)", column), right);
      return fmt::format("CASE WHEN {} IS NULL AND {} THEN {} ELSE {} END", column, is_unknown(field),
                         if_unknown(comparison.test, right), test);
    }
    const std::string test = test_of(comparison, field.type, column, right);
    const std::string_view unknown = if_unknown(comparison.test, right);
    // Where only yes counts, NULL may stand for no: and an index serves the bare comparison.
    if (sense == Sense::plain && unknown == "NULL" && mentions(test, column)) return test;
    return fmt::format("CASE WHEN {} IS NOT NULL THEN {} WHEN {} THEN {} ELSE FALSE END", column, test,
                       is_unknown(field), unknown);
  }

  static bool mentions(std::string_view test, std::string_view column) {
    return test.find(column) != std::string_view::npos;
  }

  // Keys are small letters, digits and underscores; the last is LIKE's own.
  static std::string is_unknown(const Field& field) {
    std::string key;
    for (const char c : field.key) {
      if (c == '_' || c == '%' || c == '\\') key.push_back('\\');
      key.push_back(c);
      if (c == '\'') key.push_back(c);
    }
    return fmt::format(R"((coalesce("unknowns", '') LIKE '%"{}"%' ESCAPE '\'))", key);
  }

  // What a comparison with an unknown value is; with nothing on the right it does not rest on the value.
  static std::string_view if_unknown(Test test, const std::vector<Value>& right) {
    if (!right.empty()) return "NULL";
    return test == Test::not_in || test == Test::between ? kAlways : kNever;
  }

  std::string test_of(const Comparison& comparison, Type type, const std::string& column,
                      const std::vector<Value>& right) {
    switch (comparison.test) {
      case Test::is:
      case Test::has: return right.empty() ? std::string(kNever) : equal(type, column, right.front());
      case Test::in:
      case Test::has_any:
      case Test::all_in: return among(type, column, right);
      case Test::not_in: return fmt::format("NOT {}", among(type, column, right));
      case Test::at_least: return right.empty() ? std::string(kNever) : at_least(type, column, right.front());
      case Test::at_most: return right.empty() ? std::string(kNever) : at_most(type, column, right.front());
      case Test::before: return right.empty() ? std::string(kNever) : below(type, column, right.front());
      case Test::after: return right.empty() ? std::string(kNever) : above(type, column, right.front());
      case Test::between: return between(comparison, type, column);
      case Test::present:
      case Test::absent: break;
    }
    return std::string(kNever);
  }

  std::string among(Type type, const std::string& column, const std::vector<Value>& right) {
    std::string sql;
    for (const Value& item : right) {
      const std::string test = equal(type, column, item);
      if (test != kNever) sql += (sql.empty() ? "(" : " OR ") + test;
    }
    return sql.empty() ? std::string(kNever) : sql + ")";
  }

  std::string between(const Comparison& comparison, Type type, const std::string& column) {
    const Value& from = comparison.right[0].constant;
    const Value& until = comparison.right[1].constant;
    if (from.absent() && until.absent()) return std::string(kAlways);
    if (from.absent()) return at_most(type, column, until);
    if (until.absent()) return at_least(type, column, from);
    return within(type, column, from, until);
  }

  std::string within(Type type, const std::string& column, const Value& from, const Value& until) {
    const std::string lower = at_least(type, column, from);  // first, so that its parameter is
    return fmt::format("({} AND {})", lower, at_most(type, column, until));
  }

  std::string equal(Type type, const std::string& column, const Value& right) {
    // A moment and a date are equal on the same day.
    if (type == Type::moment && right.as<Date>() != nullptr) return within(type, column, right, right);
    if (type == Type::flag) {
      const auto* flag = right.as<bool>();
      return flag == nullptr ? std::string(kNever) : tested(column, "=", std::int64_t{*flag ? 1 : 0});
    }
    if (const auto* link = right.as<Link>()) {
      if (type != Type::link) return std::string(kNever);
      return tested(column, "=", fmt::format("{}/{}", link->kind, link->id.number));
    }
    if (const auto* text = right.as<std::string>()) {
      const bool texts = !is_number(type) && type != Type::link;
      return texts ? tested(column, "=", *text) : std::string(kNever);
    }
    const auto span = span_of(type, right);
    return span ? tested(column, "=", span->first) : std::string(kNever);
  }

  std::string at_least(Type type, const std::string& column, const Value& right) {
    const auto span = span_of(type, right);
    return span ? tested(column, ">=", span->first) : std::string(kNever);
  }
  std::string at_most(Type type, const std::string& column, const Value& right) {
    const auto span = span_of(type, right);
    return span ? tested(column, "<=", span->second) : std::string(kNever);
  }
  std::string below(Type type, const std::string& column, const Value& right) {
    const auto span = span_of(type, right);
    return span ? tested(column, "<", span->first) : std::string(kNever);
  }
  std::string above(Type type, const std::string& column, const Value& right) {
    const auto span = span_of(type, right);
    return span ? tested(column, ">", span->second) : std::string(kNever);
  }

  std::string tested(const std::string& column, std::string_view comparison, Cell right) {
    return fmt::format("{} {} {}", column, comparison, parameter(std::move(right)));
  }

  static bool is_number(Type type) {
    return type == Type::count || type == Type::money || type == Type::date || type == Type::moment ||
           type == Type::flag;
  }

  // The first and the last stored number that equal a constant: a date is all minutes of a moment's column, a moment is
  // its day in a date's column. Nothing if the two have no order.
  static std::optional<std::pair<std::int64_t, std::int64_t>> span_of(Type type, const Value& right) {
    const auto one = [](std::int64_t number) { return std::pair(number, number); };
    if (type == Type::count || type == Type::money) {
      if (const auto* number = right.as<std::int64_t>()) return one(*number);
    } else if (type == Type::date) {
      if (const auto* day = right.as<Date>()) return one(day->serial());
      if (const auto* moment = right.as<Moment>()) return one(moment->day().serial());
    } else if (type == Type::moment) {
      if (const auto* moment = right.as<Moment>()) return one(moment->minutes);
      if (const auto* day = right.as<Date>()) return std::pair(start_of(*day).minutes, start_of(*day + 1).minutes - 1);
    }
    return std::nullopt;
  }

  const Kind& kind_;
  std::size_t first_;
  std::vector<Cell> parameters_;
};

}  // namespace

bool flat(const Condition& condition, const Kind& kind) {
  switch (condition.kind) {
    case Condition::Kind::all:
    case Condition::Kind::any:
    case Condition::Kind::negation:
      return std::all_of(condition.parts.begin(), condition.parts.end(),
                         [&kind](const Condition& part) { return flat(part, kind); });
    case Condition::Kind::compare: return flat_compare(condition, kind);
    case Condition::Kind::quantified:
    case Condition::Kind::deadline:
    case Condition::Kind::dossier:
    case Condition::Kind::identifies:
    case Condition::Kind::breached: return false;
  }
  return false;
}

std::optional<Where> where_of(const Condition& condition, const Kind& kind, std::size_t first_parameter) {
  if (!flat(condition, kind)) return std::nullopt;
  Writer writer(kind, first_parameter);
  std::string sql = writer.write(condition, Sense::plain);
  return Where{std::move(sql), std::move(writer).parameters()};
}

}  // namespace zs::store
