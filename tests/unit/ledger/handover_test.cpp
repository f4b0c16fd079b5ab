#include "ledger/handover.h"

#include <gtest/gtest.h>

#include "ledger/field_drafts.h"
#include "rules/heads.h"
#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

using State = HandoverLine::State;

class Handovers : public testing::Test {
 protected:
  Handovers() : town_("handover"), first_(town_.create("2024-03-01"_date, {{"handler", "s-clerk"}})) {}
  Handover offered(const std::string& key = "k") {
    Handover handover{0, "s-clerk", "s-clerk", "调离", key, Instant{1}, {}};
    handover.lines.push_back({0, "matter", first_.record, "s-head", "2024-03-05"_date, State::offered, "", {}, ""});
    return handover;
  }
  std::int64_t offer(const Handover& handover) {
    const auto id = offer_handover(town_.ledger(), town_.id(), handover);
    EXPECT_TRUE(id) << (id ? "" : id.error().text.en);
    return id ? *id : 0;
  }
  Handover found(std::int64_t id) {
    auto lease = town_.ledger().database().reader();
    return find_handover(**lease, town_.id(), id)->value();
  }
  Result<> settle(std::int64_t id, const HandoverLine& line, std::initializer_list<State> from) {
    return town_.ledger().write_aside(
        [&](store::Session& session) { return settle_line(session, town_.id(), id, line, from); });
  }
  std::size_t left_on(Date day) {
    auto lease = town_.ledger().database().reader();
    return handovers(**lease, town_.id(), {{}, {}, day})->size();
  }
  SmallTown town_;
  Receipt first_;
};

TEST_F(Handovers, KeepsAnOfferOverARebuildAndHidesNothingFromVerify) {
  const std::int64_t id = offer(offered());
  ASSERT_TRUE(town_.ledger().rebuild(town_.id()));
  town_.reopen();
  const Handover kept = found(id);
  EXPECT_EQ(kept.why, "调离");
  ASSERT_EQ(kept.lines.size(), 1U);
  EXPECT_EQ(kept.lines[0].receiver, "s-head");
  EXPECT_EQ(kept.lines[0].until, "2024-03-05"_date);
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Handovers, OfTheSameKeyAreOneOffer) {
  EXPECT_EQ(offer(offered("a")), 1);
  EXPECT_EQ(offer(offered("a")), 1);
  EXPECT_EQ(offer(offered("b")), 2);
}

TEST_F(Handovers, WithoutLinesAreRefused) {
  Handover empty = offered();
  empty.lines.clear();
  EXPECT_FALSE(offer_handover(town_.ledger(), town_.id(), empty));
}

TEST_F(Handovers, SettleALineOnce) {
  const std::int64_t id = offer(offered());
  HandoverLine line = found(id).lines[0];
  line.state = State::declined;
  line.says = "不是我的分工";
  ASSERT_TRUE(settle(id, line, {State::offered}));
  const auto again = settle(id, line, {State::offered});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::conflict);
  EXPECT_EQ(found(id).lines[0].says, "不是我的分工");
}

TEST_F(Handovers, EscalateTheDayAfterTheirLastDayUntilSettled) {
  const std::int64_t id = offer(offered());
  EXPECT_EQ(left_on("2024-03-05"_date), 0U) << "the last day is still in time";
  EXPECT_EQ(left_on("2024-03-06"_date), 1U);
  HandoverLine line = found(id).lines[0];
  line.state = State::declined;
  ASSERT_TRUE(settle(id, line, {State::offered}));
  EXPECT_EQ(left_on("2024-03-06"_date), 1U) << "declined is not settled";
  line.state = State::accepted;
  ASSERT_TRUE(settle(id, line, {State::declined}));
  EXPECT_EQ(left_on("2024-03-06"_date), 0U);
}

TEST_F(Handovers, ListWhatIsOpenInSomebodysHands) {
  town_.create("2024-03-01"_date, {{"handler", "s-head"}});
  auto lease = town_.ledger().database().reader();
  const Town& town = town_.town();
  const auto& clerk = town.staff.at("s-clerk");
  const auto work = open_work_of(**lease, town, clerk, clerk, town_.today());
  ASSERT_TRUE(work);
  ASSERT_EQ(work->rows.size(), 1U);
  EXPECT_EQ(work->rows[0].id, first_.record);
  EXPECT_EQ(work->hidden, 0);
  rules::Person stranger{"s-x", "外人", "", "", {"stranger"}};
  EXPECT_EQ(open_work_of(**lease, town, clerk, stranger, town_.today())->hidden, 1) << "counted, not shown";
}

// What an act has said of the handler changes with a reason only, and the reason stands in the entry.
TEST_F(Handovers, ChangeAHandlerThatAnActHasNamedByAnEditWithAReason) {
  const nlohmann::json edit{{"record", first_.record.number},
                            {"kind", "matter"},
                            {"asks", "edit"},
                            {"acts", {{{"values", {{"handler", "s-head"}}}}}}};
  EXPECT_EQ(town_.refused(edit), std::vector<std::string>{"shape:handler"});
  nlohmann::json told = edit;
  told["reason"] = "接收第1号交接单";
  town_.accepted(told);
  EXPECT_EQ(town_.number("SELECT COUNT(*) FROM record WHERE handler='s-head'"), 1);
  EXPECT_EQ(town_.number("SELECT COUNT(*) FROM journal WHERE body LIKE '%接收第1号交接单%'"), 1);
  nlohmann::json other = told;
  other["acts"][0]["values"] = {{"topic", "water"}};
  EXPECT_EQ(town_.refused(other), std::vector<std::string>{"shape:topic"}) << "all else is corrected";
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Handovers, WriteDownAnOutsideNumberOnceByAnEdit) {
  nlohmann::json edit{{"record", first_.record.number},
                      {"kind", "matter"},
                      {"asks", "edit"},
                      {"acts", {{{"numbers", {{"their_no", "外〔2024〕7号"}}}}}}};
  town_.accepted(edit);
  EXPECT_EQ(town_.number("SELECT COUNT(*) FROM number WHERE name='their_no' AND text='外〔2024〕7号'"), 1);
  edit["acts"][0]["numbers"]["their_no"] = "外〔2024〕8号";
  EXPECT_EQ(town_.refused(edit), std::vector<std::string>{"shape:their_no"});
  town_.accepted({{"record", first_.record.number},
                  {"kind", "matter"},
                  {"asks", "correct"},
                  {"reason", "抄错了"},
                  {"signer", "s-head"},
                  {"acts", {{{"numbers", {{"their_no", "外〔2024〕9号"}}}}}}});
  EXPECT_EQ(town_.number("SELECT COUNT(*) FROM number WHERE name='their_no' AND text='外〔2024〕9号'"), 1);
  EXPECT_EQ(town_.number("SELECT COUNT(*) FROM number WHERE name='their_no'"), 1) << "and the wrong one is gone";
  nlohmann::json own = edit;
  own["acts"][0]["numbers"] = {{"paper_no", "文〔2024〕1号"}};
  EXPECT_EQ(town_.refused(own), std::vector<std::string>{"shape:paper_no"}) << "the town's own numbers are given";
  nlohmann::json second{{"record", town_.create("2024-03-01"_date).record.number},
                        {"kind", "matter"},
                        {"asks", "edit"},
                        {"acts", {{{"numbers", {{"their_no", "外〔2024〕9号"}}}}}}};
  EXPECT_EQ(town_.refused(second), std::vector<std::string>{"shape:their_no"}) << "taken by another record";
  ASSERT_TRUE(town_.ledger().rebuild(town_.id()));
  EXPECT_EQ(town_.number("SELECT COUNT(*) FROM number WHERE name='their_no'"), 1);
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(Handovers, ListWhatLacksANumberThatItShouldHave) {
  auto lease = town_.ledger().database().reader();
  const Town& town = town_.town();
  const rulebook::Kind& kind = *town.book->find_kind("matter");
  const auto lacking = [&] {
    return *count_lacking(**lease, town_.town(), town.staff.at("s-clerk"), kind, *kind.find_number("their_no"));
  };
  EXPECT_EQ(lacking(), 1);
  town_.create("2024-03-01"_date);
  EXPECT_EQ(lacking(), 2);
  town_.accepted({{"record", first_.record.number},
                  {"kind", "matter"},
                  {"asks", "edit"},
                  {"acts", {{{"numbers", {{"their_no", "A1"}}}}}}});
  EXPECT_EQ(lacking(), 1);
}

TEST(Heads, AreOfTheUnitOrWhereThereIsNoneOfTheTown) {
  rulebook::Files files = small_rulebook();
  files.at("roles.yaml") +=
      "unit-head: {label: 机构负责人, reads: {}, heads: own_unit}\nmayor: {label: 镇长, reads: {}, heads: town}\n";
  const auto loaded = rulebook::load_sound(files);
  ASSERT_TRUE(loaded) << (loaded ? "" : loaded.error().text.zh);
  const rulebook::Rulebook& book = **loaded;
  std::map<std::string, rules::Person> staff;
  for (const rules::Person& person :
       {rules::Person{"a-clerk", "", "a", "", {}}, rules::Person{"a-head", "", "a", "", {"unit-head"}},
        rules::Person{"b-clerk", "", "b", "", {}}, rules::Person{"mayor", "", "office", "", {"mayor"}}})
    staff[person.key] = person;
  using Keys = std::vector<std::string>;
  EXPECT_EQ(rules::heads_of(book, staff, staff.at("a-clerk")), Keys{"a-head"});
  EXPECT_EQ(rules::heads_of(book, staff, staff.at("b-clerk")), Keys{"mayor"});
  EXPECT_EQ(rules::heads_of(book, staff, staff.at("a-head")), Keys{"mayor"}) << "nobody heads themselves";
  EXPECT_EQ(rules::heads_of(book, staff, staff.at("mayor")), Keys{});
}

class FieldDrafts : public testing::Test {
 protected:
  FieldDrafts() : town_("drafts") {}
  FieldDraft draft(const std::string& key) {
    FieldDraft made;
    made.kind = "matter";
    made.sender = "s-clerk";
    made.key = key;
    made.day = "2024-02-29"_date;
    made.at = Instant{5};
    made.body = R"({"values":{"topic":"road"}})";
    return made;
  }
  std::int64_t send(const std::string& key) { return send_draft(town_.ledger(), town_.id(), draft(key))->id; }
  std::vector<FieldDraft> waiting() {
    auto lease = town_.ledger().database().reader();
    return *waiting_drafts(**lease, town_.id());
  }
  SmallTown town_;
};

TEST_F(FieldDrafts, AreTakenOnceHoweverOftenTheyArrive) {
  EXPECT_EQ(send("a"), 1);
  EXPECT_EQ(send("a"), 1);
  EXPECT_TRUE(send_draft(town_.ledger(), town_.id(), draft("a"))->repeated);
  EXPECT_EQ(send("b"), 2);
  EXPECT_EQ(waiting().size(), 2U);
}

TEST_F(FieldDrafts, AreKeptOverARebuild) {
  send("a");
  ASSERT_TRUE(town_.ledger().rebuild(town_.id()));
  town_.reopen();
  ASSERT_EQ(waiting().size(), 1U);
  EXPECT_EQ(waiting()[0].day, "2024-02-29"_date);
  EXPECT_EQ(waiting()[0].body, R"({"values":{"topic":"road"}})");
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(FieldDrafts, AreSettledOnce) {
  send("a");
  FieldDraft settled = waiting()[0];
  settled.state = FieldDraft::State::declined;
  settled.says = "已经登记过了";
  const auto settle = [&] {
    return town_.ledger().write_aside(
        [&](store::Session& session) { return settle_draft(session, town_.id(), settled); });
  };
  ASSERT_TRUE(settle());
  EXPECT_TRUE(waiting().empty());
  const auto again = settle();
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::conflict);
}

}  // namespace
}  // namespace zs::ledger
