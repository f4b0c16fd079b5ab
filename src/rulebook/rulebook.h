// The rulebook: the law as data, whole and immutable once loaded.
//
// Shared by readers through std::shared_ptr<const Rulebook>: a town may adopt another while they still read.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/moment.h"
#include "base/result.h"
#include "rulebook/calendar.h"
#include "rulebook/figure.h"
#include "rulebook/form.h"
#include "rulebook/kind.h"
#include "rulebook/law.h"
#include "rulebook/report_list.h"
#include "rulebook/role.h"
#include "rulebook/self_check.h"

namespace zs::rulebook {

/// The files of a rulebook by their path inside it: "kinds/petition.yaml" → text. What a town adopts and keeps.
using Files = std::map<std::string, std::string>;

class Rulebook {
 public:
  std::string name, version;
  UtcOffset utc_offset{480};
  std::vector<std::pair<std::string, std::string>> parts;  ///< key, label, in order
  std::vector<Notice> notices;
  std::vector<Rule> rules;
  std::vector<Kind> kinds;      ///< by key
  std::vector<Figure> figures;  ///< as written
  std::vector<Duty> duties;
  std::vector<Role> roles;
  std::vector<LocalSetting> settings;
  std::vector<Form> forms;
  std::vector<SelfCheck> checks;  ///< as written
  std::vector<CalendarYear> calendar;
  std::map<std::string, std::vector<Option>> lists;
  /// Other names that old ledgers use (synonyms.yaml): a kind's key or "all" → a path of it → names. A path is a field,
  /// a number series, "state" or "state.closed", an option "channel.visit", a part "petitioner.phone", a column.
  std::map<std::string, std::map<std::string, std::vector<std::string>>> synonyms;
  std::map<std::string, std::map<std::string, std::string>> english;  ///< section → key → name
  std::string report_template;                                        ///< report/annual.md
  std::vector<ReportList> report_lists;                               ///< as written
  Files files;
  std::string digest;  ///< SM3 of the files, hex

  const Kind* find_kind(std::string_view key) const;
  const Rule* find_rule(std::string_view id) const;
  const Figure* find_figure(std::string_view key) const;
  const Role* find_role(std::string_view key) const;
  const LocalSetting* find_setting(std::string_view key) const;
  const Form* find_form(std::string_view key) const;
  const SelfCheck* find_check(std::string_view key) const;
  /// The figures that read records of a kind.
  std::vector<const Figure*> figures_of(std::string_view kind) const;
  /// Builds the look-ups; called once by the loader.
  void index();

 private:
  Index kind_index_, rule_index_, figure_index_, role_index_, setting_index_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> figures_by_kind_;
};

/// The key of the built-in kind for numbers without a ledger (汇总件), and the kind itself.
inline constexpr std::string_view kSummaryKind = "summary";
Kind summary_kind(const std::string& part, const std::vector<Figure>& figures);

/// The names that every kind has without declaring them.
const std::vector<Field>& shared_fields();
const Field* find_shared_field(std::string_view key);

/// The digest that names a rulebook: SM3 of its files, in hex.
std::string digest_of(const Files& files);

/// Reads the files of a folder; errors: the folder or a file cannot be read.
Result<Files> read_files(const std::filesystem::path& folder);

/// Loads and checks: every fault of every file is in `faults`; the rulebook is usable only if there are none.
std::shared_ptr<const Rulebook> load(const Files& files, Faults& faults);

/// load(), with the faults as one Error.
Result<std::shared_ptr<const Rulebook>> load_sound(const Files& files);

}  // namespace zs::rulebook
