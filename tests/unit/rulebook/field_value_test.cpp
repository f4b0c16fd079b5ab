#include "rulebook/field_value.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace zs::rulebook {
namespace {

using nlohmann::json;

struct ReadBack {
  const char* name;
  Type type;
  Value value;
};

class EachType : public testing::TestWithParam<ReadBack> {};

TEST_P(EachType, IsReadBackFromItsCanonicalJson) {
  const auto& [name, type, value] = GetParam();
  const auto read = value_from_json(type, json::parse(json_of(value)));
  ASSERT_TRUE(read) << read.error().text.en;
  EXPECT_EQ(*read, value);
}

INSTANTIATE_TEST_SUITE_P(
    FieldValue, EachType,
    testing::Values(ReadBack{"absent", Type::date, {}}, ReadBack{"unknown", Type::party, Unknown{}},
                    ReadBack{"flag", Type::flag, true}, ReadBack{"count", Type::count, std::int64_t{-3}},
                    ReadBack{"money", Type::money, std::int64_t{500000}},
                    ReadBack{"text", Type::text, std::string("信访\n\"件\"")},
                    ReadBack{"date", Type::date, Date(2024, 10, 8)},
                    ReadBack{"moment", Type::moment, *parse_moment("2023-09-29T15:30")},
                    ReadBack{"choices", Type::choices, std::vector<std::string>{"b", "a"}},
                    ReadBack{"files", Type::files, std::vector<std::string>{}},
                    ReadBack{"link", Type::link, Link{"matter", RecordId{12}}},
                    ReadBack{"links", Type::links,
                             std::vector<Link>{{"matter", RecordId{12}}, {"matter", RecordId{3}}}},
                    ReadBack{"party", Type::party, Party{{"name", "张三"}, {"phone", "13800000000"}}}),
    [](const auto& row) { return row.param.name; });

struct Bad {
  const char* name;
  Type type;
  json given;
};

class NoValue : public testing::TestWithParam<Bad> {};

TEST_P(NoValue, OfTheTypeIsRefused) {
  const auto read = value_from_json(GetParam().type, GetParam().given);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::bad_input);
}

INSTANTIATE_TEST_SUITE_P(
    FieldValue, NoValue,
    testing::Values(
        Bad{"FloatForCount", Type::count, 1.0}, Bad{"CountBeyondSixtyFourBits", Type::count, 9223372036854775808u},
        Bad{"TextForCount", Type::count, "1"}, Bad{"NumberForFlag", Type::flag, 1},
        Bad{"DayThatIsNone", Type::date, "2023-02-29"}, Bad{"DateForMoment", Type::moment, "2023-02-28"},
        Bad{"NumberForText", Type::text, 5}, Bad{"BytesThatAreNoUtf8", Type::text, std::string("\xff")},
        Bad{"TextTooLong", Type::note, std::string(kTextBytesMax + 1, 'x')},
        Bad{"ListTooLong", Type::choices, json(std::vector<std::string>(kListItemsMax + 1))},
        Bad{"NumberInList", Type::files, json::array({1})}, Bad{"LinkWithoutNumber", Type::link, "matter/"},
        Bad{"LinkWithLeadingZero", Type::link, "matter/012"}, Bad{"LinkToNothing", Type::link, "/3"},
        Bad{"LinkBelowOne", Type::link, "matter/-3"}, Bad{"UnknownThatIsFalse", Type::date, json{{"unknown", false}}},
        Bad{"ObjectForText", Type::text, json{{"a", "b"}}}, Bad{"NumberInParty", Type::party, json{{"name", 3}}},
        Bad{"OneValueForRows", Type::rows, json::array()}),
    [](const auto& row) { return row.param.name; });

TEST(FieldValue, RefusesAPartyOfMoreThanTwentyParts) {
  json party = json::object();
  for (int i = 0; i < 21; ++i) party["p" + std::to_string(i)] = "x";
  EXPECT_FALSE(value_from_json(Type::party, party));
}

TEST(FieldValue, KeepsTextsInNormalFormC) {
  EXPECT_EQ(value_from_json(Type::text, "e\u0301").value(), Value(std::string("\u00e9")));
}

Field field_of(Type type) {
  Field field;
  field.key = "level";
  field.label = "级别";
  field.type = type;
  field.options = {{"high", "高", false}, {"low", "低", false}, {"old", "旧", true}};
  return field;
}

Value given(Type type, const json& value) {
  const auto read = value_from_input(field_of(type), value);
  if (!read) ADD_FAILURE() << read.error().text.en;
  return read ? *read : Value();
}

Text refused(Type type, const json& value) {
  const auto read = value_from_input(field_of(type), value);
  if (read) ADD_FAILURE() << "taken as " << json_of(*read);
  return read ? Text() : read.error().text;
}

TEST(FieldValue, TakesAnAmountInYuanAsTextAndInFenAsNumber) {
  EXPECT_EQ(given(Type::money, "5000.00"), Value(std::int64_t{500000}));
  EXPECT_EQ(given(Type::money, 500000), Value(std::int64_t{500000}));
}

TEST(FieldValue, NamesLabelValueAndMendOfAWrongAmount) {
  const Text text = refused(Type::money, "5,000");
  EXPECT_EQ(text.zh, "“级别”填的是 \"5,000\"：金额以元计，写成 5000.00。");
  EXPECT_EQ(text.en, "级别 (level) is given as \"5,000\": an amount in yuan is written 5000.00.");
  EXPECT_EQ(refused(Type::money, 1.5).zh, "“级别”填的是 1.5：金额写成文字“5000.00”（元），或整数（分）。");
  EXPECT_EQ(refused(Type::money, 100000000000000).en,
            "级别 (level) is given as 100000000000000: the number is too large: at most 999999999999.99.");
}

TEST(FieldValue, TakesOnlyOptionsThatAreThereAndNotRetired) {
  EXPECT_EQ(given(Type::choice, "low"), Value(std::string("low")));
  EXPECT_EQ(refused(Type::choice, "middle").zh, "“级别”填的是 \"middle\"：没有这个选项；可选：high（高）, low（低）。");
  EXPECT_EQ(refused(Type::choices, json::array({"low", "old"})).en,
            "级别 (level) is given as [\"low\",\"old\"]: the option \"old\" is retired; choose one of: high, low.");
}

TEST(FieldValue, CountsWhatIsChosenTwiceOnce) {
  EXPECT_EQ(given(Type::choices, json::array({"low", "high", "low"})), Value(std::vector<std::string>{"low", "high"}));
}

TEST(FieldValue, TakesKnownPartsOfAPartyOnlyAndLeavesOutEmptyOnes) {
  EXPECT_EQ(given(Type::party, {{"name", "张三"}, {"birth", "1980-05-01"}, {"phone", ""}}),
            Value(Party{{"name", "张三"}, {"birth", "1980-05-01"}}));
  EXPECT_EQ(given(Type::party, {{"name", ""}, {"birth", " "}}), Value());
  EXPECT_NE(refused(Type::party, {{"nickname", "三"}}).zh.find("当事人没有“nickname”这一项"), std::string::npos);
  EXPECT_NE(refused(Type::party, {{"birth", "1980-5-1"}}).zh.find("出生日期写成 1980-05-01"), std::string::npos);
}

TEST(FieldValue, RefusesControlCharactersButNotNewlineAndTab) {
  EXPECT_EQ(given(Type::note, "一\n二\t三"), Value(std::string("一\n二\t三")));
  EXPECT_NE(refused(Type::text, std::string("a\0b", 3)).zh.find("控制字符"), std::string::npos);
  EXPECT_NE(refused(Type::text, "a\rb").zh.find("控制字符"), std::string::npos);
  EXPECT_NE(refused(Type::files, json::array({"a\x1b"})).zh.find("控制字符"), std::string::npos);
  EXPECT_NE(refused(Type::party, {{"name", "a\x7f"}}).zh.find("控制字符"), std::string::npos);
}

TEST(FieldValue, TakesNothingFilledInAsAbsent) {
  EXPECT_EQ(given(Type::date, ""), Value());
  EXPECT_EQ(given(Type::text, " \u3000\n"), Value());
  EXPECT_EQ(given(Type::choices, json::array()), Value());
  EXPECT_EQ(given(Type::links, json::array()), Value());
  EXPECT_EQ(given(Type::count, nullptr), Value());
}

TEST(FieldValue, TakesUnknownForAnyType) {
  EXPECT_EQ(given(Type::date, {{"unknown", true}}), Value(Unknown{}));
}

TEST(FieldValue, RefusesALinkToAKindThatTheFieldDoesNotAllow) {
  Field field = field_of(Type::link);
  field.to = {"matter"};
  EXPECT_TRUE(value_from_input(field, "matter/3"));
  EXPECT_FALSE(value_from_input(field, "other/3"));
}

TEST(FieldValue, ShowsOnlyTheBeginningOfALongValue) {
  EXPECT_LT(refused(Type::date, std::string(10'000, 'x')).en.size(), 200u);
}

TEST(FieldValue, KnowsTheTypeAtEachPath) {
  Kind kind;
  Field rows = field_of(Type::rows);
  rows.key = "visits";
  rows.columns = {field_of(Type::flag)};
  kind.fields = {field_of(Type::money), rows};
  EXPECT_EQ(type_at(kind, "level"), Type::money);
  EXPECT_EQ(type_at(kind, "unit"), Type::org);
  EXPECT_EQ(type_at(kind, "visits/3/level"), Type::flag);
  EXPECT_EQ(type_at(kind, "visits/3"), Type::text);
  EXPECT_EQ(type_at(kind, "papers/2/day"), Type::date);
  EXPECT_EQ(type_at(kind, "papers/2/digest"), Type::text);
  EXPECT_EQ(type_at(kind, "@since"), Type::date);
  EXPECT_EQ(type_at(kind, "@reason"), Type::text);
  EXPECT_EQ(type_at(kind, "not_declared"), Type::text);
}

TEST(FieldValue, ATextHasAsManyCharactersAsItsFieldAllows) {
  Field field;
  field.key = "words";
  field.label = "案例";
  field.type = Type::note;
  field.at_most = 5;
  EXPECT_TRUE(value_from_input(field, json("一二三四五")));
  const auto read = value_from_input(field, json("一二三四五六"));
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().text.zh.find("最多 5 字，现有 6 字"), std::string::npos) << read.error().text.zh;
}

}  // namespace
}  // namespace zs::rulebook
