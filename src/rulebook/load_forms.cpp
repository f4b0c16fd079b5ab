// forms/KEY.md: a head between two lines of ---, then Markdown.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "rulebook/field_value.h"
#include "rulebook/form.h"
#include "rulebook/loading.h"

namespace zs::rulebook {
namespace {

constexpr std::string_view kHeadMark = "---\n";

void add_names(const Field& field, std::vector<std::string>& names) {
  names.push_back(field.key);
  if (field.type == Type::party) {
    for (const PartyPart& part : party_parts()) names.push_back(fmt::format("{}:{}", field.key, part.key));
  }
  for (const Option& option : field.options) names.push_back(fmt::format("{}:{}", field.key, option.key));
  for (const Field& column : field.columns) add_names(column, names);
}

// The head's text and the line on which the body begins.
std::optional<std::pair<std::string, std::string>> split_head(const std::string& text) {
  if (!text.starts_with(kHeadMark)) return std::nullopt;
  const std::size_t end = text.find("\n---\n", kHeadMark.size() - 1);
  if (end == std::string::npos) return std::nullopt;
  return std::pair{text.substr(kHeadMark.size(), end + 1 - kHeadMark.size()), text.substr(end + 5)};
}

class FormCheck {
 public:
  FormCheck(Loading& loading, const Form& form, int first_line)
      : loading_(loading), form_(form), first_line_(first_line) {}

  void run() {
    std::set<std::string> there;
    for (const Placeholder& each : form_.names) there.insert(each.name);
    for (const std::string& element : form_.elements) {
      if (there.contains(element)) continue;
      fault(form_.place, fmt::format("文书“{}”缺法定要素“{}”", form_.label, element),
            fmt::format("the form \"{}\" lacks the element \"{}\" that the law asks for", form_.key, element));
    }
    bool issued = false;
    for (const Kind& kind : loading_.book.kinds) {
      const bool issues = std::any_of(kind.actions.begin(), kind.actions.end(), [&](const Action& action) {
        return std::any_of(action.issues.begin(), action.issues.end(),
                           [&](const Issues& each) { return each.form == form_.key; });
      });
      if (issues) check_names(kind);
      issued = issued || issues;
    }
    if (!issued)
      fault(form_.place, fmt::format("没有动作出具文书“{}”", form_.key),
            fmt::format("no action issues the form \"{}\"", form_.key));
  }

 private:
  void fault(const Place& place, std::string zh, std::string en) {
    loading_.faults.add(place, std::move(zh), std::move(en));
  }

  void check_names(const Kind& kind) {
    const std::vector<std::string> names = names_for_forms(kind);
    std::set<std::string> asked;
    for (const Placeholder& each : form_.names) {
      const std::string bare = each.refused() ? std::string(1, each.sign) + each.name : each.name;
      if (!asked.insert(bare).second) continue;
      if (std::find(names.begin(), names.end(), bare) != names.end()) continue;
      if (bare.starts_with(kRuleName) &&
          loading_.book.find_rule(parse_rule_ref(bare.substr(kRuleName.size()), {}).rule) != nullptr)
        continue;
      const Place place{form_.place.file, first_line_ + each.line - 1, 1};
      if (bare.starts_with(kSettingName)) {
        check_setting(bare.substr(kSettingName.size()), place);
        continue;
      }
      const std::string near = nearest(bare, names);
      fault(place,
            fmt::format("“{}”没有“{}”这个占位符{}", kind.label, bare, near.empty() ? "" : "；是不是“" + near + "”？"),
            fmt::format("{} has no placeholder \"{}\"{}", kind.key, bare,
                        near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
  }

  void check_setting(const std::string& key, const Place& place) {
    if (loading_.book.find_setting(key) != nullptr) return;
    std::vector<std::string> keys;
    for (const LocalSetting& setting : loading_.book.settings) keys.push_back(setting.key);
    unknown_name(loading_, place, "设置", "setting", key, keys);
  }

  Loading& loading_;
  const Form& form_;
  const int first_line_;
};

}  // namespace

const std::vector<std::pair<std::string_view, std::string_view>>& form_names() {
  static const std::vector<std::pair<std::string_view, std::string_view>> kNames{
      {"town", "本镇"}, {"in_name_of", "落款机关"}, {"paper_no", "文号"}, {"paper_day", "文书日期"}};
  return kNames;
}

std::vector<std::string> names_for_forms(const Kind& kind) {
  std::vector<std::string> names;
  for (const auto& [name, says] : form_names()) names.emplace_back(name);
  for (const Field& field : shared_fields()) add_names(field, names);
  for (const Field& field : kind.fields) add_names(field, names);
  for (const NumberSeries& series : kind.numbers) names.push_back(series.key);
  return names;
}

std::vector<Placeholder> placeholders(std::string_view text) {
  std::vector<Placeholder> found;
  int line = 1;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\n') ++line;
    if (text[i] != '{' || text[i + 1] != '{') continue;
    const std::size_t end = text.find("}}", i + 2);
    if (end == std::string_view::npos) break;
    std::string_view name = text.substr(i + 2, end - i - 2);
    while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    Placeholder each;
    each.line = line;
    if (!name.empty() && std::string_view("#^/{&!=>").find(name.front()) != std::string_view::npos) {
      each.sign = name.front();
      name.remove_prefix(1);
    }
    each.name = name;
    const std::size_t colon = name.find(':');
    each.key = name.substr(0, colon);
    if (colon != std::string_view::npos) each.rest = name.substr(colon + 1);
    found.push_back(std::move(each));
    i = end + 1;
  }
  return found;
}

void load_forms(Loading& loading, const Files& files) {
  constexpr std::string_view kFolder = "forms/", kEnding = ".md";
  for (const auto& [name, text] : files) {
    if (!name.starts_with(kFolder) || !name.ends_with(kEnding)) continue;
    Form form;
    form.key = name.substr(kFolder.size(), name.size() - kFolder.size() - kEnding.size());
    form.place = {name, 1, 1};
    const auto parts = split_head(text);
    if (!parts) {
      loading.faults.add(form.place, "文书样式没有头部：两行“---”之间写 label、rule、elements",
                         "the form has no head: label, rule and elements between two lines of ---");
      continue;
    }
    const Node head = read_yaml(name, parts->first, loading.faults);
    expect_keys(loading, head, {"label", "rule", "elements"});
    form.label = required(loading, head, "label");
    const Node rules = head["rule"];
    if (rules.is_scalar()) form.rules.push_back(read_rule_ref(loading, rules));
    for (const Node& rule : rules.items) form.rules.push_back(read_rule_ref(loading, rule));
    form.elements = words_of(loading, head["elements"]);
    form.text = parts->second;
    form.names = placeholders(form.text);
    loading.book.forms.push_back(std::move(form));
    const auto lines = static_cast<int>(std::count(parts->first.begin(), parts->first.end(), '\n'));
    FormCheck(loading, loading.book.forms.back(), lines + 3).run();
  }
}

}  // namespace zs::rulebook
