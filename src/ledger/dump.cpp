#include "ledger/dump.h"

#include <fmt/format.h>

#include "base/value.h"

namespace zs::ledger {
namespace {

constexpr std::string_view kJournal = "SELECT n,header,body,leaf FROM journal WHERE town=?1 ORDER BY n";

}  // namespace

Result<> dump(Ledger& ledger, const Town& town, const std::function<void(const std::string&)>& write) {
  ZS_TRY(auto lease, ledger.database().reader());
  ZS_CHECK(lease->each(kJournal, {town.id.number}, [&](const store::ResultRow& row) {
    std::string line = fmt::format("{{\"n\":{},\"header\":", std::get<std::int64_t>(row[0]));
    append_json_text(line, std::get<std::string>(row[1]));
    line += ",\"body\":";
    append_json_text(line, std::get<std::string>(row[2]));
    line += fmt::format(",\"leaf\":\"{}\"}}", hex(std::get<store::Blob>(row[3]).bytes));
    write(line);
    return true;
  }));
  write(fmt::format("{{\"algorithm\":\"{}\",\"size\":{},\"root\":\"{}\"}}", name_of(town.algorithm), town.n,
                    hex(bytes(town.frontier.root()))));
  return {};
}

}  // namespace zs::ledger
