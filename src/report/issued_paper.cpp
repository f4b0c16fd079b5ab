#include "report/issued_paper.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/money.h"
#include "ledger/shown.h"
#include "paper/html.h"
#include "paper/template.h"
#include "rulebook/field_value.h"
#include "rules/view.h"

namespace zs::report {
namespace {

using ledger::Town;
using rulebook::Field;

// What values are written with.
struct Writer {
  const Town& town;
  const ledger::NameLink& name;
};

// 2000元, 2000.50元.
std::string yuan(std::int64_t fen) {
  std::string text = Fen{fen}.text();
  if (text.ends_with(".00")) text.resize(text.size() - 3);
  return text + "元";
}

// A day as a paper writes it: 2024年5月10日; a linked record by its number and title.
std::string on_paper(const Writer& writer, const Field& field, const Value& value) {
  if (const auto* link = value.as<Link>()) return writer.name(*link);
  if (const auto* links = value.as<std::vector<Link>>()) {
    std::string names;
    for (const Link& link : *links) names += (names.empty() ? "" : "、") + writer.name(link);
    return names;
  }
  if (const auto* day = value.as<Date>()) return day->chinese();
  if (const auto* moment = value.as<Moment>()) return moment->day().chinese() + moment->text().substr(11);
  if (field.type == rulebook::Type::files) return {};
  const auto* number = value.as<std::int64_t>();
  if (number != nullptr && field.type == rulebook::Type::money) return yuan(*number);
  const auto* party = value.as<Party>();
  if (party != nullptr && party->contains("name")) return party->at("name");
  return ledger::shown(writer.town, field, value);
}

// Where the names of one field's values go: texts where there is one, flags for sections.
struct Names {
  std::map<std::string, std::string>& texts;
  std::map<std::string, bool>& flags;

  void put(const std::string& name, std::string text) {
    if (text.empty())
      flags[name] = false;
    else
      texts[name] = std::move(text);
  }
};

bool chooses(const Value& value, const std::string& option) {
  const auto* one = value.as<std::string>();
  if (one != nullptr) return *one == option;
  const auto* many = value.as<std::vector<std::string>>();
  return many != nullptr && std::find(many->begin(), many->end(), option) != many->end();
}

bool is_party_part(std::string_view key) {
  const auto parts = rulebook::party_parts();
  return std::any_of(parts.begin(), parts.end(), [&](const rulebook::PartyPart& part) { return part.key == key; });
}

// What one placeholder reads of a field: the value, `petitioner:phone` a part of a party, `conclusion:support` an option.
void put_value(const Writer& writer, const Field& field, const rulebook::Placeholder& each, const Value& value,
               Names names) {
  if (!each.rest.empty()) {
    if (field.find_option(each.rest) != nullptr) {
      names.flags[each.name] = chooses(value, each.rest);
    } else if (field.type == rulebook::Type::party && is_party_part(each.rest)) {
      const auto* party = value.as<Party>();
      const auto part = party == nullptr ? Party::const_iterator() : party->find(each.rest);
      names.put(each.name, party == nullptr || part == party->end() ? std::string() : part->second);
    }
    return;
  }
  const auto* flag = value.as<bool>();
  if (field.type == rulebook::Type::files)
    names.flags[each.name] = value.present();
  else if (flag != nullptr)
    names.put(each.name, *flag ? "是" : "");  // a no opens no section
  else
    names.put(each.name, value.absent() ? std::string() : on_paper(writer, field, value));
}

// The items of rows, with what the form names of them.
void put_rows(const Writer& writer, rules::View& view, const rulebook::Form& form, const Field& rows,
              paper::Data& data) {
  std::map<std::string_view, std::pair<const rulebook::Placeholder*, const Field*>> named;
  for (const rulebook::Placeholder& each : form.names) {
    const Field* column = each.sign == '/' ? nullptr : rows.find_column(each.key);
    if (column == nullptr) continue;
    data.of_items.insert(each.name);
    named.try_emplace(each.name, &each, column);
  }
  auto& items = data.lists[rows.key];
  const auto list = view.record().rows.find(rows.key);
  if (list == view.record().rows.end()) return;
  for (const auto& [number, cells] : list->second) {
    auto& item = items.emplace_back();
    std::map<std::string, bool> flags;
    for (const auto& [name, found] : named) {
      const auto& [each, column] = found;
      put_value(writer, *column, *each, view.cell(rows, number, column->key), {item, flags});
    }
    // An item has texts alone: an option that is chosen is one, what is absent is an empty one.
    for (const auto& [name, chosen] : flags) item[name] = chosen ? "是" : "";
  }
}

std::string cell_text(const rules::Record& record, RowNumber paper, const std::string& column) {
  const auto list = record.rows.find("papers");
  if (list == record.rows.end()) return {};
  const auto row = list->second.find(paper);
  if (row == list->second.end()) return {};
  const auto cell = row->second.find(column);
  return cell == row->second.end() ? std::string() : plain_text(cell->second);
}

// What the town signs as; its name where nobody has set it.
std::string government_name(const Town& town) {
  constexpr std::string_view kSetting = "government_name";
  const auto own = town.settings.find(std::string(kSetting));
  if (own != town.settings.end() && !own->second.empty()) return own->second;
  const rulebook::LocalSetting* setting = town.book->find_setting(kSetting);
  return setting == nullptr || setting->value.empty() ? town.name : setting->value;
}

// {{rule:xf-decide-60d}} → 60日.
std::string period_words(const Town& town, const std::string& named) {
  const rulebook::RuleRef ref = rulebook::parse_rule_ref(named, {});
  const rulebook::Rule* rule = town.book->find_rule(ref.rule);
  if (rule == nullptr) return {};
  auto period = rules::within_of(*rule, ref.number, town.in_force());
  for (const auto* other : {&rule->extends, &rule->floor, &rule->ahead}) {
    if (!period) period = rules::period_of(*other, town.in_force());
  }
  return period ? period->chinese() : std::string();
}

void put_periods(const Town& town, const rulebook::Form& form, Names names) {
  for (const rulebook::Placeholder& each : form.names) {
    if (each.name.starts_with(rulebook::kRuleName))
      names.put(each.name, period_words(town, each.rest));
    else if (each.name.starts_with(rulebook::kSettingName))
      names.put(each.name, town.in_force().setting(each.rest));
  }
}

// What the form names, each once; what it does not name is not written out.
void put_fields(const Writer& writer, rules::View& view, const rulebook::Form& form, paper::Data& data) {
  const Names names{data.texts, data.flags};
  for (const rulebook::Placeholder& each : form.names) {
    const Field* field = view.kind().find_field(each.key);
    if (field == nullptr) field = rulebook::find_shared_field(each.key);
    if (field == nullptr || each.sign == '/') continue;
    if (field->type == rulebook::Type::rows) {
      if (!data.lists.contains(field->key)) put_rows(writer, view, form, *field, data);
    } else if (!data.texts.contains(each.name) && !data.flags.contains(each.name)) {
      Value scratch;
      put_value(writer, *field, each, view.look(field->key, scratch), names);
    }
  }
}

void put_built_in(const Town& town, const rules::Record& record, RowNumber paper, Names names) {
  const std::string body = cell_text(record, paper, "in_name_of");
  names.put("town", town.name);
  names.put("in_name_of", body.empty() || body == "town" ? government_name(town) : ledger::org_name(town, body));
  names.put("paper_no", cell_text(record, paper, "number"));
  const auto day = parse_date(cell_text(record, paper, "day"));
  names.put("paper_day", day ? day->chinese() : std::string());
  for (const auto& [series, number] : record.numbers) names.put(series, number);
}

}  // namespace

Result<std::optional<std::string>> paper_markdown(const Town& town, const rules::Record& record, RowNumber paper,
                                                  const ledger::NameLink& name) {
  const rulebook::Form* form = town.book->find_form(cell_text(record, paper, "form"));
  if (form == nullptr) return std::optional<std::string>();
  rules::View view(town.in_force(), record);
  paper::Data data;
  Names names{data.texts, data.flags};
  const Writer writer{town, name};
  for (const rulebook::NumberSeries& series : view.kind().numbers) data.flags[series.key] = false;
  put_fields(writer, view, *form, data);
  put_built_in(town, record, paper, names);
  put_periods(town, *form, names);
  for (const auto& [key, text] : data.texts) data.flags.erase(key);
  ZS_TRY(std::string markdown, paper::render("forms/" + form->key + ".md", form->text, form->names, data));
  return std::optional(std::move(markdown));
}

std::string paper_page(const std::string& title, const std::string& markdown, const std::string& check_code,
                       const std::string& taken_back) {
  const std::string said = taken_back.empty() ? std::string()
                                              : fmt::format("<p class=\"taken-back\" role=\"note\">本件{}</p>",
                                                            paper::html_escaped(taken_back));
  return paper::html_page(
      title, markdown,
      said + fmt::format("<footer class=\"check\">查验码 {}（在本镇网站 /check 查验真伪）</footer>", check_code));
}

std::string draft_page(const std::string& title, const std::string& markdown) {
  return paper::html_page(title, markdown,
                          "<footer class=\"check draft\">样稿　没有出具，文号和日期以出具时为准</footer>");
}

}  // namespace zs::report
