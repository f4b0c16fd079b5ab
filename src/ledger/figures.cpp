#include "ledger/figures.h"

#include <fmt/format.h>

#include <charconv>
#include <set>

namespace zs::ledger {
namespace {

using rulebook::Figure;
using store::Cell;
using store::ResultRow;
using store::Session;

// Flows: the whole year from year tallies; a part of it from whole months and the days of the last.
constexpr std::string_view kYear =
    "SELECT figure,SUM(value),SUM(n),SUM(summary) FROM tally_year WHERE town=?1 AND year=?2 GROUP BY figure";
constexpr std::string_view kMonths =
    "SELECT SUM(value),SUM(n),SUM(summary) FROM tally WHERE town=?1 AND figure=?2 AND month>=?3 AND month<?4";
constexpr std::string_view kDays =
    "SELECT SUM(value),COUNT(*),SUM(CASE WHEN summary<>0 THEN value ELSE 0 END) FROM evidence "
    "WHERE town=?1 AND figure=?2 AND day>=?3 AND day<=?4";
// Stocks: everything up to the day, by village for coverages.
constexpr std::string_view kStockYears =
    "SELECT village,SUM(value),SUM(n),SUM(summary) FROM tally_year WHERE town=?1 AND year<?2 AND figure=?3 GROUP BY "
    "village";
constexpr std::string_view kStockMonths =
    "SELECT village,SUM(value),SUM(n),SUM(summary) FROM tally WHERE town=?1 AND figure=?2 AND month>=?3 AND month<?4 "
    "GROUP BY village";
constexpr std::string_view kStockDays =
    "SELECT village,SUM(value),COUNT(*),SUM(CASE WHEN summary<>0 THEN value ELSE 0 END) FROM evidence "
    "WHERE town=?1 AND figure=?2 AND day>=?3 AND day<=?4 GROUP BY village";
constexpr std::string_view kLines =
    "SELECT e.record,r.kind,r.number,r.title,r.state,e.number,e.edge,e.day,e.unit,e.village,e.value,e.summary "
    "FROM evidence e JOIN record r ON r.town=e.town AND r.id=e.record "
    "WHERE e.town=?1 AND e.figure=?2 AND e.day>=?3 AND e.day<=?4 ORDER BY e.day,e.record,e.number,e.edge";
constexpr std::string_view kYears = "SELECT DISTINCT year FROM tally_year WHERE town=?1 AND n>0 ORDER BY year";
constexpr std::string_view kByMonth =
    "SELECT month,SUM(value) FROM tally WHERE town=?1 AND figure=?2 AND month BETWEEN ?3 AND ?4 GROUP BY month";
constexpr std::string_view kUncounted =
    "SELECT id,kind,number,uncounted FROM record WHERE town=?1 AND uncounted<>'' AND voided=0 ORDER BY id";

std::int64_t number(const Cell& cell) {
  const auto* found = std::get_if<std::int64_t>(&cell);
  return found == nullptr ? 0 : *found;
}
const std::string& text(const Cell& cell) {
  return std::get<std::string>(cell);
}

struct Sum {
  std::int64_t value = 0, n = 0, summary = 0;
  void add(const ResultRow& row, std::size_t from) {
    value += number(row[from]);
    n += number(row[from + 1]);
    summary += number(row[from + 2]);
  }
};

std::int64_t month_of(Date day) {
  return day.year() * 100 + static_cast<int>(day.month());
}
Date first_of_month(Date day) {
  return Date(day.year(), day.month(), 1);
}

// Reads one year of a town; flows of the whole year come from one statement.
class YearReader {
 public:
  YearReader(Session& session, const Town& town, int year, std::optional<Date> as_of)
      : session_(session),
        town_(town),
        year_(year),
        last_(std::min(as_of.value_or(Date(year, 12, 31)), Date(year, 12, 31))),
        whole_(last_ == Date(year, 12, 31)) {}

  Result<std::vector<FigureValue>> run() {
    if (whole_) {
      ZS_CHECK(session_.each(kYear, {town_.id.number, std::int64_t{year_}}, [&](const ResultRow& row) {
        flows_[text(row[0])].add(row, 1);
        return true;
      }));
    }
    std::vector<FigureValue> values;
    for (const Figure& figure : town_.book->figures) {
      ZS_TRY(FigureValue value, read(figure));
      values.push_back(value);
    }
    return values;
  }

 private:
  Result<FigureValue> read(const Figure& figure) {
    FigureValue value;
    value.figure = &figure;
    switch (figure.form) {
      case Figure::Form::counts:
      case Figure::Form::sums: {
        ZS_TRY(const Sum sum, flow(figure.key));
        return take(value, sum);
      }
      case Figure::Form::stock: {
        ZS_TRY(const auto by_village, stock(figure.key));
        Sum sum;
        for (const auto& [village, part] : by_village) {
          sum.value += part.value;
          sum.n += part.n;
          sum.summary += part.summary;
        }
        return take(value, sum);
      }
      case Figure::Form::ratio: {
        ZS_TRY(const Sum over, flow(figure.over));
        ZS_TRY(const Sum under, flow(figure.under));
        value.over = over.value;
        value.under = under.value;
        value.evidence = over.n + under.n;
        value.summary = over.summary + under.summary;
        value.support_base = over.value + under.value;
        return value;
      }
      case Figure::Form::total: {
        Sum sum;
        for (const std::string& part : figure.parts) {
          ZS_TRY(const Sum more, flow(part));
          sum.value += more.value;
          sum.n += more.n;
          sum.summary += more.summary;
        }
        return take(value, sum);
      }
      case Figure::Form::coverage: return coverage(figure);
      case Figure::Form::shows: return shown(figure);
    }
    return value;
  }

  static FigureValue take(FigureValue value, const Sum& sum) {
    value.value = sum.value;
    value.evidence = sum.n;
    value.summary = sum.summary;
    value.support_base = sum.value;
    return value;
  }

  Result<Sum> flow(const std::string& key) {
    if (whole_) {
      const auto found = flows_.find(key);
      return found == flows_.end() ? Sum{} : found->second;
    }
    Sum sum;
    const Date month = first_of_month(last_);
    ZS_TRY(const auto months,
           session_.read(kMonths, {town_.id.number, key, std::int64_t{year_ * 100 + 1}, month_of(month)}));
    ZS_TRY(const auto days,
           session_.read(kDays, {town_.id.number, key, std::int64_t{month.serial()}, std::int64_t{last_.serial()}}));
    sum.add(months.front(), 0);
    sum.add(days.front(), 0);
    return sum;
  }

  Result<std::map<std::string, Sum>> stock(const std::string& key) {
    std::map<std::string, Sum> by_village;
    const auto add = [&](const ResultRow& row) {
      by_village[text(row[0])].add(row, 1);
      return true;
    };
    if (whole_) {
      ZS_CHECK(session_.each(kStockYears, {town_.id.number, std::int64_t{year_ + 1}, key}, add));
      return by_village;
    }
    const Date month = first_of_month(last_);
    ZS_CHECK(session_.each(kStockYears, {town_.id.number, std::int64_t{year_}, key}, add));
    ZS_CHECK(session_.each(kStockMonths, {town_.id.number, key, std::int64_t{year_ * 100 + 1}, month_of(month)}, add));
    ZS_CHECK(session_.each(kStockDays,
                           {town_.id.number, key, std::int64_t{month.serial()}, std::int64_t{last_.serial()}}, add));
    return by_village;
  }

  // Of the orgs of these types on the roll of that day, how many have reached the number.
  Result<FigureValue> coverage(const Figure& figure) {
    FigureValue value;
    value.figure = &figure;
    ZS_TRY(const auto by_village, stock(figure.of_figure));
    std::int64_t reaches = figure.reaches;
    if (!figure.reaches_setting.empty()) {
      const std::string setting = town_.in_force().setting(figure.reaches_setting);
      std::from_chars(setting.data(), setting.data() + setting.size(), reaches);
    }
    for (const auto& [key, org] : town_.orgs) {
      const bool asked =
          std::find(figure.org_types.begin(), figure.org_types.end(), org.type) != figure.org_types.end();
      const bool there = (!org.since || *org.since <= last_) && (!org.until || last_ <= *org.until);
      if (!asked || !there) continue;
      ++value.under;
      const auto found = by_village.find(key);
      if (found != by_village.end() && found->second.value >= reaches) ++value.over;
    }
    for (const auto& [village, sum] : by_village) {
      value.evidence += sum.n;
      value.summary += sum.summary;
      value.support_base += sum.value;
    }
    return value;
  }

  FigureValue shown(const Figure& figure) {
    FigureValue value;
    value.figure = &figure;
    const std::string setting = town_.in_force().setting(figure.setting);
    const auto [end, error] = std::from_chars(setting.data(), setting.data() + setting.size(), value.value);
    value.known = error == std::errc{} && !setting.empty();
    return value;
  }

  Session& session_;
  const Town& town_;
  int year_;
  Date last_;
  bool whole_;
  std::map<std::string, Sum> flows_;
};

Result<> read_lines(Session& session, const Town& town, const Figure& figure, Date from, Date until,
                    const std::string& part, std::vector<EvidenceLine>& lines) {
  return session.each(kLines, {town.id.number, figure.key, std::int64_t{from.serial()}, std::int64_t{until.serial()}},
                      [&](const ResultRow& row) {
                        EvidenceLine line;
                        line.record = RecordId{number(row[0])};
                        line.kind = text(row[1]);
                        line.number = text(row[2]);
                        line.title = text(row[3]);
                        line.state = text(row[4]);
                        line.row = number(row[5]);
                        line.edge = static_cast<int>(number(row[6]));
                        line.day = Date::from_serial(static_cast<int>(number(row[7])));
                        line.unit = text(row[8]);
                        line.village = text(row[9]);
                        line.value = number(row[10]);
                        line.summary = number(row[11]) != 0;
                        line.part = part;
                        lines.push_back(std::move(line));
                        return true;
                      });
}

}  // namespace

int FigureValue::case_by_case() const {
  if (summary == 0 || support_base == 0) return 100;
  return static_cast<int>((support_base - summary) * 100 / support_base);
}

Result<std::vector<FigureValue>> figures_of_year(Session& session, const Town& town, int year,
                                                 std::optional<Date> as_of) {
  return YearReader(session, town, year, as_of).run();
}

Result<std::vector<EvidenceLine>> evidence_of_year(Session& session, const Town& town, std::string_view key, int year,
                                                   std::optional<Date> as_of) {
  const Figure* figure = town.book->find_figure(key);
  if (figure == nullptr) {
    std::vector<std::string> names;
    for (const Figure& candidate : town.book->figures) names.push_back(candidate.key);
    const std::string near = rulebook::nearest(key, names);
    return not_found(fmt::format("没有“{}”这个指标{}", key, near.empty() ? "" : fmt::format("。是不是“{}”？", near)),
                     fmt::format("there is no figure \"{}\"{}", key,
                                 near.empty() ? "" : fmt::format(". Did you mean \"{}\"?", near)));
  }
  const Date until = std::min(as_of.value_or(Date(year, 12, 31)), Date(year, 12, 31));
  const Date from(year, 1, 1);
  const Date beginning(1900, 1, 1);
  std::vector<EvidenceLine> lines;
  if (figure->form == Figure::Form::ratio || figure->form == Figure::Form::total) {
    const bool ratio = figure->form == Figure::Form::ratio;
    for (const std::string& part : ratio ? std::vector{figure->over, figure->under} : figure->parts) {
      ZS_CHECK(read_lines(session, town, *town.book->find_figure(part), from, until, part, lines));
    }
  } else if (figure->form == Figure::Form::coverage) {
    ZS_CHECK(read_lines(session, town, *town.book->find_figure(figure->of_figure), beginning, until, figure->of_figure,
                        lines));
  } else if (figure->base()) {
    ZS_CHECK(
        read_lines(session, town, *figure, figure->form == Figure::Form::stock ? beginning : from, until, "", lines));
  }
  return lines;
}

Result<std::vector<int>> years_with_figures(Session& session, const Town& town) {
  std::vector<int> years;
  ZS_CHECK(session.each(kYears, {town.id.number}, [&](const ResultRow& row) {
    years.push_back(static_cast<int>(number(row[0])));
    return true;
  }));
  return years;
}

Result<std::vector<std::int64_t>> months_of_figure(Session& session, const Town& town, std::string_view figure,
                                                   int year) {
  std::vector<std::int64_t> months(12, 0);
  const std::int64_t base = std::int64_t{year} * 100;
  const Figure* known = town.book->find_figure(figure);
  const bool total = known != nullptr && known->form == Figure::Form::total;
  for (const std::string& part : total ? known->parts : std::vector{std::string(figure)}) {
    ZS_CHECK(session.each(kByMonth, {town.id.number, part, base + 1, base + 12}, [&](const ResultRow& row) {
      months.at(static_cast<std::size_t>(number(row[0]) - base - 1)) += number(row[1]);
      return true;
    }));
  }
  return months;
}

Result<std::vector<Uncounted>> uncounted(Session& session, const Town& town) {
  std::vector<Uncounted> found;
  ZS_CHECK(session.each(kUncounted, {town.id.number}, [&](const ResultRow& row) {
    found.push_back({RecordId{number(row[0])}, text(row[1]), text(row[2]), text(row[3])});
    return true;
  }));
  return found;
}

}  // namespace zs::ledger
