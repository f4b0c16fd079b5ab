#include "ledger/attachments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/sniff.h"

namespace zs::ledger {
namespace {

using store::ResultRow;

constexpr std::string_view kPut =
    "INSERT OR IGNORE INTO file(town,digest,name,type,size,at,account) VALUES(?1,?2,?3,?4,?5,?6,?7)";
constexpr std::string_view kFind = "SELECT digest,name,type,size FROM file WHERE town=?1 AND digest=?2";

// What an office keeps as papers; no programs, no scripts, nothing that a browser would run.
constexpr std::array<std::string_view, 16> kTaken{"application/pdf",
                                                  "application/msword",
                                                  "application/vnd.ms-",
                                                  "application/vnd.openxmlformats-officedocument.",
                                                  "application/vnd.oasis.opendocument.",
                                                  "application/CDFV2",
                                                  "application/x-ole-storage",
                                                  "application/zip",
                                                  "application/x-7z-compressed",
                                                  "application/x-rar",
                                                  "application/vnd.rar",
                                                  "text/plain",
                                                  "text/csv",
                                                  "text/rtf",
                                                  "audio/",
                                                  "video/"};

bool taken(std::string_view type) {
  if (type.starts_with("image/")) return !type.starts_with("image/svg");
  return std::any_of(kTaken.begin(), kTaken.end(), [&](std::string_view prefix) { return type.starts_with(prefix); });
}

const rulebook::Field* field_of(const rulebook::Kind& kind, const std::string& key) {
  const rulebook::Field* field = kind.find_field(key);
  return field != nullptr ? field : rulebook::find_shared_field(key);
}

template <class Visit>
void each_file(const rulebook::Field& field, const Value& value, Visit visit) {
  if (field.type != rulebook::Type::files) return;
  if (const auto* one = value.as<std::string>()) visit(&field, *one);
  if (const auto* many = value.as<std::vector<std::string>>()) {
    for (const std::string& digest : *many) visit(&field, digest);
  }
}

}  // namespace

Result<Attachment> Attachments::take(TownId town, const std::filesystem::path& finished, const std::string& name,
                                     const std::string& account) const {
  const std::string type = media_type(finished);
  if (!taken(type))
    return Error{ErrorKind::unsupported,
                 {fmt::format("“{}”是 {}，不能作附件；可以存 PDF、图片、音像、办公文档、文本和压缩包", name, type),
                  fmt::format("\"{}\" is {}: not taken; PDF, pictures, recordings, office documents, plain text and "
                              "zip files are",
                              name, type)}};
  ZS_TRY(const auto known, ledger_.snapshot(town));
  ZS_TRY(const store::StoredFile stored, files_.take(finished, known->algorithm));
  store::WriteBatch rows;
  rows.add(kPut, {town.number, stored.digest, name, type, stored.size, ledger_.now().utc_ms, account});
  ZS_CHECK(ledger_.write_aside(rows));
  ZS_TRY(auto lease, ledger_.database().reader());
  ZS_TRY(const auto found, find_file(*lease, town, stored.digest));
  return found.value_or(Attachment{stored.digest, name, type, stored.size});
}

Result<std::optional<Attachment>> find_file(store::Session& session, TownId town, const std::string& digest) {
  ZS_TRY(const auto rows, session.read(kFind, {town.number, digest}));
  if (rows.empty()) return std::optional<Attachment>();
  const ResultRow& row = rows.front();
  return std::optional(Attachment{std::get<std::string>(row[0]), std::get<std::string>(row[1]),
                                  std::get<std::string>(row[2]), std::get<std::int64_t>(row[3])});
}

std::vector<std::pair<const rulebook::Field*, std::string>> files_of(const rulebook::Kind& kind,
                                                                     const rules::Record& record) {
  std::vector<std::pair<const rulebook::Field*, std::string>> found;
  const auto take = [&](const rulebook::Field* field, const std::string& digest) { found.emplace_back(field, digest); };
  for (const auto& [key, value] : record.fields) {
    if (const rulebook::Field* field = field_of(kind, key)) each_file(*field, value, take);
  }
  for (const auto& [key, rows] : record.rows) {
    const rulebook::Field* field = kind.find_field(key);
    if (field == nullptr) continue;
    for (const auto& [number, cells] : rows) {
      for (const auto& [column, value] : cells) {
        if (const rulebook::Field* declared = field->find_column(column)) each_file(*declared, value, take);
      }
    }
  }
  return found;
}

Result<std::vector<std::string>> unknown_files(store::Session& session, const Town& town, const rules::Change& change) {
  const rulebook::Kind* kind = town.book->find_kind(change.kind);
  std::vector<std::string> named, unknown;
  const auto take = [&](const rulebook::Field*, const std::string& digest) { named.push_back(digest); };
  for (const rules::ActInput& act : change.acts) {
    if (kind == nullptr) break;
    for (const auto& [key, value] : act.values) {
      if (const rulebook::Field* field = field_of(*kind, key)) each_file(*field, value, take);
    }
    for (const rules::RowChange& row : act.rows) {
      const rulebook::Field* field = kind->find_field(row.rows);
      for (const auto& [column, value] : row.cells) {
        const rulebook::Field* declared = field == nullptr ? nullptr : field->find_column(column);
        if (declared != nullptr) each_file(*declared, value, take);
      }
    }
  }
  for (const std::string& digest : named) {
    ZS_TRY(const auto found, find_file(session, town.id, digest));
    if (!found) unknown.push_back(digest);
  }
  return unknown;
}

}  // namespace zs::ledger
