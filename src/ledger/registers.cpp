#include "ledger/registers.h"

#include <fmt/format.h>

#include "ledger/papers.h"

namespace zs::ledger {
namespace {

using store::Cell;
using store::ResultRow;

constexpr std::string_view kOrgs = "SELECT key,name,type,since,until FROM org WHERE town=?1 ORDER BY key";
constexpr std::string_view kStaff = "SELECT key,name,posts,unit,village FROM staff WHERE town=?1 ORDER BY key";
constexpr std::string_view kSettings = "SELECT key,value FROM setting WHERE town=?1 ORDER BY key";
constexpr std::string_view kTownEntries = "SELECT n,header,body FROM journal WHERE town=?1 AND record=0 ORDER BY n";
constexpr std::string_view kDocuments = "SELECT digest,kind,text FROM document";

std::string text_of(const rules::EntryFacts& facts, std::string_view path) {
  for (const rules::Fact& fact : facts.facts) {
    const auto* text = fact.value.as<std::string>();
    if (fact.path == path && text != nullptr) return *text;
  }
  return {};
}

Cell day_of(const rules::EntryFacts& facts, std::string_view path) {
  const auto day = parse_date(text_of(facts, path));
  return day ? Cell(std::int64_t{day->serial()}) : Cell(std::monostate{});
}

Result<> compare(store::Session& session, TownId town, std::string_view sql, std::string_view zh, std::string_view en,
                 const std::map<std::string, ResultRow>& made, std::vector<Text>& found) {
  ZS_TRY(const auto stored, session.read(sql, {town.number}));
  std::vector<ResultRow> rows;
  for (const auto& [key, row] : made) rows.push_back(row);
  if (rows == stored) return {};
  std::size_t i = 0;
  while (i < rows.size() && i < stored.size() && rows[i] == stored[i]) ++i;
  const ResultRow& first = i < rows.size() ? rows[i] : stored[i];
  const std::string& key = std::get<std::string>(first.front());
  found.push_back({fmt::format("{}登记和存证日志不符，自 {}", zh, key),
                   fmt::format("the register of {} does not match the journal, from {}", en, key)});
  return {};
}

// The years that an adopted rulebook or calendar holds: "2024 2025".
template <class Visit>
void each_year(const rules::EntryFacts& facts, Visit visit) {
  const std::string years = text_of(facts, "years");
  for (std::size_t at = 0; at < years.size(); at = std::min(years.find(' ', at), years.size() - 1) + 1) {
    visit(std::atoi(years.c_str() + at));
  }
}

}  // namespace

void apply(Registers& registers, const rules::EntryFacts& facts) {
  const std::string& key = facts.action;
  if (facts.type == "org") {
    registers.orgs[key] = {key, text_of(facts, "name"), text_of(facts, "type"), day_of(facts, "since"),
                           day_of(facts, "until")};
  } else if (facts.type == "staff") {
    registers.staff[key] = {key, text_of(facts, "name"), text_of(facts, "posts"), text_of(facts, "unit"),
                            text_of(facts, "village")};
  } else if (facts.type == "setting") {
    registers.settings[key] = {key, text_of(facts, "value")};
  } else if (facts.type == "publish") {
    const std::string name = published_key(std::atoi(text_of(facts, "year").c_str()));
    registers.settings[name] = {name, text_of(facts, "digest")};
  } else if (facts.type == "rulebook") {
    registers.settings[std::string(kRulebookSetting)] = {std::string(kRulebookSetting), text_of(facts, "digest")};
    each_year(facts, [&](int year) { registers.settings.erase(calendar_key(year)); });
    registers.settings.erase(std::string(kCalendarSetting));
  } else if (facts.type == "calendar") {
    const auto adopt = [&](const std::string& name) { registers.settings[name] = {name, text_of(facts, "digest")}; };
    each_year(facts, [&](int year) { adopt(calendar_key(year)); });
    adopt(std::string(kCalendarSetting));
  }
}

Result<std::vector<Text>> differences(store::Session& session, const Town& town, const Registers& made) {
  std::vector<Text> found;
  ZS_CHECK(compare(session, town.id, kOrgs, "机构", "orgs", made.orgs, found));
  ZS_CHECK(compare(session, town.id, kStaff, "人员", "staff", made.staff, found));
  ZS_CHECK(compare(session, town.id, kSettings, "设置", "settings", made.settings, found));
  ZS_CHECK(session.each(kDocuments, {}, [&](const ResultRow& row) {
    const std::string& digest = std::get<std::string>(row[0]);
    const std::string& text = std::get<std::string>(row[2]);
    const std::string& kind = std::get<std::string>(row[1]);
    if (kind == kErasedPaper && text.empty()) return true;
    std::string computed = hex(bytes(zs::digest(Algorithm::sm3, {text})));
    if (kind == "rulebook") {
      const auto files = unbundle(text);
      computed = files && bundle_of(*files) == text ? rulebook::digest_of(*files) : std::string();
    }
    if (computed != digest)
      found.push_back({fmt::format("文件 {} 的内容变了", digest.substr(0, 16)),
                       fmt::format("the document {} has changed", digest.substr(0, 16))});
    return true;
  }));
  return found;
}

Result<std::map<std::string, SettingEntry>> settings_entered(store::Session& session, const Town& town) {
  ZS_TRY(const auto rows, session.read(kTownEntries, {town.id.number}));
  std::map<std::string, SettingEntry> found;
  for (const ResultRow& row : rows) {
    ZS_TRY(const auto values, decode_values_unchecked(std::get<std::string>(row[2])));
    ZS_TRY(const Opened opened, open_unchecked(*town.book, std::get<std::string>(row[1]), values));
    if (opened.facts.type != "setting") continue;
    found[opened.facts.action] = {EntryNumber{std::get<std::int64_t>(row[0])}, text_of(opened.facts, "source"),
                                  opened.facts.actor, opened.facts.on};
  }
  return found;
}

}  // namespace zs::ledger
