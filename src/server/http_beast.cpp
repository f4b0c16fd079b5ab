// The one file with Boost: HTTP/1.1 on Beast. One I/O thread, a pool of workers for the handlers. A connection is a
// state machine of completion handlers: read a request, hand it to a worker, write its answer, read the next.
#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

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
};

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

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, Shared& shared) : stream_(std::move(socket)), shared_(shared) {
    ++shared_.connections;
  }
  ~Connection() { --shared_.connections; }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void read() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(shared_.options.limits.header_bytes));
    parser_->body_limit(shared_.options.limits.body_bytes);
    // Between requests a connection may rest; once bytes have come, the whole request has its time.
    stream_.expires_after(buffer_.size() == 0 ? shared_.options.limits.idle_time : shared_.options.limits.read_time);
    http::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_header(error); });
  }

 private:
  void on_header(beast::error_code error) {
    if (error) return on_broken(error);
    stream_.expires_after(shared_.options.limits.read_time);
    if (parser_->get().find(http::field::expect) != parser_->get().end() &&
        parser_->get()[http::field::expect] == "100-continue") {
      continue_.emplace(http::status::continue_, parser_->get().version());
      http::async_write(stream_, *continue_, [self = shared_from_this()](beast::error_code failed, std::size_t) {
        if (failed) return self->close();
        self->read_body();
      });
      return;
    }
    read_body();
  }

  void read_body() {
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_request(error); });
  }

  // What is not HTTP, or too big, is answered where that is possible, and the connection ends.
  void on_broken(beast::error_code error) {
    if (error == http::error::end_of_stream || error == beast::error::timeout ||
        error == asio::error::operation_aborted || error == asio::error::eof || error == asio::error::connection_reset)
      return close();
    keep_alive_ = false;
    request_ = {};
    request_.id = new_id();
    began_ = Clock::now();
    const bool large = error == http::error::body_limit;
    const bool head = error == http::error::header_limit;
    answer(plain_problem(large  ? 413
                         : head ? 431
                                : 400,
                         large  ? "内容太大"
                         : head ? "请求头太大"
                                : "不是有效的 HTTP 请求",
                         request_.id));
  }

  std::string new_id() { return fmt::format("{}-{}", shared_.id_prefix, shared_.next_id++); }

  void on_request(beast::error_code error) {
    if (error) return on_broken(error);
    stream_.expires_never();
    began_ = Clock::now();
    auto message = parser_->release();
    keep_alive_ = message.keep_alive() && !shared_.closing;
    head_only_ = message.method() == http::verb::head;
    request_ = {};
    request_.id = new_id();
    request_.method = head_only_ ? "GET" : std::string(message.method_string());
    beast::error_code ignored;
    request_.peer = stream_.socket().remote_endpoint(ignored).address().to_string();
    bool sound = read_target({message.target().data(), message.target().size()}, request_);
    std::size_t lengths = 0;
    for (const auto& field : message) {
      std::string name = lower({field.name_string().data(), field.name_string().size()});
      if (name == "content-length") ++lengths;
      request_.headers[std::move(name)] = std::string(field.value());
    }
    // Two lengths, or a length and chunks, are how one request is smuggled behind another.
    sound = sound && lengths <= 1 && !(lengths == 1 && request_.headers.contains("transfer-encoding"));
    request_.body = std::move(message.body());
    if (!sound) {
      keep_alive_ = false;
      return answer(plain_problem(400, "不是有效的 HTTP 请求", request_.id));
    }
    if (shared_.waiting >= shared_.options.limits.queue)
      return answer(plain_problem(503, "服务器正忙，请稍后再试", request_.id));
    ++shared_.waiting;
    asio::post(shared_.workers, [self = shared_from_this()] {
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

  void answer(Response made) {
    response_ = std::move(made);
    const std::string& body = response_.shared_body != nullptr ? *response_.shared_body : response_.body;
    message_.emplace();
    message_->version(11);
    message_->result(static_cast<unsigned>(response_.status));
    message_->keep_alive(keep_alive_);
    message_->set(http::field::server, "zhunsheng");
    message_->set("X-Request-Id", request_.id);
    message_->set(http::field::content_type, response_.type);
    for (const auto& [name, value] : response_.headers) {
      if (name != "X-Failure") message_->insert(name, value);
    }
    message_->body() = {body.data(), body.size()};
    message_->content_length(body.size());
    if (shared_.options.log)
      shared_.options.log(request_, response_,
                          std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began_));
    stream_.expires_after(shared_.options.limits.read_time);
    serializer_.emplace(*message_);
    const auto done = [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error || !self->keep_alive_) return self->close();
      self->read();
    };
    if (head_only_)
      http::async_write_header(stream_, *serializer_, done);
    else
      http::async_write(stream_, *serializer_, done);
  }

  void close() {
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  Shared& shared_;
  beast::flat_buffer buffer_{std::size_t{32} * 1024};
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::empty_body>> continue_;
  std::optional<http::response<http::span_body<const char>>> message_;
  std::optional<http::response_serializer<http::span_body<const char>>> serializer_;
  Request request_;
  Response response_;
  Clock::time_point began_;
  bool keep_alive_ = true;
  bool head_only_ = false;
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
        std::make_shared<Connection>(std::move(socket), shared_)->read();
      }
      accept();
    });
  }

  void close() {
    beast::error_code ignored;
    acceptor_.close(ignored);
  }

 private:
  tcp::acceptor acceptor_;
  Shared& shared_;
};

}  // namespace

Result<> serve(const ServeOptions& options, const Handler& handler, const std::atomic<bool>* stop) {
  Shared shared{options, handler, asio::thread_pool(options.workers)};
  asio::io_context io{1};  // after what its connections point at
  Listener listener(io, shared);
  ZS_CHECK(listener.open());
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
