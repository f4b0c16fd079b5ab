#include "ledger/town.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace zs::ledger {
namespace {

using store::Cell;
using store::ResultRow;
using store::Session;

constexpr std::string_view kHead = "SELECT n FROM town WHERE town=?1";
constexpr std::string_view kTown =
    "SELECT name,character,division,algorithm,salt_seed,n,head_bytes,at,next_record FROM town WHERE town=?1";
constexpr std::string_view kSeries = "SELECT kind,name,year,per,last FROM series WHERE town=?1";
constexpr std::string_view kStaff = "SELECT key,name,posts,unit,village FROM staff WHERE town=?1";
constexpr std::string_view kOrgs = "SELECT key,name,type,since,until FROM org WHERE town=?1";
constexpr std::string_view kSettings = "SELECT key,value FROM setting WHERE town=?1";
constexpr std::string_view kPersonKey = "SELECT bytes FROM secret WHERE town=?1 AND name='person'";
constexpr std::string_view kCalendarYear = "@calendar.";
constexpr std::string_view kDocument = "SELECT text FROM document WHERE digest=?1";

/// A clock that fell behind the journal by more than this is wrong, not merely uneven.
constexpr std::int64_t kBackwardMsMax = 5 * 60 * 1000;

const std::string& text(const Cell& cell) {
  return std::get<std::string>(cell);
}
std::int64_t number(const Cell& cell) {
  return std::get<std::int64_t>(cell);
}

std::optional<Date> day(const Cell& cell) {
  const auto* serial = std::get_if<std::int64_t>(&cell);
  return serial == nullptr ? std::nullopt : std::optional(Date::from_serial(static_cast<int>(*serial)));
}

Result<> load_registers(Session& session, Town& town) {
  const std::vector<Cell> key{town.id.number};
  ZS_CHECK(session.each(kSeries, key, [&](const ResultRow& row) {
    town.supplies.serials[{text(row[0]), text(row[1]), static_cast<int>(number(row[2])), text(row[3])}] =
        number(row[4]);
    return true;
  }));
  ZS_CHECK(session.each(kStaff, key, [&](const ResultRow& row) {
    rules::Person person{text(row[0]), text(row[1]), text(row[3]), text(row[4]), {}};
    for (std::string_view rest = text(row[2]); !rest.empty();) {
      const std::size_t space = rest.find(' ');
      person.posts.emplace_back(rest.substr(0, space));
      rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
    }
    town.staff[person.key] = std::move(person);
    return true;
  }));
  ZS_CHECK(session.each(kOrgs, key, [&](const ResultRow& row) {
    town.orgs[text(row[0])] = {text(row[0]), text(row[1]), text(row[2]), day(row[3]), day(row[4])};
    return true;
  }));
  return session.each(kSettings, key, [&](const ResultRow& row) {
    town.settings[text(row[0])] = text(row[1]);
    if (text(row[0]).starts_with("home.")) town.homes[text(row[0]).substr(5)] = text(row[1]);
    return true;
  });
}

Result<std::string> document(Session& session, const std::string& digest) {
  ZS_TRY(const auto rows, session.read(kDocument, {digest}));
  if (rows.empty()) {
    return corrupt(fmt::format("数据库里没有采用的文件 {}", digest),
                   fmt::format("the adopted document {} is missing", digest));
  }
  return text(rows.front()[0]);
}

Result<> load_book(Session& session, Town& town, Books& books) {
  const std::string& digest = town.settings[std::string(kRulebookSetting)];
  Book& kept = books[digest];
  if (!kept.book) {
    ZS_TRY(const std::string bundle, document(session, digest));
    ZS_TRY(const rulebook::Files files, unbundle(bundle));
    ZS_TRY(kept.book, rulebook::load_sound(files));
    kept.tables = std::make_shared<store::KindTables>(store::tables_of(kept.book->kinds));
  }
  town.book = kept.book;
  town.tables = kept.tables;
  return {};
}

}  // namespace

Result<std::shared_ptr<const rulebook::Rulebook>> adopted_book(Session& session, const std::string& digest) {
  ZS_TRY(const std::string bundle, document(session, digest));
  ZS_TRY(const rulebook::Files files, unbundle(bundle));
  auto book = rulebook::load_sound(files);
  return book ? *std::move(book) : std::shared_ptr<const rulebook::Rulebook>();
}

Result<> load_calendar(Session& session, Town& town) {
  town.calendar = rulebook::Calendar();
  for (const rulebook::CalendarYear& year : town.book->calendar) town.calendar.set(year);
  for (const auto& [key, digest] : town.settings) {
    if (!key.starts_with(kCalendarYear)) continue;
    ZS_TRY(const std::string yaml, document(session, digest));
    rulebook::Faults faults;
    for (rulebook::CalendarYear& year :
         rulebook::read_calendar(rulebook::read_yaml("calendar", yaml, faults), faults)) {
      if (calendar_key(year.year) == key) town.calendar.set(std::move(year));
    }
  }
  const auto adopted = town.settings.find(kCalendarSetting);
  town.calendar_digest = adopted == town.settings.end() ? town.book->digest : adopted->second;
  return {};
}

std::string calendar_key(int year) {
  return fmt::format("{}{}", kCalendarYear, year);
}

std::string published_key(int year) {
  return fmt::format("@published.{}", year);
}

std::string years_of(const std::vector<rulebook::CalendarYear>& calendar) {
  std::string years;
  for (const rulebook::CalendarYear& year : calendar) years += (years.empty() ? "" : " ") + std::to_string(year.year);
  return years;
}

Result<std::int64_t> head_of(Session& session, TownId town) {
  ZS_TRY(const auto rows, session.read(kHead, {town.number}));
  if (rows.empty())
    return not_found(fmt::format("没有第{}号镇", town.number), fmt::format("there is no town {}", town.number));
  return number(rows.front()[0]);
}

Result<Town> load_town(Session& session, TownId id, Books& books) {
  ZS_TRY(const auto rows, session.read(kTown, {id.number}));
  if (rows.empty())
    return not_found(fmt::format("没有第{}号镇", id.number), fmt::format("there is no town {}", id.number));
  const ResultRow& row = rows.front();
  Town town;
  town.id = id;
  town.name = text(row[0]);
  town.character = text(row[1]);
  town.division = text(row[2]);
  const auto algorithm = parse_algorithm(text(row[3]));
  if (!algorithm)
    return corrupt(fmt::format("镇的摘要算法“{}”不认识，请从备份恢复", text(row[3])),
                   fmt::format("the town's digest \"{}\" is unknown: restore from a backup", text(row[3])));
  town.algorithm = *algorithm;
  if (const auto* seed = std::get_if<std::string>(&row[4])) town.salt_seed = *seed;
  town.n = number(row[5]);
  ZS_TRY(town.frontier, Frontier::parse(town.algorithm, std::get<store::Blob>(row[6]).bytes));
  town.at = Instant{number(row[7])};
  town.supplies.next_record = number(row[8]);
  ZS_TRY(const auto key, session.read(kPersonKey, {id.number}));
  if (!key.empty()) town.person_key = std::get<store::Blob>(key.front()[0]).bytes;
  ZS_CHECK(load_registers(session, town));
  ZS_CHECK(load_book(session, town, books));
  ZS_CHECK(load_calendar(session, town));
  return town;
}

Result<Instant> instant_for(const Town& town, std::optional<Instant> given, Instant now) {
  const Instant wanted = given.value_or(now);
  if (wanted >= town.at) return wanted;
  if (!given && town.at.utc_ms - wanted.utc_ms <= kBackwardMsMax) return town.at;
  return conflict(
      fmt::format("时钟早于上一条记录（{}），先校准服务器时间", civil(town.at, town.book->utc_offset).text()),
      fmt::format("the clock is behind the last entry ({}): set the server's time right",
                  civil(town.at, town.book->utc_offset).text()));
}

std::string bundle_of(const rulebook::Files& files) {
  nlohmann::json bundle = nlohmann::json::object();
  for (const auto& [name, content] : files) bundle[name] = content;
  return bundle.dump();
}

Result<rulebook::Files> unbundle(std::string_view text) {
  const auto bundle = nlohmann::json::parse(text, nullptr, false);
  if (!bundle.is_object()) return corrupt("采用的规则书读不出来", "the adopted rulebook cannot be read");
  rulebook::Files files;
  for (const auto& [name, content] : bundle.items()) {
    if (content.is_string()) files[name] = content.get<std::string>();
  }
  return files;
}

}  // namespace zs::ledger
