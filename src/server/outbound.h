// What leaves the program: a letter to a mail server, a call of a webhook. No library in it.
//
// Both wait for their answer, at most as long as said here; call them from a thread that may wait. Each answers nothing
// if it was taken, else why not, in a clerk's words: the other side's own words are kept short and plain.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zs::server {

inline constexpr long kConnectSeconds = 10, kMailSeconds = 40, kHookSeconds = 10;

struct MailServer {
  std::string address;         ///< smtp://host:25 or smtps://host:465; empty: there is none
  std::string from;            ///< zhunsheng@example.cn
  std::string user, password;  ///< empty: without; with them only over TLS
};

struct Mail {
  std::string id;  ///< the same for the same letter: by it a repeat is known
  std::string to, subject, text;
};

struct Hook {
  std::string address;  ///< https://… or http://…; empty: there is none
  std::string key;      ///< signs what is sent
};

using Failure = std::optional<std::string>;

Failure send_mail(const MailServer& server, const Mail& mail);
/// Posts JSON, with `X-Zhunsheng-Delivery: ID` and `X-Zhunsheng-Signature: sha256=HEX`, the HMAC of ID, a point and the
/// body. Taken is what answers 2xx; redirects are not followed.
Failure call_hook(const Hook& hook, std::string_view id, const std::string& json);

/// A header of a letter in encoded words (RFC 2047), each within 75 bytes and of whole characters.
std::string encoded_words(std::string_view text);

}  // namespace zs::server
