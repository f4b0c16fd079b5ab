// JSON written as it goes, for answers that are asked for often: no tree, one buffer.
//
//   JsonWriter w;
//   w.object([&] {
//     w("id", 12);
//     w.array("items", [&] { for (…) w.object([&] { … }); });
//   });
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

#include "base/value.h"

namespace zs {

class JsonWriter {
 public:
  JsonWriter() { text_.reserve(std::size_t{16} * 1024); }

  /// An element of an array, or the whole document.
  void object(auto&& fill) {
    begin();
    enclosed('{', '}', fill);
  }
  void element(std::string_view text) {
    begin();
    append_json_text(text_, text);
  }
  /// Members of an object.
  void object(std::string_view key, auto&& fill) {
    put_key(key);
    enclosed('{', '}', fill);
  }
  void array(std::string_view key, auto&& fill) {
    put_key(key);
    enclosed('[', ']', fill);
  }
  void operator()(std::string_view key, std::string_view text) {
    put_key(key);
    append_json_text(text_, text);
  }
  void operator()(std::string_view key, const std::string& text) { (*this)(key, std::string_view(text)); }
  void operator()(std::string_view key, const char* text) { (*this)(key, std::string_view(text)); }
  void operator()(std::string_view key, std::same_as<bool> auto flag) {
    put_key(key);
    text_ += flag ? "true" : "false";
  }
  void operator()(std::string_view key, std::integral auto number) requires(!std::same_as<decltype(number), bool>) {
    put_key(key);
    const fmt::format_int digits(number);
    text_.append(digits.data(), digits.size());
  }
  void operator()(std::string_view key, Date day) { (*this)(key, std::string_view(day.text())); }
  void operator()(std::string_view key, const std::optional<Date>& day) { day ? (*this)(key, *day) : null(key); }
  void operator()(std::string_view key, const Value& value) {
    put_key(key);
    append_json(text_, value);
  }
  void null(std::string_view key) {
    put_key(key);
    text_ += "null";
  }
  /// Text that is JSON already.
  void raw(std::string_view key, std::string_view json) {
    put_key(key);
    text_ += json;
  }

  std::string take() { return std::move(text_); }

 private:
  void begin() {
    if (comma_) text_.push_back(',');
    comma_ = true;
  }
  // Keys are ours: nothing in them needs an escape.
  void put_key(std::string_view key) {
    begin();
    text_.push_back('"');
    text_.append(key);
    text_ += "\":";
  }
  void enclosed(char open, char close, auto&& fill) {
    text_.push_back(open);
    comma_ = false;
    fill();
    text_.push_back(close);
    comma_ = true;
  }

  std::string text_;
  bool comma_ = false;
};

}  // namespace zs
