// Erasure of personal values: what can go, its going, and the certificate of it.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "report/erasure_certificate.h"
#include "rules/scope.h"
#include "server/api.h"
#include "server/record_json.h"
#include "server/words.h"

namespace zs::server {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kPathsMax = 500;

std::optional<Response> shut_out(const Context& context) {
  if (rules::may_erase(*context.town->book, context.person)) return std::nullopt;
  return problem(context.request, 403, {}, "删除个人信息由指定的岗位办");
}

std::string where(const ledger::RecordPage& page) {
  return fmt::format("{}/{}", page.view.record.kind, page.view.record.id.number);
}

std::string label_of(const ledger::Erasable& value) {
  if (value.table == nullptr) return value.field->label;
  return fmt::format("{} 第{}行 {}", value.table->label, value.row, value.field->label);
}

// What a path is called; a path that the rulebook knows no more, as it stands.
std::string label_of(const ledger::Town& town, const rules::Record& record, const std::string& path) {
  const ledger::Erasable value = ledger::described(*town.book->find_kind(record.kind), path);
  return value.field == nullptr ? path : label_of(value);
}

Result<ledger::Erasure> erasure_of(const Context& context, const ledger::RecordPage& page, const nlohmann::json& body) {
  ledger::Erasure erasure;
  erasure.record = page.view.record.id;
  erasure.actor = context.person.key;
  erasure.reason = body.value("reason", "");
  erasure.signer = body.value("signer", "");
  const auto paths = body.find("paths");
  if (paths == body.end() || !paths->is_array() || paths->empty() || paths->size() > kPathsMax)
    return bad_input("写明要删哪几项（paths）", "say which values (paths)");
  for (const auto& path : *paths) {
    if (!path.is_string() || path.get_ref<const std::string&>().empty() || path.get_ref<const std::string&>()[0] == '@')
      return bad_input("paths 里是字段，或者 明细/行/列", "paths are fields or rows/row/column");
    erasure.paths.push_back(path.get<std::string>());
  }
  // A second person, of those who may sign in this ledger: what is erased does not come back.
  const rulebook::Kind& kind = *context.town->book->find_kind(page.view.record.kind);
  const auto signer = context.town->staff.find(erasure.signer);
  const bool signs = signer != context.town->staff.end() && erasure.signer != erasure.actor &&
                     std::any_of(kind.signs.begin(), kind.signs.end(), [&](const std::string& post) {
                       const auto& posts = signer->second.posts;
                       return std::find(posts.begin(), posts.end(), post) != posts.end();
                     });
  if (!signs)
    return bad_input("删了就没有了：要由本台账的签批人同意（signer），不能是经办人自己",
                     "what is erased is gone: a signer of this ledger, other than yourself, must agree (signer)");
  return erasure;
}

}  // namespace

Result<Response> erasable(Context& context) {
  ZS_TRY(const auto page, readable(context));
  if (auto away = shut_out(context)) return *std::move(away);
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  ZS_TRY(const auto values, ledger::erasable(*lease, *context.town, page->view.record));
  ordered_json items = ordered_json::array();
  for (const ledger::Erasable& value : values)
    items.push_back({{"path", value.path},
                     {"label", label_of(value)},
                     {"guard", guard_name(value.field->guard)},
                     {"times", value.times}});
  return json_response({{"items", std::move(items)}});
}

Result<Response> erase(Context& context) {
  ZS_TRY(const auto page, readable(context));
  if (auto away = shut_out(context)) return *std::move(away);
  ZS_TRY(const auto body, body_of(context.request));
  ZS_TRY(const ledger::Erasure erasure, erasure_of(context, *page, *body));
  const auto done = ledger::erase(context.app.ledger, context.app.attachments, context.town->id, erasure);
  ZS_CHECK(note(context, "erase", where(*page), done ? "done" : "refused", erasure.reason));
  if (!done) return done.error();
  return json_response({{"entry", done->n.number}, {"files", done->files}}, 201);
}

Result<Response> erasure_certificate(Context& context) {
  ZS_TRY(const auto page, readable(context));
  if (auto away = shut_out(context)) return *std::move(away);
  ZS_TRY(auto lease, context.app.ledger.database().reader());
  const EntryNumber n{std::atoll(std::string(context.part("entry")).c_str())};
  ZS_TRY(const auto certificate, ledger::certificate_of(*lease, *context.town, page->view.record.id, n));
  if (!certificate) return not_found("这一条不是删除凭证", "this entry is no erasure");
  ZS_TRY(const auto proof, ledger::prove_entry(*lease, *context.town, page->view.record.id, n));
  std::vector<std::string> labels;
  for (const std::string& path : certificate->paths) labels.push_back(label_of(*context.town, page->view.record, path));
  ZS_TRY(std::string html, report::erasure_page(*context.town, page->view, *certificate, labels, proof));
  return html_response(std::move(html));
}

}  // namespace zs::server
