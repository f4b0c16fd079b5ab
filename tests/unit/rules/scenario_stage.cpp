#include "unit/rules/scenario_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "ledger/change_json.h"
#include "rules/fold.h"
#include "rules/view.h"

namespace zs::rules::scenarios {
namespace {

using nlohmann::json;
using rulebook::Field;
using rulebook::Type;

constexpr std::string_view kRecorder = "记录人";
constexpr std::string_view kDecider = "决定人";
constexpr std::string_view kSignedPaper = "签批件";
constexpr std::string_view kBuiltIn[] = {"correct", "edit", "void", "history"};

bool yes(const Node& node) {
  return node.scalar == "yes";
}

bool holds_link(Type type) {
  return type == Type::link || type == Type::links;
}

bool all_digits(const std::string& text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  return text.size() > sign && text.size() < 16 &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(sign), text.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

const Field* field_of(const rulebook::Kind& kind, std::string_view name) {
  const Field* field = kind.find_field(name);
  return field != nullptr ? field : rulebook::find_shared_field(name);
}

void find_references(const Node& node, std::set<std::string>& names) {
  if (node.is_map() && node.entries.size() == 1 && node.entries.front().first.scalar == "record") {
    const std::string& name = node.entries.front().second.scalar;
    names.insert(name.substr(0, name.find('/')));
  }
  for (const Node& item : node.items) find_references(item, names);
  for (const auto& [key, value] : node.entries) find_references(value, names);
}

std::string link_text(const Record& record) {
  return fmt::format("{}/{}", record.kind, record.id.number);
}

std::vector<Link> links_in(const Value& value) {
  if (const auto* link = value.as<Link>()) return {*link};
  if (const auto* links = value.as<std::vector<Link>>()) return *links;
  return {};
}

template <class Visit>
void each_node(const Node& node, Visit visit) {
  if (node.is_list()) {
    for (const Node& item : node.items) visit(item);
  } else if (node) {
    visit(node);
  }
}

// The first role that the rulebook lets record histories and summaries of this kind.
std::string historian(const rulebook::Rulebook& book, const std::string& kind,
                      std::vector<std::string> rulebook::Role::*list) {
  for (const rulebook::Role& role : book.roles) {
    for (const std::string& each : role.*list) {
      if (each == kind || each == "all") return role.key;
    }
  }
  return {};
}

}  // namespace

Stage::Stage(std::shared_ptr<const rulebook::Rulebook> book, const Node& scenario)
    : book_(std::move(book)), scenario_(scenario) {
  town_.id = TownId{1};
  town_.name = "某镇";
  town_.character = "某";
  town_.book = book_;
  for (const rulebook::CalendarYear& year : book_->calendar) town_.calendar.set(year);
}

void Stage::fault(const Node& at, const std::string& text) {
  faults_.push_back(fmt::format("{}: {}", at.place.text(), text));
}

void Stage::only_keys(const Node& node, std::initializer_list<std::string_view> keys) {
  for (const auto& [key, value] : node.entries) {
    if (std::find(keys.begin(), keys.end(), key.scalar) == keys.end())
      fault(key, fmt::format("the scenario says \"{}\", which nobody reads", key.scalar));
  }
}

void Stage::build() {
  const Node& given = scenario_["given"];
  only_keys(given, {"kind", "state", "since", "values", "rows", "numbers", "unknown", "unit", "village", "handler"});
  kind_ = book_->find_kind(given["kind"].scalar);
  if (kind_ == nullptr) return fault(given, fmt::format("there is no kind \"{}\"", given["kind"].scalar));
  for (const auto& [key, value] : scenario_["settings"].entries) town_.settings[key.scalar] = value.scalar;
  find_references(given, referred_);
  find_references(scenario_["when"], referred_);
  name_records();
  if (!faults_.empty()) return;
  if (given.has("state")) fill(*given_, given);
  for (auto& [name, linked] : linked_) {
    std::size_t i = 0;
    each_node(*linked.node, [&](const Node& node) { fill(*linked.records[i++], node); });
  }
  fill_links();
  fill_back();
  build_when();
  register_all();
  find_neighbours();
}

Record* Stage::reserve(const std::string& kind) {
  records_.emplace_back();
  Record& record = records_.back();
  record.town = town_.id;
  record.id = RecordId{next_id_++};
  record.kind = kind;
  record.version = 1;
  return &record;
}

// Names come first: a value may name a record that stands further down.
void Stage::name_records() {
  if (scenario_["given"].has("state")) given_ = reserve(kind_->key);
  for (const auto& [key, value] : scenario_["linked"].entries) {
    Named& named = linked_[key.scalar];
    named.node = &value;
    each_node(value, [&](const Node& node) {
      only_keys(node, {"kind", "state", "since", "values", "rows", "numbers", "unknown", "unit", "village", "handler"});
      if (book_->find_kind(node["kind"].scalar) == nullptr)
        return fault(node, fmt::format("there is no kind \"{}\"", node["kind"].scalar));
      named.records.push_back(reserve(node["kind"].scalar));
    });
  }
}

std::vector<Record*> Stage::named(const std::string& name) const {
  if (name == "self") return given_ == nullptr ? std::vector<Record*>{} : std::vector<Record*>{given_};
  const std::size_t slash = name.find('/');  // officers/2: the second of several
  const auto found = linked_.find(name.substr(0, slash));
  if (found == linked_.end()) return {};
  if (slash == std::string::npos) return found->second.records;
  const auto number = static_cast<std::size_t>(std::max(1LL, std::atoll(name.c_str() + slash + 1)));
  return number > found->second.records.size() ? std::vector<Record*>{}
                                               : std::vector<Record*>{found->second.records[number - 1]};
}

json Stage::json_of(const Field& field, const Node& node) {
  if (node.is_map() && node.entries.size() == 1) {
    const auto& [key, value] = node.entries.front();
    if (key.scalar == "record") {
      const auto records = named(value.scalar);
      if (records.empty()) fault(node, fmt::format("no linked record is called \"{}\"", value.scalar));
      if (field.type != Type::links) return records.empty() ? json() : json(link_text(*records.front()));
      json list = json::array();
      for (const Record* record : records) list.push_back(link_text(*record));
      return list;
    }
    if (key.scalar == "list") return json_of(field, value);
  }
  if (node.is_list()) {
    json list = json::array();
    for (const Node& item : node.items) {
      json made = json_of(field, item);
      if (made.is_array())
        list.insert(list.end(), made.begin(), made.end());
      else
        list.push_back(std::move(made));
    }
    return list;
  }
  if (node.is_map()) {
    json parts = json::object();
    for (const auto& [key, value] : node.entries) parts[key.scalar] = value.scalar;
    return parts;
  }
  const std::string& text = node.scalar;
  if (text == "unknown") return {{"unknown", true}};
  if (holds_link(field.type) && text == "linked") {
    json list = json::array();
    for (const Record* record : named(field.key)) list.push_back(link_text(*record));
    return field.type == Type::links || list.empty() ? list : list.front();
  }
  if (field.type == Type::flag && (text == "yes" || text == "no")) return text == "yes";
  if (field.type == Type::count && all_digits(text)) return std::stoll(text);
  if (field.type == Type::choices || field.type == Type::files || field.type == Type::links) return json::array({text});
  return text;
}

json Stage::values_of(const rulebook::Kind& kind, const Node& node) {
  json values = json::object();
  for (const auto& [key, value] : node.entries) {
    const Field* field = field_of(kind, key.scalar);
    if (field == nullptr)
      fault(key, fmt::format("{} has no field \"{}\"", kind.key, key.scalar));
    else
      values[key.scalar] = json_of(*field, value);
  }
  return values;
}

json Stage::rows_of(const rulebook::Kind& kind, const Node& node, bool edits) {
  json made = json::object();
  for (const auto& [key, list] : node.entries) {
    const Field* rows = kind.find_field(key.scalar);
    if (rows == nullptr || rows->type != Type::rows) {
      fault(key, fmt::format("{} has no rows \"{}\"", kind.key, key.scalar));
      continue;
    }
    const auto cells_of = [&](const Node& row) {
      json cells = json::object();
      for (const auto& [column, value] : row.entries) {
        const Field* field = rows->find_column(column.scalar);
        if (field == nullptr)
          fault(column, fmt::format("{} has no column \"{}\"", key.scalar, column.scalar));
        else
          cells[column.scalar] = json_of(*field, value);
      }
      return cells;
    };
    json& rows_json = made[key.scalar] = edits ? json::object() : json::array();
    if (edits) {
      for (const auto& [number, row] : list.entries) rows_json[number.scalar] = cells_of(row);
    } else {
      for (const Node& row : list.items) rows_json.push_back(cells_of(row));
    }
  }
  return made;
}

std::optional<Change> Stage::read_change(const json& change, const Node& at) {
  auto read = ledger::change_from_json(town_, change);
  if (read) return *std::move(read);
  fault(at, read.error().text.en);
  return std::nullopt;
}

// A record made directly, as its entries would have left it.
void Stage::fill(Record& record, const Node& node) {
  const rulebook::Kind& kind = *book_->find_kind(record.kind);
  record.state = node["state"].scalar;
  if (kind.find_state(record.state) == nullptr)
    fault(node["state"], fmt::format("{} has no state \"{}\"", kind.key, record.state));
  if (const auto since = parse_date(node["since"].scalar))
    record.state_since = *since;
  else if (node.has("since"))
    fault(node["since"], "since is a date");
  json values = values_of(kind, node["values"]);
  for (const char* shared : {"unit", "village", "handler"}) {
    if (node.has(shared)) values[shared] = node[shared].scalar;
  }
  const auto change =
      read_change({{"kind", record.kind},
                   {"acts", json::array({{{"values", values}, {"rows", rows_of(kind, node["rows"], false)}}})}},
                  node);
  if (!change) return;
  const ActInput& act = change->acts.front();
  for (const auto& [name, value] : act.values) {
    const Field* field = field_of(kind, name);
    if (field->computed)
      fault(node["values"], fmt::format("\"{}\" is computed: it cannot be given", name));
    else if (!value.absent())
      record.fields[name] = value;
  }
  for (const Node& name : node["unknown"].items) {
    if (field_of(kind, name.scalar) == nullptr)
      fault(name, fmt::format("{} has no field \"{}\"", kind.key, name.scalar));
    record.fields[name.scalar] = Unknown{};
  }
  for (const RowChange& row : act.rows) {
    Rows& rows = record.rows[row.rows];
    Fields& cells = rows[static_cast<RowNumber>(rows.size()) + 1];
    for (const auto& [column, value] : row.cells) {
      if (!value.absent()) cells[column] = value;
    }
  }
  for (const auto& [key, value] : node["numbers"].entries) {
    if (kind.find_number(key.scalar) == nullptr)
      fault(key, fmt::format("{} has no number \"{}\"", kind.key, key.scalar));
    record.numbers[key.scalar] = value.scalar;
  }
}

// `linked: {review: …}` fills the link field `review` of the record, unless the scenario says where the record goes.
void Stage::fill_links() {
  if (given_ == nullptr) return;
  for (const auto& [name, linked] : linked_) {
    const Field* field = kind_->find_field(name);
    if (referred_.contains(name) || field == nullptr || !holds_link(field->type)) continue;
    if (given_->fields.contains(name)) continue;
    std::vector<Link> links;
    for (const Record* record : linked.records) links.push_back({record->kind, record->id});
    if (field->type == Type::links)
      given_->fields[name] = links;
    else
      given_->fields[name] = links.front();
  }
}

void Stage::fill_back() {
  for (const auto& [key, value] : scenario_["back"].entries) {
    const std::size_t dot = key.scalar.find('.');
    const rulebook::Kind* other = book_->find_kind(key.scalar.substr(0, dot));
    const Field* field =
        other == nullptr || dot == std::string::npos ? nullptr : other->find_field(key.scalar.substr(dot + 1));
    if (field == nullptr || !holds_link(field->type) || given_ == nullptr) {
      fault(key, "write back: {kind.link_field: record}, for a record that there is");
      continue;
    }
    each_node(value, [&](const Node& node) {
      only_keys(node, {"state", "since", "values", "rows", "numbers", "unknown"});
      Record* record = reserve(other->key);
      fill(*record, node);
      const Link link{given_->kind, given_->id};
      if (field->type == Type::links)
        record->fields[field->key] = std::vector<Link>{link};
      else
        record->fields[field->key] = link;
    });
  }
}

json Stage::act_of(const Node& act) {
  json made = json::object();
  if (act.has("do")) made["do"] = act["do"].scalar;
  if (act.has("day")) made["day"] = act["day"].scalar;
  for (const std::string_view builtin : kBuiltIn) {
    if (act[builtin].is_map())
      made["values"] = values_of(*kind_, act[builtin]["values"] ? act[builtin]["values"] : act[builtin]);
  }
  const Node& history = act["history"];
  if (act.has("values")) made["values"] = values_of(*kind_, act["values"]);
  if (act.has("rows")) made["rows"] = rows_of(*kind_, act["rows"], false);
  if (history.has("rows")) made["rows"] = rows_of(*kind_, history["rows"], false);
  if (act.has("edits")) made["edits"] = rows_of(*kind_, act["edits"], true);
  for (const Node* numbers : {&act["numbers"], &history["numbers"]}) {
    for (const auto& [key, value] : numbers->entries) made["numbers"][key.scalar] = value.scalar;
  }
  for (const Node* unknown : {&act["unknown"], &history["unknown"]}) {
    for (const Node& name : unknown->items) made["values"][name.scalar] = {{"unknown", true}};
  }
  return made;
}

// What the JSON of a change refuses is a refusal of shape: which fields are meant is found by trying each alone.
void Stage::find_bad_fields(const json& change, std::size_t acts) {
  for (std::size_t i = 0; i < acts; ++i) {
    const json& act = change["acts"][i];
    const auto refused = [&](const json& part) {
      return !ledger::change_from_json(town_, {{"kind", kind_->key}, {"acts", json::array({part})}}).has_value();
    };
    for (const char* part : {"values", "rows", "edits"}) {
      if (!act.contains(part)) continue;
      for (const auto& [name, value] : act[part].items()) {
        json alone = json::object();
        alone[part][name] = value;
        if (refused(alone)) staged_.shape.push_back(name);
      }
    }
  }
}

// The case lives here, so that gates are asked; unless the scenario registers what happened elsewhere.
void Stage::choose_home(const std::vector<const Node*>& acts) {
  const std::string& home = scenario_["home"].scalar;
  const bool registered =
      std::any_of(acts.begin(), acts.end(), [](const Node* act) { return (*act)["way"].scalar == "registered"; });
  if (home == "outside" && kind_->home.empty()) homes_[kind_->key] = home;
  if (home != "outside" && !(registered && home.empty())) homes_[kind_->key] = "here";
}

void Stage::build_when() {
  const Node& when = scenario_["when"];
  std::vector<const Node*> acts;
  each_node(when, [&](const Node& act) { acts.push_back(&act); });
  choose_home(acts);
  if (acts.empty()) return;
  json change{{"kind", kind_->key}, {"acts", json::array()}};
  if (given_ != nullptr) change["record"] = given_->id.number;
  for (const Node* act : acts) {
    only_keys(*act, {"do",      "day",  "today",   "values", "rows",         "edits",  "numbers",
                     "unknown", "way",  "decider", "actor",  "signed_paper", "source", "signer",
                     "reason",  "pass", "correct", "edit",   "void",         "undo",   "history"});
    change["acts"].push_back(act_of(*act));
    for (const char* key : {"way", "source", "reason"}) {
      if (act->has(key)) change[key] = (*act)[key].scalar;
    }
    for (const std::string_view builtin : kBuiltIn) {
      if (act->has(builtin)) change["asks"] = builtin;
    }
    if (act->has("undo")) change["asks"] = "undo";
    if (act->has("history")) {
      change["way"] = "history";
      change["state"] = (*act)["history"]["state"].scalar;
    }
    const std::string day = act->has("today") ? (*act)["today"].scalar : (*act)["day"].scalar;
    if (const auto today = parse_date(day))
      staged_.today = std::max(staged_.today, *today);
    else
      fault(*act, "the act has no day");
  }
  if (!faults_.empty()) return;
  auto read = ledger::change_from_json(town_, change);
  if (!read) {
    find_bad_fields(change, acts.size());
    if (staged_.shape.empty()) fault(when, read.error().text.en);
    return;
  }
  staged_.change = *std::move(read);
  cast_people(acts);
}

void Stage::hire(const std::string& key, const std::vector<std::string>& posts) {
  Person& person = town_.staff[key];
  person.key = key;
  person.name = key;
  for (const std::string& post : posts) {
    if (!post.empty() && std::find(person.posts.begin(), person.posts.end(), post) == person.posts.end())
      person.posts.push_back(post);
  }
}

// A person named by a post holds that post alone; another name holds what the act asks for.
std::string Stage::hire_named(const Node& node, const std::vector<std::string>& posts) {
  const bool is_post = book_->find_role(node.scalar) != nullptr;
  hire(node.scalar, is_post ? std::vector<std::string>{node.scalar} : posts);
  return node.scalar;
}

// Who records, who decides, on which paper: what the scenario leaves out is as the law wants it.
void Stage::cast_people(const std::vector<const Node*>& acts) {
  Change& change = *staged_.change;
  std::vector<std::string> posts;
  std::string actor{kRecorder};
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const rulebook::Action* action = kind_->find_action((*acts[i])["do"].scalar);
    if (action != nullptr && !action->by.empty()) posts.push_back(action->by.front());
    if (action == nullptr || action->by.empty()) {
      for (auto list : {&rulebook::Role::corrects, &rulebook::Role::voids, &rulebook::Role::records_history})
        posts.push_back(historian(*book_, kind_->key, list));
    }
  }
  for (const Node* act : acts) {
    if (act->has("actor")) actor = hire_named((*act)["actor"], posts);
  }
  if (actor == kRecorder) hire(actor, posts);
  change.actor = actor;
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const Node& act = *acts[i];
    ActInput& input = change.acts[i];
    if (act.has("signer")) change.signer = hire_named(act["signer"], {});
    if (act.has("pass")) {
      only_keys(act["pass"], {"reason", "signer"});
      input.pass_reason = act["pass"]["reason"].scalar;
      input.pass_signer = hire_named(act["pass"]["signer"], kind_->signs);
    }
    const rulebook::Action* action = kind_->find_action(input.action);
    if (action != nullptr) cast_decider(*action, act, input);
  }
}

void Stage::cast_decider(const rulebook::Action& action, const Node& act, ActInput& input) {
  std::vector<std::string> posts;
  for (const rulebook::Decider& decider : action.decides) posts.push_back(decider.post);
  if (act.has("decider")) {
    input.decider = hire_named(act["decider"], posts);
  } else if (action.act_of == rulebook::Bearer::office && action.decided_by_path) {
    input.decider = decider_by_path(action, input);
    if (!input.decider.empty()) hire(input.decider);
  } else if (action.act_of == rulebook::Bearer::office && !posts.empty()) {
    input.decider = kDecider;
    hire(input.decider, posts);
  }
  const Node& paper = act["signed_paper"];
  const bool another = !input.decider.empty() && input.decider != staged_.change->actor;
  if (paper && paper.scalar != "no")
    input.signed_paper = yes(paper) ? std::string(kSignedPaper) : paper.scalar;
  else if (!paper && action.signed_paper && another)
    input.signed_paper = kSignedPaper;
}

std::string Stage::decider_by_path(const rulebook::Action& action, const ActInput& input) const {
  Record after = given_ == nullptr ? Record{} : *given_;
  after.kind = kind_->key;
  for (const auto& [name, value] : input.values) after.fields[name] = value;
  const InForce in_force = town_.in_force();
  View view(in_force, after);
  for (const Value& value : view.values(*action.decided_by_path)) {
    if (const auto* key = value.as<std::string>()) return *key;
  }
  return {};
}

void Stage::register_values(const rulebook::Kind& kind, const Fields& fields) {
  for (const auto& [name, value] : fields) {
    const Field* field = field_of(kind, name);
    const auto* key = value.as<std::string>();
    if (field == nullptr || key == nullptr) continue;
    if (field->type == Type::staff) hire(*key);
    if (field->type == Type::org) town_.orgs[*key] = Org{*key, *key, "unit", {}, {}};
  }
}

void Stage::register_rows(const rulebook::Kind& kind, const Record& record) {
  const auto cells_of = [&](const std::string& rows, const Fields& cells) {
    const Field* field = kind.find_field(rows);
    for (const auto& [column, value] : cells) {
      const Field* declared = field == nullptr ? nullptr : field->find_column(column);
      const auto* key = value.as<std::string>();
      if (declared == nullptr || key == nullptr) continue;
      if (declared->type == Type::staff) hire(*key);
      if (declared->type == Type::org) town_.orgs[*key] = Org{*key, *key, "unit", {}, {}};
    }
  };
  for (const auto& [name, rows] : record.rows) {
    for (const auto& [number, cells] : rows) cells_of(name, cells);
  }
}

void Stage::register_all() {
  for (const Record& record : records_) {
    const rulebook::Kind& kind = *book_->find_kind(record.kind);
    register_values(kind, record.fields);
    register_rows(kind, record);
    for (const auto& [name, text] : record.numbers) taken_[{record.kind, name, text}] = record.id;
  }
  if (!staged_.change) return;
  for (const ActInput& act : staged_.change->acts) {
    register_values(*kind_, act.values);
    Record rows;
    for (const RowChange& row : act.rows) {
      auto& list = rows.rows[row.rows];
      list[static_cast<RowNumber>(list.size()) + 1] = row.cells;
    }
    register_rows(*kind_, rows);
  }
}

void Stage::find_neighbours() {
  for (const Record& record : records_) {
    neighbours_.records[{record.kind, record.id}] = &record;
    for (const auto& [field, value] : record.fields) {
      for (const Link& link : links_in(value)) neighbours_.back[{record.kind, field, link}].push_back(&record);
    }
  }
  if (given_ == nullptr) return;
  EntryFacts made;
  made.type = "act";
  made.on = given_->state_since;
  made.kind = given_->kind;
  made.record = given_->id;
  made.version = 1;
  made.state = given_->state;
  made.numbers.insert(given_->numbers.begin(), given_->numbers.end());
  for (const auto& [name, value] : given_->fields) made.facts.push_back({name, value});
  for (const auto& [name, rows] : given_->rows) {
    for (const auto& [number, cells] : rows) {
      for (const auto& [column, value] : cells) made.facts.push_back({cell_path(name, number, column), value});
    }
  }
  history_.push_back(std::move(made));
}

Facts Stage::facts(const Neighbours& near) const {
  Facts facts;
  facts.in_force = town_.in_force();
  facts.before = given_;
  facts.neighbours = &near;
  facts.staff = &town_.staff;
  facts.orgs = &town_.orgs;
  facts.homes = &homes_;
  facts.history = &history_;
  facts.taken = &taken_;
  facts.today = staged_.today;
  facts.last_recorded = staged_.today;
  facts.town_character = town_.character;
  return facts;
}

}  // namespace zs::rules::scenarios
