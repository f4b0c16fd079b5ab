// The Merkle tree of a journal: RFC 6962 over SM3 or SHA-256. Leaves, roots, proofs, and what verifies them.
//
// Pure: reads no journal; whoever asks for a proof hands in where the stored digests come from. Safe from any thread.
// Format: RFC 6962 section 2.1 (tree, inclusion, consistency). A subtree [start, end) is one whose start is a multiple
// of the smallest power of two that is not less than its size; inside it the tree has the same shape as a tree from 0.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace zs::ledger {

/// Digests from the leaf end to the root end, in the order of RFC 6962.
using Proof = std::vector<Digest>;

/// Leaves [start, end), counted from 0; end is not included.
struct LeafRange {
  std::uint64_t start = 0;
  std::uint64_t end = 0;
};

/// The digest of the complete subtree that holds the leaves [index·2^level, (index+1)·2^level).
struct Node {
  unsigned level = 0;
  std::uint64_t index = 0;
  Digest digest{};
};

/// Levels whose nodes a journal keeps as rows: 8, 16, 24 … (256 leaves, 65,536 leaves …).
inline constexpr unsigned kStoredLevelStep = 8;

/// H(0x00 ‖ entry).
Digest leaf_digest(Algorithm algorithm, std::string_view entry);
/// H(0x01 ‖ left ‖ right).
Digest node_digest(Algorithm algorithm, const Digest& left, const Digest& right);
/// The root of a tree with these leaf digests; of no leaves it is H of nothing.
Digest root_of(Algorithm algorithm, std::span<const Digest> leaves);

/// The right edge of a growing tree: what is needed to append a leaf and to give the root, 64 digests at most.
class Frontier {
 public:
  /// A complete subtree of `size` leaves.
  struct Peak {
    std::uint64_t size = 0;
    Digest digest{};
    bool operator==(const Peak&) const = default;
  };

  explicit Frontier(Algorithm algorithm) : algorithm_(algorithm) {}
  /// From peaks that were stored. Errors: corrupt if the sizes are not falling powers of two.
  static Result<Frontier> from_peaks(Algorithm algorithm, std::vector<Peak> peaks);
  /// From the text that bytes() made. Errors: corrupt.
  static Result<Frontier> parse(Algorithm algorithm, std::string_view stored);

  /// Adds one leaf; gives those subtrees that it completed whose level is a multiple of kStoredLevelStep.
  std::vector<Node> append(const Digest& leaf);
  Digest root() const;
  /// How many leaves.
  std::uint64_t size() const;
  const std::vector<Peak>& peaks() const { return peaks_; }
  /// For each peak its size as 8 bytes, highest first, and its digest.
  std::string bytes() const;

 private:
  Algorithm algorithm_;
  std::vector<Peak> peaks_;  // largest and leftmost first
};

/// Gives the digest of a complete subtree of 2^level leaves. Errors are the reader's own.
using NodeSource = std::function<Result<Digest>(unsigned level, std::uint64_t index)>;
/// Reads `count` neighbouring digests of a stored level (0 is the leaves) from `first` on.
using StoredDigests =
    std::function<Result<std::vector<Digest>>(unsigned level, std::uint64_t first, std::uint64_t count)>;

/// Makes any complete subtree from the stored levels 0, kStoredLevelStep, … up to `highest_level`.
/// Errors: those of `read`; corrupt if it gives another number of digests.
NodeSource stored_nodes(Algorithm algorithm, StoredDigests read, unsigned highest_level);

/// The digest of the leaves [start, end), a subtree. Errors: bad_input if it is none, or it is empty; those of `nodes`.
Result<Digest> subtree_digest(Algorithm algorithm, LeafRange subtree, const NodeSource& nodes);

/// That the leaf stands in the tree of the first `size` leaves. Errors: bad_input outside the tree; those of `nodes`.
Result<Proof> prove_inclusion(Algorithm algorithm, std::uint64_t index, std::uint64_t size, const NodeSource& nodes);
/// That the first `old_size` leaves (at least one) are the beginning of the first `size`.
Result<Proof> prove_consistency(Algorithm algorithm, std::uint64_t old_size, std::uint64_t size,
                                const NodeSource& nodes);
/// That the leaf stands in the subtree.
Result<Proof> prove_subtree_inclusion(Algorithm algorithm, std::uint64_t index, LeafRange subtree,
                                      const NodeSource& nodes);
/// That the subtree is a part of the tree of the first `size` leaves.
Result<Proof> prove_subtree_consistency(Algorithm algorithm, LeafRange subtree, std::uint64_t size,
                                        const NodeSource& nodes);

bool verify_inclusion(Algorithm algorithm, const Digest& leaf, std::uint64_t index, std::uint64_t size,
                      const Proof& proof, const Digest& root);
bool verify_subtree_inclusion(Algorithm algorithm, const Digest& leaf, std::uint64_t index, LeafRange subtree,
                              const Proof& proof, const Digest& root);

/// A root comes from a sheet of paper or another system, so it is bytes: of another length it equals only itself.
bool verify_consistency(Algorithm algorithm, std::uint64_t old_size, std::uint64_t size, const Proof& proof,
                        std::string_view old_root, std::string_view root);
/// An empty subtree needs the root of no leaves and an empty proof, and says nothing about the tree.
bool verify_subtree_consistency(Algorithm algorithm, LeafRange subtree, std::uint64_t size, const Proof& proof,
                                std::string_view subtree_root, std::string_view root);

}  // namespace zs::ledger
