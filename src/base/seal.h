// Passwords, tokens and signatures: what must not be guessed.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace zs {

/// Argon2id with its parameters and salt in one text (19 MiB, 2 passes: about 30 ms). Errors: io if memory is short.
Result<std::string> hash_password(std::string_view password);
/// In time that does not tell where they differ. False for a text that is no hash.
bool password_matches(std::string_view hash, std::string_view password);
/// 256 random bits in URL-safe base64: a session, a CSRF token, a request id.
std::string random_token();
/// Whether two secrets are the same, in time that does not tell where they differ.
bool same_secret(std::string_view left, std::string_view right);
/// HMAC-SHA-256 of a text under a key, in hex: by which a receiver knows that it is from us.
std::string signature_of(std::string_view key, std::string_view text);
/// Standard base64 with padding.
std::string base64(std::string_view bytes);

}  // namespace zs
