#include "ledger/papers.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/workspace.h"
#include "rules/fold.h"

namespace zs::ledger {
namespace {

constexpr std::string_view kPut = "INSERT OR IGNORE INTO document(digest,kind,text) VALUES(?1,'paper',?2)";
constexpr std::string_view kGet = "SELECT kind,text FROM document WHERE digest=?1";
constexpr std::string_view kErase = "UPDATE document SET kind='erased paper',text='' WHERE digest=?1 AND kind='paper'";
constexpr std::string_view kName = "SELECT number,title FROM record WHERE town=?1 AND id=?2";
constexpr std::string_view kPapers = "papers";
constexpr std::string_view kText = "digest";

// Crockford's digits: none is taken for another.
constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kBitsPerDigit = 5, kRowBits = 11, kCodeDigits = 16, kHalf = kCodeDigits / 2;

std::string digits_of(std::uint64_t value) {
  std::string text(kHalf, '0');
  for (int i = kHalf; i-- > 0; value >>= kBitsPerDigit) text[static_cast<std::size_t>(i)] = kDigits[value & 31];
  return text;
}

// Of the digest's first five bytes.
std::string mark_of(const Town& town, std::uint64_t place, std::string_view of_text) {
  const std::string what = fmt::format("paper {} {} {}", town.id.number, place, of_text);
  // The key twice, as in person_digest.
  const Digest inner = digest(town.algorithm, {town.person_key, what});
  const Digest outer = digest(town.algorithm, {town.person_key, bytes(inner)});
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 5; ++i) value = (value << 8) | outer[i];
  return digits_of(value);
}

std::uint64_t place_of(RecordId record, RowNumber paper) {
  return (static_cast<std::uint64_t>(record.number) << kRowBits) | static_cast<std::uint64_t>(paper);
}

std::string text_of(const rules::Fields& cells, std::string_view column) {
  const auto found = cells.find(std::string(column));
  return found == cells.end() ? std::string() : plain_text(found->second);
}

const rules::Fields* row_of(const rules::Record& record, RowNumber paper) {
  const auto list = record.rows.find(std::string(kPapers));
  if (list == record.rows.end()) return nullptr;
  const auto row = list->second.find(paper);
  return row == list->second.end() ? nullptr : &row->second;
}

// The rows of papers that an entry adds.
std::vector<RowNumber> issued_by(const rules::EntryFacts& entry) {
  std::vector<RowNumber> papers;
  for (const rules::Fact& fact : entry.facts) {
    if (!fact.path.starts_with(kPapers) || !fact.path.ends_with("/form")) continue;
    const rules::FactPath path = rules::parse_fact_path(fact.path);
    if (path.field == kPapers && path.column == "form") papers.push_back(path.row);
  }
  return papers;
}

// The paper that stands now in the place of one that was taken back: the last of those that replaced each other.
PaperVerdict taken_back(const rules::Record& record, const rules::Fields& cells) {
  const rules::Fields* now = &cells;
  while (now != nullptr && now->contains("withdrawn_on")) {
    const std::string next = text_of(*now, "replaced_by");
    if (next.empty()) return {PaperState::withdrawn, {}, {}};
    now = row_of(record, std::stoll(next));
  }
  if (now == nullptr) return {PaperState::withdrawn, {}, {}};
  return {PaperState::replaced, text_of(*now, "number"), text_of(*now, "day")};
}

}  // namespace

// One that a batch makes is not stored yet: it goes by its place.
NameLink link_namer(store::Session& session, const Town& town) {
  return [&session, &town](const Link& link) {
    const auto found = session.read(kName, {town.id.number, link.id.number});
    if (!found || found->empty()) return plain_text(Value(link));
    const auto text = [&](std::size_t column) { return std::get<std::string>(found->front()[column]); };
    return text(0).empty() ? text(1) : text(1).empty() ? text(0) : text(0) + " " + text(1);
  };
}

Result<std::set<RowNumber>> read_papers(store::Session& session, const Town& town, RecordId id) {
  std::set<RowNumber> rows;
  ZS_TRY(const auto record, read_record(session, town, id));
  if (!record) return rows;
  const auto list = record->rows.find(std::string(kPapers));
  if (list == record->rows.end()) return rows;
  for (const auto& [row, cells] : list->second) rows.insert(row);
  return rows;
}

Result<std::vector<PaperToPrint>> papers_to_print(store::Session& session, const Town& town,
                                                  const rules::EntryFacts& entry, const rules::Record& after) {
  std::vector<PaperToPrint> papers;
  if (entry.type != "act" && entry.type != "replace") return papers;
  const std::vector<RowNumber> rows = issued_by(entry);
  if (rows.empty()) return papers;
  std::vector<const rulebook::Form*> forms;
  for (const RowNumber row : rows) {
    const rulebook::Form* form = town.book->find_form(text_of(*row_of(after, row), "form"));
    if (form != nullptr) forms.push_back(form);
  }
  // Links are few: each looks whether a form names it.
  const auto is_named = [&forms](std::string_view key) {
    return std::any_of(forms.begin(), forms.end(), [&](const rulebook::Form* form) {
      return std::any_of(form->names.begin(), form->names.end(),
                         [&](const rulebook::Placeholder& each) { return each.key == key; });
    });
  };
  const auto names = std::make_shared<std::map<Link, std::string>>();
  const NameLink name = link_namer(session, town);
  const auto add = [&](const rules::Fields& fields) {
    for (const auto& [key, value] : fields) {
      const auto* one = value.as<Link>();
      const auto* many = value.as<std::vector<Link>>();
      if ((one == nullptr && many == nullptr) || !is_named(key)) continue;
      if (one != nullptr) names->emplace(*one, name(*one));
      if (many == nullptr) continue;
      for (const Link& link : *many) names->emplace(link, name(link));
    }
  };
  add(after.fields);
  for (const auto& [key, list] : after.rows) {
    if (!is_named(key)) continue;
    for (const auto& [number, cells] : list) add(cells);
  }
  for (const RowNumber row : rows) papers.push_back({row, &after, names});
  return papers;
}

Result<std::vector<PrintedPaper>> print_papers(const PrintPaper& print, const Town& town,
                                               const std::vector<PaperToPrint>& papers, rules::EntryFacts& entry) {
  std::vector<PrintedPaper> printed;
  for (const PaperToPrint& paper : papers) {
    const NameLink name = [&paper](const Link& link) {
      const auto known = paper.names->find(link);
      return known == paper.names->end() ? plain_text(Value(link)) : known->second;
    };
    ZS_TRY(auto text, print(town, *paper.record, paper.row, name));
    if (!text) continue;
    std::string kept = hex(bytes(digest(Algorithm::sm3, {*text})));
    entry.facts.push_back({rules::cell_path(std::string(kPapers), paper.row, std::string(kText)), kept});
    printed.push_back({paper.row, std::move(kept), *std::move(text)});
  }
  std::sort(entry.facts.begin(), entry.facts.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return printed;
}

void keep_printed(const std::vector<PrintedPaper>& papers, rules::Record& record, store::WriteBatch& rows) {
  for (const PrintedPaper& paper : papers) {
    rows.add(kPut, {paper.digest, paper.text});
    record.rows[std::string(kPapers)][paper.row][std::string(kText)] = paper.digest;
  }
}

void erase_papers(const rules::Record& record, store::WriteBatch& rows) {
  const auto list = record.rows.find(std::string(kPapers));
  if (list == record.rows.end()) return;
  for (const auto& [paper, cells] : list->second) {
    const std::string name = text_of(cells, kText);
    if (!name.empty()) rows.add(kErase, {name});
  }
}

Result<IssuedPaper> issued_paper(store::Session& session, const rules::Record& record, RowNumber paper) {
  const rules::Fields* cells = row_of(record, paper);
  if (cells == nullptr)
    return not_found(fmt::format("没有第{}件文书", paper), fmt::format("there is no paper {}", paper));
  IssuedPaper issued{text_of(*cells, "form"),
                     text_of(*cells, "number"),
                     text_of(*cells, "day"),
                     text_of(*cells, "in_name_of"),
                     text_of(*cells, kText),
                     {},
                     false};
  if (issued.digest.empty()) return issued;
  ZS_TRY(const auto rows, session.read(kGet, {issued.digest}));
  if (!rows.empty() && std::get<std::string>(rows.front()[0]) != "paper") {
    issued.erased = true;
    return issued;
  }
  if (rows.empty() || hex(bytes(digest(Algorithm::sm3, {std::get<std::string>(rows.front()[1])}))) != issued.digest)
    return corrupt("这件文书的内容不见了或者变了；请从备份恢复",
                   "the text of this paper is gone or changed: restore a backup");
  issued.markdown = std::get<std::string>(rows.front()[1]);
  return issued;
}

std::string paper_standing(const rules::Record& record, RowNumber paper) {
  const rules::Fields* cells = row_of(record, paper);
  if (cells == nullptr || !cells->contains("withdrawn_on")) return {};
  const PaperVerdict verdict = taken_back(record, *cells);
  if (verdict.state != PaperState::replaced) return "已经撤回";
  const auto day = parse_date(verdict.day);
  return fmt::format("已经撤回，以{}{}为准", day ? day->chinese() + "出具的" : std::string(),
                     verdict.number.empty() ? "另一件同名文书" : verdict.number);
}

std::string check_code(const Town& town, RecordId record, RowNumber paper, std::string_view digest) {
  const std::uint64_t place = place_of(record, paper);
  const std::string code = digits_of(place) + mark_of(town, place, digest);
  return fmt::format("{}-{}-{}-{}", code.substr(0, 4), code.substr(4, 4), code.substr(8, 4), code.substr(12, 4));
}

Result<PaperVerdict> check_paper(store::Session& session, const Town& town, std::string_view code) {
  std::string plain;
  std::uint64_t place = 0;
  for (char c : code) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos || plain.size() == kCodeDigits) return PaperVerdict{};
    plain.push_back(c);
    if (plain.size() <= kHalf) place = (place << kBitsPerDigit) | digit;
  }
  if (plain.size() != kCodeDigits) return PaperVerdict{};
  const RecordId id{static_cast<std::int64_t>(place >> kRowBits)};
  const auto paper = static_cast<RowNumber>(place & ((1U << kRowBits) - 1));
  ZS_TRY(const auto record, read_record(session, town, id));
  const rules::Fields* cells = record ? row_of(*record, paper) : nullptr;
  if (cells == nullptr || plain.substr(kHalf) != mark_of(town, place, text_of(*cells, kText))) return PaperVerdict{};
  if (record->voided) return PaperVerdict{PaperState::withdrawn, {}, {}};
  if (cells->contains("withdrawn_on")) return taken_back(*record, *cells);
  ZS_TRY(const IssuedPaper issued, issued_paper(session, *record, paper));
  return PaperVerdict{issued.erased ? PaperState::erased : PaperState::genuine, {}, {}};
}

}  // namespace zs::ledger
