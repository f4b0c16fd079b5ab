// A life's values → the JSON of a change: cycled lists, totals divided, days counted, records named.
#include <fmt/format.h>

#include <charconv>

#include "base/money.h"
#include "demo/plan.h"
#include "rules/term.h"

namespace zs::demo {
namespace {

using nlohmann::json;
using rulebook::Field;
using rulebook::Node;
using rulebook::Type;

Error fault(const Node& node, std::string_view zh, std::string_view en) {
  return bad_input(fmt::format("{} {}", node.place.text(), zh), fmt::format("{} {}", node.place.text(), en));
}

std::int64_t integer_or(std::string_view text, std::int64_t otherwise) {
  std::int64_t number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// An equal part of a total; the remainder goes to the first cases.
std::int64_t part_of(std::int64_t total, int index, int count) {
  return total / count + (index < total % count ? 1 : 0);
}

class Maker {
 public:
  Maker(const ledger::Town& town, const PlannedAct& act, const Made& made) : town_(town), act_(act), made_(made) {}

  Result<Json> run(const rulebook::Kind& kind) {
    const Node& node = *act_.node;
    json act{{"do", node["do"].scalar}, {"day", act_.day.text()}};
    json values = json::object();
    if (act_.creates) {
      for (const std::string_view shared : {"unit", "village", "handler"}) {
        const Node& given = (*act_.life)[shared];
        if (given) values[std::string(shared)] = text(cycled(given).scalar);
      }
    }
    for (const auto& [name, value] : node["values"].entries) {
      ZS_TRY(Json one, value_of(find(kind, name.scalar), value));
      values[name.scalar] = std::move(one.value);
    }
    act["values"] = std::move(values);
    ZS_CHECK(add_rows(kind, node["rows"], act));
    ZS_CHECK(add_edits(kind, node["edits"], act));
    if (node.has("numbers")) {
      for (const auto& [name, value] : node["numbers"].entries)
        act["numbers"][name.scalar] = text(cycled(value).scalar);
    }
    if (node.has("decider")) act["decider"] = text(cycled(node["decider"]).scalar);
    if (node.has("signed_paper"))
      act["signed_paper"] = text(node["signed_paper"].scalar);
    else if (node.has("decider"))
      act["signed_paper"] = fmt::format("签批单{}", act_.index + 1);
    if (node.has("pass"))
      act["pass"] = {{"reason", text(node["pass"]["reason"].scalar)}, {"signer", node["pass"]["signer"].scalar}};
    return Json{std::move(act)};
  }

 private:
  static const Field* find(const rulebook::Kind& kind, std::string_view name) {
    const Field* field = kind.find_field(name);
    return field != nullptr ? field : rulebook::find_shared_field(name);
  }

  // A list is cycled by the case's index.
  const Node& cycled(const Node& node) const {
    if (!node.is_list() || node.items.empty()) return node;
    return node.items[static_cast<std::size_t>(act_.index) % node.items.size()];
  }

  std::string text(std::string text) const {
    const auto replace = [&text](std::string_view from, const std::string& to) {
      for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    };
    replace("{n4}", fmt::format("{:04}", act_.index + 1));
    replace("{n}", std::to_string(act_.index + 1));
    return text;
  }

  // "day", "day+5", "day-3", or a date.
  std::optional<Date> day(const std::string& word) const {
    if (word == "day") return act_.day;
    if (word.starts_with("day+"))
      return rules::day_after(act_.day, {static_cast<int>(integer_or(word.substr(4), 0)), Unit::day}, town_.calendar);
    if (word.starts_with("day-"))
      return rules::day_before(act_.day, {static_cast<int>(integer_or(word.substr(4), 0)), Unit::day}, town_.calendar);
    return parse_date(word);
  }

  Result<Json> link(const Node& node) const {
    if (node.has("record")) {
      const std::string& life = node["record"].scalar;
      const auto count = made_.counts.find(life);
      if (count == made_.counts.end() || count->second == 0)
        return fault(node, fmt::format("“{}”还没有事项", life), fmt::format("no record of \"{}\" yet", life));
      int index = node.has("index") ? static_cast<int>(integer_or(node["index"].scalar, 1)) - 1 : act_.index;
      auto found = made_.cases.find({life, index});
      if (found == made_.cases.end()) found = made_.cases.find({life, index % count->second});
      if (found == made_.cases.end())
        return fault(node, fmt::format("“{}”没有这一件", life), fmt::format("no such record of \"{}\"", life));
      return Json{json(fmt::format("{}/{}", found->second.kind, found->second.id.number))};
    }
    const auto opened = made_.opened.find({act_.life_name, act_.index});
    const auto found = opened == made_.opened.end() ? std::map<std::string, Link>::const_iterator{}
                                                    : opened->second.find(node["opened"].scalar);
    if (opened == made_.opened.end() || found == opened->second.end())
      return fault(node, "这一件没有开出这样的事项", "this case opened no such record");
    return Json{json(fmt::format("{}/{}", found->second.kind, found->second.id.number))};
  }

  Result<Json> value_of(const Field* field, const Node& given) const {
    if (field == nullptr) return fault(given, "没有这个字段", "there is no such field");
    const Node& node = cycled(given);
    if (node.has("list")) {
      json list = json::array();
      for (const Node& item : node["list"].items) {
        if (item.is_map()) {
          ZS_TRY(Json one, link(item));
          list.push_back(std::move(one.value));
        } else {
          list.push_back(text(item.scalar));
        }
      }
      return Json{std::move(list)};
    }
    if (node.has("record") || node.has("opened")) return link(node);
    if (node.has("split")) return Json{json(part_of(integer_or(node["split"].scalar, 0), act_.index, act_.count))};
    if (node.has("split_money")) {
      const auto total = parse_fen(node["split_money"].scalar);
      if (!total) return fault(node, "要写金额（5000.00）", "an amount is expected (5000.00)");
      return Json{json(part_of(total->count, act_.index, act_.count))};
    }
    if (node.is_map()) {
      json party = json::object();
      for (const auto& [part, value] : node.entries) party[part.scalar] = text(cycled(value).scalar);
      return Json{std::move(party)};
    }
    return scalar_of(*field, node);
  }

  Result<Json> scalar_of(const Field& field, const Node& node) const {
    switch (field.type) {
      case Type::flag: return Json{json(node.scalar == "yes")};
      case Type::count: return Json{json(integer_or(node.scalar, 0))};
      case Type::date:
        if (const auto found = day(node.scalar)) return Json{json(found->text())};
        return fault(node, "要写日期、day 或者 day+5", "a date, day or day+5 is expected");
      case Type::moment:
        if (node.scalar.starts_with("day")) return Json{json(act_.day.text() + "T10:00")};
        return Json{json(node.scalar)};
      default: return Json{json(text(node.scalar))};
    }
  }

  Result<> add_rows(const rulebook::Kind& kind, const Node& rows, json& act) {
    for (const auto& [name, list] : rows.entries) {
      const Field* field = kind.find_field(name.scalar);
      if (field == nullptr) return fault(name, "没有这个明细", "there are no such rows");
      json made = json::array();
      if (list.is_map() && list.has("repeat")) {
        const Node& repeat = list["repeat"];
        const std::int64_t times = repeat.has("split")
                                       ? part_of(integer_or(repeat["split"].scalar, 0), act_.index, act_.count)
                                       : integer_or(repeat.scalar, 0);
        for (std::int64_t i = 0; i < times; ++i) {
          ZS_TRY(Json row, cells_of(*field, list["each"]));
          made.push_back(std::move(row.value));
        }
      } else {
        for (const Node& item : list.items) {
          ZS_TRY(Json row, cells_of(*field, item));
          made.push_back(std::move(row.value));
        }
      }
      if (!made.empty()) act["rows"][name.scalar] = std::move(made);
    }
    return {};
  }

  Result<> add_edits(const rulebook::Kind& kind, const Node& edits, json& act) {
    for (const auto& [name, rows] : edits.entries) {
      const Field* field = kind.find_field(name.scalar);
      if (field == nullptr) return fault(name, "没有这个明细", "there are no such rows");
      for (const auto& [number, cells] : rows.entries) {
        ZS_TRY(Json row, cells_of(*field, cells));
        act["edits"][name.scalar][number.scalar] = std::move(row.value);
      }
    }
    return {};
  }

  Result<Json> cells_of(const Field& rows, const Node& cells) const {
    json made = json::object();
    for (const auto& [column, value] : cells.entries) {
      ZS_TRY(Json one, value_of(rows.find_column(column.scalar), value));
      made[column.scalar] = std::move(one.value);
    }
    return Json{std::move(made)};
  }

  const ledger::Town& town_;
  const PlannedAct& act_;
  const Made& made_;
};

std::string inherited(const PlannedAct& act, std::string_view key) {
  const Node& own = (*act.node)[key];
  const Node& node = own ? own : (*act.life)[key];
  if (node.is_list() && !node.items.empty())
    return node.items[static_cast<std::size_t>(act.index) % node.items.size()].scalar;
  return node.scalar;
}

}  // namespace

std::optional<Link> target_of(const PlannedAct& act, const Made& made) {
  const Node& of = (*act.node)["of"];
  if (of.has("opened")) {
    const auto opened = made.opened.find({act.life_name, act.index});
    if (opened == made.opened.end()) return std::nullopt;
    const auto found = opened->second.find(of["opened"].scalar);
    return found == opened->second.end() ? std::nullopt : std::optional(found->second);
  }
  const auto found = made.cases.find({act.life_name, act.index});
  return found == made.cases.end() ? std::nullopt : std::optional(found->second);
}

Result<Json> change_of(const ledger::Town& town, const PlannedAct& act, const Made& made) {
  const std::optional<Link> target = act.creates ? std::nullopt : target_of(act, made);
  if (!act.creates && !target) return fault(*act.node, "找不到要办的事项", "the record to act on is not there");
  const std::string kind_key = target ? target->kind : (*act.life)["kind"].scalar;
  const rulebook::Kind* kind = town.book->find_kind(kind_key);
  if (kind == nullptr)
    return fault(*act.life, fmt::format("没有“{}”这个台账", kind_key),
                 fmt::format("there is no kind \"{}\"", kind_key));
  json change{{"kind", kind_key}, {"actor", inherited(act, "actor")}};
  if (target) change["record"] = target->id.number;
  const std::string way = inherited(act, "way");
  // Entered days after the act: it had been done on paper.
  if (!way.empty())
    change["way"] = way;
  else if (act.past_by_hand)
    change["way"] = "registered";
  const std::string source = inherited(act, "source");
  if (!source.empty())
    change["source"] = source;
  else if (change.contains("way") && change["way"] == "registered")
    change["source"] = "纸质材料";
  if (act.node->has("signer")) change["signer"] = (*act.node)["signer"].scalar;
  ZS_TRY(Json made_act, Maker(town, act, made).run(*kind));
  change["acts"] = json::array({std::move(made_act.value)});
  return Json{std::move(change)};
}

}  // namespace zs::demo
