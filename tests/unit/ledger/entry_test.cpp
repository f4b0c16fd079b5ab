#include "ledger/entry.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "ledger/merkle.h"

namespace zs::ledger {
namespace {

namespace fs = std::filesystem;

constexpr Algorithm kBoth[] = {Algorithm::sm3, Algorithm::sha256};
const fs::path kFormatFile = fs::path(ZS_SOURCE_DIR) / "docs/journal-format.md";
const fs::path kReaderFile = fs::path(ZS_SOURCE_DIR) / "tests/journal_reader.py";

rulebook::Field field(std::string key, rulebook::Type type) {
  rulebook::Field made;
  made.key = std::move(key);
  made.type = type;
  return made;
}

// A kind with a field of each sort that the vectors use.
rulebook::Rulebook book() {
  using rulebook::Type;
  rulebook::Kind kind;
  kind.key = "matter";
  kind.fields = {field("received_on", Type::date), field("ended_on", Type::date), field("heard_at", Type::moment),
                 field("content", Type::note),     field("fee", Type::money),     field("person", Type::party),
                 field("topics", Type::choices),   field("joint", Type::flag),    field("cause", Type::link),
                 field("visits", Type::rows)};
  kind.fields.back().columns = {field("on", Type::date), field("place", Type::place)};
  rulebook::Rulebook made;
  made.kinds.push_back(std::move(kind));
  made.index();
  return made;
}

// The salts of the vectors: 00 01 02 … 0f, then 10 11 12 … 1f, and so on.
struct CountingSalts {
  std::uint8_t next = 0;
  Salt operator()() {
    Salt salt;
    for (std::uint8_t& byte : salt) byte = next++;
    return salt;
  }
};

rules::EntryFacts adoption() {
  rules::EntryFacts facts;
  facts.type = "rulebook";
  facts.actor = "zhou.min";
  facts.on = Date(2024, 3, 1);
  facts.facts = {{"version", std::string("1.0")}};
  return facts;
}

rules::EntryFacts act() {
  rules::EntryFacts facts;
  facts.type = "act";
  facts.way = "registered";
  facts.actor = "li.na";
  facts.decider = "wang.qiang";
  facts.role = "desk-clerk";
  facts.on = Date(2024, 3, 4);
  facts.kind = "matter";
  facts.record = {12};
  facts.version = 3;
  facts.action = "accept";
  facts.state = "accepted";
  facts.numbers = {{"number", "办〔2024〕12号"}};
  facts.warned = {{"leader", {"xf-decide-60d", "xf-notify-15d"}}};
  facts.breaches = {{"told", {}, false}};
  facts.facts = {{"visits/1/on", Date(2024, 3, 2)},
                 {"visits/1/place", std::string("村委会")},
                 {"received_on", Date(2024, 3, 1)},
                 {"ended_on", Unknown{}},
                 {"heard_at", *parse_moment("2024-03-03T15:30")},
                 {"content", std::string("称“排水沟”堵塞。\n\"C:\\图\"\t\x01")},
                 {"fee", std::int64_t{500000}},
                 {"person", Party{{"name", "张三"}, {"birth", "1980-05-01"}}},
                 {"topics", std::vector<std::string>{"water", "road"}},
                 {"joint", true},
                 {"cause", Link{"matter", RecordId{7}}},
                 {"@source", std::string("来信登记簿第 5 页")},
                 {"visits/2", Value{}}};
  return facts;
}

rules::EntryFacts withdrawal() {
  rules::EntryFacts facts;
  facts.type = "void";
  facts.way = "done";
  facts.actor = "li.na";
  facts.on = Date(2024, 3, 5);
  facts.kind = "matter";
  facts.record = {12};
  facts.version = 4;
  return facts;
}

EntryMeta meta(std::int64_t n) {
  return {{1}, {n}, {1709600000000 + n}, n == 1 ? "" : std::string(64, 'a'), n == 1 ? "" : std::string(64, 'b')};
}

// The journal of docs/journal-format.md.
std::vector<Entry> journal(Algorithm algorithm) {
  CountingSalts salts;
  return {seal(algorithm, meta(1), adoption(), std::ref(salts)), seal(algorithm, meta(2), act(), std::ref(salts)),
          seal(algorithm, meta(3), withdrawal(), std::ref(salts))};
}

Entry sealed_act() {
  return std::move(journal(Algorithm::sm3)[1]);
}

Digest root_of(Algorithm algorithm, const std::vector<Entry>& entries) {
  std::vector<Digest> leaves;
  for (const Entry& entry : entries) leaves.push_back(entry.leaf);
  return ledger::root_of(algorithm, leaves);
}

// What the format's page prints of a journal.
std::string vector_text(Algorithm algorithm) {
  std::vector<Entry> entries = journal(algorithm);
  std::string text =
      fmt::format("algorithm: {}\nempty root: {}\n", name_of(algorithm), hex(bytes(digest(algorithm, {}))));
  for (const Entry& entry : entries) {
    text += fmt::format("header: {}\n", entry.header);
    for (const SealedValue& value : entry.values) {
      text += fmt::format("path: {}\nsalt: {}\njson: {}\ndigest: {}\n", value.path, hex(bytes(*value.salt)), value.json,
                          hex(bytes(value.digest)));
    }
    text += fmt::format("leaf: {}\n", hex(bytes(entry.leaf)));
  }
  text += fmt::format("node 1-2: {}\nroot: {}\n", hex(bytes(node_digest(algorithm, entries[0].leaf, entries[1].leaf))),
                      hex(bytes(root_of(algorithm, entries))));
  erase(entries[0].values[0]);
  text += fmt::format("erased body: {}", encode_values(entries[0].values));
  return text;
}

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Entry, IsWrittenAsTheFormatSays) {
  const std::string page = content_of(kFormatFile);
  for (const Algorithm algorithm : kBoth) {
    const std::string text = vector_text(algorithm);
    EXPECT_NE(page.find("```vector\n" + text + "```"), std::string::npos) << "the vector should read:\n" << text;
  }
}

TEST(Entry, HasAHeaderWithSortedKeysAndWithoutEmptyOnes) {
  EXPECT_EQ(journal(Algorithm::sm3)[2].header,
            R"({"actor":"li.na","at":1709600000003,"calendar":")" + std::string(64, 'b') +
                R"(","kind":"matter","n":3,"on":"2024-03-05","record":12,"rulebook":")" + std::string(64, 'a') +
                R"(","town":1,"type":"void","v":1,"version":4,"way":"done"})");
}

TEST(Entry, ComesBackWithItsFactsInOrderOfPath) {
  const Entry entry = sealed_act();
  const auto opened = open(book(), entry.header, entry.values);
  ASSERT_TRUE(opened) << opened.error().text.en;
  rules::EntryFacts given = act();
  std::sort(given.facts.begin(), given.facts.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  const rules::EntryFacts& facts = opened->facts;
  ASSERT_EQ(facts.facts.size(), given.facts.size());
  for (std::size_t i = 0; i < given.facts.size(); ++i) {
    EXPECT_EQ(facts.facts[i].path, given.facts[i].path);
    EXPECT_EQ(facts.facts[i].value, given.facts[i].value) << given.facts[i].path;
  }
  EXPECT_EQ(std::tie(facts.type, facts.way, facts.actor, facts.decider, facts.role, facts.on, facts.kind, facts.record,
                     facts.version, facts.action, facts.state, facts.numbers),
            std::tie(given.type, given.way, given.actor, given.decider, given.role, given.on, given.kind, given.record,
                     given.version, given.action, given.state, given.numbers));
  ASSERT_EQ(facts.warned.size(), 1u);
  EXPECT_EQ(facts.warned[0].rules, given.warned[0].rules);
  ASSERT_EQ(facts.breaches.size(), 1u);
  EXPECT_EQ(facts.breaches[0].gate, "told");
  EXPECT_EQ(opened->meta.at, (Instant{1709600000002}));
  EXPECT_EQ(opened->meta.rulebook, std::string(64, 'a'));
}

TEST(Entry, ComesBackFromItsStoredBodyByteForByte) {
  for (const Algorithm algorithm : kBoth) {
    for (const Entry& entry : journal(algorithm)) {
      const std::string body = encode_values(entry.values);
      const auto values = decode_values(algorithm, body);
      ASSERT_TRUE(values) << values.error().text.en;
      EXPECT_EQ(encode_values(*values), body);
      EXPECT_TRUE(check(algorithm, entry.header, *values, entry.leaf));
    }
  }
}

TEST(Entry, KeepsTheLaterOfTwoFactsOnOnePath) {
  rules::EntryFacts facts = adoption();
  facts.facts = {{"version", std::string("1")}, {"version", std::string("2")}};
  const Entry entry = seal(Algorithm::sm3, meta(1), facts, CountingSalts());
  ASSERT_EQ(entry.values.size(), 1u);
  EXPECT_EQ(entry.values[0].json, "\"2\"");
}

TEST(Entry, KeepsATextOfWhateverLengthAsItWasWritten) {
  rules::EntryFacts facts = adoption();
  const std::string text = "e\u0301" + std::string(100'000, 'x');
  facts.facts = {{"mapping", text}};
  const Entry entry = seal(Algorithm::sm3, meta(1), facts, CountingSalts());
  EXPECT_EQ(open(book(), entry.header, entry.values).value().facts.facts.at(0).value, Value(text));
}

TEST(Entry, StaysGoodWhenAValueIsErased) {
  for (const Algorithm algorithm : kBoth) {
    Entry entry = std::move(journal(algorithm)[1]);
    erase(entry.values[4]);
    const std::string body = encode_values(entry.values);
    EXPECT_EQ(body.find("500000"), std::string::npos);
    const auto values = decode_values(algorithm, body);
    ASSERT_TRUE(values);
    EXPECT_TRUE(check(algorithm, entry.header, *values, entry.leaf));
    const auto opened = open(book(), entry.header, *values);
    ASSERT_TRUE(opened) << opened.error().text.en;
    EXPECT_EQ(opened->erased, std::vector<std::string>{"fee"});
    EXPECT_EQ(opened->facts.facts.size(), act().facts.size() - 1);
  }
}

std::string fault_of(const Entry& entry) {
  const auto checked = check(Algorithm::sm3, entry.header, entry.values, entry.leaf);
  if (checked) return "";
  EXPECT_EQ(checked.error().kind, ErrorKind::corrupt);
  return checked.error().text.en;
}

TEST(Entry, NamesWhatWasChanged) {
  Entry json = sealed_act();
  json.values[4].json = "1";
  EXPECT_NE(fault_of(json).find("\"fee\" of journal entry 2 is damaged: its digest"), std::string::npos)
      << fault_of(json);

  Entry digest = sealed_act();
  erase(digest.values[4]);
  digest.values[4].digest[0] ^= 1;
  EXPECT_NE(fault_of(digest).find("\"fee\" of journal entry 2 is damaged: the value does not have"), std::string::npos);

  Entry missing = sealed_act();
  missing.values.pop_back();
  EXPECT_NE(fault_of(missing).find("\"visits/2\" of journal entry 2 is damaged: the value is missing"),
            std::string::npos);

  Entry header = sealed_act();
  header.header.replace(header.header.find("accepted"), 8, "rejected");
  EXPECT_NE(fault_of(header).find("journal entry 2 does not have the digest of its leaf"), std::string::npos);
}

TEST(Entry, RefusesAHeaderInAnotherSpelling) {
  const std::string header = journal(Algorithm::sm3)[2].header;
  for (const std::string& other :
       {" " + header, header + "\n", header.substr(0, header.size() - 1) + R"(,"x":1})",
        header.substr(0, header.size() - 1) + R"(,"way":"done"})", std::string("{}"), std::string("[]"), std::string(),
        std::string(1'000'000, '['), "{\"values\":" + std::string(100, '[')}) {
    EXPECT_FALSE(open(book(), other, {})) << other.substr(0, 200);
  }
}

TEST(Entry, SaysThatTheRulebookHasNoSuchKind) {
  const Entry entry = sealed_act();
  const auto opened = open(rulebook::Rulebook(), entry.header, entry.values);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::unsupported);
}

TEST(Entry, RefusesAValueOfAnotherType) {
  rules::EntryFacts facts = act();
  facts.facts = {{"fee", std::string("5000")}};
  const Entry entry = seal(Algorithm::sm3, meta(2), facts, CountingSalts());
  EXPECT_TRUE(check(Algorithm::sm3, entry.header, entry.values, entry.leaf));
  EXPECT_FALSE(open(book(), entry.header, entry.values));
}

TEST(Entry, NamesTheLineOfABodyThatIsDamaged) {
  std::string body = encode_values(sealed_act().values);
  body.insert(body.find('\n') + 1, "x");
  const auto values = decode_values(Algorithm::sm3, body);
  ASSERT_FALSE(values);
  EXPECT_EQ(values.error().kind, ErrorKind::corrupt);
  EXPECT_NE(values.error().text.en.find("line 2"), std::string::npos) << values.error().text.en;
}

// Changes some bytes: flips, cuts, doubles.
std::string mutated(std::string bytes, std::mt19937& random) {
  const auto below = [&random](std::size_t n) { return n == 0 ? 0 : random() % n; };
  for (std::size_t i = 1 + below(4); i > 0; --i) {
    const std::size_t at = below(bytes.size());
    switch (below(4)) {
      case 0:
        if (!bytes.empty()) bytes[at] = static_cast<char>(random());
        break;
      case 1: bytes.erase(at, below(20)); break;
      case 2: bytes.insert(at, bytes.substr(below(bytes.size()), below(20))); break;
      default: bytes.insert(at, 1, "[]{}\",\\\n\x80 0-"[below(12)]); break;
    }
  }
  return bytes;
}

TEST(Entry, NeverTakesMutatedBytesForTheEntry) {
  constexpr unsigned kSeed = 20240304;
  std::mt19937 random(kSeed);
  const rulebook::Rulebook rules = book();
  const Entry entry = sealed_act();
  const std::string body = encode_values(entry.values);
  for (int round = 0; round < 20'000; ++round) {
    const std::string other = mutated(body, random);
    const auto values = decode_values(Algorithm::sm3, other);
    if (values) {
      const bool good = check(Algorithm::sm3, entry.header, *values, entry.leaf).has_value();
      EXPECT_EQ(good, other == body) << "seed " << kSeed << ", round " << round;
      static_cast<void>(open(rules, entry.header, *values).has_value());
    }
    const std::string header = mutated(entry.header, random);
    EXPECT_EQ(check(Algorithm::sm3, header, entry.values, entry.leaf).has_value(), header == entry.header)
        << "seed " << kSeed << ", round " << round;
  }
}

// ---- The second reader

class JournalReader : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / fmt::format("zs-reader-{}", ::getpid());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  // The exit code of the reader.
  static int run(const std::string& arguments) {
    const int status =
        std::system(fmt::format("python3 '{}' {} > /dev/null 2>&1", kReaderFile.string(), arguments).c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  int read_dump(Algorithm algorithm, const std::vector<Entry>& entries) {
    const fs::path file = folder_ / "dump.jsonl";
    std::ofstream out(file, std::ios::binary);
    for (const Entry& entry : entries) {
      const std::int64_t n = &entry - entries.data() + 1;
      out << nlohmann::json{{"n", n},
                            {"header", entry.header},
                            {"body", encode_values(entry.values)},
                            {"leaf", hex(bytes(entry.leaf))}}
                 .dump()
          << '\n';
    }
    out << nlohmann::json{{"algorithm", name_of(algorithm)},
                          {"size", entries.size()},
                          {"root", hex(bytes(root_of(algorithm, entries)))}}
               .dump()
        << '\n';
    out.close();
    return run(fmt::format("'{}'", file.string()));
  }

  fs::path folder_;
};

TEST_F(JournalReader, FindsTheVectorsOfTheFormatGood) {
  EXPECT_EQ(run(fmt::format("--vectors '{}'", kFormatFile.string())), 0);
}

TEST_F(JournalReader, AgreesOnAJournalAlsoAfterErasure) {
  for (const Algorithm algorithm : kBoth) {
    std::vector<Entry> entries = journal(algorithm);
    EXPECT_EQ(read_dump(algorithm, entries), 0);
    erase(entries[1].values[5]);
    EXPECT_EQ(read_dump(algorithm, entries), 0);
  }
}

TEST_F(JournalReader, SeesAChangedValueAndAnotherRoot) {
  std::vector<Entry> entries = journal(Algorithm::sm3);
  entries[1].values[4].json = "500001";
  EXPECT_EQ(read_dump(Algorithm::sm3, entries), 1);
  entries = journal(Algorithm::sm3);
  entries[2].leaf[0] ^= 1;
  EXPECT_EQ(read_dump(Algorithm::sm3, entries), 1);
}

}  // namespace
}  // namespace zs::ledger
