// A server that answers every request with the same bytes: what HTTP alone costs here (script/bench-http).
//
//   zs_bare PORT FILE
#include <fstream>
#include <iostream>
#include <iterator>

#include "server/http.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream stream(argv[2], std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(stream), {});
  zs::server::ServeOptions options;
  options.port = static_cast<std::uint16_t>(std::stoi(argv[1]));
  options.listening = [](std::uint16_t port) { std::cout << "listening on " << port << std::endl; };
  const auto served = zs::server::serve(options, [&](const zs::server::Request&) {
    zs::server::Response response;
    response.shared_body = {std::shared_ptr<void>(), &bytes};
    return response;
  });
  return served ? 0 : 1;
}
