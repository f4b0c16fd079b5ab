#include "store/where.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <set>

#include "rules/view.h"
#include "store/columns.h"

namespace zs::store {
namespace {

namespace fs = std::filesystem;
using rulebook::Condition;
using rulebook::Operand;
using rulebook::Step;
using rulebook::Type;
using Asked = rulebook::Test;  // inside a test Test is googletest's

constexpr std::array kAsked{Asked::is,     Asked::in,      Asked::not_in,  Asked::at_least, Asked::at_most,
                            Asked::before, Asked::after,   Asked::between, Asked::present,  Asked::absent,
                            Asked::has,    Asked::has_any, Asked::all_in};

rulebook::Field field(std::string key, Type type) {
  rulebook::Field made;
  made.key = std::move(key);
  made.type = type;
  return made;
}

// One field of each type that has a column; "a_b" and "axb" differ for LIKE only by its escape.
const rulebook::Rulebook& book() {
  static const rulebook::Rulebook kBook = [] {
    rulebook::Kind kind;
    kind.key = "matter";
    kind.fields = {field("joint", Type::flag),   field("a_b", Type::count),        field("axb", Type::count),
                   field("fee", Type::money),    field("received_on", Type::date), field("heard_at", Type::moment),
                   field("subject", Type::text), field("channel", Type::choice),   field("cause", Type::link)};
    rulebook::Rulebook made;
    made.kinds.push_back(std::move(kind));
    made.index();
    return made;
  }();
  return kBook;
}

const rulebook::Kind& kind() {
  return book().kinds.front();
}

// Few different values, so that equality is common.
std::vector<Value> values_of(Type type) {
  switch (type) {
    case Type::flag: return {true, false};
    case Type::date: return {Date(2024, 2, 29), Date(2024, 3, 1), Date(1969, 12, 31)};
    case Type::moment:
      return {*parse_moment("2024-02-29T23:59"), *parse_moment("2024-03-01T00:00"), *parse_moment("1969-12-31T12:00")};
    case Type::link: return {Link{"matter", RecordId{1}}, Link{"matter", RecordId{12}}};
    case Type::count:
    case Type::money: return {std::int64_t{-1}, std::int64_t{0}, std::int64_t{7}};
    default: return {std::string("a"), std::string("A"), std::string("路灯")};
  }
}

// What a record holds: a value of the type, absent, or unknown.
rc::Gen<Value> held(Type type) {
  std::vector<Value> values = values_of(type);
  values.insert(values.end(), {Value(), Value(), Value(Unknown{})});
  return rc::gen::elementOf(values);
}

// What stands on the right: mostly what may stand there (a date by a moment, too), now and then another type, or
// absent.
rc::Gen<Value> constant(Type type) {
  std::vector<Value> others{Value()};
  for (const Type other : {Type::flag, Type::date, Type::moment, Type::link, Type::count, Type::text}) {
    const auto more = values_of(other);
    others.insert(others.end(), more.begin(), more.end());
  }
  std::vector<Value> usual = values_of(type);
  if (type == Type::date || type == Type::moment) {
    const auto days = values_of(type == Type::date ? Type::moment : Type::date);
    usual.insert(usual.end(), days.begin(), days.end());
  }
  return rc::gen::weightedOneOf<Value>({{5, rc::gen::elementOf(usual)}, {2, rc::gen::elementOf(others)}});
}

Condition compare(const rulebook::Field& left, Asked test, const std::vector<Value>& right) {
  Condition condition;
  condition.kind = Condition::Kind::compare;
  condition.left.kind = Operand::Kind::path;
  condition.left.path.text = left.key;
  condition.left.path.type = left.type;
  condition.left.path.steps = {{Step::Kind::field, left.key, ""}};
  condition.comparison.test = test;
  for (const Value& value : right) condition.comparison.right.emplace_back().constant = value;
  return condition;
}

Condition made_of(Condition::Kind how, std::vector<Condition> parts) {
  Condition condition;
  condition.kind = how;
  condition.parts = std::move(parts);
  return condition;
}

Condition any_condition(int depth) {
  if (depth == 0 || *rc::gen::inRange(0, 3) == 0) {
    std::vector<rulebook::Field> fields = kind().fields;
    fields.push_back(*rulebook::find_shared_field("unit"));
    const rulebook::Field left = *rc::gen::elementOf(fields);
    const Asked test = *rc::gen::elementOf(kAsked);
    const std::size_t count = test == Asked::between ? 2 : *rc::gen::inRange<std::size_t>(0, 4);
    return compare(left, test, *rc::gen::container<std::vector<Value>>(count, constant(left.type)));
  }
  const auto how = *rc::gen::element(Condition::Kind::all, Condition::Kind::any, Condition::Kind::negation);
  const int count = how == Condition::Kind::negation ? *rc::gen::inRange(0, 9) == 0 ? 0 : 1 : *rc::gen::inRange(0, 4);
  std::vector<Condition> parts;
  for (int i = 0; i < count; ++i) parts.push_back(any_condition(depth - 1));
  return made_of(how, std::move(parts));
}

rules::Record any_record(RecordId id) {
  rules::Record record;
  record.town = {1};
  record.id = id;
  record.kind = kind().key;
  for (const rulebook::Field& each : kind().fields) {
    Value value = *held(each.type);
    if (!value.absent()) record.fields[each.key] = std::move(value);
  }
  Value unit = *held(Type::text);
  if (!unit.absent()) record.fields["unit"] = std::move(unit);
  return record;
}

class WhereSql : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("zs-where-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    database_ = Database::open(folder_ / "town.db", Mode::create).value();
    run({{table_.create_sql, {}}});
  }
  void TearDown() override {
    database_.reset();
    fs::remove_all(folder_);
  }

  void run(const std::vector<std::pair<std::string, std::vector<Cell>>>& statements) {
    WriteBatch batch;
    for (const auto& [sql, parameters] : statements) batch.add(sql, parameters);
    const auto written = database_->writer().write(batch);
    RC_ASSERT(written.has_value());
  }

  std::set<std::int64_t> selected(const Where& where) {
    std::vector<Cell> parameters{std::int64_t{1}};
    parameters.insert(parameters.end(), where.parameters.begin(), where.parameters.end());
    const auto rows = database_->writer().read(
        fmt::format("SELECT id FROM {} WHERE town = ?1 AND {}", table_.name, where.sql), parameters);
    if (!rows) throw std::runtime_error(where.sql + ": " + rows.error().text.en);
    std::set<std::int64_t> ids;
    for (const ResultRow& row : *rows) ids.insert(std::get<std::int64_t>(row[0]));
    return ids;
  }

  const KindTable table_ = table_of(kind());
  fs::path folder_;
  std::unique_ptr<Database> database_;
};

TEST_F(WhereSql, SelectsExactlyTheRecordsOnWhichTheConditionHolds) {
  constexpr int kRecords = 24;
  constexpr int kConditions = 40;
  rules::InForce in_force;
  in_force.book = &book();
  const bool good = rc::check("where selects what holds", [&] {
    std::vector<rules::Record> records;
    std::vector<std::pair<std::string, std::vector<Cell>>> writes;
    for (int i = 1; i <= kRecords; ++i) {
      records.push_back(any_record(RecordId{i}));
      writes.emplace_back(table_.upsert_sql, cells_of(table_, TownId{1}, RecordId{i}, records.back().fields, {}));
    }
    run(writes);
    for (int i = 0; i < kConditions; ++i) {
      const Condition condition = any_condition(3);
      const auto where = where_of(condition, kind(), 2);
      RC_ASSERT(where.has_value());
      const std::set<std::int64_t> ids = selected(*where);
      for (const rules::Record& record : records) {
        rules::View view(in_force, record);
        const bool holds = view.holds(condition) == rules::Truth::yes;
        RC_LOG() << where->sql << "\nrecord " << record.id.number << '\n';
        RC_ASSERT(ids.contains(record.id.number) == holds);
      }
    }
  });
  EXPECT_TRUE(good);
}

std::string sql_of(const Condition& condition) {
  const auto where = where_of(condition, kind());
  return where ? where->sql : "not flat";
}

TEST(Where, IsABareComparisonWhereAnIndexCanServeIt) {
  EXPECT_EQ(sql_of(compare(kind().fields[6], Asked::is, {std::string("a")})), R"("f_subject" = ?1)");
  EXPECT_EQ(sql_of(compare(kind().fields[4], Asked::between, {Date(2024, 1, 1), Date(2024, 12, 31)})),
            R"(("f_received_on" >= ?1 AND "f_received_on" <= ?2))");
}

TEST(Where, TellsAbsentFromUnknownUnderNot) {
  const Condition inner = compare(kind().fields[6], Asked::is, {std::string("a")});
  EXPECT_EQ(sql_of(made_of(Condition::Kind::negation, {inner})),
            R"(NOT (CASE WHEN "f_subject" IS NOT NULL THEN "f_subject" = ?1 )"
            R"(WHEN (coalesce("unknowns", '') LIKE '%"subject"%' ESCAPE '\') THEN NULL ELSE FALSE END))");
}

TEST(Where, IsNotThereForWhatIsNotFlat) {
  rulebook::Field guarded = field("person", Type::text);
  guarded.guard = rulebook::Guard::personal;
  rulebook::Field computed = field("days", Type::count);
  computed.computed = std::make_shared<rulebook::Computed>();
  rulebook::Kind other;
  other.key = "other";
  other.fields = {guarded, computed, field("topics", Type::choices), field("visits", Type::rows),
                  field("fee", Type::money)};
  for (const rulebook::Field& each : other.fields) {
    const bool is_flat = each.key == "fee";
    EXPECT_EQ(flat(compare(each, Asked::present, {}), other), is_flat) << each.key;
    EXPECT_EQ(flat(made_of(Condition::Kind::negation, {compare(each, Asked::present, {})}), other), is_flat)
        << each.key;
  }
  EXPECT_FALSE(flat(compare(field("state", Type::text), Asked::is, {std::string("a")}), other));

  Condition act_day = compare(other.fields[4], Asked::is, {});
  act_day.comparison.right.emplace_back().kind = Operand::Kind::act_day;
  EXPECT_FALSE(flat(act_day, other));
  Condition far = compare(other.fields[4], Asked::present, {});
  far.left.path.steps.insert(far.left.path.steps.begin(), {Step::Kind::follow, "cause", ""});
  EXPECT_FALSE(flat(far, other));
  Condition deadline;
  deadline.kind = Condition::Kind::deadline;
  EXPECT_FALSE(flat(deadline, other));
}

}  // namespace
}  // namespace zs::store
