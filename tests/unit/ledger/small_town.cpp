#include "unit/ledger/small_town.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/change_json.h"
#include "ledger/figures.h"
#include "ledger/verify.h"
#include "rules/term.h"

namespace zs::ledger {
namespace {

constexpr std::string_view kBook = R"(name: 小规则书
version: "VERSION"
jurisdiction: {utc_offset: "+08:00"}
parts: {main: 主要}
)";

constexpr std::string_view kCalendar =
    R"(2023: {notice: 放假通知一, off: [2023-01-02, 2023-10-02, 2023-10-03, 2023-10-04, 2023-10-05, 2023-10-06], work: [2023-10-07, 2023-10-08]}
2024: {notice: 放假通知二, off: [2024-01-01, 2024-02-12, 2024-02-13, 2024-02-14, 2024-02-15, 2024-02-16], work: [2024-02-04, 2024-02-18]}
)";

constexpr std::string_view kLaw =
    R"(all: {law: 某某条例, since: 2019-01-01, certainty: verified, first_day: excluded, roll: unstated}
answer-wd: {within: WITHIN, article: 第一条, label: 答复}
answer-extend: {extends: 10 workdays, article: 第一条, label: 延长}
pay-within: {within: {setting: pay_within}, article: 第二条, roll: yes, label: 缴纳}
visit-month: {within: 1 month, article: 第三条, label: 回访}
visitors-3: {number: 3, article: 第四条, label: 不超过三人}
told-first: {article: 第五条, label: 先告知}
paid-first: {article: 第六条, certainty: page, label: 先缴纳}
)";

constexpr std::string_view kSettings =
    R"(pay_within: {label: 缴纳期限, value: 15 days, source: 镇内部管理, certainty: verified}
target: {label: 目标, value: 1, source: 镇内部管理, certainty: verified}
)";

constexpr std::string_view kRoles =
    R"(clerk: {label: 经办, reads: {matter: town}, reveals: [personal], corrects: [matter, annex], voids: [matter, annex], records_history: [all]}
head: {label: 负责人, reads: {matter: town}, reveals: [personal]}
stranger: {label: 外人, reads: {matter: none}}
)";

constexpr std::string_view kMatter = R"(label: 事项
part: main
measure: 件
title: [topic]
subject: remark
dates: {opened: received_on, closed: closed_on}
signs: [head]
states:
  open: 在办
  decided: DECIDED
  held: {label: 搁置RETIRED}
  closed: {label: 已办结, final: yes}
NEWSTATE
numbers:
  number: {label: 登记号, pattern: "事〔{year}〕{serial}号", given_by: create, year_of: received_on}
  paper_no: {label: 文号, pattern: "文〔{year}〕{serial}号"}
  their_no: {label: 来文号, outside: yes, unique: yes}
fields:
  received_on: {label: 收到日, type: date}
  topic: {label: 类别, type: choice, options: {road: 道路, water: 用水, other: 其他}}
  person: {label: 申请人, type: party, asks: [name, phone]}
  remark: {label: 备注, type: note}
  amount: {label: 金额, type: money}
  told: {label: 已告知, type: flag}
  due_count: {label: 延长工作日数, type: count}
  extended_on: {label: 延长批准日, type: date}
  decided_on: {label: 决定日, type: date}
  dropped_on: {label: 撤回日, type: date}
  closed_on: {label: 办结日, type: date}
  paid_on: {label: 缴纳日, type: date}
  related: {label: 关联, type: links, to: [matter]}
  annex: {label: 附件, type: link, to: [annex]}
  visits: {label: 走访, type: rows, columns: {held_on: {label: 日期, type: date}, people: {label: 人数, type: count}, who: {label: 走访人, type: staff}, back_on: {label: 回访日, type: date}}}
  asked: {label: 征询, type: rows, columns: {sent_on: {label: 发出日, type: date}, back_on: {label: 答复日, type: date}}}
  people: {label: 走访人次, type: count, computed: {sum: visits.people}}
  first_visit: {label: 首次走访, type: date, computed: {earliest: visits.held_on}}
NEWFIELD
actions:
  create: {label: 登记, to: open, by: [clerk], needs: [received_on, topic], asks: [person, remark, amount, told, related, their_no]}
  visit: {label: 走访, from: any, by: [clerk], adds: visits, edits: {visits: [back_on]}, requires: [three_at_most]}
  ask: {label: 征询, from: open, by: [clerk], adds: asked, edits: {asked: [back_on]}}
  extend: {label: 延长, from: open, decides: [head], by: [clerk], needs: [due_count], sets: {extended_on: act_day}}
  tell: {label: 告知, from: open, by: [clerk], needs: [told]}
  decide:
    label: 决定
    from: [open, held]
    to: decided
    decides: [head]
    by: [clerk]
    signed_paper: required
    asks: [amount]
    sets: {decided_on: act_day}
    requires: [told_first]
    issues: {form: decision, number: paper_no}
    opens: {kind: annex, as: annex, when: {topic: water}, with: {owner_matter: self}}
  hold: {label: 搁置, from: open, to: held, by: [clerk]}
  drop: {label: 撤回, from: open, to: closed, decides: party, by: [clerk], sets: {dropped_on: act_day, closed_on: act_day}, requires: [told_first]}
  pay: {label: 缴纳, from: decided, decides: party, by: [clerk], sets: {paid_on: act_day}}
  close: {label: 办结, from: decided, to: closed, by: [clerk], sets: {closed_on: act_day}, requires: [paid_first]}
gates:
  told_first: {says: 没有告知, told: yes, rule: told-first}
  paid_first: {says: 没有缴纳, when: {amount: present}, paid_on: present, rule: paid-first}
  three_at_most: {says: 走访超过三人, none: visits, where: {people: {after: {rule: visitors-3}}}, new: yes, rule: visitors-3}
deadlines:
  answer:
    label: 答复
    rule: answer-wd
    starts: received_on
    stops: decided_on
    drops: dropped_on
    pauses: [{each: asked, from: sent_on, until: back_on}]
    extends: {rule: answer-extend, adds: due_count, at: extended_on}
    bears: office
  pay: {label: 缴纳, rule: pay-within, when: {amount: present}, starts: decided_on, stops: paid_on, bears: party}
  back: {label: 回访, rule: visit-month, each: visits, starts: held_on, stops: back_on, bears: office}
)";

constexpr std::string_view kAnnex = R"(label: 附件
part: main
measure: 份
title: [sort]
dates: {opened: made_on}
signs: [head]
states: {made: 已立, done: {label: 已完成, final: yes}}
numbers:
  number: {label: 附件号, pattern: "附〔{year}〕{serial}号", given_by: create, year_of: act_day}
fields:
  owner_matter: {label: 所属事项, type: link, to: [matter], owner: yes}
  sort: {label: 种类, type: text, guard: internal}
  made_on: {label: 立件日, type: date}
actions:
  create: {label: 立件, to: made, by: [clerk], needs: [owner_matter, sort], sets: {made_on: act_day}}
  finish: {label: 完成, from: made, to: done, by: [clerk], needs: [sort]}
)";

constexpr std::string_view kFigures =
    R"(matters: {label: 事项数, counts: matter, dated: received_on, unit: 件, definition: 按收到日计}
water: {label: 用水, counts: matter, dated: received_on, where: {topic: water}, unit: 件, definition: 用水类}
amounts: {label: 金额, sums: matter.amount, dated: decided_on, unit: 元, definition: 决定的金额之和}
visitors: {label: 走访人次, sums: matter.visits.people, dated: held_on, unit: 人次, definition: 各次走访人数之和}
visits: {label: 走访, counts: matter.visits, dated: held_on, unit: 次, definition: 走访次数}
answer_due: {label: 到期, counts: matter.deadlines.answer, dated: due, unit: 件, definition: 到期的}
answer_met: {label: 按期, counts: matter.deadlines.answer, dated: due, where: {outcome: met}, unit: 件, definition: 按期的}
answer_rate: {label: 按期率, ratio: [answer_met, answer_due], unit: "%", definition: 按期除以到期, display: rate}
in_hand: {label: 在手, stock: matter, from: received_on, until: closed_on, unit: 件, definition: 未办结的}
taken: {label: 累计, stock: matter, from: received_on, unit: 件, definition: 累计收到的}
covered: {label: 覆盖, coverage: {orgs: [village]}, figure: in_hand, reaches: 1, unit: 个, definition: 有在手事项的村, display: whole}
aim: {label: 目标, shows: {setting: target}, unit: 件, definition: 目标}
annexes: {label: 附件数, counts: annex, dated: made_on, unit: 份, definition: 按立件日计}
)";

void replace(std::string& text, std::string_view what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

std::string cell_text(const store::Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&cell)) return "'" + *text + "'";
  if (const auto* blob = std::get_if<store::Blob>(&cell)) return "x" + hex(blob->bytes);
  return "null";
}

}  // namespace

rulebook::Files small_rulebook(const std::string& answer_within, bool more) {
  std::string book(kBook);
  replace(book, "VERSION", answer_within + (more ? " more" : ""));
  std::string law(kLaw);
  replace(law, "WITHIN", answer_within);
  std::string matter(kMatter);
  replace(matter, "DECIDED", more ? "已作决定" : "已决定");
  replace(matter, "RETIRED", more ? ", retired: {becomes: on_hold}" : "");
  replace(matter, "NEWSTATE", more ? "  on_hold: 暂存\n" : "");
  replace(matter, "NEWFIELD",
          more ? "  channel: {label: 渠道, type: choice, options: {letter: 来信, visit: 来访}}\n" : "");
  if (more) {
    replace(matter, "from: [open, held]", "from: [open, held, on_hold]");
    replace(matter, "from: open, to: held, by: [clerk]", "from: open, to: on_hold, by: [clerk], asks: [channel]");
  }
  std::string figures(kFigures);
  if (more)
    figures +=
        "roads: {label: 道路, counts: matter, dated: received_on, where: {topic: road}, unit: 件, definition: "
        "道路类}\n";
  return {{"rulebook.yaml", book},
          {"calendar.yaml", std::string(kCalendar)},
          {"law/base.yaml", law},
          {"settings.yaml", std::string(kSettings)},
          {"roles.yaml", std::string(kRoles)},
          {"kinds/matter.yaml", matter},
          {"kinds/annex.yaml", std::string(kAnnex)},
          {"figures.yaml", figures}};
}

std::string calendar_of(int year, const std::vector<std::string>& off) {
  std::string days;
  for (const std::string& day : off) days += (days.empty() ? "" : ", ") + day;
  return fmt::format("{}: {{notice: 新通知, off: [{}], work: []}}\n", year, days);
}

SmallTown::SmallTown(const std::string& name, const rulebook::Files& files, Date day) : folder_(name) {
  set_day(day);
  reopen(store::Mode::create);
  TownSetup setup;
  setup.name = "某镇";
  setup.character = "某";
  setup.salt_seed = "small";
  const auto made = ledger_->init(setup, files);
  if (!made) throw std::runtime_error(made.error().text.en);
  id_ = *made;
  for (const char* village : {"v-1", "v-2", "v-3"})
    enter("org", village, {{"name", village}, {"type", "village"}, {"since", "2019-01-01"}});
  enter("org", "o-1", {{"name", "某办"}, {"type", "unit"}});
  enter("staff", "s-clerk", {{"name", "经办"}, {"posts", "clerk"}});
  enter("staff", "s-head", {{"name", "负责人"}, {"posts", "head"}});
  enter("staff", "s-other", {{"name", "外人"}, {"posts", "stranger"}});
}

void SmallTown::reopen(store::Mode mode, store::OpenOptions database) {
  ledger_.reset();
  OpenLedger options;
  options.mode = mode;
  options.database = database;
  options.clock = [this] { return now_; };
  options.print = print_;
  auto opened = Ledger::open(folder_.path(), options);
  if (!opened) throw std::runtime_error(opened.error().text.en);
  ledger_ = *std::move(opened);
}

void SmallTown::prints(PrintPaper print) {
  print_ = std::move(print);
  reopen();
}

const Town& SmallTown::town() {
  const auto town = ledger_->town(id_);
  if (!town) throw std::runtime_error(town.error().text.en);
  return **town;
}

Date SmallTown::today() {
  return civil(now_, UtcOffset{480}).day();
}
void SmallTown::set_day(Date day) {
  now_ = instant_of(Moment{start_of(day).minutes + 9 * 60}, UtcOffset{480});
}

Result<rules::Change> SmallTown::change(nlohmann::json json) {
  if (!json.contains("actor")) json["actor"] = "s-clerk";
  if (!json.contains("kind")) json["kind"] = "matter";
  return change_from_json(town(), json);
}

Result<Answer> SmallTown::commit(nlohmann::json json) {
  ZS_TRY(rules::Change made, change(std::move(json)));
  return ledger_->commit(std::move(made));
}

Receipt SmallTown::accepted(const nlohmann::json& json) {
  const auto answer = commit(json);
  if (!answer) {
    ADD_FAILURE() << json << ": " << answer.error().text.en;
    return {};
  }
  if (const auto* receipt = std::get_if<Receipt>(&*answer)) return *receipt;
  ADD_FAILURE() << json << " is refused: " << answer_to_json(*answer, true).dump();
  return {};
}

std::vector<std::string> SmallTown::refused(const nlohmann::json& json) {
  const auto answer = commit(json);
  std::vector<std::string> reasons;
  if (!answer) {
    ADD_FAILURE() << json << ": " << answer.error().text.en;
    return reasons;
  }
  const auto* refusal = std::get_if<rules::Refusal>(&*answer);
  if (refusal == nullptr) {
    ADD_FAILURE() << json << " is accepted";
    return reasons;
  }
  for (const rules::Reason& reason : refusal->reasons) reasons.push_back(reason.kind + ":" + reason.name);
  return reasons;
}

Receipt SmallTown::create(Date received_on, const nlohmann::json& values) {
  nlohmann::json given{
      {"received_on", received_on.text()}, {"topic", "road"}, {"told", true}, {"village", "v-1"}, {"unit", "o-1"}};
  given.update(values);
  return accepted({{"acts", {{{"do", "create"}, {"values", given}}}}});
}

void SmallTown::enter(const std::string& type, const std::string& key,
                      const std::map<std::string, std::string>& values) {
  const auto entered = ledger_->enter({id_, type, key, values, "s-clerk", {}});
  if (!entered) ADD_FAILURE() << type << " " << key << ": " << entered.error().text.en;
}

std::string SmallTown::verified() {
  const auto found = verify(*ledger_, id_);
  if (!found) return found.error().text.en;
  if (found->good()) return {};
  std::string text = fmt::format("{} differences", found->difference_count);
  for (const Difference& difference : found->differences) text += "\n" + difference.what.en;
  return text;
}

std::vector<store::ResultRow> SmallTown::rows(const std::string& sql, const std::vector<store::Cell>& parameters) {
  auto lease = ledger_->database().reader().value();
  auto found = lease->read(sql, parameters);
  if (!found) {
    ADD_FAILURE() << sql << ": " << found.error().text.en;
    return {};
  }
  return *std::move(found);
}

std::int64_t SmallTown::number(const std::string& sql, const std::vector<store::Cell>& parameters) {
  const auto found = rows(sql, parameters);
  const auto* value = found.empty() ? nullptr : std::get_if<std::int64_t>(&found.front().front());
  return value == nullptr ? 0 : *value;
}

void SmallTown::run_sql(const std::string& sql, const std::vector<store::Cell>& parameters) {
  store::WriteBatch batch;
  batch.add(sql, parameters);
  const auto written = ledger_->database().writer().write(batch);
  if (!written) ADD_FAILURE() << sql << ": " << written.error().text.en;
}

std::string SmallTown::projections() {
  std::string text;
  for (const auto& table : rows("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' AND "
                                // The segments of the index of words lie as they were written; what is found is tested.
                                "name NOT LIKE 'record_text%' AND name<>'journal' ORDER BY name")) {
    const std::string& name = std::get<std::string>(table.front());
    std::vector<std::string> lines;
    for (const auto& row : rows(fmt::format("SELECT * FROM \"{}\"", name))) {
      std::string line = name + ":";
      for (const store::Cell& cell : row) line += " " + cell_text(cell);
      lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) text += line + "\n";
  }
  return text;
}

std::int64_t SmallTown::figure(const std::string& key, int year, std::optional<Date> as_of) {
  auto lease = ledger_->database().reader().value();
  const auto values = figures_of_year(*lease, town(), year, as_of);
  if (!values) {
    ADD_FAILURE() << values.error().text.en;
    return -1;
  }
  for (const FigureValue& value : *values) {
    if (value.figure->key == key) return value.value;
  }
  ADD_FAILURE() << "no figure " << key;
  return -1;
}

}  // namespace zs::ledger
