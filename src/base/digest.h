// Digests: SM3 (GB/T 32905) and SHA-256. The one place, with base/seal, that calls OpenSSL.
//
// Thread-safe: each thread keeps its own context.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace zs {

using Digest = std::array<std::uint8_t, 32>;
using Salt = std::array<std::uint8_t, 16>;

enum class Algorithm { sm3, sha256 };

std::optional<Algorithm> parse_algorithm(std::string_view text);
std::string_view name_of(Algorithm algorithm);

/// The digest of the parts, one after the other.
Digest digest(Algorithm algorithm, std::initializer_list<std::string_view> parts);

/// The digest of a file's bytes, read piece by piece. Errors: io.
Result<Digest> digest_of_file(Algorithm algorithm, const std::filesystem::path& file);

/// Bytes of a digest as text, for concatenation.
inline std::string_view bytes(const Digest& value) {
  return {reinterpret_cast<const char*>(value.data()), value.size()};
}
inline std::string_view bytes(const Salt& value) {
  return {reinterpret_cast<const char*>(value.data()), value.size()};
}

std::string hex(std::string_view bytes);
std::optional<std::string> parse_hex(std::string_view text);
std::optional<Digest> digest_of_hex(std::string_view text);
std::optional<Digest> digest_of_bytes(std::string_view bytes);

/// A salt from the system's random source.
Salt random_salt();
/// A salt that a seed determines: for demo and tests, whose journals must come out the same each time.
Salt derived_salt(Algorithm algorithm, std::string_view seed, std::uint64_t counter);

}  // namespace zs
