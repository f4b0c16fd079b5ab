// The one file that knows libcurl.
#include "server/outbound.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>

#include "base/seal.h"

namespace zs::server {
namespace {

template <auto Close>
struct Closer {
  void operator()(auto* handle) const noexcept { Close(handle); }
};
using Call = std::unique_ptr<CURL, Closer<curl_easy_cleanup>>;
using Mime = std::unique_ptr<curl_mime, Closer<curl_mime_free>>;

// A list that grows at its end; curl wants it alive while it works.
class Lines {
 public:
  void add(const std::string& line) { head_ = curl_slist_append(head_, line.c_str()); }
  curl_slist* get() const { return head_; }
  Lines() = default;
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;
  ~Lines() { curl_slist_free_all(head_); }

 private:
  curl_slist* head_ = nullptr;
};

constexpr std::size_t kWordBytes = 45;  // 60 in base64, with its frame within 75
constexpr long kTaken = 200, kTakenEnd = 300;

void prepare() {
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(kReady);
}

// What the other side says is not kept: it may be long, or not for our eyes.
std::size_t leave(char* /*bytes*/, std::size_t size, std::size_t count, void* /*to*/) {
  return size * count;
}

void bound(CURL* call, const char* protocols, long seconds) {
  curl_easy_setopt(call, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(call, CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt(call, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(call, CURLOPT_TIMEOUT, seconds);
  curl_easy_setopt(call, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(call, CURLOPT_WRITEFUNCTION, leave);
  // Neither a proxy of the environment nor a password file of the machine: only what we were told.
  curl_easy_setopt(call, CURLOPT_PROXY, "");
  curl_easy_setopt(call, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
}

std::string why(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return "找不到对方的地址";
    case CURLE_COULDNT_CONNECT: return "连不上对方";
    case CURLE_OPERATION_TIMEDOUT: return "对方一直没有回应，等到了时限";
    case CURLE_LOGIN_DENIED: return "对方不接受用户名或者密码";
    case CURLE_PEER_FAILED_VERIFICATION: return "对方的证书不可信";
    case CURLE_USE_SSL_FAILED: return "对方不支持加密连接；有用户名密码时必须加密";
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING: return "对方中途断开了连接";
    case CURLE_SEND_ERROR: return "没有发完，连接断了";
    case CURLE_UNSUPPORTED_PROTOCOL: return "地址的开头不对";
    default: return fmt::format("没有发出去（{}）", curl_easy_strerror(code));
  }
}

Failure carry_out(CURL* call) {
  const CURLcode code = curl_easy_perform(call);
  long answered = 0;
  curl_easy_getinfo(call, CURLINFO_RESPONSE_CODE, &answered);
  if (code == CURLE_OK) return std::nullopt;
  return answered > 0 ? fmt::format("{}（回应 {}）", why(code), answered) : why(code);
}

}  // namespace

std::string encoded_words(std::string_view text) {
  std::string words;
  while (!text.empty()) {
    std::size_t end = std::min(text.size(), kWordBytes);
    // No character is cut: the bytes after the first of a character begin with 10.
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    if (end == 0) end = std::min(text.size(), kWordBytes);
    words += fmt::format("{}=?UTF-8?B?{}?=", words.empty() ? "" : "\r\n ", base64(text.substr(0, end)));
    text.remove_prefix(end);
  }
  return words;
}

Failure send_mail(const MailServer& server, const Mail& mail) {
  prepare();
  const Call call(curl_easy_init());
  if (call == nullptr) return "内存不足";
  bound(call.get(), "smtp,smtps", kMailSeconds);
  const std::string from = "<" + server.from + ">", to = "<" + mail.to + ">";
  curl_easy_setopt(call.get(), CURLOPT_URL, server.address.c_str());
  curl_easy_setopt(call.get(), CURLOPT_MAIL_FROM, from.c_str());
  Lines recipients;
  recipients.add(to);
  curl_easy_setopt(call.get(), CURLOPT_MAIL_RCPT, recipients.get());
  if (!server.user.empty()) {
    curl_easy_setopt(call.get(), CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(call.get(), CURLOPT_PASSWORD, server.password.c_str());
  }
  curl_easy_setopt(call.get(), CURLOPT_USE_SSL,
                   static_cast<long>(server.user.empty() ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  Lines headers;
  headers.add("From: " + encoded_words("准绳") + " " + from);
  headers.add("To: " + to);
  headers.add("Subject: " + encoded_words(mail.subject));
  headers.add("Message-ID: <" + mail.id + ">");
  headers.add("Auto-Submitted: auto-generated");
  curl_easy_setopt(call.get(), CURLOPT_HTTPHEADER, headers.get());
  const Mime body(curl_mime_init(call.get()));
  curl_mimepart* part = curl_mime_addpart(body.get());
  curl_mime_data(part, mail.text.data(), mail.text.size());
  curl_mime_type(part, "text/plain; charset=utf-8");
  curl_mime_encoder(part, "base64");
  curl_easy_setopt(call.get(), CURLOPT_MIMEPOST, body.get());
  return carry_out(call.get());
}

Failure call_hook(const Hook& hook, std::string_view id, const std::string& json) {
  prepare();
  const Call call(curl_easy_init());
  if (call == nullptr) return "内存不足";
  bound(call.get(), "http,https", kHookSeconds);
  curl_easy_setopt(call.get(), CURLOPT_URL, hook.address.c_str());
  curl_easy_setopt(call.get(), CURLOPT_POSTFIELDS, json.data());
  curl_easy_setopt(call.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(json.size()));
  Lines headers;
  headers.add("Content-Type: application/json; charset=utf-8");
  headers.add(fmt::format("X-Zhunsheng-Delivery: {}", id));
  headers.add(fmt::format("X-Zhunsheng-Signature: sha256={}", signature_of(hook.key, fmt::format("{}.{}", id, json))));
  curl_easy_setopt(call.get(), CURLOPT_HTTPHEADER, headers.get());
  if (auto failure = carry_out(call.get())) return failure;
  long answered = 0;
  curl_easy_getinfo(call.get(), CURLINFO_RESPONSE_CODE, &answered);
  if (answered >= kTaken && answered < kTakenEnd) return std::nullopt;
  return fmt::format("对方回应 {}", answered);
}

}  // namespace zs::server
