#include <fmt/format.h>

#include <iostream>
#include <mutex>

#include "cli/commands.h"
#include "ledger/people.h"
#include "server/routes.h"

namespace zs::cli {
namespace {

struct ServeArguments {
  std::string listen = "127.0.0.1:8080";
  std::filesystem::path web;
  std::filesystem::path certificate, key;
  unsigned workers = 2;
  bool quiet = false, behind_tls = false;
};

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

}  // namespace

void add_serve(CLI::App& app, Options& options, Run& run) {
  auto* command = app.add_subcommand("serve", tr("启动网页服务", "serve the desk and the API"));
  auto arguments = std::make_shared<ServeArguments>();
  command->add_option("--listen", arguments->listen, tr("地址和端口", "address and port"));
  command->add_option("--web", arguments->web, tr("网页文件夹", "the folder of the built desk"));
  command->add_option("--workers", arguments->workers, tr("处理线程数", "worker threads"))->check(CLI::Range(1, 64));
  command->add_option("--certificate", arguments->certificate, tr("证书链（PEM）", "the chain of certificates (PEM)"))
      ->check(CLI::ExistingFile);
  command->add_option("--key", arguments->key, tr("私钥（PEM）", "the private key (PEM)"))->check(CLI::ExistingFile);
  command->add_flag("--behind-tls", arguments->behind_tls,
                    tr("前面有做 TLS 的代理：会话 cookie 只走 HTTPS", "a proxy does TLS: cookies go over HTTPS only"));
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
