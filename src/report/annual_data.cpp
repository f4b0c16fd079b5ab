#include "report/annual_data.h"

#include <fmt/format.h>

#include "ledger/duties.h"
#include "ledger/records.h"
#include "report/shortcomings.h"
#include "report/wording.h"

namespace zs::report {
namespace {

using Items = std::vector<std::map<std::string, std::string>>;

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

// What last year's report arranged for this year, each with how it stands; the count opens to what counts.
void put_arranged(const std::vector<ledger::DutyLine>& duties, paper::Data& data) {
  auto& items = data.lists["arranged"];
  for (const ledger::DutyLine& line : duties) {
    const auto opens = [&](std::int64_t count) { return marked(line.duty->figure, std::to_string(count)); };
    const std::string got = line.windows > 1 ? fmt::format("{}期中{}期做到", line.windows, opens(line.reached))
                                             : fmt::format("应不少于{}，实际{}", line.wanted, opens(line.value));
    items.push_back({{"arranged_duty", line.duty->label},
                     {"arranged_lead", line.duty->lead},
                     {"arranged_stands", std::string(rules::chinese_of(line.state))},
                     {"arranged_got", got}});
  }
  data.flags["any_arranged"] = !items.empty();
}

}  // namespace

Result<YearData> data_of_year(store::Session& session, const ledger::Town& town, int year, Date today) {
  YearData made;
  made.year = year;
  ZS_TRY(made.figures, ledger::figures_of_year(session, town, year));
  ZS_TRY(const ledger::YearTrouble trouble, ledger::trouble_of_year(session, town, year, today));
  made.faults = shortcomings(town, trouble);
  ZS_TRY(const auto duties, ledger::duties_of_year(session, town, year, today));
  for (std::string& line : missed_duties(duties)) made.faults.push_back(std::move(line));
  paper::Data& data = made.data;
  data.of_items = {"line",          "duty",          "lead",            "by",          "figure", "share",
                   "arranged_duty", "arranged_lead", "arranged_stands", "arranged_got"};
  data.texts["town"] = town.name;
  data.texts["year"] = std::to_string(year);
  data.texts["next_year"] = std::to_string(year + 1);
  data.texts["last_year"] = std::to_string(year - 1);
  data.flags["lookback"] = true;  // {{#lookback}}…{{/lookback}}: an earlier year that is meant
  data.lists["faults"] = {};
  put_figures(made, data);
  put_faults(made.faults, data);
  put_arranged(duties, data);
  put_next_year(town, year, data);
  ZS_TRY(made.picks, put_lists(session, town, year, today, data));
  return made;
}

}  // namespace zs::report
