// The files of the desk, read once at start: precompressed, with an ETag, those with a digest in their name for ever.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "server/http.h"

namespace zs::server {

class Assets {
 public:
  /// Reads every file of a folder. A folder that is not there is no error: then the desk says how to build it.
  static Result<Assets> load(const std::filesystem::path& folder);
  /// GET below /desk. What is no file is the desk itself: its pages have addresses of their own.
  Response answer(const Request& request, std::string_view path) const;
  bool empty() const { return files_.empty(); }

 private:
  struct File {
    std::string type, body, gzip, etag;
    bool immutable = false;
  };
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace zs::server
