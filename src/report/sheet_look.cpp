#include "report/sheet_look.h"

#include <algorithm>
#include <set>

#include "paper/columns_match.h"
#include "paper/sheet_file.h"

namespace zs::report {
namespace {

constexpr int kGuessMatchedMin = 3;
constexpr std::size_t kGuessesMax = 5;

}  // namespace

paper::Directory directory_of(const ledger::Town& town) {
  std::set<std::string> places;
  for (const rulebook::Figure& figure : town.book->figures)
    places.insert(figure.org_types.begin(), figure.org_types.end());
  paper::Directory directory;
  for (const auto& [key, person] : town.staff) directory.add_person(key, person.name);
  for (const auto& [key, org] : town.orgs) directory.add_org(key, org.name, places.contains(org.type));
  return directory;
}

Result<std::vector<SheetLook>> look_at(const std::filesystem::path& path, const std::string& name,
                                       const ledger::Town& town) {
  ZS_TRY(const auto file, paper::open_sheet_file(path, name));
  const paper::Directory directory = directory_of(town);
  std::vector<paper::Matcher> matchers;
  for (const rulebook::Kind& kind : town.book->kinds) matchers.emplace_back(*town.book, kind, directory);
  std::vector<SheetLook> looks;
  for (std::size_t i = 0; i < file->sheets().size(); ++i) {
    ZS_TRY(const paper::SheetHead head, paper::read_head(*file, i));
    SheetLook look{head.info.name, head.info.hidden, 0, 0, {}, {}};
    int best = -1;
    for (std::size_t k = 0; k < matchers.size(); ++k) {
      const paper::SheetMatch match = matchers[k].match(head, {}, {});
      const rulebook::Kind& kind = town.book->kinds[k];
      if (match.matched >= kGuessMatchedMin) look.kinds.push_back({kind.key, kind.label, match.matched});
      if (match.matched <= best) continue;
      best = match.matched;
      look.header_row = match.header_row;
      look.headers.clear();
      for (const paper::ColumnMatch& column : match.columns) look.headers.push_back(column.header);
    }
    std::stable_sort(look.kinds.begin(), look.kinds.end(),
                     [](const auto& a, const auto& b) { return a.matched > b.matched; });
    if (look.kinds.size() > kGuessesMax) look.kinds.resize(kGuessesMax);
    ZS_CHECK(file->each_row(i, [&](const paper::SheetRow& row) -> Result<bool> {
      if (row.number > look.header_row) ++look.rows;
      return true;
    }));
    looks.push_back(std::move(look));
  }
  return looks;
}

}  // namespace zs::report
