#include "ledger/told.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/seal.h"

namespace zs::ledger {
namespace {

constexpr std::string_view kOne = "SELECT staff,mail,way,feed IS NOT NULL FROM told WHERE town=?1 AND staff=?2";
constexpr std::string_view kAll = "SELECT staff,mail,way,feed IS NOT NULL FROM told WHERE town=?1 ORDER BY staff";
constexpr std::string_view kPut =
    "INSERT INTO told(town,staff,mail,way) VALUES(?1,?2,?3,?4) "
    "ON CONFLICT(town,staff) DO UPDATE SET mail=?3,way=?4";
constexpr std::string_view kFeed =
    "INSERT INTO told(town,staff,mail,way,feed) VALUES(?1,?2,'','none',?3) "
    "ON CONFLICT(town,staff) DO UPDATE SET feed=?3";
constexpr std::string_view kEndFeed = "UPDATE told SET feed=NULL WHERE town=?1 AND staff=?2";
constexpr std::string_view kOfFeed = "SELECT staff FROM told WHERE town=?1 AND feed=?2";
constexpr std::array<std::string_view, 3> kWays{"none", "daily", "each"};
constexpr std::size_t kMailMax = 254;

Told told_of(const store::ResultRow& row) {
  return {std::get<std::string>(row[0]), std::get<std::string>(row[1]),
          parse_way(std::get<std::string>(row[2])).value_or(Told::Way::none), std::get<std::int64_t>(row[3]) != 0};
}

// One @ with something on both sides, and nothing in it that could begin another header or recipient.
bool is_mail(std::string_view text) {
  const std::size_t at = text.find('@');
  const auto plain = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7f && std::string_view("<>(),;:\\\"[]").find(c) == std::string_view::npos;
  };
  return text.size() <= kMailMax && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos && std::all_of(text.begin(), text.end(), plain);
}

store::Blob digest_of_secret(const std::string& secret) {
  const Digest made = digest(Algorithm::sm3, {"calendar", secret});
  return {std::string(bytes(made))};
}

}  // namespace

std::string_view name_of(Told::Way way) {
  return kWays[static_cast<std::size_t>(way)];
}

std::optional<Told::Way> parse_way(std::string_view text) {
  const auto* const found = std::find(kWays.begin(), kWays.end(), text);
  if (found == kWays.end()) return std::nullopt;
  return static_cast<Told::Way>(found - kWays.begin());
}

Result<Told> told(Ledger& ledger, TownId town, const std::string& staff) {
  ZS_TRY(auto lease, ledger.database().reader());
  ZS_TRY(const auto rows, lease->read(kOne, {town.number, staff}));
  if (rows.empty()) return Told{staff, "", Told::Way::none, false};
  return told_of(rows.front());
}

Result<std::vector<Told>> told(store::Session& session, TownId town) {
  ZS_TRY(const auto rows, session.read(kAll, {town.number}));
  std::vector<Told> all;
  for (const store::ResultRow& row : rows) all.push_back(told_of(row));
  return all;
}

Result<> change_told(Ledger& ledger, TownId town, const std::string& staff, const std::string& mail, Told::Way way) {
  if (mail.empty() && way != Told::Way::none)
    return bad_input("要用邮件提醒，先写邮箱地址", "to be told by mail, give an address");
  if (!mail.empty() && !is_mail(mail))
    return bad_input("邮箱地址写成 name@example.cn", "a mail address is written name@example.cn");
  store::WriteBatch rows;
  rows.add(kPut, {town.number, staff, mail, std::string(name_of(way))});
  return ledger.write_aside(rows);
}

Result<std::string> new_feed(Ledger& ledger, TownId town, const std::string& staff) {
  std::string secret = random_token();
  store::WriteBatch rows;
  rows.add(kFeed, {town.number, staff, digest_of_secret(secret)});
  ZS_CHECK(ledger.write_aside(rows));
  return secret;
}

Result<> end_feed(Ledger& ledger, TownId town, const std::string& staff) {
  store::WriteBatch rows;
  rows.add(kEndFeed, {town.number, staff});
  return ledger.write_aside(rows);
}

Result<std::optional<std::string>> staff_of_feed(Ledger& ledger, TownId town, const std::string& secret) {
  ZS_TRY(auto lease, ledger.database().reader());
  ZS_TRY(const auto rows, lease->read(kOfFeed, {town.number, digest_of_secret(secret)}));
  if (rows.empty()) return std::optional<std::string>();
  return std::optional(std::get<std::string>(rows.front()[0]));
}

}  // namespace zs::ledger
