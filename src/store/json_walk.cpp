#include "store/json_walk.h"

namespace zs::store {
namespace {

using nlohmann::json;

// Events of the parser: objects down to the depth are keys, what is below is put together as one value.
class Walk : public nlohmann::json_sax<json> {
 public:
  Walk(std::size_t depth, JsonValues& receiver) : depth_(depth), receiver_(receiver) {}

  bool null() override { return put(json()); }
  bool boolean(bool value) override { return put(json(value)); }
  bool number_integer(number_integer_t value) override { return put(json(value)); }
  bool number_unsigned(number_unsigned_t value) override { return put(json(value)); }
  bool number_float(number_float_t value, const string_t&) override { return put(json(value)); }
  bool string(string_t& value) override { return put(json(std::move(value))); }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override {
    if (open_.empty() && inside_ < depth_) {
      ++inside_;
      if (inside_ > 1 && !receiver_.enter(keys_)) return false;
      keys_.emplace_back();
      return true;
    }
    open_.push_back(json::object());
    names_.emplace_back();
    return true;
  }
  bool key(string_t& key) override {
    (open_.empty() ? keys_.back() : names_.back()) = std::move(key);
    return true;
  }
  bool end_object() override {
    if (!open_.empty()) return close();
    keys_.pop_back();
    --inside_;
    return true;
  }
  bool start_array(std::size_t) override {
    if (open_.empty() && inside_ < depth_) return false;
    open_.push_back(json::array());
    names_.emplace_back();
    return true;
  }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  bool close() {
    json made = std::move(open_.back());
    open_.pop_back();
    names_.pop_back();
    return put(std::move(made));
  }
  bool put(json&& value) {
    if (open_.empty()) return inside_ == depth_ && receiver_.value(keys_, std::move(value));
    if (open_.back().is_array())
      open_.back().push_back(std::move(value));
    else
      open_.back()[names_.back()] = std::move(value);
    return true;
  }

  const std::size_t depth_;
  JsonValues& receiver_;
  std::size_t inside_ = 0;
  std::vector<std::string> keys_, names_;
  std::vector<json> open_;
};

}  // namespace

bool walk_json(std::string_view text, std::size_t depth, JsonValues& receiver) {
  Walk walk(depth, receiver);
  return json::sax_parse(text, &walk);
}

}  // namespace zs::store
