#include "rulebook/law_library.h"

#include <gmock/gmock.h>

#include <fstream>

#include "unit/temp_folder.h"

namespace zs::rulebook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kText = R"(# 某某条例

2020年1月1日 某某通过

<!-- INFO END -->

## 第一章 总则

第一条 为了试验，制定本条例。

### 第一节 期限

第二条　应当自收到之日起15日内答复。

第十条规定的情形除外。

第二条之一 延长不得超过30日：

（一）情况复杂的；

## 第二章 附则

第三条 第二条所称的日，是日历日。
)";

TEST(ReadLaw, TakesATextApartIntoItsArticles) {
  const LawText law = read_law("某某条例", kText);
  EXPECT_EQ(law.title, "某某条例");
  EXPECT_EQ(law.opening, "2020年1月1日 某某通过");
  std::vector<std::string> names;
  for (const Article& each : law.articles) names.push_back(each.name);
  ASSERT_THAT(names, ElementsAre("第一条", "第二条", "第二条之一", "第三条"));
  EXPECT_EQ(law.articles[0].heading, "第一章 总则");
  EXPECT_EQ(law.articles[1].heading, "第一章 总则 第一节 期限");
  // A line that only speaks of an article belongs to the one before.
  EXPECT_EQ(law.articles[1].text, "第二条　应当自收到之日起15日内答复。\n第十条规定的情形除外。");
  EXPECT_EQ(law.articles[2].text, "第二条之一 延长不得超过30日：\n（一）情况复杂的；");
  EXPECT_EQ(law.articles[3].heading, "第二章 附则");
  EXPECT_EQ(law.find_article("第二条之一"), &law.articles[2]);
  EXPECT_EQ(law.find_article("第九条"), nullptr);
}

TEST(ReadLaw, NumbersTheItemsOfATextThatHasNoArticles) {
  const LawText law =
      read_law("某某规定", "# 某某规定\n\n一、印章由本机关保管。\n\n直径4.2厘米。\n\n十二、自发布之日起施行。\n");
  ASSERT_EQ(law.articles.size(), 2U);
  EXPECT_EQ(law.articles[0].name, "第一条");
  EXPECT_EQ(law.articles[0].text, "一、印章由本机关保管。\n直径4.2厘米。");
  EXPECT_EQ(law.articles[1].name, "第十二条");
}

TEST(ReadLaw, OfAnyTextMakesSomeLaw) {
  EXPECT_EQ(read_law("空", "").title, "空");
  EXPECT_TRUE(read_law("空", "").articles.empty());
  EXPECT_TRUE(read_law("第", "第\n第一\n#\n####\n第条\n第一条之").articles.empty());
}

TEST(LawName, SaysTheVersionAndLeavesDocumentNumbersBare) {
  EXPECT_EQ(law_name("信访条例@2005-01-10"), "《信访条例（2005-01-10版）》");
  EXPECT_EQ(law_name("国办发〔2024〕54号"), "国办发〔2024〕54号");
}

class Folder : public testing::Test {
 protected:
  Folder() : folder_("laws") {
    put("某某条例.md", kText);
    put("另一条例@2005-01-10.md", "第一条 答复应当书面。\n");
    put("readme.txt", "no law");
  }
  void put(const std::string& name, std::string_view text) const {
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
  }
  LawLibrary loaded() const { return *LawLibrary::load(folder_.path()); }
  TempFolder folder_;
};

TEST_F(Folder, IsReadByTheNamesThatRulesCite) {
  const LawLibrary laws = loaded();
  EXPECT_EQ(laws.laws().size(), 2U);
  ASSERT_NE(laws.find("另一条例@2005-01-10"), nullptr);
  EXPECT_EQ(laws.find("另一条例"), nullptr);
}

TEST_F(Folder, IsSearchedByAllWords) {
  const LawLibrary laws = loaded();
  const auto one = laws.search("答复", 10);
  ASSERT_EQ(one.total, 2U);
  EXPECT_THAT(one.hits[0].excerpt, HasSubstr("答复"));
  EXPECT_EQ(laws.search("答复　某某条例", 10).total, 1U) << "a word may be the law's title";
  EXPECT_EQ(laws.search("答复 不在里面", 10).total, 0U);
  EXPECT_EQ(laws.search("第二条", 10).total, 1U) << "the article itself, not those that speak of it";
  EXPECT_EQ(laws.search("某某条例", 10).total, 4U) << "a whole title: all its articles";
  EXPECT_EQ(laws.search("条例", 10).total, 1U) << "a part of a title alone finds only what says so";
  EXPECT_EQ(laws.search(" 　", 10).total, 0U);
  const auto cut = laws.search("某某条例", 2);
  EXPECT_EQ(cut.hits.size(), 2U);
  EXPECT_EQ(cut.total, 4U);
}

TEST_F(Folder, AnExcerptIsCutBetweenCharacters) {
  std::string text = "第一条 ";
  for (int i = 0; i < 200; ++i) text += "长";
  text += "针";
  for (int i = 0; i < 200; ++i) text += "长";
  put("长法.md", text);
  const auto found = loaded().search("针", 1);
  ASSERT_EQ(found.total, 1U);
  EXPECT_THAT(found.hits[0].excerpt, testing::StartsWith("…长"));
  EXPECT_THAT(found.hits[0].excerpt, HasSubstr("针"));
  EXPECT_THAT(found.hits[0].excerpt, testing::EndsWith("长…"));
}

TEST_F(Folder, SaysWhatCannotBeRead) {
  EXPECT_EQ(LawLibrary::load(folder_.path() / "none").error().kind, ErrorKind::not_found);
  put("坏.md", "第一条 \xC4\xE3\xBA\xC3");
  const auto broken = LawLibrary::load(folder_.path());
  ASSERT_FALSE(broken);
  EXPECT_THAT(broken.error().text.zh, HasSubstr("坏.md"));
}

}  // namespace
}  // namespace zs::rulebook
