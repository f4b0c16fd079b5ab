#include "report/annual_data.h"

#include <fmt/format.h>

#include "ledger/duties.h"
#include "ledger/records.h"
#include "paper/html.h"
#include "report/shortcomings.h"
#include "report/wording.h"

namespace zs::report {
namespace {

using Items = std::vector<std::map<std::string, std::string>>;

std::string marked(const std::string& key, const std::string& display) {
  return fmt::format("{}{}{}{}{}", kMarkOpen, key, kMarkMiddle, display, kMarkClose);
}

void put_figures(const YearData& year, paper::Data& data) {
  data.lists["partly"] = {};
  for (const ledger::FigureValue& value : year.figures) {
    data.texts[value.figure->key] = marked(value.figure->key, display(value));
    data.flags["has_" + value.figure->key] = value.evidence > 0;
    if (value.summary != 0)
      data.lists["partly"].push_back(
          {{"figure", value.figure->label}, {"share", std::to_string(value.case_by_case())}});
  }
  data.flags["any_partly"] = !data.lists["partly"].empty();
}

void put_faults(const std::vector<std::string>& faults, paper::Data& data) {
  data.flags["no_faults"] = faults.empty();
  data.flags["any_faults"] = !faults.empty();
  for (const std::string& line : faults) data.lists["faults"].push_back({{"line", line}});
}

void put_next_year(const ledger::Town& town, int year, paper::Data& data) {
  Items duties;
  for (const PlannedDuty& duty : duties_of(town, year + 1))
    duties.push_back({{"duty", duty.label}, {"lead", duty.lead}, {"by", duty.by}});
  data.flags["no_duties"] = duties.empty();
  data.lists["duties"] = std::move(duties);
}

}  // namespace

std::string without_marks(std::string text) {
  return with_marks(std::move(text), [](const std::string&, const std::string& shown) { return shown; });
}

std::string fragment_of(const std::string& markdown) {
  return with_marks(paper::html_body(markdown), [](const std::string& key, const std::string& shown) {
    return fmt::format("<a class=\"figure\" data-figure=\"{0}\" href=\"#{0}\">{1}</a>", key, shown);
  });
}

Result<YearData> data_of_year(store::Session& session, const ledger::Town& town, int year, Date today) {
  YearData made;
  made.year = year;
  ZS_TRY(made.figures, ledger::figures_of_year(session, town, year));
  ZS_TRY(const ledger::YearTrouble trouble, ledger::trouble_of_year(session, town, year, today));
  made.faults = shortcomings(town, trouble);
  ZS_TRY(const auto duties, ledger::duties_of_year(session, town, year, today));
  for (std::string& line : missed_duties(duties)) made.faults.push_back(std::move(line));
  paper::Data& data = made.data;
  data.of_items = {"line", "duty", "lead", "by", "figure", "share"};
  data.texts["town"] = town.name;
  data.texts["year"] = std::to_string(year);
  data.texts["next_year"] = std::to_string(year + 1);
  data.texts["last_year"] = std::to_string(year - 1);
  data.flags["lookback"] = true;  // {{#lookback}}…{{/lookback}}: an earlier year that is meant
  data.lists["faults"] = {};
  put_figures(made, data);
  put_faults(made.faults, data);
  put_next_year(town, year, data);
  return made;
}

}  // namespace zs::report
