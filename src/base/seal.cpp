#include "base/seal.h"

#include <sodium.h>

#include <array>

namespace zs {
namespace {

constexpr std::size_t kMemoryBytes = std::size_t{19} * 1024 * 1024;
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kTokenBytes = 32;

// May be called often and from any thread; does its work once.
bool ready() {
  return sodium_init() >= 0;
}

}  // namespace

Result<std::string> hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (!ready() || crypto_pwhash_str_alg(text.data(), password.data(), password.size(), kPasses, kMemoryBytes,
                                        crypto_pwhash_ALG_ARGON2ID13) != 0)
    return io_error("内存不足，密码没有保存", "memory is short: the password was not kept");
  return std::string(text.data());
}

bool password_matches(std::string_view hash, std::string_view password) {
  const std::string text(hash);
  return ready() && text.size() < crypto_pwhash_STRBYTES &&
         crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) == 0;
}

std::string random_token() {
  std::array<unsigned char, kTokenBytes> bytes{};
  ZS_ASSERT(ready());
  randombytes_buf(bytes.data(), bytes.size());
  std::string text(sodium_base64_ENCODED_LEN(kTokenBytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();  // its NUL
  return text;
}

bool same_secret(std::string_view left, std::string_view right) {
  return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string signature_of(std::string_view key, std::string_view text) {
  const auto bytes_of = [](std::string_view given) { return reinterpret_cast<const unsigned char*>(given.data()); };
  crypto_auth_hmacsha256_state state;
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> made{};
  ZS_ASSERT(ready());
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
  crypto_auth_hmacsha256_final(&state, made.data());
  std::string hexed(2 * made.size() + 1, '\0');
  sodium_bin2hex(hexed.data(), hexed.size(), made.data(), made.size());
  hexed.pop_back();
  return hexed;
}

std::string base64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

}  // namespace zs
