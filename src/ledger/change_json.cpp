#include "ledger/change_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "rulebook/field_value.h"

namespace zs::ledger {
namespace {

using nlohmann::json;
using rules::ActInput;
using rules::Change;

constexpr std::size_t kActsMax = 20;
constexpr std::size_t kRowsMax = 2000;

Error wrong(std::string_view where, std::string_view zh, std::string_view en) {
  return bad_input(fmt::format("{}：{}", where, zh), fmt::format("{}: {}", where, en));
}

Result<> only_keys(const json& object, std::string_view where, std::initializer_list<std::string_view> keys) {
  if (!object.is_object()) return wrong(where, "这里要写一个 JSON 对象", "a JSON object is expected");
  for (const auto& [key, value] : object.items()) {
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    std::vector<std::string> names;
    for (const std::string_view name : keys) names.emplace_back(name);
    const std::string near = rulebook::nearest(key, names);
    return bad_input(
        fmt::format("{}：没有“{}”这个键{}", where, key, near.empty() ? "" : fmt::format("。是不是“{}”？", near)),
        fmt::format("{}: there is no key \"{}\"{}", where, key,
                    near.empty() ? "" : fmt::format(". Did you mean \"{}\"?", near)));
  }
  return {};
}

Result<std::string> text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::string();
  if (!found->is_string() || found->get_ref<const std::string&>().size() > 20'000)
    return wrong(key, "要写文字", "a text is expected");
  return found->get<std::string>();
}

Result<rules::Fields> fields_of(const rulebook::Kind& kind, const std::vector<rulebook::Field>* columns,
                                const json& object, std::string_view where) {
  rules::Fields fields;
  if (!object.is_object()) return wrong(where, "这里要写一个 JSON 对象", "a JSON object is expected");
  for (const auto& [key, value] : object.items()) {
    const rulebook::Field* field = nullptr;
    if (columns != nullptr) {
      for (const rulebook::Field& column : *columns) {
        if (column.key == key) field = &column;
      }
    } else {
      field = kind.find_field(key);
      if (field == nullptr) field = rulebook::find_shared_field(key);
    }
    if (field == nullptr) {
      std::vector<std::string> names;
      for (const rulebook::Field& candidate : columns != nullptr ? *columns : kind.fields)
        names.push_back(candidate.key);
      const std::string near = rulebook::nearest(key, names);
      return bad_input(
          fmt::format("{}：没有“{}”这个字段{}", where, key, near.empty() ? "" : fmt::format("。是不是“{}”？", near)),
          fmt::format("{}: there is no field \"{}\"{}", where, key,
                      near.empty() ? "" : fmt::format(". Did you mean \"{}\"?", near)));
    }
    ZS_TRY(Value parsed, rulebook::value_from_input(*field, value));
    fields[key] = std::move(parsed);
  }
  return fields;
}

Result<> read_rows(const rulebook::Kind& kind, const json& object, bool adds, ActInput& act) {
  const std::string_view where = adds ? "rows" : "edits";
  if (!object.is_object()) return wrong(where, "这里要写一个 JSON 对象", "a JSON object is expected");
  for (const auto& [name, list] : object.items()) {
    const rulebook::Field* rows = kind.find_field(name);
    if (rows == nullptr || rows->type != rulebook::Type::rows)
      return wrong(name, "不是本台账的明细", "is no rows field of this kind");
    const bool shape = adds ? list.is_array() : list.is_object();
    if (!shape || list.size() > kRowsMax)
      return wrong(name, adds ? "rows 要写一列行" : "edits 按行号写",
                   adds ? "rows take a list" : "edits are keyed by row number");
    for (const auto& [key, cells] : list.items()) {
      rules::RowChange row;
      row.rows = name;
      if (!adds) row.number = std::atoll(key.c_str());
      if (!adds && row.number <= 0) return wrong(name, "行号从1起", "row numbers begin at 1");
      ZS_TRY(row.cells, fields_of(kind, &rows->columns, cells, name));
      act.rows.push_back(std::move(row));
    }
  }
  return {};
}

Result<ActInput> act_from(const rulebook::Kind& kind, const json& object) {
  ZS_CHECK(only_keys(object, "acts",
                     {"do", "day", "values", "rows", "edits", "numbers", "decider", "signed_paper", "pass"}));
  ActInput act;
  ZS_TRY(act.action, text_of(object, "do"));
  ZS_TRY(act.decider, text_of(object, "decider"));
  ZS_TRY(act.signed_paper, text_of(object, "signed_paper"));
  ZS_TRY(const std::string day, text_of(object, "day"));
  if (!day.empty()) {
    act.day = parse_date(day);
    if (!act.day)
      return wrong("day", fmt::format("“{}”不是日期（2024-10-08）", day),
                   fmt::format("\"{}\" is no date (2024-10-08)", day));
  }
  if (object.contains("values")) {
    ZS_TRY(act.values, fields_of(kind, nullptr, object["values"], "values"));
  }
  if (object.contains("rows")) ZS_CHECK(read_rows(kind, object["rows"], true, act));
  if (object.contains("edits")) ZS_CHECK(read_rows(kind, object["edits"], false, act));
  if (object.contains("numbers")) {
    for (const auto& [name, text] : object["numbers"].items()) {
      if (!text.is_string() || text.get_ref<const std::string&>().size() > 200)
        return wrong(name, "编号要写文字", "a number is a text");
      act.numbers[name] = text.get<std::string>();
    }
  }
  if (object.contains("pass")) {
    ZS_CHECK(only_keys(object["pass"], "pass", {"reason", "signer"}));
    ZS_TRY(act.pass_reason, text_of(object["pass"], "reason"));
    ZS_TRY(act.pass_signer, text_of(object["pass"], "signer"));
  }
  return act;
}

json reason_to_json(const rules::Reason& reason, bool english) {
  json made{{"kind", reason.kind}, {"name", reason.name}, {"says", english ? reason.says.en : reason.says.zh}};
  if (!reason.rules.empty()) made["rules"] = reason.rules;
  if (!reason.citation.empty()) made["law"] = reason.citation;
  return made;
}

json marks_to_json(const std::vector<rules::Mark>& marks) {
  json list = json::array();
  for (const rules::Mark& mark : marks) list.push_back({{"gate", mark.gate}, {"rules", mark.rules}});
  return list;
}

// A quick form walks its actions in order, each with its own day; what it does not name may not slip in.
Result<> check_quick(const rulebook::Kind& kind, const std::string& key, const Change& change) {
  for (const rulebook::Quick& quick : kind.quick) {
    if (quick.key != key) continue;
    std::vector<std::string> does;
    for (const ActInput& act : change.acts) does.push_back(act.action);
    if (does == quick.does) return {};
    return bad_input(fmt::format("“{}”要依次填：{}", quick.label, fmt::join(quick.does, "、")),
                     fmt::format("\"{}\" takes these acts in order: {}", key, fmt::join(quick.does, ", ")));
  }
  return wrong("quick", fmt::format("没有“{}”这张表", key), fmt::format("there is no form \"{}\"", key));
}

// The kind that a change is of; what is near to it, if there is none.
Result<const rulebook::Kind*> kind_of(const Town& town, const std::string& key) {
  if (const rulebook::Kind* kind = town.book->find_kind(key)) return kind;
  std::vector<std::string> names;
  for (const rulebook::Kind& candidate : town.book->kinds) names.push_back(candidate.key);
  const std::string near = rulebook::nearest(key, names);
  return bad_input(
      fmt::format("没有“{}”这个台账{}", key, near.empty() ? "" : fmt::format("。是不是“{}”？", near)),
      fmt::format("there is no kind \"{}\"{}", key, near.empty() ? "" : fmt::format(". Did you mean \"{}\"?", near)));
}

Result<> read_way(const json& object, Change& change) {
  ZS_TRY(const std::string way, text_of(object, "way"));
  const auto parsed_way = rules::parse_way(way.empty() ? "done" : way);
  if (!parsed_way)
    return wrong("way", "写 done、registered、history 或者 summary", "is done, registered, history or summary");
  change.way = *parsed_way;
  ZS_TRY(const std::string asks, text_of(object, "asks"));
  const auto parsed_asks =
      rules::parse_asks(asks.empty() ? (change.way == rules::Way::history ? "history" : "acts") : asks);
  if (!parsed_asks)
    return wrong("asks", "写 acts、edit、correct、void、undo、history、withdraw_paper 或者 replace_paper",
                 "is acts, edit, correct, void, undo, history, withdraw_paper or replace_paper");
  change.asks = *parsed_asks;
  return {};
}

// A whole number; none if it is not there.
Result<std::optional<std::int64_t>> number_of(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::optional<std::int64_t>();
  if (!found->is_number_integer()) return wrong(key, "要写整数", "is a whole number");
  return std::optional(found->get<std::int64_t>());
}

Result<> read_acts(const rulebook::Kind& kind, const json& object, Change& change) {
  const auto acts = object.find("acts");
  if (acts == object.end()) return {};
  if (!acts->is_array() || acts->size() > kActsMax)
    return wrong("acts", "要写一列动作，最多二十个", "is a list of at most twenty acts");
  for (const json& item : *acts) {
    ZS_TRY(ActInput act, act_from(kind, item));
    change.acts.push_back(std::move(act));
  }
  return {};
}

}  // namespace

Result<Change> change_from_json(const Town& town, const json& object) {
  ZS_CHECK(only_keys(object, "change",
                     {"kind", "record", "way", "actor", "key", "version", "acts", "reason", "signer", "source", "state",
                      "asks", "quick", "paper"}));
  Change change;
  change.town = town.id;
  ZS_TRY(change.kind, text_of(object, "kind"));
  ZS_TRY(const rulebook::Kind* kind, kind_of(town, change.kind));
  ZS_TRY(change.actor, text_of(object, "actor"));
  ZS_TRY(change.key, text_of(object, "key"));
  ZS_TRY(change.reason, text_of(object, "reason"));
  ZS_TRY(change.signer, text_of(object, "signer"));
  ZS_TRY(change.source, text_of(object, "source"));
  ZS_TRY(change.state, text_of(object, "state"));
  ZS_CHECK(read_way(object, change));
  ZS_TRY(const auto record, number_of(object, "record"));
  if (record) change.record = RecordId{*record};
  ZS_TRY(change.version, number_of(object, "version"));
  ZS_TRY(const auto paper, number_of(object, "paper"));
  change.paper = paper.value_or(0);
  ZS_CHECK(read_acts(*kind, object, change));
  ZS_TRY(const std::string quick, text_of(object, "quick"));
  if (!quick.empty()) ZS_CHECK(check_quick(*kind, quick, change));
  return change;
}

json answer_to_json(const Answer& answer, bool english) {
  if (const auto* refusal = std::get_if<rules::Refusal>(&answer)) {
    json reasons = json::array();
    for (const rules::Reason& reason : refusal->reasons) reasons.push_back(reason_to_json(reason, english));
    return {{"outcome", "refused"}, {"reasons", std::move(reasons)}};
  }
  const Receipt& receipt = std::get<Receipt>(answer);
  json made{{"outcome", "accepted"},      {"record", receipt.record.number},
            {"version", receipt.version}, {"entries", {receipt.first.number, receipt.last.number}},
            {"state", receipt.state},     {"numbers", receipt.numbers}};
  json opened = json::array();
  for (const Link& link : receipt.opened) opened.push_back(fmt::format("{}/{}", link.kind, link.id.number));
  made["opened"] = std::move(opened);
  made["missing"] = receipt.missing;
  made["warned"] = marks_to_json(receipt.warned);
  made["breaches"] = marks_to_json(receipt.breaches);
  if (receipt.repeated) made["repeated"] = true;
  return made;
}

}  // namespace zs::ledger
