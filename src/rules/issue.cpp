// Papers: what an act issues, whether each holds what the law asks of it, and taking one back or giving another for it.
#include <fmt/format.h>

#include <algorithm>

#include "rules/judge.h"
#include "rules/marks.h"
#include "rules/paper_elements.h"

namespace zs::rules {
namespace {

constexpr const char* kPapers = "papers";

std::string text_of(const Fields& cells, const char* column) {
  const auto found = cells.find(column);
  return found == cells.end() ? std::string() : plain_text(found->second);
}

// An element that nobody wrote: by the article that asks for it. Only what was compared with the text of the law
// blocks.
Reason reason_of(const rulebook::Rulebook& book, const rulebook::Kind& kind, const rulebook::Form& form,
                 const std::string& element) {
  Reason reason;
  bool verified = !form.rules.empty();
  for (const rulebook::RuleRef& ref : form.rules) {
    reason.rules.push_back(ref.text());
    const rulebook::Rule* rule = book.find_rule(ref.rule);
    verified = verified && rule != nullptr && rule->certainty == rulebook::Certainty::verified;
    if (rule != nullptr) reason.citation += (reason.citation.empty() ? "" : "、") + rule->citation();
  }
  reason.kind = verified ? "gate" : "warn";
  reason.name = paper_mark(form.key, element);
  const std::string says = says_of_mark(book, kind, reason.name);
  reason.says = {says, fmt::format("the paper \"{}\" lacks \"{}\"", form.key, element)};
  return reason;
}

}  // namespace

void Judge::check_papers(const rulebook::Action& action, const ActInput& input, View& after, EntryFacts& entry) {
  for (const rulebook::Issues& issues : action.issues) {
    const rulebook::Form* form = facts_.in_force.book->find_form(issues.form);
    if (form == nullptr || !after.applies(issues.when)) continue;
    for (const std::string& element : empty_elements(after, *form, {!issues.number.empty()})) {
      Reason reason = reason_of(*facts_.in_force.book, *kind_, *form, element);
      // What the act itself needs has been asked for already.
      const std::string field = element.substr(0, element.find(':'));
      const bool said = std::any_of(reasons_.begin(), reasons_.end(),
                                    [&](const Reason& each) { return each.kind == "needs" && each.name == field; });
      if (said) continue;
      take_reason(std::move(reason), action, input, entry);
    }
  }
}

void Judge::issue_paper(const rulebook::Issues& issues, View& after, Date day, EntryFacts& entry) {
  const RowNumber row = next_row(kPapers, entry);
  entry.facts.push_back({cell_path(kPapers, row, "form"), issues.form});
  entry.facts.push_back({cell_path(kPapers, row, "day"), day});
  if (!issues.number.empty()) {
    const rulebook::NumberSeries* series = kind_->find_number(issues.number);
    if (series != nullptr && after.applies(series->when)) {
      const std::string number = next_number(*kind_, *series, after, day);
      entry.numbers[issues.number] = number;
      entry.facts.push_back({cell_path(kPapers, row, "number"), number});
    }
  }
  if (issues.in_name_of) {
    const auto name = after.operand(*issues.in_name_of);
    if (!name.empty()) entry.facts.push_back({cell_path(kPapers, row, "in_name_of"), plain_text(name.front())});
  }
}

void Judge::issue_papers(const rulebook::Action& action, View& after, EntryFacts& entry) {
  for (const rulebook::Issues& issues : action.issues) {
    if (after.applies(issues.when)) issue_paper(issues, after, act_.day, entry);
  }
}

// The paper that a change names, if it stands and whoever asks may take it back; else the reasons are given.
const Fields* Judge::judge_paper() {
  if (!may(&rulebook::Role::corrects))
    refuse(plain_reason("by", "paper", "你的岗位不能撤回、换发这个台账的文书",
                        "your roles may not withdraw or replace papers of this kind"));
  if (change_.reason.empty()) refuse_shape("reason", "撤回、换发文书要写理由", "withdrawing a paper needs a reason");
  if (person(change_.signer) == nullptr)
    refuse_shape("signer", "撤回、换发文书要写签批人", "withdrawing a paper needs a signer");
  const auto list = record_.rows.find(kPapers);
  const auto row = list == record_.rows.end() ? rules::Rows::const_iterator{} : list->second.find(change_.paper);
  if (list == record_.rows.end() || row == list->second.end()) {
    refuse_shape("paper", fmt::format("没有第{}件文书", change_.paper),
                 fmt::format("there is no paper {}", change_.paper));
    return nullptr;
  }
  if (row->second.contains("withdrawn_on"))
    refuse(plain_reason("state", "paper", "这件文书已经撤回", "the paper was withdrawn already"));
  return reasons_.empty() ? &row->second : nullptr;
}

void Judge::judge_withdraw_paper() {
  if (judge_paper() == nullptr) return;
  EntryFacts entry = begin_entry("withdraw");
  entry.facts.push_back({cell_path(kPapers, change_.paper, "withdrawn_on"), facts_.today});
  say_of_entry(entry, "@reason", change_.reason);
  say_of_entry(entry, "@signer", change_.signer);
  accept(std::move(entry));
}

// 一文一号: a document is known by its number, and a number that was given is never given again. So the paper that
// takes another's place has the next number of the series, and each names the other.
void Judge::judge_replace_paper() {
  const Fields* old = judge_paper();
  if (old == nullptr) return;
  const std::string key = text_of(*old, "form");
  const rulebook::Form* form = facts_.in_force.book->find_form(key);
  if (form == nullptr || home_of(facts_, *kind_) != "here") {
    refuse(plain_reason("state", "paper", "这件文书没有样式，或者案件在外部系统办，不能在这里换发",
                        "the paper has no form here: it cannot be replaced"));
    return;
  }
  rulebook::Issues issues;
  issues.form = key;
  for (const rulebook::Action& action : kind_->actions) {
    for (const rulebook::Issues& each : action.issues) {
      if (each.form == key && !text_of(*old, "number").empty()) issues.number = each.number;
    }
  }
  act_.day = facts_.today;
  View after(facts_.in_force, record_, facts_.neighbours, &act_);
  for (const std::string& element : empty_elements(after, *form, {!issues.number.empty()})) {
    Reason reason = reason_of(*facts_.in_force.book, *kind_, *form, element);
    if (reason.kind == "gate") refuse(std::move(reason));
  }
  if (!reasons_.empty()) return;
  EntryFacts entry = begin_entry("replace");
  const RowNumber made = next_row(kPapers, entry);
  issue_paper(issues, after, facts_.today, entry);
  const std::string body = text_of(*old, "in_name_of");
  if (!body.empty()) entry.facts.push_back({cell_path(kPapers, made, "in_name_of"), body});
  entry.facts.push_back({cell_path(kPapers, made, "replaces"), std::to_string(change_.paper)});
  entry.facts.push_back({cell_path(kPapers, change_.paper, "withdrawn_on"), facts_.today});
  entry.facts.push_back({cell_path(kPapers, change_.paper, "replaced_by"), std::to_string(made)});
  say_of_entry(entry, "@reason", change_.reason);
  say_of_entry(entry, "@signer", change_.signer);
  accept(std::move(entry));
}

}  // namespace zs::rules
