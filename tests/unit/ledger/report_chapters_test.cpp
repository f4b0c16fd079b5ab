#include "ledger/report_chapters.h"

#include <gtest/gtest.h>

#include "unit/ledger/small_town.h"

namespace zs::ledger {
namespace {

using State = ReportChapter::State;

class ReportChapters : public testing::Test {
 protected:
  ReportChapters() : town_("chapters", small_rulebook(), "2024-01-08"_date) {}
  ReportChapter given(std::int64_t version, State state, const std::string& text) {
    ReportChapter made;
    made.year = 2023;
    made.chapter = "duty";
    made.unit = "office";
    made.due = "2024-01-20"_date;
    made.version = version;
    made.state = state;
    made.text = text;
    return made;
  }
  Result<> keep(std::int64_t version, State state, const std::string& text) {
    return keep_chapter(town_.ledger(), town_.id(), given(version, state, text));
  }
  std::optional<ReportChapter> found() {
    auto lease = town_.ledger().database().reader().value();
    return find_chapter(*lease, town_.id(), 2023, "duty").value();
  }
  bool opens(const std::string& secret, Date day) {
    auto lease = town_.ledger().database().reader().value();
    return chapter_of_link(*lease, town_.id(), secret, day).value().has_value();
  }
  SmallTown town_;
};

TEST_F(ReportChapters, KeepWhatWasWrittenOverARebuild) {
  ASSERT_TRUE(keep(0, State::open, "初稿"));
  ASSERT_TRUE(town_.ledger().rebuild(town_.id()));
  town_.reopen();
  ASSERT_TRUE(found());
  EXPECT_EQ(found()->text, "初稿");
  EXPECT_EQ(found()->due, "2024-01-20"_date);
  EXPECT_EQ(town_.verified(), "");
}

TEST_F(ReportChapters, TellTheSecondOfTwoWritersApart) {
  ASSERT_TRUE(keep(0, State::open, "甲"));
  ASSERT_TRUE(keep(1, State::open, "乙"));
  const auto late = keep(1, State::open, "丙");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::conflict);
  EXPECT_EQ(found()->text, "乙");
  EXPECT_FALSE(keep(2, State::open, std::string(kChapterTextMax + 1, 'x')));
}

TEST_F(ReportChapters, OpenByTheirLinkUntilItsDayOnly) {
  EXPECT_FALSE(new_chapter_link(town_.ledger(), town_.id(), 2023, "duty", "2024-01-25"_date));
  ASSERT_TRUE(keep(0, State::open, ""));
  const std::string first = new_chapter_link(town_.ledger(), town_.id(), 2023, "duty", "2024-01-25"_date).value();
  EXPECT_TRUE(opens(first, "2024-01-25"_date));
  EXPECT_FALSE(opens(first, "2024-01-26"_date));
  EXPECT_FALSE(opens("", "2024-01-25"_date));
  const std::string second = new_chapter_link(town_.ledger(), town_.id(), 2023, "duty", "2024-01-25"_date).value();
  EXPECT_FALSE(opens(first, "2024-01-20"_date));
  EXPECT_TRUE(opens(second, "2024-01-20"_date));
  ASSERT_TRUE(end_chapter_link(town_.ledger(), town_.id(), 2023, "duty"));
  EXPECT_FALSE(opens(second, "2024-01-20"_date));
}

TEST_F(ReportChapters, CloseTheirLinkWhenTheyAreAdopted) {
  ASSERT_TRUE(keep(0, State::handed_in, "稿"));
  const std::string secret = new_chapter_link(town_.ledger(), town_.id(), 2023, "duty", "2024-01-25"_date).value();
  ASSERT_TRUE(keep(1, State::adopted, "稿"));
  EXPECT_FALSE(opens(secret, "2024-01-20"_date));
  EXPECT_FALSE(new_chapter_link(town_.ledger(), town_.id(), 2023, "duty", "2024-01-25"_date));
}

}  // namespace
}  // namespace zs::ledger
