// Registers of a town: units, people, settings enter by entries of the journal.
#include <fmt/format.h>

#include <algorithm>

#include "ledger/batch.h"

namespace zs::ledger {
namespace {

using store::Cell;

constexpr std::string_view kOrg =
    "INSERT OR REPLACE INTO org(town,key,name,type,since,until) VALUES(?1,?2,?3,?4,?5,?6)";
constexpr std::string_view kStaff =
    "INSERT OR REPLACE INTO staff(town,key,name,posts,unit,village) VALUES(?1,?2,?3,?4,?5,?6)";
constexpr std::string_view kSetting = "INSERT OR REPLACE INTO setting(town,key,value) VALUES(?1,?2,?3)";

std::string value_or(const std::map<std::string, std::string>& values, const std::string& key) {
  const auto found = values.find(key);
  return found == values.end() ? std::string() : found->second;
}

Cell day_cell(const std::string& text) {
  const auto day = parse_date(text);
  return day ? Cell(std::int64_t{day->serial()}) : Cell(std::monostate{});
}

// A setting must be one that the rulebook declares (or the home of a kind), and of the shape of its declared value.
Result<> check_setting(const rulebook::Rulebook& book, const std::string& key, const std::string& value) {
  const std::string name = key.substr(0, key.find('.'));
  if (name == "home" && book.find_kind(key.substr(std::min(key.size(), name.size() + 1))) != nullptr) return {};
  const rulebook::LocalSetting* declared = book.find_setting(name);
  if (declared == nullptr) {
    std::vector<std::string> names;
    for (const rulebook::LocalSetting& setting : book.settings) names.push_back(setting.key);
    const std::string near = rulebook::nearest(name, names);
    return bad_input(fmt::format("没有“{}”这个设置{}", key, near.empty() ? "" : fmt::format("。是不是“{}”？", near)),
                     fmt::format("there is no setting \"{}\"{}", key,
                                 near.empty() ? "" : fmt::format(". Did you mean \"{}\"?", near)));
  }
  const bool flag = declared->value == "yes" || declared->value == "no";
  if ((flag && value != "yes" && value != "no") || (parse_period(declared->value) && !parse_period(value))) {
    return bad_input(fmt::format("“{}”要写成“{}”这样的值", declared->label, declared->value),
                     fmt::format("\"{}\" takes a value like \"{}\"", key, declared->value));
  }
  return {};
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    if (blank != 0) words.emplace_back(text.substr(0, blank));
    text = blank == std::string_view::npos ? std::string_view() : text.substr(blank + 1);
  }
  return words;
}

// Posts that one person may not hold together: those that a role names, and two of the three administrators.
Result<> check_posts(const rulebook::Rulebook& book, const std::string& posts) {
  const std::vector<std::string> keys = words_of(posts);
  const rulebook::Role* administrator = nullptr;
  for (const std::string& key : keys) {
    const rulebook::Role* role = book.find_role(key);
    if (role == nullptr) continue;  // of a rulebook that is no longer in force
    const auto clash = [&](const std::string& other) {
      return std::find(keys.begin(), keys.end(), other) != keys.end();
    };
    const auto other = std::find_if(role->never_with.begin(), role->never_with.end(), clash);
    const rulebook::Role* found = other == role->never_with.end() ? nullptr : book.find_role(*other);
    if (role->administers()) {
      if (administrator != nullptr) found = administrator;
      administrator = role;
    }
    if (found != nullptr)
      return bad_input(fmt::format("“{}”和“{}”不能由同一个人担任", role->label, found->label),
                       fmt::format("one person may not be both \"{}\" and \"{}\"", role->key, found->key));
  }
  return {};
}

Result<> check(const Town& town, const Registration& registration) {
  const auto& values = registration.values;
  if (registration.type == "setting") return check_setting(*town.book, registration.key, value_or(values, "value"));
  if (registration.type == "staff") return check_posts(*town.book, value_or(values, "posts"));
  if (registration.type == "org") return {};
  return bad_input(fmt::format("没有“{}”这种登记", registration.type),
                   fmt::format("there is no register \"{}\"", registration.type));
}

void write_row(TownId town, const Registration& registration, store::WriteBatch& rows) {
  const auto& values = registration.values;
  if (registration.type == "org")
    rows.add(kOrg, {town.number, registration.key, value_or(values, "name"), value_or(values, "type"),
                    day_cell(value_or(values, "since")), day_cell(value_or(values, "until"))});
  else if (registration.type == "staff")
    rows.add(kStaff, {town.number, registration.key, value_or(values, "name"), value_or(values, "posts"),
                      value_or(values, "unit"), value_or(values, "village")});
  else
    rows.add(kSetting, {town.number, registration.key, value_or(values, "value")});
}

}  // namespace

Result<EntryNumber> Ledger::enter(const Registration& registration) {
  ZS_TRY(const Entered entered, enter(registration, false));
  return entered.n;
}

Result<Entered> Ledger::enter(const Registration& registration, bool preview) {
  const std::lock_guard lock(writer_mutex_);
  store::Session& session = database_->writer();
  ZS_CHECK(session.begin());
  const auto write = [&]() -> Result<Entered> {
    ZS_TRY(Town * town, writing(registration.town));
    ZS_TRY(const Instant at, instant_for(*town, registration.at, clock_()));
    ZS_CHECK(check(*town, registration));
    rules::EntryFacts facts;
    facts.type = registration.type;
    facts.way = "done";
    facts.actor = registration.actor;
    facts.action = registration.key;
    facts.on = civil(at, town->book->utc_offset).day();
    for (const auto& [key, value] : registration.values) facts.facts.push_back({key, value});
    Entered entered;
    Batch batch(session, *town);
    ZS_TRY(entered.n, batch.append(std::move(facts), at));
    write_row(town->id, registration, batch.rows());
    ZS_CHECK(batch.write());
    if (registration.type == "setting") {
      // Deadlines and figures that read the setting are projected again.
      const Town before = *town;
      town->settings[registration.key] = value_or(registration.values, "value");
      ZS_TRY(entered.moved, reproject(*town, before, !preview));
    }
    if (!preview) ZS_CHECK(session.commit());
    return entered;
  };
  auto written = write();
  if (!written || preview) session.rollback();
  forget(registration.town);  // the registers are read again
  return written;
}

}  // namespace zs::ledger
