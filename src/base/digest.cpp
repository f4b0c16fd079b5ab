#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <fstream>
#include <memory>

#include "base/result.h"

namespace zs {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

// Fetching an algorithm takes a lock and a look-up: once per process.
const EVP_MD* fetched(Algorithm algorithm) {
  static const EVP_MD* const sm3 = EVP_MD_fetch(nullptr, "SM3", nullptr);
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm == Algorithm::sm3 ? sm3 : sha256;
}

}  // namespace

std::optional<Algorithm> parse_algorithm(std::string_view text) {
  if (text == "sm3") return Algorithm::sm3;
  if (text == "sha256") return Algorithm::sha256;
  return std::nullopt;
}

std::string_view name_of(Algorithm algorithm) {
  return algorithm == Algorithm::sm3 ? "sm3" : "sha256";
}

Digest digest(Algorithm algorithm, std::initializer_list<std::string_view> parts) {
  thread_local std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
  Digest result{};
  bool good = context != nullptr && EVP_DigestInit_ex2(context.get(), fetched(algorithm), nullptr) == 1;
  for (const std::string_view part : parts) {
    good = good && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
  }
  good = good && EVP_DigestFinal_ex(context.get(), result.data(), nullptr) == 1;
  ZS_ASSERT(good);
  return result;
}

Result<Digest> digest_of_file(Algorithm algorithm, const std::filesystem::path& file) {
  constexpr std::size_t kPiece = std::size_t{64} * 1024;
  std::ifstream stream(file, std::ios::binary);
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
  Digest result{};
  bool good = context != nullptr && EVP_DigestInit_ex2(context.get(), fetched(algorithm), nullptr) == 1;
  std::string piece(kPiece, '\0');
  while (good && stream) {
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    good = EVP_DigestUpdate(context.get(), piece.data(), static_cast<std::size_t>(stream.gcount())) == 1;
  }
  good = good && EVP_DigestFinal_ex(context.get(), result.data(), nullptr) == 1;
  ZS_ASSERT(good);
  if (stream.bad() || !stream.eof()) return io_error(file.string() + "：读不出来", file.string() + ": cannot be read");
  return result;
}

std::string hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    text.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
    text.push_back(kDigits[static_cast<unsigned char>(c) & 15]);
  }
  return text;
}

namespace {

// The value of each small hexadecimal digit; 255 for all other characters.
constexpr std::uint8_t kNoDigit = 255;
constexpr auto kDigitValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (std::uint8_t i = 0; i < 10; ++i) values[static_cast<std::size_t>('0' + i)] = i;
  for (std::uint8_t i = 0; i < 6; ++i) values[static_cast<std::size_t>('a' + i)] = static_cast<std::uint8_t>(10 + i);
  return values;
}();

// Writes text.size() / 2 bytes; false at the first character that is no digit.
bool read_hex(std::string_view text, char* to) {
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const std::uint8_t high = kDigitValues[static_cast<unsigned char>(text[i])];
    const std::uint8_t low = kDigitValues[static_cast<unsigned char>(text[i + 1])];
    if (high == kNoDigit || low == kNoDigit) return false;
    *to++ = static_cast<char>(high * 16 + low);
  }
  return true;
}

}  // namespace

std::optional<std::string> parse_hex(std::string_view text) {
  std::string result(text.size() / 2, '\0');
  if (text.size() % 2 != 0 || !read_hex(text, result.data())) return std::nullopt;
  return result;
}

std::optional<Digest> digest_of_hex(std::string_view text) {
  Digest result;
  if (text.size() != 2 * result.size() || !read_hex(text, reinterpret_cast<char*>(result.data()))) return std::nullopt;
  return result;
}

std::optional<Digest> digest_of_bytes(std::string_view bytes) {
  Digest result;
  if (bytes.size() != result.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), result.begin());
  return result;
}

// Random bytes are drawn for many salts at once: one call for each would cost more than the digest it is for.
Salt random_salt() {
  constexpr std::size_t kSaltsDrawn = 256;
  thread_local std::array<Salt, kSaltsDrawn> drawn;
  thread_local std::size_t used = kSaltsDrawn;
  if (used == kSaltsDrawn) {
    ZS_ASSERT(RAND_bytes(drawn.front().data(), static_cast<int>(sizeof(drawn))) == 1);
    used = 0;
  }
  return drawn[used++];
}

Salt derived_salt(Algorithm algorithm, std::string_view seed, std::uint64_t counter) {
  const Digest full = digest(algorithm, {seed, std::to_string(counter)});
  Salt salt;
  std::copy_n(full.begin(), salt.size(), salt.begin());
  return salt;
}

}  // namespace zs
