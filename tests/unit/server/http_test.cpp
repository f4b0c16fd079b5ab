#include "server/http.h"

#include <gtest/gtest.h>

#include "server/session.h"

namespace zs::server {
namespace {

TEST(Target, IsDecodedIntoPathAndQuery) {
  Request request;
  ASSERT_TRUE(read_target("/api/v1/search?q=%E5%BB%BA%E6%88%BF+a&view=open", request));
  EXPECT_EQ(request.path, "/api/v1/search");
  EXPECT_EQ(request.parameter("q"), "建房 a");
  EXPECT_EQ(request.parameter("view"), "open");
  EXPECT_EQ(request.parameter("none"), "");
}

TEST(Target, IsRefusedWhereItClimbsOutOrHoldsWhatIsNoText) {
  for (const char* target : {"/desk/../data", "/desk/%2e%2e/data", "/a/..", "/a%00b", "/a%", "/a%zz", "/%c0%ae%c0%ae/x",
                             "/a//b", "/a%5c..%5cb", "relative", "", "http://host/"}) {
    Request request;
    EXPECT_FALSE(read_target(target, request)) << target;
  }
}

TEST(Cookie, IsFoundAmongOthers) {
  Request request;
  request.headers["cookie"] = "a=1; zs_session=token ; b=2; zs_sessionx=no";
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_EQ(request.cookie("b"), "2");
  EXPECT_EQ(request.cookie("c"), "");
}

TEST(Sessions, EndAfterRestAndAfterAWholeDay) {
  Sessions sessions;
  const std::string token = sessions.begin({1}, "clerk", "s-clerk", false, {0});
  EXPECT_TRUE(sessions.find(token, {kIdleMs}));
  EXPECT_FALSE(sessions.find(token, {2 * kIdleMs + 1}));
  const std::string busy = sessions.begin({1}, "clerk", "s-clerk", false, {0});
  for (std::int64_t at = 0; at <= kWholeMs; at += kIdleMs / 2) EXPECT_TRUE(sessions.find(busy, {at})) << at;
  EXPECT_FALSE(sessions.find(busy, {kWholeMs + 1}));
}

TEST(Sessions, AreNotFoundByAnythingButTheirToken) {
  Sessions sessions;
  const std::string token = sessions.begin({1}, "clerk", "s-clerk", false, {0});
  EXPECT_FALSE(sessions.find("", {0}));
  EXPECT_FALSE(sessions.find(token.substr(1), {0}));
  EXPECT_FALSE(sessions.find(sessions.of({1}, "clerk", {0}).front().id, {0}));
}

TEST(Sessions, OfAnAccountEndWhenItsPasswordChangesExceptTheOneThatChangedIt) {
  Sessions sessions;
  const std::string own = sessions.begin({1}, "clerk", "s-clerk", true, {0});
  const std::string other = sessions.begin({1}, "clerk", "s-clerk", true, {0});
  const std::string somebody = sessions.begin({1}, "head", "s-head", false, {0});
  sessions.password_changed(own);
  EXPECT_FALSE(sessions.find(own, {0})->must_change);
  EXPECT_FALSE(sessions.find(other, {0}));
  EXPECT_TRUE(sessions.find(somebody, {0}));
}

TEST(Sessions, OfOneAccountAreBounded) {
  Sessions sessions;
  const std::string first = sessions.begin({1}, "clerk", "s-clerk", false, {0});
  for (std::size_t i = 1; i <= kSessionsPerAccountMax; ++i)
    sessions.begin({1}, "clerk", "s-clerk", false, {static_cast<std::int64_t>(i)});
  EXPECT_EQ(sessions.of({1}, "clerk", {100}).size(), kSessionsPerAccountMax);
  EXPECT_FALSE(sessions.find(first, {100}));
}

}  // namespace
}  // namespace zs::server
