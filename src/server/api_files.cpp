// Attachments: taken in by their bytes, given to whoever may read the record that names them.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "server/acts.h"
#include "server/api.h"
#include "server/record_json.h"
#include "server/words.h"

namespace zs::server {
namespace {

constexpr std::size_t kNameMax = 200;
// What a browser shows without running anything of it.
constexpr std::array<std::string_view, 6> kShown{"application/pdf", "image/png",  "image/jpeg",
                                                 "image/gif",       "image/webp", "text/plain"};

// The last part of a name, without what a file system or a header would take for something else.
std::string plain_name(std::string_view given) {
  given = given.substr(given.find_last_of("/\\") + 1);
  std::string name;
  for (const char c : given) {
    const bool bad = static_cast<unsigned char>(c) < 0x20 || c == '"' || c == 0x7f;
    if (!bad && name.size() < kNameMax) name.push_back(c);
  }
  return name.empty() || !is_utf8(name) ? "附件" : name;
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace

Response file_answer(const ledger::Attachment& file, const std::filesystem::path& path, bool view) {
  const bool show = view && std::find(kShown.begin(), kShown.end(), file.type) != kShown.end();
  Response response;
  response.type = show && file.type == "text/plain" ? "text/plain; charset=utf-8" : file.type;
  response.file = path;
  response.headers.emplace_back(
      "Content-Disposition",
      fmt::format("{}; filename*=UTF-8''{}", show ? "inline" : "attachment", percent_encoded(file.name)));
  response.headers.emplace_back("Cache-Control", "private, no-store");
  return response;
}

Result<Response> take_file(Context& context) {
  const Request& request = context.request;
  if (request.body_file.empty()) return bad_input("没有文件", "there is no file");
  auto taken = context.app.attachments.take(context.town->id, request.body_file, plain_name(request.parameter("name")),
                                            context.session.account);
  if (!taken && taken.error().kind == ErrorKind::unsupported)
    ZS_CHECK(note(context, "file", plain_name(request.parameter("name")), "refused"));
  if (!taken) return taken.error();
  JsonWriter w;
  w.object([&] { write_file(w, *taken); });
  return json_text(w.take(), 201);
}

Result<Response> give_file(Context& context) {
  ZS_TRY(const auto page, readable(context));
  const ledger::RecordView& view = page->view;
  const rulebook::Kind& kind = *context.town->book->find_kind(view.record.kind);
  const std::string digest(context.part("digest"));
  const auto named = ledger::files_of(kind, view.record);
  const auto found = std::find_if(named.begin(), named.end(), [&](const auto& each) { return each.second == digest; });
  const auto file = page->files.find(digest);
  const auto path = context.app.attachments.find(digest);
  if (found == named.end() || file == page->files.end() || !path)
    return not_found("没有这个附件", "there is no such file");
  if (guarded(context, *found->first)) {
    ZS_CHECK(note(context, "file", fmt::format("{}/{}", kind.key, view.record.id.number), "refused"));
    return problem(context.request, 403, {}, "您的岗位不能查看这个附件");
  }
  return file_answer(file->second, *path, context.request.parameter("view") == "yes");
}

}  // namespace zs::server
