// Every form, printed once from a record in which everything is filled, and once more for each choice that its text
// turns on: compared with tests/golden/papers/FORM.md. What a paper says, in which order, under which headings, and how
// it words the remedies is read there like code.
//
//   ZS_GOLDEN=update   writes the files anew
//   ZS_PAPERS=DIR      also writes each paper as a page, to be looked at (tests/papers/look)
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "report/issued_paper.h"
#include "rulebook/field_value.h"

namespace zs::report {
namespace {

namespace fs = std::filesystem;
using rulebook::Field;
using rulebook::Type;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

/// A choice that a form turns on: this field is chosen so.
using Chosen = std::pair<std::string, std::string>;

// A value of each type, told from others by its field's label.
Value example(const Field& field, const Chosen& chosen, RowNumber row = 1) {
  const bool turned = field.key == chosen.first;
  switch (field.type) {
    case Type::choice:
      if (turned) return chosen.second;
      if (field.options.empty()) return {};
      return field.options[(static_cast<std::size_t>(row) - 1) % field.options.size()].key;
    case Type::choices:
      if (turned) return std::vector<std::string>{chosen.second};
      return field.options.empty() ? Value() : Value(std::vector<std::string>{field.options.front().key});
    case Type::flag: return !(turned && chosen.second == "no");
    case Type::date: return Date(2024, 5, 10);
    case Type::moment: return parse_moment("2024-05-10T09:30").value();
    case Type::count: return std::int64_t{3};
    case Type::money: return std::int64_t{200000};
    case Type::party: {
      Party party;
      for (const rulebook::PartyPart& part : rulebook::party_parts())
        party[std::string(part.key)] = part.key == "birth" ? "1980-01-01" : "〔" + std::string(part.label) + "〕";
      party["name"] = "〔" + field.label + "〕";
      return party;
    }
    case Type::staff: return std::string("s-1");
    case Type::org: return std::string("o-1");
    case Type::link: return Link{"penalty", RecordId{7}};
    case Type::links: return std::vector<Link>{{"officer_cert", RecordId{8}}, {"officer_cert", RecordId{9}}};
    case Type::files: return std::vector<std::string>{std::string(64, 'a')};
    case Type::text:
    case Type::note:
    case Type::place: return "〔" + field.label + "〕";
    case Type::rows: break;
  }
  return {};
}

// The choices that sections of the form ask about: one print each.
std::vector<Chosen> turns_of(const rulebook::Kind& kind, const rulebook::Form& form) {
  std::vector<Chosen> turns{{"", ""}};
  std::set<std::string> seen;
  for (const rulebook::Placeholder& mark : form.names) {
    if (mark.sign != '#' && mark.sign != '^') continue;
    const std::string& key = mark.key;
    const Field* field = kind.find_field(key);
    if (field == nullptr || field->computed || !seen.insert(key).second) continue;
    if (field->type == Type::flag) turns.emplace_back(key, "no");
    if (mark.rest.empty()) continue;
    for (std::size_t i = 1; i < field->options.size(); ++i) turns.emplace_back(key, field->options[i].key);
  }
  return turns;
}

class GoldenPapers : public testing::Test {
 protected:
  GoldenPapers() {
    book_ = rulebook::load_sound(rulebook::read_files(ZS_SOURCE_DIR "/rulebook").value()).value();
    town_.id = TownId{1};
    town_.name = "某镇";
    town_.book = book_;
    for (const rulebook::CalendarYear& year : book_->calendar) town_.calendar.set(year);
    town_.orgs["o-1"] = {"o-1", "某机关", "unit", {}, {}};
    town_.staff["s-1"] = {"s-1", "某人", "", "", {}};
    for (const char* key : {"review_body", "delegated_review_body", "first_court", "enforce_court", "civil_court",
                            "petition_review_body", "fine_bank"})
      town_.settings[key] = "〔" + book_->find_setting(key)->label + "〕";
    town_.settings["government_name"] = "某镇人民政府";
  }

  const rulebook::Kind* issuer_of(const std::string& form, bool& numbered) const {
    for (const rulebook::Kind& kind : book_->kinds) {
      for (const rulebook::Action& action : kind.actions) {
        for (const rulebook::Issues& issues : action.issues) {
          if (issues.form != form) continue;
          numbered = !issues.number.empty();
          return &kind;
        }
      }
    }
    return nullptr;
  }

  rules::Record filled(const rulebook::Kind& kind, const std::string& form, bool numbered, const Chosen& chosen) const {
    rules::Record record;
    record.town = town_.id;
    record.id = RecordId{1};
    record.kind = kind.key;
    record.version = 1;
    record.state = kind.states.front().key;
    for (const Field& field : kind.fields) {
      if (field.computed) continue;
      if (field.type != Type::rows) {
        record.fields[field.key] = example(field, chosen);
        continue;
      }
      for (RowNumber row = 1; row <= 2; ++row) {
        for (const Field& column : field.columns) {
          if (!column.computed) record.rows[field.key][row][column.key] = example(column, chosen, row);
        }
      }
    }
    for (const rulebook::NumberSeries& series : kind.numbers) record.numbers[series.key] = "〔" + series.label + "〕";
    rules::Fields& paper = record.rows["papers"][1];
    paper["form"] = form;
    paper["day"] = Date(2024, 5, 10);
    if (numbered) paper["number"] = std::string("某〔2024〕1号");
    return record;
  }

  std::string printed(const rulebook::Kind& kind, const rulebook::Form& form, bool numbered, const Chosen& chosen) {
    const ledger::NameLink name = [&](const Link& link) {
      const rulebook::Kind* to = book_->find_kind(link.kind);
      return "〔" + (to == nullptr ? link.kind : to->label) + std::to_string(link.id.number) + "〕";
    };
    const auto text = paper_markdown(town_, filled(kind, form.key, numbered, chosen), 1, name);
    EXPECT_TRUE(text && *text) << form.key << ": " << (text ? "no form" : text.error().text.en);
    return text && *text ? **text : std::string();
  }

  // The lines that one print has and the first does not.
  static std::string differing(const std::string& first, const std::string& other) {
    std::set<std::string> known;
    std::stringstream lines(first);
    for (std::string line; std::getline(lines, line);) known.insert(line);
    std::string found;
    std::stringstream others(other);
    for (std::string line; std::getline(others, line);) {
      if (!line.empty() && !known.contains(line)) found += line + "\n";
    }
    return found;
  }

  std::shared_ptr<const rulebook::Rulebook> book_;
  ledger::Town town_;
};

TEST_F(GoldenPapers, SayWhatTheGoldenFilesSay) {
  const fs::path golden = fs::path(ZS_SOURCE_DIR) / "tests/golden/papers";
  const char* update = std::getenv("ZS_GOLDEN");
  const char* pages = std::getenv("ZS_PAPERS");
  std::set<std::string> known;
  for (const rulebook::Form& form : book_->forms) {
    bool numbered = false;
    const rulebook::Kind* kind = issuer_of(form.key, numbered);
    ASSERT_NE(kind, nullptr) << form.key;
    const std::string first = printed(*kind, form, numbered, {});
    std::string whole = first;
    for (const Chosen& turn : turns_of(*kind, form)) {
      if (turn.first.empty()) continue;
      const std::string other = differing(first, printed(*kind, form, numbered, turn));
      if (!other.empty()) whole += "\n<!-- " + turn.first + ": " + turn.second + " -->\n" + other;
    }
    EXPECT_EQ(whole.find("{{"), std::string::npos) << form.key << ": a placeholder is left";
    const fs::path file = golden / (form.key + ".md");
    known.insert(file.filename().string());
    if (pages != nullptr)
      write(fs::path(pages) / (form.key + ".html"), paper_page(form.label, first, "7Q2K-0G1M-X4T8-9RVB", ""));
    if (update != nullptr)
      write(file, whole);
    else
      EXPECT_EQ(read(file), whole) << form.key << ": look at what changed, then ZS_GOLDEN=update";
  }
  for (const auto& entry : fs::directory_iterator(golden))
    EXPECT_TRUE(known.contains(entry.path().filename().string())) << entry.path() << " is of no form";
}

// A key of a field, option or setting on a paper is no word of the office.
TEST_F(GoldenPapers, PrintNoRawKeys) {
  for (const rulebook::Form& form : book_->forms) {
    bool numbered = false;
    const rulebook::Kind* kind = issuer_of(form.key, numbered);
    const std::string text = printed(*kind, form, numbered, {});
    for (const Field& field : kind->fields) {
      for (const rulebook::Option& option : field.options) {
        if (option.key.find('_') == std::string::npos) continue;
        EXPECT_EQ(text.find(option.key), std::string::npos) << form.key << " prints the key " << option.key;
      }
    }
  }
}

}  // namespace
}  // namespace zs::report
