// The one file with Boost: HTTP/1.1 on Beast. One I/O thread, a pool of workers for the handlers. A connection is a
// state machine of completion handlers: read a request, hand it to a worker, write its answer, read the next.
#include <fmt/format.h>
#include <sys/resource.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "base/seal.h"
#include "server/http.h"

namespace zs::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;

// What all connections share; lives as long as serve().
struct Shared {
  const ServeOptions& options;
  const Handler& handler;
  asio::thread_pool workers;
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> waiting{0};
  std::atomic<bool> closing{false};
  std::string id_prefix = random_token().substr(0, 8);
  std::atomic<std::uint64_t> next_id{1};
  std::optional<asio::ssl::context> tls = {};
};

// Certificate and key of the operator; TLS 1.2 and later.
Result<> open_tls(Shared& shared) {
  const ServeOptions& options = shared.options;
  if (options.certificate.empty()) return {};
  shared.tls.emplace(asio::ssl::context::tls_server);
  shared.tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                          asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression);
  beast::error_code error;
  shared.tls->use_certificate_chain_file(options.certificate.string(), error);
  if (!error) shared.tls->use_private_key_file(options.key.string(), asio::ssl::context::pem, error);
  if (!error) return {};
  return bad_input(fmt::format("证书或者私钥读不出来（{}、{}）：{}；要 PEM 格式，且两者相配",
                               options.certificate.string(), options.key.string(), error.message()),
                   fmt::format("certificate or key cannot be read ({}, {}): {}; both in PEM, and of one pair",
                               options.certificate.string(), options.key.string(), error.message()));
}

// Each connection is a file: as many as the system lets us.
void allow_connections(std::size_t connections) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, std::max<rlim_t>(limit.rlim_cur, connections + 256));
  setrlimit(RLIMIT_NOFILE, &limit);
}

Response plain_problem(int status, std::string_view title, const std::string& id) {
  Response response;
  response.status = status;
  response.type = "application/problem+json; charset=utf-8";
  response.body =
      fmt::format(R"({{"type":"about:blank","title":"{}","status":{},"request_id":"{}"}})", title, status, id);
  return response;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// What a connection is over, and how it is shaken hands with and ended.
using Plain = beast::tcp_stream;
using Secure = beast::ssl_stream<beast::tcp_stream>;

template <class Stream>
class Connection : public std::enable_shared_from_this<Connection<Stream>> {
 public:
  Connection(Stream stream, Shared& shared) : stream_(std::move(stream)), shared_(shared) { ++shared_.connections; }
  ~Connection() {
    drop_upload();
    --shared_.connections;
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start() {
    if constexpr (std::is_same_v<Stream, Secure>) {
      lowest().expires_after(shared_.options.limits.read_time);
      stream_.async_handshake(asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](beast::error_code error) {
                                if (!error) self->read();
                              });
    } else {
      read();
    }
  }

 private:
  beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }

  // An idle connection holds next to nothing: what the last request needed is let go.
  void read() {
    request_ = {};
    response_ = {};
    serializer_.reset();
    message_.reset();
    file_serializer_.reset();
    file_message_.reset();
    upload_.reset();
    if (buffer_.size() == 0) buffer_.shrink_to_fit();
    head_.emplace();
    head_->header_limit(static_cast<std::uint32_t>(shared_.options.limits.header_bytes));
    head_->body_limit(std::max(shared_.options.limits.body_bytes, shared_.options.limits.upload_bytes));
    // Between requests a connection may rest; once bytes have come, the whole request has its time.
    lowest().expires_after(buffer_.size() == 0 ? shared_.options.limits.idle_time : shared_.options.limits.read_time);
    http::async_read_header(
        stream_, buffer_, *head_,
        [self = this->shared_from_this()](beast::error_code error, std::size_t) { self->on_header(error); });
  }

  void on_header(beast::error_code error) {
    if (error) return on_broken(error);
    lowest().expires_after(shared_.options.limits.read_time);
    if (!take_head()) return refuse(400, "不是有效的 HTTP 请求");
    const auto& head = head_->get();
    streamed_ = shared_.options.streamed && shared_.options.streamed(request_);
    const std::size_t limit = streamed_ ? shared_.options.limits.upload_bytes : shared_.options.limits.body_bytes;
    if (head_->content_length() && *head_->content_length() > limit) return refuse(413, "内容太大");
    if (streamed_) {
      // Whoever may not send a file is told before it is sent.
      if (auto no = shared_.options.admit(request_)) {
        keep_alive_ = false;
        return answer(*std::move(no));
      }
    }
    if (head[http::field::expect] == "100-continue") {
      continue_.emplace(http::status::continue_, head.version());
      http::async_write(stream_, *continue_, [self = this->shared_from_this()](beast::error_code failed, std::size_t) {
        if (failed) return self->close();
        self->read_body();
      });
      return;
    }
    read_body();
  }

  void read_body() {
    const auto done = [self = this->shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return self->on_broken(error);
      self->on_request();
    };
    if (!streamed_) {
      body_.emplace(std::move(*head_));
      body_->body_limit(shared_.options.limits.body_bytes);
      http::async_read(stream_, buffer_, *body_, done);
      return;
    }
    lowest().expires_after(shared_.options.limits.upload_time);
    upload_.emplace(std::move(*head_));
    upload_->body_limit(shared_.options.limits.upload_bytes);
    request_.body_file = shared_.options.spool / request_.id;
    beast::error_code error;
    upload_->get().body().open(request_.body_file.c_str(), beast::file_mode::write_new, error);
    if (error) return refuse(503, "文件存不下来，请检查磁盘");
    http::async_read(stream_, buffer_, *upload_, done);
  }

  // What is not HTTP, or too big, is answered where that is possible, and the connection ends.
  void on_broken(beast::error_code error) {
    if (error == http::error::end_of_stream || error == beast::error::timeout ||
        error == asio::error::operation_aborted || error == asio::error::eof || error == asio::error::connection_reset)
      return close();
    if (request_.id.empty()) request_.id = new_id();
    began_ = Clock::now();
    if (error == http::error::body_limit) return refuse(413, "内容太大");
    if (error == http::error::header_limit) return refuse(431, "请求头太大");
    refuse(400, "不是有效的 HTTP 请求");
  }

  void refuse(int status, std::string_view title) {
    keep_alive_ = false;
    answer(plain_problem(status, title, request_.id));
  }

  std::string new_id() { return fmt::format("{}-{}", shared_.id_prefix, shared_.next_id++); }

  // False if it is no sound request: two lengths, or a length and chunks, are how one request is smuggled behind
  // another.
  bool take_head() {
    began_ = Clock::now();
    const auto& message = head_->get();
    keep_alive_ = message.keep_alive() && !shared_.closing;
    head_only_ = message.method() == http::verb::head;
    request_.id = new_id();
    request_.method = head_only_ ? "GET" : std::string(message.method_string());
    beast::error_code ignored;
    request_.peer = lowest().socket().remote_endpoint(ignored).address().to_string();
    bool sound = read_target({message.target().data(), message.target().size()}, request_);
    std::size_t lengths = 0;
    for (const auto& field : message) {
      std::string name = lower({field.name_string().data(), field.name_string().size()});
      if (name == "content-length") ++lengths;
      request_.headers[std::move(name)] = std::string(field.value());
    }
    return sound && lengths <= 1 && !(lengths == 1 && request_.headers.contains("transfer-encoding"));
  }

  void on_request() {
    lowest().expires_never();
    if (streamed_)
      upload_->get().body().close();
    else
      request_.body = std::move(body_->get().body());
    body_.reset();
    if (shared_.waiting >= shared_.options.limits.queue)
      return answer(plain_problem(503, "服务器正忙，请稍后再试", request_.id));
    ++shared_.waiting;
    asio::post(shared_.workers, [self = this->shared_from_this()] {
      --self->shared_.waiting;
      Response made = self->handle();
      asio::post(self->stream_.get_executor(),
                 [self, response = std::move(made)]() mutable { self->answer(std::move(response)); });
    });
  }

  Response handle() {
    // The worker's top: what a handler let through is answered, logged, and nobody else is harmed.
    try {
      return shared_.handler(request_);
    } catch (const std::exception& failure) {
      Response response = plain_problem(500, "服务器出了错，没有保存", request_.id);
      response.headers.emplace_back("X-Failure", failure.what());
      return response;
    }
  }

  template <class Message>
  void put_head(Message& message) {
    message.version(11);
    message.result(static_cast<unsigned>(response_.status));
    message.keep_alive(keep_alive_);
    message.set(http::field::server, "zhunsheng");
    message.set("X-Request-Id", request_.id);
    message.set(http::field::content_type, response_.type);
    for (const auto& [name, value] : response_.headers) {
      if (name != "X-Failure") message.insert(name, value);
    }
  }

  template <class Serializer>
  void write(Serializer& serializer) {
    const auto done = [self = this->shared_from_this()](beast::error_code error, std::size_t) {
      self->drop_upload();
      if (error || !self->keep_alive_) return self->close();
      self->read();
    };
    if (head_only_)
      http::async_write_header(stream_, serializer, done);
    else
      http::async_write(stream_, serializer, done);
  }

  void answer(Response made) {
    response_ = std::move(made);
    if (shared_.options.log)
      shared_.options.log(request_, response_,
                          std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began_));
    lowest().expires_after(response_.file.empty() ? shared_.options.limits.read_time
                                                  : shared_.options.limits.upload_time);
    if (!response_.file.empty()) return answer_file();
    const std::string& body = response_.shared_body ? *response_.shared_body : response_.body;
    message_.emplace();
    put_head(*message_);
    message_->body() = {body.data(), body.size()};
    message_->content_length(body.size());
    serializer_.emplace(*message_);
    write(*serializer_);
  }

  void answer_file() {
    file_message_.emplace();
    beast::error_code error;
    file_message_->body().open(response_.file.c_str(), beast::file_mode::scan, error);
    if (error) return answer(plain_problem(500, "文件读不出来，请从备份恢复", request_.id));
    put_head(*file_message_);
    file_message_->content_length(file_message_->body().size());
    file_serializer_.emplace(*file_message_);
    write(*file_serializer_);
  }

  // A file that no handler took is not kept.
  void drop_upload() {
    if (request_.body_file.empty()) return;
    std::error_code ignored;
    std::filesystem::remove(request_.body_file, ignored);
    request_.body_file.clear();
  }

  void close() {
    if constexpr (std::is_same_v<Stream, Secure>) {
      lowest().expires_after(std::chrono::seconds(5));
      stream_.async_shutdown([self = this->shared_from_this()](beast::error_code) {});
    } else {
      beast::error_code ignored;
      stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }
  }

  Stream stream_;
  Shared& shared_;
  beast::flat_buffer buffer_{std::size_t{32} * 1024};
  std::optional<http::request_parser<http::empty_body>> head_;
  std::optional<http::request_parser<http::string_body>> body_;
  std::optional<http::request_parser<http::file_body>> upload_;
  std::optional<http::response<http::empty_body>> continue_;
  std::optional<http::response<http::span_body<const char>>> message_;
  std::optional<http::response_serializer<http::span_body<const char>>> serializer_;
  std::optional<http::response<http::file_body>> file_message_;
  std::optional<http::response_serializer<http::file_body>> file_serializer_;
  Request request_;
  Response response_;
  Clock::time_point began_;
  bool keep_alive_ = true;
  bool head_only_ = false;
  bool streamed_ = false;
};

class Listener {
 public:
  Listener(asio::io_context& io, Shared& shared) : acceptor_(io), shared_(shared) {}

  Result<> open() {
    const ServeOptions& options = shared_.options;
    beast::error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    if (!error) {
      const tcp::endpoint endpoint(address, options.port);
      acceptor_.open(endpoint.protocol(), error);
      if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
      if (!error) acceptor_.bind(endpoint, error);
      if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    }
    if (!error) return {};
    return io_error(fmt::format("无法在 {}:{} 上提供服务：{}；换一个端口，或者停掉占用它的程序", options.address,
                                options.port, error.message()),
                    fmt::format("cannot listen on {}:{}: {}; take another port, or stop what uses it", options.address,
                                options.port, error.message()));
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void accept() {
    acceptor_.async_accept([this](beast::error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (!error && shared_.connections < shared_.options.limits.connections) {
        beast::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        begin(std::move(socket));
      }
      accept();
    });
  }

  void close() {
    beast::error_code ignored;
    acceptor_.close(ignored);
  }

 private:
  void begin(tcp::socket socket) {
    if (shared_.tls)
      std::make_shared<Connection<Secure>>(Secure(std::move(socket), *shared_.tls), shared_)->start();
    else
      std::make_shared<Connection<Plain>>(Plain(std::move(socket)), shared_)->start();
  }

  tcp::acceptor acceptor_;
  Shared& shared_;
};

}  // namespace

Result<> serve(const ServeOptions& options, const Handler& handler, const std::atomic<bool>* stop) {
  Shared shared{options, handler, asio::thread_pool(options.workers)};
  asio::io_context io{1};  // after what its connections point at
  Listener listener(io, shared);
  ZS_CHECK(open_tls(shared));
  ZS_CHECK(listener.open());
  allow_connections(options.limits.connections);
  asio::steady_timer timer(io);
  const auto end = [&] {
    shared.closing = true;
    listener.close();
    // Those under way are answered; whoever only rests is let go.
    timer.expires_after(std::chrono::milliseconds(300));
    timer.async_wait([&](beast::error_code) { io.stop(); });
  };
  asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](beast::error_code error, int) {
    if (!error) end();
  });
  std::function<void(beast::error_code)> watch = [&](beast::error_code error) {
    if (error || shared.closing) return;
    if (stop != nullptr && *stop) return end();
    timer.expires_after(std::chrono::milliseconds(50));
    timer.async_wait(watch);
  };
  if (stop != nullptr) watch({});
  listener.accept();
  if (options.listening) options.listening(listener.port());
  io.run();
  shared.workers.join();
  return {};
}

}  // namespace zs::server
