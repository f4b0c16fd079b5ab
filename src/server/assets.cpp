#include "server/assets.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>

#include "base/digest.h"

namespace zs::server {
namespace {

namespace fs = std::filesystem;

struct TypeName {
  std::string_view ending, type;
};
constexpr std::array<TypeName, 10> kTypes{{{".html", "text/html; charset=utf-8"},
                                           {".js", "text/javascript; charset=utf-8"},
                                           {".css", "text/css; charset=utf-8"},
                                           {".json", "application/json"},
                                           {".svg", "image/svg+xml"},
                                           {".png", "image/png"},
                                           {".ico", "image/x-icon"},
                                           {".woff2", "font/woff2"},
                                           {".txt", "text/plain; charset=utf-8"},
                                           {".webmanifest", "application/manifest+json"}}};

std::string_view type_of(std::string_view name) {
  for (const TypeName& each : kTypes) {
    if (name.ends_with(each.ending)) return each.type;
  }
  return "application/octet-stream";
}

Response text_response(int status, std::string_view text) {
  Response response;
  response.status = status;
  response.type = "text/plain; charset=utf-8";
  response.body = text;
  return response;
}

Result<std::string> read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return io_error(fmt::format("读不了 {}", path.string()), fmt::format("cannot read {}", path.string()));
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

}  // namespace

Result<Assets> Assets::load(const fs::path& folder) {
  Assets assets;
  std::error_code error;
  if (!fs::is_directory(folder, error)) return assets;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (!entry.is_regular_file()) continue;
    std::string name = fs::relative(entry.path(), folder).generic_string();
    ZS_TRY(std::string bytes_read, read(entry.path()));
    if (name.ends_with(".gz")) {
      name.resize(name.size() - 3);
      assets.files_[name].gzip = std::move(bytes_read);
      continue;
    }
    File& file = assets.files_[name];
    file.type = type_of(name);
    file.etag = fmt::format("\"{}\"", hex(bytes(digest(Algorithm::sha256, {bytes_read}))).substr(0, 24));
    file.immutable = name.starts_with("assets/");
    file.body = std::move(bytes_read);
  }
  return assets;
}

Response Assets::answer(const Request& request, std::string_view path) const {
  if (files_.empty()) return text_response(503, "桌面还没有构建：先运行 script/setup");
  auto found = path.ends_with('/') ? files_.find(std::string(path) + "index.html") : files_.find(path);
  if (found == files_.end() || found->second.type.empty()) {
    // A page of the desk has an address of its own; a file that is gone has not.
    found = path.starts_with("assets/") ? files_.end() : files_.find("index.html");
    if (found == files_.end()) return text_response(404, "没有这个文件");
  }
  const File& file = found->second;
  Response response;
  response.type = file.type;
  response.headers.emplace_back("ETag", file.etag);
  response.headers.emplace_back("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (request.header("if-none-match") == file.etag) {
    response.status = 304;
    return response;
  }
  const bool gzip = !file.gzip.empty() && request.header("accept-encoding").find("gzip") != std::string_view::npos;
  if (gzip) response.headers.emplace_back("Content-Encoding", "gzip");
  // The assets live as long as the server: nobody owns this one.
  response.shared_body = {std::shared_ptr<void>(), gzip ? &file.gzip : &file.body};
  return response;
}

}  // namespace zs::server
