// YAML with its place: a tree of nodes that know file, line and column, and the collector of faults.
//
// Scalars are text; quoting is remembered. Anchors, aliases and tags are faults. The only file beside it that knows
// yaml-cpp is source.cpp.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace zs::rulebook {

/// Where something stands in the rulebook: kinds/petition.yaml:41:13.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  std::string text() const;
};

/// One fault of a rulebook: where, what is wrong, how to mend it.
struct Fault {
  Place place;
  Text what;
};

/// All faults of all files; never more than kFaultsMax are kept, the rest are counted.
class Faults {
 public:
  void add(const Place& place, std::string zh, std::string en);
  const std::vector<Fault>& list() const { return list_; }
  std::size_t count() const { return count_; }
  bool none() const { return count_ == 0; }

 private:
  std::vector<Fault> list_;
  std::size_t count_ = 0;
};

struct Entry;

struct Node {
  enum class Kind { absent, scalar, list, map };
  Kind kind = Kind::absent;
  Place place;
  std::string scalar;
  bool quoted = false;
  std::vector<Node> items;     ///< of a list
  std::vector<Entry> entries;  ///< of a map, in the order of the file

  bool is_map() const { return kind == Kind::map; }
  bool is_list() const { return kind == Kind::list; }
  bool is_scalar() const { return kind == Kind::scalar; }
  explicit operator bool() const { return kind != Kind::absent; }
  /// The value under a key; an absent node if there is none.
  const Node& operator[](std::string_view key) const;
  bool has(std::string_view key) const { return static_cast<bool>((*this)[key]); }
};

/// A key of a map and its value.
struct Entry {
  Node first;
  Node second;
};

/// Reads one YAML document. Syntax errors, keys given twice, anchors and over-deep nesting become faults; what could
/// be read is returned.
Node read_yaml(const std::string& file, const std::string& text, Faults& faults);

/// The candidate nearest in spelling, if near enough to ask "did you mean".
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace zs::rulebook
