#include "house/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

namespace zs::house {
namespace {

namespace fs = std::filesystem;

constexpr int kFileLinesMax = 400;
constexpr int kFunctionLinesMax = 50;
constexpr std::size_t kKindLettersMin = 7;

// What each floor may include, beside itself.
const std::map<std::string, std::set<std::string>>& floors() {
  static const std::map<std::string, std::set<std::string>> kFloors = {
      {"base", {}},
      {"rulebook", {"base"}},
      {"rules", {"base", "rulebook"}},
      {"store", {"base", "rulebook"}},
      {"ledger", {"base", "rulebook", "rules", "store"}},
      {"paper", {"base", "rulebook"}},
      {"report", {"base", "rulebook", "rules", "ledger", "paper"}},
      {"demo", {"base", "rulebook", "rules", "ledger"}},
      {"server", {"base", "rulebook", "rules", "ledger", "paper", "report"}},
      {"cli", {"base", "rulebook", "rules", "store", "ledger", "paper", "report", "demo", "server"}},
  };
  return kFloors;
}

struct Library {
  const char* header;           // the beginning of the include
  std::set<std::string> homes;  // files without suffix, or a folder with a slash; none: nowhere
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> kLibraries = {
      {"sqlite3", {"store/sqlite"}},
      {"yaml-cpp/", {"rulebook/source"}},
      {"openssl/", {"base/digest", "base/seal"}},
      {"boost/asio", {"server/http_beast"}},
      {"boost/beast", {"server/http_beast"}},
      {"sodium", {"base/seal"}},
      {"magic.h", {"base/sniff"}},
      {"curl/", {"server/outbound"}},
      {"libical/", {"paper/feed"}},
      {"CLI/", {"cli/"}},
      {"zip.h", {"paper/zip_read"}},
      {"pugixml", {"paper/xlsx_xml"}},
      {"kainjow/mustache", {"paper/template"}},
      {"mustache.hpp", {"paper/template"}},
  };
  return kLibraries;
}

std::string floor_of(std::string_view path) {
  return std::string(path.substr(0, path.find('/')));
}

std::string without_suffix(const std::string& path) {
  return path.substr(0, path.rfind('.'));
}

bool is_home(const Library& library, const std::string& path) {
  return std::any_of(library.homes.begin(), library.homes.end(), [&path](const std::string& home) {
    return home.ends_with('/') ? path.starts_with(home) : without_suffix(path) == home;
  });
}

// "PetitionView" and "petition_view" are the same words.
std::string spaced_words(std::string_view text) {
  std::string words;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (std::isupper(c) != 0 && i > 0 && std::islower(static_cast<unsigned char>(text[i - 1])) != 0) words += '_';
    words += static_cast<char>(std::tolower(c));
  }
  return words;
}

bool names(const std::string& words, const std::string& kind) {
  const auto letter = [&words](std::size_t i) { return std::isalpha(static_cast<unsigned char>(words[i])) != 0; };
  for (std::size_t at = words.find(kind); at != std::string::npos; at = words.find(kind, at + 1)) {
    const std::size_t end = at + kind.size();
    if ((at == 0 || !letter(at - 1)) && (end == words.size() || !letter(end))) return true;
  }
  return false;
}

std::vector<Piece> lines_of(const std::string& code) {
  std::vector<Piece> lines;
  int line = 1;
  for (std::size_t begin = 0; begin < code.size(); ++line) {
    const std::size_t end = std::min(code.find('\n', begin), code.size());
    lines.push_back({line, code.substr(begin, end - begin)});
    begin = end + 1;
  }
  return lines;
}

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

std::string Fault::message() const {
  return fmt::format("src/{}:{}: {}", path, line, text);
}

Faults check_floors(const Source& source) {
  Faults faults;
  const std::string own = floor_of(source.path);
  const auto allowed = floors().find(own);
  if (allowed == floors().end()) return {{source.path, 1, fmt::format("\"{}\" is no floor of the house", own)}};
  for (const Piece& include : source.text.includes) {
    const std::string other = floor_of(include.text);
    if (other == own || !floors().contains(other) || allowed->second.contains(other)) continue;
    faults.push_back({source.path, include.line, fmt::format("{} must not include {} ({})", own, other, include.text)});
  }
  return faults;
}

Faults check_libraries(const Source& source) {
  Faults faults;
  for (const Piece& include : source.text.includes) {
    for (const Library& library : libraries()) {
      if (!include.text.starts_with(library.header) || is_home(library, source.path)) continue;
      const std::string homes =
          library.homes.empty() ? "nowhere" : "only in " + fmt::format("{}", fmt::join(library.homes, ", "));
      faults.push_back({source.path, include.line, fmt::format("<{}> may be included {}", include.text, homes)});
    }
  }
  return faults;
}

Faults check_sql(const Source& source) {
  static const std::regex kSql(R"(\b(SELECT|INSERT INTO|INSERT OR|DELETE FROM|CREATE TABLE|UPDATE\s+\S+\s+SET)\b)");
  const std::string floor = floor_of(source.path);
  if (floor == "store" || floor == "ledger") return {};
  Faults faults;
  for (const Piece& literal : source.text.literals) {
    std::smatch match;
    if (!std::regex_search(literal.text, match, kSql)) continue;
    faults.push_back({source.path, literal.line, fmt::format("SQL outside store and ledger: {}", match.str())});
  }
  return faults;
}

Faults check_kinds(const Source& source, const std::vector<std::string>& kinds) {
  std::vector<Piece> pieces = lines_of(source.text.code);
  pieces.insert(pieces.end(), source.text.literals.begin(), source.text.literals.end());
  Faults faults;
  for (const Piece& piece : pieces) {
    const std::string words = spaced_words(piece.text);
    for (const std::string& kind : kinds) {
      if (!names(words, kind)) continue;
      faults.push_back({source.path, piece.line, fmt::format("the kind \"{}\" is the rulebook's to name", kind)});
    }
  }
  return faults;
}

Faults check_day_arithmetic(const Source& source) {
  static const std::regex kDays(R"(\b(chrono::(days|weeks|months|years)|sys_days|local_days|plus_months|Workdays)\b)");
  const std::string unit = without_suffix(source.path);
  if (unit == "base/date" || unit == "rules/term") return {};
  Faults faults;
  for (const Piece& line : lines_of(source.text.code)) {
    std::smatch match;
    if (!std::regex_search(line.text, match, kDays)) continue;
    faults.push_back({source.path, line.line, fmt::format("{} outside base/date and rules/term", match.str())});
  }
  return faults;
}

std::vector<std::string> kinds_of(const fs::path& rulebook) {
  std::vector<std::string> kinds;
  for (const auto& file : fs::directory_iterator(rulebook / "kinds")) {
    const std::string key = file.path().stem().string();
    if (file.path().extension() == ".yaml" && key.size() >= kKindLettersMin) kinds.push_back(key);
  }
  std::sort(kinds.begin(), kinds.end());
  return kinds;
}

std::vector<Source> sources_below(const fs::path& folder) {
  std::vector<Source> sources;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    const std::string suffix = file.path().extension().string();
    if (suffix != ".h" && suffix != ".cpp") continue;
    sources.push_back({fs::relative(file.path(), folder).generic_string(), take_apart(content_of(file.path()))});
  }
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
  return sources;
}

std::vector<std::string> longest(const std::vector<Source>& sources) {
  std::vector<std::string> list;
  for (const Source& source : sources) {
    const int lines = line_at(source.text.code, source.text.code.size()) - 1;
    if (lines > kFileLinesMax) list.push_back(fmt::format("src/{}: {} lines", source.path, lines));
    for (const Function& function : functions_of(source.text)) {
      if (function.lines <= kFunctionLinesMax) continue;
      list.push_back(fmt::format("src/{}:{}: a function of {} lines", source.path, function.line, function.lines));
    }
  }
  return list;
}

}  // namespace zs::house
