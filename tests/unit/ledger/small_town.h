// A town with a small rulebook of its own, made up for tests: two kinds, each form of figure, a clock that tests set.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "unit/temp_folder.h"

namespace zs::ledger {

/// The files of the small rulebook. `answer_within` is the number of its main rule; `more` adds a new state, a new
/// field and a new figure, retires a state, and renames a label: what a later version may do.
rulebook::Files small_rulebook(const std::string& answer_within = "20 workdays", bool more = false);

/// A calendar file for one year with these days off.
std::string calendar_of(int year, const std::vector<std::string>& off);

class SmallTown {
 public:
  /// The clock of the town stands at nine in the morning of `day`.
  explicit SmallTown(const std::string& name, const rulebook::Files& files = small_rulebook(),
                     Date day = "2024-03-01"_date);

  /// Closes the ledger and opens it again.
  void reopen(store::Mode mode = store::Mode::existing, store::OpenOptions database = {});
  /// Opens it again with a printer of papers.
  void prints(PrintPaper print);
  const Town& town();
  Date today();
  void set_day(Date day);
  void wait_ms(std::int64_t ms) { now_.utc_ms += ms; }

  /// A change of `actor` s-clerk from JSON.
  Result<rules::Change> change(nlohmann::json json);
  Result<Answer> commit(nlohmann::json json);
  /// As commit(); the test fails unless it is accepted.
  Receipt accepted(const nlohmann::json& json);
  /// As commit(); the test fails unless it is refused. Kind and name of each reason, in order.
  std::vector<std::string> refused(const nlohmann::json& json);
  /// A matter received on a day, open, in v-1.
  Receipt create(Date received_on, const nlohmann::json& values = nlohmann::json::object());
  void enter(const std::string& type, const std::string& key, const std::map<std::string, std::string>& values);

  /// The differences that verify finds, as text; empty when it is good.
  std::string verified();
  /// Every row of every table as text, the journal and what the database keeps for itself left out.
  std::string projections();
  /// Rows of a query.
  std::vector<store::ResultRow> rows(const std::string& sql, const std::vector<store::Cell>& parameters = {});
  std::int64_t number(const std::string& sql, const std::vector<store::Cell>& parameters = {});
  void run_sql(const std::string& sql, const std::vector<store::Cell>& parameters = {});
  /// The value of a base figure in a year.
  std::int64_t figure(const std::string& key, int year, std::optional<Date> as_of = {});

  std::filesystem::path file() const { return folder_.path() / "zhunsheng.db"; }
  std::filesystem::path folder() const { return folder_.path(); }
  Ledger& ledger() { return *ledger_; }
  TownId id() const { return id_; }

 private:
  TempFolder folder_;
  Instant now_;
  PrintPaper print_;
  std::unique_ptr<Ledger> ledger_;
  TownId id_;
};

}  // namespace zs::ledger
