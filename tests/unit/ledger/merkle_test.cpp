#include "ledger/merkle.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

namespace zs::ledger {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr Algorithm kBoth[] = {Algorithm::sm3, Algorithm::sha256};

// Standard alphabet with padding, as the vectors write their digests.
std::string decode_base64(std::string_view text) {
  static constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : text) {
    if (c == '=') break;
    buffer = buffer << 6 | static_cast<unsigned>(kAlphabet.find(c));
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    result.push_back(static_cast<char>(buffer >> bits & 0xff));
  }
  return result;
}

std::string bytes_at(const json& vector, const char* key) {
  return decode_base64(vector[key].get<std::string>());
}
std::uint64_t number_at(const json& vector, const char* key) {
  return vector[key].get<std::uint64_t>();
}

// Nothing if a digest of the proof has not the length of a digest: such a proof is refused where it is read.
std::optional<Proof> proof_of(const json& vector) {
  Proof proof;
  for (const json& text : vector["proof"].is_null() ? json::array() : vector["proof"]) {
    const auto digest = digest_of_bytes(decode_base64(text.get<std::string>()));
    if (!digest) return std::nullopt;
    proof.push_back(*digest);
  }
  return proof;
}

bool accepts_inclusion(const json& vector, const Proof& proof) {
  const auto leaf = digest_of_bytes(bytes_at(vector, "leafHash"));
  const auto root = digest_of_bytes(bytes_at(vector, "root"));
  if (!leaf || !root) return false;
  if (vector.contains("treeSize")) {
    return verify_inclusion(Algorithm::sha256, *leaf, number_at(vector, "leafIdx"), number_at(vector, "treeSize"),
                            proof, *root);
  }
  return verify_subtree_inclusion(Algorithm::sha256, *leaf, number_at(vector, "leafIdx"),
                                  {number_at(vector, "start"), number_at(vector, "end")}, proof, *root);
}

bool accepts_consistency(const json& vector, const Proof& proof) {
  const std::string before = bytes_at(vector, "root1");
  const std::string after = bytes_at(vector, "root2");
  if (vector.contains("size1")) {
    return verify_consistency(Algorithm::sha256, number_at(vector, "size1"), number_at(vector, "size2"), proof, before,
                              after);
  }
  return verify_subtree_consistency(Algorithm::sha256, {number_at(vector, "start"), number_at(vector, "end")},
                                    number_at(vector, "size"), proof, before, after);
}

bool accepts(const json& vector) {
  const auto proof = proof_of(vector);
  if (!proof) return false;
  return vector.contains("leafHash") ? accepts_inclusion(vector, *proof) : accepts_consistency(vector, *proof);
}

struct Folder {
  const char* name;
  int vectors;
  int accepted;
};

class PublishedVectors : public testing::TestWithParam<Folder> {};

TEST_P(PublishedVectors, AreAcceptedAndRefusedAsTheyAsk) {
  const fs::path folder = fs::path(ZS_SHARED_DIR) / "vectors" / "merkle" / GetParam().name;
  ASSERT_TRUE(fs::is_directory(folder)) << "the folder of published vectors is missing: " << folder
                                        << "\nconfigure with -DZS_SHARED_DIR=<folder that holds vectors/merkle>";
  int vectors = 0;
  int accepted = 0;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".json") continue;
    const json vector = json::parse(std::ifstream(file.path()));
    ++vectors;
    accepted += accepts(vector) ? 1 : 0;
    EXPECT_EQ(accepts(vector), !vector["wantErr"].get<bool>()) << file.path() << ": " << vector["desc"];
  }
  EXPECT_EQ(vectors, GetParam().vectors);
  EXPECT_EQ(accepted, GetParam().accepted);
}

INSTANTIATE_TEST_SUITE_P(Rfc6962, PublishedVectors,
                         testing::Values(Folder{"inclusion", 98, 6}, Folder{"consistency", 98, 6},
                                         Folder{"subtreeinclusion", 204, 12}, Folder{"subtreeconsistency", 118, 12}),
                         [](const auto& row) { return row.param.name; });

std::vector<Digest> leaves_of(Algorithm algorithm, std::uint64_t count) {
  std::vector<Digest> leaves;
  for (std::uint64_t i = 0; i < count; ++i) leaves.push_back(leaf_digest(algorithm, "entry " + std::to_string(i)));
  return leaves;
}

// The definition, word for word: slow and plain.
Digest defined_root(Algorithm algorithm, std::span<const Digest> leaves) {
  if (leaves.empty()) return digest(algorithm, {});
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return node_digest(algorithm, defined_root(algorithm, leaves.first(k)), defined_root(algorithm, leaves.subspan(k)));
}

NodeSource source_of(Algorithm algorithm, const std::vector<Digest>& leaves) {
  return [algorithm, &leaves](unsigned level, std::uint64_t index) -> Result<Digest> {
    const std::uint64_t size = std::uint64_t{1} << level;
    return defined_root(algorithm, std::span(leaves).subspan(index * size, size));
  };
}

TEST(MerkleRoot, OfNoLeavesIsTheDigestOfNothing) {
  EXPECT_EQ(hex(bytes(root_of(Algorithm::sha256, {}))),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(bytes(root_of(Algorithm::sm3, {}))),
            "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
}

TEST(MerkleRoot, OfTheFrontierIsTheOneThatIsDefined) {
  for (const Algorithm algorithm : kBoth) {
    const auto leaves = leaves_of(algorithm, 300);
    Frontier frontier(algorithm);
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
      frontier.append(leaves[size - 1]);
      ASSERT_EQ(frontier.size(), size);
      ASSERT_EQ(frontier.root(), defined_root(algorithm, std::span(leaves).first(size))) << size;
    }
  }
}

TEST(Frontier, ComesBackFromItsBytes) {
  Frontier frontier(Algorithm::sm3);
  for (const Digest& leaf : leaves_of(Algorithm::sm3, 77)) frontier.append(leaf);
  const auto again = Frontier::parse(Algorithm::sm3, frontier.bytes());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->peaks(), frontier.peaks());
  EXPECT_EQ(again->root(), frontier.root());
}

TEST(Frontier, RefusesPeaksThatNoTreeHas) {
  const Digest any = leaf_digest(Algorithm::sm3, "any");
  using Peaks = std::vector<Frontier::Peak>;
  for (const Peaks& peaks : {Peaks{{3, any}}, Peaks{{0, any}}, Peaks{{2, any}, {2, any}}, Peaks{{1, any}, {2, any}}}) {
    const auto refused = Frontier::from_peaks(Algorithm::sm3, peaks);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::corrupt);
  }
  EXPECT_FALSE(Frontier::parse(Algorithm::sm3, "one byte too few or too many"));
}

TEST(Frontier, GivesTheSubtreesOf256LeavesThatAreKeptAsRows) {
  const auto leaves = leaves_of(Algorithm::sm3, 600);
  Frontier frontier(Algorithm::sm3);
  std::vector<Node> rows;
  for (const Digest& leaf : leaves) {
    for (const Node& node : frontier.append(leaf)) rows.push_back(node);
  }
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].level, 8u);
  EXPECT_EQ(rows[1].index, 1u);
  EXPECT_EQ(rows[1].digest, defined_root(Algorithm::sm3, std::span(leaves).subspan(256, 256)));
}

TEST(StoredNodes, MakeAnySubtreeFromTheRowsOf256Leaves) {
  const auto leaves = leaves_of(Algorithm::sha256, 2048);
  Frontier frontier(Algorithm::sha256);
  std::map<unsigned, std::vector<Digest>> stored{{0, leaves}};
  for (const Digest& leaf : leaves) {
    for (const Node& node : frontier.append(leaf)) stored[node.level].push_back(node.digest);
  }
  const StoredDigests read = [&](unsigned level, std::uint64_t first, std::uint64_t count) {
    const auto begin = stored[level].begin() + static_cast<std::ptrdiff_t>(first);
    return Result<std::vector<Digest>>(std::vector<Digest>(begin, begin + static_cast<std::ptrdiff_t>(count)));
  };
  const NodeSource nodes = stored_nodes(Algorithm::sha256, read, 8);
  for (unsigned level = 0; level <= 11; ++level) {
    const std::uint64_t last = (2048u >> level) - 1;
    EXPECT_EQ(*nodes(level, last), *source_of(Algorithm::sha256, leaves)(level, last)) << level;
  }
}

TEST(StoredNodes, SayWhenARowIsMissing) {
  const StoredDigests nothing = [](unsigned, std::uint64_t, std::uint64_t) {
    return Result<std::vector<Digest>>(std::vector<Digest>{});
  };
  const auto refused = stored_nodes(Algorithm::sm3, nothing, 8)(9, 0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::corrupt);
}

TEST(MerkleProof, OfEachLeafInEachTreeUpTo70Verifies) {
  for (const Algorithm algorithm : kBoth) {
    const auto leaves = leaves_of(algorithm, 70);
    const NodeSource nodes = source_of(algorithm, leaves);
    for (std::uint64_t size = 1; size <= 70; ++size) {
      const Digest root = root_of(algorithm, std::span(leaves).first(size));
      for (std::uint64_t index = 0; index < size; ++index) {
        const Proof proof = *prove_inclusion(algorithm, index, size, nodes);
        ASSERT_TRUE(verify_inclusion(algorithm, leaves[index], index, size, proof, root)) << index << '/' << size;
        ASSERT_FALSE(verify_inclusion(algorithm, leaves[(index + 1) % 70], index, size, proof, root));
      }
    }
  }
}

TEST(MerkleProof, OfEachOldTreeInEachTreeUpTo70Verifies) {
  for (const Algorithm algorithm : kBoth) {
    const auto leaves = leaves_of(algorithm, 70);
    const NodeSource nodes = source_of(algorithm, leaves);
    for (std::uint64_t size = 1; size <= 70; ++size) {
      const Digest root = root_of(algorithm, std::span(leaves).first(size));
      for (std::uint64_t before = 1; before <= size; ++before) {
        const Digest old_root = root_of(algorithm, std::span(leaves).first(before));
        const Proof proof = *prove_consistency(algorithm, before, size, nodes);
        ASSERT_TRUE(verify_consistency(algorithm, before, size, proof, bytes(old_root), bytes(root)));
        ASSERT_FALSE(verify_consistency(algorithm, before, size, proof, bytes(leaves[3]), bytes(root)) && before > 1);
      }
    }
  }
}

TEST(MerkleProof, OfEachSubtreeInATreeOf70AndOfItsLeavesVerifies) {
  const auto leaves = leaves_of(Algorithm::sm3, 70);
  const NodeSource nodes = source_of(Algorithm::sm3, leaves);
  const Digest root = root_of(Algorithm::sm3, leaves);
  int subtrees = 0;
  for (std::uint64_t start = 0; start < 70; ++start) {
    for (std::uint64_t end = start + 1; end <= 70; ++end) {
      const auto part = subtree_digest(Algorithm::sm3, {start, end}, nodes);
      if (!part) continue;
      ++subtrees;
      const Proof proof = *prove_subtree_consistency(Algorithm::sm3, {start, end}, 70, nodes);
      ASSERT_TRUE(verify_subtree_consistency(Algorithm::sm3, {start, end}, 70, proof, bytes(*part), bytes(root)));
      const Proof inside = *prove_subtree_inclusion(Algorithm::sm3, end - 1, {start, end}, nodes);
      ASSERT_TRUE(verify_subtree_inclusion(Algorithm::sm3, leaves[end - 1], end - 1, {start, end}, inside, *part));
    }
  }
  EXPECT_GT(subtrees, 200);
}

TEST(MerkleProof, IsNotGivenOutsideTheTree) {
  const auto leaves = leaves_of(Algorithm::sm3, 8);
  const NodeSource nodes = source_of(Algorithm::sm3, leaves);
  EXPECT_EQ(prove_inclusion(Algorithm::sm3, 8, 8, nodes).error().kind, ErrorKind::bad_input);
  EXPECT_EQ(prove_consistency(Algorithm::sm3, 0, 8, nodes).error().kind, ErrorKind::bad_input);
  EXPECT_EQ(prove_consistency(Algorithm::sm3, 9, 8, nodes).error().kind, ErrorKind::bad_input);
  EXPECT_EQ(prove_subtree_consistency(Algorithm::sm3, {1, 3}, 8, nodes).error().kind, ErrorKind::bad_input);
}

}  // namespace
}  // namespace zs::ledger
