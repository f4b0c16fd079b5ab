#include "base/digest.h"

#include <gtest/gtest.h>

namespace zs {
namespace {

std::string hex_of(Algorithm algorithm, std::initializer_list<std::string_view> parts) {
  return hex(bytes(digest(algorithm, parts)));
}

// GB/T 32905-2016, appendix A: the two examples of the standard.
TEST(Sm3, GivesTheDigestsOfTheStandard) {
  EXPECT_EQ(hex_of(Algorithm::sm3, {"abc"}), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  EXPECT_EQ(hex_of(Algorithm::sm3, {"abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd"}),
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

// FIPS 180-4.
TEST(Sha256, GivesTheDigestOfTheStandard) {
  EXPECT_EQ(hex_of(Algorithm::sha256, {"abc"}), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, OfPartsIsTheDigestOfTheWhole) {
  EXPECT_EQ(digest(Algorithm::sm3, {"a", "", "bc"}), digest(Algorithm::sm3, {"abc"}));
}

TEST(Digest, ComesBackFromItsHexText) {
  const Digest value = digest(Algorithm::sm3, {"abc"});
  const auto raw = parse_hex(hex(bytes(value)));
  ASSERT_TRUE(raw);
  EXPECT_EQ(digest_of_bytes(*raw), value);
  for (const std::string_view wrong : {"0", "0g", "AB", "zz"}) EXPECT_FALSE(parse_hex(wrong)) << wrong;
  EXPECT_FALSE(digest_of_bytes("too short"));
}

TEST(DerivedSalt, IsTheSameForTheSameSeedAndNumberOnly) {
  EXPECT_EQ(derived_salt(Algorithm::sm3, "demo", 1), derived_salt(Algorithm::sm3, "demo", 1));
  EXPECT_NE(derived_salt(Algorithm::sm3, "demo", 1), derived_salt(Algorithm::sm3, "demo", 2));
  EXPECT_NE(derived_salt(Algorithm::sm3, "demo", 1), derived_salt(Algorithm::sm3, "test", 1));
}

TEST(RandomSalt, IsAnotherOneEachTime) {
  EXPECT_NE(random_salt(), random_salt());
}

}  // namespace
}  // namespace zs
