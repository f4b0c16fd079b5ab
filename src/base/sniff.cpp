#include "base/sniff.h"

#include <magic.h>

#include <memory>

namespace zs {
namespace {

struct Close {
  void operator()(magic_set* cookie) const noexcept { magic_close(cookie); }
};
using Cookie = std::unique_ptr<magic_set, Close>;

Cookie open_cookie() {
  Cookie cookie(magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR));
  if (cookie && magic_load(cookie.get(), nullptr) != 0) cookie.reset();
  return cookie;
}

}  // namespace

std::string media_type(const std::filesystem::path& file) {
  // A cookie belongs to one thread.
  thread_local const Cookie cookie = open_cookie();
  const char* const found = cookie ? magic_file(cookie.get(), file.c_str()) : nullptr;
  return found == nullptr ? "application/octet-stream" : found;
}

}  // namespace zs
