#include "server/admin.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zs::server {
namespace {

constexpr std::size_t kTextMax = 500;
constexpr std::size_t kKeyMax = 60;

}  // namespace

Result<> take_texts(const nlohmann::json& body, std::initializer_list<std::string_view> names,
                    std::initializer_list<std::string_view> others, std::map<std::string, std::string>& values) {
  const auto among = [](std::initializer_list<std::string_view> list, const std::string& key) {
    return std::find(list.begin(), list.end(), key) != list.end();
  };
  for (const auto& [key, value] : body.items()) {
    if (among(others, key)) continue;
    if (!among(names, key)) return bad_input(fmt::format("没有“{}”这一项", key), fmt::format("no such key: {}", key));
    if (value.is_null()) {
      values[key].clear();
      continue;
    }
    if (!value.is_string() || value.get_ref<const std::string&>().size() > kTextMax)
      return bad_input(fmt::format("“{}”要是一段文字，不超过{}字节", key, kTextMax),
                       fmt::format("\"{}\" takes a text of at most {} bytes", key, kTextMax));
    values[key] = value.get<std::string>();
  }
  return {};
}

Result<std::string> new_key(const nlohmann::json& body) {
  const auto given = body.find("key");
  const std::string key = given != body.end() && given->is_string() ? given->get<std::string>() : std::string();
  const bool good = !key.empty() && key.size() <= kKeyMax && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (good) return key;
  return bad_input("编号用小写字母、数字和连字符", "a key is of small letters, digits and hyphens");
}

Result<Response> refused(Context& context, const std::string& what, const std::string& where, const std::string& says) {
  ZS_CHECK(note(context, what, where, "refused", says));
  return problem(context.request, 403, {}, says);
}

}  // namespace zs::server
