// Cuts the elements of one name out of a stream of XML, one by one and bounded, so that a sheet of a million rows costs
// the memory of one row. What stands before the root is looked at: a document type (and with it every entity) is
// refused.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace zs::paper {

/// No single row or string of an honest file is longer.
inline constexpr std::size_t kXmlElementBytesMax = 8u << 20;

class XmlCut {
 public:
  /// `name` without prefix; `part` is named in errors. `take` is given each element whole and may change its bytes.
  XmlCut(std::string name, std::string part, std::function<Result<bool>(std::string&)> take);

  /// Takes the next piece; false: no more is wanted. Errors: bad_input, and those of `take`.
  Result<bool> feed(std::string_view piece);
  /// All pieces are given. Errors: bad_input if the document ends before its root or inside an element.
  Result<> finish() const;

 private:
  enum class Found { element, nothing, partial };
  Result<bool> find_root();
  Found find_element(std::size_t& begin, std::size_t& end);
  Error wrong(std::string_view zh, std::string_view en) const;

  std::string name_, part_;
  std::function<Result<bool>(std::string&)> take_;
  std::string buffer_, element_, open_, close_;
  bool in_root_ = false;
  bool inside_ = false;  ///< the buffer begins inside an element
};

}  // namespace zs::paper
