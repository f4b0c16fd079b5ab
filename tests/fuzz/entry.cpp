// Any bytes as header and body of an entry give an entry or an error.
#include "ledger/entry.h"

#include <cstdint>
#include <filesystem>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::shared_ptr<const zs::rulebook::Rulebook> book = [] {
    auto files = zs::rulebook::read_files(std::filesystem::path(ZS_SOURCE_DIR) / "rulebook");
    return *zs::rulebook::load_sound(*files);
  }();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = text.find('\n');
  const std::string_view header = text.substr(0, cut);
  const std::string_view body = cut == std::string_view::npos ? std::string_view() : text.substr(cut + 1);
  const auto values = zs::ledger::decode_values(zs::Algorithm::sm3, body);
  if (values) static_cast<void>(zs::ledger::open(*book, header, *values));
  return 0;
}
