#include "rulebook/source.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace zs::rulebook {
namespace {

constexpr std::size_t kFaultsMax = 2000;
constexpr std::size_t kDepthMax = 40;
constexpr std::size_t kFileBytesMax = 4U << 20;

// Builds our tree from yaml-cpp's events: no YAML::Node, which is slow and forgets where it stood.
class Builder : public YAML::EventHandler {
 public:
  Builder(std::string file, Faults& faults) : file_(std::move(file)), faults_(faults) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { scalar(mark, "", false, anchor); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    faults_.add(place(mark), "规则书不用别名（*），把内容写出来",
                "aliases (*) are not used here: write the content out");
    scalar(mark, "", false, 0);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    scalar(mark, value, tag == "!", anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, Node::Kind::list, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, Node::Kind::map, anchor);
  }
  void OnMapEnd() override { close(); }

  Node take() { return std::move(root_); }

 private:
  struct Open {
    Node node;
    Node key;
    bool key_waits = false;
  };

  Place place(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }

  void scalar(const YAML::Mark& mark, const std::string& value, bool quoted, YAML::anchor_t anchor) {
    refuse_anchor(mark, anchor);
    Node node;
    node.kind = Node::Kind::scalar;
    node.place = place(mark);
    node.scalar = value;
    node.quoted = quoted;
    put(std::move(node));
  }

  void open(const YAML::Mark& mark, Node::Kind kind, YAML::anchor_t anchor) {
    refuse_anchor(mark, anchor);
    if (stack_.size() >= kDepthMax) throw YAML::ParserException(mark, "nested too deeply");
    Open level;
    level.node.kind = kind;
    level.node.place = place(mark);
    stack_.push_back(std::move(level));
  }

  void close() {
    Node node = std::move(stack_.back().node);
    stack_.pop_back();
    put(std::move(node));
  }

  void put(Node node) {
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& level = stack_.back();
    if (level.node.kind == Node::Kind::list) {
      level.node.items.push_back(std::move(node));
    } else if (!level.key_waits) {
      level.key = std::move(node);
      level.key_waits = true;
    } else {
      level.key_waits = false;
      add_entry(level, std::move(node));
    }
  }

  void add_entry(Open& level, Node value) {
    if (level.key.kind != Node::Kind::scalar) {
      faults_.add(level.key.place, "键必须是一个词", "a key must be a single word");
      return;
    }
    if (level.node.has(level.key.scalar)) {
      faults_.add(level.key.place, fmt::format("键“{}”写了两次，删去一个", level.key.scalar),
                  fmt::format("the key \"{}\" stands twice: remove one", level.key.scalar));
      return;
    }
    level.node.entries.push_back({std::move(level.key), std::move(value)});
  }

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) {
      faults_.add(place(mark), "规则书不用锚点（&）", "anchors (&) are not used here");
    }
  }

  std::string file_;
  Faults& faults_;
  std::vector<Open> stack_;
  Node root_;
};

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::string Place::text() const {
  return fmt::format("{}:{}:{}", file, line, column);
}

void Faults::add(const Place& place, std::string zh, std::string en) {
  ++count_;
  if (list_.size() < kFaultsMax) list_.push_back({place, {std::move(zh), std::move(en)}});
}

const Node& Node::operator[](std::string_view key) const {
  static const Node kAbsent;
  for (const auto& [name, value] : entries) {
    if (name.scalar == key) return value;
  }
  return kAbsent;
}

Node read_yaml(const std::string& file, const std::string& text, Faults& faults) {
  if (text.size() > kFileBytesMax) {
    faults.add({file, 1, 1}, "文件超过4兆字节", "the file is larger than 4 MiB");
    return {};
  }
  Builder builder(file, faults);
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
  } catch (const YAML::Exception& error) {
    faults.add({file, error.mark.line + 1, error.mark.column + 1}, fmt::format("YAML 语法错误：{}", error.msg),
               fmt::format("YAML syntax: {}", error.msg));
    return {};
  }
  return builder.take();
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t d = distance(word, candidate);
    if (d < best_distance) {
      best_distance = d;
      best = candidate;
    }
  }
  return best;
}

}  // namespace zs::rulebook
