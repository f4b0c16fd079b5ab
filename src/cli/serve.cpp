#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <mutex>

#include "cli/commands.h"
#include "ledger/people.h"
#include "server/routes.h"

namespace zs::cli {
namespace {

struct ServeArguments {
  std::string listen = "127.0.0.1:8080";
  std::filesystem::path web, laws;
  std::filesystem::path certificate, key;
  unsigned workers = 2;
  bool quiet = false, behind_tls = false;
  server::Post post;
  std::filesystem::path mail_password, hook_key;
  int notice_seconds = 20;
};

// Secrets come by files, so that they stand in no list of processes.
Result<std::string> secret_in(const std::filesystem::path& file) {
  if (file.empty()) return std::string();
  ZS_TRY(std::string text, read_text(file));
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

Result<server::Post> post_of(const ServeArguments& arguments) {
  server::Post post = arguments.post;
  post.every = std::chrono::seconds(arguments.notice_seconds);
  ZS_TRY(post.mail.password, secret_in(arguments.mail_password));
  ZS_TRY(post.hook.key, secret_in(arguments.hook_key));
  const auto starts = [](const std::string& text, std::initializer_list<std::string_view> with) {
    return text.empty() || std::any_of(with.begin(), with.end(), [&](auto each) { return text.starts_with(each); });
  };
  if (!starts(post.mail.address, {"smtp://", "smtps://"}))
    return bad_input("--mail 写成 smtp://主机:25 或者 smtps://主机:465",
                     "--mail is written smtp://host:25 or smtps://host:465");
  if (!post.mail.address.empty() && post.mail.from.empty())
    return bad_input("--mail 要和 --mail-from 一起给", "--mail comes with --mail-from");
  if (!starts(post.hook.address, {"https://", "http://"}))
    return bad_input("--webhook 写成 https://…", "--webhook is written https://…");
  if (!post.hook.address.empty() && post.hook.key.empty())
    return bad_input("--webhook 要和 --webhook-key 一起给：没有签名，对方认不出是谁发的",
                     "--webhook comes with --webhook-key: unsigned, the receiver cannot tell who sent it");
  while (post.desk.ends_with('/')) post.desk.pop_back();
  return post;
}

Result<server::ServeOptions> options_of(const ServeArguments& arguments) {
  server::ServeOptions made;
  const std::size_t colon = arguments.listen.rfind(':');
  const std::string port = colon == std::string::npos ? std::string() : arguments.listen.substr(colon + 1);
  const bool digits = !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || std::stoi(port) > 65535)
    return bad_input("--listen 写成 127.0.0.1:8080", "--listen is written 127.0.0.1:8080");
  made.address = arguments.listen.substr(0, colon);
  made.port = static_cast<std::uint16_t>(std::stoi(port));
  made.workers = arguments.workers;
  made.certificate = arguments.certificate;
  made.key = arguments.key;
  if (made.certificate.empty() != made.key.empty())
    return bad_input("--certificate 和 --key 要一起给", "--certificate and --key come together");
  return made;
}

// The folder that is named, or `laws` beside the program if there is one: no rule needs the texts.
Result<> put_laws(server::LawShelf& shelf, const std::filesystem::path& named) {
  const std::filesystem::path folder = named.empty() ? own_file("laws") : named;
  std::error_code error;
  if (named.empty() && !std::filesystem::is_directory(folder, error)) return {};
  ZS_TRY(rulebook::LawLibrary texts, rulebook::LawLibrary::load(folder));
  shelf.put(std::move(texts));
  return {};
}

int serve(const Options& options, const ServeArguments& arguments) {
  auto made = options_of(arguments);
  if (!made) return fail(options, made.error());
  auto ledger = open_ledger(options, store::Mode::existing);
  if (!ledger) return fail(options, ledger.error());
  if (auto town = (*ledger)->town(TownId{options.town}); !town) return fail(options, town.error());
  auto assets = server::Assets::load(arguments.web.empty() ? own_file("web/dist") : arguments.web);
  if (!assets) return fail(options, assets.error());
  server::App app{**ledger,           TownId{options.town},     {},
                  *std::move(assets), {**ledger, options.data}, ledger::Reading(**ledger)};
  if (auto put = put_laws(app.laws, arguments.laws); !put) return fail(options, put.error());
  app.secure_cookies = arguments.behind_tls || !arguments.certificate.empty();
  auto spool = app.attachments.spool();
  if (!spool) return fail(options, spool.error());
  made->spool = *spool;
  made->streamed = server::streamed;
  made->admit = [&](const server::Request& request) { return server::admit(app, request); };
  std::mutex log_mutex;
  if (!arguments.quiet) {
    made->log = [&](const server::Request& request, const server::Response& response, std::chrono::microseconds took) {
      // The path without its query: what people search for is not for the log.
      const std::lock_guard lock(log_mutex);
      std::cerr << fmt::format("{} {} {} {} {} {}us\n", request.id, request.peer, request.method, request.path,
                               response.status, took.count());
    };
  }
  made->listening = [&](std::uint16_t port) {
    std::cout << fmt::format("{} {}://{}:{}/desk/\n", tr("准绳已启动", "Zhunsheng is serving at"),
                             made->certificate.empty() ? "http" : "https", made->address, port)
              << std::flush;
  };
  auto post = post_of(arguments);
  if (!post) return fail(options, post.error());
  server::Postman postman(**ledger, app.town, *std::move(post));
  app.postman = &postman;
  postman.start();
  const auto served =
      server::serve(*made, [&](const server::Request& request) { return server::handle(app, request); });
  return served ? static_cast<int>(kDone) : fail(options, served.error());
}

struct UserArguments {
  std::string account, staff, password;
};

int add_user(const Options& options, const UserArguments& arguments) {
  auto ledger = open_ledger(options, store::Mode::existing);
  if (!ledger) return fail(options, ledger.error());
  std::string password = arguments.password;
  if (password.empty()) std::getline(std::cin, password);
  const auto put =
      ledger::put_account(**ledger, TownId{options.town}, arguments.account, arguments.staff, password, true);
  if (!put) return fail(options, put.error());
  std::cout << tr("账号已建立；第一次登录要改密码", "the account is made; its first sign-in changes the password")
            << "\n";
  return kDone;
}

void add_post(CLI::App& command, ServeArguments& arguments) {
  server::Post& post = arguments.post;
  command.add_option(
      "--address", post.desk,
      tr("外面怎样打开本服务：https://…，信里的链接用", "how the desk is reached: for links in letters"));
  command.add_option("--mail", post.mail.address,
                     tr("发信服务器：smtp://主机:25、smtps://主机:465", "the mail server"));
  command.add_option("--mail-from", post.mail.from, tr("发信人地址", "the sender's address"));
  command.add_option("--mail-user", post.mail.user, tr("发信用户名", "the user at the mail server"));
  command.add_option("--mail-password", arguments.mail_password, tr("存发信密码的文件", "the file with its password"))
      ->check(CLI::ExistingFile);
  command.add_option("--webhook", post.hook.address,
                     tr("提醒也推送到：https://…", "reminders also go to this address"));
  command
      .add_option("--webhook-key", arguments.hook_key, tr("存签名密钥的文件", "the file with the key that signs them"))
      ->check(CLI::ExistingFile);
  command
      .add_option("--notice-seconds", arguments.notice_seconds,
                  tr("多少秒看一次有没有要提醒的", "seconds between two rounds of the postman"))
      ->check(CLI::Range(1, 3600));
}

}  // namespace

void add_serve(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand("serve", tr("启动网页服务", "serve the desk and the API"));
  auto arguments = std::make_shared<ServeArguments>();
  command->add_option("--listen", arguments->listen, tr("地址和端口", "address and port"));
  command->add_option("--web", arguments->web, tr("网页文件夹", "the folder of the built desk"));
  command->add_option("--laws", arguments->laws,
                      tr("法条文件夹：一部法一个 .md，依据可以逐条打开", "a folder of law texts, one .md a law"));
  command->add_option("--workers", arguments->workers, tr("处理线程数", "worker threads"))->check(CLI::Range(1, 64));
  command->add_option("--certificate", arguments->certificate, tr("证书链（PEM）", "the chain of certificates (PEM)"))
      ->check(CLI::ExistingFile);
  command->add_option("--key", arguments->key, tr("私钥（PEM）", "the private key (PEM)"))->check(CLI::ExistingFile);
  command->add_flag("--behind-tls", arguments->behind_tls,
                    tr("前面有做 TLS 的代理：会话 cookie 只走 HTTPS", "a proxy does TLS: cookies go over HTTPS only"));
  add_post(*command, *arguments);
  command->add_flag("--quiet", arguments->quiet, tr("不写访问日志", "no access log"));
  command->callback(
      [&options, &run, arguments] { run = [&options, arguments] { return serve(options, *arguments); }; });
}

void add_user(CLI::App& app, Options& options, Run& run) {
  auto* command =
      app.add_subcommand("user", tr("为在册人员开账号（密码从标准输入读）",
                                    "make an account for somebody of the staff register (password on standard input)"));
  auto arguments = std::make_shared<UserArguments>();
  command->add_option("account", arguments->account, tr("账号", "the account"))->required();
  command->add_option("staff", arguments->staff, tr("人员", "the person's key"))->required();
  command->callback(
      [&options, &run, arguments] { run = [&options, arguments] { return add_user(options, *arguments); }; });
}

}  // namespace zs::cli
