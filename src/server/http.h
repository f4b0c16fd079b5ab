// HTTP as the rest of the server sees it: plain requests and responses, one function that serves. No library in it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zs::server {

struct Request {
  std::string id;      ///< given by us; stands in the log and in every problem document
  std::string method;  ///< GET, POST, DELETE …
  std::string path;    ///< decoded, without the query
  std::map<std::string, std::string, std::less<>> query;
  std::map<std::string, std::string, std::less<>> headers;  ///< names in lower case
  std::string body;
  std::filesystem::path body_file;  ///< of a streamed body, in place of `body`; gone after the answer unless moved away
  std::string peer;

  std::string_view header(std::string_view name) const;
  std::string_view parameter(std::string_view name) const;
  /// The value of a cookie; empty if there is none.
  std::string cookie(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  /// In place of `body`: bytes that others hold too (an asset, an answer that is kept).
  std::shared_ptr<const std::string> shared_body;
  std::filesystem::path file;  ///< in place of both: streamed from disk
};

using Handler = std::function<Response(const Request&)>;

/// Bounds, so that nobody can hold the server up.
struct Limits {
  std::size_t header_bytes = std::size_t{16} * 1024;
  std::size_t body_bytes = std::size_t{8} * 1024 * 1024;
  std::chrono::seconds read_time{20};                        ///< for one request, whole
  std::chrono::seconds idle_time{75};                        ///< between two requests
  std::size_t upload_bytes = std::size_t{64} * 1024 * 1024;  ///< of a streamed body
  std::chrono::seconds upload_time{600};                     ///< for a streamed body, either way
  std::size_t connections = 8000;
  std::size_t queue = 1024;  ///< requests that wait for a worker; beyond it 503
};

struct ServeOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  unsigned workers = 2;
  Limits limits;
  std::filesystem::path certificate, key;  ///< PEM; empty: plain HTTP, behind a proxy or on this machine alone
  std::filesystem::path spool;             ///< the folder for streamed bodies
  /// Whether the body of this request goes to a file, and whether it may be sent at all; asked before it is read, with
  /// the head alone.
  std::function<bool(const Request&)> streamed;
  std::function<std::optional<Response>(const Request&)> admit;
  std::function<void(std::uint16_t)> listening;  ///< told the port once requests are taken
  std::function<void(const Request&, const Response&, std::chrono::microseconds)> log;
};

/// Serves until SIGINT or SIGTERM, or until `stop` is set; then no new request is taken, those under way are answered.
/// Errors: io (the address is in use or not ours).
Result<> serve(const ServeOptions& options, const Handler& handler, const std::atomic<bool>* stop = nullptr);

/// "%E9%95%87+1" → "镇 1". Nothing if an escape is broken, or the bytes hold NUL or are not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);
/// Splits "/a/b?x=1" into path and query. False if it cannot be decoded or climbs out ("..").
bool read_target(std::string_view target, Request& request);

}  // namespace zs::server
