#include "ledger/merkle.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <tuple>

namespace zs::ledger {
namespace {

constexpr std::string_view kLeafPrefix{"\x00", 1};
constexpr std::string_view kNodePrefix{"\x01", 1};
constexpr std::size_t kPeakBytes = 8 + std::tuple_size_v<Digest>;

Error no_subtree() {
  return bad_input("要求的范围不在存证日志之内，或不是默克尔树的子树；请核对起止序号与树的大小。",
                   "the range asked for is not inside the journal, or is no subtree of its tree; "
                   "check start, end and the size of the tree");
}

Error bad_peaks() {
  return corrupt("存证日志的树缘记录已损坏：子树大小应为由大到小的二的幂；请运行 verify，并从备份恢复。",
                 "the stored edge of the journal's tree is damaged: its sizes must be falling powers of two; "
                 "run verify, and restore from a backup");
}

// RFC 6962 2.1: the largest power of two smaller than n, for n > 1.
std::uint64_t split_of(std::uint64_t n) {
  return std::bit_floor(n - 1);
}

bool is_subtree(LeafRange range) {
  if (range.start > range.end) return false;
  const std::uint64_t size = range.end - range.start;
  constexpr std::uint64_t kHalf = std::uint64_t{1} << 63;
  // Above 2^63 the next power of two does not fit any more; only 0 is a multiple of it.
  if (size > kHalf) return range.start == 0;
  return size == 0 || range.start % std::bit_ceil(size) == 0;
}

bool contains(LeafRange range, std::uint64_t index) {
  return range.start <= index && index < range.end;
}

// Appends the proof that [part) belongs to [whole). While `known`, the verifier holds the digest of the part itself, so
// it is left out. The steps are SUBPROOF of RFC 6962 2.1.2, with a start that need not be 0.
Result<> append_proof(Algorithm algorithm, LeafRange part, LeafRange whole, bool known, const NodeSource& nodes,
                      Proof& proof) {
  if (part.start == whole.start && part.end == whole.end) {
    if (known) return {};
    ZS_TRY(const Digest digest, subtree_digest(algorithm, whole, nodes));
    proof.push_back(digest);
    return {};
  }
  const std::uint64_t middle = whole.start + split_of(whole.end - whole.start);
  LeafRange sibling{whole.start, middle};
  if (part.end <= middle) {
    sibling = {middle, whole.end};
    ZS_CHECK(append_proof(algorithm, part, {whole.start, middle}, known, nodes, proof));
  } else if (part.start >= middle) {
    ZS_CHECK(append_proof(algorithm, part, {middle, whole.end}, known, nodes, proof));
  } else {
    ZS_CHECK(append_proof(algorithm, {middle, part.end}, {middle, whole.end}, false, nodes, proof));
  }
  ZS_TRY(const Digest digest, subtree_digest(algorithm, sibling, nodes));
  proof.push_back(digest);
  return {};
}

// Walks the same path as append_proof and takes the digests of the proof in the same order.
class Verifier {
 public:
  struct Pair {
    Digest part{};
    Digest whole{};
  };

  Verifier(Algorithm algorithm, const Proof& proof, const Digest& part)
      : algorithm_(algorithm), proof_(proof), part_(part) {}

  bool used_up() const { return next_ == proof_.size(); }

  // The digests of part and whole as the proof has them; nothing if the proof is too short.
  std::optional<Pair> walk(LeafRange part, std::uint64_t size, bool known) {
    if (part.start == 0 && part.end == size) return leaf_of_walk(known);
    const std::uint64_t k = split_of(size);
    const bool left = part.end <= k;
    const bool right = part.start >= k;
    const auto inner = left    ? walk(part, k, known)
                       : right ? walk({part.start - k, part.end - k}, size - k, known)
                               : walk({0, part.end - k}, size - k, false);
    if (!inner || used_up()) return std::nullopt;
    const Digest& sibling = proof_[next_++];
    if (left) return Pair{inner->part, node_digest(algorithm_, inner->whole, sibling)};
    const Digest whole = node_digest(algorithm_, sibling, inner->whole);
    if (right) return Pair{inner->part, whole};
    return Pair{node_digest(algorithm_, sibling, inner->part), whole};
  }

 private:
  std::optional<Pair> leaf_of_walk(bool known) {
    if (known) return Pair{part_, part_};
    if (used_up()) return std::nullopt;
    const Digest& given = proof_[next_++];
    return Pair{given, given};
  }

  Algorithm algorithm_;
  const Proof& proof_;
  const Digest& part_;
  std::size_t next_ = 0;
};

}  // namespace

Digest leaf_digest(Algorithm algorithm, std::string_view entry) {
  return digest(algorithm, {kLeafPrefix, entry});
}

Digest node_digest(Algorithm algorithm, const Digest& left, const Digest& right) {
  return digest(algorithm, {kNodePrefix, bytes(left), bytes(right)});
}

Digest root_of(Algorithm algorithm, std::span<const Digest> leaves) {
  Frontier frontier(algorithm);
  for (const Digest& leaf : leaves) frontier.append(leaf);
  return frontier.root();
}

Result<Frontier> Frontier::from_peaks(Algorithm algorithm, std::vector<Peak> peaks) {
  for (std::size_t i = 0; i < peaks.size(); ++i) {
    if (!std::has_single_bit(peaks[i].size)) return bad_peaks();
    if (i > 0 && peaks[i].size >= peaks[i - 1].size) return bad_peaks();
  }
  Frontier frontier(algorithm);
  frontier.peaks_ = std::move(peaks);
  return frontier;
}

Result<Frontier> Frontier::parse(Algorithm algorithm, std::string_view stored) {
  if (stored.size() % kPeakBytes != 0) return bad_peaks();
  std::vector<Peak> peaks;
  for (; !stored.empty(); stored.remove_prefix(kPeakBytes)) {
    Peak peak;
    for (const char c : stored.substr(0, 8)) peak.size = peak.size << 8 | static_cast<unsigned char>(c);
    peak.digest = *digest_of_bytes(stored.substr(8, peak.digest.size()));
    peaks.push_back(peak);
  }
  return from_peaks(algorithm, std::move(peaks));
}

std::string Frontier::bytes() const {
  std::string stored;
  stored.reserve(peaks_.size() * kPeakBytes);
  for (const Peak& peak : peaks_) {
    for (int shift = 56; shift >= 0; shift -= 8) stored.push_back(static_cast<char>(peak.size >> shift & 0xff));
    stored.append(zs::bytes(peak.digest));
  }
  return stored;
}

std::vector<Node> Frontier::append(const Digest& leaf) {
  std::vector<Node> completed;
  const std::uint64_t leaves = size() + 1;
  Peak last{1, leaf};
  for (unsigned level = 1; !peaks_.empty() && peaks_.back().size == last.size; ++level) {
    last = {last.size * 2, node_digest(algorithm_, peaks_.back().digest, last.digest)};
    peaks_.pop_back();
    if (level % kStoredLevelStep == 0) completed.push_back({level, (leaves >> level) - 1, last.digest});
  }
  peaks_.push_back(last);
  return completed;
}

Digest Frontier::root() const {
  if (peaks_.empty()) return digest(algorithm_, {});
  Digest root = peaks_.back().digest;
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = node_digest(algorithm_, peaks_[i].digest, root);
  return root;
}

std::uint64_t Frontier::size() const {
  std::uint64_t leaves = 0;
  for (const Peak& peak : peaks_) leaves += peak.size;
  return leaves;
}

NodeSource stored_nodes(Algorithm algorithm, StoredDigests read, unsigned highest_level) {
  return [algorithm, read = std::move(read), highest_level](unsigned level, std::uint64_t index) -> Result<Digest> {
    const unsigned nearest = std::min(level, highest_level);
    const unsigned stored = nearest - nearest % kStoredLevelStep;
    const std::uint64_t count = std::uint64_t{1} << (level - stored);
    ZS_TRY(std::vector<Digest> digests, read(stored, index * count, count));
    if (digests.size() != count) {
      return corrupt("存证日志缺少树节点；请运行 rebuild 重建，再运行 verify。",
                     "nodes of the journal's tree are missing; run rebuild, then verify");
    }
    for (std::size_t left = digests.size(); left > 1; left /= 2) {
      for (std::size_t i = 0; i < left / 2; ++i) {
        digests[i] = node_digest(algorithm, digests[2 * i], digests[2 * i + 1]);
      }
    }
    return digests.front();
  };
}

Result<Digest> subtree_digest(Algorithm algorithm, LeafRange subtree, const NodeSource& nodes) {
  if (!is_subtree(subtree) || subtree.start == subtree.end) return no_subtree();
  const std::uint64_t size = subtree.end - subtree.start;
  if (std::has_single_bit(size)) {
    return nodes(static_cast<unsigned>(std::countr_zero(size)), subtree.start / size);
  }
  const std::uint64_t middle = subtree.start + split_of(size);
  ZS_TRY(const Digest left, subtree_digest(algorithm, {subtree.start, middle}, nodes));
  ZS_TRY(const Digest right, subtree_digest(algorithm, {middle, subtree.end}, nodes));
  return node_digest(algorithm, left, right);
}

Result<Proof> prove_inclusion(Algorithm algorithm, std::uint64_t index, std::uint64_t size, const NodeSource& nodes) {
  return prove_subtree_inclusion(algorithm, index, {0, size}, nodes);
}

Result<Proof> prove_consistency(Algorithm algorithm, std::uint64_t old_size, std::uint64_t size,
                                const NodeSource& nodes) {
  if (old_size == 0) return no_subtree();
  return prove_subtree_consistency(algorithm, {0, old_size}, size, nodes);
}

Result<Proof> prove_subtree_inclusion(Algorithm algorithm, std::uint64_t index, LeafRange subtree,
                                      const NodeSource& nodes) {
  if (!is_subtree(subtree) || !contains(subtree, index)) return no_subtree();
  Proof proof;
  ZS_CHECK(append_proof(algorithm, {index, index + 1}, subtree, true, nodes, proof));
  return proof;
}

Result<Proof> prove_subtree_consistency(Algorithm algorithm, LeafRange subtree, std::uint64_t size,
                                        const NodeSource& nodes) {
  if (!is_subtree(subtree) || subtree.end > size) return no_subtree();
  Proof proof;
  if (subtree.start == subtree.end) return proof;
  ZS_CHECK(append_proof(algorithm, subtree, {0, size}, true, nodes, proof));
  return proof;
}

bool verify_inclusion(Algorithm algorithm, const Digest& leaf, std::uint64_t index, std::uint64_t size,
                      const Proof& proof, const Digest& root) {
  return verify_subtree_inclusion(algorithm, leaf, index, {0, size}, proof, root);
}

bool verify_subtree_inclusion(Algorithm algorithm, const Digest& leaf, std::uint64_t index, LeafRange subtree,
                              const Proof& proof, const Digest& root) {
  if (!is_subtree(subtree) || !contains(subtree, index)) return false;
  const std::uint64_t place = index - subtree.start;
  Verifier verifier(algorithm, proof, leaf);
  const auto found = verifier.walk({place, place + 1}, subtree.end - subtree.start, true);
  return found && verifier.used_up() && found->whole == root;
}

bool verify_consistency(Algorithm algorithm, std::uint64_t old_size, std::uint64_t size, const Proof& proof,
                        std::string_view old_root, std::string_view root) {
  return old_size > 0 && verify_subtree_consistency(algorithm, {0, old_size}, size, proof, old_root, root);
}

bool verify_subtree_consistency(Algorithm algorithm, LeafRange subtree, std::uint64_t size, const Proof& proof,
                                std::string_view subtree_root, std::string_view root) {
  if (!is_subtree(subtree) || subtree.end > size) return false;
  if (subtree.start == subtree.end) return proof.empty() && subtree_root == bytes(digest(algorithm, {}));
  if (subtree.start == 0 && subtree.end == size) return proof.empty() && subtree_root == root;
  const auto part = digest_of_bytes(subtree_root);
  if (!part) return false;
  Verifier verifier(algorithm, proof, *part);
  const auto found = verifier.walk(subtree, size, true);
  return found && verifier.used_up() && found->part == *part && bytes(found->whole) == root;
}

}  // namespace zs::ledger
