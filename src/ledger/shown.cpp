#include "ledger/shown.h"

#include <vector>

#include "base/money.h"

namespace zs::ledger {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "、") + part;
  return out;
}

std::string party_text(const Party& party) {
  std::vector<std::string> parts;
  for (const std::string_view key : {"name", "id_no", "phone", "address"}) {
    const auto found = party.find(key);
    if (found != party.end() && !found->second.empty()) parts.push_back(found->second);
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "，") + part;
  return out;
}

}  // namespace

std::string org_name(const Town& town, const std::string& key) {
  const auto found = town.orgs.find(key);
  return found == town.orgs.end() ? key : found->second.name;
}

std::string staff_name(const Town& town, const std::string& key) {
  const auto found = town.staff.find(key);
  return found == town.staff.end() ? key : found->second.name;
}

std::string shown(const Town& town, const rulebook::Field& field, const Value& value) {
  if (value.unknown()) return "不详";
  const auto* text = value.as<std::string>();
  if (field.type == rulebook::Type::staff && text != nullptr) return staff_name(town, *text);
  if (field.type == rulebook::Type::org && text != nullptr) return org_name(town, *text);
  if (text != nullptr) {
    const rulebook::Option* option = field.find_option(*text);
    return option == nullptr ? *text : option->label;
  }
  if (const auto* keys = value.as<std::vector<std::string>>()) {
    std::vector<std::string> labels;
    for (const std::string& key : *keys) {
      const rulebook::Option* option = field.find_option(key);
      labels.push_back(option == nullptr ? key : option->label);
    }
    return joined(labels);
  }
  if (const auto* party = value.as<Party>()) return party_text(*party);
  if (const auto* flag = value.as<bool>()) return *flag ? "是" : "否";
  const auto* number = value.as<std::int64_t>();
  if (number != nullptr && field.type == rulebook::Type::money) return Fen{*number}.text() + " 元";
  return plain_text(value);
}

}  // namespace zs::ledger
